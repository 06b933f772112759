"""Programs that end with an error nobody handles, and so show how one is reported; and values of many kinds, to be shown."""

from .pools import Pool

KINDS = ["ValueError", "KeyError", "IndexError", "ZeroDivisionError", "TypeError", "RuntimeError", "AttributeError", "NameError",
         "AssertionError", "StopIteration", "ArithmeticError", "LookupError", "OverflowError", "NotImplementedError", "Exception",
         "OSError", "ImportError", "EOFError", "UnboundLocalError", "RecursionError"]
TEXTS = ["low", "odd one", "x", "no such thing", "it's", "a: b", "10 of 12", "", "Not yet", "no", "x y"]
MADE = ["1 // 0", "[][3]", "{}['k']", "{1: 2}[5]", "None + 1", "'a' + 1", "len(5)", "int('x')", "missing", "'abc'.nothing",
        "[1].remove(2)", "float('z')", "5()", "(1, 2)[9]", "[1, 2].index(7)", "'x' * 'y'", "max([])", "{}.pop('q')", "set().pop()",
        "1 < 'a'", "'a'[4]", "1 % 0", "1.5 / 0", "[] + ()"]
SHOWN = ["int", "float", "bool", "text", "list", "tuple", "dict", "ints", "words", "pairs", "set", "number", "numbers", "none"]


def programs(rng, count):
    """Every class of error is met with several texts, and without one."""
    number = 0
    for turn in range(max(1, count // len(KINDS))):
        for kind in KINDS:
            number += 1
            yield f"ends_{number:04d}.py", ending(rng, raised(rng, kind, turn))
    for made in MADE[:count]:
        number += 1
        yield f"ends_{number:04d}.py", ending(rng, made)
    for turn in range(max(1, count // 4)):
        yield f"shown_{turn + 1:04d}.py", values(rng)


def raised(rng, kind, turn):
    if turn % 6 == 2:
        return f"raise {kind}"
    value = rng.choice(["12", "-3", "None", "2.5", "(1, 2)", "'one', 2"]) if turn % 6 == 4 else repr(rng.choice(TEXTS))
    return f"raise {kind}({value})"


def ending(rng, last):
    """Some steps, and the one that fails: as it is, in a body, or in a function."""
    form = rng.randrange(4)
    before = f"n = {rng.randrange(50)}\nprint(n)\n"
    if form == 0:
        return before + last + "\n"
    if form == 1:
        return before + f"if n >= 0:\n    {last}\nprint('never')\n"
    if form == 2:
        return before + f"def f(v):\n    {last}\nf(n)\n"
    return f"for i in range(3):\n    if i == {rng.randrange(3)}:\n        {last}\n"


def values(rng):
    pool = Pool(rng)
    lines = []
    for kind in SHOWN:
        name = rng.choice("abcxyz")
        lines += [f"{name} = {pool.draw(kind)}", name]
    return "\n".join(lines) + "\n"
