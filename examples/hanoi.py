# The towers of Hanoi, drawn after each move.

pegs = {"A": [3, 2, 1], "B": [], "C": []}
moves = []


def draw():
    for level in [2, 1, 0]:
        row = ""
        for name in ["A", "B", "C"]:
            if level < len(pegs[name]):
                size = pegs[name][level]
            else:
                size = 0
            if size == 0:
                row += "   |   "
            else:
                row += ("=" * (2 * size - 1)).center(7)
        print(row.rstrip())
    print("-" * 21)


def move(count, start, target, spare):
    if count == 0:
        return
    move(count - 1, start, spare, target)
    pegs[target].append(pegs[start].pop())
    moves.append(start + target)
    draw()
    move(count - 1, spare, target, start)


draw()
move(3, "A", "C", "B")
print(len(moves), "moves:", " ".join(moves))


def count_moves(discs):
    if discs == 0:
        return 0
    return 2 * count_moves(discs - 1) + 1


print([count_moves(n) for n in range(1, 11)])
