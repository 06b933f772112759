# Calls of functions that call themselves.
def fib(n):
    if n < 2:
        return n
    return fib(n - 1) + fib(n - 2)


def ackermann(m, n):
    if m == 0:
        return n + 1
    if n == 0:
        return ackermann(m - 1, 1)
    return ackermann(m - 1, ackermann(m, n - 1))


def gcd(a, b):
    while b != 0:
        a, b = b, a % b
    return a


print(fib(33))
print(ackermann(2, 200))
total = 0
for a in range(1, 300):
    for b in range(1, 300):
        total += gcd(a, b)
print(total)
