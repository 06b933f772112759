n = 91
d = 2
while n % d > 0:
    d += 1
print(d)
print(n // d)
