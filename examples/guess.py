# Finding numbers: by halves, and by getting closer and closer.


def guess(secret, low, high):
    tries = 0
    while low <= high:
        middle = (low + high) // 2
        tries += 1
        if middle == secret:
            return tries
        elif middle < secret:
            low = middle + 1
        else:
            high = middle - 1
    return None


def search(items, wanted):
    low = 0
    high = len(items)
    while low < high:
        middle = (low + high) // 2
        if items[middle] < wanted:
            low = middle + 1
        else:
            high = middle
    if low < len(items) and items[low] == wanted:
        return low
    return -1


def root(n):
    x = n
    for _ in range(50):
        x = (x + n / x) / 2
    return x


for secret in [1, 50, 73, 100, 101]:
    print(secret, guess(secret, 1, 100))

numbers = [n * n for n in range(20)]
print(search(numbers, 81), search(numbers, 82), search(numbers, 361))
print(root(2.0), root(144.0))

pi = 0.0
sign = 1
for k in range(1000):
    pi += sign * 4 / (2 * k + 1)
    sign = -sign
print(round(pi, 4))

worst = 0
for secret in range(1, 1001):
    worst = max(worst, guess(secret, 1, 1000))
print("never more than", worst, "tries")
