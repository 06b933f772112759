"""Random programs that show every way in which control can go.

What is rare in written code is frequent here: jumps out of loops, the else of a loop, errors on their way through
several statements, names of outer functions. Loops are bounded and names are bound before they are read, so that
most programs run to their end; a few are meant not to."""

from . import trial

LIMIT = 4000       # activations of a program
TYPES = ("int", "text", "list", "dict", "tuple")
LETTERS = {"int": ("n", "m", "k", "a", "b", "total", "count", "x", "y"), "text": ("s", "t", "word", "name", "out"),
           "list": ("xs", "ys", "items", "acc", "stack"), "dict": ("d", "table", "seen"), "tuple": ("pair", "p", "q")}
WORDS = ("a", "ab", "abc", "hello", "cat", "dog", "xyz", "", "b", "Zed", "one two", "qq", "banana")
KEYS = ("a", "b", "c", "k", "x")
ERRORS = ("ValueError", "KeyError", "TypeError", "IndexError", "ZeroDivisionError")


class Names:
    """Names that are bound, by type; a function's own begin empty."""

    def __init__(self, outer=None):
        self.by_type = {t: [] for t in TYPES}
        self.functions = list(outer.functions) if outer else []
        self.outer = outer

    def of(self, kind):
        return self.by_type[kind]

    def copy(self):
        new = Names()
        new.by_type = {t: list(v) for t, v in self.by_type.items()}
        new.functions = list(self.functions)
        new.outer = self.outer
        return new


class Writer:
    """Writes one program."""

    def __init__(self, rng):
        self.rng = rng
        self.lines = []
        self.level = 0
        self.names = Names()
        self.loops = 0           # how many loops are around in this function
        self.trips = 1           # how often the place may be run
        self.function = None     # what the function that is being written returns
        self.made = 0

    def put(self, text):
        self.lines.append("    " * self.level + text)

    def chance(self, p):
        return self.rng.random() < p

    def pick(self, *choices):
        return self.rng.choice(choices)

    # ------------------------------------------------------------------ expressions

    def int(self, depth=2):
        r = self.rng
        if depth <= 0 or self.chance(0.3):
            if self.names.of("int") and self.chance(0.65):
                return r.choice(self.names.of("int"))
            return str(r.randint(-9, 20)) if self.chance(0.85) else str(r.randint(-300, 300))
        case = r.randrange(16)
        a = self.int(depth - 1)
        if case < 3:
            return f"{a} + {self.int(depth - 1)}"
        if case < 5:
            return f"{a} - {self.atom(depth - 1)}"
        if case == 5:
            return f"{self.atom(depth - 1)} * {r.randint(-3, 5)}"
        if case == 6:
            return f"{self.atom(depth - 1)} {self.pick('//', '%')} {r.choice((2, 3, 5, 7, -3, 10))}"
        if case == 7:
            return f"len({self.any_of(self.pick('text', 'list', 'dict', 'tuple'), depth - 1)})"
        if case == 8:
            return f"({a} if {self.test(depth - 1)} else {self.int(depth - 1)})"
        if case == 9:
            return f"sum({self.list(depth - 1)})"
        if case == 10:
            return f"{self.pick('min', 'max')}({a}, {self.int(depth - 1)})"
        if case == 11:
            return f"abs({a})"
        if case == 12 and self.names.of("dict"):
            return f"{r.choice(self.names.of('dict'))}.get({r.choice(KEYS)!r}, {a})"
        if case == 13:
            return f"({a} {self.pick('or', 'and')} {self.int(depth - 1)})"
        if case == 14 and self.callable("int"):
            return self.call("int", depth)
        if case == 15:
            return f"-{self.atom(depth - 1)}"
        return f"({a} + {self.int(depth - 1)})"

    def atom(self, depth):
        if self.names.of("int") and self.chance(0.6):
            return self.rng.choice(self.names.of("int"))
        if self.chance(0.5):
            return str(self.rng.randint(0, 12))
        return f"({self.int(depth)})"

    def text(self, depth=2):
        r = self.rng
        if depth <= 0 or self.chance(0.35):
            if self.names.of("text") and self.chance(0.6):
                return r.choice(self.names.of("text"))
            return repr(r.choice(WORDS))
        case = r.randrange(10)
        a = self.text(depth - 1)
        if case < 3:
            return f"{a} + {self.text(depth - 1)}"
        if case == 3:
            return f"str({self.int(depth - 1)})"
        if case == 4:
            return f"({a})[{self.bound()}:{self.bound()}]"
        if case == 5:
            return f"({a}).{self.pick('upper', 'strip', 'title', 'lower')}()"
        if case == 6:
            return f"({a} if {self.test(depth - 1)} else {self.text(depth - 1)})"
        if case == 7:
            return f"{r.choice(WORDS)!r} * {r.randint(0, 3)}"
        if case == 8 and self.callable("text"):
            return self.call("text", depth)
        return f"({a} {self.pick('or', 'and')} {self.text(depth - 1)})"

    def list(self, depth=2):
        r = self.rng
        if depth <= 0 or self.chance(0.3):
            if self.names.of("list") and self.chance(0.6):
                return r.choice(self.names.of("list"))
            return "[" + ", ".join(self.int(0) for _ in range(r.randint(0, 4))) + "]"
        case = r.randrange(10)
        a = self.list(depth - 1)
        if case == 0:
            return f"{a} + {self.list(depth - 1)}"
        if case == 1:
            return f"({a})[{self.slice()}]"
        if case == 2:
            return f"list(range({r.randint(0, 6)}))"
        if case == 3:
            return f"sorted({a})"
        if case in (4, 5, 6):
            return self.comprehension(depth)
        if case == 7:
            return f"({a} if {self.test(depth - 1)} else {self.list(depth - 1)})"
        if case == 8 and self.callable("list"):
            return self.call("list", depth)
        return f"[{self.int(depth - 1)}, {self.int(depth - 1)}]"

    def comprehension(self, depth):
        r = self.rng
        v = self.pick("v", "w", "e", "i")
        condition = f" if {v} {self.pick('>', '<', '!=', '>=')} {r.randint(-3, 9)}" if self.chance(0.5) else ""
        element = self.pick(v, f"{v} * {r.randint(2, 4)}", f"{v} + {self.int(0)}", f"-{v}", f"{v} % {r.randint(2, 4)}",
                            f"({v} if {v} > {r.randint(0, 6)} else {self.int(0)})")
        case = r.randrange(6)
        if case == 0:
            u = v + v
            second = f" if {v} {self.pick('<', '!=', '<=')} {u}" if self.chance(0.5) else ""
            return f"[{v} {self.pick('+', '*', '-')} {u} for {v} in range({r.randint(1, 3)}) for {u} in {self.pick(f'range({v})', 'range(3)', '[1, 5]')}{second}]"
        if case == 1:
            return f"[ord(c) % 10 for c in {self.text(0)}]"
        if case == 2:
            return f"[{v} for {v} in {self.list(depth - 1)} if {v} % 2 == {r.randint(0, 1)} if {v} > {r.randint(-5, 3)}]"
        if case == 3:
            return f"sorted({{{v} % {r.randint(2, 5)} for {v} in {self.list(depth - 1)}}})"
        return f"[{element} for {v} in {self.list(depth - 1)}{condition}]"

    def dict(self, depth=2):
        r = self.rng
        if depth <= 0 or self.chance(0.5):
            if self.names.of("dict") and self.chance(0.6):
                return r.choice(self.names.of("dict"))
            keys = r.sample(KEYS, r.randint(0, 3))
            return "{" + ", ".join(f"{k!r}: {self.int(0)}" for k in keys) + "}"
        condition = f" if i {self.pick('>', '!=')} {r.randint(0, 2)}" if self.chance(0.5) else ""
        return self.pick(f"{{c: len(c) for c in {sorted(r.sample(WORDS, 3))!r}}}",
                         f"{{'{'k'}' + str(i): i * {r.randint(1, 5)} for i in range({r.randint(1, 4)}){condition}}}",
                         f"dict(a={self.int(0)}, b={self.int(0)})")

    def tuple(self, depth=2):
        if depth <= 0 and self.names.of("tuple") and self.chance(0.6):
            return self.rng.choice(self.names.of("tuple"))
        return f"({self.int(depth - 1)}, {self.int(depth - 1)})"

    def any_of(self, kind, depth=2):
        return getattr(self, kind)(depth)

    def anything(self, depth=1):
        """A value of any type, empty ones often among them."""
        return self.pick(*(["0", "''", "[]", "{}", "()", "None", "False", "True", "0.0", "1.5", "' '", "[0]", "-1", "{0}",
                            "set()", "(0,)"] + [self.any_of(self.pick(*TYPES), depth) for _ in range(6)]))

    def test(self, depth=2):
        r = self.rng
        if depth <= 0:
            return f"{self.int(0)} {self.pick('<', '>', '==', '!=', '<=', '>=')} {self.int(0)}"
        case = r.randrange(13)
        if case < 4:
            return f"{self.int(depth - 1)} {self.pick('<', '>', '==', '!=', '<=', '>=')} {self.int(depth - 1)}"
        if case == 4:
            middle = f"{self.int(0)} {self.pick('<', '<=', '>', '!=', '==')} {self.int(0)} {self.pick('<', '<=', '>', '!=', '==')} {self.int(0)}"
            return middle + (f" {self.pick('<', '>=')} {self.int(0)}" if self.chance(0.25) else "")
        if case == 5:
            return f"not {self.pick(self.anything(), '(' + self.test(depth - 1) + ')')}"
        if case == 6:
            return f"({self.test(depth - 1)} and {self.test(depth - 1)})"
        if case == 7:
            return f"({self.test(depth - 1)} or {self.test(depth - 1)})"
        if case == 8:
            return f"{self.int(0)} {self.pick('in', 'not in')} {self.list(depth - 1)}"
        if case == 9:
            return f"{r.choice(KEYS)!r} {self.pick('in', 'not in')} {self.pick(self.dict(0), self.text(0))}"
        if case == 10:
            return self.pick("True", "False", f"{self.text(0)} {self.pick('==', '!=', '<')} {self.text(0)}")
        return self.anything()

    def bound(self):
        return self.pick("", "1", "2", "-1", "-2", "3", "0", self.rng.choice(self.names.of("int") or ["1"]))

    def slice(self):
        step = self.pick("", "", ":2", ":-1", ":3", ":")
        return f"{self.bound()}:{self.bound()}{step}"

    def callable(self, kind):
        return [f for f in self.names.functions if f[1] == kind] if self.trips < 40 else []

    def call(self, kind, depth):
        name, _, params, optional = self.rng.choice(self.callable(kind))
        args = [self.any_of(p, 0) for p in params]
        for p, parameter in optional:
            if self.chance(0.5):
                args.append(self.any_of(p, 0))
            elif self.chance(0.3):
                args.append(f"{parameter}={self.any_of(p, 0)}")
                break
            else:
                break
        return f"{name}({', '.join(args)})"

    # ------------------------------------------------------------------ statements

    def block(self, size, trips=1, loop=0):
        """An indented body; names bound in it may be unbound after it."""
        saved, self.names = self.names, self.names.copy()
        loops, self.loops = self.loops, (self.loops + loop if loop >= 0 else 0)
        before, self.trips = self.trips, self.trips * trips
        self.level += 1
        start = len(self.lines)
        for _ in range(size):
            self.statement()
        if len(self.lines) == start:
            self.put("pass")
        self.level -= 1
        self.names, self.loops, self.trips = saved, loops, before

    def body(self, trips=1, loop=0, lead=None):
        """A body that may end in a jump."""
        size = self.rng.choice((1, 1, 2, 3)) if self.level < 3 else 1
        self.level += 1
        for line in lead or ():
            self.put(line)
        self.level -= 1
        self.block(size, trips, loop)

    def statement(self):
        r = self.rng
        if len(self.lines) > 70 or self.level > 4:
            return self.simple()
        case = r.random()
        if self.loops and case < 0.16:
            return self.jump()
        if self.function and case < 0.24:
            return self.early_return()
        if case < 0.55:
            return self.simple()
        r.choice((self.if_, self.if_, self.for_, self.for_, self.while_, self.try_, self.try_, self.search,
                  self.def_, self.closure, self.raise_, self.seek, self.while_))()

    def jump(self):
        word = self.pick("break", "continue")
        self.put(f"if {self.test()}:")
        self.level += 1
        if self.chance(0.3):
            self.put(f"print({word!r})")
        self.put(word)
        self.level -= 1
        if self.chance(0.3):
            self.put("else:")
            self.body()

    def early_return(self):
        self.put(f"if {self.test()}:")
        self.level += 1
        self.put(self.return_())
        self.level -= 1

    def return_(self):
        return f"return {self.any_of(self.function)}" if self.function != "none" else self.pick("return", "return None", "return")

    def new(self, kind):
        """A name to bind."""
        known = self.names.of(kind)
        if known and self.chance(0.45):
            return self.rng.choice(known)
        name = self.rng.choice(LETTERS[kind])
        for other in TYPES:
            if name in self.names.of(other):
                self.names.by_type[other] = [n for n in self.names.of(other) if n != name]
        if name not in known:
            known.append(name)
        return name

    def simple(self):
        r = self.rng
        case = r.randrange(20)
        if case < 5:
            kind = r.choice(TYPES)
            value = self.any_of(kind)
            if kind == "text":
                value = f"({value})[:12]" if self.loops else value
            if kind == "list" and self.loops:
                value = f"({value})[:5]"
            if kind == "int" and self.loops and "*" in value:
                value = f"({value}) % 50"
            self.put(f"{self.new(kind)} = {value}")
        elif case < 8:
            if self.names.of("int"):
                n = r.choice(self.names.of("int"))
                sign = self.pick("+", "-", "+", "-", "*", "//", "%")
                if sign == "*":
                    self.put(f"{n} = {n} % 50" if self.loops else f"{n} *= {r.randint(-2, 3)}")
                elif sign in ("//", "%"):
                    self.put(f"{n} {sign}= {r.choice((2, 3, 7, -4))}")
                else:
                    self.put(f"{n} {sign}= {self.int(1)}")
            else:
                value = self.int()
                self.put(f"{self.new('int')} = {value}")
        elif case < 11:
            self.print()
        elif case == 11:
            if len(self.names.of("int")) >= 2:
                a, b = r.sample(self.names.of("int"), 2)
                self.put(self.pick(f"{a}, {b} = {b}, {a}", f"{a}, {b} = {b}, {a} + {b}" if not self.loops else f"{a}, {b} = {b}, {a}"))
            else:
                value = self.tuple()
                self.put(f"{self.new('int')}, {self.pick('u', 'z')} = {value}")
        elif case == 12:
            self.unpack()
        elif case in (13, 14):
            self.on_list()
        elif case in (15, 16):
            self.on_dict()
        elif case == 17:
            self.put(self.pick("pass", self.int(), f"print({self.anything()})", f"assert {self.pick('True', '1', '[0]')}, 'never'"))
        elif case == 18:
            self.lambda_()
        else:
            name = self.pick("tmp", "flag")
            self.put(f"{name} = {self.pick(self.test(), self.anything() + ' or ' + self.anything(), self.anything() + ' and ' + self.anything(), 'not ' + self.anything())}")
            if self.chance(0.7):
                self.put(f"print({name})")
            if self.chance(0.3):
                self.put(f"del {name}")

    def print(self):
        parts = [self.any_of(self.pick(*TYPES), self.pick(0, 0, 1, 2)) for _ in range(self.rng.randint(1, 3))]
        if self.chance(0.3):
            parts.insert(0, repr(self.pick("got", "now", "->", "x =", "end")))
        self.put(f"print({', '.join(parts)})")

    def unpack(self):
        r = self.rng
        case = r.randrange(4)
        if case == 0:
            value = f"[{self.int(0)}, {self.int(0)}, {self.int(0)}]"
            self.put(f"{self.new('int')}, *{self.new('list')} = {value}")
        elif case == 1:
            value = f"{self.int(0)}, {self.int(0)}, {self.int(0)}"
            a = self.new("int")
            self.put(f"*{self.new('list')}, {a} = {value}")
        elif case == 2:
            value = f"({self.tuple(0)}, {self.int(0)})"
            self.put(f"({self.new('int')}, g), h = {value}")
        else:
            value = self.int(1)
            self.put(f"{self.new('int')} = {self.pick('z', 'u')} = {value}")

    def on_list(self):
        r = self.rng
        if not self.names.of("list"):
            value = self.list()
            self.put(f"{self.new('list')} = {value}")
            return
        xs = r.choice(self.names.of("list"))
        i = self.pick("0", "-1", "0", "1")
        guard = [f"if len({xs}) > 1:"]
        body = self.pick(f"{xs}[{i}] = {self.int()}", f"{xs}[{i}] += {self.int(1)}", f"del {xs}[{i}]", f"{xs}[0], {xs}[-1] = {xs}[-1], {xs}[0]",
                         f"{xs}[{i}] -= 1", f"print({xs}[{i}])", f"{xs}[1:] = [{self.int(0)}]", f"{xs}.pop()", f"del {xs}[1:]",
                         f"{xs}[:1] = [{self.int(0)}, {self.int(0)}]" if not self.loops else f"{xs}[:1] = []")
        if self.chance(0.4):
            self.put(self.pick(f"{xs}.append({self.int(1)})", f"{xs}.append({self.int(1)})", f"{xs}.insert(0, {self.int(0)})",
                               f"{xs} += [{self.int(0)}]", f"{xs}.reverse()", f"{xs}.sort()"))
        elif self.chance(0.5):
            self.put(guard[0])
            self.level += 1
            self.put(body)
            self.level -= 1
        else:
            self.put("try:")
            self.level += 1
            self.put(body)
            self.level -= 1
            self.put(f"except {self.pick('IndexError', 'Exception', '(IndexError, KeyError)')}:")
            self.level += 1
            self.put(self.pick("print('no such place')", "pass", f"{xs}.append(0)"))
            self.level -= 1

    def on_dict(self):
        r = self.rng
        if not self.names.of("dict"):
            value = self.dict()
            self.put(f"{self.new('dict')} = {value}")
            return
        d = r.choice(self.names.of("dict"))
        k = r.choice(KEYS)
        case = r.randrange(6)
        if case < 2:
            self.put(f"{d}[{k!r}] = {self.int()}")
        elif case == 2:
            self.put(f"{d}[{k!r}] = {d}.get({k!r}, 0) + {self.pick('1', self.int(0))}")
        elif case == 3:
            self.put(f"if {k!r} in {d}:")
            self.level += 1
            self.put(self.pick(f"del {d}[{k!r}]", f"{d}[{k!r}] += 1", f"print({d}[{k!r}])"))
            self.level -= 1
        elif case == 4:
            self.put("try:")
            self.level += 1
            self.put(self.pick(f"print({d}[{k!r}])", f"{d}[{k!r}] += 2", f"del {d}[{k!r}]"))
            self.level -= 1
            self.put(f"except KeyError{self.pick('', ' as e')}:")
            self.level += 1
            self.put("print('no key', e)" if self.lines[-1].endswith("as e:") else f"{d}[{k!r}] = 1")
            self.level -= 1
        else:
            self.put(f"{d}.{self.pick('update', 'update')}({self.dict(1)})" if self.chance(0.5) else f"print({d}.pop({k!r}, None))")

    def lambda_(self):
        r = self.rng
        case = r.randrange(4)
        f = self.pick("f", "g", "op")
        if case == 0:
            self.put(f"{f} = lambda v: v {self.pick('+', '*', '-')} {self.int(0)}")
            self.put(f"print({f}({self.int(0)}), {f}({self.int(0)}))")
        elif case == 1:
            self.put(f"{f} = lambda v, w={self.int(0)}: {self.pick('v + w', '(v, w)', 'v if v > w else w', '[v, w]')}")
            self.put(f"print({f}({self.int(0)}), {f}({self.int(0)}, {self.int(0)}), {f}(w={self.int(0)}, v=1))")
        elif case == 2:
            self.put(f"print(sorted({self.list(1)}, key=lambda v: {self.pick('-v', 'v % 3', 'abs(v)', '(v % 2, v)')}))")
        else:
            self.put(f"print({self.pick('list(map', 'sum(map', 'list(filter')}(lambda v: {self.pick('v + 1', 'v % 2', 'v * v', 'v > 2')}, {self.list(1)})))")

    def if_(self):
        self.put(f"if {self.test()}:")
        self.body()
        while self.chance(0.4):
            self.put(f"elif {self.test()}:")
            self.body()
        if self.chance(0.6):
            self.put("else:")
            self.body()

    def for_(self):
        r = self.rng
        lead = []
        saved, self.names = self.names, self.names.copy()
        case = r.randrange(10)
        trips = 3
        if case < 2:
            bounds = self.pick("3", "4", "1, 4", "0", "5, 0, -2", f"len({self.text(0)})", "2")
            head = f"for {self.new('int')} in range({bounds}):"
        elif case == 2:
            values = self.list(1)
            head = f"for {self.new('int')} in {values}:" if self.chance(0.6) else f"for {self.new('int')} in ({values})[:4]:"
        elif case == 3:
            values = repr(r.choice(WORDS)) if self.chance(0.6) else self.text(0)
            head = f"for {self.new('text')} in {values}:"
        elif case == 4:
            values = self.dict(1)
            values = self.pick(f"list({values})", f"sorted({values})", values if self.chance(0.3) else f"list({values})")
            head = f"for {self.new('text')} in {values}:"
        elif case == 5:
            values = self.list(1)
            head = f"for {self.new('int')}, {self.pick('v', 'item', 'e')} in enumerate(({values})[:4]{self.pick('', ', 1')}):"
        elif case == 6:
            values = f"zip({self.list(0)}, {self.text(0)})"
            a = self.new("int")
            head = f"for {a}, {self.new('text')} in {values}:"
        elif case == 7:
            values = self.dict(1)
            a = self.new("text")
            head = f"for {a}, {self.new('int')} in {self.pick(f'list({values}.items())', f'sorted({values}.items())')}:"
        elif case == 8:
            pairs = ", ".join(f"({self.int(0)}, {self.int(0)})" for _ in range(r.randint(0, 3)))
            head = f"for ({self.new('int')}, {self.pick('u', 'z')}) in [{pairs}]:"
        else:
            head = f"for i, (v, w) in enumerate([({self.int(0)}, 1), (2, {self.int(0)})]):"
            self.names.of("int").extend(n for n in ("i", "v", "w") if n not in self.names.of("int"))
        self.put(head)
        self.body(trips, 1, lead)
        inner, self.names = self.names, saved
        if self.chance(0.35):
            self.put("else:")
            self.body()

    def while_(self):
        r = self.rng
        self.made += 1
        counter = self.pick("i", "j", "left") + (str(self.made) if self.chance(0.4) or self.loops else str(self.made))
        start = r.randint(0, 5)
        self.put(f"{counter} = {start}")
        extra = f" {self.pick('and', 'and', 'or') } {self.test(1)}" if self.chance(0.2) else ""
        if extra.startswith(" or"):
            extra = ""
        head = self.pick(f"while {counter} > 0{extra}:", f"while {counter}{extra}:", f"while {counter} >= 1{extra}:")
        step = f"{counter} -= 1"
        if self.chance(0.2):
            head = "while True:"
            self.put(head)
            self.level += 1
            self.put(f"if {counter} <= 0:")
            self.level += 1
            self.put("break")
            self.level -= 2
        else:
            self.put(head)
        self.names.of("int").append(counter)
        hidden = self.names.of("int").pop()
        self.body(4, 1, [step])
        if self.chance(0.35) and head != "while True:":
            self.put("else:")
            self.body()
        del hidden

    def search(self):
        """A loop that leaves early, with an else."""
        r = self.rng
        v = self.pick("v", "c", "w")
        wanted = r.randint(0, 6)
        self.put(f"for {v} in {self.pick(self.list(1), 'range(5)', '[3, 1, 4, 1, 5]')}:")
        self.level += 1
        self.put(f"if {v} {self.pick('==', '>', '>=')} {wanted}:")
        self.level += 1
        self.put(f"print('found', {v})")
        self.put(self.pick("break", "break", "continue"))
        self.level -= 1
        if self.chance(0.5):
            self.print()
        self.level -= 1
        self.put("else:")
        self.level += 1
        self.put("print('not found')")
        self.level -= 1

    def fault(self):
        """A statement that may raise an error."""
        r = self.rng
        return self.pick(f"raise {self.pick(*ERRORS)}({self.pick(repr(r.choice(WORDS)), '', self.int(0))})", f"print(10 // {self.int(0)})",
                         f"print([1, 2][{self.int(0)}])", f"print({{'a': 1}}[{r.choice(KEYS)!r}])", f"print(int({r.choice(WORDS)!r}))",
                         f"assert {self.test(1)}, {r.choice(WORDS)!r}", f"print('a' + {self.int(0)})", f"u = {self.int(0)} % {self.int(0)}",
                         f"raise {self.pick(*ERRORS)}", f"print(len({self.int(0)}))", f"print(missing)", f"u, z = {self.list(0)}",
                         f"print(None.upper())", f"print({self.text(0)}.index({r.choice(KEYS)!r}))", f"assert {self.anything()}")

    def try_(self):
        r = self.rng
        saved, self.names = self.names, self.names.copy()
        self.put("try:")
        self.level += 1
        place = r.randrange(3)
        if place != 1:
            self.print()
        if self.chance(0.75):
            if self.chance(0.4):
                self.put(f"if {self.test(1)}:")
                self.level += 1
                self.put(self.fault())
                self.level -= 1
            else:
                self.put(self.fault())
        if self.chance(0.25) and self.loops:
            self.put(f"if {self.test(1)}:")
            self.level += 1
            self.put(self.pick("break", "continue"))
            self.level -= 1
        if self.chance(0.25) and self.function:
            self.put(f"if {self.test(1)}:")
            self.level += 1
            self.put(self.return_())
            self.level -= 1
        if self.chance(0.4):
            self.print()
        self.level -= 1
        if self.chance(0.3):
            self.block(1)
        final = self.chance(0.35)
        self.names = saved
        caught = not final or self.chance(0.7)
        if caught:
            number = r.choice((1, 1, 2))
            kinds = r.sample(ERRORS, number)
            for i, kind in enumerate(kinds):
                if self.chance(0.2) and i == 0:
                    kind = f"({kind}, {r.choice(ERRORS)})"
                if i == number - 1 and self.chance(0.85):
                    kind = self.pick("Exception", "Exception", "")
                name = self.pick("", "", " as e", " as error") if kind else ""
                self.put(f"except {kind}{name}:" if kind else "except:")
                self.level += 1
                if name:
                    self.put(self.pick(f"print('caught', {name[4:]})", f"print(type({name[4:]}).__name__)", f"print(repr({name[4:]}))"))
                if self.chance(0.1):
                    self.put(self.pick("raise", f"raise {self.pick(*ERRORS)}('again')"))
                self.level -= 1
                self.block(0 if name and self.chance(0.6) else 1)
            if self.chance(0.35):
                self.put("else:")
                self.block(1)
        if final:
            self.put("finally:")
            self.level += 1
            self.print()
            self.level -= 1
            if self.chance(0.3):
                self.block(1, loop=-1)

    def raise_(self):
        """An error that passes through a function."""
        if self.trips > 10:
            return self.simple()
        self.made += 1
        name = f"risky{self.made}"
        self.put(f"def {name}(v):")
        self.level += 1
        self.put(f"if v {self.pick('>', '<', '==')} {self.rng.randint(0, 4)}:")
        self.level += 1
        self.put(f"raise {self.pick(*ERRORS)}({self.pick(repr('bad'), 'v', 'str(v)')})")
        self.level -= 1
        self.put(self.pick("return v * 2", "print('fine', v)", "return"))
        self.level -= 1
        self.put(f"for v in {self.pick('[1, 5, 0]', 'range(4)', '(3, 3)')}:")
        self.level += 1
        self.put("try:")
        self.level += 1
        self.put(f"print({name}(v))")
        self.level -= 1
        self.put(f"except {self.pick('Exception', 'ValueError', '(ValueError, TypeError)', 'LookupError')} as e:")
        self.level += 1
        self.put(self.pick("print('error', e)", "break", "continue", "print(type(e).__name__, v)"))
        self.level -= 1
        if self.lines[-3].strip().startswith("except (") or "ValueError as" in self.lines[-2]:
            self.put("except Exception:")
            self.level += 1
            self.put("print('other')")
            self.level -= 1
        if self.chance(0.4):
            self.put(self.pick("else:", "finally:"))
            self.level += 1
            self.put("print('after', v)")
            self.level -= 1
        self.level -= 1

    # ------------------------------------------------------------------ functions

    def def_(self):
        if self.level > 2 or self.trips > 10:
            return self.simple()
        r = self.rng
        self.made += 1
        name = r.choice(("f", "g", "h", "step", "make", "check")) + str(self.made)
        returned = r.choice(TYPES + ("none", "int", "text"))
        params = [r.choice(TYPES) for _ in range(r.randint(0, 4))]
        used = []
        words = []
        optional = []
        for i, kind in enumerate(params):
            word = r.choice([n for n in LETTERS[kind] if n not in used])
            used.append(word)
            default = ""
            if optional or i >= 1 and self.chance(0.3):
                default = {"int": self.pick("0", "5", "-2"), "text": "'z'", "list": "None", "dict": "None", "tuple": "(1, 2)"}[kind]
                if default == "None":
                    kind, default = "int", "3"
                optional.append((kind, word))
            words.append(f"{word}={default}" if default else word)
            params[i] = kind
        required = params[:len(params) - len(optional)]
        outer, self.names = self.names, Names(self.names)
        for kind, word in zip(params, used):
            self.names.of(kind).append(word)
        if self.level == 0 and outer.of("int") and self.chance(0.4):
            shared = r.choice(outer.of("int"))
        else:
            shared = None
        self.put(f"def {name}({', '.join(words)}):")
        function, self.function = self.function, returned
        loops, self.loops = self.loops, 0
        self.level += 1
        if self.chance(0.15):
            self.put('"""A note."""')
        if shared and shared not in used:
            if self.chance(0.6):
                self.put(f"global {shared}")
                self.put(f"{shared} {self.pick('+', '-')}= {r.randint(1, 3)}")
            else:
                self.put(f"print({shared} + 1)")
                if shared in LETTERS["int"]:
                    self.lines.pop()
        self.level -= 1
        self.block(r.randint(1, 3), trips=2)
        self.level += 1
        if returned != "none" or self.chance(0.3):
            self.put(self.return_())
        elif self.lines[-1].rstrip().endswith(":"):
            self.put("pass")
        self.level -= 1
        self.function, self.loops, self.names = function, loops, outer
        self.names.functions = [f for f in self.names.functions if f[0] != name]
        if returned == "none":
            args = ", ".join(self.any_of(p, 0) for p in required)
            self.put(self.pick(f"print({name}({args}))", f"{name}({args})"))
        else:
            self.names.functions.append((name, returned, required, optional))
            for _ in range(r.randint(1, 3)):
                self.put(f"print({self.call(returned, 1)})" if self.callable(returned) else "pass")

    def closure(self):
        if self.level > 2 or self.trips > 10:
            return self.simple()
        r = self.rng
        self.made += 1
        n = self.made
        case = r.randrange(5)
        k = r.randint(1, 4)
        if case == 0:
            lines = [f"def outer{n}(a):", f"    def inner(b{self.pick('', '=2')}):", f"        return a {self.pick('+', '*', '-')} b",
                     "    return inner", f"add{n} = outer{n}({r.randint(1, 9)})", f"print(add{n}({r.randint(1, 9)}), outer{n}({k})({self.int(0)}))"]
        elif case == 1:
            lines = [f"def counter{n}():", f"    count = {r.randint(0, 3)}", "    def bump():", "        nonlocal count", f"        count {self.pick('+', '-')}= {k}",
                     "        return count", "    return bump", f"c{n} = counter{n}()", f"e{n} = counter{n}()", f"print(c{n}(), c{n}(), e{n}())"]
        elif case == 2:
            base = self.pick("n <= 1", "n < 1", "n == 0 or n < 0")
            lines = [f"def rec{n}(n):", f"    if {base}:", f"        return {self.pick('1', '0', 'n')}",
                     f"    return {self.pick('n *', 'n +', '1 +')} rec{n}(n - {self.pick(1, 1, 2)})", f"print(rec{n}({r.randint(0, 6)}))", f"print([rec{n}(v) for v in range({k})])"]
        elif case == 3:
            lines = [f"def walk{n}(xs, depth=0):", "    if not xs:", "        return depth", f"    print(xs[0], depth{self.pick('', ', end=chr(32)')})",
                     f"    return walk{n}(xs[1:], depth + {k})", f"print(walk{n}([{self.int(0)}, {self.int(0)}]))"]
        else:
            lines = [f"fs{n} = []", f"for i in range({k}):", f"    fs{n}.append(lambda v{self.pick('', ', i=i')}: v + i)",
                     f"print([f(10) for f in fs{n}])"]
        for line in lines:
            self.put(line)

    def seek(self):
        """A function that leaves its loops in every way."""
        if self.level > 2 or self.trips > 10:
            return self.simple()
        r = self.rng
        self.made += 1
        name = f"{self.pick('seek', 'scan', 'probe')}{self.made}"
        form = r.randrange(4)
        ways = [f"return {self.pick('v', 'i', '(i, v)', 'v * 2')}", "break", "continue", "return",
                f"raise {self.pick(*ERRORS)}({self.pick('v', repr('stop'))})", "print('here', v)"]
        deep = [self.pick("i += 0", "print(i, v)", f"print({self.text(0)})", "pass")]
        self.put(f"def {name}(xs, w):")
        self.level += 1
        self.put("i = 0")
        self.put({0: "for v in xs:", 1: "while i < len(xs):", 2: "for i, v in enumerate(xs):", 3: "while True:"}[form])
        self.level += 1
        if form == 3:
            self.put("if i >= len(xs):")
            self.level += 1
            self.put(self.pick("break", "return i", "return None"))
            self.level -= 1
        if form in (1, 3):
            self.put("v = xs[i]")
            self.put("i += 1")
        guarded = self.chance(0.5)
        if guarded:
            self.put("try:")
            self.level += 1
        for _ in range(r.randint(1, 2)):
            self.put(f"if v {self.pick('==', '>', '<', '!=')} {self.pick('w', str(r.randint(0, 6)))}:")
            self.level += 1
            self.put(r.choice(ways))
            self.level -= 1
            if self.chance(0.3):
                self.put(f"elif {self.pick('v == w', 'i > 1', 'not v')}:")
                self.level += 1
                self.put(r.choice(ways))
                self.level -= 1
            if self.chance(0.3):
                self.put("else:")
                self.level += 1
                self.put(r.choice(ways))
                self.level -= 1
        if self.chance(0.4):
            self.put(deep[0])
        if guarded:
            self.level -= 1
            kind = r.randrange(3)
            if kind:
                self.put(f"except {self.pick('ValueError', 'Exception', '(KeyError, TypeError)', 'LookupError')}{self.pick('', ' as e')}:")
                self.level += 1
                self.put("print('caught', e)" if self.lines[-1].endswith("as e:") else r.choice(ways))
                if self.chance(0.3):
                    self.put(r.choice(ways[:4]))
                self.level -= 1
                if self.chance(0.3):
                    self.put("else:")
                    self.level += 1
                    self.put(self.pick("print('fine')", r.choice(ways)))
                    self.level -= 1
            if kind != 1:
                self.put("finally:")
                self.level += 1
                self.put(self.pick("print('finally', i)", "print('finally', i)", "print('f')", r.choice(ways[:4]) if self.chance(0.3) else "pass"))
                self.level -= 1
        self.level -= 1
        if self.chance(0.5) and form != 3:
            self.put("else:")
            self.level += 1
            self.put(self.pick("print('whole')", "return 'whole'", "print('none', w)"))
            self.level -= 1
        self.put(self.pick("return 'end'", "return i", "print('after')"))
        self.level -= 1
        for _ in range(r.randint(1, 3)):
            call = f"{name}({self.pick(self.list(0), '[1, 2, 3]', '[]', '[4, 0, 2]', '[3, 3]')}, {r.randint(0, 4)})"
            if self.chance(0.6):
                self.put("try:")
                self.level += 1
                self.put(f"print({call})")
                self.level -= 1
                self.put(f"except {self.pick('Exception', 'Exception as e')}:")
                self.level += 1
                self.put(self.pick("print('out')", "pass") if not self.lines[-1].endswith("as e:") else "print(repr(e))")
                self.level -= 1
            else:
                self.put(f"print({call})")

    # ------------------------------------------------------------------ programs

    def program(self):
        r = self.rng
        for kind in r.sample(TYPES, r.randint(2, 4)):
            value = self.any_of(kind, 1)
            self.put(f"{self.new(kind)} = {value}")
        size = r.randint(18, 50)
        while len(self.lines) < size:
            self.statement()
        for kind in TYPES:
            if self.names.of(kind) and self.chance(0.7):
                self.put(f"print({', '.join(dict.fromkeys(self.names.of(kind)))})")
        return "\n".join(self.lines) + "\n"


def programs(rng, count):
    """(name, text) of each program."""
    number = 0
    while number < count:
        writer = Writer(rng)
        text = writer.program()
        if trial.run(text, LIMIT) != "ended":
            continue
        if rng.random() < 0.06:
            text += writer.fault() + "\n"
        number += 1
        yield f"control_{number:04}.py", text
