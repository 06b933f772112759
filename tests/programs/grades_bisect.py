import bisect
import sys
from collections import OrderedDict, ChainMap


def grade(score, limits=(60, 70, 80, 90), letters="FDCBA"):
    return letters[bisect.bisect(limits, score)]


class SortedBag:
    def __init__(self, items=()):
        self.items = sorted(items)

    def add(self, item):
        bisect.insort(self.items, item)

    def count(self, low, high):
        return bisect.bisect_right(self.items, high) - bisect.bisect_left(self.items, low)

    def nearest(self, value):
        i = bisect.bisect_left(self.items, value)
        around = self.items[max(0, i - 1):i + 1]
        return min(around, key=lambda x: abs(x - value)) if around else None

    def __contains__(self, item):
        i = bisect.bisect_left(self.items, item)
        return i < len(self.items) and self.items[i] == item


print([grade(s) for s in (33, 99, 77, 70, 89, 90, 100)])
bag = SortedBag([5, 1, 9])
for n in (4, 7, 5, 2):
    bag.add(n)
print(bag.items, bag.count(3, 6), bag.nearest(6.2), bag.nearest(100), 7 in bag, 8 in bag, SortedBag().nearest(1))

incomes = [("low", 10_000, 0.0), ("middle", 40_000, 0.2), ("high", float("inf"), 0.4)]


def tax(income):
    owed, below = 0.0, 0
    for _, limit, rate in incomes:
        owed += max(0, min(income, limit) - below) * rate
        below = limit
    return owed


for income in (5_000, 10_000, 25_000, 100_000):
    name = incomes[bisect.bisect_left([limit for _, limit, _ in incomes], income)][0]
    print(f"{income:>9,} {name:<7} {tax(income):>12,.2f}")

table = OrderedDict.fromkeys("cab", 0)
table.move_to_end("c")
table["z"] = 1
print(list(table), table.popitem(last=False), OrderedDict(a=1, b=2) == OrderedDict(b=2, a=1))
defaults, user = {"colour": "grey", "size": 1}, {"size": 5}
settings = ChainMap(user, defaults)
settings["new"] = True
print(settings["size"], settings["colour"], user, len(settings), sorted(settings))

print("to standard error", file=sys.stderr)
print(sys.maxsize > 2 ** 31, sys.getrecursionlimit() > 50, sys.version_info >= (3, 8))


def depth(n):
    return depth(n + 1)


try:
    depth(0)
except RecursionError:
    print("too deep")


def main(arguments):
    if not arguments:
        print("nothing to do")
        return 2
    return 0


if __name__ == "__main__":
    code = main(sys.argv[1:])
    if code:
        raise SystemExit("stopped with code " + str(code))
