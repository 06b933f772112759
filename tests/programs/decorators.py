# Decorators of functions, with arguments, of classes.


def shout(f):
    def louder(*args, **kwargs):
        return f(*args, **kwargs).upper() + "!"
    return louder


def repeat(times):
    def decorate(f):
        def repeated(*args):
            return [f(*args) for _ in range(times)]
        return repeated
    return decorate


def trace(f):
    depth = 0

    def traced(*args):
        nonlocal depth
        print("  " * depth + f"{f.__name__}({', '.join(map(repr, args))})")
        depth += 1
        try:
            result = f(*args)
        finally:
            depth -= 1
        print("  " * depth + f"= {result!r}")
        return result

    return traced


class CountCalls:
    def __init__(self, f):
        self.f = f
        self.calls = 0

    def __call__(self, *args, **kwargs):
        self.calls += 1
        return self.f(*args, **kwargs)


def requires(**types):
    def decorate(f):
        def checked(**values):
            for name, wanted in types.items():
                if not isinstance(values.get(name), wanted):
                    raise TypeError(f"{name} must be {wanted.__name__}, not {values.get(name)!r}")
            return f(**values)
        return checked
    return decorate


registry = {}


def register(name=None):
    def decorate(thing):
        registry[name or thing.__name__] = thing
        return thing
    return decorate


def with_repr(cls):
    def show(self):
        fields = ", ".join(f"{k}={v!r}" for k, v in vars(self).items())
        return f"{cls.__name__}({fields})"
    cls.__repr__ = show
    return cls


@shout
def greet(name, greeting="hello"):
    return f"{greeting}, {name}"


@repeat(3)
@shout
def cheer(team):
    return "go " + team


@trace
def power(base, n):
    return 1 if n == 0 else base * power(base, n - 1)


@CountCalls
def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


@requires(width=int, label=str)
def box(width, label):
    return "[" + label.center(width) + "]"


@register()
def double(x):
    return 2 * x


@register("sq")
def square(x):
    return x * x


@register()
@with_repr
class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y


print(greet("ann"), greet("bob", greeting="bye"))
print(cheer("reds"))
print(power(3, 3))
print(fib(12), fib.calls)
print(box(width=9, label="mid"))
try:
    box(width="9", label="mid")
except TypeError as error:
    print("TypeError:", error)
print(sorted(registry), registry["sq"](7), registry["double"]("ab"))
print(registry["Point"](1, "two"), greet.__name__, double.__name__)
