"""Programs about errors that a handler does not take: they go on to the next one, or out."""

KINDS = ["ValueError", "KeyError", "IndexError", "ZeroDivisionError", "TypeError", "RuntimeError"]
OUTER = ["'outer', error", "'outer', error", "str(error)", "'outer: ' + str(error)"]
WIDER = {"KeyError": "LookupError", "IndexError": "LookupError", "ZeroDivisionError": "ArithmeticError"}


ALL = [*KINDS, *dict.fromkeys(WIDER.values()), "AttributeError", "StopIteration", "AssertionError", "NotImplementedError", "OverflowError", "RecursionError", "OSError",
       "Exception"]
TOGETHER = 12


def programs(rng, count):
    for number in range(count):
        yield f"handlers_{number + 1:04d}.py", program(rng)
    pairs = [(raised, taken) for raised in ALL for taken in ALL]
    rng.shuffle(pairs)
    for number, at in enumerate(range(0, len(pairs), TOGETHER), 1):
        yield f"handlers_each_{number:02d}.py", "\n".join(line for pair in pairs[at:at + TOGETHER] for line in taken(*pair)) + "\n"


def taken(raised, kind):
    """Whether a handler of one kind takes an error of another."""
    return ["try:", "    try:", f"        raise {raised}('it')", f"    except {kind}:", "        print('here')", "except Exception as error:", "    print('there', error)"]


def program(rng):
    lines = []
    for _ in range(4):
        raised, other, third = rng.sample(KINDS, 3)
        text = rng.choice(["low", "odd one", "x", "no such"])
        throw = rng.choice([f"raise {raised}('{text}')", f"raise {raised}"])
        wide = rng.choice([WIDER.get(raised, "Exception"), "Exception", raised])
        name = rng.choice(["", " as e", " as problem"])
        inner = [f"except {other}{name}:", "    print('wrong')"]
        if rng.random() < 0.35:
            lines += otherwise(rng, raised, other, throw, name)
            continue
        if rng.random() < 0.4:
            inner += [f"except {rng.choice([third, raised])}{name}:", "    print('second')"]
        if rng.random() < 0.3:
            inner += [f"except ({third}, {rng.choice([other, raised])}):", "    print('one of two')"]
        if rng.random() < 0.3:
            inner += ["finally:", "    print('done')"]
        lines += ["try:", "    try:", f"        print({rng.randrange(90)})", f"        {throw}"]
        lines += ["    " + line for line in inner]
        lines += ["    print('after')", f"except {wide} as error:", f"    print({rng.choice(OUTER)})"]
        if rng.random() < 0.3:
            lines += ["else:", "    print('nothing')"]
    lines += [f"try:", f"    print(1 // 0)", f"except {rng.choice(KINDS[:3])}:", "    print('never')"]
    return "\n".join(lines) + "\n"


def otherwise(rng, raised, other, throw, name):
    """What is done where no error came; its own errors are not handled beside it."""
    first = rng.choice([f"print({rng.randrange(90)})", throw, throw.replace(raised, other), f"print({rng.randrange(90)})", "pass"])
    after = rng.choice(["print('fine')", "print('fine')", throw, throw.replace(raised, other), "v = 1"])
    inner = ["try:", f"    {first}", f"except {other}{name}:", f"    {rng.choice(['print(1)', 'pass', 'print(2)'])}"]
    if rng.random() < 0.6:
        inner += [f"except {rng.choice(['LookupError', 'AttributeError', raised, 'ArithmeticError'])}{name}:", "    print('second')"]
    inner += ["else:", f"    {after}"]
    if rng.random() < 0.5:
        inner += ["finally:", "    print('done')"]
    return ["try:", *("    " + line for line in inner), "    print('after')", "except Exception as error:", f"    print({rng.choice(OUTER)})"]
