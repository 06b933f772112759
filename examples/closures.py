# Functions as values.


def make_adder(n):
    def add(x):
        return x + n

    return add


def compose(f, g):
    return lambda x: f(g(x))


def repeat(f, times):
    def repeated(x):
        for _ in range(times):
            x = f(x)
        return x

    return repeated


def account(balance):
    def deposit(amount):
        nonlocal balance
        balance += amount
        return balance

    def withdraw(amount):
        nonlocal balance
        if amount > balance:
            return "not enough"
        balance -= amount
        return balance

    return deposit, withdraw


def remember(f):
    known = {}

    def wrapped(n):
        if n not in known:
            known[n] = f(n)
        return known[n]

    return wrapped


add_five = make_adder(5)
double = lambda x: x * 2
print(add_five(1), double(21))
print(compose(add_five, double)(10), compose(double, add_five)(10))
print(repeat(double, 10)(1))

deposit, withdraw = account(100)
print(deposit(50), withdraw(30), withdraw(500), deposit(1))

calls = []


def slow_square(n):
    calls.append(n)
    return n * n


square = remember(slow_square)
print([square(n) for n in [3, 4, 3, 3, 4]], calls)
print(list(map(lambda n: n * n, range(5))), list(filter(lambda n: n % 2, range(10))))
