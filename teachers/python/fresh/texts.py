"""Texts and bytes."""

HEADS = ("br", "c", "d", "fl", "g", "h", "kr", "l", "m", "n", "p", "qu", "r", "s", "st", "t", "v", "w", "z", "")
CORES = ("a", "e", "i", "o", "u", "y", "oo", "ea")
TAILS = ("", "", "n", "r", "s", "ck", "ll", "m", "nd", "t", "x")
FOREIGN = ("gr\u00f6\u00dfer", "\u0394\u03bf\u03ba\u03b9\u03bc\u03ae", "\u0416\u0443\u043a", "\u4f60\u597d", "\u00e0 la carte", "caf\u00e9", "\u00d8re",
           "\U0001f40d\U0001f680", "n\u0303", "\u0131I\u0130i", "\ufb03x", "\u01c6x", "\u03bb\u00b2", "\u00b5", "\u2167", "\u0e51\u0e52", "\u00e6sir",
           "\u05e9\u05dc\u05d5\u05dd", "\u2026", "\u00a0", "\u00bc", "\u1e9e", "\u0390", "\u00aa", "\u2460", "\u216b")
BLANKS = (" ", "  ", "\t", "\n", "\r\n", "\r", "\v", "\f", "\x1c", "\x85", "\u2028", "\u3000", " \n ", "\n\n")
RARE = ("\x00", "\x01", "\x1b", "\x7f", "\x9f", "\u200b", "\ufeff", "\u00ad", "\ue000", "\U000e0041")
QUOTED = ("'", '"', "\\", "can't", 'he said "so"', "it's \"both\"", "c:\\dir", "\\n", "{x}", "%d", "{}", "50%", "$a", "a{0}b")
MARKS = ".,;:!?-_/+*=#@&()[]<>|~"
SEPS = (",", " ", "-", "; ", "::", "/", "\t", "ab", ".", "--", "\n", "x")


class Texts:
    def syllable(self):
        return self.rng.choice(HEADS) + self.rng.choice(CORES) + self.rng.choice(TAILS)

    def a_word(self):
        return "".join(self.syllable() for _ in range(self.rng.randint(1, 3)))

    def a_text(self):
        rng, case = self.rng, self.rng.random()
        if case < 0.05:
            return ""
        if case < 0.12:
            return self.a_char()
        if case < 0.32:
            return self.cased(self.a_word())
        if case < 0.47:
            return self.sentence()
        if case < 0.62:
            letters = rng.choice(("ab", "xyx", "oO", "a.", "q ", "011", "nNn", "-+1", "aab", "_x", "tT "))
            return "".join(rng.choice(letters) for _ in range(rng.randint(2, 11)))
        if case < 0.7:
            return rng.choice(FOREIGN) + rng.choice(("", "", self.a_word(), rng.choice(FOREIGN)))
        if case < 0.77:
            return "".join(rng.choice((self.a_word(), rng.choice(BLANKS))) for _ in range(rng.randint(1, 6)))
        if case < 0.85:
            return self.a_numeral()
        if case < 0.9:
            return rng.choice(("", self.a_word())) + rng.choice(QUOTED)
        if case < 0.93:
            return rng.choice(("", self.a_word())) + rng.choice(RARE) + rng.choice(("", "z"))
        if case < 0.96:
            return " ".join(self.a_word() for _ in range(rng.randint(8, 16)))
        return "".join(chr(rng.randint(32, 126)) for _ in range(rng.randint(1, 14)))

    def cased(self, word):
        change = self.rng.choice((str.lower, str.lower, str.upper, str.capitalize, str.swapcase))
        return change(word)

    def sentence(self):
        rng = self.rng
        parts = [self.cased(rng.choice((self.a_word, self.a_word, self.a_numeral))()) for _ in range(rng.randint(2, 5))]
        return rng.choice((" ", " ", ", ", "_", "-", "  ", ":")).join(parts) + rng.choice(("", "", ".", "!", "\n", " "))

    def a_char(self):
        rng, case = self.rng, self.rng.random()
        if case < 0.7:
            return chr(rng.randint(32, 126))
        return rng.choice(BLANKS + RARE + FOREIGN)[0]

    def a_letter(self):
        return chr(self.rng.choice((self.rng.randint(0, 127), self.rng.randint(128, 0xd7ff), self.rng.randint(0xe000, 0x10ffff))))

    def a_fill(self):
        return self.rng.choice(("*", " ", "0", "=", "x", "\u00e9", "."))

    def a_numeral(self):
        rng, case = self.rng, self.rng.random()
        if case < 0.55:
            return str(self.a_int())
        if case < 0.7:
            return rng.choice(("", "+", "-", "0", "00", " ")) + str(rng.randint(0, 9_999)) + rng.choice(("", "", " ", "\n", "_1"))
        if case < 0.9:
            return repr(self.a_float())
        return rng.choice(("\u0665", "\u00b3", "0b101", "0x2F", "0o17", "1__0", "_1", "1_", "--4", "1e3", "1.", ".5", "\u2162", "0_0", "1 2", "+", "."))

    def a_basenumeral(self):
        rng = self.rng
        digits = rng.choice(("01", "01", "01234567", "0123456789", "0123456789abcdef", "09afzZ", "01x"))
        return rng.choice(("", "", "-", "0x", "0b", "0o", "+", " ")) + "".join(rng.choice(digits) for _ in range(rng.randint(1, 7)))

    def a_floatnumeral(self):
        rng, case = self.rng, self.rng.random()
        if case < 0.15:
            return rng.choice(("inf", "-Infinity", "NaN", "+inf", "iNf", "infinit", "1e999", "-1e-999", "1e", ".", "e5", "1_0.5", "1._5", "\t2.5\n"))
        return rng.choice(("", "", "-", "+", " ")) + rng.choice((repr(abs(self.a_finite())), f"{rng.randint(0, 99)}.", f".{rng.randint(0, 999)}",
                                                             f"{rng.randint(0, 999)}E{rng.randint(-12, 12)}", str(rng.randint(0, 10 ** 18))))

    def a_sep(self):
        return "" if self.chance(0.03) else self.rng.choice(SEPS)

    def a_short(self):
        """Few characters, to be found in others."""
        return "".join(self.rng.choice("abnort x.1") for _ in range(self.rng.randint(0, 2)))

    def a_tabbed(self):
        return "".join(self.rng.choice((self.a_word(), "\t", "\t", "\n", "\u00e9", "")) for _ in range(self.rng.randint(1, 7)))

    def a_identifier(self):
        rng = self.rng
        return rng.choice((self.a_word(), "_" + self.a_word(), self.a_word() + str(rng.randint(0, 9)), str(rng.randint(0, 9)) + "a",
                           "a b", "", "class", "\u00e4x", "x-y", "\u00b2x", "x\u0301", "__", "a.b"))

    def a_bytes(self):
        rng, case = self.rng, self.rng.random()
        if case < 0.06:
            return b""
        if case < 0.5:
            return self.a_word().encode() + rng.choice((b"", b"", b" ", b"\n", b"1", b"Z"))
        if case < 0.75:
            return "".join(rng.choice("aAb b.1\t") for _ in range(rng.randint(1, 9))).encode()
        if case < 0.9:
            return bytes(rng.randrange(256) for _ in range(rng.randint(1, 8)))
        return self.a_text().encode("utf-8", "ignore")

    def a_byteseq(self):
        return [self.rng.randint(0, 255) if self.chance(0.97) else self.rng.choice((256, -1, 10 ** 20)) for _ in range(self.rng.randint(0, 6))]

    def a_hexes(self):
        rng = self.rng
        pairs = ("%02x" % rng.randrange(256) for _ in range(rng.randint(0, 6)))
        text = rng.choice(("", "", " ")).join(pairs)
        return rng.choice((text, text.upper(), text, text + rng.choice("0g ")))
