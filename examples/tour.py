# A short tour: a bit of most of what the other examples use.

# Numbers of any size.
print(2 + 2, 7 // 2, 7 % 2, 7 / 2, 2 ** 100)

# Text.
name = "Mimus"
print("Hello, " + name + "!", len(name), name.upper(), name[::-1])

# Lists, and loops over them.
squares = []
for n in range(10):
    squares.append(n * n)
print(squares)
print("sum", sum(squares), "largest", max(squares))

# Lists made in one line.
even = [n for n in squares if n % 2 == 0]
print(even)

# Dictionaries.
ages = {"Ada": 36, "Grace": 45, "Linus": 28}
for person in sorted(ages):
    print(person, "is", ages[person])
oldest = ""
for person, age in ages.items():
    if oldest == "" or age > ages[oldest]:
        oldest = person
print("the oldest is", oldest)


# Functions, calling themselves.
def factorial(n):
    if n <= 1:
        return 1
    return n * factorial(n - 1)


print(factorial(5), factorial(30))


# Functions that make functions.
def counter():
    count = 0

    def step():
        nonlocal count
        count += 1
        return count

    return step


tick = counter()
tick()
tick()
print("ticked", tick(), "times")

# Decisions, and loops that end early.
n = 27
steps = 0
while True:
    if n == 1:
        break
    elif n % 2 == 0:
        n //= 2
    else:
        n = 3 * n + 1
    steps += 1
print("27 reaches 1 after", steps, "steps")

# Errors are caught like anywhere else.
try:
    print(1 / 0)
except ZeroDivisionError as error:
    print("caught:", error)

# Several values at once.
first, second = 1, 1
row = []
while len(row) < 12:
    row.append(first)
    first, second = second, first + second
print(row)
