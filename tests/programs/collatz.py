# Hailstone numbers: how far they go and how high they climb.


def chain(n):
    values = [n]
    while n != 1:
        if n % 2 == 0:
            n //= 2
        else:
            n = 3 * n + 1
        values.append(n)
    return values


def summary(limit):
    longest = 0
    start = 0
    for n in range(1, limit + 1):
        length = len(chain(n))
        if length > longest:
            longest = length
            start = n
    return start, longest


for n in [1, 6, 7, 9, 12]:
    print(n, chain(n))

print("start  steps  peak")
for n in range(20, 31):
    values = chain(n)
    print(str(n).rjust(5), str(len(values) - 1).rjust(6), str(max(values)).rjust(5))

start, longest = summary(300)
print("The longest chain below 300 begins at", start, "and has", longest, "numbers")

seen = set()
for n in range(1, 20):
    seen.update(chain(n))
print("different numbers met from 1 to 19:", len(seen))
print("the smallest never met:", min(k for k in range(1, 500) if k not in seen))
