"""Signatures that are made, not listed: every class beside every other, everything that can be gone through under all that goes
through something, what each class has, and operands of the wrong class for every call of the lists."""

import ast
import builtins
import collections
import re

HOLE = re.compile(r"\{([a-z]+)\}")
BESIDE = ("bytes", "frozen", "range")
NUMBERS = ("int", "float", "bool")
PLAIN = (*NUMBERS, "text", "list", "tuple", "dict", "set", "none")
CHANGING = {"add": "+=", "sub": "-=", "mul": "*=", "div": "/=", "floordiv": "//=", "mod": "%=", "pow": "**=", "and": "&=", "or": "|=", "xor": "^=",
            "shl": "<<=", "shr": ">>="}
MANY = 40
SOME = 6
ODD = 2

# What stands for a class where its names are shown, and under which names classes have others.
HOLDERS = {"str": "text", "bytes": "bytes", "list": "list", "tuple": "tuple", "dict": "dict", "set": "set", "frozenset": "frozen", "int": "plainint", "float": "plainfloat",
           "bool": "bool", "range": "range"}
HOLDERS_OF_MODULES = {"Counter": "Counter({few})", "defaultdict": "defaultdict(int, {tally})", "OrderedDict": "OrderedDict({tally})", "deque": "deque({ints})"}
ABSENT = ("nothing", "append", "upper", "keys", "add", "length", "size", "push", "x", "start", "pop", "sort")

# Everything that can be gone through, by what it holds.
INTS = ("{ints}", "tuple({ints})", "{intset}", "{frozen}", "{range}", "{bytes}", "{tally}.values()", "dict.fromkeys({ints})", "dict.fromkeys({ints}).keys()", "map(abs, {ints})",
        "map(lambda v: v * 2, {ints})", "filter(None, {ints})", "filter(lambda v: v > 2, {ints})", "reversed({ints})", "reversed({range})", "iter({ints})", "iter({range})",
        "iter({bytes})", "(v + 1 for v in {ints})", "deque({ints})")
TEXTS = ("{words}", "tuple({words})", "{few}", "{tally}", "{tally}.keys()", "map(str, {ints})", "filter(None, {words})", "reversed({words})", "reversed({few})", "iter({few})",
         "(w + '!' for w in {words})", "deque({words})", "dict.fromkeys({words})", "iter({tally})", "Counter({few})")
PAIRS = ("{pairs}", "{tally}.items()", "zip({few}, {ints})", "enumerate({words})", "enumerate({few}, 1)", "iter({pairs})", "reversed({pairs})", "tuple({pairs})",
         "Counter({few}).items()", "zip({words}, {range})", "map(lambda v: (v, v * v), {ints})")
ANY = ("list(@)", "tuple(@)", "len(set(@))", "list(enumerate(@))", "list(enumerate(@, {nat}))", "list(zip(@, {words}))", "list(zip({ints}, @))", "list(map(str, @))",
       "list(map(lambda v: [v], @))", "list(filter(None, @))", "list(filter(lambda v: v, @))", "any(@)", "all(@)", "[v for v in @]", "[*@]", "next(iter(@), None)", "list(reversed(list(@)))",
       "list(dict.fromkeys(@))", "dict.fromkeys(@, {nat})", "xs = {list}; xs.extend(@)", "xs = {list}; xs += @", "deque(@)", "a, *b = @", "a, b = @", "it = iter(@); r = next(it)",
       "sorted(set(@))", "{v: 1 for v in @}", "xs = {row}; xs[1:2] = @", "frozenset(@) == set(@)")
ORDERED = ("sorted(@)", "sorted(@, reverse={bool})", "sorted(@, key=lambda v: v)", "min(@)", "max(@)", "min(@, default=None)", "max(@, default={nat})")
OF_INTS = ("sum(@)", "sum(@, {int})", "set(@)", "frozenset(@)", "{int} in @", "{small} not in @", "p = {digits}; p.update(@)", "{digits}.union(@)", "{digits}.intersection(@)",
           "{digits}.difference(@)", "{digits}.symmetric_difference(@)", "{digits}.issubset(@)", "{digits}.issuperset(@)", "{digits}.isdisjoint(@)", "{frozen}.union(@)",
           "{frozen}.intersection(@)", "{frozen}.difference(@)", "{frozen}.issubset(@)", "{frozen}.issuperset(@)", "{frozen}.isdisjoint(@)", "{frozen}.symmetric_difference(@)",
           "p = {digits}; p.intersection_update(@)", "p = {digits}; p.difference_update(@)", "p = {digits}; p.symmetric_difference_update(@)", "min(@, key=lambda v: -v, default=0)",
           "max(@, key=abs, default=0)", "sorted(@, key=lambda v: v % 3)", "bytes(v % 256 for v in @)", "Counter(@)")
OF_TEXTS = ("''.join(@)", "', '.join(@)", "{few} in @", "{char} not in @", "sorted(@, key=len)", "max(@, key=len, default='')", "list(map(len, @))", "list(map(str.upper, @))", "Counter(@)")
OF_PAIRS = ("dict(@)", "{k: v for k, v in @}", "[a for a, b in @]", "list(map(lambda p: p[0], @))", "sorted(@, key=lambda p: str(p[1]))", "list(zip(*@))", "d = {tally}; d.update(@)")

WRONG = ("None", "{plainint}", "{plainfloat}", "{bool}", "{text}", "{list}", "{tuple}", "{dict}", "{set}", "{bytes}", "len", "{frozen}", "{range}")
# Not learned by what they are given.
PAST = ("re", "raised", "complex", "error", "types")


def signatures(rng, listed, binary, compare, family):
    """(lesson, template, calls); `listed` are those of the lists, `binary` and `compare` the signs by name, `family` what kinds of operands are alike."""
    yield from beside(binary, compare)
    yield from changing(rng)
    yield from same()
    yield from names()
    yield from gone_through(rng)
    yield from wrong(rng, listed, family)


def beside(binary, compare):
    """The classes that the plain operators leave out, beside all others."""
    for name, sign in {**binary, **compare}.items():
        for left in PLAIN + BESIDE:
            for right in PLAIN + BESIDE:
                if left not in BESIDE and right not in BESIDE or sign == "%" and left in ("text", "bytes"):
                    continue
                a, b = ("small" if kind == "int" and sign == "*" else kind for kind in (left, right))
                alike = left == right or {left, right} == {"set", "frozen"}
                calls = MANY if left == right == "bytes" else 12 if alike else SOME if {left, right} & {"int", "bool"} and sign == "*" else ODD
                if alike and {left, right} <= {"set", "frozen"}:
                    a, b = ("digits" if kind == "set" else "frozen" for kind in (left, right))
                yield "beside_" + name, f"{{{a}}} {sign} {{{b}}}", calls
    for left in (*PLAIN, *BESIDE):
        for right in (*PLAIN, *BESIDE):
            yield "beside_membership", f"{{{left}}} in {{{right}}}; {{{left}}} not in {{{right}}}", 3
            yield "beside_index", f"{{{left}}}[{{{right}}}]", 3 if right in NUMBERS else ODD
    for kind in (*PLAIN, *BESIDE):
        for sign in "+-~":
            yield "beside_unary", f"{sign}{{{kind}}}", 8 if kind in NUMBERS else 3
        yield "beside_unary", f"not {{{kind}}}; 'yes' if {{{kind}}} else 'no'; {{{kind}}} and {{{kind}}}; {{{kind}}} or {{{kind}}}; bool({{{kind}}})", 5


def changing(rng):
    """What changes a name, for every class beside every other."""
    for name, sign in CHANGING.items():
        for left in (*PLAIN, *BESIDE):
            for right in (*PLAIN, *BESIDE):
                numbers = left in NUMBERS and right in NUMBERS
                if sign == "%=" and left in ("text", "bytes"):
                    continue
                if sign in ("<<=", ">>=", "**="):
                    a, b = (("plainint" if kind == "int" else "plainfloat" if kind == "float" else kind) for kind in (left, right))
                    b = "count" if right == "int" else b
                else:
                    a, b = left, "small" if right == "int" and sign == "*=" and not numbers else right
                if {left, right} <= {"set", "frozen"}:
                    a, b = ("digits" if kind == "set" else "frozen" for kind in (left, right))
                alike = left == right or {left, right} <= {"set", "frozen"}
                calls = 8 if numbers else SOME if alike or sign == "*=" and right in ("int", "bool") else 1
                if calls == 1 and rng.random() < 0.4:
                    continue
                yield "changing_" + name, f"v = {{{a}}}; w = v; v {sign} {{{b}}}", calls


def same():
    """Is it the very same?"""
    for kind in (*PLAIN, *BESIDE):
        yield "beside_identity", f"{{{kind}}} is None; {{{kind}}} is not None; None is not {{{kind}}}", ODD
    for kind in ("list", "dict", "set"):
        yield "beside_identity", f"v = {{{kind}}}; w = v; v is w; v is not w; v is not v.copy(); v is {{{kind}}}; v is not {{{kind}}}", SOME
        for other in ("list", "dict", "set"):
            yield "beside_identity", f"v = {{{kind}}}; w = {{{other}}}; v is w; v is not w; [v, w][0] is v; [v, w][1] is not v", ODD


def names():
    """Everything that a class has, asked of its values and of itself."""
    for name, hole in HOLDERS.items():
        kind = getattr(builtins, name)
        for attribute in public(kind):
            yield f"names_{name}", f"{{{hole}}}.{attribute}", 3
            yield f"names_{name}", f"{name}.{attribute}", ODD
        for attribute in ABSENT:
            if not hasattr(kind, attribute):
                yield f"names_{name}", f"{{{hole}}}.{attribute}", ODD
        yield f"names_{name}", f"v = {{{hole}}}; v.x = {{int}}", ODD
    for name, made in HOLDERS_OF_MODULES.items():
        for attribute in public(getattr(collections, name)):
            yield f"names_{name}", f"from collections import {name}; {made}.{attribute}", ODD
        yield f"names_{name}", f"from collections import {name}; {made}.nothing; {made}.push", ODD
    for attribute in ABSENT:
        yield "names_none", f"None.{attribute}; len.{attribute}; (lambda: 0).{attribute}", 1


def public(kind):
    return [name for name in dir(kind) if not name.startswith("_")]


def gone_through(rng):
    """Everything that can be gone through under all that goes through something."""
    for sources, takers in ((INTS, ANY + ORDERED + OF_INTS), (TEXTS, ANY + ORDERED + OF_TEXTS), (PAIRS, ANY + OF_PAIRS + ORDERED[:2])):
        for taker in takers:
            for source in sources:
                made = taker.replace("@", source)
                needed = [name for name in ("Counter", "deque") if name + "(" in made]
                yield "through", (f"from collections import {', '.join(needed)}; " if needed else "") + made, 2


# ---------------------------------------------------------------------- wrong operands

def wrong(rng, listed, family):
    """Each call of the lists with one operand of a wrong class, and with one too few or too many."""
    seen = set()
    for name, template, _ in listed:
        if name in PAST:
            continue
        parts = template.split("; ")
        for at, part in enumerate(parts):
            made = parsed(part)
            if made is None:
                continue
            call, holes = made
            key = signed(call, [family.get(hole, hole) for hole in holes], held(parts[:at], family))
            if key in seen:
                continue
            seen.add(key)
            before = "".join(other + "; " for other in parts[:at] if not isinstance(tree(other), ast.Expr))
            yield from spoiled(rng, "wrong_" + name.split("_")[0], before, part, call, holes)


def tree(part):
    try:
        return ast.parse(HOLE.sub("_0", part)).body[0]
    except SyntaxError:
        return None


def parsed(part):
    """The call that a statement is, and the kinds of its holes in their order."""
    holes = [m.group(1) for m in HOLE.finditer(part)]
    counter = iter(range(len(holes)))
    try:
        made = ast.parse(HOLE.sub(lambda m: f"_{next(counter)}", part)).body[0]
    except SyntaxError:
        return None
    value = made.value if isinstance(made, (ast.Expr, ast.Assign)) else None
    if not isinstance(value, ast.Call) or not value.args and not isinstance(value.func, ast.Attribute):
        return None
    return value, holes


def held(parts, family):
    """What kind of thing each name of a template holds."""
    found = {}
    for part in parts:
        name, sign, value = part.partition(" = ")
        if sign and name.isidentifier():
            hole = HOLE.match(value)
            found[name] = family.get(hole.group(1), hole.group(1)) if hole else value.partition("(")[0]
    return found


def signed(call, holes, held):
    """What tells a call from others: what is called, of what, and with how many."""
    names = ", ".join(sorted(k.arg or "**" for k in call.keywords))
    function = call.func
    if isinstance(function, ast.Attribute) and isinstance(function.value, (ast.Constant, ast.Call)):
        return function.attr, len(call.args), names
    if isinstance(function, ast.Attribute) and isinstance(function.value, ast.Name) and function.value.id in held:
        return f"{held[function.value.id]}.{function.attr}", len(call.args), names
    return HOLE.sub("", re.sub(r"\b_(\d+)\b", lambda m: holes[int(m.group(1))] if int(m.group(1)) < len(holes) else m.group(0), ast.unparse(call.func))), len(call.args), names


def spoiled(rng, lesson, before, part, call, holes):
    def shown(expression):
        return re.sub(r"\b_(\d+)\b", lambda m: f"{{{holes[int(m.group(1))]}}}", ast.unparse(expression))

    function = shown(call.func)
    args = [shown(a) for a in call.args]
    named = [f"{k.arg}={shown(k.value)}" if k.arg else f"**{shown(k.value)}" for k in call.keywords]
    if any("lambda" in a or a.startswith("*") for a in args[:-1]):
        return
    for at in range(len(args)):
        for other in rng.sample(WRONG, 6 if at < 2 else 3):
            yield lesson, f"{before}{function}({', '.join([*args[:at], other, *args[at + 1:], *named])})", 1
    for at, keyword in enumerate(call.keywords):
        for other in rng.sample(WRONG, 3):
            yield lesson, f"{before}{function}({', '.join([*args, *named[:at], f'{keyword.arg}={other}', *named[at + 1:]])})", 1
    if not named:
        yield lesson, f"{before}{function}({', '.join(args[:-1])})", 1
        yield lesson, f"{before}{function}({', '.join([*args, '{plainint}'])})", 1
    yield lesson, f"{before}{function}({', '.join([*args, *named, 'wrong={plainint}'])})", 1
