# Sorting by hand: by insertion, by exchange, and by parts.
def numbers(count, seed):
    made = []
    for _ in range(count):
        seed = (seed * 1103515245 + 12345) % 2147483648
        made.append(seed % 10000)
    return made


def insertion(items):
    for i in range(1, len(items)):
        item = items[i]
        j = i - 1
        while j >= 0 and items[j] > item:
            items[j + 1] = items[j]
            j -= 1
        items[j + 1] = item
    return items


def exchange(items):
    for end in range(len(items) - 1, 0, -1):
        for i in range(end):
            if items[i] > items[i + 1]:
                items[i], items[i + 1] = items[i + 1], items[i]
    return items


def quick(items):
    if len(items) <= 1:
        return items
    first = items[0]
    small = [x for x in items[1:] if x < first]
    large = [x for x in items[1:] if x >= first]
    return quick(small) + [first] + quick(large)


one = insertion(numbers(2500, 1))
two = exchange(numbers(2200, 2))
three = quick(numbers(200000, 3))
print(one[0], one[700], one[-1])
print(two[0], two[600], two[-1])
print(three[0], three[30000], three[-1])
