"""Six ways to sort, with the comparisons that each needs."""

comparisons = 0


def less(a, b):
    global comparisons
    comparisons += 1
    return a < b


def bubble(items):
    items = items[:]
    for end in range(len(items) - 1, 0, -1):
        swapped = False
        for i in range(end):
            if less(items[i + 1], items[i]):
                items[i], items[i + 1] = items[i + 1], items[i]
                swapped = True
        if not swapped:
            break
    return items


def insertion(items):
    items = list(items)
    for i in range(1, len(items)):
        value = items[i]
        j = i
        while j > 0 and less(value, items[j - 1]):
            items[j] = items[j - 1]
            j -= 1
        items[j] = value
    return items


def selection(items):
    items = items.copy()
    for i in range(len(items)):
        best = i
        for j in range(i + 1, len(items)):
            if less(items[j], items[best]):
                best = j
        items[i], items[best] = items[best], items[i]
    return items


def merge(items):
    if len(items) < 2:
        return items
    middle = len(items) // 2
    left, right = merge(items[:middle]), merge(items[middle:])
    result = []
    while left and right:
        result.append(right.pop(0) if less(right[0], left[0]) else left.pop(0))
    return result + left + right


def quick(items):
    if not items:
        return []
    pivot, *rest = items
    smaller = [x for x in rest if less(x, pivot)]
    larger = [x for x in rest if x not in smaller]
    return quick(smaller) + [pivot] + quick(larger)


def heap(items):
    items = list(items)

    def sink(root, end):
        while 2 * root + 1 < end:
            child = 2 * root + 1
            if child + 1 < end and less(items[child], items[child + 1]):
                child += 1
            if not less(items[root], items[child]):
                return
            items[root], items[child] = items[child], items[root]
            root = child

    for root in range(len(items) // 2 - 1, -1, -1):
        sink(root, len(items))
    for end in range(len(items) - 1, 0, -1):
        items[0], items[end] = items[end], items[0]
        sink(0, end)
    return items


numbers = [34, 7, 23, 32, 5, 62, 14, 81, 3, 19, 50, 41]
names = ["pear", "fig", "apple", "kiwi", "date", "lime"]
for sort in (bubble, insertion, selection, merge, quick, heap):
    comparisons = 0
    result = sort(numbers)
    print(f"{sort.__name__:<10} {comparisons:>3} {result == sorted(numbers)}")
    print(" " * 10, result)
    print(" " * 10, sort(names), sort([]), sort([1]))
print(numbers)
