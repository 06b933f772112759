# Islands, mazes and paint: walking over grids.

MAP = [
    "~~~~~~~~~~",
    "~##~~~#~~~",
    "~##~~~##~~",
    "~~~~~~~~~#",
    "~#~~###~~#",
    "~~~~#~#~~~",
    "#~~~###~~~",
]


def around(row, column, height, width):
    for dr, dc in ((-1, 0), (0, 1), (1, 0), (0, -1)):
        r, c = row + dr, column + dc
        if 0 <= r < height and 0 <= c < width:
            yield r, c


def islands(grid):
    height, width = len(grid), len(grid[0])
    seen = [[False] * width for _ in grid]
    sizes = []
    for row in range(height):
        for column in range(width):
            if grid[row][column] != "#" or seen[row][column]:
                continue
            waiting = [(row, column)]
            seen[row][column] = True
            size = 0
            while waiting:
                r, c = waiting.pop()
                size += 1
                for nr, nc in around(r, c, height, width):
                    if grid[nr][nc] == "#" and not seen[nr][nc]:
                        seen[nr][nc] = True
                        waiting.append((nr, nc))
            sizes.append(size)
    return sizes


def paint(canvas, r, c, colour):
    old = canvas[r][c]
    if old == colour:
        return 0
    canvas[r][c] = colour
    return 1 + sum(paint(canvas, nr, nc, colour)
                   for nr, nc in around(r, c, len(canvas), len(canvas[0])) if canvas[nr][nc] == old)


print("islands:", islands(MAP))
canvas = [list(line) for line in MAP]
print("painted", paint(canvas, 0, 0, "."), "cells")
print("\n".join("".join(line) for line in canvas))

maze = """
#########
#S..#...#
#.#.#.#.#
#.#...#.#
#.#####.#
#......E#
#########""".strip().splitlines()


def find(maze, mark):
    for r, line in enumerate(maze):
        if (c := line.find(mark)) >= 0:
            return r, c


def shortest(maze):
    start, end = find(maze, "S"), find(maze, "E")
    came_from = {start: None}
    queue = [start]
    for place in queue:
        if place == end:
            break
        for other in around(*place, len(maze), len(maze[0])):
            if maze[other[0]][other[1]] != "#" and other not in came_from:
                came_from[other] = place
                queue.append(other)
    path = []
    while end is not None:
        path.append(end)
        end = came_from[end]
    return path[::-1]


path = shortest(maze)
print(len(path) - 1, "steps:", path[0], "...", path[-1])
for r, line in enumerate(maze):
    print("".join("o" if (r, c) in path and mark == "." else mark for c, mark in enumerate(line)))
print(find(maze, "?"))
