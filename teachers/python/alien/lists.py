"""A language in which everything is a list in brackets whose first word tells what it is. Nothing groups, nothing
binds tighter than anything else, and no line or indentation means a thing."""

import ast

from .language import COMPARED, operator
from .printer import Printer, Unsaid
from .reader import Piece, Reader

STATEMENTS = {"set", "change", "while", "for", "if", "def", "return", "try", "drop", "pass", "break", "continue", "raise",
              "assert", "global", "nonlocal", "value"}
FORMS = {"at", "cut", "dot", "fn", "pick", "vec", "tup", "bag", "map", "each", "eachbag", "eachmap", "late", "star", "starstar"}
PARTS = {"do", "else", "on", "finally", "from", "when", "_", "nil", "true", "false"}
RESERVED = STATEMENTS | FORMS | PARTS


class ListPrinter(Printer):
    def program(self, source, note):
        tree = ast.parse(source)
        self.lines.append(f"{self.l.comment} {note}")
        for node in tree.body:
            self.lines.append(self.s(node))
        return "\n".join(self.lines) + "\n"

    # ------------------------------------------------------------------ statements

    def s(self, node):
        write = getattr(self, "s_" + type(node).__name__, None)
        if write is None:
            raise Unsaid(type(node).__name__)
        return write(node)

    def block(self, word, body):
        self.depth += 1
        lines = "".join("\n" + "  " * self.depth + self.s(node) for node in body)
        self.depth -= 1
        return f"({word}{lines})"

    def blocks(self, *found):
        self.depth += 1
        text = "".join("\n" + "  " * self.depth + self.block(word, body) for word, body in found if body)
        self.depth -= 1
        return text

    def s_If(self, node):
        return f"(if {self.e(node.test)}{self.blocks(('do', node.body), ('else', node.orelse))})"

    def s_While(self, node):
        return f"(while {self.e(node.test)}{self.blocks(('do', node.body), ('else', node.orelse))})"

    def s_For(self, node):
        return (f"(for {self.target(node.target)} {self.e(node.iter)}"
                f"{self.blocks(('do', node.body), ('else', node.orelse))})")

    def s_FunctionDef(self, node):
        if node.decorator_list or node.returns:
            raise Unsaid("decorator")
        return f"(def {self.name(node.name)} ({self.parameters(node.args)}){self.blocks(('do', node.body))})"

    def s_Try(self, node):
        found = [("do", node.body)]
        for handler in node.handlers:
            head = "on"
            if handler.type is not None:
                head += f" {self.e(handler.type)}" + (f" from {self.name(handler.name)}" if handler.name else "") + " do"
            found.append((head, handler.body))
        return f"(try{self.blocks(*found, ('else', node.orelse), ('finally', node.finalbody))})"

    def s_Assign(self, node):
        return f"(set {' '.join(self.target(t) for t in node.targets)} {self.e(node.value)})"

    def s_AugAssign(self, node):
        return f"(change {self.l.signs[type(node.op).__name__]} {self.target(node.target)} {self.e(node.value)})"

    def s_Expr(self, node):
        if isinstance(node.value, ast.Call):
            return self.e(node.value)
        return f"(value {self.e(node.value)})"

    def s_Return(self, node):
        return f"(return {self.e(node.value)})" if node.value else "(return)"

    def s_Raise(self, node):
        if node.cause:
            raise Unsaid("from")
        return f"(raise {self.e(node.exc)})" if node.exc else "(raise)"

    def s_Assert(self, node):
        return f"(assert {self.e(node.test)}{' ' + self.e(node.msg) if node.msg else ''})"

    def s_Delete(self, node):
        return f"(drop {' '.join(self.target(t) for t in node.targets)})"

    def s_Global(self, node):
        return f"({type(node).__name__.lower()} {' '.join(self.name(n) for n in node.names)})"

    s_Nonlocal = s_Global

    def s_Pass(self, node):
        return f"({type(node).__name__.lower()})"

    s_Break = s_Continue = s_Pass

    # ------------------------------------------------------------------ names and targets

    def name(self, text):
        return text + "_" if text.rstrip("_") in RESERVED else text

    def target(self, node):
        if isinstance(node, ast.Name):
            return self.name(node.id)
        if isinstance(node, (ast.Tuple, ast.List)):
            if not node.elts:
                raise Unsaid("nothing")
            return f"({'tup' if isinstance(node, ast.Tuple) else 'vec'} {' '.join(self.target(e) for e in node.elts)})"
        if isinstance(node, ast.Starred):
            return f"(star {self.target(node.value)})"
        return self.e(node)

    def parameters(self, args):
        super().parameters(args)
        found = []
        defaults = [None] * (len(args.args) - len(args.defaults)) + args.defaults
        for arg, default in zip(args.args, defaults):
            name = self.name(arg.arg)
            found.append(f"({name} {self.e(default)})" if default is not None else name)
        if args.vararg:
            found.append(f"(star {self.name(args.vararg.arg)})")
        if args.kwarg:
            found.append(f"(starstar {self.name(args.kwarg.arg)})")
        return " ".join(found)

    # ------------------------------------------------------------------ expressions

    def as_Constant(self, node):
        words = {None: "nil", True: "true", False: "false"}
        if node.value is None or node.value is True or node.value is False:
            return words[node.value]
        return super().as_Constant(node)

    def form(self, word, *parts):
        return "(" + " ".join([word, *parts]) + ")"

    def as_BinOp(self, node):
        return self.form(self.l.signs[type(node.op).__name__], self.e(node.left), self.e(node.right))

    def as_BoolOp(self, node):
        text = self.e(node.values[0])
        for value in node.values[1:]:
            text = self.form(self.l.signs[type(node.op).__name__], text, self.e(value))
        return text

    def as_Compare(self, node):
        signs = {self.l.signs[type(op).__name__] for op in node.ops}
        if len(signs) > 1:
            raise Unsaid("a mixed chain")
        return self.form(signs.pop(), self.e(node.left), *[self.e(v) for v in node.comparators])

    def as_UnaryOp(self, node):
        return self.form(self.l.signs[type(node.op).__name__], self.e(node.operand))

    def as_IfExp(self, node):
        return self.form("pick", self.e(node.test), self.e(node.body), self.e(node.orelse))

    def as_Lambda(self, node):
        return f"(fn ({self.parameters(node.args)}) {self.e(node.body)})"

    def as_Attribute(self, node):
        return self.form("dot", self.e(node.value), node.attr)

    def as_Call(self, node):
        args = [self.element(a) for a in node.args]
        for k in node.keywords:
            args.append(self.form("starstar", self.e(k.value)) if k.arg is None else f":{k.arg} {self.e(k.value)}")
        return self.form(self.e(node.func), *args)

    def element(self, node):
        if isinstance(node, ast.Starred):
            return self.form("star", self.e(node.value))
        return self.e(node)

    def as_Subscript(self, node):
        index = node.slice
        if isinstance(index, ast.Slice):
            parts = [self.e(p) if p is not None else "_" for p in (index.lower, index.upper, index.step)]
            return self.form("cut", self.e(node.value), *parts)
        return self.form("at", self.e(node.value), self.e(index))

    def as_List(self, node):
        return self.form("vec", *[self.element(e) for e in node.elts])

    def as_Tuple(self, node):
        return self.form("tup", *[self.element(e) for e in node.elts])

    def as_Set(self, node):
        return self.form("bag", *[self.element(e) for e in node.elts])

    def as_Dict(self, node):
        return self.form("map", *[self.form("starstar", self.e(v)) if k is None else f"({self.e(k)} {self.e(v)})"
                                  for k, v in zip(node.keys, node.values)])

    def listing(self, word, node, element):
        parts = [element]
        for clause in node.generators:
            parts.append(self.form("from", self.target(clause.target), self.e(clause.iter)))
            parts += [self.form("when", self.e(t)) for t in clause.ifs]
        return self.form(word, *parts)

    def as_ListComp(self, node):
        return self.listing("each", node, self.e(node.elt))

    def as_SetComp(self, node):
        return self.listing("eachbag", node, self.e(node.elt))

    def as_GeneratorExp(self, node):
        return self.listing("late", node, self.e(node.elt))

    def as_DictComp(self, node):
        return self.listing("eachmap", node, f"({self.e(node.key)} {self.e(node.value)})")


class ListReader(Reader):
    def program(self):
        tree = ast.Module(body=[], type_ignores=[])
        tree.blocks = {}
        piece = Piece("block", 0, len(self.source.encode("utf-8")), numbered=lambda n: tree.blocks.update(body=n))
        while self.token.kind != "end":
            tree.body.append(self.statement(piece.inner))
        return tree, piece

    def head(self):
        """The first word of the list that begins here, or nothing."""
        return self.tokens[self.at + 1].text if self.sees("(") else ""

    # ------------------------------------------------------------------ statements

    def statement(self, pieces):
        start = self.token.start
        word = self.head()
        inner = []
        if word in STATEMENTS:
            self.at += 2
            node = getattr(self, "s_" + word)(inner)
            self.take(")")
        elif word:
            node = ast.Expr(value=self.expression(inner))
        else:
            raise SyntaxError(f"a list expected, found {self.token.text!r} at {start}")
        pieces.append(self.stmt(node, start, self.last_end(), inner))
        return node

    def body(self, word, node, field, pieces):
        self.take("(")
        self.take(word)
        self.rest_of_body(node, field, pieces)

    def rest_of_body(self, node, field, pieces):
        inner, body = [], []
        while not self.sees(")"):
            body.append(self.statement(inner))
        self.take(")")
        if not body:
            raise SyntaxError("an empty body")
        if not hasattr(node, "blocks"):
            node.blocks = {}
        setattr(node, field, body)
        pieces.append(Piece("block", inner[0].start, inner[-1].end, inner, lambda n: node.blocks.update({field: n})))

    def maybe(self, word, node, field, pieces):
        if self.head() == word:
            self.body(word, node, field, pieces)

    def s_if(self, pieces):
        node = ast.If(test=self.expression(pieces), orelse=[])
        self.body("do", node, "body", pieces)
        self.maybe("else", node, "orelse", pieces)
        return node

    def s_while(self, pieces):
        node = ast.While(test=self.expression(pieces), orelse=[])
        self.body("do", node, "body", pieces)
        self.maybe("else", node, "orelse", pieces)
        return node

    def s_for(self, pieces):
        node = ast.For(orelse=[], type_comment=None)
        node.target = self.target(pieces, ast.Store())
        node.iter = self.expression(pieces)
        self.body("do", node, "body", pieces)
        self.maybe("else", node, "orelse", pieces)
        return node

    def s_def(self, pieces):
        name = self.next()
        node = ast.FunctionDef(name=self.given(name), decorator_list=[], returns=None, type_comment=None)
        pieces.append(Piece("name", name.start, name.end))
        node.args = self.list_parameters(pieces)
        self.body("do", node, "body", pieces)
        return node

    def s_try(self, pieces):
        node = ast.Try(handlers=[], orelse=[], finalbody=[])
        self.body("do", node, "body", pieces)
        while self.head() == "on":
            start = self.token.start
            self.at += 2
            handler = ast.ExceptHandler(type=None, name=None)
            inner = []
            if not self.handler_is_bare():
                handler.type = self.expression(inner)
                if self.sees("from"):
                    self.next()
                    name = self.next()
                    handler.name = self.given(name)
                    inner.append(Piece("name", name.start, name.end))
                self.take("do")
            self.rest_of_body(handler, "body", inner)
            pieces.append(Piece("part", start, self.last_end(), inner))
            node.handlers.append(handler)
        self.maybe("else", node, "orelse", pieces)
        self.maybe("finally", node, "finalbody", pieces)
        if not node.handlers and not node.finalbody:
            raise SyntaxError("a try alone")
        return node

    def handler_is_bare(self):
        """Is there no `do` before the body of a handler?"""
        depth = 0
        for token in self.tokens[self.at:]:
            depth += (token.text == "(") - (token.text == ")")
            if depth < 0:
                return True
            if depth == 0 and token.text == "do" and token.kind == "word":
                return False
        return True

    def s_set(self, pieces):
        found = []
        while not self.sees(")"):
            own = []
            found.append((self.expression(own), own))
        targets = []
        if len(found) < 2:
            raise SyntaxError("nothing is set")
        for node, own in found[:-1]:
            target, own = self.retarget(node, own, ast.Store())
            targets.append(target)
            pieces.extend(own)
        pieces.extend(found[-1][1])
        return ast.Assign(targets=targets, value=found[-1][0], type_comment=None)

    def s_change(self, pieces):
        op = self.l.binary[self.next().text]
        own = []
        target = self.target(own, ast.Store())
        pieces.extend(own if isinstance(target, ast.Name) else own[0].inner)
        return ast.AugAssign(target=target, op=operator(op), value=self.expression(pieces))

    def s_value(self, pieces):
        return ast.Expr(value=self.expression(pieces))

    def s_return(self, pieces):
        return ast.Return(value=None if self.sees(")") else self.expression(pieces))

    def s_raise(self, pieces):
        return ast.Raise(exc=None if self.sees(")") else self.expression(pieces), cause=None)

    def s_assert(self, pieces):
        test = self.expression(pieces)
        return ast.Assert(test=test, msg=None if self.sees(")") else self.expression(pieces))

    def s_drop(self, pieces):
        targets = []
        while not self.sees(")"):
            targets.append(self.target(pieces, ast.Del()))
        return ast.Delete(targets=targets)

    def words(self, pieces):
        names = []
        while not self.sees(")"):
            token = self.next()
            names.append(self.given(token))
            pieces.append(Piece("name", token.start, token.end))
        return names

    def s_global(self, pieces):
        return ast.Global(names=self.words(pieces))

    def s_nonlocal(self, pieces):
        return ast.Nonlocal(names=self.words(pieces))

    def s_pass(self, _pieces):
        return ast.Pass()

    def s_break(self, _pieces):
        return ast.Break()

    def s_continue(self, _pieces):
        return ast.Continue()

    # ------------------------------------------------------------------ names and targets

    def given(self, token):
        text = token.text
        if token.kind != "word" or text in RESERVED:
            raise SyntaxError(f"a name expected, found {text!r} at {token.start}")
        return text[:-1] if text.endswith("_") and text.rstrip("_") in RESERVED else text

    def target(self, pieces, context):
        own = []
        node = self.starred(own)
        node, own = self.retarget(node, own, context)
        pieces.extend(own)
        return node

    def list_parameters(self, pieces):
        args = ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[], vararg=None, kwarg=None)
        self.take("(")
        while not self.sees(")"):
            start = self.token.start
            word = self.head()
            if word:
                self.next()
            if word in ("star", "starstar"):
                self.next()
            name = self.next()
            arg = ast.arg(arg=self.given(name), annotation=None, type_comment=None)
            inner = [Piece("name", name.start, name.end)]
            if word == "star":
                args.vararg = arg
            elif word == "starstar":
                args.kwarg = arg
            else:
                args.args.append(arg)
                if word:
                    args.defaults.append(self.expression(inner))
            if word:
                self.take(")")
            pieces.append(Piece("part", start, self.last_end(), inner))
        self.take(")")
        return args

    # ------------------------------------------------------------------ expressions

    def starred(self, pieces):
        """An element, which may be starred."""
        if self.head() != "star":
            return self.expression(pieces)
        start = self.token.start
        self.at += 2
        inner = []
        node = ast.Starred(value=self.starred(inner), ctx=ast.Load())
        self.take(")")
        node.piece = Piece("part", start, self.last_end(), inner)
        pieces.append(node.piece)
        return node

    def expression(self, pieces, least=0):
        start = self.token.start
        if not self.sees("("):
            return self.leaf(start, pieces)
        inner = []
        self.next()
        word = self.token.text if self.token.kind in ("word", "sign") else ""
        if word in FORMS:
            self.next()
            node = getattr(self, "e_" + word)(inner)
        elif word in self.l.binary and word != "(" or word in self.l.unary and word != "(":
            self.next()
            node = self.operation(word, inner)
        else:
            node = self.called(inner)
        self.take(")")
        return self.made(node, start, inner, pieces)

    def leaf(self, start, pieces):
        token = self.token
        constants = {"nil": None, "true": True, "false": False}
        if token.kind == "word" and token.text in constants:
            self.next()
            return self.made(ast.Constant(value=constants[token.text], kind=None), start, [], pieces)
        if token.kind == "word":
            name = self.given(self.next())
            return self.made(ast.Name(id=name, ctx=ast.Load()), start, [], pieces)
        return self.atom(pieces)

    def operation(self, word, inner):
        values = [self.expression(inner)]
        while not self.sees(")"):
            values.append(self.expression(inner))
        if len(values) == 1:
            return ast.UnaryOp(op=operator(self.l.unary[word]), operand=values[0])
        op = self.l.binary[word]
        if op in COMPARED:
            return ast.Compare(left=values[0], ops=[operator(op) for _ in values[1:]], comparators=values[1:])
        if len(values) > 2:
            raise SyntaxError(f"too much after {word!r}")
        if op in ("And", "Or"):
            return ast.BoolOp(op=operator(op), values=values)
        return ast.BinOp(left=values[0], op=operator(op), right=values[1])

    def called(self, inner):
        node = ast.Call(func=self.expression(inner), args=[], keywords=[])
        while not self.sees(")"):
            start = self.token.start
            own = []
            if self.sees(":"):
                self.next()
                name = self.next()
                value = self.expression(own)
                node.keywords.append(ast.keyword(arg=name.text, value=value))
                inner.append(Piece("part", start, self.last_end(), [Piece("name", name.start, name.end)] + own))
            elif self.head() == "starstar":
                self.at += 2
                node.keywords.append(ast.keyword(arg=None, value=self.expression(own)))
                self.take(")")
                inner.append(Piece("part", start, self.last_end(), own))
            else:
                node.args.append(self.starred(inner))
        return node

    def e_dot(self, inner):
        value = self.expression(inner)
        name = self.next()
        inner.append(Piece("name", name.start, name.end))
        return ast.Attribute(value=value, attr=name.text, ctx=ast.Load())

    def e_at(self, inner):
        return ast.Subscript(value=self.expression(inner), slice=self.expression(inner), ctx=ast.Load())

    def e_cut(self, inner):
        value = self.expression(inner)
        parts = []
        for _ in range(3):
            if self.sees("_"):
                self.next()
                parts.append(None)
            else:
                parts.append(self.expression(inner))
        return ast.Subscript(value=value, slice=ast.Slice(lower=parts[0], upper=parts[1], step=parts[2]), ctx=ast.Load())

    def e_fn(self, inner):
        args = self.list_parameters(inner)
        return ast.Lambda(args=args, body=self.expression(inner))

    def e_pick(self, inner):
        test = self.expression(inner)
        body = self.expression(inner)
        return ast.IfExp(test=test, body=body, orelse=self.expression(inner))

    def elements(self, inner):
        found = []
        while not self.sees(")"):
            found.append(self.starred(inner))
        return found

    def e_vec(self, inner):
        return ast.List(elts=self.elements(inner), ctx=ast.Load())

    def e_tup(self, inner):
        return ast.Tuple(elts=self.elements(inner), ctx=ast.Load())

    def e_bag(self, inner):
        return ast.Set(elts=self.elements(inner))

    def key_and_value(self, inner):
        start = self.token.start
        own = []
        if self.head() == "starstar":
            self.at += 2
            key = None
        else:
            self.take("(")
            key = self.expression(own)
        value = self.expression(own)
        self.take(")")
        inner.append(Piece("part", start, self.last_end(), own))
        return key, value

    def e_map(self, inner):
        node = ast.Dict(keys=[], values=[])
        while not self.sees(")"):
            key, value = self.key_and_value(inner)
            node.keys.append(key)
            node.values.append(value)
        return node

    def clauses(self, pieces):
        found = []
        while self.head() in ("from", "when"):
            start = self.token.start
            word = self.head()
            self.at += 2
            inner = []
            if word == "from":
                target = self.target(inner, ast.Store())
                found.append(ast.comprehension(target=target, iter=self.expression(inner), ifs=[], is_async=0))
            else:
                found[-1].ifs.append(self.expression(inner))
            self.take(")")
            pieces.append(Piece("part", start, self.last_end(), inner))
        if not found:
            raise SyntaxError("nothing to take from")
        return found

    def e_each(self, inner):
        element = self.expression(inner)
        return ast.ListComp(elt=element, generators=self.clauses(inner))

    def e_eachbag(self, inner):
        element = self.expression(inner)
        return ast.SetComp(elt=element, generators=self.clauses(inner))

    def e_late(self, inner):
        element = self.expression(inner)
        return ast.GeneratorExp(elt=element, generators=self.clauses(inner))

    def e_eachmap(self, inner):
        key, value = self.key_and_value(inner)
        return ast.DictComp(key=key, value=value, generators=self.clauses(inner))
