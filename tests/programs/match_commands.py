"""Commands of a drawing turtle and simplification of formulas with match."""


def run(program):
    x = y = 0
    heading = "N"
    pen = False
    drawn = {(0, 0)}
    turns = "NESW"
    for line in program.strip().splitlines():
        match line.split():
            case ["forward", steps] | ["fd", steps]:
                for _ in range(int(steps)):
                    match heading:
                        case "N":
                            y += 1
                        case "S":
                            y -= 1
                        case "E":
                            x += 1
                        case "W":
                            x -= 1
                    if pen:
                        drawn.add((x, y))
            case ["turn", ("left" | "right") as side]:
                by = 1 if side == "right" else -1
                heading = turns[(turns.index(heading) + by) % 4]
            case ["pen", state] if state in ("up", "down"):
                pen = state == "down"
            case ["jump", a, b]:
                x, y = int(a), int(b)
            case []:
                continue
            case [unknown, *arguments]:
                print(f"cannot {unknown} with {arguments}")
    return x, y, drawn


def draw(points):
    xs = [x for x, _ in points]
    ys = [y for _, y in points]
    for y in range(max(ys), min(ys) - 1, -1):
        print("".join("#" if (x, y) in points else " " for x in range(min(xs), max(xs) + 1)).rstrip())


def simplify(formula):
    match formula:
        case ("+", 0, a) | ("+", a, 0) | ("*", 1, a) | ("*", a, 1):
            return simplify(a)
        case ("*", 0, _) | ("*", _, 0):
            return 0
        case (op, int(a), int(b)):
            return a + b if op == "+" else a * b
        case (op, a, b):
            left, right = simplify(a), simplify(b)
            if (left, right) != (a, b):
                return simplify((op, left, right))
            return op, left, right
        case other:
            return other


def derive(formula):
    match formula:
        case "x":
            return 1
        case int() | float() | str():
            return 0
        case "+", a, b:
            return "+", derive(a), derive(b)
        case "*", a, b:
            return "+", ("*", derive(a), b), ("*", a, derive(b))


def text(formula):
    match formula:
        case (op, a, b):
            return f"({text(a)} {op} {text(b)})"
        case _:
            return str(formula)


x, y, points = run("""
pen down
fd 4
turn right
forward 6
turn right
forward 4
turn right
fly high 3
forward 6

pen up
jump 2 2
pen down
fd 1
pen sideways
turn back
""")
print("ends at", x, y)
draw(points)
for formula in (("+", 0, "x"), ("*", ("+", 1, 2), "x"), ("*", ("+", "x", 0), ("*", 1, "y")), ("*", ("*", 0, "x"), "y"), 7):
    print(text(formula), "=>", text(simplify(formula)))
cubic = ("+", ("*", "x", ("*", "x", "x")), ("*", 5, "x"))
print(text(derive(cubic)))
print(text(simplify(derive(cubic))))
