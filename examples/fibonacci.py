# Fibonacci numbers and what grows like them.


def slow(n):
    if n < 2:
        return n
    return slow(n - 1) + slow(n - 2)


def fast(n):
    a = 0
    b = 1
    for _ in range(n):
        a, b = b, a + b
    return a


known = {}


def remembered(n):
    if n < 2:
        return n
    if n in known:
        return known[n]
    result = remembered(n - 1) + remembered(n - 2)
    known[n] = result
    return result


print([slow(n) for n in range(15)])
print(fast(50), remembered(50), fast(50) == remembered(50))
print(fast(300))
ratio = fast(40) / fast(39)
print(ratio, abs(ratio - (1 + 5 ** 0.5) / 2) < 1e-9)

n = 1
while fast(n) < 10 ** 20:
    n += 1
print("the first with 21 digits is number", n)

row = [1]
for _ in range(8):
    print(" ".join([str(x) for x in row]).center(30).rstrip())
    row = [1] + [row[i] + row[i + 1] for i in range(len(row) - 1)] + [1]
