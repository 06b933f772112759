"""Writes a Python program down in another language."""

import ast
import re

from .language import BOOLEAN


class Unsaid(Exception):
    """The language has no words for it."""


class Printer:
    def __init__(self, language):
        self.l = language
        self.w = language.words
        self.lines = []
        self.depth = 0

    def program(self, source, note):
        tree = ast.parse(source)
        self.lines.append(f"{self.l.comment} {note}")
        for node in tree.body:
            self.statement(node)
        return "\n".join(self.lines) + "\n"

    # ------------------------------------------------------------------ statements

    def put(self, text):
        self.lines.append(self.l.step * self.depth + text)

    def simple(self, text):
        self.put(text + (";" if self.l.layout == "braces" else ""))

    def statement(self, node):
        write = getattr(self, "on_" + type(node).__name__, None)
        if write is None:
            raise Unsaid(type(node).__name__)
        write(node)

    def opening(self, text, word):
        if self.l.layout == "indent":
            return text + self.l.colon
        if self.l.layout == "braces":
            return text + " {"
        return f"{text} {self.w[word]}" if word else text

    def body(self, statements):
        self.depth += 1
        for node in statements:
            self.statement(node)
        self.depth -= 1

    def close(self, more=None):
        """The end of a body, or what follows it on the same line."""
        if self.l.layout == "braces":
            self.put("}" if more is None else "} " + more)
        elif more is not None:
            self.put(more)
        elif self.l.layout == "end":
            self.put(self.w["end"])

    def compound(self, text, word, statements, rest=()):
        """A head and a body, then further heads and bodies."""
        self.put(self.opening(text, word))
        self.body(statements)
        for head, inner_word, inner in rest:
            self.close(self.opening(head, inner_word))
            self.body(inner)
        self.close()

    def on_If(self, node):
        rest = []
        inner = node
        while len(inner.orelse) == 1 and isinstance(inner.orelse[0], ast.If):
            inner = inner.orelse[0]
            rest.append((f"{self.w['elif']} {self.e(inner.test)}", "then", inner.body))
        if inner.orelse:
            rest.append((self.w["else"], None, inner.orelse))
        self.compound(f"{self.w['if']} {self.e(node.test)}", "then", node.body, rest)

    def on_While(self, node):
        rest = [(self.w["else"], None, node.orelse)] if node.orelse else []
        self.compound(f"{self.w['while']} {self.e(node.test)}", "do", node.body, rest)

    def on_For(self, node):
        rest = [(self.w["else"], None, node.orelse)] if node.orelse else []
        head = f"{self.w['for']} {self.target(node.target)} {self.w['in']} {self.e(node.iter)}"
        self.compound(head, "do", node.body, rest)

    def on_FunctionDef(self, node):
        if node.decorator_list or node.returns:
            raise Unsaid("decorator")
        left, right = self.l.call
        head = f"{self.w['def']} {self.name(node.name)}{left}{self.parameters(node.args)}{right}"
        self.compound(head, "body", node.body)

    def on_Try(self, node):
        rest = []
        for handler in node.handlers:
            head = self.w["except"]
            if handler.type is not None:
                head += " " + self.e(handler.type, self.l.top)
                if handler.name:
                    head += f" {self.w['as']} {self.name(handler.name)}"
            rest.append((head, "then", handler.body))
        if node.orelse:
            rest.append((self.w["else"], None, node.orelse))
        if node.finalbody:
            rest.append((self.w["finally"], None, node.finalbody))
        self.compound(self.w["try"], None, node.body, rest)

    def on_Assign(self, node):
        targets = [self.target(t) for t in node.targets]
        bare = isinstance(node.targets[0], ast.Tuple) and isinstance(node.value, ast.Tuple) and len(node.value.elts) > 1
        value = ", ".join(self.e(v) for v in node.value.elts) if bare else self.e(node.value)
        if self.l.assign == "set":
            self.simple(f"{self.w['set']} " + f" {self.w['to']} ".join(targets + [value]))
        else:
            self.simple(f" {self.l.assign} ".join(targets + [value]))

    def on_AugAssign(self, node):
        sign = self.l.signs[type(node.op).__name__]
        lead = self.w["set"] + " " if self.l.assign == "set" else ""
        self.simple(f"{lead}{self.target(node.target)} {sign}= {self.e(node.value)}")

    def on_Expr(self, node):
        text = self.e(node.value)
        if isinstance(node.value, ast.IfExp) and self.l.ternary == "prefix":
            text = f"({text})"
        self.simple(text)

    def on_Return(self, node):
        self.simple(self.w["return"] + (" " + self.e(node.value) if node.value else ""))

    def on_Raise(self, node):
        if node.cause:
            raise Unsaid("from")
        self.simple(self.w["raise"] + (" " + self.e(node.exc) if node.exc else ""))

    def on_Assert(self, node):
        self.simple(f"{self.w['assert']} {self.e(node.test)}" + (f", {self.e(node.msg)}" if node.msg else ""))

    def on_Delete(self, node):
        self.simple(f"{self.w['del']} " + ", ".join(self.target(t) for t in node.targets))

    def on_Global(self, node):
        self.simple(f"{self.w['global']} " + ", ".join(self.name(n) for n in node.names))

    def on_Nonlocal(self, node):
        self.simple(f"{self.w['nonlocal']} " + ", ".join(self.name(n) for n in node.names))

    def on_Pass(self, node):
        self.simple(self.w["pass"])

    def on_Break(self, node):
        self.simple(self.w["break"])

    def on_Continue(self, node):
        self.simple(self.w["continue"])

    # ------------------------------------------------------------------ names and targets

    def name(self, text):
        if text in self.l.names:
            return self.l.names[text]
        return text + "_" if text.rstrip("_") in self.l.taken else text

    def target(self, node):
        if isinstance(node, ast.Tuple) and node.elts:
            return ", ".join(self.inner_target(e) for e in node.elts) + ("," if len(node.elts) == 1 else "")
        return self.inner_target(node)

    def inner_target(self, node):
        if isinstance(node, ast.Name):
            return self.name(node.id)
        if isinstance(node, ast.Tuple):
            return "(" + ", ".join(self.inner_target(e) for e in node.elts) + ("," if len(node.elts) == 1 else "") + ")"
        if isinstance(node, ast.List):
            return "[" + ", ".join(self.inner_target(e) for e in node.elts) + "]"
        if isinstance(node, ast.Starred):
            return "*" + self.inner_target(node.value)
        return self.e(node)

    def parameters(self, args):
        if args.posonlyargs or args.kwonlyargs or any(a.annotation for a in ast.walk(args) if isinstance(a, ast.arg)):
            raise Unsaid("parameters")
        found = []
        defaults = [None] * (len(args.args) - len(args.defaults)) + args.defaults
        for arg, default in zip(args.args, defaults):
            found.append(self.name(arg.arg) + (f"={self.e(default)}" if default is not None else ""))
        if args.vararg:
            found.append("*" + self.name(args.vararg.arg))
        if args.kwarg:
            found.append("**" + self.name(args.kwarg.arg))
        return ", ".join(found)

    # ------------------------------------------------------------------ expressions

    def e(self, node, least=0):
        """An expression, in brackets where it binds less than needed."""
        text, level = self.spell(node)
        return f"({text})" if level < least else text

    def spell(self, node):
        """Text and level."""
        kind = type(node).__name__
        write = getattr(self, "as_" + kind, None)
        if write is None:
            raise Unsaid(kind)
        found = write(node)
        return found if isinstance(found, tuple) else (found, self.l.top)

    def as_Name(self, node):
        return self.name(node.id)

    def as_Constant(self, node):
        v = node.value
        if v is None or v is True or v is False:
            return self.w[str(v)]
        if v is Ellipsis or isinstance(v, complex):
            raise Unsaid("constant")
        if isinstance(v, float) and v in (float("inf"),):
            return "1e999"
        return repr(v)

    def joined(self, op, left, right):
        level, kind = self.l.level_of[op]
        a = self.e(left, level + (kind != "left"))
        b = self.e(right, level + (kind != "right"))
        return f"{a} {self.l.signs[op]} {b}", level

    def as_BinOp(self, node):
        return self.joined(type(node.op).__name__, node.left, node.right)

    def as_BoolOp(self, node):
        left = node.values[0]
        for right in node.values[1:-1]:
            left = ast.BoolOp(op=node.op, values=[left, right])
        return self.joined(type(node.op).__name__, left, node.values[-1])

    def as_Compare(self, node):
        level = self.l.level_of["Eq"][0]
        text = self.e(node.left, level + 1)
        for op, value in zip(node.ops, node.comparators):
            text += f" {self.l.signs[type(op).__name__]} {self.e(value, level + 1)}"
        return text, level

    def as_UnaryOp(self, node):
        op = type(node.op).__name__
        level = self.l.level_of[op][0]
        sign = self.l.signs[op]
        inner = self.e(node.operand, level + (isinstance(node.operand, ast.UnaryOp) and op != "Not"))
        return sign + (" " if sign.isidentifier() else "") + inner, level

    def as_IfExp(self, node):
        test, a, b = self.e(node.test, 1), self.e(node.body, 1), self.e(node.orelse, 1)
        if self.l.ternary == "question":
            return f"{test} ? {a} : {b}", 0
        if self.l.ternary == "prefix":
            return f"{self.w['if']} {test} {self.w['then']} {a} {self.w['else']} {b}", 0
        return f"{a} {self.w['if']} {test} {self.w['else']} {b}", 0

    def as_Lambda(self, node):
        parameters = self.parameters(node.args)
        space = " " if self.l.arrow != ":" else ""
        return f"{self.w['lambda']}{' ' + parameters if parameters else ''}{space}{self.l.arrow} {self.e(node.body)}", 0

    def as_Attribute(self, node):
        return f"{self.inside(node.value)}.{node.attr}"

    def inside(self, node):
        """What a dot or a bracket follows."""
        text = self.e(node, self.l.top)
        if isinstance(node, ast.Constant) and isinstance(node.value, (int, float)) and not isinstance(node.value, bool):
            return f"({text})"
        return text

    def as_Call(self, node):
        left, right = self.l.call
        if len(node.args) == 1 and not node.keywords and isinstance(node.args[0], ast.GeneratorExp):
            return f"{self.inside(node.func)}{left}{self.clauses(node.args[0])}{right}"
        # A comparison that begins with a name would be read as a named argument where it is spelled like one.
        texts = [self.element(a) for a in node.args]
        args = [f"({text})" if re.match(r"[^\W\d]\w* = ", text) else text for text in texts]
        for keyword in node.keywords:
            args.append("**" + self.e(keyword.value, 1) if keyword.arg is None else f"{keyword.arg}={self.e(keyword.value)}")
        return f"{self.inside(node.func)}{left}{', '.join(args)}{right}"

    def element(self, node):
        if isinstance(node, ast.Starred):
            return "*" + self.e(node.value, 1)
        return self.e(node)

    def as_Subscript(self, node):
        left, right = self.l.item
        return f"{self.inside(node.value)}{left}{self.index(node.slice)}{right}"

    def index(self, node):
        if isinstance(node, ast.Slice):
            low = self.position(node.lower) if node.lower else ""
            high = self.e(node.upper, 1) if node.upper else ""
            step = ":" + self.e(node.step, 1) if node.step else ""
            return f"{low}:{high}{step}"
        if isinstance(node, ast.Tuple):
            if any(isinstance(e, ast.Slice) for e in node.elts):
                raise Unsaid("slices")
            return self.e(node)
        return self.position(node)

    def position(self, node):
        """Where the first element has the number one, the lessons count from one as well."""
        v = node.value if isinstance(node, ast.Constant) else None
        if self.l.meaning.get("first") and type(v) is int and v >= 0:
            return str(v + 1)
        return self.e(node, 1)

    def as_List(self, node):
        return "[" + ", ".join(self.element(e) for e in node.elts) + "]"

    def as_Set(self, node):
        return "{" + ", ".join(self.element(e) for e in node.elts) + "}"

    def as_Tuple(self, node):
        if len(node.elts) == 1:
            return f"({self.element(node.elts[0])},)"
        return "(" + ", ".join(self.element(e) for e in node.elts) + ")"

    def as_Dict(self, node):
        pairs = ["**" + self.e(v, 1) if k is None else f"{self.e(k, 1)}: {self.e(v, 1)}" for k, v in zip(node.keys, node.values)]
        return "{" + ", ".join(pairs) + "}"

    def clauses(self, node):
        if isinstance(node, ast.DictComp):
            text = f"{self.e(node.key, 1)}: {self.e(node.value, 1)}"
        else:
            text = self.e(node.elt, 1)
        for clause in node.generators:
            if clause.is_async:
                raise Unsaid("async")
            text += f" {self.w['for']} {self.target(clause.target)} {self.w['in']} {self.e(clause.iter, 1)}"
            for test in clause.ifs:
                text += f" {self.w['where']} {self.e(test, 1)}"
        return text

    def as_ListComp(self, node):
        return f"[{self.clauses(node)}]"

    def as_SetComp(self, node):
        return f"{{{self.clauses(node)}}}"

    as_DictComp = as_SetComp

    def as_GeneratorExp(self, node):
        return f"({self.clauses(node)})"


__all__ = ["Printer", "Unsaid", "BOOLEAN"]
