n = 2
m = n * 3 + 4 * n - 1
print(m)
print(m - n - 1)
print(m - (n - 1))
