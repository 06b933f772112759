"""The pieces of a Python text that are evaluated or executed as one (docs/trace-format.md, Spans).

`read` gives a Reading: the tree that CPython parsed, with the numbers of the spans written on its nodes:
  node.span      the number of the node's own span
  node.parens    the numbers of the spans of the grouping brackets around it, outermost first
  node.blocks    {field: number} for the statement lists of a node
The same tree is what `probes` puts its probes into."""

import ast
import sys

from . import literals
from .text import Lines, Tokens, tokens


class Refused(Exception):
    """The text is not a program."""


class Reading:
    """A text that was read: its tree, and its spans as rows [start, end, parent, kind]."""

    def __init__(self, source, tree, spans):
        self.source = source
        self.tree = tree
        self.spans = spans


def read(source):
    try:
        tree = ast.parse(source)
        lines = Lines(source)
        found = tokens(source, lines)
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise Refused(f"{type(error).__name__}: {error}") from None
    literals.locate(tree, lines)
    found = _formatted(tree, found)
    walker = Walker(source, tree, Tokens(found))
    return Reading(source, tree, walker.spans)


def _formatted(tree, found):
    """Gives the expressions inside of formatted literals their places, and their tokens."""
    work = [n for n in ast.walk(tree) if isinstance(n, ast.JoinedStr)]
    if sys.version_info >= (3, 12):  # which knows their places itself
        for node in work:
            node.placed = True
            node.runs = []
        return found
    done = set()
    while work:
        node = work.pop()
        if id(node) in done:
            continue
        done.add(id(node))
        node.placed = False
        done.update(id(n) for n in ast.walk(node) if isinstance(n, ast.JoinedStr))
        own = [t for t in found if node.begin <= t[0] and t[1] <= node.finish]
        pieces = literals.place(node, own) if own and "".join(t[2] for t in own) else None
        if pieces is None:
            continue
        node.placed = True
        first = found.index(own[0])
        found[first:first + len(own)] = pieces
        for field in literals.fields(node):
            work.extend(n for n in ast.walk(field.value) if isinstance(n, ast.JoinedStr))
            done.difference_update(id(n) for n in ast.walk(field.value) if isinstance(n, ast.JoinedStr))
    return found


def size(text):
    return len(text.encode("utf-8"))


class Walker:
    """Writes the spans down, parents first."""

    def __init__(self, source, tree, found):
        self.tokens = found
        self.spans = []
        self.open = []
        self.parents = []
        self.extents = {}
        tree.blocks = {"body": self.enter("block", 0, size(source))}
        for statement in tree.body:
            self.statement(statement)
        self.leave()

    # ------------------------------------------------------------------ the rows

    def enter(self, kind, start, end):
        number = len(self.spans)
        self.spans.append([start, end, self.open[-1] if self.open else -1, kind])
        self.open.append(number)
        return number

    def leave(self):
        self.open.pop()

    def leaf(self, kind, start, end):
        number = self.enter(kind, start, end)
        self.leave()
        return number

    def name(self, start, text):
        self.leaf("name", start, start + size(text))

    def part(self, start, end, pieces):
        self.enter("part", start, end)
        self.all(pieces)
        self.leave()

    def all(self, pieces):
        """Writes pieces (start, writer) in the order of the text."""
        for _, write in sorted(pieces, key=lambda piece: piece[0]):
            write()

    # ------------------------------------------------------------------ brackets that only group

    def extent(self, node, parent):
        """Start and end of an expression with its grouping brackets; remembers the brackets."""
        key = id(node)
        if key not in self.extents:
            if isinstance(node, ast.BoolOp) and not hasattr(node, "begin"):
                raise AssertionError("an operand without a place")
            start, end = node.begin, node.finish
            if isinstance(node, ast.GeneratorExp) and isinstance(parent, ast.Call) and end == parent.finish \
                    and parent.args == [node]:
                first = self.tokens.after(start)
                start, end = self.tokens.starts[first + 1], self.tokens.ends[self.tokens.pair[first] - 1]
                node.begin, node.finish = start, end
                self.extents[key] = (start, end, [])
                return start, end
            pairs = []
            t = self.tokens
            while True:
                i, j = t.before(start), t.after(end)
                if t.text(i) != "(" or t.pair.get(i) != j or self.owns(parent, i, j):
                    break
                start, end = t.starts[i], t.ends[j]
                pairs.append((start, end))
            self.extents[key] = (start, end, pairs[::-1])
        return self.extents[key][:2]

    def owns(self, parent, i, j):
        """Do the brackets belong to the construct around, and not to the expression?"""
        t = self.tokens
        if t.starts[i] < parent.begin or t.ends[j] > parent.finish:
            return True
        if isinstance(parent, ast.Call):
            return t.ends[j] == parent.finish
        if isinstance(parent, ast.ClassDef):
            return i > 1 and t.text(i - 2) == "class"
        return False

    # ------------------------------------------------------------------ expressions

    def expression(self, node, parent):
        """The piece of an expression that gives a value."""
        if isinstance(node, ast.BoolOp):
            self.nest(node)
        start, _ = self.extent(node, parent)
        return start, lambda: self.write_expression(node)

    def write_expression(self, node):
        pairs = self.extents[id(node)][2]
        node.parens = [self.enter("expr", a, b) for a, b in pairs]
        node.span = self.enter("expr", node.begin, node.finish)
        self.all(self.inside(node))
        self.leave()
        for _ in pairs:
            self.leave()

    def nest(self, node):
        """`a and b and c` is read as `(a and b) and c`."""
        t = self.tokens
        while len(node.values) > 2:
            first = ast.BoolOp(op=node.op, values=node.values[:2])
            ast.copy_location(first, node)
            end = t.after(node.values[1].finish)
            while t.text(end) == ")":
                end += 1
            first.begin, first.finish = node.begin, t.ends[end - 1]
            node.values = [first] + node.values[2:]

    def inside(self, node):
        """The pieces in an expression."""
        kind = type(node)
        if kind in (ast.Name, ast.Constant):
            return []
        if kind is ast.Attribute:
            return self.attribute(node)
        if kind is ast.Subscript:
            return self.subscript(node)
        if kind is ast.Call:
            return [self.expression(node.func, node)] + self.arguments(node.args, node.keywords, node)
        if kind is ast.Dict:
            return [self.pair(key, value, node) for key, value in zip(node.keys, node.values)]
        if kind in (ast.List, ast.Tuple, ast.Set):
            return [self.element(e, node) for e in node.elts]
        if kind in (ast.ListComp, ast.SetComp, ast.GeneratorExp):
            return [self.expression(node.elt, node)] + self.clauses(node)
        if kind is ast.DictComp:
            return [self.pair(node.key, node.value, node)] + self.clauses(node)
        if kind is ast.Lambda:
            return self.parameters(node.args, node) + [self.expression(node.body, node)]
        if kind is ast.NamedExpr:
            return [(node.target.begin, lambda: self.name(node.target.begin, node.target.id)),
                    self.expression(node.value, node)]
        if kind is ast.JoinedStr:
            return self.formatted(node)
        return [self.expression(child, node) for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]

    def attribute(self, node):
        start = node.finish - size(node.attr)
        return [self.expression(node.value, node), (start, lambda: self.name(start, node.attr))]

    def subscript(self, node):
        return [self.expression(node.value, node)] + self.index(node.slice, node)

    def index(self, index, parent):
        """What stands between the brackets: slices are part of the construct around them."""
        if isinstance(index, ast.Slice):
            return [self.expression(e, parent) for e in (index.lower, index.upper, index.step) if e is not None]
        if isinstance(index, ast.Tuple) and any(isinstance(e, ast.Slice) for e in index.elts):
            return [piece for e in index.elts for piece in self.index(e, parent)]
        if isinstance(index, ast.Starred):
            return [self.element(index, parent)]
        return [self.expression(index, parent)]

    def element(self, node, parent):
        """An argument or an element, which may be starred."""
        if isinstance(node, ast.Starred):
            _, end = self.extent(node.value, node)
            return node.begin, lambda: self.part(node.begin, end, [self.expression(node.value, node)])
        return self.expression(node, parent)

    def arguments(self, args, keywords, parent):
        return [self.element(a, parent) for a in args] + [self.keyword(k) for k in keywords]

    def keyword(self, node):
        pieces = [self.expression(node.value, node)]
        if node.arg is not None:
            pieces.append((node.begin, lambda: self.name(node.begin, node.arg)))
        _, end = self.extent(node.value, node)
        return node.begin, lambda: self.part(node.begin, end, pieces)

    def pair(self, key, value, parent):
        pieces = [self.expression(value, parent)]
        start, end = self.extent(value, parent)
        if key is None:
            start = self.tokens.starts[self.tokens.before(start)]
        else:
            pieces.append(self.expression(key, parent))
            start, _ = self.extent(key, parent)
        return start, lambda: self.part(start, end, pieces)

    def clauses(self, node):
        t = self.tokens
        pieces = []
        for clause in node.generators:
            first = t.before(clause.target.begin)
            while t.text(first) != "for":
                first -= 1
            if clause.is_async:
                first -= 1
            pieces.append(self.clause(t.starts[first], [self.target(clause.target, "part")], clause.iter, node))
            for test in clause.ifs:
                start, _ = self.extent(test, node)
                pieces.append(self.clause(t.starts[t.before(start)], [], test, node))
        return pieces

    def clause(self, start, pieces, value, node):
        pieces = pieces + [self.expression(value, node)]
        _, end = self.extent(value, node)
        return start, lambda: self.part(start, end, pieces)

    def formatted(self, node):
        if not node.placed:
            for inner in ast.walk(node):
                inner.span = None
            return []
        return [self.expression(field.value, node) for field in literals.fields(node)] + [
            (begin, self.run(node, i)) for i, (begin, _, _) in enumerate(node.runs)]

    def run(self, node, i):
        """Free text of a formatted literal."""
        def write():
            begin, finish, value = node.runs[i]
            node.runs[i] = begin, self.leaf("expr", begin, finish), value
        return write

    def parameters(self, args, parent):
        t = self.tokens
        pieces = []
        positional = args.posonlyargs + args.args
        defaults = [None] * (len(positional) - len(args.defaults)) + args.defaults
        every = list(zip(positional, defaults)) + list(zip(args.kwonlyargs, args.kw_defaults))
        for arg, default in every:
            pieces.append(self.parameter(arg, default, arg.begin, parent))
        for arg in (args.vararg, args.kwarg):
            if arg is not None:
                pieces.append(self.parameter(arg, None, t.starts[t.before(arg.begin)], parent))
        return pieces + list(self.marks(args, parent))

    def marks(self, args, parent):
        """What stands among parameters and takes nothing: it says how those around it take."""
        t = self.tokens
        if args.kwonlyargs and args.vararg is None:
            # The mark, a comma, the first of them.
            at = t.before(args.kwonlyargs[0].begin) - 1
            yield t.starts[at], lambda: self.leaf("part", t.starts[at], t.ends[at])
        if args.posonlyargs:
            last = len(args.posonlyargs) - 1
            first_default = len(args.posonlyargs) + len(args.args) - len(args.defaults)
            end = args.posonlyargs[last].finish
            if last >= first_default:
                end = self.extent(args.defaults[last - first_default], parent)[1]
            sign = t.find("/", end)
            yield t.starts[sign], lambda: self.leaf("part", t.starts[sign], t.ends[sign])

    def parameter(self, arg, default, start, parent):
        pieces = [(arg.begin, lambda: self.name(arg.begin, arg.arg))]
        end = arg.finish
        if arg.annotation is not None:
            pieces.append(self.element(arg.annotation, parent))
        if default is not None:
            pieces.append(self.expression(default, parent))
            _, end = self.extent(default, parent)
        return start, lambda: self.part(start, end, pieces)

    # ------------------------------------------------------------------ targets

    def target(self, node, _kind=None):
        """What gets a value."""
        if isinstance(node, ast.Name):
            return node.begin, lambda: self.name(node.begin, node.id)
        if isinstance(node, (ast.Tuple, ast.List)):
            pieces = [self.target(e) for e in node.elts]
        elif isinstance(node, ast.Starred):
            pieces = [self.target(node.value)]
        elif isinstance(node, ast.Subscript):
            pieces = self.subscript(node)
        else:
            pieces = self.attribute(node)
        return node.begin, lambda: self.part(node.begin, node.finish, pieces)

    # ------------------------------------------------------------------ statements

    def block(self, node, field):
        body = getattr(node, field)
        if not body:
            return []
        return [(self.start(body[0]), lambda: self.write_block(node, field))]

    def write_block(self, node, field):
        body = getattr(node, field)
        if not hasattr(node, "blocks"):
            node.blocks = {}
        node.blocks[field] = self.enter("block", self.start(body[0]), body[-1].finish)
        for statement in body:
            self.statement(statement)
        self.leave()

    def start(self, node):
        decorators = getattr(node, "decorator_list", None)
        if decorators:
            return self.at_sign(decorators[0])
        return node.begin

    def at_sign(self, decorator):
        t = self.tokens
        i = t.before(decorator.begin)
        while t.text(i) != "@":
            i -= 1
        return t.starts[i]

    def statement(self, node):
        node.begin = self.start(node)
        node.span = self.enter("stmt", node.begin, node.finish)
        write = getattr(self, "on_" + type(node).__name__, None)
        self.all(write(node) if write else self.plain(node))
        self.leave()

    def plain(self, node):
        """Return, Raise, Assert, Expr: only expressions."""
        return [self.expression(child, node) for child in ast.iter_child_nodes(node) if isinstance(child, ast.expr)]

    def on_Assign(self, node):
        return [self.target(t) for t in node.targets] + [self.expression(node.value, node)]

    def on_AugAssign(self, node):
        target = node.target
        if isinstance(target, ast.Name):
            pieces = [self.target(target)]
        elif isinstance(target, ast.Subscript):
            pieces = self.subscript(target)
        else:
            pieces = self.attribute(target)
        return pieces + [self.expression(node.value, node)]

    def on_AnnAssign(self, node):
        pieces = [self.target(node.target), self.expression(node.annotation, node)]
        if node.value is not None:
            pieces.append(self.expression(node.value, node))
        return pieces

    def on_Delete(self, node):
        return [self.target(t) for t in node.targets]

    def on_For(self, node):
        return ([self.target(node.target), self.expression(node.iter, node)]
                + self.block(node, "body") + self.block(node, "orelse"))

    on_AsyncFor = on_For

    def on_While(self, node):
        return [self.expression(node.test, node)] + self.block(node, "body") + self.block(node, "orelse")

    def on_If(self, node):
        pieces = [self.expression(node.test, node)] + self.block(node, "body")
        if is_elif(node, self.tokens):
            inner = node.orelse[0]
            node.elif_ = True
            return pieces + [(inner.begin, lambda: self.statement(inner))]
        return pieces + self.block(node, "orelse")

    def on_With(self, node):
        return [self.item(i, node) for i in node.items] + self.block(node, "body")

    on_AsyncWith = on_With

    def item(self, item, parent):
        pieces = [self.expression(item.context_expr, parent)]
        start, end = self.extent(item.context_expr, parent)
        if item.optional_vars is not None:
            pieces.append(self.target(item.optional_vars))
            end = item.optional_vars.finish
        return start, lambda: self.part(start, end, pieces)

    def on_Try(self, node):
        return (self.block(node, "body") + [self.handler(h) for h in node.handlers]
                + self.block(node, "orelse") + self.block(node, "finalbody"))

    on_TryStar = on_Try

    def handler(self, node):
        pieces = self.block(node, "body")
        if node.type is not None:
            pieces.append(self.expression(node.type, node))
        if node.name is not None:
            _, end = self.extent(node.type, node)
            at = self.tokens.starts[self.tokens.after(end) + 1]
            pieces.append((at, lambda: self.name(at, node.name)))
        return node.begin, lambda: self.part(node.begin, node.finish, pieces)

    def decorators(self, node):
        return [self.decorator(d, node) for d in node.decorator_list]

    def decorator(self, decorator, node):
        _, end = self.extent(decorator, node)
        start = self.at_sign(decorator)
        return start, lambda: self.part(start, end, [self.expression(decorator, node)])

    def defined(self, node, keyword):
        """The piece of the name after `def` or `class`."""
        after = max([node.begin] + [self.extent(d, node)[1] for d in node.decorator_list])
        at = self.tokens.starts[self.tokens.find(keyword, after) + 1]
        return at, lambda: self.name(at, node.name)

    def on_FunctionDef(self, node):
        pieces = self.decorators(node) + [self.defined(node, "def")] + self.parameters(node.args, node)
        if node.returns is not None:
            pieces.append(self.expression(node.returns, node))
        return pieces + self.block(node, "body")

    on_AsyncFunctionDef = on_FunctionDef

    def on_ClassDef(self, node):
        return (self.decorators(node) + [self.defined(node, "class")]
                + self.arguments(node.bases, node.keywords, node) + self.block(node, "body"))

    def on_Global(self, node):
        first = self.tokens.after(node.begin)
        ats = [self.tokens.starts[first + 1 + 2 * i] for i in range(len(node.names))]
        return [self.plain_name(at, name) for at, name in zip(ats, node.names)]

    on_Nonlocal = on_Global

    def plain_name(self, at, text):
        return at, lambda: self.name(at, text)

    def on_Import(self, node):
        return [self.imported(alias) for alias in node.names]

    def on_ImportFrom(self, node):
        pieces = [self.imported(alias, True) for alias in node.names if alias.name != "*"]
        if node.module:
            t = self.tokens
            first = t.after(node.begin) + 1
            while t.text(first) in (".", "..."):
                first += 1
            last = first
            while t.text(last) != "import":
                last += 1
            start, end = t.starts[first], t.ends[last - 1]
            pieces.append((start, lambda: self.leaf("name", start, end)))
        return pieces

    def imported(self, alias, is_part=False):
        """`is_part`: what it does depends on what stands around it."""
        t = self.tokens
        if alias.asname is None:
            def name():
                self.leaf("name", alias.begin, alias.finish)
            return alias.begin, lambda: self.part(alias.begin, alias.finish, [(alias.begin, name)]) if is_part else name()
        last = t.before(alias.finish)
        end, at = t.ends[last - 2], t.starts[last]
        return alias.begin, lambda: self.part(alias.begin, alias.finish, [
            (alias.begin, lambda: self.leaf("name", alias.begin, end)), self.plain_name(at, alias.asname)])

    # ------------------------------------------------------------------ match

    def on_Match(self, node):
        return [self.expression(node.subject, node)] + [self.case(c, node) for c in node.cases]

    def case(self, case, node):
        t = self.tokens
        first = t.before(case.pattern.begin)
        while t.text(first) != "case":
            first -= 1
        start, end = t.starts[first], case.body[-1].finish
        case.begin, case.finish = start, end
        pieces = [self.pattern(case.pattern)] + self.block(case, "body")
        if case.guard is not None:
            pieces.append(self.expression(case.guard, case))
        return start, lambda: self.part(start, end, pieces)

    def pattern(self, node):
        t = self.tokens
        kind = type(node)
        pieces = []
        if kind is ast.MatchValue:
            node.value.begin, node.value.finish = node.begin, node.finish
            return self.expression_inside_pattern(node.value)
        if kind is ast.MatchSingleton:
            return node.begin, lambda: self.leaf("expr", node.begin, node.finish)
        if kind is ast.MatchAs and node.pattern is None:
            if node.name is None:
                return node.begin, lambda: None
            return node.begin, lambda: self.name(node.begin, node.name)
        if kind in (ast.MatchAs, ast.MatchStar):
            if kind is ast.MatchAs:
                pieces.append(self.pattern(node.pattern))
            if node.name is not None:
                pieces.append(self.plain_name(node.finish - size(node.name), node.name))
        elif kind is ast.MatchMapping:
            for key, inner in zip(node.keys, node.patterns):
                both = [self.expression_inside_pattern(key), self.pattern(inner)]
                pieces.append(self.piece_of(key.begin, inner.finish, both))
            if node.rest is not None:
                closing = t.before(node.finish)
                while t.text(closing) != node.rest:
                    closing -= 1
                start, at = t.starts[closing - 1], t.starts[closing]
                pieces.append(self.piece_of(start, at + size(node.rest), [self.plain_name(at, node.rest)]))
        elif kind is ast.MatchClass:
            pieces.append(self.expression_inside_pattern(node.cls))
            pieces.extend(self.pattern(p) for p in node.patterns)
            for attribute, inner in zip(node.kwd_attrs, node.kwd_patterns):
                at = t.before(inner.begin)
                while t.text(at) != "=":
                    at -= 1
                start = t.starts[at - 1]
                pieces.append(self.piece_of(start, inner.finish, [self.plain_name(start, attribute), self.pattern(inner)]))
        else:
            pieces.extend(self.pattern(p) for p in node.patterns)
        return self.piece_of(node.begin, node.finish, pieces)

    def piece_of(self, start, end, pieces):
        return start, lambda: self.part(start, end, pieces)

    def expression_inside_pattern(self, node):
        """A pattern's values are compared by the machine itself: they have a span, and never an activation."""
        for inner in ast.walk(node):
            if isinstance(inner, ast.expr):
                self.extents[id(inner)] = (inner.begin, inner.finish, [])
        return node.begin, lambda: self.write_expression(node)


def is_elif(node, found):
    if len(node.orelse) != 1 or not isinstance(node.orelse[0], ast.If):
        return False
    return found.text(found.after(node.orelse[0].begin)) == "elif"
