# Sets: guests at parties, letters of pangrams, who could have done it.

monday = {"Ada", "Bob", "Cy", "Dot"}
tuesday = {"Bob", "Dot", "Eve"}
wednesday = frozenset(["Dot", "Fay", "Ada"])

print("all days:", sorted(monday & tuesday & wednesday))
print("any day:", sorted(monday | tuesday | wednesday))
print("only monday:", sorted(monday - tuesday - wednesday))
print("one of two:", sorted(monday ^ tuesday))
print({"Bob"} <= monday, {"Bob"} < {"Bob"}, monday >= tuesday, monday.isdisjoint({"Zoe"}))
print(sorted(monday.union("xy")), sorted(tuesday.difference(monday)))

guests = set()
for day in (monday, tuesday, wednesday):
    new = day - guests
    guests |= day
    print(len(day), "guests,", len(new), "new,", len(guests), "so far")
guests.add("Gus")
guests.discard("Nobody")
guests.remove("Gus")
try:
    guests.remove("Gus")
except KeyError as error:
    print("not there:", error)


def missing(sentence):
    return "".join(sorted(set("abcdefghijklmnopqrstuvwxyz") - set(sentence.lower())))


for sentence in ("The quick brown fox jumps over the lazy dog", "Hello, world", "Pack my box with five dozen jugs"):
    print(repr(sentence), "lacks", missing(sentence) or "nothing")

suspects = {
    "butler": {"tall", "left-handed", "limps"},
    "cook": {"tall", "smokes"},
    "gardener": {"left-handed", "limps", "smokes"},
}
clues = ["left-handed", "limps", "tall"]
possible = set(suspects)
for clue in clues:
    possible = {name for name in possible if clue in suspects[name]}
    print(f"after {clue!r}: {sorted(possible)}")


def subsets(items):
    items = list(items)
    if not items:
        return [[]]
    rest = subsets(items[1:])
    return rest + [[items[0]] + s for s in rest]


every = subsets("abc")
print(len(every), ["".join(s) for s in sorted(every, key=lambda s: (len(s), s))])
numbers = [4, 8, 15, 16, 23, 42]
print([s for s in subsets(numbers) if sum(s) == 50])

cache = {frozenset({1, 2}): "pair", frozenset(): "empty"}
print(cache[frozenset([2, 1, 2])], cache[frozenset()], len({1, 1.0, True}), {1, 2} == {2, 1})
seen = set()
twice = [n for n in [1, 5, 2, 5, 1, 9] if n in seen or seen.add(n)]
print(twice, sorted(seen), set(), {7})
