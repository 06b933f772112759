"""Programs about classes: what is made of them, what they share, and what operations do with it."""

from . import trial
from .objects import Draw, next_scene

LIMIT = 3000
NAMES = ("Box", "Cell", "Tally", "Item", "Node", "Dog", "Shape", "Point", "Unit", "Card", "Room", "Team")
FIELDS = ("value", "size", "name", "left", "right", "kind", "count", "x", "y", "data", "owner", "total")
METHODS = ("get", "change", "grow", "show", "speak", "twice", "reset", "area", "near", "work")
BINARY = {"+": "add", "-": "sub", "*": "mul", "/": "truediv", "//": "floordiv", "%": "mod", "**": "pow", "&": "and", "|": "or", "^": "xor",
          "<<": "lshift", ">>": "rshift", "@": "matmul"}
COMPARING = {"==": "eq", "!=": "ne", "<": "lt", "<=": "le", ">": "gt", ">=": "ge"}


def names(d, all_names, count):
    return d.rng.sample(all_names, count)


def fields(d):
    """A class with fields of its own, and methods that read and change them."""
    c, (a, b, e), (m, n, k) = d.pick(*NAMES), names(d, FIELDS, 3), names(d, METHODS, 3)
    sign = d.pick("+", "-", "*")
    first = d.pick(str(d.n()), d.w())
    return [f"class {c}:", *d.some(f'    """Holds {a}."""'), *d.some(f"    {e} = {d.n()}"), f"    def __init__(self, {a}, {b}={d.n()}):", f"        self.{a} = {a}", f"        self.{b} = {b}",
            f"    def {m}(self):", f"        return self.{a}", f"    def {n}(self, by=2):", f"        self.{b} {sign}= by", f"        return {d.pick('self', 'self.' + b, 'by')}",
            f"    def {k}(self, other):", f"        self.{b} = other.{b}", f"        other.{b} = {d.n()}",
            f"p = {c}({first})", f"q = {c}({d.n()}, {d.n()})", f"r = {c}({a}={d.n()}, {b}={d.n()})", f"print(p.{a}, p.{b}, q.{a}, q.{b}, r.{b})", f"print(p.{m}(), q.{m}())", f"p.{n}()", f"q.{n}({d.n()})", f"r.{n}(by={d.n()})",
            f"print(p.{b}, q.{b}, r.{b})", f"p.{k}(q)", f"print(p.{b}, q.{b})", f"p.{a} = {d.pick(str(d.n()), '[1]', 'q')}", f"q.{b} {sign}= {d.n()}", f"print(q.{b}, p.{a} is q, p is p, p is q, p is not r, p is not p)",
            f"print(p is None, None is q, r is not None, None is not p, p.{a} is None, p is [], q is not [{d.n()}])",
            f"f = q.{m}", "print(f())", f"things = [p, q, r]", f"for t in things:", f"    print(t.{b})", f"print(len(things), things[0] is p, [t.{b} for t in things])"]


def shared(d):
    """What all of a class have, and what one of them has."""
    c, (a, b, e), m = d.pick(*NAMES), names(d, FIELDS, 3), d.pick(*METHODS)
    return [f"class {c}:", f"    {a} = {d.n()}", f"    {b} = {d.pick('[]', d.w(), 'None')}", f"    def {m}(self):", f"        {c}.{a} += 1", f"        return self.{a}",
            f"p = {c}()", f"q = {c}()", f"print(p.{a}, {c}.{a}, q.{b}, p.{m}(), q.{m}())", f"{c}.{a} = {d.n()}", f"print(p.{a}, q.{a})", f"p.{a} = {d.n()}", f"print(p.{a}, q.{a}, {c}.{a})", f"del p.{a}", f"print(p.{a})",
            f"p.{e} = {d.w()}", f"print(p.{e}, hasattr(p, '{e}'), hasattr(q, '{e}'), hasattr({c}, '{a}'), hasattr({c}, '{e}'), hasattr(p, '{m}'))", f"print(getattr(p, '{e}'), getattr(q, '{e}', {d.n()}), getattr(p, '{a}', 0), getattr(p, '{m}')())",
            f"setattr(q, '{e}', {d.n()})", f"print(q.{e})", f"print({c}.__name__, type(p) is {c}, type(p).__name__, {c}.{m}(q), isinstance(p, {c}), isinstance({d.n()}, {c}))",
            f"try:", f"    print(p.{d.pick(*FIELDS)}{d.n(1, 9)})", "except AttributeError as error:", "    print(error)", "try:", f"    print({c}.no{d.n(1, 9)})", "except AttributeError as error:", "    print(error)",
            f"def free(v):", f"    {a} = v", f"    return {a}", f"print(free({d.n()}))"]


def linked(d):
    """Objects that lead to each other, up to one that leads nowhere."""
    c, e, (a, b, m) = d.pick("Node", "Link", "Cell", "Item"), d.pick("Chain", "Tree", "Row"), names(d, FIELDS, 3)
    n, k = names(d, METHODS, 2)
    return [f"class {c}:", f"    def __init__(self, {a}, {b}=None):", f"        self.{a} = {a}", f"        self.{b} = {b}", f"class {e}:", "    def __init__(self):", f"        self.{m} = None", f"    def {n}(self, v):",
            *d.pick([f"        self.{m} = {c}(v, self.{m})"],
                    [f"        new = {c}(v)", f"        if self.{m} is None:", f"            self.{m} = new", "            return", f"        at = self.{m}", f"        while at.{b} is not None:", f"            at = at.{b}", f"        at.{b} = new"]),
            f"    def {k}(self):", "        found = []", f"        at = self.{m}", f"        while {d.pick('at is not None', 'at', 'not at is None')}:", f"            found.append(at.{a})", f"            at = at.{b}", "        return found",
            f"p = {e}()", f"print(p.{k}(), p.{m} is None)", *[f"p.{n}({d.pick(str(d.n()), d.w())})" for _ in range(d.n(1, 4))], f"print(p.{k}(), p.{m} is None, p.{m} is not None, p.{m}.{b} is None)", f"q = {c}({d.n()}, p.{m})", f"print(q.{b} is p.{m}, q is p.{m}, q == None, q != None, q.{b}.{a})",
            f"other = q if q.{b} is not None else None", f"print(other.{a}, other is q)"]


def empty(d):
    c, (a, b) = d.pick(*NAMES), names(d, FIELDS, 2)
    return [f"class {c}:", f"    {d.pick('pass', repr('nothing'))}", f"p = {c}()", f"p.{a} = {d.n()}", f"p.{b} = {d.w()}", f"print(p.{a}, p.{b})", f"q = {c}()", f"print(p is q, p == q, p != q, p == p, p in [q, p], q in [p])",
            "if p:", "    print('is')", f"print('yes' if not q else 'no', bool(p), p and 1, q or 2)", f"table = {{p: {d.n()}, q: {d.n()}}}", "print(table[p], table[q], len({p, q, p}))",
            f"def make({a}):", f"    new = {c}()", f"    new.{b} = {a}", "    return new", f"print(make({d.n()}).{b}, make({d.w()}).{b})", f"p.{b} = make({d.n()})", f"p.{b}.{b} = {d.n()}", f"print(p.{b}.{b})",
            f"p.{a} += {d.n()}", f"p.{b}.{b} -= {d.n()}", f"print(p.{a}, p.{b}.{b})"]


def inherited(d):
    a, b, c = names(d, NAMES, 3)
    (e, f), (m, n, k) = names(d, FIELDS, 2), names(d, METHODS, 3)
    own = d.rng.random() < 0.6
    return [f"class {a}:", f"    {f} = {d.w()}", f"    def __init__(self, {e}):", f"        self.{e} = {e}", f"    def {m}(self):", f"        return {d.pick(f'self.{e}', d.w())}", f"    def {n}(self):", f"        return [self.{m}(), self.{f}]",
            f"class {b}({a}):", *([f"    {f} = {d.w()}"] if d.n() > 3 else []), *([f"    def __init__(self, {e}, more={d.n()}):", f"        super().__init__({e})", "        self.more = more"] if own else []),
            f"    def {m}(self):", f"        return {d.pick(f'[super().{m}(), 1]', f'(super().{m}(), {d.w()})', d.w(), f'self.{f}')}", f"class {c}({d.pick(a, b, b)}):", *d.pick(["    pass"], [f"    def {k}(self):", f"        return self.{n}()"], [f"    def {n}(self):", f"        return (super().{n}(), {d.n()})"]),
            f"x = {a}({d.w()})", f"y = {b}({d.w()}{f', {d.n()}' if own and d.n() > 3 else ''})", f"z = {c}({d.n()})", f"for thing in (x, y, z):", f"    print(thing.{m}(), thing.{n}(), thing.{f}, thing.{e}, type(thing).__name__)",
            f"print(isinstance(y, {a}), isinstance(x, {b}), isinstance(z, {c}), isinstance(z, ({b}, {c})), isinstance(x, ({b}, {c})))", f"print(issubclass({b}, {a}), issubclass({a}, {b}), issubclass({c}, {a}))",
            f"{a}.{f} = {d.n()}", f"print(x.{f}, y.{f}, z.{f})", f"print({a}.{m}(z), {b}.__name__, hasattr(z, '{k}'), callable(z.{m}))", *([f"print(y.more)"] if own else [])]


def several(d):
    a, b, c, e = names(d, NAMES, 4)
    m, n = names(d, METHODS, 2)
    return [f"class {a}:", f"    def {m}(self):", f"        return [{d.w()}]", f"    def {n}(self):", f"        return {d.n()}", f"class {b}({a}):", f"    def {m}(self):", f"        return [{d.w()}] + super().{m}()",
            f"class {c}({a}):", f"    def {m}(self):", f"        return super().{m}() + [{d.w()}]", *d.some(f"    def {n}(self):\n        return -super().{n}()"), f"class {e}({d.pick(f'{b}, {c}', f'{c}, {b}')}):", *d.pick(["    pass"], [f"    def {m}(self):", f"        return super().{m}() * 2"]),
            f"p = {e}()", f"print(p.{m}(), p.{n}(), {b}().{m}(), {c}().{n}())", f"print(isinstance(p, {b}), isinstance(p, {c}), isinstance(p, {a}))"]


def shown(d):
    c, (a, b) = d.pick(*NAMES), names(d, FIELDS, 2)
    which = d.pick(("str",), ("repr",), ("str", "repr"))
    lines = [f"class {c}:", f"    def __init__(self, {a}, {b}):", f"        self.{a} = {a}", f"        self.{b} = {b}"]
    if "str" in which:
        lines += ["    def __str__(self):", f"        return {d.pick(f'str(self.{a})', repr(d.pick('is', 'one', 'x y')), f'str(self.{a}) + str(self.{b})')}"]
    if "repr" in which:
        lines += ["    def __repr__(self):", f"        return {d.pick(repr(c + '!'), f'{c!r} + repr(self.{a})', f'repr(self.{b})')}"]
    lines += [f"p = {c}({d.n()}, {d.w()})", f"q = {c}({d.w()}, {d.n()})", "print(p)", "print(q)", "print(str(p), str(q))", "print(p, q)", f"print({d.n()}, p)", "print(p, sep='')", "print(q, end='.')", "print()", "s = str(p)", "print(len(s), s)", "print(f'{p}')", "print(f'<{q}>')", "print(f'{p} {q}')", "print(f'{p!s}')", "print('{}'.format(p))", "print('%s' % p)" if d.n() > 99 else "print(s + '!')"]
    if "repr" in which:
        lines += ["print(repr(p), repr(q))", "print([p, q])", "print([q], (p, 1))", f"print({{{d.n()}: p}})", "print(f'{p!r}')", "t = repr(q)", "print(t)"]
    return lines


def operators(d):
    c, a = d.pick(*NAMES), d.pick(*FIELDS)
    lines, uses = [f"class {c}:", f"    def __init__(self, {a}):", f"        self.{a} = {a}"], [f"p = {c}({d.n(1, 9)})", f"q = {c}({d.n(1, 9)})"]
    for sign in d.rng.sample(sorted(BINARY), 4):
        name, kind = BINARY[sign], d.pick("new", "plain")
        inner = d.pick("+", "-", "*")
        lines += [f"    def __{name}__(self, other):", f"        return {c}(self.{a} {inner} other.{a})" if kind == "new" else f"        return (self.{a}, other.{a}, {d.n()})"]
        uses += [f"print((p {sign} q).{a}, (q {sign} p).{a})", f"r = p {sign} q", f"print(r.{a})", f"r {sign}= p", f"print(r.{a})"] if kind == "new" else [f"print(p {sign} q, q {sign} p)"]
    for sign in d.rng.sample(sorted(COMPARING), 3):
        lines += [f"    def __{COMPARING[sign]}__(self, other):", f"        return self.{a} {d.pick(sign, sign, '<', '==')} other.{a}"]
        uses += [f"print(p {sign} q, q {sign} p, p {sign} p)", f"if p {sign} q:", "    print('so')"]
    for sign, turned in (("<", ">"), ("<=", ">="), (">", "<"), (">=", "<=")):
        if f"    def __{COMPARING[sign]}__(self, other):" in lines and f"    def __{COMPARING[turned]}__(self, other):" not in lines:
            uses += [f"print(p {turned} q, q {turned} p)"]
    for sign, name in d.rng.sample((("-", "neg"), ("+", "pos"), ("~", "invert")), 2):
        lines += [f"    def __{name}__(self):", f"        return {c}(-self.{a})"]
        uses += [f"print(({sign}p).{a}, ({sign}q).{a})"]
    return lines + uses


def mixed(d):
    """With operands of other kinds, on either side."""
    c, a = d.pick(*NAMES), d.pick(*FIELDS)
    lines, uses = [f"class {c}:", f"    def __init__(self, {a}):", f"        self.{a} = {a}"], [f"p = {c}({d.n(1, 9)})"]
    for sign in d.rng.sample(sorted(BINARY), 4):
        name = BINARY[sign]
        lines += [f"    def __{name}__(self, other):", f"        return (self.{a}, other)", f"    def __r{name}__(self, other):", f"        return [other, self.{a}]"]
        uses += [f"print(p {sign} {d.n()}, {d.n()} {sign} p, p {sign} {d.w()}, {d.n()}.5 {sign} p)"]
    name = d.pick("add", "sub", "mul")
    sign = {"add": "+", "sub": "-", "mul": "*"}[name]
    lines += [f"    def __i{name}__(self, other):", f"        self.{a} = [self.{a}, other]", "        return self"]
    uses += ["old = p", f"p {sign}= {d.n()}", f"print(p.{a}, p is old)"]
    return lines + uses


def declining(d):
    """Methods that leave it to the other operand."""
    c, a = d.pick(*NAMES), d.pick(*FIELDS)
    lines, uses = [f"class {c}:", f"    def __init__(self, {a}):", f"        self.{a} = {a}"], [f"p = {c}({d.n(1, 9)})", f"q = {c}({d.n(1, 9)})"]
    for sign in d.rng.sample(sorted(BINARY), 3):
        name = BINARY[sign]
        lines += [f"    def __{name}__(self, other):", f"        if not isinstance(other, {c}):", "            return NotImplemented", f"        return [self.{a}, other.{a}]", f"    def __r{name}__(self, other):", f"        return (other, self.{a})"]
        uses += [f"print(p {sign} q, {d.n()} {sign} p)"]
    lines += ["    def __eq__(self, other):", f"        if not isinstance(other, {c}):", "            return NotImplemented", f"        return self.{a} == other.{a}"]
    uses += [f"print(p == q, p == {c}(p.{a}), p != q, p == {d.n()}, p != {d.n()})"]
    return lines + uses


def container(d):
    c, a = d.pick(*NAMES), d.pick(*FIELDS)
    return [f"class {c}:", "    def __init__(self, items):", f"        self.{a} = items", "    def __len__(self):", f"        return len(self.{a})", "    def __getitem__(self, i):", f"        return self.{a}[i]", "    def __setitem__(self, i, v):", f"        self.{a}[i] = v",
            "    def __contains__(self, v):", f"        return v in self.{a}", "    def __iter__(self):", f"        return iter(self.{a})", *(gone := d.some(f"    def __delitem__(self, i):\n        del self.{a}[i]")),
            "    def __call__(self, v, w=1):", f"        return self.{a} + [v, w]", f"p = {c}([{d.n()}, {d.n()}, {d.n()}])", f"q = {c}([])", "print(len(p), len(q), p[0], p[1], p[-1])", f"p[0] = {d.n()}", f"p[1] += {d.n()}", f"print(p[0], p[1], {d.n()} in p, {d.n()} not in p, p[2] in p)",
            "for v in p:", "    print(v)", "print([v for v in p], list(p), [v for v in q])", f"print(p({d.n()}), p({d.n()}, {d.n()}), p(v={d.n()}), p(1, w=2))", "a, b, c = p", "print(a, b, c)", "print(sum(p), max(p), sorted(p))", "if q:", "    print('full')", "else:", "    print('empty')",
            *(["del p[0]", "print(len(p), p[0])", "del p[-1]", "print(len(p), p[0])"] if gone else []),
            "while p:", "    print(len(p))", "    p = q", "print(not p, bool(q), 'yes' if p else 'no')"]


def truth(d):
    c, a = d.pick(*NAMES), d.pick(*FIELDS)
    return [f"class {c}:", f"    def __init__(self, {a}):", f"        self.{a} = {a}", "    def __bool__(self):", f"        return self.{a} > {d.n(0, 4)}", *d.some("    def __len__(self):\n        return 3"), f"p, q = {c}({d.n()}), {c}({d.n()})", "for v in (p, q):", "    if v:", f"        print('yes', v.{a})", "    elif not v:", "        print('no')",
            "    print(bool(v), not v, 1 if v else 0, (v and 1) == 1, (v or 2) == 2)", "    while v:", f"        v.{a} -= 3", f"        print(v.{a})",
            "class Whole:", "    def __int__(self):", f"        return {d.n()}", "    def __float__(self):", f"        return {d.n()}.5", "    def __abs__(self):", f"        return {d.n()}", "    def __index__(self):", "        return 1", "    def __hash__(self):", f"        return {d.n(0, 9)}", "w = Whole()", "print(int(w), float(w), abs(w), hash(w), [5, 6][w])"]


def walking(d):
    c, (a, b) = d.pick(*NAMES), names(d, FIELDS, 2)
    return [f"class {c}:", f"    def __init__(self, {a}):", f"        self.{a} = {a}", "    def __iter__(self):", "        return self", "    def __next__(self):", f"        if self.{a} <= 0:", "            raise StopIteration", f"        self.{a} -= {d.n(1, 3)}", f"        return self.{a}",
            f"for v in {c}({d.n(0, 9)}):", "    print(v)", f"print([v * 2 for v in {c}({d.n(0, 9)})])", f"for v in {c}({d.n(3, 9)}):", f"    if v < {d.n(0, 4)}:", "        break", "    print('at', v)", f"p = {c}({d.n(1, 9)})", "print(next(p))", f"print(list({c}({d.n(0, 9)})), sum({c}({d.n(0, 6)})))", "for v in p:", "    print('rest', v)"]


def managed(d):
    """Properties, and methods that belong to the class."""
    c, (a, b), (m, n, k) = d.pick(*NAMES), names(d, FIELDS, 2), names(d, METHODS, 3)
    setter = d.rng.random() < 0.6
    return [f"class {c}:", "    made = 0", f"    def __init__(self, {a}):", f"        self._{a} = {a}", "    @property", f"    def {a}(self):", f"        return self._{a}", *([f"    @{a}.setter", f"    def {a}(self, v):", f"        self._{a} = {d.pick('v', '[v]', 'v * 2')}"] if setter else []),
            "    @property", f"    def {b}(self):", f"        return (self.{a}, {d.n()})", "    @staticmethod", f"    def {m}(v, w={d.n()}):", "        return [v, w]", "    @classmethod", f"    def {n}(cls, v):", "        cls.made += 1", "        return cls(v)", f"    def {k}(self):", f"        return self.{m}(self.{a})",
            f"p = {c}({d.n()})", f"print(p.{a}, p.{b}, p.{m}({d.n()}), {c}.{m}({d.w()}, 2), p.{k}())", f"q = {c}.{n}({d.n()})", f"r = q.{n}({d.w()})", f"print(q.{a}, r.{a}, {c}.made, q.{b})", *([f"p.{a} = {d.n()}", f"print(p.{a}, p._{a})", f"q.{a} = q._{a}", f"print(q.{b})"] if setter else []), f"g = {c}.{m}", f"print(g(1, {d.n()}))", f"h = p.{m}", "print(h(0))"]


def raised(d):
    """Errors of the program's own."""
    a, b, c = names(d, ("Problem", "Trouble", "Missing", "TooBig", "Closed", "Bad"), 3)
    base, (e, f), m = d.pick("Exception", "Exception", "ValueError", "KeyError", "RuntimeError"), names(d, FIELDS, 2), d.pick(*METHODS)
    own = d.rng.random() < 0.5
    head = [f"    def __init__(self, {e}, {f}={d.n()}):", f"        super().__init__({d.pick(repr('was'), 'str(' + e + ')', f'f{chr(39)}no {{{e}}}{chr(39)}')})", f"        self.{e} = {e}", f"        self.{f} = {f}"]
    return [f"class {a}({base}):", d.pick("    pass", '    """Something is wrong."""'), f"class {b}({a}):", *(head if own else [f"    def {m}(self):", f"        return {d.n()}"]),
            f"class {c}({d.pick('Exception', 'TypeError', a)}):", *d.pick(["    pass"], ["    def __str__(self):", f"        return {d.w()}"]), "def check(v):", "    if v == 0:", f"        raise {a}('zero')", "    if v == 1:", f"        raise {b}('one')", "    if v == 2:", f"        raise {c}", "    if v == 3:", f"        raise {d.pick('ValueError', 'KeyError', 'TypeError')}('three')",
            f"    {d.pick('raise', 'return')} {c}('other')" if d.n() > 3 else "    return v", f"for v in range(5):", "    try:", "        print(check(v) is None)", f"    except {b} as error:", *([f"        print(error.{e}, error.{f})"] if own else [f"        print(error.{m}())"]), "        print(type(error).__name__, error)", f"    except ({a}, {d.pick('KeyError', c)}) as error:", "        print(error, 'first')", "        text = str(error)", "        print(len(text), f'{error}')",
            f"    except {d.pick(c, 'Exception')} as error:", "        print(type(error).__name__)", f"        print(isinstance(error, {a}), isinstance(error, ({c}, {b})), isinstance(error, {d.pick('ValueError', 'Exception', 'KeyError')}))", "    except Exception as error:", "        print('any', error)", "    else:", "        print('fine')",
            f"print(str({base}({d.w()})), {base}('x'))" if base != "KeyError" else "pass", "try:", "    try:", f"        raise {b}({d.w()})", f"    except {d.pick('TypeError', c + ', IndexError' if 0 else c)}:", "        print('not here')", "    finally:", "        print('done')", f"except {a}:", "    print('outer')"]


def wrapped(d):
    """Definitions that functions take, with few and many parameters."""
    c, (m, n, k, j), a = d.pick(*NAMES), names(d, METHODS, 4), d.pick(*FIELDS)
    return ["def same(f):", f"    print({d.w()})", "    return f", "def twice(f):", "    def inner(*args):", f"        return [f(*args), {d.n()}]", "    return inner", "def late(n):", "    def take(f):", "        return lambda *args: (n, f(*args))", "    return take",
            f"@{d.pick('same', 'twice')}", f"def {m}():", f"    return {d.n()}", f"@{d.pick('same', 'twice')}", f"def {n}(p, q):", "    return p, q", f"@{d.pick('twice', f'late({d.n()})')}", f"def {k}(p, q, r):", "    return [p, q, r]", "@same", f"@{d.pick('twice', f'late({d.w()})')}", f"def {j}(p, q, r, s):", "    return s, r, q, p",
            f"print({m}(), {n}({d.n()}, {d.n()}))", f"print({k}({d.n()}, 2, {d.w()}))", f"print({j}(1, {d.n()}, 3, {d.n()}))", f"class {c}:", "    @same", f"    def __init__(self, {a}):", f"        self.{a} = {a}", "    @twice", f"    def {m}(self):", f"        return self.{a}",
            "    @staticmethod", f"    def {n}():", f"        return {d.n()}", "    @classmethod", f"    def {k}(cls, p, q, r):", "        return cls([p, q, r])", "    @staticmethod", f"    def {j}(p, q, r, s):", "        return (p, s, q, r)",
            f"p = {c}({d.n()})", f"print(p.{m}(), p.{n}(), {c}.{k}(1, 2, {d.n()}).{a}, p.{j}(1, {d.n()}, 3, 4))"]


SCENES = (wrapped, wrapped, raised, raised, fields, fields, linked, shared, empty, inherited, inherited, several, shown, shown, operators, operators, mixed, declining, container, truth, walking, managed, managed)


def programs(rng, count):
    """(name, text) of each program."""
    order = []
    return trial.programs("classes", count, LIMIT, lambda _: "\n".join(next_scene(rng, SCENES, order)(Draw(rng))) + "\n")
