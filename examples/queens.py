# Puzzles solved by trying: queens on a board, and ways to give change.


def safe(queens, column):
    row = len(queens)
    for other_row, other in enumerate(queens):
        if other == column or abs(other - column) == row - other_row:
            return False
    return True


def place(size, queens):
    if len(queens) == size:
        return [queens]
    found = []
    for column in range(size):
        if safe(queens, column):
            found += place(size, queens + [column])
    return found


def change(amount, coins):
    if amount == 0:
        return 1
    if amount < 0 or not coins:
        return 0
    return change(amount - coins[0], coins) + change(amount, coins[1:])


def subsets(items):
    if not items:
        return [[]]
    rest = subsets(items[1:])
    return rest + [[items[0]] + subset for subset in rest]


for size in range(1, 7):
    print(size, "queens:", len(place(size, [])), "ways")

for column in place(6, [])[0]:
    print(". " * column + "Q " + ". " * (5 - column))

print(change(100, [50, 20, 10, 5]), "ways to change a hundred")
print(subsets([1, 2, 3]))
print(len(subsets(list(range(8)))))
