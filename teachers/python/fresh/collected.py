"""Collections. A set whose order would show has one element at most: which order it has is nothing that a language defines."""

from collections import Counter, deque
from copy import copy


class Collected:
    def size(self):
        rng, case = self.rng, self.rng.random()
        return 0 if case < 0.08 else 1 if case < 0.2 else rng.randint(2, 6) if case < 0.93 else rng.randint(7, 20)

    def some(self, make):
        """A list in which things come back."""
        rng, found = self.rng, []
        for _ in range(self.size()):
            found.append(copy(rng.choice(found)) if found and rng.random() < 0.25 else make())
        return found

    def a_item(self):
        """An element; no NaN, which is equal to itself only where it is the same thing."""
        rng, case = self.rng, self.rng.random()
        if case < 0.4:
            return self.a_int()
        if case < 0.65:
            return self.a_text()
        if case < 0.75:
            return rng.choice((True, False, None))
        if case < 0.87:
            return self.solid()
        if case < 0.93:
            return tuple(self.a_small() for _ in range(rng.randint(0, 3)))
        return [self.a_small() for _ in range(rng.randint(0, 2))]

    def solid(self):
        while True:
            value = self.a_float()
            if value == value:
                return value

    def a_scalar(self):
        """An element that can be a key."""
        while True:
            value = self.a_item()
            if type(value) is not list:
                return value

    def a_list(self):
        return self.rng.choice((self.a_ints, self.a_words, lambda: self.some(self.a_item), lambda: self.some(self.a_item)))()

    def a_ints(self):
        make = self.rng.choice((self.a_int, self.a_small, self.a_small))
        return self.some(make)

    def a_smalls(self):
        return self.some(self.a_small)

    def a_wholes(self):
        return self.some(self.a_nat)

    def a_floats(self):
        return self.some(self.solid)

    def a_plainfloats(self):
        return self.some(self.a_plainfloat)

    def a_numbers(self):
        make = self.rng.choice((self.a_small, self.a_int, self.solid, self.a_plainfloat))
        return self.some(lambda: make() if self.chance(0.7) else self.rng.choice((self.a_bool, self.a_small, self.a_plainfloat))())

    def a_words(self):
        make = self.rng.choice((self.a_text, self.a_word, lambda: self.cased(self.a_word()), self.a_short))
        return self.some(make)

    def a_chars(self):
        return self.some(self.a_char)

    def a_bools(self):
        return self.some(self.a_bool)

    def a_falsy(self):
        return self.some(lambda: self.rng.choice((0, 0.0, "", None, False, [], (), {}, 1, "a", -1, 0.5, [0])))

    def a_numerals(self):
        return self.some(self.a_numeral)

    def a_bytelist(self):
        return self.some(self.a_bytes)

    def a_sortedints(self):
        return sorted(self.a_ints())

    def a_sortedwords(self):
        return sorted(self.a_words())

    def a_heap(self):
        import heapq

        found = self.a_ints()
        heapq.heapify(found)
        return found

    def a_pairs(self):
        first = self.rng.choice((self.a_word, self.a_small, self.a_short))
        return self.some(lambda: (first(), self.a_small()))

    def a_wordpairs(self):
        return self.some(lambda: (self.a_word(), self.a_small()))

    def a_matrix(self):
        return self.some(lambda: self.some(self.a_small)[:4])

    def a_couple(self):
        return self.rng.choice((list, tuple))((self.a_item(), self.a_item()))

    def a_triple(self):
        return self.rng.choice((list, tuple))((self.a_item(), self.a_item(), self.a_item()))

    def a_pairtuple(self):
        return (self.a_item(), self.a_couple())

    def a_trio(self):
        """Few enough for all their orders."""
        return self.rng.choice((self.a_list, self.a_smalls, self.a_word, self.a_chars))()[:4]

    def a_pick(self):
        return self.rng.randint(-1, 4)

    def a_pickpairs(self):
        return self.some(lambda: (self.a_small(), self.a_pick()))

    def a_table(self):
        """Rows of one length."""
        width = self.rng.randint(0, 4)
        return [[self.a_small() for _ in range(width)] for _ in range(self.rng.randint(0, 4))]

    def a_lists(self):
        return self.some(self.a_list)[:4]

    def a_dicts(self):
        return self.some(lambda: {"n": self.a_small(), "w": self.a_word()})

    def a_tuple(self):
        return tuple(self.a_list())

    def a_inttuple(self):
        return tuple(self.a_ints())

    def a_wordtuple(self):
        return tuple(self.some(self.a_short))

    def a_dict(self):
        make = self.rng.choice((self.a_word, self.a_scalar, self.a_small))
        return {make(): self.a_item() for _ in range(self.size())}

    def a_tally(self):
        make = self.rng.choice((self.a_word, self.a_short, self.a_small))
        return {make(): self.a_small() for _ in range(self.size())}

    def a_strdict(self):
        return {self.a_word(): self.a_item() for _ in range(self.size())}

    def a_record(self):
        """Fields for a text to be filled with."""
        return {"n": self.a_int(), "w": self.a_text(), "x": self.a_finite()}

    def a_set(self):
        return set(self.some(self.rng.choice((self.a_small, self.a_word, self.a_short, self.a_scalar))))

    def a_intset(self):
        return set(self.some(self.a_small))

    def a_lonely(self):
        """A set without an order."""
        return {self.a_scalar()} if self.chance(0.7) else set()

    def a_loner(self):
        return frozenset(self.a_lonely())

    def a_frozenset(self):
        return frozenset(self.a_set())

    def a_bag(self):
        """Something to walk through, in an order that is defined."""
        return self.rng.choice((self.a_list, self.a_list, self.a_tuple, self.a_text, self.a_text, self.a_dict, self.a_bytes, self.a_lonely))()

    def a_intbag(self):
        return self.rng.choice((self.a_ints, self.a_ints, self.a_inttuple, self.a_intset, lambda: {self.a_small(): None for _ in range(self.size())}))()

    def a_wordbag(self):
        return self.rng.choice((self.a_words, self.a_words, self.a_wordtuple, self.a_text, self.a_strdict))()

    def a_sized(self):
        return self.rng.choice((self.a_bag, self.a_bag, self.a_bag, self.a_set, self.a_frozenset))()

    def a_deque(self):
        return deque(self.a_list())

    def a_counter(self):
        return Counter(self.rng.choice((self.a_text, self.a_smalls, lambda: [self.a_short() for _ in range(8)]))())
