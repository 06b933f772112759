"""functools: caches, partial functions, folds, orders."""

from functools import cmp_to_key, lru_cache, partial, reduce, total_ordering, wraps
import operator

calls = 0


@lru_cache(maxsize=None)
def fibonacci(n):
    global calls
    calls += 1
    return n if n < 2 else fibonacci(n - 1) + fibonacci(n - 2)


@lru_cache(maxsize=None)
def partitions(n, largest=None):
    if largest is None:
        largest = n
    if n == 0:
        return 1
    return sum(partitions(n - k, min(k, n - k)) for k in range(1, min(largest, n) + 1))


def announced(f):
    @wraps(f)
    def wrapper(*args, **kwargs):
        print("->", f.__name__, args, kwargs)
        return f(*args, **kwargs)
    return wrapper


@announced
def area(width, height=1):
    """Width times height."""
    return width * height


@total_ordering
class Version:
    def __init__(self, text):
        self.parts = tuple(int(p) for p in text.split("."))

    def __eq__(self, other):
        return self.parts == other.parts

    def __lt__(self, other):
        return self.parts < other.parts

    def __repr__(self):
        return "v" + ".".join(map(str, self.parts))


def compare(a, b):
    """Shorter first, then backwards by letters."""
    if len(a) != len(b):
        return len(a) - len(b)
    return (a < b) - (a > b)


print(fibonacci(80), calls, fibonacci(80), calls)
print([partitions(n) for n in range(1, 13)], partitions(60))
print(fibonacci.cache_info().misses, fibonacci.cache_info().currsize)
print(area(3, height=4), area.__name__, area.__doc__)

twice = partial(operator.mul, 2)
as_binary = partial(int, base=2)
print(twice(21), as_binary("1011"), list(map(partial(pow, 2), range(8))))
print(reduce(lambda a, b: a * b, range(1, 11)), reduce(operator.add, ["a", "b", "c"], ">"))
print(reduce(lambda number, digit: number * 10 + digit, [4, 0, 9, 6], 0))
print(sorted(["pear", "fig", "kiwi", "apple", "date"], key=cmp_to_key(compare)))
versions = [Version(v) for v in ("1.10", "1.9.3", "1.9", "2.0")]
print(sorted(versions), max(versions), versions[0] >= versions[1], versions[2] <= versions[2])

people = [{"name": "Al", "age": 31}, {"name": "Bo", "age": 25}, {"name": "Cy", "age": 31}]
print([p["name"] for p in sorted(people, key=operator.itemgetter("age", "name"), reverse=True)])
print(operator.itemgetter(2, 0)("xyz"), operator.methodcaller("upper")("abc"), operator.neg(5))
print(reduce(lambda f, g: lambda x: g(f(x)), [str.strip, str.lower, lambda s: s[::-1]])("  ABC "))
try:
    reduce(operator.add, [])
except TypeError as error:
    print("TypeError:", error)
