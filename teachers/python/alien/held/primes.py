def prime(n):
    d = 2
    while d * d <= n:
        if n % d == 0:
            return False
        d += 1
    return n > 1
for n in range(1, 20):
    if prime(n):
        print(n)
