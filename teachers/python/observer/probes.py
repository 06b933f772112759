"""Puts probes into the tree of a program (what they do: `runtime`).

An expression E becomes `x(e(span), E)`, a statement S becomes `begin(span); S; finish(span)`, and the body of a
function becomes `body(span, parameters); try: B; except: note(span); raise; finally: leave()`. The probes' names
hold signs that no program can write, so that they can meet no name of the program's own."""

import ast
import copy

from .runtime import MARK

JUMPS = (ast.Return, ast.Raise, ast.Break, ast.Continue)
FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)


class Plan:
    """What the probes must know about spans."""

    def __init__(self):
        self.names_in = {}
        self.names_out = {}
        self.gone = {}
        self.gone_after = {}
        self.withs = set()
        self.watched = set()


class Scope:
    """A function, a class or the program: where its names live."""

    def __init__(self, kind, node, span, outer):
        self.kind = kind
        self.node = node
        self.span = span
        self.outer = outer
        self.globals = set()
        self.nonlocals = set()
        self.has_value = True
        for inner in own_nodes(node):
            if isinstance(inner, ast.Global):
                self.globals.update(inner.names)
            elif isinstance(inner, ast.Nonlocal):
                self.nonlocals.update(inner.names)

    def mode(self, name):
        """As `holder` of the runtime wants it."""
        if self.kind == "program":
            return 0
        if name in self.globals:
            return 1
        if name in self.nonlocals:
            scope = self.outer
            while scope is not None:
                if scope.kind == "function" and name not in scope.nonlocals and name in bound_names(scope.node):
                    return scope.span
                scope = scope.outer
        return 0


def own_nodes(node):
    """All nodes in a scope, without those in scopes inside of it."""
    stack = list(ast.iter_child_nodes(node))
    while stack:
        inner = stack.pop()
        yield inner
        if not isinstance(inner, FUNCTIONS + (ast.ClassDef, ast.Lambda)):
            stack.extend(ast.iter_child_nodes(inner))


def bound_names(node):
    names = {a.arg for a in ast.walk(node.args) if isinstance(a, ast.arg)}
    for inner in own_nodes(node):
        if isinstance(inner, ast.Name) and not isinstance(inner.ctx, ast.Load):
            names.add(inner.id)
        elif isinstance(inner, FUNCTIONS + (ast.ClassDef,)):
            names.add(inner.name)
        elif isinstance(inner, ast.ExceptHandler) and inner.name:
            names.add(inner.name)
        elif isinstance(inner, ast.alias):
            names.add(inner.asname or inner.name.split(".")[0])
    return names


def names_of(target):
    """The plain names that a target binds, in the order of the text."""
    if isinstance(target, ast.Name):
        return [target.id]
    if isinstance(target, (ast.Tuple, ast.List)):
        return [name for e in target.elts for name in names_of(e)]
    if isinstance(target, ast.Starred):
        return names_of(target.value)
    return []


def captures(pattern):
    names = []
    for node in ast.walk(pattern):
        if isinstance(node, (ast.MatchAs, ast.MatchStar)) and node.name:
            names.append(node.name)
        elif isinstance(node, ast.MatchMapping) and node.rest:
            names.append(node.rest)
    return names


def is_compound(target):
    return any(isinstance(n, (ast.Attribute, ast.Subscript)) for n in ast.walk(target))


def is_folded(node):
    """Does the compiler make a constant of it?"""
    kinds = (ast.Constant, ast.UnaryOp, ast.BinOp, ast.Tuple, ast.unaryop, ast.operator, ast.expr_context)
    return all(isinstance(n, kinds) for n in ast.walk(node))


def load(name):
    return ast.Name(id=name, ctx=ast.Load())


def probe(name, *args):
    return ast.Call(func=load(MARK + name),
                    args=[a if isinstance(a, ast.AST) else ast.Constant(value=a) for a in args], keywords=[])


def run(call):
    return ast.Expr(value=call)


class Probes:
    """Rewrites one tree. Another language's semantics are given by overriding `meaning`, `test` and the writers of
    statements; what they get has its probes already, and what they return is what runs."""

    def __init__(self, reading):
        self.reading = reading
        self.plan = Plan()
        self.scope = None
        self.generators = 0
        self.loop_span = None

    def tree(self):
        tree = self.reading.tree
        self.scope = Scope("program", tree, tree.blocks["body"], None)
        span = tree.blocks["body"]
        first, rest = self.head(tree.body)
        body = [run(probe("program", span))]
        if first is not None:
            body.append(first)
        later = []
        while rest and isinstance(rest[0], ast.ImportFrom) and rest[0].module == "__future__":
            later.append(rest.pop(0))
        doc = [tree.body[0]] if first is not None else []
        body += [run(probe("past", s.span)) for s in later]
        body.append(self.guard(self.statements(rest) + [run(probe("finish", span))], span))
        tree.body = doc + later + body
        return self.placed(tree)

    def placed(self, tree):
        """Gives the new nodes the lines of the old ones."""
        stack = [(tree, 1)]
        while stack:
            node, line = stack.pop()
            if hasattr(node, "lineno"):
                line = node.lineno
            elif "lineno" in node._attributes:
                node.lineno = node.end_lineno = line
                node.col_offset = node.end_col_offset = 0
            for child in ast.iter_child_nodes(node):
                stack.append((child, line))
        return tree

    # ------------------------------------------------------------------ bodies

    def head(self, body):
        """A text at the head of a body stays where it is: a probe tells of it."""
        first = body[0] if body else None
        if isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant) and type(first.value.value) is str:
            expression = first.value
            call = run(probe("text", first.span, expression.span, expression.value))
            return call, body[1:]
        return None, body[:]

    def statements(self, body):
        return [s for statement in body for s in self.statement(statement)]

    def guard(self, body, span, leave=False):
        """Notes errors that pass out of a body."""
        handler = ast.ExceptHandler(type=None, name=None, body=[run(probe("note", span)), ast.Raise()])
        line = next((s.lineno for s in body if hasattr(s, "lineno")), 1)
        guard = ast.Try(body=body, handlers=[handler], orelse=[],
                        finalbody=[run(probe("leave"))] if leave else [])
        guard.lineno = guard.end_lineno = handler.lineno = handler.end_lineno = line
        guard.col_offset = guard.end_col_offset = handler.col_offset = handler.end_col_offset = 0
        return guard

    def block(self, node, field, names=(), guarded=False):
        body = getattr(node, field)
        if not body:
            return
        span = node.blocks[field]
        loop = self.loop_span
        if guarded:
            self.loop_span = None
        new = ([run(self.names_in("begin", span, names))] + self.statements(body) + [run(probe("finish", span))])
        self.loop_span = loop
        setattr(node, field, [self.guard(new, span)] if guarded else new)

    def names_in(self, name, span, names):
        names = list(dict.fromkeys(names))
        if names:
            self.plan.names_in[span] = [(n, self.scope.mode(n)) for n in names]
        return probe(name, span, *[load(n) for n in names])

    def names_out(self, span, names):
        names = list(dict.fromkeys(names))
        if names:
            self.plan.names_out[span] = [(n, self.scope.mode(n)) for n in names]
        return run(probe("finish", span, *[load(n) for n in names]))

    # ------------------------------------------------------------------ statements

    def statement(self, node):
        rewrite = getattr(self, "on_" + type(node).__name__, None)
        if rewrite is None:
            self.children(node)
            new, names, watched = [node], (), False
        else:
            new, names, watched = rewrite(node)
        first = node.jump if hasattr(node, "jump") else probe("begin_watched" if watched else "begin", node.span)
        result = [run(first)] + new
        if not isinstance(node, JUMPS):
            result.append(self.names_out(node.span, names))
        for n in (result[0], result[-1]):
            if not hasattr(n, "lineno"):
                ast.copy_location(n, node)
        return result

    def children(self, node):
        for field, value in ast.iter_fields(node):
            if isinstance(value, ast.expr):
                setattr(node, field, self.expression(value))
            elif isinstance(value, list):
                setattr(node, field, [self.expression(v) if isinstance(v, ast.expr) else v for v in value])

    def on_Global(self, node):
        return [node], (), False

    on_Nonlocal = on_Pass = on_Global

    def on_Assign(self, node):
        watched = any(is_compound(t) for t in node.targets)
        names = [name for t in node.targets for name in names_of(t)]
        node.value = self.expression(node.value)
        node.targets = [self.target(t) for t in node.targets]
        return [node], names, watched

    def target(self, node):
        if isinstance(node, (ast.Tuple, ast.List)):
            node.elts = [self.target(e) for e in node.elts]
        elif isinstance(node, ast.Starred):
            node.value = self.target(node.value)
        elif isinstance(node, ast.Attribute):
            node.value = self.expression(node.value)
        elif isinstance(node, ast.Subscript):
            node.value = self.expression(node.value)
            node.slice = self.index(node.slice)
        return node

    def index(self, node):
        if isinstance(node, ast.Slice):
            for field in ("lower", "upper", "step"):
                part = getattr(node, field)
                if part is not None:
                    setattr(node, field, self.expression(part))
            return node
        if isinstance(node, ast.Tuple) and any(isinstance(e, ast.Slice) for e in node.elts):
            node.elts = [self.index(e) for e in node.elts]
            return node
        return self.expression(node)

    def on_AugAssign(self, node):
        names = names_of(node.target)
        node.target = self.target(node.target)
        node.value = self.expression(node.value)
        return [node], names, not names

    def on_AnnAssign(self, node):
        """Annotations are text for people: where CPython evaluates them at all, nothing comes of it, and it is not told."""
        names = names_of(node.target) if node.value is not None else ()
        if node.value is not None:
            node.value = self.expression(node.value)
        if not isinstance(node.target, ast.Name):
            node.target = self.target(node.target)
        return [node], names, is_compound(node.target)

    def on_Delete(self, node):
        names = [name for t in node.targets for name in names_of(t)]
        if names:
            self.plan.gone[node.span] = [(n, self.scope.mode(n)) for n in names]
        node.targets = [self.target(t) for t in node.targets]
        return [node], (), any(is_compound(t) for t in node.targets)

    def on_For(self, node):
        names = names_of(node.target)
        node.iter = self.expression(node.iter)
        watched = is_compound(node.target)
        node.target = self.target(node.target)
        self.loop(node, names)
        return [node], (), watched

    on_AsyncFor = on_For

    def loop(self, node, names):
        outer, self.loop_span = self.loop_span, node.span
        self.block(node, "body", names)
        self.loop_span = outer
        self.block(node, "orelse")

    def on_While(self, node):
        span = node.span
        node.test = self.test(self.expression(node.test, lambda s: probe("e_again", s, span)))
        self.loop(node, ())
        return [node], (), False

    def on_If(self, node):
        node.test = self.test(self.expression(node.test))
        self.block(node, "body")
        if getattr(node, "elif_", False):
            node.orelse = self.statement(node.orelse[0])
        else:
            self.block(node, "orelse")
        return [node], (), False

    def on_Assert(self, node):
        node.test = self.test(self.expression(node.test))
        if node.msg is not None:
            node.msg = self.expression(node.msg)
        return [node], (), False

    def on_Break(self, node):
        """The jump's probe takes the place of the one that begins a statement."""
        node.jump = probe("jump", node.span, self.loop_span)
        return [node], (), False

    on_Continue = on_Break

    def on_Return(self, node):
        if node.value is None:
            if self.scope.has_value:
                node.value = probe("result", None)
        else:
            node.value = probe("result", self.expression(node.value))
        return [node], (), False

    def on_With(self, node):
        self.plan.withs.add(node.span)
        names = []
        for item in node.items:
            head = None
            if names:
                head = self.bound_head(names)
                names = []
            item.context_expr = self.expression(item.context_expr, head)
            if item.optional_vars is not None:
                names += names_of(item.optional_vars)
                item.optional_vars = self.target(item.optional_vars)
        self.block(node, "body", names, guarded=True)
        # Errors are noted before what a manager does at its end; jumps are told of after it.
        around = ast.copy_location(ast.Try(body=[node], handlers=[], orelse=[], finalbody=[run(probe("left", node.span))]), node)
        return [around], (), True

    on_AsyncWith = on_With

    def bound_head(self, names):
        return lambda span: self.names_in("e_bound", span, names)

    def on_Try(self, node):
        self.block(node, "body", guarded=True)
        for handler in node.handlers:
            if handler.type is not None:
                handler.type = self.expression(handler.type)
            names = [handler.name] if handler.name else ()
            if handler.name:
                self.plan.gone_after[handler.blocks["body"]] = (handler.name,)
            self.block(handler, "body", names, guarded=True)
        self.block(node, "orelse", guarded=True)
        self.block(node, "finalbody", guarded=True)
        if node.finalbody:
            node.finalbody.append(run(probe("left", node.span)))
        return [node], (), False

    on_TryStar = on_Try

    def on_Import(self, node):
        return [node], [a.asname or a.name.split(".")[0] for a in node.names if a.name != "*"], False

    on_ImportFrom = on_Import

    def on_Match(self, node):
        node.subject = self.expression(node.subject)
        for case in node.cases:
            names = captures(case.pattern)
            if case.guard is not None:
                case.guard = self.test(self.expression(case.guard, self.bound_head(names) if names else None))
                names = ()
            self.block(case, "body", names)
        return [node], (), False

    # ------------------------------------------------------------------ functions and classes

    def on_FunctionDef(self, node):
        node.decorator_list = [self.expression(d) for d in node.decorator_list]
        if node.decorator_list:
            node.decorator_list.append(load(MARK + "made"))
        self.defaults(node.args)
        span = node.blocks["body"]
        outer, self.scope = self.scope, Scope("function", node, span, self.scope)
        self.scope.has_value = not (isinstance(node, ast.AsyncFunctionDef) and any(
            isinstance(n, ast.Yield) for n in own_nodes(node)))
        first, rest = self.head(node.body)
        body = [node.body[0]] if first is not None else []
        body.append(run(self.names_in("body", span, parameters(node.args))))
        if first is not None:
            rest_new = [first] + self.statements(rest)
        else:
            rest_new = self.statements(rest)
        body.append(self.guard(rest_new + [run(probe("finish", span))], span, leave=True))
        for statement in body:
            if not hasattr(statement, "lineno"):
                ast.copy_location(statement, node.body[0])
        node.body = body
        self.scope = outer
        return [node], [node.name], False

    on_AsyncFunctionDef = on_FunctionDef

    def defaults(self, args):
        args.defaults = [self.expression(d) for d in args.defaults]
        args.kw_defaults = [d if d is None else self.expression(d) for d in args.kw_defaults]

    def on_ClassDef(self, node):
        self.children(node)
        for keyword in node.keywords:
            keyword.value = self.expression(keyword.value)
        span = node.blocks["body"]
        outer, self.scope = self.scope, Scope("class", node, span, self.scope)
        first, rest = self.head(node.body)
        body = [node.body[0]] if first is not None else []
        body.append(run(probe("class_body", span)))
        if first is not None:
            body.append(first)
        body.append(self.guard(self.statements(rest) + [run(probe("finish", span))], span))
        node.body = body
        self.scope = outer
        return [node], [node.name], False

    # ------------------------------------------------------------------ expressions

    def meaning(self, node):
        """What an expression does, once its parts have their probes."""
        return node

    def test(self, node):
        """What a condition does."""
        return node

    def expression(self, node, head=None):
        """The expression with its probes; `head` makes the first probe of its outermost brackets."""
        if isinstance(node, ast.Starred):
            node.value = self.expression(node.value)
            return node
        span = node.span
        if span is None:
            return node
        if isinstance(node, ast.Constant) and (node.parens or head is None):
            new = probe("constant", span, node)
        else:
            new = self.wrapped(node, span, None if node.parens else head)
        for i in range(len(node.parens) - 1, -1, -1):
            enter = head(node.parens[i]) if i == 0 and head else probe("e", node.parens[i])
            new = probe("x", enter, new)
        ast.copy_location(new, node)
        return new

    def wrapped(self, node, span, head):
        enter = probe("e", span)
        leave = "x"
        kind = type(node)
        if kind in (ast.Call, ast.Await, ast.Subscript):
            enter, leave = probe("e_watched", span), "x_item" if kind is ast.Subscript else "x_watched"
            self.plan.watched.add(span)
        elif kind is ast.NamedExpr:
            mode = self.scope.mode(node.target.id)
            self.plan.names_out[span] = [(node.target.id, mode if mode else "out")]
            leave = "x_name"
        elif kind is ast.Yield:
            leave = "wake"
        elif kind is ast.YieldFrom:
            leave = "wake_from"
        if head is not None:
            enter = head(span)
        if kind is ast.GeneratorExp and not self.is_tied(node):
            return self.generator(node, enter)
        return probe(leave, enter, self.meaning(self.inner(node)))

    def inner(self, node):
        """The expression, its parts with their probes."""
        kind = type(node)
        if kind in (ast.Name, ast.Constant):
            return node
        if kind in COMPREHENSIONS:
            return self.comprehension(node, "e_inner", None)
        if kind is ast.Lambda:
            return self.function(node)
        if kind is ast.Subscript:
            node.value = self.expression(node.value)
            node.slice = self.index(node.slice)
            return node
        if kind is ast.NamedExpr:
            node.value = self.expression(node.value)
            return node
        if kind is ast.IfExp:
            node.test = self.test(self.expression(node.test))
            node.body = self.expression(node.body)
            node.orelse = self.expression(node.orelse)
            return node
        if kind is ast.JoinedStr:
            if node.placed:
                self.fields(node)
                self.runs(node)
            return node
        if kind is ast.Yield:
            node.value = probe("give", self.expression(node.value) if node.value else None)
            return node
        if kind is ast.YieldFrom:
            node.value = probe("delegate", self.expression(node.value))
            return node
        if kind is ast.Call:
            for keyword in node.keywords:
                keyword.value = self.expression(keyword.value)
        if kind is ast.Dict:
            node.keys = [k if k is None else self.expression(k) for k in node.keys]
            node.values = [self.expression(v) for v in node.values]
            return node
        if kind is ast.Set and len(node.elts) > 2 and all(is_folded(e) for e in node.elts):
            return self.constant_set(node)
        self.children(node)
        return node

    def constant_set(self, node):
        """CPython makes a display of constants from a frozen set, and the order of its elements shows it."""
        display = ast.copy_location(ast.Set(elts=[copy.deepcopy(e) for e in node.elts]), node)
        self.children(node)
        shown = ast.copy_location(ast.Tuple(elts=node.elts, ctx=ast.Load()), node)
        return probe("second", shown, display)

    def fields(self, node):
        for value in node.values:
            if isinstance(value, ast.FormattedValue):
                value.begin = value.value.begin
                value.value = self.expression(value.value)
                if value.format_spec is not None:
                    self.fields(value.format_spec)

    def runs(self, node):
        """Free text between the fields: told of where it stands, by fields that give nothing."""
        told = [(begin, ast.FormattedValue(value=probe("free", span, value), conversion=-1)) for begin, span, value in node.runs]
        values = []
        for value in node.values:
            while told and isinstance(value, ast.FormattedValue) and told[0][0] < value.begin:
                values.append(told.pop(0)[1])
            values.append(value)
        node.values = values + [field for _, field in told]

    def function(self, node):
        """A lambda: its body is an activation with a frame of its own."""
        self.defaults(node.args)
        names = parameters(node.args)
        outer, self.scope = self.scope, Scope("function", node, node.body.span, self.scope)
        node.body = self.expression(node.body, lambda span: self.names_in("lambda_body", span, names))
        self.scope = outer
        return node

    # ------------------------------------------------------------------ comprehensions

    def comprehension(self, node, enter, given):
        """`enter` is the probe before what is evaluated inside, `given` the name of what it is told."""
        names = []

        def head(span):
            found = list(dict.fromkeys(names))
            names.clear()
            if found:
                self.plan.names_in[span] = [(n, 0) for n in found]
            first = [load(given)] if given else []
            return probe(enter, *first, span, *[load(n) for n in found])

        for i, clause in enumerate(node.generators):
            clause.iter = self.expression(clause.iter, head) if i else self.expression(clause.iter)
            names += names_of(clause.target)
            clause.target = self.target(clause.target)
            clause.ifs = [self.test(self.expression(test, head)) for test in clause.ifs]
        if isinstance(node, ast.DictComp):
            node.key = self.expression(node.key, head)
            node.value = self.expression(node.value, head)
        else:
            node.elt = self.expression(node.elt, head)
        return node

    def is_tied(self, node):
        """Is it a generator expression that cannot be put into a function of its own?"""
        return any(isinstance(n, (ast.NamedExpr, ast.Await)) for n in ast.walk(node)) \
            or any(g.is_async for g in node.generators)

    def generator(self, node, enter):
        """A generator expression runs late: what it evaluates must know which activation it belongs to. It is made
        by a function that is told."""
        self.generators += 1
        given, items = f"{MARK}g{self.generators}", f"{MARK}i{self.generators}"
        new = self.comprehension(node, "e_late", given)
        new.elt = probe("grows", load(given), new.elt)
        iterable = new.generators[0].iter
        new.generators[0].iter = load(items)
        arguments = ast.arguments(posonlyargs=[], args=[ast.arg(arg=given), ast.arg(arg=items)], kwonlyargs=[],
                                  kw_defaults=[], defaults=[])
        return probe("generator", ast.Lambda(args=arguments, body=new), enter, iterable)


def parameters(args):
    """Names of the parameters in the order of the text."""
    found = [a.arg for a in args.posonlyargs + args.args]
    if args.vararg:
        found.append(args.vararg.arg)
    found += [a.arg for a in args.kwonlyargs]
    if args.kwarg:
        found.append(args.kwarg.arg)
    return found
