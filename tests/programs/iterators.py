"""Iterators written by hand."""


class Countdown:
    def __init__(self, start):
        self.start = start

    def __iter__(self):
        return CountdownIterator(self.start)


class CountdownIterator:
    def __init__(self, n):
        self.n = n

    def __iter__(self):
        return self

    def __next__(self):
        if self.n <= 0:
            raise StopIteration
        self.n -= 1
        return self.n + 1


class Range:
    """A range of anything that can be added and compared."""

    def __init__(self, start, stop, step):
        self.start, self.stop, self.step = start, stop, step

    def __iter__(self):
        value = self.start
        while value < self.stop:
            yield value
            value = value + self.step

    def __contains__(self, value):
        return any(value == v for v in self)

    def __reversed__(self):
        return reversed(list(self))


class Peekable:
    def __init__(self, items):
        self.iterator = iter(items)
        self.waiting = []

    def __iter__(self):
        return self

    def __next__(self):
        if self.waiting:
            return self.waiting.pop()
        return next(self.iterator)

    def peek(self, default=None):
        if not self.waiting:
            try:
                self.waiting.append(next(self.iterator))
            except StopIteration:
                return default
        return self.waiting[-1]


class Squares:
    """Only __getitem__, the old way."""

    def __getitem__(self, i):
        if i >= 5:
            raise IndexError
        return i * i


def merged(a, b):
    a, b = Peekable(a), Peekable(b)
    end = float("inf")
    while (x := a.peek(end)) < end or b.peek(end) < end:
        yield next(a) if x <= b.peek(end) else next(b)


down = Countdown(3)
print(list(down), list(down), [a * b for a in down for b in down])
iterator = iter(down)
print(next(iterator), list(iterator), list(iterator), next(iterator, "end"))
quarters = Range(0, 1, 0.25)
print(list(quarters), 0.5 in quarters, 0.6 in quarters, list(reversed(quarters)))
print(list(Range("a", "aaaa", "a")), sum(Range(1, 10, 3)))
print(list(Squares()), 9 in Squares(), max(Squares()))
print(list(merged([1, 4, 6, 9], [2, 3, 7])), list(merged([], [1])))
peek = Peekable("xyz")
print(peek.peek(), peek.peek(), next(peek), next(peek), peek.peek(), list(peek), peek.peek("none"))

tokens = Peekable("aaabccdddd")
groups = []
for c in tokens:
    n = 1
    while tokens.peek() == c:
        next(tokens)
        n += 1
    groups.append(f"{c}{n}")
print(" ".join(groups))
values = iter([3, 1, 0, 2])
print(list(iter(lambda: next(values), 0)), list(values))
a, b, *c = Countdown(5)
print(a, b, c, dict(enumerate(Countdown(2))), sorted(Countdown(4)), tuple(zip(down, "ab")))
numbers = iter(range(10))
print([(x, next(numbers)) for x in numbers], *map(lambda x, y: x + y, down, Squares()))
for x in (loop := iter([1, 2, 3])):
    print("first", x, "rest", list(loop))
try:
    iter(5)
except TypeError as error:
    print(error)
