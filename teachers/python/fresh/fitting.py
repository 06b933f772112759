"""Operands that fit the first other operand of the call: a position in it, a piece of it, something that it holds."""

import copy

FITTING = {"part", "strip", "index", "bound", "step", "key", "member", "like", "copy", "bytepart", "parts", "subset", "bagpart", "tablemap"}


class Fitting:
    def length(self):
        try:
            return len(self.first)
        except TypeError:
            return 4

    def a_index(self):
        n = self.length()
        if self.chance(0.02):
            return self.a_huge()
        return self.rng.randint(-n, n - 1) if n and self.chance(0.75) else self.rng.randint(-n - 3, n + 3)

    def a_bound(self):
        return None if self.chance(0.12) else self.a_index()

    def a_step(self):
        return self.rng.choice((1, 2, 3, -1, -2, -3, 4, -5)) if self.chance(0.93) else self.rng.choice((0, None, 10 ** 20, -(10 ** 20), 100))

    def a_part(self):
        """A piece of the text, or one that may be none."""
        text = self.first
        if type(text) is str and text and self.chance(0.7):
            start = self.rng.randrange(len(text))
            return text[start:start + self.rng.choice((1, 1, 2, 3, 0))]
        return self.rng.choice((self.a_short, self.a_sep, self.a_char, self.a_word))()

    def a_parts(self):
        return tuple(self.a_part() for _ in range(self.rng.randint(0, 3)))

    def a_strip(self):
        """Characters that may stand at the ends."""
        text = self.first
        if type(text) is str and text and self.chance(0.8):
            return "".join(self.rng.choice((text[:1], text[-1:], text[-2:], self.a_short())) for _ in range(self.rng.randint(1, 3)))
        return self.rng.choice((self.a_short, self.a_char))()

    def a_bytepart(self):
        text = self.first
        if type(text) is bytes and text and self.chance(0.7):
            start = self.rng.randrange(len(text))
            return text[start:start + self.rng.choice((1, 1, 2, 0))]
        return self.a_short().encode()

    def elements(self):
        try:
            return list(self.first)
        except TypeError:
            return []

    def a_member(self):
        found = self.elements()
        if found and self.chance(0.65):
            chosen = self.rng.choice(found)
            # What is equal, but of another type, is a member, too.
            if type(chosen) is int and abs(chosen) < 10 ** 9 and self.chance(0.08):
                return self.rng.choice((float(chosen), bool(chosen)))
            return copy.deepcopy(chosen)
        return self.rng.choice((self.a_scalar, self.a_scalar, self.a_small, self.a_item))()

    def a_key(self):
        found = self.elements()
        if found and self.chance(0.6):
            return copy.deepcopy(self.rng.choice(found))
        return self.rng.choice((self.a_scalar, self.a_word, self.a_small))()

    def a_copy(self):
        return copy.deepcopy(self.first)

    def a_like(self):
        """The same, nearly the same, or something else of its type."""
        value, rng = self.first, self.rng
        case = rng.random()
        if case < 0.35:
            return copy.deepcopy(value)
        kind = type(value)
        if kind in (list, tuple, str, bytes) and len(value) and case < 0.75:
            at = rng.randrange(len(value))
            return rng.choice((value[:at], value[:at] + value[at + 1:], value + value[:1], value[:at] + value[at:at + 1] + value[at:]))
        if kind is dict and value and case < 0.75:
            changed = dict(value)
            changed[rng.choice(list(value))] = self.a_small()
            return rng.choice((changed, dict(list(value.items())[::-1]), dict(list(value.items())[1:])))
        if kind in (set, frozenset):
            return self.a_subset()
        if kind is int and abs(value) < 10 ** 15:
            return rng.choice((value + 1, float(value), value - 1, -value, value == 1))
        if kind is float:
            return rng.choice((-value, value + 1.0, value * 1.0000000000000002, self.a_float()))
        return self.a_any()

    def a_subset(self):
        """A set that shares something with the first."""
        found = [x for x in self.elements() if self.chance(0.7)]
        found += [self.a_scalar() for _ in range(self.rng.choice((0, 0, 1, 2)))]
        try:
            made = set(found)
        except TypeError:
            made = {1}
        return frozenset(made) if self.chance(0.2) else made

    def a_bagpart(self):
        """The same as something else than a set."""
        found = list(self.a_subset())
        return self.rng.choice((found, tuple(found), dict.fromkeys(found)))

    def a_tablemap(self):
        """What characters are translated to."""
        text = self.first if type(self.first) is str and self.first else "abc"
        return {ord(self.rng.choice(text)): self.rng.choice((None, "x", "", "\u00e9!", 65, 0x1f600)) for _ in range(self.rng.randint(0, 3))}
