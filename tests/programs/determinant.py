"""Determinants by expansion and by elimination; linear equations."""


def minor(matrix: list, row: int, column: int) -> list:
    return [r[:column] + r[column + 1:] for i, r in enumerate(matrix) if i != row]


def determinant(matrix: list) -> int:
    if not matrix:
        return 1
    total = 0
    for column, value in enumerate(matrix[0]):
        sign = (-1) ** column
        total += sign * value * determinant(minor(matrix, 0, column))
    return total


def solve(matrix: list, right: list) -> list:
    """Elimination with the largest pivot; numbers become floats."""
    n = len(matrix)
    rows = [[float(x) for x in row] + [float(r)] for row, r in zip(matrix, right)]
    for k in range(n):
        pivot = max(range(k, n), key=lambda i: abs(rows[i][k]))
        if abs(rows[pivot][k]) < 1e-9:
            raise ArithmeticError("no single solution")
        rows[k], rows[pivot] = rows[pivot], rows[k]
        for i in range(k + 1, n):
            factor = rows[i][k] / rows[k][k]
            for j in range(k, n + 1):
                rows[i][j] -= factor * rows[k][j]
    solution = [0.0] * n
    for k in range(n - 1, -1, -1):
        rest = sum(rows[k][j] * solution[j] for j in range(k + 1, n))
        solution[k] = (rows[k][n] - rest) / rows[k][k]
    return [round(x, 6) + 0.0 for x in solution]


def cramer(matrix: list, right: list) -> list:
    whole = determinant(matrix)
    parts = []
    for column in range(len(matrix)):
        changed = [row[:] for row in matrix]
        for row, value in zip(changed, right):
            row[column] = value
        parts.append((determinant(changed), whole))
    return parts


def main() -> None:
    samples = [
        [],
        [[7]],
        [[1, 2], [3, 4]],
        [[2, 0, 1], [1, 3, 2], [1, 1, 1]],
        [[1, 2, 3], [4, 5, 6], [7, 8, 9]],
        [[3, 0, 2, -1], [1, 2, 0, -2], [4, 0, 6, -3], [5, 0, 2, 0]],
    ]
    for matrix in samples:
        print(matrix, "->", determinant(matrix))
    print(minor(samples[3], 1, 1))

    equations = [[2, 1, -1], [-3, -1, 2], [-2, 1, 2]]
    right = [8, -11, -3]
    print("solution:", solve(equations, right))
    for name, (top, bottom) in zip("xyz", cramer(equations, right)):
        print(f"{name} = {top}/{bottom} = {top / bottom}")
    try:
        solve([[1, 2], [2, 4]], [1, 2])
    except ArithmeticError as error:
        print(type(error).__name__, error)


main()
