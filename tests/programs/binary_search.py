# Looking things up in sorted lists.


def search(items, wanted):
    low = 0
    high = len(items) - 1
    looks = 0
    while low <= high:
        middle = (low + high) // 2
        looks += 1
        if items[middle] == wanted:
            return middle, looks
        if items[middle] < wanted:
            low = middle + 1
        else:
            high = middle - 1
    return -1, looks


def search_recursive(items, wanted, low=0, high=None):
    if high is None:
        high = len(items)
    if low >= high:
        return None
    middle = (low + high) // 2
    if items[middle] == wanted:
        return middle
    if items[middle] > wanted:
        return search_recursive(items, wanted, low, middle)
    return search_recursive(items, wanted, middle + 1, high)


def first_at_least(items, limit):
    low, high = 0, len(items)
    while low < high:
        middle = (low + high) // 2
        if items[middle] < limit:
            low = middle + 1
        else:
            high = middle
    return low


def square_root(n, digits=6):
    low, high = 0.0, max(1.0, n)
    while high - low > 10 ** -(digits + 2):
        middle = (low + high) / 2
        if middle * middle < n:
            low = middle
        else:
            high = middle
    return round(low, digits)


squares = [n * n for n in range(40)]
for wanted in [0, 1, 144, 150, 1521, 9999, -5]:
    position, looks = search(squares, wanted)
    again = search_recursive(squares, wanted)
    if position == -1:
        print(wanted, "is not there,", looks, "looks,", again)
    else:
        print(wanted, "is at", position, "after", looks, "looks,", again)

words = sorted("the quick red fox jumps over one lazy brown dog".split())
print(words)
for word in ["fox", "cat", "the", "brown"]:
    print(word, search(words, word), first_at_least(words, word))

scores = [1, 3, 3, 3, 5, 8, 8, 9]
for value in (0, 3, 4, 8, 10):
    start, stop = first_at_least(scores, value), first_at_least(scores, value + 1)
    print(f"{value}: from {start} to {stop}, {stop - start} times")

for n in (2, 9, 10, 0.25):
    print("root of", n, "is", square_root(n))
