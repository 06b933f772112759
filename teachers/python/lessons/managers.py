"""Programs about `with`: what is entered is left in every case, and may keep the error that came."""

ERRORS = ["ValueError", "KeyError", "IndexError", "TypeError", "RuntimeError", "ZeroDivisionError", "LookupError"]
CLASSES = ["Guard", "Room", "Span", "Turn", "Box", "Lock", "Stage", "Frame"]
FIELDS = ["name", "level", "tag", "size", "code"]
TOGETHER = 8
SIGNATURES = ["self, kind, error, trace", "self, cls, err, tb", "self, exc_type, exc, where", "self, t, e, b"]


def programs(rng, count):
    for number in range(count):
        yield f"managers_{number + 1:04d}.py", "\n".join(program(rng)) + "\n"
    pairs = [(raised, kept) for raised in ERRORS for kept in [*ERRORS, "Exception"]]
    rng.shuffle(pairs)
    for number, at in enumerate(range(0, len(pairs), TOGETHER), 1):
        lines = [line for pair in pairs[at:at + TOGETHER] for line in kept(rng, *pair)]
        yield f"managers_each_{number:02d}.py", "\n".join(["from contextlib import suppress", *lines]) + "\n"


def kept(rng, raised, kind):
    """Whether an error of one kind is kept where those of another are."""
    kinds = [kind, rng.choice(ERRORS)] if rng.random() < 0.3 else [kind]
    return ["try:", f"    with suppress({', '.join(kinds)}){rng.choice(['', ' as x'])}:", f"        raise {raised}('it')", "    print('kept')",
            "except Exception:", "    print('not kept')"]


def program(rng):
    classes = rng.sample(CLASSES, 2)
    lines = []
    for name in classes:
        lines += manager(rng, name, rng.choice(FIELDS))
    makes = [lambda name=name: f"{name}({number(rng)})" for name in classes]
    for i in range(rng.randrange(3, 6)):
        lines += rng.choice([plain, plain, plain, several, several, nested, inside, looped, held, placed, failing, silent])(rng, makes, i)
    if any("suppress" in line for line in lines):
        lines = ["from contextlib import suppress", *lines]
    if rng.random() < 0.3:
        # Errors of the program's own.
        own = rng.choice(ERRORS[:5])
        lines = [f"class Odd({rng.choice(['Exception', own])}):", "    pass", *[line.replace(own, "Odd") for line in lines]]
    return lines


def number(rng):
    return rng.randrange(10)


def manager(rng, name, field):
    """A class with what comes before and after. About half of what is made of it keeps errors, depending on a number."""
    signature = rng.choice(SIGNATURES)
    _, kind, error, trace = signature.split(", ")
    lines = [f"class {name}:", f"    def __init__(self, {field}):", f"        self.{field} = {field}", "    def __enter__(self):"]
    if rng.random() < 0.6:
        lines += [f"        print({rng.choice(['in', 'enter', 'open'])!r}, self.{field})"]
    if rng.random() < 0.15:
        lines += [f"        if self.{field} == {number(rng)}:", f"            raise {rng.choice(ERRORS)}('not today')"]
    gives = rng.choice([f"self.{field}", f"self.{field} * 2", "self", f"[self.{field}]", f"'{name.lower()}'", f"(self.{field}, 1)", None])
    if gives:
        lines += [f"        return {gives}"]
    elif lines[-1].endswith(":"):
        lines += ["        pass"]
    if rng.random() < 0.12:
        return lines + rest(rng, field)
    lines += [f"    def __exit__({signature}):"]
    told = rng.choice([f"self.{field}", error, f"{kind} is None", f"{error} is None", f"self.{field}, {error}", f"{kind}", f"{trace} is None"])
    if rng.random() < 0.85:
        lines += [f"        print({rng.choice(['out', 'leave', 'close'])!r}, {told})"]
    if rng.random() < 0.15:
        lines += [f"        if self.{field} == {number(rng)}:", f"            raise {rng.choice(ERRORS)}('at the end')"]
    if rng.random() < 0.15:
        lines += [f"        if {kind} is not None:", f"            print({kind}.__name__)"]
    keeps = rng.choice([f"self.{field} > 4", f"self.{field} < 6", "True", f"{kind} is not None", f"{kind} is {rng.choice(ERRORS)}",
                        f"isinstance({error}, {rng.choice(['LookupError', *ERRORS])})", "1", f"self.{field}", "False", "0", "'yes'", f"{error}", None, None])
    if keeps:
        lines += [f"        return {keeps}"]
    elif lines[-1].endswith(":"):
        lines += ["        pass"]
    return lines


def rest(rng, field):
    """What comes after takes all it is given as one."""
    return ["    def __exit__(self, *rest):", rng.choice([f"        print('out', self.{field})", "        print(rest[0])", "        print(len(rest), rest[1])"]),
            f"        return {rng.choice(['True', f'self.{field} > 4', 'False', 'rest[0] is not None'])}"]


def body(rng, *names):
    """What runs inside: it may end with an error."""
    lines = [f"print({', '.join([repr(rng.choice(['now', 'here', 'inside'])), *[n for n in names if rng.random() < 0.5]])})"] if rng.random() < 0.7 else []
    if rng.random() < 0.6:
        lines += [rng.choice([f"raise {rng.choice(ERRORS)}('{rng.choice(['low', 'odd', 'no such', 'late'])}')", f"raise {rng.choice(ERRORS)}",
                              f"raise {rng.choice(ERRORS)}({number(rng)})", f"print([1, 2][{number(rng)}])", "print({}['k'])", f"print({number(rng)} // 0)"])]
        if rng.random() < 0.3:
            lines += ["print('never')"]
    return lines or [f"v = {number(rng)}"]


def indented(lines):
    return ["    " + line for line in lines]


def caught(rng, lines):
    """Errors that go on are told of."""
    after = ["print('after')"] if rng.random() < 0.6 else []
    return ["try:", *indented([*lines, *after]), "except Exception as e:", f"    print({rng.choice(['e', 'type(e).__name__, e', 'type(e).__name__'])})"]


def item(rng, makes, name):
    made = rng.choice(makes)()
    return f"{made} as {name}" if rng.random() < 0.55 else made


def plain(rng, makes, i):
    names = [f"x{i}"]
    one = item(rng, makes, names[0])
    lines = [f"with {one}:", *indented(body(rng, *(names if " as " in one else [])))]
    return caught(rng, lines)


def several(rng, makes, i):
    items = [item(rng, makes, f"{name}{i}") for name in "ab" + "c" * rng.randrange(2)]
    names = [one.split(" as ")[1] for one in items if " as " in one]
    return caught(rng, [f"with {', '.join(items)}:", *indented(body(rng, *names))])


def nested(rng, makes, i):
    inner = [f"with {item(rng, makes, f'y{i}')}:", *indented(body(rng))]
    if rng.random() < 0.5:
        inner += [f"print('between {i}')"]
    return caught(rng, [f"with {item(rng, makes, f'x{i}')}:", *indented(inner)])


def inside(rng, makes, i):
    """A function is left from inside."""
    name = rng.choice(["f", "run", "work"]) + str(i)
    lines = [f"with {item(rng, makes, 'x')}:"]
    deep = rng.random() < 0.3
    if deep:
        lines += [f"    with {item(rng, makes, 'y')}:"]
    pad = "        " if deep else "    "
    lines += [f"{pad}if n > {number(rng)}:", f"{pad}    return {rng.choice(['n', 'n * 2', repr('early')])}"]
    lines += [pad + line for line in body(rng)]
    lines += [rng.choice(["return 'late'", "print('end')", "return None"])]
    return [f"def {name}(n):", *indented(lines), *caught(rng, [f"print({name}({number(rng)}))", f"print({name}({number(rng)}))"])]


def looped(rng, makes, i):
    """A turn is left, or all of them."""
    lines = [f"with {item(rng, makes, 'x')}:", f"    if n == {rng.randrange(3)}:", f"        {rng.choice(['break', 'continue'])}", *indented(body(rng, "n"))]
    if rng.random() < 0.5:
        lines += ["print('turn', n)"]
    return caught(rng, ["for n in range(3):", *indented(lines), "print('over')"])


def held(rng, makes, i):
    """What was made before is entered twice."""
    one = ["with m:", *indented(body(rng))]
    two = ["with m as again:", *indented(body(rng, "again"))]
    return [f"m = {rng.choice(makes)()}", *caught(rng, one), *caught(rng, two)]


def placed(rng, makes, i):
    """What entering gives is put elsewhere than under a name."""
    target = rng.choice(["d['k']", "xs[0]", "(a, b)", "d['k']"])
    return ["d, xs = {}, [0, 1]", *caught(rng, [f"with {rng.choice(makes)()} as {target}:", *indented(body(rng, "xs"))])]


def silent(rng, makes, i):
    """Errors of some kinds are kept."""
    kinds = rng.sample([*ERRORS, "Exception"], rng.randrange(1, 4))
    made = f"suppress({', '.join(kinds)})"
    made_as = made + rng.choice(["", " as s"])
    items = [made_as, item(rng, makes, "x")] if rng.random() < 0.2 else [made_as]
    if rng.random() < 0.2:
        return [f"s = {made}", *caught(rng, ["with s:", *indented(body(rng))])]
    if rng.random() < 0.3:
        raised = rng.choice(kinds)
        return caught(rng, [f"with {', '.join(items)}:", f"    raise {raised}('it')"])
    return caught(rng, [f"with {', '.join(items)}:", *indented(body(rng))])


def failing(rng, makes, i):
    """What is no manager."""
    return caught(rng, [f"with {rng.choice(['5', repr('text'), '[]', 'None'])}{rng.choice(['', ' as x'])}:", *indented(body(rng))])
