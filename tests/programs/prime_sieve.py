# Primes in several ways, and what can be seen in them.


def sieve(limit):
    marks = [True] * (limit + 1)
    marks[0:2] = [False, False]
    for n in range(2, int(limit ** 0.5) + 1):
        if marks[n]:
            for multiple in range(n * n, limit + 1, n):
                marks[multiple] = False
    return [n for n, mark in enumerate(marks) if mark]


def is_prime(n):
    if n < 2:
        return False
    for d in range(2, n):
        if d * d > n:
            break
        if n % d == 0:
            return False
    return True


def factors(n):
    result = {}
    d = 2
    while n > 1:
        while n % d == 0:
            result[d] = result.get(d, 0) + 1
            n //= d
        d += 1
        if d * d > n > 1:
            result[n] = result.get(n, 0) + 1
            break
    return result


def written(n):
    parts = []
    for prime, power in factors(n).items():
        parts.append(str(prime) if power == 1 else f"{prime}^{power}")
    return " * ".join(parts)


primes = sieve(200)
print(len(primes), "primes below 200")
for start in range(0, len(primes), 12):
    print(" ".join(f"{p:3d}" for p in primes[start:start + 12]))
print(primes == [n for n in range(201) if is_prime(n)])

twins = [(p, q) for p, q in zip(primes, primes[1:]) if q - p == 2]
print("twins:", twins)
gaps = [q - p for p, q in zip(primes, primes[1:])]
print("widest gap:", max(gaps), "after", primes[gaps.index(max(gaps))])

for n in (2, 12, 97, 360, 1001, 65536, 123456, 600851475143):
    print(n, "=", written(n))

for even in range(4, 31, 2):
    for p in primes:
        if is_prime(even - p):
            print(f"{even} = {p} + {even - p}", end="; ")
            break
    else:
        print(even, "breaks a famous conjecture")
print()
last_digits = {}
for p in primes:
    last_digits.setdefault(p % 10, []).append(p)
print({digit: len(found) for digit, found in sorted(last_digits.items())})
