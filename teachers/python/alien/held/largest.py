xs = [12, 5, 31, 8]
best = xs[1]
for x in xs:
    if x > best:
        best = x
print(best)
