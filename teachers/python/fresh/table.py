"""The operations that are asked about, read from operations.txt."""

import importlib
import os
import re

from observer.values import Objects

HERE = os.path.dirname(os.path.abspath(__file__))
HOLE = re.compile(r"\{(\^|[a-z]+(?:\.\w+)*)\}")


class Operation:
    """A row: what it is called, what it is known by, and the forms of its calls."""

    def __init__(self, name, known):
        self.name = name
        self.known = known
        self.forms = []


def operations():
    found = []
    with open(os.path.join(HERE, "operations.txt"), encoding="utf-8") as file:
        for line in file:
            line = line.rstrip("\n")
            if not line or line.startswith("#"):
                continue
            if line.startswith(" "):
                found[-1].forms += [form.strip().replace("\\n", "\n") for form in line.split(" ;; ")]
            else:
                name, _, known = line.partition("  known as  ")
                found.append(Operation(name.strip(), [k.strip() for k in known.split(" ;; ")] if known else own(name.strip())))
    return found


def own(name):
    """A thing with a name is known by that: see values.py of the observer."""
    shown = Objects(1000, None).value(thing(name), None)
    return ["@" + shown["atom"]]


def thing(path):
    """What a dotted path names, first of the builtin things, then of modules."""
    head, *rest = path.split(".")
    builtin = vars(importlib.import_module("builtins"))
    found = builtin[head] if head in builtin else importlib.import_module(head)
    for name in rest:
        found = getattr(found, name)
    return found
