"""Generators: endless series, pipelines, two-way talk."""


def count_from(n=0, step=1):
    while True:
        yield n
        n += step


def take(n, items):
    for i, item in enumerate(items):
        if i >= n:
            return
        yield item


def primes():
    found = []
    for n in count_from(2):
        if all(n % p for p in found if p * p <= n):
            found.append(n)
            yield n


def fibonacci():
    a, b = 0, 1
    while True:
        yield a
        a, b = b, a + b


def windows(items, size):
    window = []
    for item in items:
        window.append(item)
        if len(window) > size:
            window.pop(0)
        if len(window) == size:
            yield tuple(window)


def flatten(items):
    for item in items:
        if isinstance(item, (list, tuple)):
            yield from flatten(item)
        else:
            yield item


def averager():
    total, count, mean = 0, 0, None
    while True:
        value = yield mean
        if value is None:
            return total
        total += value
        count += 1
        mean = total / count


def countdown(n):
    try:
        while n > 0:
            yield n
            n -= 1
    finally:
        print("  countdown closed at", n)


def wrapper():
    result = yield from averager()
    print("  the whole was", result)
    yield "end"


print(list(take(5, count_from(10, 5))), list(take(0, primes())))
print(list(take(12, primes())))
print([n for n in take(15, fibonacci()) if n % 2])
print(list(windows("abcde", 3)), list(windows([1], 2)))
print(list(flatten([1, [2, (3, [4]), []], "ab", [[[5]]]])))

lines = ["  alpha 3", "# comment", "beta 10 ", "", "gamma 7"]
clean = (line.strip() for line in lines)
useful = (line for line in clean if line and not line.startswith("#"))
pairs = (line.split() for line in useful)
numbers = ((name, int(value)) for name, value in pairs)
print(next(numbers), "then", dict(numbers), "then", next(numbers, "nothing"))

talk = averager()
print(next(talk), talk.send(10), talk.send(20), talk.send(3))
try:
    talk.send(None)
except StopIteration as stop:
    print("total", stop.value)

for n in countdown(5):
    if n == 3:
        break
    print(n)
down = countdown(9)
print(next(down), next(down))
down.close()
print(list(countdown(2)))
outer = wrapper()
next(outer)
outer.send(4)
outer.send(6)
print(outer.send(None))

series = take(3, primes())
print(sum(series), sum(series), max(take(10, fibonacci())))
gen = (x * x for x in range(4))
print(4 in gen, list(gen), list(zip(count_from(1), "xyz")))
try:
    next(gen)
except StopIteration:
    print("used up")
