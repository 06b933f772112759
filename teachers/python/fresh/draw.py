"""Operands: ordinary ones mixed with those that break a rule that only holds for ordinary ones. Each kind is a method `a_...`;
those of `Fitting` are made to fit the first other operand."""

from fresh.numbers import Numbers
from fresh.collected import Collected
from fresh.fitting import FITTING, Fitting
from fresh.texts import Texts
from fresh.sources import SOURCES


class Draw(Numbers, Texts, Collected, Fitting):
    """Draws the operands of one call."""

    def __init__(self, rng):
        self.rng = rng
        self.first = None
        self.drawn = False

    def draw(self, kind):
        value = getattr(self, "a_" + kind)()
        if not self.drawn:
            self.first, self.drawn = value, True
        return value

    def has(self, kind):
        return hasattr(self, "a_" + kind)

    def depends(self, kind):
        return kind in FITTING

    def text(self, kind):
        return self.rng.choice(SOURCES[kind])

    def chance(self, share):
        return self.rng.random() < share

    def stranger(self, value):
        """Something of another type, small enough for any operation."""
        kind = type(value)
        while True:
            other = self.draw(self.rng.choice(STRANGERS))
            if type(other) is not kind and not (isinstance(value, int) and isinstance(other, int)):
                return other

    def a_any(self):
        return self.draw(self.rng.choice(KINDS))

    def a_plain(self):
        """Anything that is no collection."""
        return self.draw(self.rng.choice(PLAIN))


PLAIN = ("int", "int", "float", "bool", "none", "text", "text", "bytes")
KINDS = PLAIN + ("list", "ints", "tuple", "dict", "lonely", "loner")
STRANGERS = ("small", "plainfloat", "bool", "none", "text", "char", "list", "tuple", "dict", "lonely", "bytes")
