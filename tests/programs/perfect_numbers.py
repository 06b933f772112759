"""Divisors: perfect, abundant, deficient and amicable numbers."""


def proper_divisors(n):
    """All divisors of n but n itself, in order."""
    small = []
    large = []
    d = 1
    while d * d <= n:
        if n % d == 0:
            small.append(d)
            partner = n // d
            if partner != d and partner != n:
                large.append(partner)
        d += 1
    return [d for d in small + large[::-1] if d < n]


def kind(n):
    total = sum(proper_divisors(n))
    return "perfect" if total == n else "abundant" if total > n else "deficient"


def amicable_pairs(limit):
    pairs = []
    for a in range(2, limit):
        b = sum(proper_divisors(a))
        if a < b < limit and sum(proper_divisors(b)) == a:
            pairs.append((a, b))
    return pairs


counts = {}
for n in range(1, 200):
    counts[kind(n)] = counts.get(kind(n), 0) + 1
print(counts)

for n in (6, 12, 28, 97, 360):
    print(n, "is", kind(n) + ":", proper_divisors(n))

print("perfect below 1000:", [n for n in range(2, 1000) if kind(n) == "perfect"])
for a, b in amicable_pairs(1300):
    print("friends:", a, "and", b)


def gcd(a, b):
    return a if b == 0 else gcd(b, a % b)


def lcm(*numbers):
    result = 1
    for n in numbers:
        result = result * n // gcd(result, n)
    return result


print(gcd(1071, 462), gcd(17, 5), lcm(4, 6), lcm(1, 2, 3, 4, 5, 6, 7, 8, 9, 10))
print("totients:", [sum(1 for k in range(1, n + 1) if gcd(n, k) == 1) for n in range(1, 16)])
