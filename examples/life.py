# The game of life on a small board.

WIDTH = 12
HEIGHT = 8


def neighbours(alive, x, y):
    count = 0
    for dx in (-1, 0, 1):
        for dy in (-1, 0, 1):
            if (dx != 0 or dy != 0) and (x + dx, y + dy) in alive:
                count += 1
    return count


def step(alive):
    born = set()
    for y in range(HEIGHT):
        for x in range(WIDTH):
            n = neighbours(alive, x, y)
            if n == 3 or (n == 2 and (x, y) in alive):
                born.add((x, y))
    return born


def draw(alive):
    for y in range(HEIGHT):
        row = ""
        for x in range(WIDTH):
            if (x, y) in alive:
                row += "#"
            else:
                row += "."
        print(row)


glider = {(1, 0), (2, 1), (0, 2), (1, 2), (2, 2)}
board = glider
for generation in range(5):
    print("generation", generation, "with", len(board), "cells")
    draw(board)
    board = step(board)
print(sorted(board))
