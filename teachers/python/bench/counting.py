# Maps: how often each thing was met, and what was known before.
def words(count, seed):
    made = []
    for _ in range(count):
        seed = (seed * 1103515245 + 12345) % 2147483648
        made.append("w" + str(seed % 5000))
    return made


counts = {}
for word in words(900000, 7):
    if word in counts:
        counts[word] += 1
    else:
        counts[word] = 1
best = ""
most = 0
for word in counts:
    if counts[word] > most:
        most = counts[word]
        best = word
print(len(counts), best, most)

known = {1: 1}


def steps(n):
    if n in known:
        return known[n]
    if n % 2 == 0:
        count = steps(n // 2) + 1
    else:
        count = steps(3 * n + 1) + 1
    known[n] = count
    return count


longest = 0
for n in range(1, 250000):
    count = steps(n)
    if count > longest:
        longest = count
print(len(known), longest)
