# Recursion made quick by remembering.
from functools import lru_cache, reduce


@lru_cache
def ways(steps):
    if steps < 0:
        return 0
    if steps == 0:
        return 1
    return ways(steps - 1) + ways(steps - 2) + ways(steps - 3)


@lru_cache(maxsize=None)
def grid(rows, columns):
    if rows == 1 or columns == 1:
        return 1
    return grid(rows - 1, columns) + grid(rows, columns - 1)


def ackermann(m, n, known={}):
    if (m, n) not in known:
        if m == 0:
            known[m, n] = n + 1
        elif n == 0:
            known[m, n] = ackermann(m - 1, 1)
        else:
            known[m, n] = ackermann(m - 1, ackermann(m, n - 1))
    return known[m, n]


for n in range(0, 13, 2):
    print(n, "steps:", ways(n), "ways")
print(ways(60))
print(grid(2, 2), grid(3, 7), grid(17, 17))
print([ackermann(2, n) for n in range(6)], ackermann(3, 3))
print(reduce(lambda a, b: a + b, [1, 2, 3, 4]), reduce(max, [3, 9, 2]))
print(reduce(lambda text, word: text + word[0].upper(), ["portable", "network", "graphics"], ""))


def catalan(n):
    return 1 if n == 0 else sum(catalan(i) * catalan(n - 1 - i) for i in range(n))


catalan = lru_cache(None)(catalan)
print([catalan(n) for n in range(12)])
