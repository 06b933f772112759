"""Programs about functions without names, parameters of every kind, annotations, and names that functions share."""

from . import trial
from .objects import Draw, forms, lazy, next_scene, stars

LIMIT = 3000


def lambdas(d):
    sign, other = d.pick("+", "-", "*"), d.pick("+", "*")
    lines = [f"double = lambda v: v {sign} {d.n()}", f"print(double({d.n()}), double({d.n()}))", f"both = lambda a, b: a {sign} b", f"print(both({d.n()}, {d.n()}))",
             f"three = lambda a, b, c: a {sign} b {other} c", f"print(three({d.n()}, {d.n()}, {d.n()}))", f"four = lambda p, q, r, s: [p, q, r, s]",
             f"print(four({d.n()}, {d.w()}, None, {d.ints()}))", f"nothing = lambda: {d.pick(str(d.n()), d.w(), '[]')}", "print(nothing())",
             f"some = lambda a, b={d.n()}: (a, b)", f"print(some({d.n()}), some({d.n()}, {d.n()}), some(a={d.n()}), some({d.n()}, b={d.w()}))",
             f"more = lambda a={d.n()}, b={d.w()}, c=None: [a, b, c]", f"print(more(), more({d.n()}), more(c={d.n()}), more({d.n()}, {d.n()}, {d.n()}))",
             f"rest = lambda *items: items", f"print(rest(), rest({d.n()}), rest({d.n()}, {d.w()}))",
             f"print((lambda x, y: x {sign} y)({d.n()}, {d.n()}), (lambda: {d.n()})())", f"print(sorted({d.ints(2, 5)}, key=lambda v: {d.pick('-v', 'v % 3', 'abs(v)')}))",
             f"print(list(map(lambda a, b: a {sign} b, {d.ints(1, 4)}, {d.ints(1, 4)})))", f"print(list(filter(lambda v: v > {d.n()}, {d.ints(1, 5)})))",
             f"table = {{'add': lambda a, b: a + b, 'sub': lambda a, b: a - b, 'neg': lambda a: -a}}", f"print(table['add']({d.n()}, {d.n()}), table['neg']({d.n()}))",
             f"def make(n):", f"    return lambda v: v {sign} n", f"print(make({d.n()})({d.n()}))", f"choose = lambda v: {d.w()} if v > {d.n()} else {d.w()}", f"print(choose({d.n()}), choose({d.n()}))",
             f"curry = lambda a: lambda b: a {sign} b", f"print(curry({d.n()})({d.n()}))"]
    return lines


def annotated(d):
    kinds = ["int", "str", "list", "float", "bool", "dict", "object", "list[int]", "tuple"]
    k = lambda: d.rng.choice(kinds)  # noqa: E731
    return [f"def f(a: {k()}) -> {k()}:", "    return a", f"print(f({d.n()}))", f"def g(a: {k()}, b: {k()} = {d.n()}) -> {k()}:", "    return [a, b]", f"print(g({d.n()}), g({d.w()}, {d.w()}))",
            f"def h(a, b: {k()}, c={d.w()}, d: {k()} = None):", "    return (a, b, c, d)", f"print(h({d.n()}, {d.n()}), h({d.n()}, 2, d={d.n()}))", f"def nothing() -> None:", "    print('nothing')", "nothing()",
            f"def fixed() -> {k()}:", f"    return {d.pick(d.w(), str(d.n()), '[]')}", "print(fixed())",
            f"def one(items: {k()}) -> {k()}:", f'    """Gives one."""', f"    best: {k()} = items[0]", "    count: int = 0", "    for item in items:", "        count += 1", "        if item > best:", "            best = item", "    return best, count",
            f"print(one({d.ints(1, 5)}))", f"def three(a: {k()}, b: {k()}, c: {k()}) -> {k()}:", f"    return a {d.pick('+', '-')} b * c", f"print(three({d.n()}, {d.n()}, {d.n()}))", f"total: {k()} = {d.n()}", f"name: str = {d.w()}", "print(total, name)"]


def shared(d):
    sign = d.pick("+", "-", "*")
    return [f"count = {d.n()}", f"total = {d.n()}", "names = []", "def bump():", "    global count", f"    count {sign}= {d.n()}", "def both(v):", "    global count, total", f"    count = v", f"    total {sign}= v",
            "    return total", "bump()", "print(count)", f"print(both({d.n()}), count, total)", "def fresh():", "    global made", f"    made = {d.n()}", "fresh()", "print(made)", "def hidden():", f"    count = {d.n()}", "    return count",
            "print(hidden(), count)", "def outer(n):", f"    a, b = n, {d.n()}", "    def inner(v):", "        nonlocal a, b", f"        a {sign}= v", "        b = a", "        return a, b", "    inner(n)", "    return inner",
            f"step = outer({d.n()})", f"print(step({d.n()}), step({d.n()}))", "def add(name):", "    names.append(name)", "    return len(names)", f"print(add({d.w()}), add({d.w()}), names)"]


def walrus(d):
    return [f"xs = {d.ints(0, 5)}", f"if (n := len(xs)) > {d.n(0, 4)}:", "    print('long', n)", "else:", "    print('short', n)", f"while (v := {d.n(2, 6)} - n) > 0:", "    print(v)", "    n += 1",
            f"print([y for x in xs if (y := x * 2) > {d.n()}])", f"print((k := {d.n()}), k + 1)", f"if any((last := x) > {d.n()} for x in xs):", "    print('found', last)",
            f"data = {d.ints(1, 4)}", "while data and (top := data.pop()) != 3:", "    print(top)", f"total = (a := {d.n()}) + (b := {d.n()})", "print(a, b, total)"]


def unpacked(d):
    three = f"[{d.n()}, {d.n()}, {d.n()}]"
    return [f"first, *rest = {three}", "print(first, rest)", f"*start, last = {d.pick(three, repr('hey'), '(1, 2)')}", "print(start, last)", f"a, *middle, z = {d.pick(three, '[1, 2]', 'range(6)', repr('abcd'))}", "print(a, middle, z)",
            f"[p, *q] = {three}", "print(p, q)", f"(m, *n) = ({d.n()},)", "print(m, n)", f"for head, *tail in [{three}, [{d.n()}], ({d.n()}, {d.w()})]:", "    print(head, tail)",
            f"x, (y, *more) = {d.n()}, [{d.n()}, {d.n()}]", "print(x, y, more)", f"parts = [*{three}, {d.n()}, *{d.pick('(1, 2)', 'range(3)', repr('ab'))}]", "print(parts, (*parts, 0), {*parts})" if d.n() > 99 else "print(parts, (*parts, 0))",
            f"both = {{**{{'a': {d.n()}}}, 'b': {d.n()}, **{{'a': {d.n()}}}}}", "print(both)", "print(*parts)", f"print(*{three}, sep={d.pick(repr('-'), repr(', '), repr(''))})", "try:", f"    a, b, *c = {d.pick('[1]', '[]', repr('x'))}", "except ValueError as e:", "    print(e)"]


SCENES = (lambdas, annotated, shared, walrus, unpacked, stars, forms, lazy)


def programs(rng, count):
    """(name, text) of each program."""
    order = []
    return trial.programs("functions", count, LIMIT, lambda _: "\n".join(next_scene(rng, SCENES, order)(Draw(rng))) + "\n")
