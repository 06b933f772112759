"""One call: it is made here, and told as a program of the trace format (docs/trace-format.md) with two activations: the one
that binds the operands, and the call. `before` is the same set-up as text, for people."""

import ast
import io
import re
import sys

from observer.program import dump
from observer.values import Objects

LONGEST = 20_000
WORDS = re.compile(r"""'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|\b(inf|nan)\b""")


class Unfit(Exception):
    """A call that cannot be asked: too long, or it tells of addresses."""


class Node:
    """What `Objects` writes the changes of objects to."""

    def __init__(self):
        self.heap = None


class Call:
    """A program text, the operands by name, and the things of modules that it needs by name."""

    def __init__(self, text, operands, things, strange=False):
        self.text = text
        self.strange = strange
        self.operands = operands
        self.things = things
        self.before = "; ".join([imported(path) for path, _ in things.values()] +
                                [f"{name} = {told(value)}" for name, value in operands.items()])
        self.key = (text, self.before)

    def line(self, name):
        objects = Objects(1_000_000, too_much)
        entry, after = Node(), Node()
        space = {"__name__": "__main__"}
        binds = []
        for known, (_, thing) in self.things.items():
            space[known] = thing
            binds.append(["entry", known, objects.value(thing, entry), 0])
        for known, value in self.operands.items():
            space[known] = value
            binds.append(["entry", known, objects.value(value, entry), 0])
        before = dict(space)
        act = {"span": 0, "parent": 0}
        printed, sys.stdout = sys.stdout, io.StringIO()
        try:
            act["value"] = objects.value(self.run(space), after)
        except Unfit:
            raise
        except (MemoryError, RecursionError):
            raise Unfit from None
        except Exception as error:
            act["end"] = "raised"
            act["value"] = objects.value(error, after)
        finally:
            printed, sys.stdout = sys.stdout.getvalue(), printed
        objects.look_at_all(after)
        act["binds"] = [["exit", name, objects.value(space[name], after), 0] for name in self.bound(before, space)]
        act["out"] = printed
        act["heap"] = after.heap or []
        whole = len(self.text.encode("utf-8"))
        line = {"id": name, "before": self.before, "source": self.text, "spans": [[0, whole, -1, "block"]],
                "objects": objects.rows, "acts": [{"span": 0, "binds": binds, "heap": entry.heap or []}, act]}
        check(line)
        return line

    def bound(self, before, space):
        """Names that got another value. Those that only lead up to an expression are none of its doing."""
        names = self.operands if isinstance(ast.parse(self.text).body[-1], ast.Expr) else space
        return [name for name in names if not name.startswith("__") and (name not in before or space[name] is not before[name])]

    def run(self, space):
        """The value of the last statement, if that is an expression."""
        tree = ast.parse(self.text)
        last = tree.body.pop() if isinstance(tree.body[-1], ast.Expr) else None
        exec(compile(tree, "<call>", "exec"), space)
        return None if last is None else eval(compile(ast.Expression(last.value), "<call>", "eval"), space)


def imported(path):
    module, _, name = path.rpartition(".")
    return f"from {module} import {name}"


def told(value):
    """As source text."""
    return WORDS.sub(lambda match: f"float('{match.group(1)}')" if match.group(1) else match.group(0), repr(value))


def too_much(_why):
    raise Unfit


def check(line):
    text = dump(line)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        raise Unfit from None
    # Half a surrogate pair is told as something that is no text.
    unfit = len(text) > LONGEST or " at 0x" in text or '"class":"str"' in text
    if unfit or any(shape in ("opaque", "closure") for _, shape in line["objects"]):
        raise Unfit
