# Loops inside of loops over ranges: triples of whole numbers whose squares add up.
limit = 560
found = 0
for a in range(1, limit):
    for b in range(a, limit):
        rest = a * a + b * b
        c = b
        while c * c < rest:
            c += 1
        if c * c == rest and c < limit:
            found += 1
print(found)
