"""Reads a program of another language: the tree of Python that it means, and the spans of its text."""

import ast
import re

from observer.spans import Reading, Refused

from .language import BOOLEAN, COMPARED, UNARY, operator

NUMBER = r"0[xX][0-9a-fA-F_]+|0[bB][01_]+|0[oO][0-7_]+|(?:\d[\d_]*)?\.\d[\d_]*(?:[eE][-+]?\d+)?|\d[\d_]*\.?(?:[eE][-+]?\d+)?"
TEXT = r"[rRbB]{0,2}(?:\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*')"


class Token:
    __slots__ = ("kind", "text", "start", "end")

    def __init__(self, kind, text, start, end):
        self.kind = kind
        self.text = text
        self.start = start
        self.end = end


class Piece:
    """A span before it has its number."""

    __slots__ = ("kind", "start", "end", "inner", "numbered")

    def __init__(self, kind, start, end, inner=(), numbered=None):
        self.kind = kind
        self.start = start
        self.end = end
        self.inner = list(inner)
        self.numbered = numbered

    def write(self, rows, parent):
        number = len(rows)
        rows.append([self.start, self.end, parent, self.kind])
        if self.numbered:
            self.numbered(number)
        for piece in sorted(self.inner, key=lambda p: p.start):
            piece.write(rows, number)


class Reader:
    def __init__(self, language, source):
        self.l = language
        self.w = language.words
        self.source = source
        self.at = 0
        self.tokens = self.lex()
        self.no_in = False

    def reading(self):
        try:
            tree, piece = self.program()
        except (RecursionError, ValueError, SyntaxError, IndexError) as error:
            raise Refused(f"{type(error).__name__}: {error}") from None
        rows = []
        piece.write(rows, -1)
        return Reading(self.source, tree, rows)

    # ------------------------------------------------------------------ tokens

    def lex(self):
        l = self.l
        signs = {s for s in l.signs.values() if not s[0].isalpha()}
        signs |= {s + "=" for s in signs if s in l.binary} | set("()[]{},.:;=*?") | {l.arrow, l.colon, "**"}
        if not l.assign[0].isalpha():
            signs.add(l.assign)
        words = "|".join(re.escape(s) for s in sorted(signs, key=len, reverse=True))
        pattern = re.compile(rf"(?P<space>[ \t]+)|(?P<comment>{re.escape(l.comment)}[^\n]*)|(?P<line>\r?\n)|(?P<text>{TEXT})"
                             rf"|(?P<number>{NUMBER})|(?P<word>[^\W\d]\w*)|(?P<sign>{words})")
        found = []
        depth = 0
        indents = [0]
        at, offset, fresh = 0, 0, True
        source = self.source
        while at < len(source):
            match = pattern.match(source, at)
            if match is None:
                raise Refused(f"no word begins with {source[at:at + 10]!r}")
            kind, text = match.lastgroup, match.group()
            end = offset + len(text.encode("utf-8"))
            if l.layout == "indent" and fresh and depth == 0 and kind not in ("comment", "line"):
                width = len(text) if kind == "space" else 0
                following = source[match.end():match.end() + 1] if kind == "space" else "x"
                if kind != "space" or following not in "\r\n" and not source.startswith(l.comment, match.end()):
                    fresh = False
                    self.indent(found, indents, width, offset)
            if kind == "line":
                if depth == 0 and found and found[-1].kind not in ("line", "in", "out") and l.layout != "braces":
                    found.append(Token("line", "\n", offset, end))
                fresh = True
            elif kind not in ("space", "comment"):
                if text in ("(", "[", "{") and (l.layout != "braces" or text != "{"):
                    depth += 1
                elif text in (")", "]", "}") and (l.layout != "braces" or text != "}"):
                    depth -= 1
                found.append(Token(kind, text, offset, end))
            at, offset = match.end(), end
        if found and found[-1].kind not in ("line", "in", "out") and l.layout != "braces":
            found.append(Token("line", "\n", offset, offset))
        self.indent(found, indents, 0, offset)
        found.append(Token("end", "", offset, offset))
        return found

    def indent(self, found, indents, width, offset):
        if width > indents[-1]:
            indents.append(width)
            found.append(Token("in", "", offset, offset))
        while width < indents[-1]:
            indents.pop()
            found.append(Token("out", "", offset, offset))
        if width != indents[-1]:
            raise Refused("the indentation fits no line above")

    @property
    def token(self):
        return self.tokens[self.at]

    def next(self):
        token = self.token
        self.at += 1
        return token

    def sees(self, *texts):
        return self.token.text in texts and self.token.kind in ("word", "sign")

    def word(self, *names):
        """Is this one of the language's words?"""
        return self.token.kind == "word" and self.token.text in [self.w[n] for n in names]

    def take(self, text):
        if not self.sees(text):
            raise SyntaxError(f"{text!r} expected, found {self.token.text!r} at {self.token.start}")
        return self.next()

    def take_word(self, name):
        return self.take(self.w[name])

    def last_end(self):
        return self.tokens[self.at - 1].end

    # ------------------------------------------------------------------ statements

    def program(self):
        tree = ast.Module(body=[], type_ignores=[])
        tree.blocks = {}
        piece = Piece("block", 0, len(self.source.encode("utf-8")), numbered=lambda n: tree.blocks.update(body=n))
        while self.token.kind != "end":
            if self.token.kind == "line":
                self.next()
                continue
            tree.body.append(self.statement(piece.inner))
        return tree, piece

    def statement(self, pieces):
        start = self.token.start
        node = None
        inner = []
        if self.token.kind == "word":
            for name in ("if", "while", "for", "def", "try"):
                if self.token.text == self.w[name]:
                    node = getattr(self, "read_" + name)(inner)
                    break
        if node is None:
            node = self.simple(inner)
            if self.l.layout == "braces":
                self.take(";")
            end = self.last_end()
            if self.l.layout != "braces":
                if self.token.kind != "line":
                    raise SyntaxError(f"the line goes on with {self.token.text!r} at {self.token.start}")
                self.next()
        else:
            end = node.finish
            if self.l.layout == "end" and self.token.kind == "line":
                self.next()
        pieces.append(self.stmt(node, start, end, inner))
        return node

    def stmt(self, node, start, end, inner):
        return Piece("stmt", start, end, inner, lambda n: setattr(node, "span", n))

    def block(self, node, field, pieces, word=None, stops=()):
        """A body; what comes after it is looked at by the caller."""
        if self.l.layout == "indent":
            self.take(self.l.colon)
            self.skip_line()
            if self.token.kind != "in":
                raise SyntaxError("a body expected")
            self.next()
        elif self.l.layout == "braces":
            self.take("{")
        else:
            if word:
                self.take_word(word)
            self.skip_line()
        inner, body = [], []
        while not self.body_ends(stops):
            if self.token.kind == "line":
                self.next()
                continue
            body.append(self.statement(inner))
        if not body:
            raise SyntaxError(f"an empty body at {self.token.start}")
        if not hasattr(node, "blocks"):
            node.blocks = {}
        setattr(node, field, body)
        pieces.append(Piece("block", inner[0].start, inner[-1].end, inner, lambda n: node.blocks.update({field: n})))
        node.finish = inner[-1].end
        if self.l.layout == "indent":
            self.next()
        elif self.l.layout == "braces":
            node.finish = self.take("}").end

    def skip_line(self):
        if self.token.kind != "line":
            raise SyntaxError(f"a new line expected, found {self.token.text!r}")
        self.next()

    def body_ends(self, stops):
        if self.token.kind == "end":
            if self.l.layout == "indent":
                return True
            raise SyntaxError("a body has no end")
        if self.l.layout == "indent":
            return self.token.kind == "out"
        if self.l.layout == "braces":
            return self.sees("}")
        return self.word("end", *stops)

    def finish(self, node):
        if self.l.layout == "end":
            node.finish = self.take_word("end").end

    def read_if(self, pieces, inner=False):
        self.next()
        node = ast.If(orelse=[])
        node.test = self.expression(pieces)
        self.block(node, "body", pieces, "then", ("elif", "else"))
        if self.word("elif"):
            start = self.token.start
            below = []
            nested = self.read_if(below, True)
            pieces.append(self.stmt(nested, start, nested.finish, below))
            node.orelse = [nested]
            node.elif_ = True
            node.finish = nested.finish
        elif self.word("else"):
            self.next()
            self.block(node, "orelse", pieces)
        if not inner:
            self.finish(node)
        return node

    def loop(self, node, pieces):
        self.block(node, "body", pieces, "do", ("else",))
        if self.word("else"):
            self.next()
            self.block(node, "orelse", pieces)
        self.finish(node)
        return node

    def read_while(self, pieces):
        self.next()
        node = ast.While(orelse=[])
        node.test = self.expression(pieces)
        return self.loop(node, pieces)

    def read_for(self, pieces):
        self.next()
        node = ast.For(orelse=[], type_comment=None)
        node.target = self.for_target(pieces)
        self.take_word("in")
        node.iter = self.expressions(pieces)
        return self.loop(node, pieces)

    def read_def(self, pieces):
        self.next()
        name = self.next()
        node = ast.FunctionDef(name=self.given(name), decorator_list=[], returns=None, type_comment=None)
        pieces.append(Piece("name", name.start, name.end))
        self.take(self.l.call[0])
        node.args = self.parameters(pieces, self.l.call[1])
        self.take(self.l.call[1])
        self.block(node, "body", pieces, "body")
        self.finish(node)
        return node

    def read_try(self, pieces):
        self.next()
        node = ast.Try(handlers=[], orelse=[], finalbody=[])
        stops = ("except", "else", "finally")
        self.block(node, "body", pieces, None, stops)
        while self.word("except"):
            start = self.next().start
            handler = ast.ExceptHandler(type=None, name=None)
            inner = []
            if not (self.word("then") or self.sees("{", self.l.colon)):
                handler.type = self.expression(inner)
                if self.word("as"):
                    self.next()
                    name = self.next()
                    handler.name = self.given(name)
                    inner.append(Piece("name", name.start, name.end))
            self.block(handler, "body", inner, "then", stops)
            pieces.append(Piece("part", start, handler.finish, inner))
            node.handlers.append(handler)
            node.finish = handler.finish
        if self.word("else"):
            self.next()
            self.block(node, "orelse", pieces, None, ("finally",))
        if self.word("finally"):
            self.next()
            self.block(node, "finalbody", pieces)
        if not node.handlers and not node.finalbody:
            raise SyntaxError("a try alone")
        self.finish(node)
        return node

    def simple(self, pieces):
        for name in ("pass", "break", "continue"):
            if self.word(name):
                self.next()
                return {"pass": ast.Pass, "break": ast.Break, "continue": ast.Continue}[name]()
        if self.word("return", "raise"):
            is_return = self.word("return")
            self.next()
            value = None if self.token.kind == "line" or self.sees(";") else self.expressions(pieces)
            return ast.Return(value=value) if is_return else ast.Raise(exc=value, cause=None)
        if self.word("assert"):
            self.next()
            test = self.expression(pieces)
            message = None
            if self.sees(","):
                self.next()
                message = self.expression(pieces)
            return ast.Assert(test=test, msg=message)
        if self.word("del"):
            self.next()
            return ast.Delete(targets=self.targets(pieces, ast.Del()))
        if self.word("global", "nonlocal"):
            kind = ast.Global if self.word("global") else ast.Nonlocal
            self.next()
            names = []
            while True:
                token = self.next()
                names.append(self.given(token))
                pieces.append(Piece("name", token.start, token.end))
                if not self.sees(","):
                    return kind(names=names)
                self.next()
        if self.l.assign == "set" and self.word("set"):
            self.next()
            return self.assignment(pieces, self.w["to"], True)
        return self.assignment(pieces, self.l.assign, False)

    def assignment(self, pieces, sign, must):
        found = []
        while True:
            own = []
            found.append((self.expressions(own), own))
            if self.sees(sign):
                self.next()
                continue
            break
        changed = self.changes()
        if len(found) == 1 and changed:
            self.next()
            if self.sees("="):
                self.next()
            target, own = self.retarget(*found[0], ast.Store())
            if isinstance(target, ast.Name):
                pieces.extend(own)
            else:
                pieces.extend(own[0].inner)
            return ast.AugAssign(target=target, op=operator(changed), value=self.expressions(pieces))
        if len(found) == 1:
            if must:
                raise SyntaxError("nothing is set")
            pieces.extend(found[0][1])
            return ast.Expr(value=found[0][0])
        targets = []
        for node, own in found[:-1]:
            target, own = self.retarget(node, own, ast.Store())
            targets.append(target)
            pieces.extend(own)
        pieces.extend(found[-1][1])
        return ast.Assign(targets=targets, value=found[-1][0], type_comment=None)

    def changes(self):
        """The operation of an assignment that changes its target: its sign, then `=`."""
        text = self.token.text
        if self.token.kind == "sign" and text.endswith("=") and text[:-1] in self.l.binary \
                and text not in self.l.binary and text != self.l.assign:
            return self.l.binary[text[:-1]]
        following = self.tokens[self.at + 1]
        if text in self.l.binary and following.text == "=" and following.start == self.token.end:
            return self.l.binary[text]
        return None

    # ------------------------------------------------------------------ targets

    def retarget(self, node, pieces, context):
        """What was read as an expression is one that gets a value."""
        (piece,) = pieces
        if isinstance(node, ast.Name):
            return ast.Name(id=node.id, ctx=context), [Piece("name", piece.start, piece.end)]
        if isinstance(node, (ast.Tuple, ast.List)):
            elements, inner = [], []
            for element in node.elts:
                new, own = self.retarget(element, [element.piece], context)
                elements.append(new)
                inner.extend(own)
            return type(node)(elts=elements, ctx=context), [Piece("part", piece.start, piece.end, inner)]
        if isinstance(node, ast.Starred):
            new, own = self.retarget(node.value, [node.value.piece], context)
            return ast.Starred(value=new, ctx=context), [Piece("part", piece.start, piece.end, own)]
        if isinstance(node, (ast.Subscript, ast.Attribute)):
            node.ctx = context
            return node, [Piece("part", piece.start, piece.end, piece.inner)]
        raise SyntaxError("that cannot be set")

    def targets(self, pieces, context):
        found = []
        while True:
            own = []
            node = self.postfix(own)
            node, own = self.retarget(node, own, context)
            found.append(node)
            pieces.extend(own)
            if not self.sees(","):
                return found
            self.next()

    def for_target(self, pieces):
        """Targets up to the word before the sequence."""
        start = self.token.start
        elements, inner = [], []
        comma = False
        while True:
            own = []
            if self.sees("*"):
                begin = self.next().start
                below = []
                value, below = self.retarget(self.postfix(below), below, ast.Store())
                elements.append(ast.Starred(value=value, ctx=ast.Store()))
                inner.append(Piece("part", begin, self.last_end(), below))
            else:
                node, own = self.retarget(self.postfix(own), own, ast.Store())
                elements.append(node)
                inner.extend(own)
            if not self.sees(","):
                break
            comma = True
            self.next()
            if self.word("in"):
                break
        if not comma:
            pieces.extend(inner)
            return elements[0]
        pieces.append(Piece("part", start, self.last_end(), inner))
        return ast.Tuple(elts=elements, ctx=ast.Store())

    def given(self, token):
        if token.kind != "word" or token.text in self.l.reserved:
            raise SyntaxError(f"a name expected, found {token.text!r} at {token.start}")
        text = token.text
        if text in self.l.back:
            return self.l.back[text]
        return text[:-1] if text.endswith("_") and text.rstrip("_") in self.l.taken else text

    def parameters(self, pieces, stop):
        args = ast.arguments(posonlyargs=[], args=[], kwonlyargs=[], kw_defaults=[], defaults=[], vararg=None, kwarg=None)
        while not self.sees(stop):
            start = self.token.start
            stars = self.next().text if self.sees("*", "**") else ""
            name = self.next()
            arg = ast.arg(arg=self.given(name), annotation=None, type_comment=None)
            inner = [Piece("name", name.start, name.end)]
            if stars == "*":
                args.vararg = arg
            elif stars:
                args.kwarg = arg
            else:
                args.args.append(arg)
                if self.sees("="):
                    self.next()
                    args.defaults.append(self.expression(inner))
            pieces.append(Piece("part", start, self.last_end(), inner))
            if not self.sees(stop):
                self.take(",")
        return args

    # ------------------------------------------------------------------ expressions

    def expressions(self, pieces):
        """One expression, or a tuple without brackets."""
        start = self.token.start
        inner = []
        first = self.element(inner)
        if not self.sees(","):
            if isinstance(first, ast.Starred):
                raise SyntaxError("a star alone")
            pieces.extend(inner)
            return first
        elements = [first]
        while self.sees(","):
            self.next()
            if self.token.kind == "line" or self.sees("=", ";", self.l.assign, self.w["to"]):
                break
            elements.append(self.element(inner))
        node = ast.Tuple(elts=elements, ctx=ast.Load())
        return self.made(node, start, inner, pieces)

    def made(self, node, start, inner, pieces):
        """Writes the piece of an expression that ends here."""
        piece = Piece("expr", start, self.last_end(), inner, lambda n: setattr(node, "span", n))
        node.parens = []
        node.piece = piece
        pieces.append(piece)
        return node

    def element(self, pieces):
        if not self.sees("*"):
            return self.expression(pieces)
        start = self.next().start
        inner = []
        value = self.expression(inner, 1)
        node = ast.Starred(value=value, ctx=ast.Load())
        node.piece = Piece("part", start, self.last_end(), inner)
        pieces.append(node.piece)
        return node

    def expression(self, pieces, least=0):
        start = self.token.start
        inner = []
        if least == 0 and self.word("lambda"):
            return self.function(start, pieces)
        if least == 0 and self.l.ternary == "prefix" and self.word("if"):
            return self.choice(start, pieces)
        node = self.operand(inner, least)
        while True:
            op, width = self.sign()
            if op is None:
                break
            level, kind = self.l.level_of[op]
            if level < least:
                break
            if kind == "chain":
                node = self.comparison(node, start, inner, level)
                inner = [node.piece]
                continue
            self.at += width
            right = self.expression_at(inner, level + (kind != "right"))
            if op in BOOLEAN:
                new = ast.BoolOp(op=operator(op), values=[node, right])
            else:
                new = ast.BinOp(left=node, op=operator(op), right=right)
            below, inner = inner, []
            node = self.made(new, start, below, inner)
        if least == 0 and self.l.ternary == "python" and self.word("if"):
            self.next()
            test = self.expression(inner, 1)
            self.take_word("else")
            other = self.expression(inner)
            below, inner = inner, []
            node = self.made(ast.IfExp(test=test, body=node, orelse=other), start, below, inner)
        elif least == 0 and self.l.ternary == "question" and self.sees("?"):
            self.next()
            body = self.expression(inner, 1)
            self.take(":")
            other = self.expression(inner)
            below, inner = inner, []
            node = self.made(ast.IfExp(test=node, body=body, orelse=other), start, below, inner)
        pieces.extend(inner)
        return node

    def expression_at(self, pieces, least):
        return self.expression(pieces, least)

    def comparison(self, node, start, inner, level):
        ops, values = [], []
        while True:
            op, width = self.sign()
            if op is None or op not in COMPARED or self.l.level_of[op][0] != level:
                break
            self.at += width
            ops.append(operator(op))
            values.append(self.expression(inner, level + 1))
        new = ast.Compare(left=node, ops=ops, comparators=values)
        below = inner[:]
        inner.clear()
        return self.made(new, start, below, inner)

    def sign(self):
        """The operator that stands here, and how many tokens it has."""
        token = self.token
        if token.kind not in ("word", "sign"):
            return None, 0
        following = self.tokens[self.at + 1]
        both = f"{token.text} {following.text}"
        if both in self.l.binary:
            return self.l.binary[both], 2
        if token.text in self.l.binary:
            if following.text == "=" and following.start == token.end and token.kind == "word":
                return None, 0
            return self.l.binary[token.text], 1
        return None, 0

    def operand(self, pieces, least=0):
        op = self.l.unary.get(self.token.text) if self.token.kind in ("word", "sign") else None
        if op is None:
            return self.postfix(pieces)
        start = self.next().start
        inner = []
        value = self.expression(inner, self.l.level_of[op][0])
        return self.made(ast.UnaryOp(op=operator(op), operand=value), start, inner, pieces)

    def function(self, start, pieces):
        self.next()
        inner = []
        args = self.parameters(inner, self.l.arrow)
        self.take(self.l.arrow)
        body = self.expression(inner)
        return self.made(ast.Lambda(args=args, body=body), start, inner, pieces)

    def choice(self, start, pieces):
        self.next()
        inner = []
        test = self.expression(inner, 1)
        self.take_word("then")
        body = self.expression(inner, 1)
        self.take_word("else")
        other = self.expression(inner)
        return self.made(ast.IfExp(test=test, body=body, orelse=other), start, inner, pieces)

    def postfix(self, pieces):
        start = self.token.start
        inner = []
        node = self.atom(inner)
        while True:
            if self.sees("."):
                self.next()
                name = self.next()
                if name.kind != "word":
                    raise SyntaxError("a name expected after the dot")
                below, inner = inner + [Piece("name", name.start, name.end)], []
                node = self.made(ast.Attribute(value=node, attr=name.text, ctx=ast.Load()), start, below, inner)
            elif self.sees(self.l.call[0]):
                self.next()
                new = ast.Call(func=node, args=[], keywords=[])
                self.arguments(new, inner)
                self.take(self.l.call[1])
                below, inner = inner, []
                node = self.made(new, start, below, inner)
            elif self.sees(self.l.item[0]):
                self.next()
                index = self.index(inner)
                self.take(self.l.item[1])
                below, inner = inner, []
                node = self.made(ast.Subscript(value=node, slice=index, ctx=ast.Load()), start, below, inner)
            else:
                pieces.extend(inner)
                return node

    def arguments(self, call, pieces):
        stop = self.l.call[1]
        while not self.sees(stop):
            start = self.token.start
            inner = []
            if self.token.kind == "word" and self.tokens[self.at + 1].text == "=":
                name = self.next()
                self.next()
                value = self.expression(inner)
                call.keywords.append(ast.keyword(arg=name.text, value=value))
                pieces.append(Piece("part", start, self.last_end(), [Piece("name", name.start, name.end)] + inner))
            elif self.sees("**"):
                self.next()
                value = self.expression(inner, 1)
                call.keywords.append(ast.keyword(arg=None, value=value))
                pieces.append(Piece("part", start, self.last_end(), inner))
            else:
                value = self.element(inner)
                if self.word("for"):
                    clauses = self.clauses(inner)
                    value = self.made(ast.GeneratorExp(elt=value, generators=clauses), start, inner, pieces)
                else:
                    pieces.extend(inner)
                call.args.append(value)
            if not self.sees(stop):
                self.take(",")

    def index(self, pieces):
        parts = []
        bound = None
        stop = self.l.item[1]
        while not self.sees(stop):
            if self.sees(":"):
                self.next()
                parts.append(bound)
                bound = None
            elif parts or bound is None:
                bound = self.expression(pieces, 1) if parts or not self.is_tuple() else self.expressions(pieces)
            else:
                raise SyntaxError("an index goes on")
        if not parts:
            if bound is None:
                raise SyntaxError("no index")
            return bound
        parts.append(bound)
        parts += [None] * (3 - len(parts))
        return ast.Slice(lower=parts[0], upper=parts[1], step=parts[2])

    def is_tuple(self):
        return True if self.l.ternary != "question" else False

    def atom(self, pieces):
        token = self.token
        start = token.start
        if token.kind in ("number", "text"):
            self.next()
            value = ast.literal_eval(token.text)
            return self.made(ast.Constant(value=value, kind=None), start, [], pieces)
        if token.kind == "word":
            self.next()
            for name, value in (("None", None), ("True", True), ("False", False)):
                if token.text == self.w[name]:
                    return self.made(ast.Constant(value=value, kind=None), start, [], pieces)
            return self.made(ast.Name(id=self.given(token), ctx=ast.Load()), start, [], pieces)
        if self.sees("("):
            return self.brackets(start, pieces)
        if self.sees("["):
            self.next()
            return self.display(start, "]", ast.List, ast.ListComp, pieces)
        if self.sees("{"):
            return self.curly(start, pieces)
        raise SyntaxError(f"an expression expected, found {token.text!r} at {start}")

    def brackets(self, start, pieces):
        self.next()
        inner = []
        if self.sees(")"):
            self.next()
            return self.made(ast.Tuple(elts=[], ctx=ast.Load()), start, [], pieces)
        first = self.element(inner)
        if self.word("for"):
            clauses = self.clauses(inner)
            self.take(")")
            return self.made(ast.GeneratorExp(elt=first, generators=clauses), start, inner, pieces)
        if self.sees(","):
            elements = [first]
            while self.sees(","):
                self.next()
                if self.sees(")"):
                    break
                elements.append(self.element(inner))
            self.take(")")
            return self.made(ast.Tuple(elts=elements, ctx=ast.Load()), start, inner, pieces)
        self.take(")")
        pieces.append(Piece("expr", start, self.last_end(), inner, lambda n: first.parens.append(n)))
        return first

    def display(self, start, stop, plain, comprehension, pieces):
        inner, elements = [], []
        while not self.sees(stop):
            elements.append(self.element(inner))
            if self.word("for") and len(elements) == 1:
                clauses = self.clauses(inner)
                self.take(stop)
                return self.made(comprehension(elt=elements[0], generators=clauses), start, inner, pieces)
            if not self.sees(stop):
                self.take(",")
        self.take(stop)
        node = plain(elts=elements, ctx=ast.Load()) if plain is ast.List else plain(elts=elements)
        return self.made(node, start, inner, pieces)

    def curly(self, start, pieces):
        """A dict or a set."""
        save = self.at
        self.next()
        if self.sees("}"):
            self.next()
            return self.made(ast.Dict(keys=[], values=[]), start, [], pieces)
        inner, keys, values = [], [], []
        if not self.sees("**", "*"):
            self.expression([], 1)
            if not self.sees(":"):
                self.at = save + 1
                return self.display(start, "}", ast.Set, ast.SetComp, pieces)
            self.at = save + 1
        elif self.sees("*"):
            return self.display(start, "}", ast.Set, ast.SetComp, pieces)
        while not self.sees("}"):
            begin = self.token.start
            own = []
            if self.sees("**"):
                self.next()
                keys.append(None)
            else:
                keys.append(self.expression(own, 1))
                self.take(":")
            values.append(self.expression(own, 1))
            inner.append(Piece("part", begin, self.last_end(), own))
            if self.word("for"):
                clauses = self.clauses(inner)
                self.take("}")
                node = ast.DictComp(key=keys[0], value=values[0], generators=clauses)
                return self.made(node, start, inner, pieces)
            if not self.sees("}"):
                self.take(",")
        self.take("}")
        return self.made(ast.Dict(keys=keys, values=values), start, inner, pieces)

    def clauses(self, pieces):
        found = []
        while self.word("for"):
            start = self.next().start
            inner = []
            target = self.for_target(inner)
            self.take_word("in")
            iterable = self.expression(inner, 1)
            pieces.append(Piece("part", start, self.last_end(), inner))
            clause = ast.comprehension(target=target, iter=iterable, ifs=[], is_async=0)
            while self.word("where"):
                start = self.next().start
                inner = []
                clause.ifs.append(self.expression(inner, 1))
                pieces.append(Piece("part", start, self.last_end(), inner))
            found.append(clause)
        return found


__all__ = ["Reader", "Piece", "UNARY"]
