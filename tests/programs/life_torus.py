# Conway's game of life on a field without edges.

WIDTH, HEIGHT = 10, 8


def parse(picture):
    field = set()
    for y, line in enumerate(picture):
        for x, c in enumerate(line):
            if c == "O":
                field.add((x, y))
    return field


def neighbours(cell):
    x, y = cell
    return {((x + dx) % WIDTH, (y + dy) % HEIGHT)
            for dx in (-1, 0, 1) for dy in (-1, 0, 1) if (dx, dy) != (0, 0)}


def step(field):
    counts = {}
    for cell in field:
        for other in neighbours(cell):
            counts[other] = counts.get(other, 0) + 1
    return {cell for cell, n in counts.items() if n == 3 or n == 2 and cell in field}


def draw(field):
    for y in range(HEIGHT):
        print("".join("O" if (x, y) in field else "." for x in range(WIDTH)))


glider = parse([".O.", "..O", "OOO"])
field = glider
for generation in range(3):
    print("generation", generation, "with", len(field), "cells")
    draw(field)
    field = step(field)

for _ in range(37):
    field = step(field)
print("after 40:", sorted(field))

blinker = parse(["", "OOO"])
print(sorted(blinker), sorted(step(blinker)), step(step(blinker)) == blinker)
block = parse(["OO", "OO"])
print("still:", step(block) == block)

acorn = {(3, 2), (4, 2), (4, 4), (6, 3), (7, 2), (8, 2), (9, 2)}
sizes = [len(acorn)]
history = [frozenset(acorn)]
while True:
    acorn = step(acorn)
    if frozenset(acorn) in history or len(history) > 60:
        break
    history.append(frozenset(acorn))
    sizes.append(len(acorn))
print(len(history), "generations:", sizes)
