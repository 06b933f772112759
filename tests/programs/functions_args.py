# Everything that arguments can be.


def total(*numbers, start=0):
    for n in numbers:
        start += n
    return start


def describe(name, /, kind="thing", *tags, sep=", ", **more):
    parts = [f"{name} is a {kind}"]
    if tags:
        parts.append("tags: " + sep.join(tags))
    for key, value in more.items():
        parts.append(f"{key}={value!r}")
    return " | ".join(parts)


def remember(item, memory=[]):
    """The default is made once, and shared."""
    memory.append(item)
    return memory


def fresh(item, memory=None):
    memory = [] if memory is None else memory
    memory.append(item)
    return memory


def apply(f, *args, **kwargs):
    return f(*args, **kwargs)


def compose(*functions):
    def composed(x):
        for f in reversed(functions):
            x = f(x)
        return x
    return composed


print(total(), total(1, 2, 3), total(*range(5), start=100), total(*[1], *(2, 3)))
print(describe("hammer"))
print(describe("hammer", "tool", "heavy", "steel", sep=" & ", price=12, colour="red"))
print(describe("x", **{"kind": "letter", "name": "also x"}))
print(remember(1), remember(2), remember(3, []), remember(4))
print(fresh(1), fresh(2), fresh(3, [0]))
print(apply(max, 3, 9, 4), apply(sorted, [3, 1, 2], reverse=True), apply(print) is None)
double_then_text = compose(str, lambda x: x * 2)
print(double_then_text(21), repr(compose()(5)), repr(double_then_text("ab")))

for wrong in (
    lambda: describe(),
    lambda: describe(name="x"),
    lambda: fresh(1, 2, 3),
    lambda: total(1, begin=2),
    lambda: apply(5),
    lambda: total("a"),
):
    try:
        wrong()
    except TypeError as error:
        print("TypeError:", error)

square = lambda x: x ** 2
adders = [lambda x, n=n: x + n for n in range(3)]
late = [lambda x: x + n for n in range(3)]
print(square(5), [f(10) for f in adders], [f(10) for f in late])
print((lambda *a, **k: (a, k))(1, 2, z=3), describe.__name__, describe.__doc__, remember.__doc__)
print(list(map(total, [1, 2], [10, 20])), list(filter(None, [0, 1, "", "a", [], None])))
options = {"sep": "-", "end": "!\n"}
print(1, 2, 3, **options)
