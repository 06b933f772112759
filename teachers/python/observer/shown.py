"""How the prompt would write values down."""

LEAVES = {type(None), bool, int, float, complex, str, bytes, range}
HOLDERS = {list, tuple, set, frozenset, dict}
LONGEST = 60
DEEPEST = 3


class Shown:
    """Tells of the first values of a class and then ever more rarely: the sample is small and spread over the program."""

    def __init__(self):
        self.met = {}

    def text(self, v):
        """What the prompt would write, or None where nothing is told."""
        kind = type(v)
        if kind not in LEAVES and kind not in HOLDERS:
            return None
        count = self.met[kind] = self.met.get(kind, 0) + 1
        if count & count - 1 or not fits(v, DEEPEST):
            return None
        text = repr(v)
        return text if len(text) <= 4 * LONGEST else None


def fits(v, depth):
    """Is this short, and made of nothing that could run a line of the program when it is written down?"""
    kind = type(v)
    if kind is int:
        return v.bit_length() <= 4 * LONGEST
    if kind in LEAVES:
        return kind not in (str, bytes) or len(v) <= LONGEST
    if kind not in HOLDERS or depth == 0 or len(v) > LONGEST:
        return False
    if kind is dict:
        return all(fits(key, depth - 1) and fits(value, depth - 1) for key, value in v.items())
    return all(fits(x, depth - 1) for x in v)
