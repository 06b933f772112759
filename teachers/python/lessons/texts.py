"""Programs about how text can be laid out: literals of every form, comments, blanks, lines that go on or are shared."""

from . import trial

LIMIT = 3000
PIECES = ("a", "b", "xyz", "Hello", " ", "one two", "%", "{}", "#", "\u00e9", "\u65e5\u672c", "0", "(", "];", "=", ":", "--", "\\\\", "'", '"', "\\n",
          "\\t", "\\x41", "\\u00e9", "\\101", "\\'", '\\"', "\\a", "\\\\n", "//", "/*", "@", "!", "?", "$", "~")
# Characters that mean themselves, or something else, after a backslash; those that need more after them are in PIECES.
ESCAPED = "abcdefghijklmnopqrstvwyzABCDEFGHIJKLMOPQRSTVWXYZ.,;:!?+*()[]{}|^$&%#@~`-_=/<> '\"\\"


def body(rng, quote, raw=False):
    """The inside of a literal."""
    found = ""
    for _ in range(rng.randint(0, 4)):
        piece = rng.choice(PIECES) if rng.random() < 0.6 else "\\" + rng.choice(ESCAPED)
        if piece == quote[0]:
            piece = "" if raw else "\\" + piece
        if raw and piece.startswith("\\"):
            piece = rng.choice(("\\d", "\\n", "\\w+", "\\."))
        found += piece
    return found


def text(rng):
    quote = rng.choice(("'", '"', "'", '"', "'''", '"""'))
    prefix = rng.choice(("", "", "", "r", "b", "u", "R", "rb", "B"))
    inside = body(rng, quote, "r" in prefix.lower())
    if len(quote) == 3:
        inside = inside.replace(quote[0], "") + rng.choice(("", "\nline", "\n  two\n", " it's" if quote[0] == '"' else ' say "x" '))
    if "b" in prefix.lower():
        inside = "".join(c for c in inside if ord(c) < 128).replace("\\u00e9", "")
    if inside.endswith("\\"):
        inside += "\\"
    return prefix + quote + inside + quote


def number(rng):
    n = rng.randint(0, 400)
    return rng.choice((str(n), hex(n), hex(n).upper().replace("0X", "0x"), bin(n), oct(n), f"{n}_000", f"{n}e{rng.randint(0, 5)}", f"{n}E-2",
                       f".{n}", f"{n}.", f"{n}.{rng.randint(0, 99)}", f"{rng.randint(1, 9)}.5e+{rng.randint(1, 20)}", f"0x{n:04X}", "0", "00", "1_0.2_5",
                       f"{n}j", "0B11", "0o7_7"))


def note(rng):
    return rng.choice(("# a note", "#", "#no blank", "# if x: return 'y'", "# it's \"quoted\"", "## twice # over", "# x = 1", "# \u00e9t\u00e9",
                       "# (open", "#: 5", "#!/bin/x", "# TODO: more"))


def literals(rng):
    lines = []
    for _ in range(rng.randint(5, 9)):
        value = rng.choice((text, text, number))(rng)
        name = rng.choice(("s", "t", "n", "value"))
        lines.append(rng.choice((f"{name} = {value}", f"print({value})", f"{name} = {value}  {note(rng)}", f"print(repr({value}), {text(rng)!s})",
                                 f"xs = [{value}, {number(rng)},]", f"print(len([{value}]), ({value}))")))
    lines.append(f"print({' '.join(plain(rng) for _ in range(rng.randint(2, 3)))})")
    lines.append(f"print({text(rng)} == {text(rng)}, {text(rng)} in [{text(rng)}])")
    return lines


def plain(rng):
    quote = rng.choice(("'", '"'))
    return quote + body(rng, quote) + quote


def layout(rng):
    a, b, c = (rng.randint(0, 9) for _ in range(3))
    step = rng.choice(("    ", "  ", "\t", " ", "        "))
    blocks = [
        [f"x={a};y = {b}", "print(x,y)", f"x  =  {c} ;  print( x )", "print (x , y)"],
        [f"x = {a} + \\", f"    {b}", "print(x)", "if x > 3 and \\", f"        x < {b + 9}:", f"{step}print('both')", f"assert x, \\", "    'none'"],
        ["x = (", f"    {a} +", f"    {b}  {note(rng)}", ")", "print(", f"    x,", f"    {c},", ")", "xs = [", f"    {a},", "", f"    {note(rng)}", f"    {b},", "]", "print(xs [0], xs[ -1 ])"],
        [note(rng), f"if {a} > {b}: {note(rng)}", f"{step}{note(rng)}", f"{step}print('yes')", note(rng), f"{step * 2}{note(rng)}", f"{step}print('more')", f"{note(rng)}", "else:",
         f"{step}print('no')", "", "", note(rng)],
        [f"if {a} < {b}: print('one'); print('line')", "else: print('other')", f"for i in range({a % 4}): print(i)", f"while {a} > 99: pass", "def f(x): return x * 2",
         f"print(f({b}))", "class A: v = 1", "print(A.v)", "try: print(1 // 0)", "except ZeroDivisionError: print('zero')", "finally: print('end')"],
        ["def f(a,", f"      b={b},", "      ):", f"{step}'''A text", f"{step}of two lines.'''", f"{step}return (a,", f"{step}        b)", f"print(f({a}),", f"      f(1, {c}))"],
        [f"d = {{'a': {a},", f"     'b':{b}, }}", "print(d['a'],d [ 'b' ])", "print({1:2,3:4}, {1 , 2}, ( 1, ), [ ])", f"print(-{a}, - {b}, not{c}, +({a}))",
         f"print({a}if {b} else{c}, [i for i in(1,2)], ({a})or({b}))"],
        ["def outer():", f"{step}def inner():", f"{step * 2}# inside", f"{step * 2}return {a}", "", f"{step}return inner()  {note(rng)}", "", "", "print(outer())"],
        ["text = '''first", "  second \\", "third'''", "print(text)", "s = 'a\\", "b'", "print(s)", 'q = "x" \\', '    "y"', "print(q)"],
        [f"if {a} == {a}:", f"{step}if {b} != {b}:", f"{step * 2}print(1)", f"{step}elif {c}:", f"{step * 2}print(2)", f"{step}else:", f"{step * 2}print(3)", f"{step}print(4)", "print(5)"],
        [f"x = y = z = {a}", "x, y = y, x", "(x, y), z = (1, 2), 3", "[x, y] = [y, x]", "x, = [5]", "print(x, y, z)", "*a, b = 1, 2", "print(a, b)", "print(*a, *[b], sep='')",
         "del x, y", "del (z)", f"n: int = {b}", "print(n)"],
        [f"print({a}<{b}, {a}<={b}!={c}, {a}==({b}), {a} is not None)", f"print({a}<<1|{b}&3^{c}, ~{a}, {a}**2, -{a}**2, {a}//3%2)",
         f"print(lambda:0 and 1)if 0 else print('k')", f"print((lambda x,y={a}:x+y)({b}))", f"print('%s-%s'%({a},{b}), '%d'%{c})"],
        [f"p, q, r = {a}, {b}, {c}", "def bump(by):", f"{step}global p, q", f"{step}p, q = p + by, q - by", f"{step}return r", "print(bump(2), p, q)",
         "def count(by, more=1):", f"{step}global p, q, r", f"{step}p = q = r = by + more", f"count({a}, {b},)", "print(p, q, r,)", "print(max(p, 2,), str(q,))"],
        [f"def g(x, y={a}, *more, **named):", f"{step}return x, y, more, sorted(named)", f"d = {{'x': {b}, 'y': {c}}}", "print(g(**d))", f"print(g({a}, **{{'y': {b}}}))",
         f"print(g(*[{a}, {b}]), g(*({a},), **{{'z': {c}}}))", f"print(g(1, 2, *range({a % 3}), z={b}))", "d2 = {**d, 'w': 3}", "print(d2, [*d, *'ab'])"],
    ]
    lines = []
    for block in rng.sample(blocks, 3):
        lines += block
        if rng.random() < 0.5:
            lines.append(rng.choice(("", "   ", note(rng), "\t")))
    return lines


def programs(rng, count):
    """(name, text) of each program."""
    def write(made):
        lines = literals(rng) if made % 2 else layout(rng)
        return "\n".join(lines) + rng.choice(("\n", "\n", "", "\n\n", f"\n{note(rng)}"))

    return trial.programs("texts", count, LIMIT, write)
