xs = [10, 20, 30, 40]
xs[2] = 7
print(xs[1] + xs[2])
print(xs)
