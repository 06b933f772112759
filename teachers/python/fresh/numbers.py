"""Numbers."""

EDGES = [sign * (1 << bits) + step for bits in (15, 31, 32, 53, 62, 63, 64, 96) for step in (-1, 0, 1) for sign in (1, -1)]
ODD = (0.0, -0.0, 1.0, -1.0, float("inf"), float("-inf"), float("nan"), 2.0 ** 52 + 0.5, 2.0 ** 53, -2.0 ** 63, 4.9e-322, 1.5e308,
       9.999999999999999e22, 1e-7, 123456.7e-9, 0.99999999999999, 65.5e15, 9e15, 1.25e16, 0.1 + 0.7)


class Numbers:
    def a_none(self):
        return None

    def a_bool(self):
        return self.chance(0.5)

    def a_int(self):
        rng, case = self.rng, self.rng.random()
        if case < 0.05:
            return rng.choice(EDGES)
        if case < 0.09:
            return rng.choice((1, -1)) * rng.randrange(10 ** rng.randint(11, 44))
        if case < 0.35:
            return rng.randint(-9, 9)
        if case < 0.8:
            return rng.randint(-160, 160)
        return rng.randint(-99_999, 99_999)

    def a_huge(self):
        return self.rng.choice((1, -1)) * self.rng.randrange(10 ** self.rng.randint(15, 60))

    def a_small(self):
        return self.rng.randint(-6, 11)

    def a_nat(self):
        return self.rng.randint(0, 13)

    def a_positive(self):
        return self.rng.randint(1, 9_999) if self.chance(0.4) else self.rng.randint(1, 60)

    def a_whole(self):
        """Not negative, and often large."""
        return abs(self.a_int())

    def a_factor(self):
        """How often a sequence is repeated."""
        return self.rng.randint(-2, 6)

    def a_exponent(self):
        return self.rng.randint(-4, 14)

    def a_power(self):
        """What is raised to that."""
        return self.rng.randint(-30, 30) if self.chance(0.8) else self.rng.randint(-10 ** 9, 10 ** 9)

    def a_shift(self):
        return self.rng.randint(-2, 12) if self.chance(0.8) else self.rng.randint(13, 90)

    def a_width(self):
        return self.rng.randint(-3, 24)

    def a_places(self):
        return self.rng.randint(-3, 7)

    def a_code(self):
        rng, case = self.rng, self.rng.random()
        if case < 0.08:
            return rng.choice((-1, -70, 0x110000, 0x10ffff, 0, 0x110001, 10 ** 12, 0xffff, 0x80, 0xff))
        if case < 0.6:
            return rng.randint(9, 126)
        return rng.choice((rng.randint(127, 0x24f), rng.randint(0x370, 0xd7ff), rng.randint(0x1f300, 0x1f6ff)))

    def a_base(self):
        return self.rng.choice((2, 3, 8, 10, 16, 16, 36, 2, 7, 0, 1, 37, 29))

    def a_float(self):
        rng, case = self.rng, self.rng.random()
        if case < 0.12:
            return rng.choice(ODD)
        if case < 0.2:
            return float(f"{rng.choice('-+')}{rng.randint(1, 99_999)}e{rng.randint(-40, 40)}")
        return self.a_plainfloat()

    def a_finite(self):
        while True:
            value = self.a_float()
            if value - value == 0:
                return value

    def a_plainfloat(self):
        rng, case = self.rng, self.rng.random()
        if case < 0.25:
            return float(rng.randint(-70, 70))
        if case < 0.45:
            return rng.randint(-130, 130) / 2
        if case < 0.8:
            return round(rng.uniform(-200, 200), rng.randint(1, 5))
        return rng.uniform(-30, 30)

    def a_unit(self):
        return round(self.rng.uniform(-1.05, 1.05), 3)

    def a_angle(self):
        return self.rng.choice((self.a_plainfloat, self.a_small))()

    def a_number(self):
        return self.rng.choice((self.a_int, self.a_int, self.a_float, self.a_bool))()

    def a_nonzero(self):
        return self.a_number() or 3
