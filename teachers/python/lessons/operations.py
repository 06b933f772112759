"""Programs that call one operation again and again, with varied arguments."""

import ast
import os
import re
import warnings

from . import breadth
from .pools import NAMES, Pool

HOLE = re.compile(r"\{([a-z]+)\}")
DEPENDENT = {"sub", "at", "el", "key", "bound", "chars", "sep", "subs", "sepnone", "subset", "subbytes", "byte"}
FAMILY = {"text": "text", "char": "text", "sub": "text", "sep": "text", "words": "list", "ints": "list", "list": "list",
          "pairs": "list", "matrix": "list", "numbers": "list", "dict": "dict", "set": "set", "intset": "set",
          "tuple": "tuple", "float": "float", "plainfloat": "float", "row": "list", "phrase": "text", "record": "tuple",
          "few": "text", "fewints": "list", "many": "list", "manywords": "list", "manypairs": "list", "each": "list",
          "odd": "text", "titled": "text", "lined": "text", "identifier": "text", "attribute": "text", "real": "float",
          "above": "float", "half": "float", "index": "dict", "tally": "dict", "mix": "list", "spoiled": "list",
          "subset": "set", "digits": "set", "grid": "list", "bytes": "bytes", "ascii": "bytes", "subbytes": "bytes", "frozen": "set", "hexed": "text",
          "numeric": "float", "unit": "float", "vector": "list"}
CALLS = 64
LINES = 46
COMPARED = re.compile(r" (==|!=|<=|>=) ")
FEW = ("+", "-", "*", "//", "%", "==", "!=", "<", "<=", ">", ">=", "and", "or")
TYPES = ("int", "float", "bool", "text", "list", "tuple", "dict", "set", "none")
CORE = ("int", "text", "list", "float", "bool")
BINARY = {"add": "+", "sub": "-", "mul": "*", "div": "/", "floordiv": "//", "mod": "%", "pow": "**", "and": "&", "or": "|",
          "xor": "^", "shl": "<<", "shr": ">>", "matmul": "@"}
COMPARE = {"eq": "==", "ne": "!=", "lt": "<", "le": "<=", "gt": ">", "ge": ">="}
SIGNS = list(BINARY.values())[:-1] + list(COMPARE.values()) + ["and", "or"]


def signatures(small, harder=False):
    """(lesson, template, calls) of everything there is to show."""
    more = list(listed("harder.txt", small)) if harder else []
    return list(operators(small)) + list(mixed(SIGNS, 1 if small else 2)) + list(listed("operations.txt", small)) + more


def broader_signatures(rng):
    """The same of what is rare, and of what is wrong."""
    broader = list(listed("broader.txt", False))
    known = list(listed("operations.txt", False)) + list(listed("harder.txt", False))
    return broader + list(breadth.signatures(rng, known + broader, BINARY, COMPARE, FAMILY))


def tiny_signatures():
    """The same of what a small language needs."""
    return list(mixed(FEW, 1)) + list(listed("tiny.txt", False))


def listed(name, small):
    found = []
    with open(os.path.join(os.path.dirname(os.path.abspath(__file__)), name), encoding="utf-8") as file:
        calls = CALLS
        for line in file:
            line = line.rstrip("\n")
            if line.startswith("# calls: "):
                calls = int(line[9:])
            if not line or line.startswith("#"):
                continue
            core = line.startswith("*")
            if small and not core:
                continue
            name, template = line.lstrip("*").split(None, 1)
            found.append((name, template, calls if HOLE.search(template) else 4))
    return found


def operators(small):
    types = CORE if small else TYPES
    for name, sign in {**BINARY, **COMPARE}.items():
        for left in types:
            for right in types:
                if small and (sign in ("@", "<<", ">>", "|", "&", "^") and (left, right) != ("int", "int")):
                    continue
                a, b = left, right
                if sign == "*":
                    a = "small" if left == "int" and right not in ("int", "float") else left
                    b = "small" if right == "int" and left not in ("int", "float") else right
                elif sign == "**" and left in ("int", "float", "bool"):
                    a, b = ("plainfloat" if left == "float" else left), ("count" if right == "int" else "small"
                                                                         if right == "float" else right)
                    if right == "float":
                        b = "plainfloat"
                elif sign in ("<<", ">>") and right == "int":
                    b = "count"
                elif sign == "%" and left == "text":
                    continue
                elif name in COMPARE and left == right and left in ("list", "set"):
                    a = b = "ints" if left == "list" else "intset"
                yield "op_" + name, f"{{{a}}} {sign} {{{b}}}", 12 if small and left != right else CALLS
                if a == b == "ints":
                    yield "op_" + name, f"{{list}} {sign} {{list}}", CALLS


def mixed(signs, count):
    """Two operators side by side, with and without brackets: which binds tighter?"""
    for one in signs:
        yield "mixed_unary", f"-{{nat}} {one} {{nat}}", count
        yield "mixed_unary", f"{{nat}} {one} -{{nat}}", count
        yield "mixed_unary", f"(-{{nat}}) {one} {{nat}}", count
        yield "mixed_unary", f"-({{nat}} {one} {{nat}})", count
        yield "mixed_unary", f"~{{nat}} {one} {{nat}}", count
        yield "mixed_unary", f"not {{nat}} {one} {{nat}}", count
        yield "mixed_unary", f"(not {{nat}}) {one} {{nat}}", count
        yield "mixed_choice", f"{{nat}} {one} {{nat}} if {{nat}} {one} {{nat}} else {{nat}} {one} {{nat}}", count
        yield "mixed_choice", f"{{nat}} {one} ({{nat}} if {{bool}} else {{nat}})", count
        yield "mixed_choice", f"(lambda v: v {one} {{nat}})({{nat}})", count
        yield "mixed_in", f"{{nat}} {one} {{nat}} in [{{nat}}, {{nat}}]", count
        yield "mixed_in", f"{{nat}} {one} ({{nat}} in [{{nat}}, {{nat}}])", count
        yield "mixed_in", f"{{nat}} in [{{nat}}] {one} [{{nat}}]", count
        yield "mixed_in", f"[{{nat}}, {{nat}}][0] {one} {{nat}}", count
        for two in signs:
            yield "mixed", f"{{nat}} {one} {{nat}} {two} {{nat}}", count
            yield "mixed", f"({{nat}} {one} {{nat}}) {two} {{nat}}", count
            yield "mixed", f"{{nat}} {one} ({{nat}} {two} {{nat}})", count


class Lesson:
    """Writes the calls of one signature."""

    def __init__(self, rng):
        self.rng = rng
        self.pool = Pool(rng)

    def calls(self, template, count):
        """The calls as lists of lines. A signature that only fails is shown a few times and no more."""
        found = []
        seen = set()
        failures = 0
        for _ in range(count * 2):
            if len(found) >= count or failures >= 6 and failures == len(found):
                break
            lines, failed = self.call(template)
            if lines is None or tuple(lines) in seen:
                continue
            seen.add(tuple(lines))
            failures += failed
            found.append(lines)
        return found

    def arguments(self, kinds):
        """Arguments in the order of the kinds; those that are to fit a container come after it."""
        pool = self.pool
        pool.last = ""
        drawn = {}
        first = ""
        for i, kind in enumerate(kinds):
            if kind not in DEPENDENT:
                pool.last = ""
                drawn[i] = pool.draw(kind)
                first = first or pool.last
        for i, kind in enumerate(kinds):
            if kind in DEPENDENT:
                pool.last = first
                drawn[i] = pool.draw(kind)
        return [drawn[i] for i in range(len(kinds))]

    def call(self, template):
        rng = self.rng
        kinds = [m.group(1) for m in HOLE.finditer(template) if hasattr(self.pool, "a_" + m.group(1))]
        values = self.arguments(kinds)
        if COMPARED.search(template) and len(set(kinds)) == 1 and rng.random() < 0.2:
            # Values drawn by chance are hardly ever equal.
            values = values[:1] * len(values)
        values = iter(values)
        named = rng.random() < 0.5
        taken = set(re.findall(r"\b[a-z]+\b", HOLE.sub("", template)))
        before = []

        def fill(match):
            kind = match.group(1)
            if not hasattr(self.pool, "a_" + kind):
                return match.group(0)
            value = next(values)
            start = match.start()
            assigned = template[max(0, start - 3):start] == " = " and template[:start - 3].isidentifier()
            quoted = template[:start].count("'") % 2  # a part of a text has no name
            if named and not assigned and not quoted:
                choices = [n for n in NAMES.get(FAMILY.get(kind, "int"), NAMES["int"]) if n not in taken]
                if choices:
                    name = rng.choice(choices)
                    taken.add(name)
                    before.append(f"{name} = {value}")
                    return name
            return value

        body = HOLE.sub(fill, template).split("; ")
        last = body[-1]
        try:
            tree = ast.parse("\n".join(body)).body
        except SyntaxError:
            return None, False
        is_expression = isinstance(tree[-1], ast.Expr)
        error, printable = attempt(before + body, is_expression)
        if error is SKIP:
            return None, False
        if is_expression:
            case = rng.random()
            if case < 0.35 and printable:
                body[-1] = f"print({last})"
            elif case < 0.7:
                body[-1] = f"r = {last}"
        elif rng.random() < 0.3 and error is None and printable:
            names = [n.id for n in ast.walk(tree[0]) if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load)]
            if names and not isinstance(tree[0], ast.Delete):
                body.append(f"print({names[0]})")
        if error is None and rng.random() > 0.04:
            return before + body, False
        kind = error.__name__ if error is not None else "TypeError"
        handler = rng.choice(((f"except {kind} as e:", "    print(e)"), ("except Exception as e:", "    print(repr(e))"),
                              (f"except {kind}:", "    print('failed')"),
                              ("except Exception as error:", "    print(type(error).__name__, error)")))
        return before + ["try:"] + ["    " + line for line in body] + list(handler), error is not None


class Skip:
    pass


SKIP = Skip


def attempt(lines, is_expression):
    """(the class of the error that these lines end with, or None; may the result be printed?). SKIP stands where they
    are no program, or where the order of a set is an accident."""
    before, last = "\n".join(lines[:-1]), lines[-1]
    space = {"print": lambda *a, **k: None, "__name__": "lesson"}
    value = None
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            code = compile(before, "<lesson>", "exec"), compile(last, "<lesson>", "eval" if is_expression else "exec")
            exec(code[0], space)
            value = eval(code[1], space)
    except SyntaxError:
        return SKIP, False
    except Exception as error:
        return type(error), True
    if any(unsteady(v) for k, v in space.items() if k != "__builtins__") or unsteady(value):
        return SKIP, False
    return None, not any(" at 0x" in repr(v) for k, v in space.items() if k not in ("__builtins__", "print")) \
        and " at 0x" not in repr(value)


def unsteady(value):
    """Is there a set whose order is not the same in every run?"""
    if isinstance(value, (set, frozenset)):
        return not all(steady(v) for v in value)
    if isinstance(value, (list, tuple)):
        return any(unsteady(v) for v in value)
    if isinstance(value, dict):
        return any(unsteady(v) for v in value.values())
    return False


def steady(value):
    if isinstance(value, tuple):
        return all(steady(v) for v in value)
    return isinstance(value, (int, str, float)) and value == value


def programs(rng, small, tiny=False, harder=False):
    """(name, text) of each program."""
    yield from written(rng, tiny_signatures() if tiny else signatures(small, harder))
    if harder:
        yield from written(rng, broader_signatures(rng))


def written(rng, signatures):
    lessons = {}
    order = []
    for name, template, count in signatures:
        if name not in lessons:
            order.append(name)
            lessons[name] = []
        lessons[name].append((template, count))
    for name in order:
        calls = []
        for template, count in lessons[name]:
            calls += Lesson(rng).calls(template, count)
        rng.shuffle(calls)
        prefix = name if name.startswith("op_") else "use_" + name
        for number, lines in enumerate(packed(calls), 1):
            yield f"{prefix}_{number:02}.py", "\n".join(lines) + "\n"


def packed(calls):
    lines = []
    for call in calls:
        if len(lines) + len(call) > LINES:
            yield lines
            lines = []
        lines = lines + call
    if lines:
        yield lines
