seen = {}
for c in 'banana':
    if c in seen:
        seen[c] += 1
    else:
        seen[c] = 1
print(seen['a'])
print(len(seen))
