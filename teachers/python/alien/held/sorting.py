xs = [5, 2, 9, 1]
n = len(xs)
for i in range(1, n):
    for j in range(1, n):
        if j > 1 and xs[j - 1] > xs[j]:
            xs[j - 1], xs[j] = xs[j], xs[j - 1]
print(xs)
