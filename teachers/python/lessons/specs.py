"""Programs that show values as a short text says: its parts in every combination, for one value and for several."""

from . import trial

LIMIT = 3000
WORDS = ("a", "cat", "Hello", "x y", "", "banana", "\u00e9t\u00e9", "No", "ab", "longer words", "-5", "12")
FILLS = "*-0_#x.+ "
FREE = ("", "", " ", ", ", ": ", "-", " and ", "[", "] ", "x = ", "!", " items", "/", "no. ")
BRACED = ("{{", "}}", "{{}}", "{{a}}", " {{ ")
INT_CORES = ("", "", "d", "d", "x", "x", "X", "b", "o", ",", ",", ",", "_", "%", ".1%", ".2f", ".1f", ".0f")
FLOAT_CORES = ("", "", ".2f", ".2f", ".2f", ".1f", ".1f", ".0f", ".3f", ".6f", "f", "f", "e", ".2e", "g", ".6g", "%", ".1%", ".6%", ",", ",.2f", ",.2f", ",.1f")
TEXT_CORES = ("", "", "", "s", "s", ".3", ".1", ".5")


def number(rng):
    return rng.choice((rng.randint(-9, 20), rng.randint(-300, 3000), rng.randint(-10**6, 10**9), rng.randint(-10**14, 10**15), 0, 1000, -1000, 255, 65))


def decimal(rng):
    return rng.choice((round(rng.uniform(-10, 10), rng.randint(0, 4)), round(rng.uniform(-2000, 200000), 2), rng.uniform(-1, 1), rng.uniform(-1e7, 1e9), 0.5, 2.5, 1.0, 0.125,
                       3.14159, 0.0, 1234567.891, -0.001, 99999.5))


def word(rng):
    return rng.choice(WORDS)


def value(rng):
    """A kind of value, and one of it as text."""
    kind = rng.choice(("int", "int", "float", "float", "text", "text"))
    return kind, repr({"int": number, "float": decimal, "text": word}[kind](rng))


def core(kind, rng):
    return rng.choice({"int": INT_CORES, "float": FLOAT_CORES, "text": TEXT_CORES}[kind])


def spec(kind, rng):
    """What a value is to look like: one or two steps around a core."""
    width = rng.choice((1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 12, 15, 20))
    align = rng.choice("<>^")
    signs = ("", "", "+", "-", " ") if kind != "text" else ("",)
    outer = rng.choice(("", "", "", "", "", "w", "a", "a", "f", "f", "0" if kind != "text" else "w", "+", "#"))
    inner = core(kind, rng)
    if outer == "":
        return inner
    sign = rng.choice(signs) if rng.random() < 0.2 else ""
    if outer == "w":
        return f"{sign}{width}{inner}"
    if outer == "a":
        return f"{align}{sign}{width}{inner}"
    if outer == "f":
        return f"{rng.choice(FILLS)}{align}{sign}{width}{inner}"
    if outer == "0" and not inner.startswith((",", "_")):
        return f"{sign}0{width}{inner}"
    if outer == "#" and kind == "int":
        return f"#{rng.choice('xXbo')}"
    return f"{rng.choice(signs)}{inner}"


def field(kind, rng, name=""):
    """A hole for a value, and how it is to look there."""
    case = rng.random()
    if case < 0.35:
        return "{" + name + "}"
    if case < 0.5:
        return "{" + name + rng.choice(("!r", "!s")) + "}"
    if case < 0.55:
        return "{" + name + rng.choice(("!r", "!s")) + ":" + spec("text", rng) + "}"
    return "{" + name + ":" + spec(kind, rng) + "}"


def free(rng):
    return rng.choice(FREE) if rng.random() < 0.9 else rng.choice(BRACED)


def filled(rng):
    """A text with holes, and values for them: in order, by place or by name."""
    values = [value(rng) for _ in range(rng.choice((0, 1, 1, 2, 2, 3, 3, 4)))]
    way = rng.choice(("order", "order", "place", "name", "both"))
    given = [text for _, text in values]
    names = [""] * len(values)
    order = list(range(len(values)))
    if way == "place":
        names = [str(i) for i in order]
        rng.shuffle(order)
        order += [rng.choice(order)] if order and rng.random() < 0.3 else []
    elif way == "name":
        names = rng.sample(("a", "b", "name", "value", "x", "total"), len(values))
        given = [f"{name}={text}" for name, text in zip(names, given)]
    elif way == "both" and values:
        names[-1] = rng.choice(("a", "end", "key"))
        given[-1] = f"{names[-1]}={given[-1]}"
    whole = free(rng)
    for i in order:
        whole += field(values[i][0], rng, names[i]) + free(rng)
    return f"{whole!r}.format({', '.join(given)})"


def percent(kind, rng, name=""):
    """The same with another mark."""
    name = f"({name})" if name else ""
    if rng.random() < 0.4:
        return f"%{name}{rng.choice('sr' if kind == 'text' else 'sd')}"
    flag, width = rng.choice(("", "", "-", "0", "+", " ")), rng.choice(("", "3", "5", "8", "10", "12"))
    if kind == "text":
        return f"%{name}{rng.choice(('', '-'))}{width}{rng.choice(('', '.2', '.4'))}s"
    if kind == "int":
        return f"%{name}{flag}{width}{rng.choice('dddixXo')}"
    return f"%{name}{flag}{width}{rng.choice(('.1f', '.2f', '.3f', '.0f', 'f', 'e', '.2e', 'g', 'd'))}"


def percents(rng):
    values = [value(rng) for _ in range(rng.choice((1, 1, 1, 2, 2, 3)))]
    marks = (" ", ", ", ": ", "-", "%%", " of ", "", "|", "/")
    whole = rng.choice(("", "", "x = ", "[", "no. "))
    names = rng.sample(("a", "b", "name", "x"), len(values)) if rng.random() < 0.2 else [""] * len(values)
    for (kind, _), name in zip(values, names):
        whole += percent(kind, rng, name) + rng.choice(marks)
    if names[0]:
        return f"{whole!r} % {{{', '.join(f'{name!r}: {text}' for name, (_, text) in zip(names, values))}}}"
    if len(values) == 1 and rng.random() < 0.7:
        return f"{whole!r} % {values[0][1]}"
    return f"{whole!r} % ({', '.join(text for _, text in values)},)"


def one(rng):
    kind, text = value(rng)
    return f"format({text}, {spec(kind, rng)!r})"


def literal(rng):
    kind, text = value(rng)
    return f"v = {text}", "f" + repr("{v:" + spec(kind, rng) + "}")


def record(rng):
    """Values by names."""
    names = rng.sample(("a", "b", "key", "name", "size", "x", "y", "total", "left"), rng.choice((1, 1, 2, 2, 3, 3, 4)))
    return f"dict({', '.join(f'{name}={value(rng)[1]}' for name in names)})"


def call(rng):
    case = rng.random()
    if case < 0.05:
        return ["r = " + record(rng)]
    if case < 0.4:
        return ["r = " + one(rng)]
    if case < 0.55:
        bound, shown = literal(rng)
        return [bound, "r = " + shown]
    if case < 0.8:
        return ["r = " + filled(rng)]
    return ["r = " + percents(rng)]


def ends(rng):
    """Calls of which each may fail."""
    lines = []
    for _ in range(30):
        *bound, shown = call(rng)
        lines += [*bound, "try:", f"    {shown}", "except Exception as e:", "    r = str(e)"]
    return "\n".join(lines) + "\n"


def programs(rng, count):
    """(name, text) of each program."""
    return trial.programs("specs", count, LIMIT, lambda _: ends(rng))
