"""Context managers as classes: order of entry and exit, errors on the way."""


class Noisy:
    depth = 0

    def __init__(self, name, swallow=()):
        self.name = name
        self.swallow = swallow

    def say(self, what):
        print("  " * Noisy.depth + what, self.name)

    def __enter__(self):
        self.say("enter")
        Noisy.depth += 1
        return self

    def __exit__(self, kind, value, trace):
        Noisy.depth -= 1
        if kind is None:
            self.say("leave")
            return False
        self.say(f"leave with {kind.__name__} ({value})")
        return issubclass(kind, tuple(self.swallow))


class Changed:
    """Changes entries of a dictionary for a while."""

    def __init__(self, target, **entries):
        self.target = target
        self.entries = entries

    def __enter__(self):
        self.old = dict(self.target)
        self.target.update(self.entries)
        return self.target

    def __exit__(self, *_):
        self.target.clear()
        self.target.update(self.old)


class Transaction:
    def __init__(self, items):
        self.items = items

    def __enter__(self):
        self.copy = self.items[:]
        return self.copy

    def __exit__(self, kind, value, trace):
        if kind is None:
            self.items[:] = self.copy
        else:
            print("rolled back:", value)
        return kind is not None and issubclass(kind, ValueError)


with Noisy("a") as a:
    a.say("inside")
with Noisy("b") as b, Noisy("c", swallow=[ZeroDivisionError]) as c:
    print(b.name + c.name, 1 / 0)
print("went on")

try:
    with Noisy("outer"):
        with Noisy("inner", swallow=[KeyError]):
            raise ValueError("too much")
except ValueError as error:
    print("caught", error, "at depth", Noisy.depth)

settings = {"colour": "blue", "size": 3}
with Changed(settings, size=10, mode="test") as inside:
    print(settings, inside is settings)
print(settings)

numbers = [1, 2, 3]
with Transaction(numbers) as work:
    work.append(4)
    work[0] = 100
print(numbers)
with Transaction(numbers) as work:
    work.clear()
    raise ValueError("changed my mind")
print(numbers)


def early():
    with Noisy("function"):
        for i in range(3):
            with Noisy(f"loop {i}"):
                if i == 1:
                    return i


print("returned", early())
for n in (1, 2):
    with Noisy("last"):
        continue
