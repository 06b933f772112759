"""The lines that are asked: an operation, then its calls, each with what it gave."""

import random
import re

from fresh.call import Call, Unfit
from fresh.draw import Draw
from fresh.table import HOLE, operations, thing

TRIES = 6
STRANGE = 0.07
NAMES = "abcdefgh"


def lines(calls, seed, only, at, of):
    chosen = [operation for operation in operations() if wanted(operation.name, only)]
    for row, operation in enumerate(chosen):
        if row % of == at:
            yield {"operation": operation.name, "row": row, "of": len(chosen), "known": operation.known}
            yield from distinct(operation, calls, random.Random(f"fresh {seed} {operation.name}"))


def wanted(name, only):
    if only in name:
        return True
    try:
        return re.search(only, name) is not None
    except re.error:
        return False


def distinct(operation, calls, rng):
    """As many different calls as are wanted, or as there seem to be; those with operands of wrong types keep to their share."""
    seen = set()
    strange = 0
    tries = calls * TRIES
    while len(seen) < calls and tries > 0:
        tries -= 1
        call = draw(operation, rng)
        if call.key in seen or call.strange and strange > STRANGE * (len(seen) + 10):
            continue
        try:
            line = call.line(operation.name)
        except Unfit:
            continue
        seen.add(call.key)
        strange += call.strange
        yield line


def draw(operation, rng):
    """A call of one of the forms: every hole gets a value under a name of its own. What is to fit another operand is drawn last;
    sometimes one operand is of a wrong type."""
    source = Draw(rng)
    form = spliced(rng.choice(operation.forms), source)
    kinds = [kind for kind in HOLE.findall(form) if source.has(kind)]
    values = {}
    for late in (False, True):
        for i, kind in enumerate(kinds):
            if source.depends(kind) == late:
                values[i] = source.draw(kind)
    # What a method is taken from is no operand that can be of a wrong type: that would be another operation.
    owners = [form[match.end():].startswith(".") for match in HOLE.finditer(form) if source.has(match.group(1))]
    arguments = [i for i in values if not owners[i]]
    strange = bool(arguments) and rng.random() < STRANGE
    if strange:
        i = rng.choice(arguments)
        values[i] = source.stranger(values[i])
    things = {}
    names = iter(NAMES)

    def filled(match):
        kind = match.group(1)
        if kind == "^":
            return NAMES[0]
        if "." in kind:
            name = kind.rpartition(".")[2]
            things[name] = kind
            return name
        return next(names) if source.has(kind) else match.group(0)

    text = HOLE.sub(filled, form)
    return Call(text, {NAMES[i]: values[i] for i in range(len(kinds))}, {name: (path, thing(path)) for name, path in things.items()},
                strange)


def spliced(form, source):
    """Fills the holes that stand for source text: functions, mostly."""
    return re.sub(r"\{=([a-z]+)\}", lambda match: source.text(match.group(1)), form)
