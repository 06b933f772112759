"""Programs about classes, generators, context managers, star arguments, decorators, matching and modules.

Each is put together from short scenes whose numbers, words and turns are drawn anew."""

from . import trial

LIMIT = 3000
WORDS = ("red", "blue", "cat", "dog", "a", "bc", "x y", "", "kiwi", "Oak")


class Draw:
    """Random pieces of a scene."""

    def __init__(self, rng):
        self.rng = rng

    def n(self, low=-5, high=12):
        return self.rng.randint(low, high)

    def w(self):
        return repr(self.rng.choice(WORDS))

    def pick(self, *choices):
        return self.rng.choice(choices)

    def ints(self, low=0, high=5):
        return "[" + ", ".join(str(self.n()) for _ in range(self.n(low, high))) + "]"

    def some(self, *choices):
        """Each of them, or not."""
        return [c for c in choices if self.rng.random() < 0.6]


def counter(d):
    sign = d.pick("+", "-", "*")
    return [f"class {d.pick('Tally', 'Box', 'Cell')}:",
            *d.some(f"    start = {d.n()}", '    """Holds a value."""'),
            f"    def __init__(self, value{d.pick('', f'={d.n()}')}):",
            "        self.value = value",
            "        self.log = []",
            f"    def change(self, by{d.pick('', '=2')}):",
            *d.some("        self.log.append(by)"),
            f"        self.value {sign}= by",
            f"        return {d.pick('self', 'self.value', 'None')}" if d.n() > 0 else "        return self",
            ], lambda name: [
            f"c = {name}({d.n()})", f"e = {name}({d.n()})", f"r = c.change({d.n()})", "print(c.value, e.value, c.log)",
            f"c.value {d.pick('+=', '=', '-=')} {d.n()}", "print(c.value, c is e, r is c)", f"c.extra = {d.w()}",
            "print(c.extra, hasattr(e, 'extra'), hasattr(c, 'value'))",
            *d.some("try:\n    print(e.extra)\nexcept AttributeError as error:\n    print(error)", "e = c\ne.value = 0\nprint(c.value)",
                    "del c.extra\nprint(hasattr(c, 'extra'))", "print(getattr(c, 'value'), getattr(c, 'nothing', 'none'))",
                    "setattr(c, 'value', 7)\nprint(c.value)")]


def class_scene(d):
    lines, use = counter(d)
    name = lines[0].split()[1].rstrip(":")
    return lines + use(name)


def inheritance(d):
    a, b = d.pick(("Animal", "Dog"), ("Shape", "Square"), ("Base", "Child"))
    own = d.rng.random() < 0.5
    return [f"class {a}:", f"    kind = {d.w()}", "    def __init__(self, name):", "        self.name = name",
            "    def speak(self):", f"        return self.name + {d.w()}", "    def twice(self):", "        return self.speak() * 2",
            f"class {b}({a}):",
            *([f"    kind = {d.w()}"] if d.n() > 3 else []),
            *(["    def __init__(self, name, size):", "        super().__init__(name)", "        self.size = size"] if own else []),
            "    def speak(self):",
            f"        return {d.pick('super().speak() + ' + d.w(), d.w(), 'self.name', 'self.kind + self.name')}",
            f"x = {a}({d.w()})", f"y = {b}({d.w()}{f', {d.n()}' if own else ''})",
            "print(x.speak(), y.speak(), x.twice(), y.twice())", "print(x.kind, y.kind, isinstance(y, " + a + "), isinstance(x, " + b + "))",
            f"for thing in (x, y):", "    print(thing.speak(), type(thing).__name__)",
            *d.some(f"{a}.kind = {d.w()}\nprint(x.kind, y.kind)", "x.kind = 5\nprint(x.kind, y.kind)", f"print({b}.speak(y))",
                    f"print(issubclass({b}, {a}), {b}.__name__)")]


def operators(d):
    sign = d.pick("+", "-", "*")
    method = {"+": "add", "-": "sub", "*": "mul"}[sign]
    return ["class Vec:", "    def __init__(self, x, y):", "        self.x = x", "        self.y = y",
            f"    def __{method}__(self, other):", f"        return Vec(self.x {sign} other.x, self.y {sign} other.y)",
            "    def __eq__(self, other):", "        return self.x == other.x and self.y == other.y",
            f"    def __{d.pick('repr', 'str', 'repr')}__(self):", "        return f'Vec({self.x}, {self.y})'",
            "    def __len__(self):", "        return abs(self.x)", "    def __getitem__(self, i):",
            "        if i > 1:", "            raise IndexError('no axis')", "        return (self.x, self.y)[i]",
            "    def __lt__(self, other):", "        return self.x < other.x", "    def __bool__(self):", f"        return self.x > {d.n(0, 4)}",
            f"a = Vec({d.n()}, {d.n()})", f"b = Vec({d.n()}, {d.n()})", f"c = a {sign} b",
            "print(c.x, c.y, a == b, a == Vec(a.x, a.y), a != b)", "print(len(a), a[0], b[1], a < b, list(a))",
            "print('yes' if a else 'no', not b, bool(c))", f"a {sign}= b", "print(a.x, a.y)",
            *d.some("print([v.x for v in sorted([a, b, c])])", "try:\n    a[2]\nexcept IndexError as e:\n    print(e)",
                    "print(str(a)[:3], max(a, b).x)", "try:\n    print(a / b)\nexcept TypeError as e:\n    print('no', a.x)")]


def special(d):
    return ["class Special:", "    items = []", "    def __init__(self):", f"        self.data = {d.ints(1, 4)}",
            "    @staticmethod", "    def double(v):", "        return v * 2", "    @classmethod", "    def make(cls):", "        made = cls()",
            "        cls.items.append(1)", "        return made", "    @property", "    def size(self):", "        return len(self.data)",
            "    def __contains__(self, v):", "        return v in self.data", "    def __iter__(self):", "        return iter(self.data)",
            "    def __call__(self, v):", "        return self.data + [v]",
            "s = Special.make()", f"print(s.size, Special.double({d.n()}), s.double({d.w()}), Special.items)",
            f"print({d.n()} in s, {d.n()} not in s, [v for v in s], s({d.n()}))", "for v in s:", "    print(v, end=' ')", "print()",
            *d.some("try:\n    s.size = 5\nexcept AttributeError as e:\n    print('cannot')", "a, *b = s\nprint(a, b)", "print(sum(s), sorted(s), list(map(str, s)))")]


def generator(d):
    stop = d.n(1, 5)
    return [f"def gen(n{d.pick('', f'={stop}')}):", "    i = 0", "    while i < n:", *d.some(f"        if i == {d.n(0, 4)}:\n            print('at', i)"),
            f"        yield i {d.pick('+', '*')} {d.n()}", "        i += 1", *d.some("    print('done')", "    return 'end'"),
            f"for v in gen({stop}):", f"    if v == {d.n()}:", f"        {d.pick('break', 'continue')}", "    print(v)",
            f"print(list(gen({d.n(0, 4)})), sum(gen({d.n(0, 4)})))", f"g = gen({d.n(1, 3)})", "print(next(g), next(g, 'none'))",
            *d.some("for v in g:\n    print('rest', v)", "print(list(g), list(g))", "try:\n    next(g)\n    next(g)\n    next(g)\nexcept StopIteration:\n    print('stop')",
                    f"print([v for v in gen({d.n(0, 3)}) if v], tuple(gen(2)))", f"def both():\n    yield from gen({d.n(0, 2)})\n    yield 99\nprint(list(both()))")]


def lazy(d):
    return [f"xs = {d.ints(0, 5)}", f"g = (x * {d.n()} for x in xs if x {d.pick('>', '<', '!=')} {d.n()})", "print(list(g))", "print(list(g))",
            f"print(sum(x for x in xs), max((x for x in xs), default={d.n()}), any(x > 3 for x in xs))",
            f"h = (x for x in range({d.n(1, 5)}))", "print(next(h))", "for x in h:", "    print(x)",
            "print(', '.join(str(x) for x in xs))", f"print(sorted((len(w), w) for w in [{d.w()}, {d.w()}, {d.w()}]))",
            "print(dict((x, -x) for x in xs))", *d.some("print(all(isinstance(x, int) for x in xs))", "m = map(lambda x: x + 1, xs)\nprint(list(m), list(m))")]


def manager(d):
    quiet = d.pick("True", "False", "kind is ValueError", "None")
    body = d.pick("print('inside', m)", "raise ValueError('inside')", "pass", "raise KeyError('k')")
    return ["class Manager:", "    def __init__(self, name):", "        self.name = name", "    def __enter__(self):", "        print('enter', self.name)",
            f"        return {d.pick('self.name', 'self', '5')}", "    def __exit__(self, kind, error, trace):",
            "        print('exit', self.name, error)", f"        return {quiet}",
            "try:", f"    with Manager({d.w()}){d.pick(' as m', ' as m')}:", "        m = 1", f"        {body}", "    print('after')",
            "except Exception as e:", "    print('caught', repr(e))",
            "def early(n):", f"    with Manager('f'){d.pick('', f', Manager({d.w()}) as k')}:", f"        if n > {d.n(0, 3)}:", "            return n", "    return -n",
            "print(early(1), early(3))", f"for i in range(3):", "    with Manager(i):", f"        if i == {d.n(0, 2)}:", f"            {d.pick('break', 'continue')}", "        print(i)"]


def stars(d):
    return [f"def f(a, b={d.n()}, *rest, key={d.w()}, **more):", "    print(a, b, rest, key, more)", "    return len(rest) + len(more)",
            f"f({d.n()})", f"f({d.n()}, {d.n()}, {d.n()}, {d.n()})", f"f({d.n()}, key={d.n()})", f"f(b={d.n()}, a={d.n()}, z={d.n()})",
            f"args = {d.ints(1, 4)}", f"named = {{'key': {d.n()}, 'q': {d.w()}}}", "f(*args)", "f(*args, **named)", f"f({d.n()}, *args, {d.n()}, y=1, **named)",
            "def g(*parts):", "    return parts", f"print(g(), g({d.n()}), g(*{d.w()}, *args))", "def h(**named):", "    return named",
            f"print(h(), h(a={d.n()}), h(**named, b={d.n()}))", f"def k(a, /, b, *, c={d.n()}):", "    return (a, b, c)",
            f"print(k({d.n()}, {d.n()}), k({d.n()}, b={d.n()}, c=1))",
            *d.some("try:\n    f()\nexcept TypeError as e:\n    print(e)", "try:\n    k(1, 2, 3)\nexcept TypeError as e:\n    print(e)",
                    "try:\n    k(a=1, b=2)\nexcept TypeError as e:\n    print(e)", "try:\n    g(x=1)\nexcept TypeError as e:\n    print(e)",
                    "try:\n    f(1, a=2)\nexcept TypeError as e:\n    print(e)"),
            f"first, *middle, last = [{d.n()}, {d.n()}, {d.n()}, {d.n()}]", "print(first, middle, last, [*middle, 0, *args], {**named, 'b': 1})"]


def decorators(d):
    return [f"def loud(f):", "    def wrapper(*args, **named):", "        print('before', args)", "        r = f(*args, **named)",
            f"        {d.pick('return r', 'return (r, r)', 'print(r)')}", "    return wrapper", "def times(n):", "    def deco(f):", "        def inner(v):",
            f"            return f(v) {d.pick('*', '+')} n", "        return inner", "    return deco",
            "@loud", "def add(a, b=1):", "    return a + b", f"@times({d.n(1, 4)})", "def same(v):", "    return v",
            *d.some("@loud\n@times(2)\ndef both(v):\n    return -v\nprint(both(3))"),
            f"print(add({d.n()}), add({d.n()}, b={d.n()}), same({d.n()}))"]


def matching(d):
    subjects = ", ".join(d.rng.sample([str(d.n()), d.w(), "[1, 2]", "(1, 'x')", "[]", "{'k': 1}", "{'k': 2, 'z': 3}", "None", "True", "[1, 2, 3]", "1.5", "'go north'.split()"], 6))
    cases = d.rng.sample(["case 0:\n            return 'zero'", "case int(n) if n > 4:\n            return ('big', n)", "case [x, y]:\n            return x, y",
                          "case [first, *rest]:\n            return first, rest", "case {'k': v}:\n            return v", "case str() as s:\n            return s + '!'",
                          "case None | True:\n            return 'constant'", "case ['go', where]:\n            return where", "case []:\n            return 'empty'",
                          "case 1 | 2 | 3:\n            return 'few'"], 5)
    return ["def look(v):", "    match v:", *["        " + c for c in cases], "        case _:", "            return 'other'",
            f"for v in [{subjects}]:", "    print(look(v))"]


def modules(d):
    return [d.pick("import math", "import math as m\nmath = m"), f"print(math.floor({d.n()} / 4), math.sqrt({d.n(0, 12) ** 2}), math.gcd({d.n(1, 40)}, {d.n(1, 40)}))",
            "from collections import Counter, defaultdict, deque", f"c = Counter({d.w()} + 'aab')", "print(c['a'], c['zz'], sorted(c.items()))",
            "table = defaultdict(list)", f"for k, v in [('a', {d.n()}), ('b', {d.n()}), ('a', {d.n()})]:", "    table[k].append(v)", "print(dict(table))",
            f"q = deque({d.ints(1, 4)})", f"q.append({d.n()})", f"q.appendleft({d.n()})", "print(q.popleft(), q.pop(), list(q))",
            *d.some(f"import functools\nprint(functools.reduce(lambda a, b: a {d.pick('+', '-', '*')} b, [1, 2, 3, {d.n()}]))",
                    f"from itertools import product, chain\nprint(list(product([1, 2], 'ab')), list(chain([1], {d.ints(0, 2)})))", f"print(math.pi > 3, math.ceil({d.n()} / 3))",
                    "import string\nprint(string.ascii_lowercase[:5], string.digits)",
                    f"import re\nprint(re.findall('[a-z]+', {d.w()} + ' ab1cd'), re.sub('a', 'o', 'banana'))")]


def forms(d):
    return [f"x = y = {d.n()}", f"x, (y, z) = {d.n()}, ({d.n()}, {d.n()})", "print(x, y, z)", f"if (k := x + y) > {d.n()}:", "    print('k', k)", "else:", "    print('not', k)",
            f"print(f\"{{x}} {{y!r}} {{z:>4}} {{x + y:03d}}|{{{d.w()!s}}}|{{{{}}}}\")", f"text = 'a' {d.w()}", "print(text)", f"n: int = {d.n()}", "def f(a: int, b: str = 'z') -> str:",
            "    return str(a) + b", f"print(f(n), f(1, {d.w()}))", f"print({{x: y, **{{1: 2}}}}, {{x, y}}, (x,), [])", f"s = {{v % 3 for v in {d.ints(1, 5)}}}", "print(sorted(s), len(s))",
            f"print({{k: v for k, v in zip('abc', {d.ints(2, 4)})}})", f"m = [[{d.n()}, {d.n()}], [{d.n()}, {d.n()}]]", f"m[{d.n(0, 1)}][{d.n(0, 1)}] {d.pick('+=', '=', '*=')} {d.n()}",
            "print(m, [row[0] for row in m], [v for row in m for v in row])", f"print(1 if x > y else 2 if y > z else 3, x if not y else -x, not x == y)",
            f"print(x | 1, x & 6, x ^ 3, ~x, x << 2, x >> 1, 2 ** {d.n(0, 5)}, -x ** 2, 7 // -2, 7 % -{d.n(1, 4)})", "if x > 0: print('positive'); print('one line')", "print(x); print(y)",
            "lines = '''first", "second'''", "print(lines, len(lines))", "total = (x +", "         y)", "print(total)  # a note", "# a note of its own"]


def exceptions(d):
    return [f"class Problem({d.pick('Exception', 'ValueError')}):", *d.pick(["    pass"], ["    def __init__(self, code):", "        super().__init__(f'code {code}')", "        self.code = code"]),
            "def check(v):", f"    if v > {d.n(0, 4)}:", "        raise Problem(v)", f"    if v < {d.n(-3, 0)}:", "        raise TypeError('low')", "    return v",
            f"for v in {d.ints(2, 5)}:", "    try:", "        print(check(v))", "    except Problem as p:", f"        print('problem', p, {d.pick('p.args', 'isinstance(p, ValueError)')})",
            "    except (TypeError, KeyError) as e:", "        print(type(e).__name__, e)", "    else:", "        print('fine')", "    finally:", "        print('done', v)",
            "try:", "    try:", "        check(100)", "    except Problem as p:", f"        raise {d.pick('KeyError(1) from p', 'RuntimeError(2)', '')}".rstrip(), "except Exception as e:",
            "    print(type(e).__name__, type(e.__context__).__name__)"]


SCENES = (class_scene, inheritance, operators, special, generator, lazy, manager, stars, decorators, matching, modules, forms, exceptions)


def next_scene(rng, scenes, order):
    """The scenes in turn, shuffled anew in each round; `order` are those that are left of it."""
    if not order:
        order += rng.sample(scenes, len(scenes))
    return order.pop()


def programs(rng, count):
    """(name, text) of each program."""
    order = []

    def write(_):
        lines = next_scene(rng, SCENES, order)(Draw(rng))
        if len(lines) < 18 and order:
            lines += order.pop()(Draw(rng))
        return "\n".join(lines) + "\n"

    return trial.programs("objects", count, LIMIT, write)
