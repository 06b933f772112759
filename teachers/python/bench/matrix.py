# Lists inside of lists: products of matrices, and a board whose cells live by their neighbours.
def product(a, b):
    size = len(a)
    result = []
    for i in range(size):
        row = []
        for j in range(size):
            total = 0
            for k in range(size):
                total += a[i][k] * b[k][j]
            row.append(total)
        result.append(row)
    return result


def neighbours(board, row, column):
    size = len(board)
    count = 0
    for i in range(row - 1, row + 2):
        for j in range(column - 1, column + 2):
            if i != row or j != column:
                count += board[i % size][j % size]
    return count


def step(board):
    size = len(board)
    after = [[0] * size for _ in range(size)]
    for i in range(size):
        for j in range(size):
            count = neighbours(board, i, j)
            if count == 3 or (count == 2 and board[i][j] == 1):
                after[i][j] = 1
    return after


size = 200
a = [[(i * j) % 7 for j in range(size)] for i in range(size)]
b = [[(i + j) % 5 for j in range(size)] for i in range(size)]
c = product(a, b)
print(c[3][5], c[100][70])

board = [[(i * j + i) % 3 % 2 for j in range(48)] for i in range(48)]
for _ in range(120):
    board = step(board)
print(sum([sum(row) for row in board]))
