def gcd(a, b):
    while b > 0:
        a, b = b, a % b
    return a
print(gcd(48, 36))
print(gcd(17, 5))
