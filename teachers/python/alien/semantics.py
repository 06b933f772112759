"""How another language differs from Python in meaning: the same changes are made to the tree that is watched and to
the tree that is only run, so that each can be compared with the other."""

import ast
import operator as python
import sys

from observer.probes import Probes, probe, run
from observer.runtime import MARK

OPERATIONS = {"Add": python.add, "Sub": python.sub, "Mult": python.mul, "Div": python.truediv, "FloorDiv": python.floordiv,
              "Mod": python.mod}
IN_PLACE = {"Add": python.iadd, "FloorDiv": python.ifloordiv, "Mod": python.imod}


class Meaning:
    """Rewrites single nodes. Options: `first` (the number of the first element), `truncates` (division of whole numbers
    drops the fraction, and the rest has the sign of the dividend), `spaced` (+ puts a space between texts),
    `body_first` (while runs its body before its test), `boolean` (and, or give true or false), `truth` (what
    counts as true)."""

    def __init__(self, options):
        self.options = options
        self.loops = 0
        self.helpers = {MARK + f.__name__: f for f in self.make_helpers()}

    def make_helpers(self):
        options = self.options
        truths = {None: bool, "given": lambda v: v is not None and v is not False,
                  "positive": lambda v: v > 0 if type(v) in (int, float) else bool(v)}
        is_true = truths[options.get("truth")]

        def truth(v):
            return bool(is_true(v))

        def add(a, b):
            if type(a) is str and type(b) is str:
                return f"{a} {b}"
            return a + b

        def add_to(a, b):
            return add(a, b) if type(a) is str else python.iadd(a, b)

        def divide(a, b):
            if isinstance(a, int) and isinstance(b, int) and b != 0:
                return abs(a) // abs(b) * (1 if (a < 0) == (b < 0) else -1)
            return a // b

        def rest(a, b):
            if isinstance(a, int) and isinstance(b, int) and b != 0:
                return a - b * divide(a, b)
            return a % b

        class View:
            """A sequence whose first element has the number one; a slice holds its last."""

            __slots__ = ("of",)

            def __init__(self, of):
                self.of = of

            def shift(self, key):
                if isinstance(self.of, dict):
                    return key
                if isinstance(key, slice):
                    return slice(self.low(key.start), key.stop, key.step)
                return self.low(key)

            def low(self, key):
                if type(key) is not int or key < 0:
                    return key
                if key == 0:
                    raise IndexError("there is no element 0")
                return key - 1

            def __getitem__(self, key):
                return self.of[self.shift(key)]

            def __setitem__(self, key, value):
                self.of[self.shift(key)] = value

            def __delitem__(self, key):
                del self.of[self.shift(key)]

        def view(of):
            return View(of) if isinstance(of, (str, list, tuple, range, bytes)) else of

        def change_item(of, key, sign, value):
            """`of[key] sign= value`"""
            of = view(of) if options.get("first") else of
            of[key] = changed(sign, of[key], value)

        def changed(sign, a, b):
            if sign == "Add" and options.get("spaced"):
                return add_to(a, b)
            if sign == "FloorDiv" and options.get("truncates"):
                return divide(a, b)
            if sign == "Mod" and options.get("truncates"):
                return rest(a, b)
            return getattr(python, {"Add": "iadd", "FloorDiv": "ifloordiv", "Mod": "imod"}[sign])(a, b)

        fresh_loops = {}

        def start(number):
            fresh_loops[id(sys._getframe(1)), number] = True

        def fresh(number):
            return fresh_loops.pop((id(sys._getframe(1)), number), False)

        return truth, add, divide, rest, view, change_item, changed, start, fresh

    def changes_truth(self):
        return bool(self.options.get("truth"))

    def expression(self, node):
        options = self.options
        kind = type(node)
        if kind is ast.BinOp:
            sign = type(node.op)
            if sign is ast.Add and options.get("spaced"):
                return probe("add", node.left, node.right)
            if sign is ast.FloorDiv and options.get("truncates"):
                return probe("divide", node.left, node.right)
            if sign is ast.Mod and options.get("truncates"):
                return probe("rest", node.left, node.right)
        elif kind is ast.Subscript and options.get("first"):
            node.value = probe("view", node.value)
        elif kind is ast.BoolOp and options.get("boolean"):
            node.values = [probe("truth", v) for v in node.values]
        elif kind is ast.UnaryOp and type(node.op) is ast.Not and self.changes_truth():
            node.operand = probe("truth", node.operand)
        return node

    def test(self, node):
        return probe("truth", node) if self.changes_truth() else node

    def target(self, node):
        if isinstance(node, ast.Subscript) and self.options.get("first"):
            node.value = probe("view", node.value)
        return node

    def augmented(self, node):
        """A new statement in place of `target op= value`, or the same."""
        options = self.options
        sign = type(node.op).__name__
        if not (sign == "Add" and options.get("spaced") or sign in ("FloorDiv", "Mod") and options.get("truncates")):
            return node
        if isinstance(node.target, ast.Name):
            held = ast.Name(id=node.target.id, ctx=ast.Load())
            return ast.Assign(targets=[node.target], value=probe("changed", sign, held, node.value), type_comment=None)
        if isinstance(node.target, ast.Subscript) and not isinstance(node.target.slice, ast.Slice):
            value = node.target.value
            if isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == MARK + "view":
                value = value.args[0]
            return run(probe("change_item", value, node.target.slice, sign, node.value))
        return node

    def loop(self, node):
        """Statements to run before a while loop; changes its test."""
        if not self.options.get("body_first"):
            return []
        self.loops += 1
        node.test = ast.BoolOp(op=ast.Or(), values=[probe("fresh", self.loops), node.test])
        return [run(probe("start", self.loops))]


def probes(options):
    """The class that puts probes into programs with such meanings."""

    class AlienProbes(Probes):
        def __init__(self, reading):
            super().__init__(reading)
            self.alien = Meaning(options)
            self.helpers = self.alien.helpers

        def meaning(self, node):
            return self.alien.expression(node)

        def test(self, node):
            return self.alien.test(node)

        def target(self, node):
            return self.alien.target(super().target(node))

        def on_AugAssign(self, node):
            _, names, watched = super().on_AugAssign(node)
            new = self.alien.augmented(node)
            return [new], names, watched

        def on_While(self, node):
            new, names, watched = super().on_While(node)
            return self.alien.loop(node) + new, names, watched

    return AlienProbes


class Plain(ast.NodeTransformer):
    """The same meanings without any probes."""

    def __init__(self, options):
        self.alien = Meaning(options)

    def visit(self, node):
        node = super().visit(node)
        if isinstance(node, (ast.Subscript, ast.Tuple, ast.List)) and not isinstance(node.ctx, ast.Load):
            return self.alien.target(node)
        if isinstance(node, ast.expr):
            return self.alien.expression(node)
        return node

    def test_of(self, node):
        self.generic_visit(node)
        node.test = self.alien.test(node.test)
        return node

    visit_If = visit_IfExp = visit_Assert = test_of

    def visit_While(self, node):
        self.test_of(node)
        return self.alien.loop(node) + [node]

    def visit_comprehension(self, node):
        self.generic_visit(node)
        node.ifs = [self.alien.test(t) for t in node.ifs]
        return node

    def visit_AugAssign(self, node):
        self.generic_visit(node)
        return self.alien.augmented(node)


def plain_code(reading, options, path):
    """(code, helpers) of a program that is only run."""
    plain = Plain(options)
    tree = ast.fix_missing_locations(plain.visit(reading.tree))
    return compile(tree, path, "exec", dont_inherit=True), plain.alien.helpers
