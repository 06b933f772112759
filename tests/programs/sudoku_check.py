# Checking and solving sudokus.

PUZZLE = """
53..7....
6..195...
.98....6.
8...6...3
4..8.3..1
7...2...6
.6....28.
...419..5
....8..79
"""


def read(text):
    rows = text.strip().split("\n")
    return [[0 if c == "." else int(c) for c in row] for row in rows]


def groups(grid):
    for i in range(9):
        yield f"row {i + 1}", grid[i]
        yield f"column {i + 1}", [row[i] for row in grid]
        top, left = i // 3 * 3, i % 3 * 3
        yield f"box {i + 1}", [grid[top + r][left + c] for r in range(3) for c in range(3)]


def problems(grid):
    found = []
    for name, cells in groups(grid):
        filled = [n for n in cells if n]
        for n in sorted(set(filled)):
            if filled.count(n) > 1:
                found.append(f"{n} appears {filled.count(n)} times in {name}")
    return found


def possible(grid, r, c):
    used = set(grid[r])
    used |= {row[c] for row in grid}
    for i in range(r // 3 * 3, r // 3 * 3 + 3):
        used |= set(grid[i][c // 3 * 3:c // 3 * 3 + 3])
    return [n for n in range(1, 10) if n not in used]


def solve(grid):
    best = None
    for r in range(9):
        for c in range(9):
            if grid[r][c] == 0:
                choices = possible(grid, r, c)
                if best is None or len(choices) < len(best[2]):
                    best = (r, c, choices)
    if best is None:
        return True
    r, c, choices = best
    for n in choices:
        grid[r][c] = n
        if solve(grid):
            return True
    grid[r][c] = 0
    return False


def show(grid):
    for r, row in enumerate(grid):
        if r in (3, 6):
            print("------+-------+------")
        parts = [" ".join(str(n or ".") for n in row[i:i + 3]) for i in (0, 3, 6)]
        print(" | ".join(parts))


grid = read(PUZZLE)
print("given:", sum(1 for row in grid for n in row if n), "problems:", problems(grid))
print("first free cell may be", possible(grid, 0, 2))
print("solved:", solve(grid))
show(grid)
print("problems:", problems(grid), all(sum(cells) == 45 for _, cells in groups(grid)))
grid[0][0], grid[0][1] = grid[0][1], grid[0][0]
grid[8][8] = 1
for problem in problems(grid):
    print("-", problem)
