# itertools at work on small puzzles.
import itertools
from itertools import chain, combinations, count, groupby, islice, permutations, product

# SEND + MORE = MONEY in small: TO + GO = OUT.
for t, o, g, u in permutations(range(10), 4):
    if t and g and o and 10 * t + o + 10 * g + o == 100 * o + 10 * u + t:
        print(f"TO+GO=OUT: {t}{o} + {g}{o} = {o}{u}{t}")

print(list(islice(count(10, 3), 4)), list(islice("abcdefg", 1, 6, 2)))
print(["".join(p) for p in permutations("abc", 2)])
print(list(combinations([1, 2, 3, 4], 2)))
print([a + b for a, b in product("xy", "12")], len(list(product([0, 1], repeat=5))))
print(list(itertools.combinations_with_replacement("ab", 3)))
print(list(chain([1, 2], (3,), "ab")), list(chain.from_iterable([[1], [2, [3]]])))
print(list(itertools.accumulate([3, 1, 4, 1, 5])), list(itertools.accumulate([2, 3, 4], lambda a, b: a * b)))
print(list(itertools.accumulate([5, 3, 8, 1], max)), list(itertools.zip_longest("abc", [1], fillvalue="-")))
print(list(itertools.takewhile(lambda n: n < 5, [1, 3, 6, 2])), list(itertools.dropwhile(lambda n: n < 5, [1, 3, 6, 2])))
print(list(itertools.compress("abcde", [1, 0, 1, 0, 1])), list(itertools.starmap(pow, [(2, 3), (3, 2)])))
print([(k, len(list(g))) for k, g in groupby("aaabbcaa")])

people = [("Ann", "Rome"), ("Bob", "Oslo"), ("Cy", "Rome"), ("Di", "Oslo"), ("Ed", "Bonn")]
people.sort(key=lambda p: p[1])
for city, group in groupby(people, key=lambda p: p[1]):
    print(f"{city}: {', '.join(name for name, _ in group)}")

turn = itertools.cycle(["white", "black"])
print([next(turn) for _ in range(5)], list(itertools.repeat("x", 3)))
first, second = itertools.tee(iter(range(5)))
next(second)
print(list(zip(first, second)), list(itertools.pairwise([1, 4, 9])))

# Which three weights balance 20?
weights = [1, 3, 5, 9, 11, 2]
print([c for c in combinations(weights, 3) if sum(c) == 15])
numbers = range(1, 30)
triples = ((a, b, c) for a, b in combinations(numbers, 2) for c in numbers if a * a + b * b == c * c)
print(list(islice(triples, 6)), numbers)
houses = [h for h in permutations(("red", "blue", "green"))
          if h.index("red") < h.index("green") and h[1] != "blue"]
print(houses)


def powerset(items):
    items = list(items)
    return chain.from_iterable(combinations(items, r) for r in range(len(items) + 1))


print(["".join(s) for s in powerset("abc")])
print(max(permutations([3, 30, 34, 5]), key=lambda p: int("".join(map(str, p)))))
print(sum(1 for _ in permutations(range(7))), next(filter(str.isdigit, "ab3c"), None))
