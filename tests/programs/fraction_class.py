"""Exact fractions with all their operators."""


def gcd(a, b):
    while b:
        a, b = b, a % b
    return abs(a)


class Fraction:
    def __init__(self, top, bottom=1):
        if bottom == 0:
            raise ZeroDivisionError("a fraction over zero")
        if bottom < 0:
            top, bottom = -top, -bottom
        common = gcd(top, bottom)
        self.top = top // common
        self.bottom = bottom // common

    @classmethod
    def parse(cls, text):
        top, _, bottom = text.partition("/")
        return cls(int(top), int(bottom or 1))

    @staticmethod
    def of(value):
        return value if isinstance(value, Fraction) else Fraction(value)

    def __add__(self, other):
        other = Fraction.of(other)
        return Fraction(self.top * other.bottom + other.top * self.bottom, self.bottom * other.bottom)

    __radd__ = __add__

    def __neg__(self):
        return Fraction(-self.top, self.bottom)

    def __sub__(self, other):
        return self + -Fraction.of(other)

    def __rsub__(self, other):
        return -self + other

    def __mul__(self, other):
        other = Fraction.of(other)
        return Fraction(self.top * other.top, self.bottom * other.bottom)

    __rmul__ = __mul__

    def __truediv__(self, other):
        other = Fraction.of(other)
        return Fraction(self.top * other.bottom, self.bottom * other.top)

    def __pow__(self, n):
        if n < 0:
            return Fraction(self.bottom, self.top) ** -n
        return Fraction(self.top ** n, self.bottom ** n)

    def __eq__(self, other):
        other = Fraction.of(other)
        return (self.top, self.bottom) == (other.top, other.bottom)

    def __lt__(self, other):
        other = Fraction.of(other)
        return self.top * other.bottom < other.top * self.bottom

    def __hash__(self):
        return hash((self.top, self.bottom))

    def __abs__(self):
        return Fraction(abs(self.top), self.bottom)

    def __float__(self):
        return self.top / self.bottom

    def __int__(self):
        return self.top // self.bottom

    def __bool__(self):
        return self.top != 0

    def __repr__(self):
        return f"Fraction({self.top}, {self.bottom})"

    def __str__(self):
        return str(self.top) if self.bottom == 1 else f"{self.top}/{self.bottom}"


half, third = Fraction(1, 2), Fraction(2, 6)
print(half + third, half - third, half * third, half / third, -half)
print(half + 1, 1 + half, 2 - half, 3 * third, half ** 3, third ** -2)
print(half == Fraction(2, 4), half != third, third < half, half > third)
print(repr(half), str(Fraction(4, -2)), abs(Fraction(-3, 9)), float(half), int(Fraction(7, 2)))
print(sum([half, third, Fraction(1, 6)]), max(half, third), sorted([half, third, Fraction(2, 5)]))
print(bool(Fraction(0)), len({half, Fraction(3, 6), third}), [Fraction.parse(t) for t in ("3/4", "5", "-2/8")])
try:
    print(half / 0)
except ZeroDivisionError as error:
    print("error:", error)

total = Fraction(0)
for n in range(1, 11):
    total += Fraction(1, n)
    print(f"{n:2} {str(total):>10} {float(total):.6f}")


def egyptian(fraction):
    parts = []
    while fraction:
        n = -(-fraction.bottom // fraction.top)
        parts.append(n)
        fraction -= Fraction(1, n)
    return parts


print(egyptian(Fraction(7, 15)), egyptian(Fraction(5, 121))[:3])
print(f"{half} of {{{third}}} is {half * third!r}")
