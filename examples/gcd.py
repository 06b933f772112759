# Divisors, fractions, and numbers in other bases.


def gcd(a, b):
    while b:
        a, b = b, a % b
    return a


def lcm(a, b):
    return a * b // gcd(a, b)


def add(x, y):
    top = x[0] * y[1] + y[0] * x[1]
    bottom = x[1] * y[1]
    shared = gcd(top, bottom)
    return top // shared, bottom // shared


def in_base(n, base):
    digits = "0123456789abcdef"
    if n == 0:
        return "0"
    text = ""
    while n > 0:
        text = digits[n % base] + text
        n //= base
    return text


print(gcd(48, 36), gcd(17, 5), gcd(1071, 462))
print(lcm(4, 6), lcm(21, 6))

total = (0, 1)
for n in range(1, 11):
    total = add(total, (1, n))
print("1 + 1/2 + ... + 1/10 =", total[0], "/", total[1])

for base in [2, 3, 8, 16]:
    print("1000 in base", base, "is", in_base(1000, base))

perfect = []
for n in range(2, 500):
    divisors = [d for d in range(1, n) if n % d == 0]
    if sum(divisors) == n:
        perfect.append(n)
print("perfect numbers:", perfect)
