"""Small random programs that use what is known together, in ways that no lesson shows.

Each begins from numbers of its own (a seed and a number), so that any of them can be had again. Loops and calls are
bounded; most programs run to their end, and some end with an error on purpose. In which order a set has its elements
is promised by nobody: it is never shown."""

import random

INTS = ("a", "b", "n", "x")
TEXTS = ("s", "t", "word")
LISTS = ("xs", "ys", "found")
DICTS = ("d", "seen")
WORDS = ("", "a", "ab", "Ab c", "hello", "x-y-z", "12", " pad ", "level", "one two", "aAbB", "zz9")
KEYS = ("a", "b", "k", "z")
ERRORS = ("ValueError", "KeyError", "IndexError", "ZeroDivisionError", "TypeError")


class Program:
    """One program, line by line."""

    def __init__(self, seed, number):
        self.random = random.Random(f"fuzz {seed} {number}")
        self.lines = []
        self.level = 0
        self.loops = 0
        self.names = {"int": [], "text": [], "list": [], "dict": []}
        self.functions = []
        self.inside = False
        self.fresh = 0

    def put(self, text):
        self.lines.append("    " * self.level + text)

    def one(self, *choices):
        return self.random.choice(choices)

    def chance(self, share):
        return self.random.random() < share

    # ---------------------------------------------------------------- expressions

    def any(self, depth=2):
        kind = self.one("int", "int", "text", "list", "dict", "test", "other")
        return getattr(self, kind)(depth)

    def name(self, kind):
        names = self.names[kind]
        return self.random.choice(names) if names and self.chance(0.7) else None

    def int(self, depth=2):
        if depth <= 0 or self.chance(0.25):
            return self.name("int") or str(self.one(0, 1, 2, 3, 5, 7, 10, -1, -4, self.random.randint(-50, 99)))
        a, b = (lambda: self.int(depth - 1)), (lambda: self.small(depth - 1))
        return self.one(
            lambda: f"{a()} + {a()}", lambda: f"{a()} - {b()}", lambda: f"{b()} * {b()}",
            lambda: f"{b()} // {b()}", lambda: f"{b()} % {b()}", lambda: f"{b()} ** {self.one(0, 1, 2, 3)}",
            lambda: f"-{b()}", lambda: f"abs({a()})", lambda: f"{self.one('min', 'max')}({a()}, {a()})",
            lambda: f"len({self.sized(depth - 1)})", lambda: f"sum({self.ints(depth - 1)})",
            lambda: f"({a()} if {self.test(depth - 1)} else {a()})", lambda: f"{self.ints(depth - 1)}[{self.place()}]",
            lambda: f"int({self.one('3', '-12', '0', '45')!r})", lambda: f"{self.texts(depth - 1)}.{self.one('count', 'find')}({self.text(0)})",
            lambda: f"({b()} {self.one('&', '|', '^', '<<', '>>')} {self.one(0, 1, 2, 3)})",
            lambda: f"{self.mapping()}.get({self.key()}, {a()})", lambda: f"{self.mapping()}[{self.key()}]",
            lambda: self.call("int", depth), lambda: f"ord({self.one('a', 'Z', '0')!r})", lambda: f"({a()} {self.one('and', 'or')} {a()})",
        )()

    def small(self, depth):
        return self.name("int") or (str(self.one(0, 1, 2, 3, 4, 9)) if depth <= 0 or self.chance(0.5) else f"({self.int(depth)})")

    def place(self):
        return self.one("0", "1", "-1", "2", "-2", self.small(0))

    def text(self, depth=2):
        if depth <= 0 or self.chance(0.3):
            return self.name("text") or repr(self.one(*WORDS))
        a = lambda: self.texts(depth - 1)  # noqa: E731
        return self.one(
            lambda: f"{a()} + {a()}", lambda: f"str({self.any(depth - 1)})", lambda: f"{a()}[{self.cut()}]",
            lambda: f"{a()}[{self.place()}]", lambda: f"{a()}.{self.one('upper', 'lower', 'strip', 'title', 'capitalize', 'swapcase')}()",
            lambda: f"{a()}.replace({self.text(0)}, {self.text(0)})", lambda: f"{a()} * {self.one(0, 1, 2, 3)}",
            lambda: f"{self.text(0)}.join({self.words(depth - 1)})", lambda: f"repr({self.any(depth - 1)})",
            lambda: f"({a()} if {self.test(depth - 1)} else {a()})", lambda: self.call("text", depth),
            lambda: f"chr({self.random.randint(48, 122)})", lambda: f"{a()}.{self.one('zfill', 'rjust', 'ljust', 'center')}({self.one(3, 6)})",
        )()

    def texts(self, depth):
        return self.name("text") or (repr(self.one(*WORDS)) if depth <= 0 else f"({self.text(depth)})")

    def cut(self):
        end = lambda: self.one("", "0", "1", "2", "-1", "-2", "5")  # noqa: E731
        return f"{end()}:{end()}" + self.one("", "", "", ":2", ":-1", ":1")

    def words(self, depth):
        return self.one(f"{self.texts(depth)}.split({self.one('', repr(' '), repr('-'))})", f"[{self.text(0)}, {self.text(0)}]",
                        f"[str(i) for i in {self.range()}]", f"sorted({self.texts(depth)})")

    def range(self):
        return self.one(f"range({self.one(0, 1, 3, 5, 'len(' + self.sized(0) + ')')})", f"range({self.one(0, 1, 2)}, {self.one(2, 4, 6)})",
                        f"range({self.one(5, 8)}, {self.one(0, -2)}, {self.one(-1, -2, -3)})")

    def ints(self, depth):
        plain = "[" + ", ".join(self.int(0) for _ in range(self.random.randint(1, 4))) + "]"
        if depth <= 0:
            return self.name("list") or plain
        return self.one(lambda: self.name("list") or plain, lambda: f"list({self.range()})", lambda: f"sorted({self.ints(depth - 1)})",
                        lambda: f"[{self.int(1)} for i in {self.range()}]", lambda: plain)()

    def list(self, depth=2):
        if depth <= 0 or self.chance(0.2):
            return self.ints(0)
        a = lambda: self.ints(depth - 1)  # noqa: E731
        return self.one(
            lambda: f"{a()} + {a()}", lambda: f"{a()}[{self.cut()}]", lambda: f"{a()} * {self.one(0, 1, 2)}",
            lambda: f"sorted({a()}{self.one('', ', reverse=True')})", lambda: f"list(reversed({a()}))",
            lambda: f"[v * {self.one(2, 3)} for v in {a()}]", lambda: f"[v for v in {a()} if v {self.one('<', '>', '==', '!=')} {self.int(0)}]",
            lambda: f"[[i, j] for i in range(2) for j in {self.range()}]", lambda: f"list({self.mapping()}{self.one('', '.keys()', '.values()', '.items()')})",
            lambda: f"{self.one('list(enumerate', 'sorted(set', 'list(tuple')}({a()}))", lambda: f"list(zip({a()}, {a()}))", lambda: f"list({self.texts(depth - 1)})",
            lambda: f"list(map(lambda v: v + {self.int(0)}, {a()}))", lambda: f"[{self.any(depth - 1)}, {self.any(depth - 1)}]", lambda: self.words(depth - 1),
        )()

    def mapping(self):
        return self.name("dict") or "{" + ", ".join(f"{self.key()}: {self.int(0)}" for _ in range(self.random.randint(1, 3))) + "}"

    def key(self):
        return repr(self.one(*KEYS))

    def dict(self, depth=2):
        return self.one(self.mapping(), self.mapping(), f"{{v: {self.int(0)} for v in {self.ints(0)}}}", f"dict({self.mapping()})",
                        f"{{c: {self.texts(0)}.count(c) for c in {self.texts(0)}}}")

    def other(self, depth=2):
        return self.one("None", "1.5", "-0.25", f"{self.int(0)} / {self.one(2, 4, 0)}", f"({self.int(0)}, {self.text(0)})", f"len({{{self.int(0)}, {self.int(0)}}})",
                        f"float({self.int(0)})", f"round({self.one(2.5, 3.14159, -1.25)}, {self.one(0, 1)})", f"divmod({self.int(0)}, {self.one(2, 3, -3)})",
                        f"bool({self.any(0)})", f"type({self.any(0)}) == {self.one('int', 'str', 'list')}")

    def sized(self, depth):
        return self.one(self.texts, self.ints)(depth) if self.chance(0.7) else self.mapping()

    def test(self, depth=2):
        if depth <= 0:
            return self.one("True", "False", f"{self.int(0)} < {self.int(0)}", f"{self.int(0)} == {self.int(0)}")
        d = depth - 1
        return self.one(
            lambda: f"{self.small(d)} {self.one('<', '>', '<=', '>=', '==', '!=')} {self.small(d)}", lambda: f"{self.texts(d)} {self.one('<', '==', '!=')} {self.texts(d)}",
            lambda: f"{self.small(d)} {self.one('in', 'not in')} {self.ints(d)}", lambda: f"{self.texts(0)} in {self.texts(0)}",
            lambda: f"not {self.small(0)}", lambda: f"({self.test(d)} {self.one('and', 'or')} {self.test(d)})", lambda: f"{self.int(0)} < {self.int(0)} <= {self.int(0)}",
            lambda: f"{self.texts(d)}.{self.one('isdigit', 'isalpha', 'isupper', 'islower')}()", lambda: f"{self.texts(d)}.{self.one('startswith', 'endswith')}({self.text(0)})",
            lambda: f"{self.key()} in {self.mapping()}", lambda: f"{self.one('any', 'all')}([v > {self.int(0)} for v in {self.ints(0)}])", lambda: f"{self.ints(0)} == {self.ints(0)}",
        )()

    def call(self, kind, depth):
        fitting = [f for f in self.functions if f[2] == kind]
        if not fitting:
            return getattr(self, kind)(0)
        name, kinds, _ = self.random.choice(fitting)
        return f"{name}({', '.join(getattr(self, k)(0) for k in kinds)})"

    # ---------------------------------------------------------------- statements

    def bind(self, kind):
        name = self.one(*{"int": INTS, "text": TEXTS, "list": LISTS, "dict": DICTS}[kind])
        value = self.ints(1) if kind == "list" else getattr(self, kind)()
        self.put(f"{name} = {value}")
        if name not in self.names[kind]:
            self.names[kind].append(name)

    def statement(self, depth):
        kinds = [self.bound, self.bound, self.show, self.show, self.change, self.change]
        if depth > 0:
            kinds += [self.branch, self.branch, self.walk, self.walk, self.turn, self.guard]
        if self.loops and self.chance(0.3):
            kinds += [self.leave]
        if depth > 1 and not self.inside and len(self.functions) < 3:
            kinds += [self.function]
        self.random.choice(kinds)(depth)

    def block(self, depth, least=1):
        """What a block binds may be missing after it."""
        names = {kind: list(known) for kind, known in self.names.items()}
        self.level += 1
        for _ in range(self.random.randint(least, 3)):
            self.statement(depth - 1)
        self.level -= 1
        self.names = names

    def bound(self, _):
        self.bind(self.one("int", "int", "text", "list", "dict"))

    def show(self, _):
        self.put(f"print({', '.join(self.any() for _ in range(self.one(1, 1, 2, 3)))})")

    def change(self, depth):
        kind = self.one("int", "text", "list", "list", "dict")
        if not self.names[kind]:
            return self.bind(kind)
        name = self.random.choice(self.names[kind])
        if kind == "int":
            self.put(f"{name} {self.one('+', '-', '*', '//', '%')}= {self.small(1)}" if self.loops == 0 else f"{name} = ({self.int()}) % 100")
        elif kind == "text":
            self.put(f"{name} += {self.text(0)}" if self.loops == 0 else f"{name} = ({self.text()})[:20]")
        elif kind == "dict":
            self.put(self.one(f"{name}[{self.key()}] = {self.int(1)}", f"{name}[{self.key()}] += 1", f"del {name}[{self.key()}]",
                              f"{name}.{self.one('pop', 'setdefault')}({self.key()}, {self.int(0)})", f"{name}.update({self.mapping()})"))
        else:
            self.put(self.one(f"{name}.append({self.int(1)})", f"{name}[{self.place()}] = {self.int(1)}", f"{name}[{self.place()}] += {self.int(0)}",
                              f"{name}.insert({self.place()}, {self.int(0)})", f"{name}.pop({self.one('', '0', '-1')})", f"{name}.{self.one('sort', 'reverse', 'clear')}()",
                              f"{name}.extend({self.ints(0)})", f"del {name}[{self.place()}]", f"{name}.remove({self.int(0)})",
                              f"{name}[0], {name}[-1] = {name}[-1], {name}[0]"))

    def branch(self, depth):
        self.put(f"if {self.test()}:")
        self.block(depth)
        if self.chance(0.3):
            self.put(f"elif {self.test(1)}:")
            self.block(depth)
        if self.chance(0.5):
            self.put("else:")
            self.block(depth)

    def walk(self, depth):
        if self.loops > 1:
            return self.show(depth)
        self.fresh += 1
        name, other = f"i{self.fresh}", f"j{self.fresh}"
        over, kind = self.one((self.range(), "int"), (self.ints(0), "int"), (self.texts(0), "text"), (self.mapping(), "text"), (f"{self.mapping()}.items()", "pair"),
                              (f"enumerate({self.texts(0)})", "numbered"))
        self.put(f"for {name if kind in ('int', 'text') else name + ', ' + other} in {over}:")
        known = {k: list(v) for k, v in self.names.items()}
        first, second = {"int": ("int", None), "text": ("text", None), "pair": ("text", "int"), "numbered": ("int", "text")}[kind]
        self.names[first].append(name)
        if second:
            self.names[second].append(other)
        self.loops += 1
        self.block(depth)
        self.loops -= 1
        self.names = known
        if self.chance(0.2):
            self.put("else:")
            self.block(depth)

    def turn(self, depth):
        if self.loops > 1:
            return self.show(depth)
        self.fresh += 1
        name = f"left{self.fresh}"
        self.put(f"{name} = {self.one(1, 2, 3, 4)}")
        self.put(f"while {name} > 0:")
        self.level += 1
        self.put(f"{name} -= 1")
        self.level -= 1
        self.loops += 1
        self.block(depth)
        self.loops -= 1

    def leave(self, _):
        self.put(f"if {self.test(1)}:")
        self.put("    " + self.one("break", "continue"))

    def guard(self, depth):
        self.put("try:")
        self.block(depth)
        self.put(f"except {self.one(*ERRORS)}{self.one('', ' as error')}:" if self.chance(0.7) else "except (ZeroDivisionError, IndexError, KeyError):")
        self.block(depth)
        if self.chance(0.2):
            self.put("finally:")
            self.block(depth)

    def function(self, depth):
        name, kinds, gives = f"f{len(self.functions)}", [self.one("int", "text", "list") for _ in range(self.one(1, 1, 2))], self.one("int", "text")
        params = [f"{'nsxv'[i]}{len(self.functions)}" for i in range(len(kinds))]
        self.put(f"def {name}({', '.join(params)}):")
        kept, loops = self.names, self.loops
        self.names = {kind: [] for kind in kept}
        for param, kind in zip(params, kinds):
            self.names[kind].append(param)
        self.inside, self.loops = True, 0
        self.level += 1
        for _ in range(self.random.randint(0, 3)):
            self.statement(depth - 1)
            if self.chance(0.2):
                self.put(f"if {self.test(1)}:")
                self.put(f"    return {getattr(self, gives)(1)}")
        self.put(f"return {getattr(self, gives)()}")
        self.level -= 1
        self.inside, self.loops, self.names = False, loops, kept
        self.functions.append((name, kinds, gives))


def write(seed, number):
    """The program of this number."""
    program = Program(seed, number)
    for _ in range(program.one(1, 1, 1, 2, 2, 3, 5)):
        program.statement(program.one(0, 0, 1, 1, 2, 3))
    if program.names["list"] or program.names["int"]:
        program.put(f"print({', '.join(sorted(set(program.names['list'] + program.names['int'])))})")
    return "\n".join(program.lines) + "\n"
