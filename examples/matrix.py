# Matrices as lists of rows.


def show(matrix):
    for row in matrix:
        print(" ".join([str(x).rjust(4) for x in row]))
    print()


def multiply(a, b):
    result = []
    for row in a:
        line = []
        for j in range(len(b[0])):
            line.append(sum([row[k] * b[k][j] for k in range(len(b))]))
        result.append(line)
    return result


def transpose(matrix):
    return [[row[j] for row in matrix] for j in range(len(matrix[0]))]


def identity(n):
    return [[1 if i == j else 0 for j in range(n)] for i in range(n)]


def power(matrix, n):
    result = identity(len(matrix))
    while n > 0:
        if n % 2 == 1:
            result = multiply(result, matrix)
        matrix = multiply(matrix, matrix)
        n //= 2
    return result


def determinant(m):
    if len(m) == 1:
        return m[0][0]
    total = 0
    sign = 1
    for j in range(len(m)):
        minor = [row[:j] + row[j + 1:] for row in m[1:]]
        total += sign * m[0][j] * determinant(minor)
        sign = -sign
    return total


a = [[1, 2, 3], [4, 5, 6]]
b = [[7, 8], [9, 10], [11, 12]]
show(multiply(a, b))
show(transpose(a))
show(power([[1, 1], [1, 0]], 10))
print(determinant([[2, 0, 1], [1, 3, 2], [1, 1, 4]]))
print(power([[1, 1], [1, 0]], 200)[0][1])
