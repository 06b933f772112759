# A long list that is written at its indexes, and one that grows.
def primes(limit):
    marks = [True] * (limit + 1)
    marks[0] = False
    marks[1] = False
    i = 2
    while i * i <= limit:
        if marks[i]:
            j = i * i
            while j <= limit:
                marks[j] = False
                j += i
        i += 1
    found = []
    for n in range(limit + 1):
        if marks[n]:
            found.append(n)
    return found


found = primes(4000000)
print(len(found))
print(found[-1])
