# Slices, star assignments, deletions: lists taken apart and put together.

letters = list("abcdefghij")
print(letters[2:5], letters[:3], letters[-3:], letters[::3], letters[::-2])
print(letters[8:2:-2], letters[5:2], letters[-100:2], letters[7:100])

letters[2:4] = ["X", "Y", "Z"]
print(letters)
letters[1:1] = [1, 2]
print(letters, len(letters))
letters[::4] = "****"[:len(letters[::4])]
print(letters)
del letters[1:5]
del letters[-1]
print(letters)
letters[:] = letters[::-1]
print(letters)
letters[3:] = []
letters += "qr"
letters *= 2
print(letters)

first, *middle, last = range(6)
print(first, middle, last)
*start, end = "hey"
print(start, end)
(a, b), [c, *d] = (1, 2), [3, 4, 5]
print(a, b, c, d)
for name, *scores in [("Al", 1, 2), ("Bo",), ("Cy", 3)]:
    print(name, scores, sum(scores))
x = y = []
x.append(1)
print(y, x is y, x == [1], [*x, *y, *"ab"])
a, b, c = c, a, b
print(a, b, c)


def rotate(items, by):
    by %= len(items) or 1
    return items[by:] + items[:by]


def chunks(items, size):
    return [items[i:i + size] for i in range(0, len(items), size)]


def interleave(*lists):
    return [item for group in zip(*lists) for item in group]


print(rotate([1, 2, 3, 4], 1), rotate("hello", -2), rotate([], 3))
print(chunks("abcdefgh", 3), chunks([1, 2, 3], 5))
print(interleave([1, 2, 3], "abc", (True, False, None)))

numbers = [3, 1, 4, 1, 5, 9, 2, 6]
numbers.insert(0, 0)
numbers.remove(1)
print(numbers, numbers.index(1), numbers.count(1), numbers.pop(), numbers.pop(2))
numbers.sort(reverse=True)
numbers.extend(range(3))
numbers.reverse()
print(numbers, max(numbers), min(numbers), sorted(set(numbers)))
for i in range(len(numbers) - 1, -1, -1):
    if numbers[i] % 2:
        del numbers[i]
print(numbers, numbers.clear(), numbers)
t = 1, 2, 3
print(t[::-1], t + (4,), t * 2, t[0:1], (), (5,), tuple("ab"), t.index(3), 2 in t)
print([1, 2] < [1, 3], (1,) < (1, 0), [2] > [1, 9, 9], "abc"[1:] == "bc")
try:
    t[0] = 9
except TypeError as e:
    print("TypeError:", e)
