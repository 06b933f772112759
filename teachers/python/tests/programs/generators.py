def count(n):
    try:
        for i in range(n):
            got = yield i
            if got:
                print("got", got)
    except ValueError as e:
        print("thrown", e)
        yield -1
    finally:
        print("closed")


g = count(3)
print(next(g), g.send("a"), g.throw(ValueError("v")))
try:
    next(g)
except StopIteration as s:
    print("stop", s.value)
h = count(5)
print(next(h))
h.close()
k = count(0)
print(list(k))


def both(n):
    r = yield from inner(n)
    print("r", r)
    yield from [10, 20]
    yield from (v * 2 for v in range(2))
    return "end"


def inner(n):
    for i in range(n):
        yield i
    return "inner"


for v in both(2):
    print(v, end=" ")
print()
print([a + b for a, b in zip(both(2), both(3))])
lazy = (print("lazy", q) or q for q in range(3) if q != 1)
print(next(lazy), list(lazy))
print(sum(len(w) for w in "a bb ccc".split()), max((x for x in [3, 1]), default=0))


def infinite():
    n = 0
    while True:
        yield n
        n += 1


for v in infinite():
    if v > 3:
        break
    print(v)


def fails():
    yield 1
    raise KeyError("inside")


try:
    for v in fails():
        print(v)
except KeyError as e:
    print("caught", e)


def nested():
    for a in (b for b in range(3)):
        for c in count(a):
            yield a, c


print(list(nested()))
never = count(2)
next(never)


class Tree:
    def __init__(self, value, *children):
        self.value = value
        self.children = children

    def __iter__(self):
        yield self.value
        for child in self.children:
            yield from child


print(list(Tree(1, Tree(2), Tree(3, Tree(4)))))
first, *rest = Tree(7, Tree(8))
print(first, rest, 8 in Tree(7, Tree(8)))
