# Four ways to sort a list.


def bubble(items):
    items = items[:]
    for end in range(len(items) - 1, 0, -1):
        swapped = False
        for i in range(end):
            if items[i] > items[i + 1]:
                items[i], items[i + 1] = items[i + 1], items[i]
                swapped = True
        if not swapped:
            break
    return items


def insertion(items):
    done = []
    for item in items:
        at = len(done)
        while at > 0 and done[at - 1] > item:
            at -= 1
        done.insert(at, item)
    return done


def merge(left, right):
    result = []
    i = 0
    j = 0
    while i < len(left) and j < len(right):
        if left[i] <= right[j]:
            result.append(left[i])
            i += 1
        else:
            result.append(right[j])
            j += 1
    return result + left[i:] + right[j:]


def merge_sort(items):
    if len(items) < 2:
        return items
    half = len(items) // 2
    return merge(merge_sort(items[:half]), merge_sort(items[half:]))


def quick(items):
    if len(items) <= 1:
        return items
    pivot = items[0]
    smaller = [x for x in items[1:] if x < pivot]
    larger = [x for x in items[1:] if x >= pivot]
    return quick(smaller) + [pivot] + quick(larger)


numbers = [23, 5, 88, 1, 42, 5, 17, 99, 0, -3, 64]
for sort in [bubble, insertion, merge_sort, quick]:
    print(sort(numbers))
print(numbers)
print(quick(["pear", "fig", "apple", "kiwi"]) == sorted(["pear", "fig", "apple", "kiwi"]))
