"""Programs that put values into texts: formatted literals with every kind of field."""

from . import trial

LIMIT = 3000
WORDS = ("a", "cat", "Hello", "x y", "", "banana", "\u00e9t\u00e9", "No", "it's")
MARKS = ("", "", " ", ", ", "total: ", "x=", "-", "|", "(", ")", " is ", "%", " items", "\u2192", "{{", "}}", "\\n", "\\t", "\\\\", "$", "a{{b}}", "#", "/", ": ")
LETTERS = "abcdefgXYZ    012,.:;-!?\u00e9\u00df\u4e2d"
FILLS = ("*", "-", "0")


def free(rng):
    """Text between the fields."""
    if rng.random() < 0.6:
        return rng.choice(MARKS)
    return "".join(rng.choice(LETTERS) for _ in range(rng.randint(1, 9))) + rng.choice(MARKS)


def width(rng):
    return rng.choice((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 14, 15, 20))


def aligned(rng):
    """Where a value stands in a wider place."""
    fill = rng.choice(FILLS) if rng.random() < 0.3 else ""
    align = rng.choice("<>^")
    return f"{fill}{align}{width(rng)}"


def of_int(rng):
    w = width(rng)
    return rng.choice(("", "d", ",", ",", "+", "+d", "x", "X", "b", "o", "#x", f"{w}", f"{w}d", f"0{w}", f"0{w}d", f"0{w}b", f"{w},",
                       f".{rng.randint(0, 4)}f", f"{w}.{rng.randint(0, 3)}f", f".{rng.randint(0, 2)}%", aligned(rng), aligned(rng), aligned(rng), aligned(rng) + "d"))


def of_float(rng):
    w, places = width(rng), rng.randint(0, 5)
    return rng.choice((f".{places}f", f".{places}f", f".{places}f", f"{w}.{places}f", f"0{w}.{places}f", f",.{places}f", f"+.{places}f", f".{places}%", ".2e", "g",
                       f"{aligned(rng)}", f"{aligned(rng)}.{places}f", "f", ",", f"{w}", "%"))


def of_text(rng):
    return rng.choice((aligned(rng), aligned(rng), aligned(rng), f"{width(rng)}", f".{rng.randint(0, 4)}", "s", f"{aligned(rng)}.{rng.randint(1, 4)}"))


SPECS = {"n": of_int, "m": of_int, "x": of_float, "y": of_float, "s": of_text, "t": of_text}
OTHERS = ("xs", "d", "p", "flag", "nothing")


def field(rng):
    case = rng.random()
    if case < 0.3:
        return "{" + rng.choice(tuple(SPECS) + OTHERS) + "}"
    if case < 0.36:
        return "{" + rng.choice(("n + 1", "m * 2", "len(s)", "s + t", "xs[0]", "n - m", "s.upper()", "n > m", "-n", "x / 2", "s * 2")) + "}"
    if case < 0.44:
        return "{" + rng.choice(tuple(SPECS) + OTHERS) + rng.choice(("!r", "!r", "!s")) + "}"
    if case < 0.442:
        return "{" + rng.choice(("n", "s", "x")) + f":{rng.choice('<>^')}{{w}}" + "}"
    name = rng.choice(tuple(SPECS))
    if case < 0.48:
        return "{" + rng.choice("st") + "!r:" + aligned(rng) + "}"
    return "{" + name + ":" + SPECS[name](rng) + "}"


def literal(rng):
    quote = rng.choice(('"', "'", '"', "'", '"""', "'''"))
    alone = rng.random() < 0.45
    pieces = [field(rng)] if alone else []
    for _ in range(0 if alone else rng.randint(1, 3)):
        pieces += [free(rng), field(rng)]
    if not alone:
        pieces.append(free(rng))
    elif rng.random() < 0.4:
        pieces.insert(rng.randint(0, 1), free(rng))
    inside = "".join(pieces).replace("it's", "its")
    return rng.choice(("f", "f", "f", "F")) + quote + inside + quote


def number(rng):
    return rng.choice((rng.randint(-9, 20), rng.randint(-300, 3000), rng.randint(-10**6, 10**9), 0))


def decimal(rng):
    return rng.choice((round(rng.uniform(-10, 10), rng.randint(0, 4)), round(rng.uniform(-2000, 200000), 2), 0.5, 2.5, 1.0, 0.125, 3.14159, 0.0))


# What ends in an error, to be shown.
FAILING = ("int('x')", "{}['k']", "1 // 0", "[][1]", "'a' + 1", "nothing.x", "undefined_thing", "float(t)", "[].remove(n)", "d[xs]", "1 / 0", "n % 0", "len(m)",
           "s.index('??')", "next(iter([]))", "raise RuntimeError(s)", "raise ValueError(s)", "raise KeyError(s)", "raise TypeError(t)", "raise ValueError(n)",
           "raise Exception(s)", "assert not n * n, s", "raise NotImplementedError(t)", "raise IndexError(s)", "raise ZeroDivisionError(t)")


def failing(rng):
    shown = rng.choice(("print(f'{e}')", "r = f'{e}'", "print('failed:', e)", "print(n, e)", "print('a', 'b', e)", "print(e, s)", "r = f'{e!r}'", "print(f'no: {e}!')"))
    return ["try:", f"    {rng.choice(FAILING)}", "except Exception as e:", f"    {shown}"]


def program(rng):
    lines = [f"n = {number(rng)}", f"m = {number(rng)}", f"x = {decimal(rng)}", f"y = {decimal(rng)}", f"s = {rng.choice(WORDS)!r}", f"t = {rng.choice(WORDS)!r}",
             f"w = {rng.randint(1, 9)}", f"xs = [{number(rng)}, {decimal(rng)}]", f"d = {{{rng.choice(WORDS)!r}: {number(rng)}}}",
             f"p = ({number(rng)}, {rng.choice(WORDS)!r})", f"flag = {rng.random() < 0.5}", "nothing = None"]
    for _ in range(26):
        lines.append(rng.choice(("r = {}", "r = {}", "print({})")).replace("{}", literal(rng)))
    for _ in range(4):
        lines += failing(rng)
    return "\n".join(lines) + "\n"


def programs(rng, count):
    """(name, text) of each program."""
    return trial.programs("formats", count, LIMIT, lambda _: program(rng))
