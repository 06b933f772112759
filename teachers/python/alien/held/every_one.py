xs = [v * v for v in range(1, 6)]
print(xs)
print([v for v in xs if v > 5])
