# How alike two texts are.


def distance(a, b):
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, 1):
        previous, row[0] = row[0], i
        for j, y in enumerate(b, 1):
            cost = previous + (x != y)
            previous = row[j]
            row[j] = min(row[j] + 1, row[j - 1] + 1, cost)
    return row[-1]


def common(a, b):
    """The longest common subsequence."""
    table = [[""] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(1, len(a) + 1):
        for j in range(1, len(b) + 1):
            if a[i - 1] == b[j - 1]:
                table[i][j] = table[i - 1][j - 1] + a[i - 1]
            else:
                above, beside = table[i - 1][j], table[i][j - 1]
                table[i][j] = above if len(above) >= len(beside) else beside
    return table[-1][-1]


def common_part(a, b):
    best = ""
    for i in range(len(a)):
        for j in range(i + 1, len(a) + 1):
            if a[i:j] in b and j - i > len(best):
                best = a[i:j]
    return best


def difference(old, new):
    lines = []
    kept = common(old, new)
    i = j = 0
    for c in kept:
        while old[i] != c:
            lines.append("-" + old[i])
            i += 1
        while new[j] != c:
            lines.append("+" + new[j])
            j += 1
        lines.append(" " + c)
        i, j = i + 1, j + 1
    lines += ["-" + c for c in old[i:]]
    lines += ["+" + c for c in new[j:]]
    return lines


pairs = [("kitten", "sitting"), ("", "abc"), ("flaw", "lawn"), ("same", "same"), ("intention", "execution")]
for a, b in pairs:
    print(f"{a!r} {b!r}: {distance(a, b)} {common(a, b)!r} {common_part(a, b)!r}")
    assert distance(a, b) == distance(b, a)
print("|".join(difference("planet", "plant it")))

known = ["banana", "orange", "apple", "grape", "melon", "lemon"]
for typed in ["aple", "bannana", "mellon", "grappe", "orang"]:
    ranked = sorted(known, key=lambda word: (distance(word, typed), word))
    print(typed, "->", ranked[0] + "?", [distance(word, typed) for word in ranked])


def hamming(a, b):
    if len(a) != len(b):
        raise ValueError("lengths differ: %d and %d" % (len(a), len(b)))
    return sum(map(lambda x, y: x != y, a, b))


print(hamming("karolin", "kathrin"), hamming([1, 0, 1], [0, 0, 0]))
print(hamming("short", "longer"))
