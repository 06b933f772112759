# Pascal's triangle, binomials and what hides in them.


def next_row(row):
    return [1] + [a + b for a, b in zip(row, row[1:])] + [1]


def triangle(height):
    rows = []
    row = [1]
    for _ in range(height):
        rows.append(row)
        row = next_row(row)
    return rows


def choose(n, k):
    if k < 0 or k > n:
        return 0
    if k == 0 or k == n:
        return 1
    return choose(n - 1, k - 1) + choose(n - 1, k)


rows = triangle(9)
width = len(" ".join(map(str, rows[-1])))
for row in rows:
    print(" ".join(str(n) for n in row).center(width).rstrip())

for n, row in enumerate(rows):
    assert row == [choose(n, k) for k in range(n + 1)], n

print("sums:", [sum(row) for row in rows])
print("alternating:", [sum(n if i % 2 == 0 else -n for i, n in enumerate(row)) for row in rows])
print("powers of 11:", [int("".join(map(str, row))) for row in rows[:5]])


def diagonal(k):
    return [row[k] for row in rows if len(row) > k]


print("triangular:", diagonal(2))
print("tetrahedral:", diagonal(3))

fibonacci = []
for n in range(9):
    total = 0
    k = 0
    while n - k >= k:
        total += rows[n - k][k]
        k += 1
    fibonacci.append(total)
print("fibonacci:", fibonacci)

print("odd and even:")
for row in triangle(16):
    print("".join("#" if n % 2 else "." for n in row).center(16))
print(choose(16, 8), choose(5, 7), max(triangle(30)[-1]))
