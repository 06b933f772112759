total = 0
for i in range(1, 8):
    total += i * i
print(total)
