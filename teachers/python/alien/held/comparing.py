x = 4
y = x == 4
print(y)
y = x < 3 or x == 4
print(y)
y = 1 < x and x < 4
print(y)
y = not x < 3
print(y)
