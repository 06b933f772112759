"""Programs about functions that yield, and what takes what they give."""

from . import trial
from .objects import Draw, next_scene

LIMIT = 3000
NAMES = ("count", "numbers", "walk", "items", "parts", "steps")


def value(d):
    return d.pick(str(d.n()), str(d.n()), d.w(), "True", "False", "0", "''", "None")


def straight(d, name):
    """One value after the other."""
    lines = [f"def {name}():"]
    for _ in range(d.n(1, 4)):
        lines += [f"    yield {value(d)}", *d.some(f"    x = {d.n()}")]
    return lines, f"{name}()"


def upwards(d, name):
    first, step = d.n(0, 3), d.n(1, 3)
    given = d.pick("i", "i", f"i * {d.n()}", "(i, n)", "[i]", "str(i)", f"i % 3 == {d.n(0, 2)}")
    return [f"def {name}(n):", f"    i = {first}", "    while i < n:", *d.some("        j = i"), f"        yield {given}", f"        i += {step}"], f"{name}({d.n(-1, 7)})"


def mapped(d, name):
    given = d.pick("v", "v", f"v + {d.n()}", "-v", "(v, 1)", f"v > {d.n()}")
    test = d.pick("", f"if v > {d.n()}:", "if v % 2 == 0:", "if v:")
    inside = [f"        {test}", f"            yield {given}", *d.some("        else:\n            w = v")] if test else [f"        yield {given}"]
    return [f"def {name}(values{d.pick('', ', by=1')}):", "    for v in values:", *inside], f"{name}({d.pick(d.ints(), d.ints(2, 5), f'range({d.n(0, 6)})', '(3, 1, 2)')})"


def texts(d, name):
    given = d.pick("c", "c + '!'", "c.upper()", "c * 2")
    return [f"def {name}(text):", "    for c in text:", *d.some("        if c == 'a':\n            continue"), f"        yield {given}"], f"{name}({d.w()})"


def early(d, name):
    """A return before the end."""
    given = d.pick("", " v", f" {d.n()}")
    return [f"def {name}(values):", *d.some("    if not values:\n        return"), "    for v in values:", f"        if v > {d.n()}:", f"            return{given}", "        yield v", *d.some(f"    yield {d.n()}")], f"{name}({d.ints(0, 6)})"


def endless(d, name):
    """To be left by whoever asks; here it leaves by itself."""
    return [f"def {name}(a, b):", "    while True:", f"        if a > {d.n(5, 20)}:", f"            {d.pick('break', 'return')}", "        yield a", f"        a, b = b + 1, a + {d.n(1, 4)}"], f"{name}({d.n(0, 4)}, {d.n(1, 4)})"


def nested(d, name):
    return [f"def {name}(n):", "    for i in range(n):", f"        for j in range({d.pick('i', '2', 'i + 1')}):", f"            yield {d.pick('i * j', '(i, j)', 'i + j')}", *d.some("        yield 'row'" if d.n() > 3 else "        yield i")], f"{name}({d.n(0, 4)})"


def guarded(d, name):
    return [f"def {name}(values):", "    for v in values:", "        try:", f"            yield {d.n(2, 9)} // v", "        except ZeroDivisionError:", f"            yield {value(d)}", *d.some("        finally:\n            yield 'done'")], f"{name}({d.pick('[1, 0, 2]', '[0]', '[3, 2]', '[]')})"


def printing(d, name):
    lines = [f"def {name}(n):", *d.some("    print('begins')"), "    for i in range(n):", *d.some("        print('gives', i)"), "        yield i", *d.some("        print('goes on')"), *d.some("    print('over')")]
    return lines, f"{name}({d.n(0, 4)})"


def from_values(d, name):
    lines = [f"def {name}(values):", *d.some(f"    yield {value(d)}"), "    yield from values", *d.some(f"    yield from {d.pick('range(2)', repr('ab'), '[]', '(1, 2)')}"), *d.some(f"    yield {value(d)}")]
    return lines, f"{name}({d.pick(d.ints(), f'range({d.n(0, 4)})', d.w(), '(1, 2)')})"


def from_others(d, name):
    lines = [f"def inner_{name}(n):", "    for i in range(n):", "        yield i", *d.some(f"    return {d.pick(str(d.n()), d.w())}"), f"def {name}(n):", *d.some(f"    yield {value(d)}"),
             d.pick(f"    yield from inner_{name}(n)", f"    r = yield from inner_{name}(n)\n    yield r", f"    for v in inner_{name}(n):\n        yield v"), *d.some(f"    yield from inner_{name}(2)")]
    return lines, f"{name}({d.n(0, 4)})"


def deep(d, name):
    return [f"def {name}(tree):", "    for t in tree:", "        if isinstance(t, list):", f"            {d.pick(f'yield from {name}(t)', f'for v in {name}(t):' + chr(10) + '                yield v')}", "        else:", "            yield t"], \
        f"{name}({d.pick('[1, [2, [3, 4]], 5]', '[[1], [], [[2]]]', '[]', '[7, 8]', '[[[1, 2], 3]]')})"


MAKERS = (straight, upwards, mapped, texts, early, endless, nested, guarded, printing, from_values, from_others, deep)


def walked(d, call):
    leave = d.some(f"    if v == {d.n(0, 3)}:\n        {d.pick('break', 'continue')}")
    return [f"for v in {call}:", *leave, "    print(v)", *d.some("else:\n    print('all')")]


def collected(d, call):
    return [f"print({d.pick('list', 'list', 'tuple')}({call}))", *d.some(f"xs = list({call})\nprint(len(xs), xs)"), *d.some(f"xs = [v for v in {call}]\nprint(xs)"), *d.some(f"print([*{call}, 9])")]


def asked(d, call):
    lines = [f"g = {call}"]
    for _ in range(d.n(1, 4)):
        lines += [f"print(next(g, {value(d)}))"]
    return lines + d.some("print(list(g))", "print(list(g))", "for v in g:\n    print(v)\n    break", "print(next(g, 'end'))", "print(list(g))")


def ended(d, call):
    return [f"g = {call}", "try:", *["    print(next(g))"] * d.n(1, 6), "except StopIteration:", "    print('over')"]


def unused(d, call):
    return [f"g = {call}", "print('made')", *d.some("h = g\nprint(list(h))", "print(list(g))")]


def listed(d, call):
    return [f"first, *rest = [*{call}, 1]", "print(first, rest)", f"print(len(list({call})), tuple({call}))", f"for i, v in enumerate(list({call})):", "    print(i, v)", f"print([v for v in {call} if v], list({call})[:2])"]


def summed(d, call):
    return [f"print(sum({call}))", *d.some(f"print(sum(list({call})))", f"print(sum(v for v in {call}))")]


def numbers_of(d, call):
    return [f"print(sum({call}), max({call}, default=0), min({call}, default=0))", f"print(sorted({call}))", *d.some(f"print(max({call}))", f"print(min({call}))", f"print(sorted({call}, reverse=True))", f"print(any({call}), all({call}))",
            f"print(set({call}) == set({call}), len(set({call})))", f"print({d.n()} in {call})", f"total = 0\nfor v in {call}:\n    total += v\nprint(total)")]


def joined(d, call):
    return [f"print({d.pick(repr('-'), repr(', '), repr(''))}.join({call}))", *d.some(f"print(sorted({call}))", f"print(list({call}))", f"print('a' in {call})")]


USES = (walked, collected, collected, asked, asked, ended, unused, listed)
NUMBERS = (upwards, mapped, nested, endless)


def scene(d):
    """Some functions that yield, each with some uses."""
    lines = []
    for name, maker in zip(d.rng.sample(NAMES, 2), d.rng.sample(MAKERS, 2)):
        made, call = maker(d, name)
        lines += made
        for use in d.rng.sample(USES, 3):
            lines += use(d, call)
    return lines


def of_numbers(d):
    first, by = d.n(-3, 4), d.n(1, 4)
    made = d.pick([f"def gen(n):", "    for i in range(n):", f"        yield i * {by} + {first}"], ["def gen(n):", f"    a = {first}", "    while a < n:", "        yield a", f"        a += {by}"],
                  ["def gen(n):", f"    for v in {d.ints(0, 6)}:", "        if v < n:", "            yield v"], ["def gen(n):", f"    yield {first}", f"    yield from range(n)", "    yield n"])
    call = f"gen({d.n(1, 6)})"
    return made + summed(d, call) + numbers_of(d, call) + asked(d, call)


def tested(d):
    """What need not take all there is."""
    lines = ["def some(values):", "    for v in values:", f"        yield {d.pick('v', 'v', 'not v', 'bool(v)')}"]
    values = [["True", "False"], ["0", "1", "3"], ["''", "'a'", "'bc'"], ["0", "''", "None", "False", "[]"], ["[]", "[0]", "['a']"], ["()", "(1,)"]]
    for kind in ("any", "all", "any", "all"):
        for _ in range(3):
            among = d.rng.choice(values)
            lines += [f"print({kind}(some([{', '.join(d.rng.choice(among) for _ in range(d.n(0, 4)))}])))"]
    other, call = d.pick(mapped, straight)(d, "others")
    return lines + other + ["def gen(n):", "    for i in range(n):", f"        yield i{d.pick('', ' * 2', ' + 1')}", f"print(any({call}), all({call}))", f"print({value(d)} in {call})", "g = gen(9)", f"print({d.n(0, 12)} in g, list(g))", *d.some(f"if any(v == {d.n(0, 3)} for v in {call}):\n    print('found')")]


def of_texts(d):
    made, call = texts(d, "letters")
    return made + joined(d, call) + walked(d, call) + asked(d, call)


def expressions(d):
    """Generator expressions that have a name."""
    return [f"g = (v * {d.n()} for v in {d.ints(1, 5)})", *d.rng.sample(["print(next(g, None))", "print(list(g))", "print(next(g, 'end'))", "print(sum(g))", "for v in g:\n    print(v)\n    break", "print(list(g))"], 4),
            f"h = (c for c in {d.w()} if c != 'a')", *d.rng.sample(["print(next(h, ''))", "print('-'.join(h))", "print(list(h))", "print(sorted(h))"], 3)]


SCENES = (scene, scene, scene, of_numbers, of_numbers, of_texts, expressions, tested)


def programs(rng, count):
    """(name, text) of each program."""
    order = []
    return trial.programs("generators", count, LIMIT, lambda _: "\n".join(next_scene(rng, SCENES, order)(Draw(rng))) + "\n")
