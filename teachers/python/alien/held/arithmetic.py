a = 17
b = 5
print(a + b)
print(a - b * 2)
print((a - b) * 2)
print(a // b, a % b)
