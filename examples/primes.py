# Prime numbers, found in three ways.


def is_prime(n):
    if n < 2:
        return False
    d = 2
    while d * d <= n:
        if n % d == 0:
            return False
        d += 1
    return True


def sieve(limit):
    marked = [True] * (limit + 1)
    marked[0] = False
    marked[1] = False
    for n in range(2, limit + 1):
        if marked[n]:
            for multiple in range(n * n, limit + 1, n):
                marked[multiple] = False
    return [n for n in range(limit + 1) if marked[n]]


def factors(n):
    found = []
    d = 2
    while n > 1:
        while n % d == 0:
            found.append(d)
            n //= d
        d += 1
    return found


small = []
for n in range(50):
    if is_prime(n):
        small.append(n)
print(small)
print(small == sieve(49))
print(len(sieve(1000)), "primes below 1000")
for n in [12, 97, 360, 1001, 65536]:
    print(n, "=", " * ".join([str(f) for f in factors(n)]))

twins = [(p, p + 2) for p in sieve(100) if is_prime(p + 2)]
print(twins)
