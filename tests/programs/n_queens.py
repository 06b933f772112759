# Queens that do not attack one another, by three methods.


def safe(columns, column):
    row = len(columns)
    for r, c in enumerate(columns):
        if c == column or abs(c - column) == row - r:
            return False
    return True


def place(n, columns=()):
    if len(columns) == n:
        return [columns]
    found = []
    for column in range(n):
        if safe(columns, column):
            found += place(n, columns + (column,))
    return found


def count(n, row=0, columns=0, left=0, right=0):
    """The same with bits."""
    if row == n:
        return 1
    total = 0
    open_places = ~(columns | left | right) & ((1 << n) - 1)
    while open_places:
        bit = open_places & -open_places
        open_places ^= bit
        total += count(n, row + 1, columns | bit, (left | bit) << 1, (right | bit) >> 1)
    return total


def first(n):
    columns = []
    column = 0
    tries = 0
    while len(columns) < n:
        tries += 1
        while column < n and not safe(columns, column):
            column += 1
        if column < n:
            columns.append(column)
            column = 0
        elif columns:
            column = columns.pop() + 1
        else:
            return None, tries
    return columns, tries


def draw(columns):
    for column in columns:
        print(" ".join("Q" if i == column else "." for i in range(len(columns))))


solutions = place(6)
print(len(solutions), "ways on a board of 6")
for solution in solutions:
    print(solution)
draw(solutions[0])
print({n: count(n) for n in range(1, 8)})
for n in (3, 4, 8):
    columns, tries = first(n)
    print(n, columns, "after", tries, "tries")

mirrored = {tuple(5 - c for c in s) for s in solutions}
print("mirror images are solutions too:", mirrored == set(solutions))
