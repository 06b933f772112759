"""Iterators, and functions made of functions: what is left in them, or what they were made of. None of them is moved, and no line
of the program that is watched is run."""

import functools
import gc
import itertools
import operator
from collections import OrderedDict, deque, namedtuple

LONGEST = 4096
PLAIN = (int, float, str, bool, bytes, type(None))
GROUPED = type(next(itertools.groupby("a"))[1])
COMPARED = type(functools.cmp_to_key(max))
CACHED = type(functools.lru_cache(max))
FIELD = type(namedtuple("Pair", "x").x)
TEE = type(itertools.tee(())[0])
PAIRWISE = getattr(itertools, "pairwise", None)

ITERATORS = {type(iter(x)) for x in ([], (), "", "\u00e9", b"", bytearray(), {}, {}.values(), {}.items(), set(), range(0),
                                     range(2 ** 70), deque())}
ITERATORS |= {type(reversed(x)) for x in ([], (), {}, {}.values(), {}.items(), range(0), deque())}
# Those that hold all that they will give from the start.
POOLED = {itertools.combinations, itertools.combinations_with_replacement, itertools.permutations, itertools.product}
# Those that go on with other iterators.
JOINED = {enumerate, zip, itertools.chain, itertools.zip_longest, itertools.islice, itertools.accumulate, itertools.compress, TEE, PAIRWISE} - {None}
# Those that are shown by what they go through, where what that will give cannot be had without asking it.
LAZY = JOINED - {TEE}
ITERATORS |= POOLED | JOINED | {itertools.repeat}
# Those that never end.
ENDLESS = {itertools.count, itertools.cycle}
# Those that hold functions, which may be the program's own.
PARTED = {map, filter, itertools.filterfalse, itertools.takewhile, itertools.dropwhile, itertools.starmap, itertools.groupby, GROUPED, functools.partial,
          operator.itemgetter, operator.attrgetter, operator.methodcaller, COMPARED, CACHED, FIELD}
HELD = (list, tuple, str, range, dict, set, frozenset, bytes, type({}.keys()), type({}.values()), type({}.items()), deque)


def left(iterator):
    """What it will give, or None where that cannot be had without moving something, or is too much."""
    if endless(iterator):
        return None
    try:
        copy = clone(iterator, {})
        items = None if copy is None else list(itertools.islice(copy, LONGEST + 1))
    except (RuntimeError, TypeError):  # what it goes through has changed, or is not fit for it
        return None
    return items if items is not None and len(items) <= LONGEST else None


def endless(iterator):
    return type(iterator) in ENDLESS or type(iterator) is itertools.repeat and len(iterator.__reduce__()[1]) == 1


def parts(v):
    """What it was made of, as far as that is not used up yet."""
    kind = type(v)
    if kind is functools.partial:
        return [v.func, v.args] + ([v.keywords] if v.keywords else [])
    if kind is operator.methodcaller:
        made, args = v.__reduce__()[:2]
        return list(args) if made is kind else [*made.args, *args, made.keywords]
    if kind is COMPARED:
        return [x for x in gc.get_referents(v) if x is not COMPARED]
    if kind is CACHED:
        return [v.__dict__["__wrapped__"]] if "__wrapped__" in v.__dict__ else None
    if kind is FIELD:
        return [v.__reduce__()[1][0]]
    if kind is PAIRWISE:
        return [x for x in gc.get_referents(v) if x is not PAIRWISE]
    if kind is GROUPED or kind is itertools.groupby:
        return grouped(v)
    reduced = v.__reduce__()
    args, state = list(reduced[1]), (reduced[2] if len(reduced) > 2 else None)
    if kind is itertools.count:
        return [args[0], args[1] if len(args) > 1 else 1]
    if kind is itertools.cycle:
        rest = left(args[0])
        saved, whole = state
        return None if rest is None else rest + (saved[:len(saved) - len(rest)] if whole else saved)
    if kind is itertools.takewhile and state:
        return [args[0], iter(())]
    if kind is itertools.dropwhile and state:
        return [None, args[1]]
    if kind is itertools.accumulate:
        return [args[1], args[0]] + ([] if state is None else [state])
    if kind is itertools.chain:
        rest = left(state[0]) if state else []
        return None if rest is None else list(state[1:] if state else ()) + rest
    if kind is itertools.zip_longest:
        return [*args, state]
    if kind in (enumerate, zip) and len(reduced) > 2:  # one that insists on equal lengths
        return None
    return args


def grouped(v):
    """Groups: the function, and what is left; of one group, also what its elements have in common."""
    group = v.__reduce__()[1] if type(v) is GROUPED else (v,)
    _, (inner, key), *state = group[0].__reduce__()
    if not state:
        return [key, inner] if len(group) == 1 else [key, group[1], iter(())]
    rest = left(inner)
    if rest is None:
        return None
    now, value, target = state[0]
    rest.insert(0, value)
    if len(group) == 1:
        # What is left of a group that was begun is passed over.
        if key is not None or type(target) not in PLAIN or not all(type(x) in PLAIN for x in rest):
            return None
        return [key, iter(list(itertools.dropwhile(lambda x: x == target, rest)))]
    over = type(now) not in PLAIN or type(group[1]) not in PLAIN or now != group[1]
    return [key, group[1], iter([] if over else rest)]


# ---------------------------------------------------------------------- copies

def clone(iterator, seen):
    """An iterator that gives what this one will give, or None where that cannot be had without moving it."""
    key = id(iterator)
    if key in seen:
        return seen[key]
    kind = type(iterator)
    copy = None
    if kind is enumerate:
        inner, count = iterator.__reduce__()[1][:2]
        inner = clone(inner, seen)
        copy = None if inner is None else enumerate(inner, count)
    elif kind is zip:
        _, inner, *strict = iterator.__reduce__()
        inner = [clone(x, seen) for x in inner]
        # One that insists on equal lengths looks like any other.
        copy = None if strict or None in inner else zip(*inner)
    elif kind in POOLED or kind in (itertools.count, itertools.repeat):
        copy = restored(iterator.__reduce__())
    elif kind is itertools.cycle:
        period = parts(iterator)
        copy = None if period is None else itertools.cycle(period)
    elif kind is itertools.starmap:
        function, inner = iterator.__reduce__()[1]
        inner = clone(inner, seen) if function is itertools.repeat else None
        copy = None if inner is None else itertools.starmap(function, inner)
    elif kind is TEE:
        copy = tee(iterator, seen)
    elif kind is PAIRWISE:
        inner, *last = parts(iterator)
        inner = clone(inner, seen)
        copy = None if inner is None else PAIRWISE(itertools.chain(last, inner))
    elif kind in JOINED:
        copy = joined(kind, iterator.__reduce__(), seen)
    elif kind in ITERATORS:
        reduced = iterator.__reduce__()
        base = reduced[1][0] if reduced[1] else ()
        if type(base).__module__ != "builtins" and type(base) not in (deque, OrderedDict):
            return None
        copy = restored(reduced)
    seen[key] = copy
    return copy


def restored(reduced):
    """What a `__reduce__` describes."""
    copy = reduced[0](*reduced[1])
    if len(reduced) > 2 and reduced[2] is not None:
        copy.__setstate__(reduced[2])
    return copy


def tee(iterator, seen):
    """What was kept for it of what others have taken already, then what is left of what all of them go through."""
    block, at = iterator.__reduce__()[2]
    kept = []
    while True:
        inner, values, *following = block.__reduce__()[1]
        kept += values[at:]
        if not following or following[0] is None:
            break
        block, at = following[0], 0
    inner = clone(inner, seen)
    return None if inner is None else itertools.chain(kept, inner)


def joined(kind, reduced, seen):
    """The same as `clone`, of an iterator that goes on with others: none of them may be left to the two together."""
    _, args, *state = reduced
    state = state[0] if state else None
    if kind is itertools.chain:
        if not state:
            return itertools.chain()
        rest = clone(state[0], seen)
        active = clone(state[1], seen) if len(state) > 1 else None
        if rest is None or len(state) > 1 and active is None:
            return None
        held = list(rest)
        # What such a starmap makes is nobody else's.
        if not all(type(x) in HELD for x in held) and type(state[0]) is not itertools.starmap:
            return None
        return itertools.chain(*([active] if active is not None else []), *held)
    if kind is itertools.accumulate:
        inner = clone(args[0], {})
        # A function or a sum may be the program's own.
        if inner is None or args[1:] != (None,) or not all(type(x) in (int, float, str) for x in itertools.islice(inner, LONGEST)):
            return None
    if kind is itertools.islice:
        inner = clone(args[0], seen)
        return None if inner is None else restored((kind, (inner, *args[1:]), state))
    if kind is itertools.compress:
        data, tests = clone(args[0], seen), clone(args[1], {})
        # Whether an element is true may be the program's own decision.
        tests = None if tests is None else list(itertools.islice(tests, LONGEST + 1))
        if data is None or tests is None or len(tests) > LONGEST or not all(type(x) in PLAIN for x in tests):
            return None
        return itertools.compress(data, tests)
    inner = [x if type(x) is tuple else clone(x, seen) for x in (args if kind is itertools.zip_longest else args[:1])]
    return None if None in inner else restored((kind, (*inner, *args[len(inner):]), state))
