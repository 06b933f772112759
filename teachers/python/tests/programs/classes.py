import functools
from dataclasses import dataclass, field
from enum import Enum
from collections import namedtuple, defaultdict, Counter, deque, OrderedDict


def trace(f):
    @functools.wraps(f)
    def wrapper(*args, **kwargs):
        result = f(*args, **kwargs)
        print(f.__name__, args[1:], kwargs, result)
        return result
    return wrapper


def twice(n):
    def deco(f):
        return lambda *a: f(*a) * n
    return deco


class Base:
    """A base."""
    count = 0
    names = [n for n in "ab"]
    __hidden = 3

    def __init__(self, v=1):
        self.v = v
        Base.count += 1
        self.__private = [v]

    @trace
    def add(self, o, k=0):
        self.v += o + k
        return self.v

    @staticmethod
    def make(x):
        return Base(x)

    @classmethod
    def named(cls, x):
        return cls(x), cls.__name__

    @property
    def double(self):
        return self.v * 2

    @double.setter
    def double(self, value):
        self.v = value // 2

    def __eq__(self, other):
        return isinstance(other, Base) and self.v == other.v

    def __lt__(self, other):
        return self.v < other.v

    def __add__(self, other):
        return Base(self.v + other.v)

    def __iadd__(self, n):
        self.v += n
        return self

    def __repr__(self):
        return f"Base({self.v!r})"

    def __len__(self):
        return self.v

    def __getitem__(self, i):
        if i >= self.v:
            raise IndexError(i)
        return i * 10

    def __call__(self, *args):
        return sum(args) + self.v

    def hidden(self):
        return self.__private, self.__hidden

    def __contains__(self, x):
        return x == self.v

    def __bool__(self):
        return self.v > 2


class Child(Base):
    def __init__(self, v, w):
        super().__init__(v)
        self.w = w

    def add(self, o):
        return super().add(o, k=1) + self.w


b = Base(2)
c = Child(3, w=4)
print(b.add(5), c.add(1), Base.make(3).v, Child.__mro__[1].__name__, b.double)
b.double = 9
b += 3
print(b, b == Base(7), sorted([Base(3), Base(1)]), b + c, list(Base(3)), b(1, 2), b.hidden(), Base.count)
print(3 in Base(3), bool(Base(1)), "yes" if Base(5) else "no", not Base(1), len(Base(4)), Base.names)
del b.v
print(hasattr(b, "v"), vars(c)["w"], isinstance(c, Base), issubclass(Child, Base))


@twice(3)
def three(x):
    return x


print(three(2), three("a"))


@dataclass
class Point:
    x: int
    y: int = 2
    tags: list = field(default_factory=list)


class Color(Enum):
    RED = 1
    BLUE = 2


P = namedtuple("P", "a b")
print(Point(1), Point(1) == Point(1, 2), Color.RED, Color(2).name, [m.value for m in Color])
q = P(1, b=2)
print(q, q.a, q._replace(a=5))
d = defaultdict(list)
d["x"].append(1)
print(d["y"], dict(d), Counter("abca").most_common(1), deque([1, 2], maxlen=2))
o = OrderedDict(a=1)
o["b"] = 2
o.move_to_end("a")
print(o)


class Meta(type):
    def __new__(m, name, bases, space):
        space["made"] = name.lower()
        return super().__new__(m, name, bases, space)


class Made(metaclass=Meta):
    __slots__ = ("s",)

    def __init__(self):
        self.s = 1


print(Made.made, Made().s)


class Stack(list):
    def push(self, x):
        self.append(x)
        return self


print(Stack().push(1).push(2))


@functools.lru_cache(None)
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


print(fib(20), functools.reduce(lambda a, b: a * b, range(1, 6)), list(map(str.upper, ["a"])))


class A:
    x = 5
    ys = [x for _ in range(2)] if False else [5]
    def get(self): return self.x; print("never")


print(A().get(), A.__doc__, Base.__doc__, A.get.__name__)
