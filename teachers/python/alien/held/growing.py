xs = []
for i in range(1, 6):
    xs.append(i * 3)
print(len(xs))
print(xs)
