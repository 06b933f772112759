square = lambda v: v * v
print(square(7))
print(square(3) - square(2))
