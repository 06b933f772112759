# Matrices as lists of lists.


def show(title, m):
    print(title)
    for row in m:
        print("  [" + " ".join(str(x).rjust(4) for x in row) + "]")


def zeros(height, width):
    return [[0] * width for _ in range(height)]


def identity(n):
    return [[1 if i == j else 0 for j in range(n)] for i in range(n)]


def add(a, b):
    return [[x + y for x, y in zip(r, s)] for r, s in zip(a, b)]


def multiply(a, b):
    result = zeros(len(a), len(b[0]))
    for i in range(len(a)):
        for j in range(len(b[0])):
            for k in range(len(b)):
                result[i][j] += a[i][k] * b[k][j]
    return result


def transpose(m):
    return [list(column) for column in zip(*m)]


def power(m, n):
    result = identity(len(m))
    while n:
        if n % 2:
            result = multiply(result, m)
        m = multiply(m, m)
        n //= 2
    return result


def spiral(m):
    m = [row[:] for row in m]
    order = []
    while m:
        order += m.pop(0)
        m = transpose(m)[::-1]
    return order


a = [[1, 2, 3], [4, 5, 6]]
b = [[7, 8], [9, 10], [11, 12]]
show("a", a)
show("b", b)
show("a * b", multiply(a, b))
show("b * a", multiply(b, a))
show("a + a", add(a, a))
show("transposed", transpose(a))
show("fibonacci", power([[1, 1], [1, 0]], 30))
print(spiral([[1, 2, 3, 4], [5, 6, 7, 8], [9, 10, 11, 12]]))

square = [[8, 1, 6], [3, 5, 7], [4, 9, 2]]
sums = [sum(row) for row in square] + [sum(column) for column in zip(*square)]
sums.append(sum(square[i][i] for i in range(3)))
sums.append(sum(square[i][-i - 1] for i in range(3)))
print("magic:", len(set(sums)) == 1, sums)
turned = [list(row) for row in zip(*square[::-1])]
show("turned", turned)
flat = [x for row in turned for x in row]
print(flat, flat.index(5), sorted(flat)[-3:])
shared = [[0] * 2] * 2
shared[0][1] = 5
print(shared, zeros(2, 2))
