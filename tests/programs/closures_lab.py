# Functions that remember.

total_calls = 0


def counter(start=0, step=1):
    value = start - step

    def following():
        nonlocal value
        global total_calls
        value += step
        total_calls += 1
        return value

    def reset(to=start):
        nonlocal value
        value = to - step

    return following, reset


def make_account(balance):
    history = []

    def change(amount):
        nonlocal balance
        if balance + amount < 0:
            return "refused"
        balance += amount
        history.append(amount)
        return balance

    def inspect():
        return balance, history[:]

    return {"change": change, "inspect": inspect}


def memoise(f):
    known = {}

    def remembering(*args):
        if args not in known:
            known[args] = f(*args)
        return known[args]

    remembering.known = known
    return remembering


def curry(f, count):
    def take(args):
        def next_argument(x):
            collected = args + (x,)
            return f(*collected) if len(collected) == count else take(collected)
        return next_argument
    return take(())


def pipeline(*steps):
    return lambda x: x if not steps else pipeline(*steps[1:])(steps[0](x))


tick, reset = counter()
tens, _ = counter(10, 10)
print([tick() for _ in range(4)], [tens() for _ in range(3)])
reset()
print(tick(), tick())
reset(100)
print(tick(), "calls:", total_calls)

account = make_account(50)
print(account["change"](25), account["change"](-100), account["change"](-75))
print(account["inspect"](), make_account(1)["inspect"]())


@memoise
def paths(width, height):
    if width == 0 or height == 0:
        return 1
    return paths(width - 1, height) + paths(width, height - 1)


print(paths(3, 3), paths(16, 16), len(paths.known))
print(curry(lambda a, b, c: a * 100 + b * 10 + c, 3)(1)(2)(3))
print(pipeline(str.strip, str.title, lambda s: s + "!")("  hello there "))

x = "global"


def outer():
    x = "outer"

    def inner():
        x = "inner"
        return x

    def reader():
        return x

    return inner(), reader(), x


print(outer(), x)


def church(n):
    return lambda f: lambda x: x if n == 0 else f(church(n - 1)(f)(x))


print(church(5)(lambda n: n + 2)(0), church(3)(lambda s: s + "ha")(""))
fact = (lambda f: lambda n: f(f, n))(lambda self, n: 1 if n < 2 else n * self(self, n - 1))
print(fact(10))


def broken():
    try:
        value += 1
    except UnboundLocalError as error:
        return type(error).__name__
    value = 0


print(broken())
