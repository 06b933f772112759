# A small shop's stock, kept in a dictionary.

stock = {"apple": [10, 0.5], "bread": [4, 2.25], "milk": [6, 1.1]}


def buy(name, amount, price):
    if name in stock:
        stock[name][0] += amount
        stock[name][1] = price
    else:
        stock[name] = [amount, price]


def sell(name, amount):
    try:
        have, price = stock[name]
    except KeyError:
        print("we have no", name)
        return 0
    if amount > have:
        print("only", have, "of", name, "left")
        amount = have
    stock[name][0] -= amount
    if stock[name][0] == 0:
        del stock[name]
    return amount * price


def report():
    total = 0
    for name in sorted(stock):
        amount, price = stock[name]
        print(name.ljust(10) + str(amount).rjust(4) + str(price).rjust(8))
        total += amount * price
    print("worth", round(total, 2))


report()
buy("cheese", 3, 7.5)
buy("apple", 5, 0.45)
income = sell("apple", 12) + sell("bread", 9) + sell("caviar", 1)
print("earned", round(income, 2))
report()
print("bread" in stock, len(stock), list(stock))
cheap = [name for name, (amount, price) in stock.items() if price < 2]
print(cheap)
