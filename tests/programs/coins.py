# Change, knapsacks and other things to optimise, step by step.


def fewest(amount, coins):
    best = [0] + [None] * amount
    last = [None] * (amount + 1)
    for total in range(1, amount + 1):
        for coin in coins:
            if coin <= total and best[total - coin] is not None:
                if best[total] is None or best[total - coin] + 1 < best[total]:
                    best[total] = best[total - coin] + 1
                    last[total] = coin
    if best[amount] is None:
        return None
    used = []
    while amount > 0:
        used.append(last[amount])
        amount -= last[amount]
    return used


def greedy(amount, coins):
    used = []
    for coin in sorted(coins, reverse=True):
        times, amount = divmod(amount, coin)
        used.extend([coin] * times)
    return used if amount == 0 else None


def ways(amount, coins):
    table = [1] + [0] * amount
    for coin in coins:
        for total in range(coin, amount + 1):
            table[total] += table[total - coin]
    return table[amount]


def knapsack(things, limit):
    table = {0: (0, [])}
    for name, weight, worth in things:
        for used, (value, names) in list(table.items()):
            heavier = used + weight
            if heavier <= limit and table.get(heavier, (-1,))[0] < value + worth:
                table[heavier] = (value + worth, names + [name])
    return max(table.values())


def longest_rising(numbers):
    best = []
    for i, n in enumerate(numbers):
        before = [best[j] for j in range(i) if numbers[j] < n]
        best.append(max(before, key=len, default=[]) + [n])
    return max(best, key=len)


for amount in (0, 7, 30, 63):
    print(amount, fewest(amount, [1, 10, 25]), greedy(amount, [1, 10, 25]))
print(fewest(6, [4, 3]), greedy(6, [4, 3]), fewest(5, [4, 6]))
for amount in (5, 10, 50, 100):
    print("ways to pay", amount, "are", ways(amount, [1, 2, 5, 10, 20, 50]))

things = [("tent", 7, 30), ("stove", 4, 18), ("rope", 2, 7), ("lamp", 1, 9), ("book", 3, 5)]
for limit in (3, 6, 10, 17):
    value, names = knapsack(things, limit)
    print(f"up to {limit:2} kg: worth {value:2}, {' + '.join(names)}")
print(longest_rising([3, 1, 8, 2, 5, 4, 7, 9, 6]))

largest = current = 0
for n in [-2, 1, -3, 4, -1, 2, 1, -5, 4]:
    current = max(0, current + n)
    largest = max(largest, current)
print("largest sum in a row:", largest)
