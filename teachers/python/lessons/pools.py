"""Arguments for operations: varied on purpose, so that no two rules fit them all."""

ALPHABETS = ("ab", "abc", "aA", "ab ", "xyz", "01", "abcXYZ", "a-b", "a,b", "  ab", "12ab", "aab\n", "\t ab", "é\u00dfa",
             "A B", "._-a", "abcdefgh", "aeiou", "Az09_")
WORDS = ("hello", "World", "foo", "BAR", "the quick brown fox", "Hello World", "a1b2c3", "snake_case_name", "camelCase",
         "x=1, y=2", "100", "-42", "3.14", "level", "mississippi", "banana", "  padded  ", "line one\nline two\n",
         "tab\there", "it's", "say \"hi\"", "back\\slash", "\"it's\"", "a\\b'c", "'\"'", "x\\\"y", "\u00e9t\u00e9", "stra\u00dfe", "\u65e5\u672c\u8a9e", "\u01c5", "\u0130",
         "O'Neill's dog", "UPPER CASE", "MiXeD", "a", "Z", "0", " ", "", "...", "a.b.c", "//path//to/", "key:value:more",
         "aaaaaaaa", "abababab", "one two  three   four", "\u0660\u0661", "\u00bd", "x\u0000y", "\r\nmix\rof\nends", "a\x1cb", "\x85", "na\u00efve",
         "\U0001f600 smile", "e\u0301", "fi\ufb01", "\u03a3\u03c3\u03c2", "1_000", "0x1f", "1e5", "inf", "nan", "+7", "  12 ", "True", "None")
BIG = (2**31, -2**31, 2**63 - 1, 2**63, -2**63, -2**63 - 1, 2**64, 10**20, -10**25, 123456789012345678901234567890, 10**18)
FLOATS = ("0.0", "-0.0", "1.0", "-1.0", "0.5", "-0.5", "1.5", "2.5", "-2.5", "3.5", "0.1", "0.2", "0.3", "-7.25", "10.0", "100.125",
          "1e10", "-1e10", "1e15", "1e16", "1e17", "123456789.123", "1e-5", "1e-4", "0.0001234", "1e22", "1e23", "5e-324",
          "1.7976931348623157e+308", "2.675", "0.30000000000000004", "3.14159", "-3.999", "7.0", "33.333333", "1e100",
          "float('inf')", "float('-inf')", "float('nan')")
NAMES = {"text": ("s", "t", "text", "word", "line"), "int": ("n", "m", "k", "i", "count"), "list": ("xs", "ys", "items", "values"),
         "dict": ("d", "table", "ages"), "set": ("p", "q", "seen"), "tuple": ("pair", "point", "tup"), "float": ("x", "y", "r"), "bytes": ("b", "data", "raw")}


class Pool:
    """Draws arguments of a kind as Python text; remembers the last container, so that later arguments can hit it."""

    def __init__(self, rng):
        self.rng = rng
        self.last = ""

    def draw(self, kind):
        text = getattr(self, "a_" + kind)()
        return text

    # ------------------------------------------------------------------ plain values

    def a_none(self):
        return "None"

    def a_bool(self):
        return self.rng.choice(("True", "False"))

    def a_int(self):
        r = self.rng
        case = r.random()
        if case < 0.15:
            return str(r.choice(BIG))
        if case < 0.35:
            return str(r.randint(-3, 3))
        if case < 0.75:
            return str(r.randint(-30, 30))
        return str(r.randint(-2000, 2000))

    def a_small(self):
        return str(self.rng.choice((0, 1, 2, 3, 4, 5, -1, -2, 7)))

    def a_nat(self):
        return str(self.rng.randint(1, 5))

    def a_count(self):
        return str(self.rng.choice((0, 1, 2, 3, -1, 1, 2, 10)))

    def a_positive(self):
        return str(self.rng.choice((1, 2, 3, 5, 7, 8, 10, 12, 16, 100)))

    def a_width(self):
        return str(self.rng.choice((0, 1, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, -2, 15)))

    def a_at(self):
        n = self.size()
        return str(self.rng.randint(-n - 2, n + 2))

    def a_bound(self):
        n = self.size()
        return self.rng.choice((str(self.rng.randint(-n - 2, n + 2)),) * 5 + ("None",))

    def a_step(self):
        return str(self.rng.choice((1, 2, 3, -1, -2, -3, 1, -1, 5, 0) if self.rng.random() < 0.2 else (1, 2, 3, -1, -2, -3)))

    def size(self):
        try:
            return len(eval(self.last))
        except Exception:
            return 4

    def a_float(self):
        r = self.rng
        case = r.random()
        if case < 0.5:
            return r.choice(FLOATS)
        if case < 0.75:
            return repr(r.randint(-400, 400) / 8)
        return repr(round(r.uniform(-50, 50), r.randint(1, 4)))

    def a_zero(self):
        return self.rng.choice(("0", "0.0", "-0.0", "False", "0.0"))

    def a_number(self):
        return self.rng.choice((self.a_int, self.a_float, self.a_int, self.a_bool))()

    def a_plainfloat(self):
        return repr(self.rng.randint(-80, 80) / self.rng.choice((1, 2, 4, 8, 10)))

    def a_scientific(self):
        r = self.rng
        digits = r.choice((str(r.randint(1, 9)), str(r.randint(1, 99)), f"{r.randint(1, 9)}.{r.randint(0, 99)}"))
        return f"{digits}{r.choice('eeeE')}{r.choice(('', '-', '-', '+'))}{r.randint(0, 12)}"

    def a_text(self):
        r = self.rng
        case = r.random()
        if case < 0.4:
            value = r.choice(WORDS)
        else:
            alphabet = r.choice(ALPHABETS)
            value = "".join(r.choice(alphabet) for _ in range(r.choice((0, 1, 2, 3, 4, 5, 6, 8, 10))))
        self.last = repr(value)
        return self.last

    def a_escaped(self):
        """A literal with characters that are written as two."""
        r = self.rng
        quote = r.choice("'\"")
        pieces = ("\\n", "\\t", "\\\\", "\\" + quote, "\\n", "\\t", "\\r", "\\f", "\\v", "\\b", "\\a")
        words = ("a", "xyz", "one two", " ", ",", "n", "t", "r", "{}", "%s", "end.", "\u00e9", "'\"".replace(quote, ""))
        return quote + "".join(r.choice(pieces if r.random() < 0.5 else words) for _ in range(r.randint(1, 5))) + quote

    def a_quoted(self):
        """A text with marks of both quotes, one, or none."""
        r = self.rng
        marks = r.choice(("'\"", "'\"", "'", '"', ""))
        pieces = list(marks) + [r.choice((*marks, *"ab ,()1\\", "xyz", "it", "\n")) for _ in range(r.randint(0, 6))]
        r.shuffle(pieces)
        self.last = repr("".join(pieces))
        return self.last

    def a_tabbed(self):
        """A text with tabs, and lines."""
        r = self.rng
        return repr("".join(r.choice(("\t", "\t", "\t", "\n", "a", "bc", "def", "word", "longer word", " ")) for _ in range(r.randint(1, 7))))

    def a_sub(self):
        """A text that may well occur in the last one."""
        r = self.rng
        whole = self.text()
        if whole and r.random() < 0.65:
            i = r.randrange(len(whole))
            return repr(whole[i:i + r.choice((1, 1, 2, 3, len(whole)))])
        return repr(r.choice(("", "a", "b", "ab", "z", " ", "aa", "l", "o", "A", "x")))

    def text(self):
        try:
            value = eval(self.last)
        except Exception:
            return ""
        return value if isinstance(value, str) else ""

    def a_sep(self):
        r = self.rng
        whole = self.text()
        if whole and r.random() < 0.5:
            return repr(r.choice(whole))
        return repr(r.choice((" ", ",", "-", "a", "b", "ab", ", ", "  ", "::", "\n", ".", "/")))

    def a_sepnone(self):
        return "None" if self.rng.random() < 0.5 else self.a_sep()

    def a_chars(self):
        r = self.rng
        whole = self.text()
        if whole and r.random() < 0.6:
            return repr("".join(r.sample(sorted(set(whole)), min(len(set(whole)), r.choice((1, 2, 3))))))
        return repr(r.choice((" ", "ab", "a", "xyz", "-.", "Aa", "", "01", "\n ")))

    def a_char(self):
        return repr(self.rng.choice("abzAZ09 _-.,\n\té\u00df\u4e00{~"))

    def a_fill(self):
        return repr(self.rng.choice("*-0 .x#"))

    def a_subs(self):
        return "(" + ", ".join(self.a_sub() for _ in range(self.rng.choice((1, 2, 3)))) + ",)"

    def a_places(self):
        return self.rng.choice("0112234")

    def a_numeral(self):
        r = self.rng
        if r.random() < 0.3:
            return repr(r.choice(("", " ", "abc", "1.5", "--5", "1_000", "+3", " 42\n", "0x1f", "12a", "1 2", "\u0663", "-", "1__0", "ff", "0b11", "1e3")))
        return repr(str(r.randint(-10**r.randint(1, 6), 10**r.randint(1, 6))))

    def a_floatnumeral(self):
        r = self.rng
        if r.random() < 0.4:
            return repr(r.choice(("", "abc", "1.5", "-2.75", ".5", "5.", "1e3", "1E-2", "inf", "-inf", "nan", "Infinity", " 2.5 ", "0x1", "1,5", "--1", "1e400", "+.5", "1.2.3")))
        return repr(repr(round(r.uniform(-1000, 1000), r.randint(0, 5))))

    def a_base(self):
        return self.rng.choice(("2", "8", "10", "16", "36", "3", "0", "7", "1", "37"))

    def a_basenumeral(self):
        r = self.rng
        return repr("".join(r.choice(r.choice(("01", "0123456789", "0123456789abcdef", "zZ9"))) for _ in range(r.randint(1, 5))))

    def a_spec(self):
        r = self.rng
        return repr("{" + r.choice(("", "0", ":>8", ":<8", ":^8", ":05", ":.2f", ":,", ":x", ":b", ":+", "!r", ":*^9", ":e", ":%", ":10.3f", ":d", ":s")) + "}" + r.choice(("", "!", " end")))

    def holed(self, hole, count):
        """A text with holes in it."""
        free = ("", "a", " ", ", ", " and ", "x = ", ": ", "-", "[", "] ", " is ", "?!", "no. ", "(", ") ")
        r = self.rng
        between = [r.choice(free) for _ in range(count - 1)]
        return repr("".join([r.choice(free), *(hole + text for text in between), hole, r.choice(free)]))

    def a_hole(self):
        return self.holed("{}", 1)

    def a_holes(self):
        return self.holed("{}", 2)

    def a_manyholes(self):
        return self.holed("{}", 3)

    def a_gap(self):
        return self.holed("%s", 1)

    def a_gaps(self):
        return self.holed("%s", 2)

    def a_manygaps(self):
        return self.holed("%s", 3)

    # ------------------------------------------------------------------ containers

    def items(self, draw, sizes=(0, 1, 2, 3, 4, 5, 6)):
        return [draw() for _ in range(self.rng.choice(sizes))]

    def a_list(self):
        self.last = "[" + ", ".join(self.items(self.rng.choice(
            (self.little, self.little, self.word, self.leaf, self.nested)))) + "]"
        return self.last

    def a_ints(self):
        self.last = "[" + ", ".join(self.items(self.little, (0, 1, 2, 3, 4, 5, 6, 8))) + "]"
        return self.last

    def a_bools(self):
        some = self.rng.choice((("True",), ("False",), ("True", "False"), ("True", "False", "False", "False")))
        self.last = "[" + ", ".join(self.items(lambda: self.rng.choice(some), (0, 1, 2, 3, 4, 5))) + "]"
        return self.last

    def a_numbers(self):
        r = self.rng
        draw = r.choice((self.little, self.a_plainfloat, lambda: r.choice((self.little, self.a_plainfloat))()))
        self.last = "[" + ", ".join(self.items(draw, (0, 1, 2, 3, 4, 5, 6, 8))) + "]"
        return self.last

    def a_words(self):
        self.last = "[" + ", ".join(self.items(self.word, (0, 1, 2, 3, 4, 5))) + "]"
        return self.last

    def a_pairs(self):
        self.last = "[" + ", ".join(f"({self.word()}, {self.little()})" for _ in range(self.rng.choice((0, 1, 2, 3, 4)))) + "]"
        return self.last

    def a_matrix(self):
        self.last = "[" + ", ".join("[" + ", ".join(self.items(self.little, (0, 1, 2, 3))) + "]"
                                    for _ in range(self.rng.choice((1, 2, 3)))) + "]"
        return self.last

    def a_tuple(self):
        items = self.items(self.rng.choice((self.little, self.little, self.word, self.leaf)), (0, 1, 2, 3, 4, 5))
        self.last = "(" + ", ".join(items) + ("," if len(items) == 1 else "") + ")"
        return self.last

    def a_set(self):
        items = self.items(self.rng.choice((self.little, self.little, self.word, self.digit)), (0, 1, 2, 3, 4, 5))
        self.last = "{" + ", ".join(items) + "}" if items else "set()"
        return self.last

    def a_intset(self):
        items = self.items(self.digit, (0, 1, 2, 3, 4, 5))
        return "{" + ", ".join(items) + "}" if items else "set()"

    def a_dict(self):
        r = self.rng
        key, value = r.choice(((self.letter, self.little), (self.letter, self.little), (self.digit, self.word),
                               (self.word, self.leaf), (self.letter, self.nested)))
        keys = list(dict.fromkeys(self.items(key, (0, 1, 2, 3, 4, 5))))
        self.last = "{" + ", ".join(f"{k}: {value()}" for k in keys) + "}"
        return self.last

    def a_tally(self):
        """A dict from words to numbers, some of which are equal."""
        r = self.rng
        keys = r.sample(("a", "b", "c", "ab", "dog", "Cat", "bird", "fish", "x", "the"), r.choice((1, 2, 3, 3, 4, 5)))
        return "{" + ", ".join(f"{key!r}: {r.randint(0, 5) if r.random() < 0.7 else r.randint(-20, 99)}" for key in keys) + "}"

    def a_range(self):
        r = self.rng
        args = [str(r.randint(-5, 12)) for _ in range(r.choice((1, 2, 3)))]
        if len(args) == 3:
            args[2] = r.choice(("1", "2", "3", "-1", "-2"))
        self.last = "range(" + ", ".join(args) + ")"
        return self.last

    def a_sequence(self):
        return self.rng.choice((self.a_list, self.a_text, self.a_tuple, self.a_range, self.a_ints))()

    def a_iterable(self):
        return self.rng.choice((self.a_list, self.a_text, self.a_tuple, self.a_range, self.a_dict, self.a_set))()

    def a_any(self):
        return self.rng.choice((self.a_int, self.a_float, self.a_text, self.a_list, self.a_tuple, self.a_dict, self.a_set,
                                self.a_bool, self.a_none))()

    def a_value(self):
        return self.rng.choice((self.little, self.word, self.leaf, self.nested))()

    def a_el(self):
        """Something that may well be in the last container."""
        try:
            items = list(eval(self.last))
        except Exception:
            items = []
        if items and self.rng.random() < 0.65:
            return repr(self.rng.choice(items))
        return self.rng.choice((self.little, self.word, self.leaf))()

    a_key = a_el

    # ------------------------------------------------------------------ operands that the overloads above leave out

    def a_row(self):
        """A list that is long enough to be cut in the middle."""
        draw = self.rng.choice((self.little, self.little, self.word, self.leaf))
        self.last = "[" + ", ".join(self.items(draw, (3, 5, 6, 7, 8, 9, 10, 12))) + "]"
        return self.last

    def a_phrase(self):
        """A text of the same kind."""
        r = self.rng
        self.last = repr("".join(r.choice(r.choice(("abcdefghij", "0123456789", "ABC xyz", "aab", "hello, World"))) for _ in range(r.randint(4, 14))))
        return self.last

    def a_record(self):
        """And a tuple."""
        draw = self.rng.choice((self.little, self.word, self.leaf))
        self.last = "(" + ", ".join(self.items(draw, (3, 4, 5, 6, 7, 8, 10))) + ")"
        return self.last

    def a_stepnone(self):
        return self.rng.choice(("None", "1", "2", "3", "-1", "-2", "-3"))

    def a_few(self):
        return repr("".join(self.rng.choice("abcxyz12") for _ in range(self.rng.randint(0, 4))))

    def a_fewints(self):
        return "[" + ", ".join(self.items(self.little, (0, 1, 2, 3, 4))) + "]"

    def a_many(self):
        """Numbers in an iterable of any class."""
        r = self.rng
        ints, tally = "[" + ", ".join(self.items(self.little, (0, 1, 2, 3, 4, 5, 6))) + "]", self.a_tally()
        self.last = r.choice((ints, f"tuple({ints})", f"({self.little()}, {self.little()}, {self.little()})", self.a_intset(), self.a_range(),
                              f"{tally}.values()", f"dict.fromkeys({ints}).keys()", f"map(abs, {ints})", f"map(lambda v: v * 3, {ints})",
                              f"map(int, {str(r.randint(0, 9999))!r})", f"filter(lambda v: v > 2, {ints})", f"filter(None, {ints})",
                              f"reversed({ints})", f"iter({ints})", f"(v * 2 for v in {ints})", f"(v for v in {ints} if v % 2)",
                              f"frozenset({ints})", f"dict(enumerate({ints}))", f"(len(w) for w in {self.a_words()})",
                              f"map(len, {self.a_words()})", f"(p[1] for p in {tally}.items())"))
        return self.last

    def a_manywords(self):
        """Texts in an iterable of any class."""
        r = self.rng
        words, tally = "[" + ", ".join(self.items(self.word, (0, 1, 2, 3, 4, 5))) + "]", self.a_tally()
        self.last = r.choice((words, f"tuple({words})", self.a_few(), self.a_few(), f"({self.word()}, {self.word()})", tally, f"{tally}.keys()",
                              f"map(str, {self.a_fewints()})", f"map(str.upper, {words})", f"filter(None, {words})",
                              f"filter(lambda w: len(w) > 1, {words})", f"reversed({words})", f"iter({words})", f"reversed({self.a_few()})",
                              f"(w + '!' for w in {words})", f"(c for c in {self.a_few()} if c > 'b')", f"dict.fromkeys({words})",
                              f"sorted({words})", f"{self.a_few()}.split('b')", f"[str(v) for v in {self.a_fewints()}]",
                              f"dict(zip({self.a_few()}, {words})).values()"))
        return self.last

    def a_manypairs(self):
        """Pairs in an iterable of any class."""
        r = self.rng
        return r.choice((self.a_pairs(), f"tuple({self.a_pairs()})", f"{self.a_tally()}.items()", f"zip({self.a_few()}, {self.a_ints()})",
                         f"enumerate({self.a_few()})", f"enumerate({self.a_words()}, {self.digit()})", f"reversed({self.a_pairs()})",
                         f"zip({self.a_words()}, {self.a_tuple()})", f"map(lambda v: (v, v * v), {self.a_fewints()})",
                         f"((c, ord(c)) for c in {self.a_few()})", f"zip(range({self.digit()}), {self.a_few()})", f"iter({self.a_pairs()})"))

    def a_each(self):
        """Anything that can be gone through."""
        return self.rng.choice((self.a_many, self.a_manywords, self.a_manypairs, self.a_iterable))()

    def a_class(self):
        return self.rng.choice(("int", "float", "str", "bool", "list", "dict", "set", "tuple", "bytes", "object", "type(None)", "frozenset", "range"))

    def a_classes(self):
        names = self.rng.sample(("int", "float", "str", "bool", "list", "dict", "set", "tuple", "bytes", "type(None)"), self.rng.choice((1, 2, 2, 3, 3)))
        return "(" + ", ".join(names) + ("," if len(names) == 1 else "") + ")"

    def a_function(self):
        r = self.rng
        return r.choice(("len", "int", "str", "print", "list", "max", "sorted", "type", "lambda: 1", "lambda v: v + 1", "'a'.upper", "[].append",
                         "{}.get", "str.lower", "ValueError", "type(None)", self.little(), self.word(), "None", "True", "[len]", "(int,)", "{}", "1.5", "set()"))

    def a_attribute(self):
        return repr(self.rng.choice(("append", "upper", "keys", "add", "pop", "__len__", "__iter__", "real", "count", "nothing", "sort", "items", "update",
                                     "index", "is_integer", "imag", "__add__", "__getitem__", "__next__", "join", "x", "__class__", "discard", "")))

    def a_odd(self):
        """A text with characters that their classes part in unusual ways."""
        r = self.rng
        odd = ("\u00b2", "\u00b9", "\u2075", "\u2167", "\u2170", "\u00bd", "\u0663", "\u0967", "\u4e09", "\u00e9", "\u00c9", "\u00f1", "\u00df", "\u0130", "\u01c5",
               "\u03a9", "\u0436", "\u65e5", "\u00aa", "\u02b0", "\ue000", "\x00", "\x1b", "\x1c", "\x1f", "\x7f", "\x85", "\xa0", "\xad", "\u2003", "\u2028", "\u3000",
               "\u200b", "\ufeff", "\u0301", "\u20ac", "\u2603", "\U0001f600", "\U0001d7d9", "\n", "\t", "\r", "\x0b", "\x0c", " ", "_", "-", "'", "\\")
        case = r.random()
        if case < 0.4:
            value = r.choice(odd)
        elif case < 0.6:
            value = r.choice(odd) + r.choice(odd)
        else:
            pieces = [r.choice(odd)] + [r.choice(("a", "B", "7", "x1", "ab", "_", " ", r.choice(odd))) for _ in range(r.randint(1, 3))]
            r.shuffle(pieces)
            value = "".join(pieces)
        self.last = repr(value)
        return self.last

    def a_identifier(self):
        return repr(self.rng.choice(("a", "a1", "1a", "_", "__x__", "a-b", "a b", "", "class", "caf\u00e9", "\u03c0", "x\u00b2", "\u2167", "A_9", "9", "a.b", "\u65e5\u672c", "$a", "a\n")))

    def a_titled(self):
        """A text whose words begin and end in many ways."""
        r = self.rng
        words = ("hello", "World", "3rd", "2nd PLACE", "it's", "they're", "o'neill", "x-ray", "MiXed-Up", "a1b2", "ABC", "(one)", "\"two\"", "snake_case", "\u00e9t\u00e9", "Hello World", "7")
        self.last = repr(r.choice((" ", " ", "-", ", ", "\t", "")).join(r.choice(words) for _ in range(r.randint(1, 3))))
        return self.last

    def a_lined(self):
        """A text of several lines."""
        r = self.rng
        return repr("".join(r.choice(("\n", "\n", "\r\n", "\r", "\x0b", "\x0c", "\x1c", "\x1d", "\x1e", "\x85", "\u2028", "\u2029", "a", "b c", "line", "", "\n\n")) for _ in range(r.randint(1, 6))))

    def a_wide(self):
        return str(self.rng.randint(1, 20))

    def a_decimals(self):
        return str(self.rng.randint(0, 5))

    def a_mark(self):
        return self.rng.choice("*-.#_x~=0")

    def a_align(self):
        return self.rng.choice("<>^")

    def a_real(self):
        """A number that functions of mathematics are asked about."""
        r = self.rng
        return r.choice((lambda: str(r.randint(-6, 12)), lambda: str(r.randint(1, 100)), lambda: repr(r.randint(-60, 60) / 8), lambda: repr(round(r.uniform(-9, 9), 2)),
                         lambda: r.choice(("0", "0.0", "1", "-1", "1.0", "0.5", "-0.5", "100", "1000.0", "1e-3", "-0.0", "True"))))()

    def a_above(self):
        r = self.rng
        return r.choice((lambda: str(r.randint(1, 20)), lambda: str(r.randint(21, 3000)), lambda: repr(r.randint(1, 400) / 8), lambda: repr(round(r.uniform(0.01, 90), 2))))()

    def a_half(self):
        r = self.rng
        return r.choice((repr(r.randint(-12, 12) + 0.5), repr(r.randint(-90, 90) / 8), repr(round(r.uniform(-30, 30), 3)), r.choice(("2.675", "0.125", "1.005", "-0.375", "0.25", "15.0", "1234.5678"))))

    def a_digitcount(self):
        return self.rng.choice(("0", "1", "2", "3", "-1", "-2", "-3", "None"))

    def a_tens(self):
        return str(self.rng.choice((self.rng.randint(-99, 99), self.rng.randint(-9999, 9999), self.rng.randint(0, 255), 15, 25, 35, 50, 150, 250, -15, -25)))

    def a_hard(self):
        """What has no hash."""
        return self.rng.choice(("[]", f"[{self.little()}]", f"[{self.word()}, {self.little()}]", "{}", f"{{{self.letter()}: {self.little()}}}",
                                f"{{{self.digit()}}}", "set()", f"({self.little()}, [])", f"([{self.little()}], {self.word()})"))

    def a_scalar(self):
        """A key of any class; equal ones of other classes among them."""
        return self.rng.choice(("0", "1", "2", "-1", "True", "False", "1.0", "2.0", "0.5", "'a'", "'b'", "'1'", "''", "None", "(1, 2)", "(1,)", "('a', 1)", "()"))

    def a_index(self):
        """A dict with keys of any class."""
        keys = list(dict.fromkeys(self.a_scalar() for _ in range(self.rng.choice((1, 2, 3, 4, 5)))))
        self.last = "{" + ", ".join(f"{key}: {self.little()}" for key in keys) + "}"
        return self.last

    def a_mix(self):
        """A list of what cannot always be compared."""
        r = self.rng
        pieces = r.choice(((self.little, self.word), (self.little, self.a_none), (self.word, self.a_none), (self.little, self.a_plainfloat, self.a_bool),
                           (self.little, self.little, self.little, self.word), (self.little, self.nested)))
        self.last = "[" + ", ".join(self.items(lambda: r.choice(pieces)(), (1, 2, 3, 4, 5))) + "]"
        return self.last

    def a_spoiled(self):
        """Texts, one of which is none."""
        words = self.items(self.word, (0, 1, 2, 3, 4))
        words.insert(self.rng.randint(0, len(words)), self.rng.choice((self.little(), "None", "1.5", "['a']", "True", "b'x'", "('a',)", "{}")))
        return self.rng.choice(("[" + ", ".join(words) + "]", "(" + ", ".join(words) + ",)"))

    def a_subset(self):
        """A set that is often contained in the one before."""
        try:
            items = sorted(eval(self.last))
        except Exception:
            items = [1, 2, 3, 4]
        items = self.rng.sample(items, self.rng.randint(0, len(items))) + ([self.rng.randint(0, 9)] if self.rng.random() < 0.3 else [])
        return "{" + ", ".join(map(str, items)) + "}" if items else "set()"

    def a_digits(self):
        """A set of small numbers that others are compared with."""
        self.last = "{" + ", ".join(self.items(self.digit, (1, 2, 3, 4, 5))) + "}"
        return self.last

    def a_grid(self):
        """Rows of one length."""
        width = self.rng.randint(1, 4)
        return "[" + ", ".join("[" + ", ".join(self.little() for _ in range(width)) + "]" for _ in range(self.rng.choice((0, 1, 2, 3, 4)))) + "]"

    # ------------------------------------------------------------------ bytes and what is rarely written

    def a_plainint(self):
        return str(self.rng.randint(-40, 300))

    def a_bytes(self):
        r = self.rng
        case = r.random()
        if case < 0.6:
            alphabet = r.choice(("ab", "abcxyz", "aB ", "01", "abc, ", "  ab\n", "a-b", "Hello World", "\t a", "AZaz09"))
            value = "".join(r.choice(alphabet) for _ in range(r.choice((0, 1, 2, 3, 4, 5, 6, 8)))).encode()
        elif case < 0.75:
            value = r.choice((b"hello", b"Hello World", b"one two  three", b"a,b,,c", b"  padded ", b"line one\nline two\n", b"ABC", b"123", b"x=1", b"it's", b'say "hi"'))
        elif case < 0.9:
            value = bytes(r.choice((r.randint(0, 255), r.randint(97, 102))) for _ in range(r.randint(0, 6)))
        else:
            value = "".join(r.choice("a\u00e9\u00df\u4e00 z") for _ in range(r.randint(0, 4))).encode()
        self.last = repr(value)
        return self.last

    def a_ascii(self):
        """Bytes that are letters and the like."""
        r = self.rng
        words = ("hello", "World", "ABC", "a1", "12", "x y", "Hello World", "the end", " ", "", "it's", "A-B", "tab\t", "abab", "Zz9", "two\nlines")
        self.last = repr(r.choice(words).encode())
        return self.last

    def held_bytes(self):
        try:
            value = eval(self.last)
        except Exception:
            return b""
        return value if isinstance(value, bytes) else b""

    def a_subbytes(self):
        """Bytes that may well be in the last ones."""
        r = self.rng
        whole = self.held_bytes()
        if whole and r.random() < 0.65:
            i = r.randrange(len(whole))
            return repr(whole[i:i + r.choice((1, 1, 2, 3, len(whole)))])
        return r.choice(("b''", "b'a'", "b'b'", "b'ab'", "b' '", "b','", "b'x'", "b'l'"))

    def a_byte(self):
        whole = self.held_bytes()
        return str(self.rng.choice(whole) if whole and self.rng.random() < 0.6 else self.rng.choice((0, 97, 98, 32, 255, 256, -1, 65)))

    def a_frozen(self):
        r = self.rng
        items = self.items(self.digit, (0, 1, 2, 3, 4, 5))
        self.last = "frozenset({" + ", ".join(items) + "})" if items else "frozenset()"
        return self.last if r.random() < 0.8 else f"frozenset([{', '.join(items)}])"

    def a_hexed(self):
        return repr(self.rng.choice(("", "00", "ff", "61 62", "6162ab", "0a", "ABCD", "abc", "zz", "61  62", " 61", "1", "c3a9", "68656c6c6f")))

    def a_slice(self):
        r = self.rng
        parts = [r.choice((str(r.randint(-6, 8)), str(r.randint(0, 5)), "None")) for _ in range(r.choice((1, 2, 2, 3)))]
        if len(parts) == 3:
            parts[2] = r.choice(("1", "2", "-1", "-2", "None", "3"))
        return f"slice({', '.join(parts)})"

    def a_order(self):
        return repr(self.rng.choice(("big", "little")))

    def a_spelled(self):
        """A literal of any form: escapes of every kind, letters that are none after a backslash, raw ones, several side by side."""
        r = self.rng
        escapes = ("\\r", "\\t", "\\f", "\\v", "\\0", "\\n", "\\a", "\\b", "\\x41", "\\xe9", "\\x7e", "\\x00", "\\u00e9", "\\u4e2d", "\\u20ac", "\\U0001f600", "\\N{DIGIT ONE}",
                   "\\N{BULLET}", "\\101", "\\60", "\\7", "\\\\", "\\'", "\\\"", "\\d", "\\w", "\\s", "\\.", "\\(", "\\S", "\\ ", "\\-", "\\1a", "\\x4b5")
        free = ("a", "xyz", " ", ",", "{}", "%s", "end.", "7", "#", "\u00e9")
        made = []
        for _ in range(r.choice((1, 1, 1, 2))):
            quote = r.choice(("'", '"', "'", '"', "\'\'\'", '"""'))
            prefix = r.choice(("", "", "", "r", "R", "b", "u"))
            pieces = [r.choice(escapes if r.random() < 0.6 else free) for _ in range(r.randint(1, 5))]
            if len(quote) == 3:
                pieces.insert(r.randint(0, len(pieces)), r.choice(("\n", "it's", 'say "x" ', "\\\n", " ")))
                pieces = [piece.replace(quote[0], "") for piece in pieces] + [" "]
            if prefix and prefix in "rR":
                pieces = [piece.replace(quote[0], "") for piece in pieces] + ["."]
            if prefix == "b":
                pieces = [piece for piece in pieces if piece.isascii()]
                made = [] if not made or made[0][0] != "b" else made
            elif made and made[0][0] == "b":
                continue
            made.append(prefix + quote + "".join(pieces) + quote)
        return " ".join(made)

    def a_numeric(self):
        """An integer, a float or a truth value."""
        r = self.rng
        return r.choice((lambda: str(r.randint(-12, 30)), lambda: repr(r.randint(-40, 80) / 4), lambda: r.choice(("True", "False", "0", "1", "0.0", "1.0", "-1.0", "2"))))()

    def a_unit(self):
        """A number between minus one and one."""
        return self.rng.choice(("0", "1", "-1", "True", "False", repr(self.rng.randint(-16, 16) / 16), repr(self.rng.randint(-100, 100) / 100)))

    def a_vector(self):
        r = self.rng
        items = ", ".join(str(r.choice((r.randint(-9, 9), r.randint(-20, 20) / 4))) for _ in range(3))
        return r.choice((f"[{items}]", f"({items})"))

    def little(self):
        return str(self.rng.randint(-9, 20))

    def digit(self):
        return str(self.rng.randint(0, 7))

    def letter(self):
        return repr(self.rng.choice("abcdefk"))

    def word(self):
        return repr(self.rng.choice(("a", "b", "c", "ab", "ba", "abc", "x", "dog", "Cat", "bird", "", "B", "zz", "10", "9")))

    def leaf(self):
        return self.rng.choice((self.little, self.word, self.a_plainfloat, self.a_bool, self.a_none))()

    def nested(self):
        r = self.rng
        return r.choice(("[" + ", ".join(self.items(self.leaf, (0, 1, 2))) + "]", "(" + self.leaf() + ", " + self.leaf() + ")",
                         "{" + self.letter() + ": " + self.leaf() + "}", self.leaf()))

    def deep(self):
        r = self.rng
        return r.choice((f"[{self.nested()}, {self.nested()}]", f"({self.nested()}, {self.nested()})",
                         f"{{{self.letter()}: {self.nested()}, {self.word()}: {self.nested()}}}", f"[{self.a_float()}, {self.a_text()}]",
                         f"({self.a_text()},)", f"{{{self.digit()}, {self.word()}}}", f"[{self.a_set()}, {self.a_tuple()}]",
                         f"{{{self.digit()}: {self.deep() if r.random() < 0.4 else 'None'}}}"))

    a_deep = deep
