# Large whole numbers: what a machine with 64 bits could not do.


def factorial(n):
    return 1 if n < 2 else n * factorial(n - 1)


def digits(n):
    total = 0
    while n:
        n, digit = divmod(n, 10)
        total += digit
    return total


def power_mod(base, exponent, modulus):
    result = 1
    base %= modulus
    while exponent > 0:
        if exponent & 1:
            result = result * base % modulus
        base = base * base % modulus
        exponent >>= 1
    return result


def integer_root(n):
    x = n
    y = (x + 1) // 2
    while y < x:
        x = y
        y = (x + n // x) // 2
    return x


def extended_gcd(a, b):
    if b == 0:
        return a, 1, 0
    g, x, y = extended_gcd(b, a % b)
    return g, y, x - a // b * y


print(factorial(25))
print(factorial(50) // factorial(48), factorial(40) % 10 ** 12)
print("digits of 100!:", len(str(factorial(100))), "sum", digits(factorial(100)))
print(2 ** 200)
print(-7 ** 25, (-7) ** 25, (-2) ** 64)
print(2 ** 64 - 1, 1 << 70, (1 << 70) >> 65, 12345678901234567890 & 0xFFFFFFFF)
print(10 ** 30 // 7, 10 ** 30 % 7, -10 ** 30 // 7, -10 ** 30 % 7)
print(divmod(-123456789012345678901, 1000))
print(integer_root(2 * 10 ** 40))
print(pow(3, 200, 1000007), power_mod(3, 200, 1000007))
print(extended_gcd(240, 46), extended_gcd(2 ** 61 - 1, 10 ** 9 + 7))

# A toy of a public key.
p, q, e = 1000003, 1000033, 65537
n, phi = p * q, (p - 1) * (q - 1)
_, d, _ = extended_gcd(e, phi)
d %= phi
for message in (42, 123456789):
    secret = power_mod(message, e, n)
    print(message, "->", secret, "->", power_mod(secret, d, n))

a, b = 0, 1
while len(str(b)) < 40:
    a, b = b, a + b
print("first Fibonacci number of 40 digits:", b)
print(f"{2 ** 40:,} {10 ** 18:_} {255:x} {2 ** 70:X}")
print(int("9" * 25) + 1, int("ff", 16), int("-101", 2), hex(2 ** 65), bin(10))
print((2 ** 100).bit_length(), float(2 ** 60), 10 ** 20 / 3, 2 ** -3)
print(str(3 ** 150)[::-1], 3 ** 150 > 2 ** 237, 10 ** 16 + 1 == float(10 ** 16))
