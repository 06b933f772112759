"""Formatted string literals: where their expressions really lie.

CPython 3.11 gives the nodes inside of an f-string wrong places, so the literal's own text is read again here."""

import ast
import re

from .text import Lines, tokens_inside

PREFIX = re.compile(r"([A-Za-z]*)('''|\"\"\"|'|\")")


def holes(text, runs=None):
    """[(start, end)] in characters of the expressions of one string token, in the order of the tree; those of a
    format specification follow the expression they belong to. `runs` takes the same of the text between them."""
    prefix = PREFIX.match(text)
    if "f" not in prefix.group(1).lower():
        return []
    found = []
    body_end = len(text) - len(prefix.group(2))
    raw = "r" in prefix.group(1).lower()
    _literal(text, prefix.end(), body_end, found, False, raw, [] if runs is None else runs)
    return found


def _literal(text, at, end, found, in_spec, raw, runs):
    begin = at
    while at < end:
        c = text[at]
        if c == "\\" and not raw and text[at + 1:at + 3] == "N{":
            at = text.index("}", at) + 1
        elif c == "\\" and not raw and text[at + 1:at + 2] not in "{}":
            at += 2
        elif c in "{}" and text[at + 1:at + 2] == c and not in_spec:
            at += 2
        elif c == "{":
            runs += [(begin, at)] if begin < at else []
            at = begin = _hole(text, at + 1, end, found, raw)
        elif c == "}" and in_spec:
            return at
        else:
            at += 1
    runs += [(begin, at)] if begin < at else []
    return at


def _hole(text, at, end, found, raw):
    start = at
    depth = 0
    quote = None
    while at < end:
        c = text[at]
        if quote:
            if text.startswith(quote, at):
                at += len(quote) - 1
                quote = None
        elif c in "'\"":
            quote = c * 3 if text.startswith(c * 3, at) else c
            at += len(quote) - 1
        elif c in "([{":
            depth += 1
        elif c in ")]" or c == "}" and depth:
            depth -= 1
        elif depth == 0:
            two = text[at:at + 2]
            if two in ("!=", "==", "<=", ">="):
                at += 2
                continue
            if c in "}!:=":
                break
        at += 1
    stop = at
    while text[at] == "=" or text[at].isspace():
        at += 1
    found.append((start, stop))
    if text[at] == "!":
        at += 2
        while text[at].isspace():
            at += 1
    if text[at] == ":":
        at = _literal(text, at + 1, end, found, True, raw, [])
    return at + 1


def fields(node):
    """The replacement fields of a JoinedStr, in the same order as `holes`."""
    for value in node.values:
        if isinstance(value, ast.FormattedValue):
            yield value
            if value.format_spec is not None:
                yield from fields(value.format_spec)


def place(node, source_tokens):
    """Gives the expressions of a JoinedStr nodes that know their byte offsets (`begin` and `finish`).

    `source_tokens` are the string tokens [(start, end, text)] of the literal. Returns the tokens to use in their
    stead, or None where the text could not be read again (then the fields get no spans)."""
    found = []
    result = []
    node.runs = []
    for start, end, text in source_tokens:
        if not PREFIX.match(text):
            return None
        last = 0
        runs = []
        for a, b in holes(text, runs):
            offset = start + len(text[:a].encode("utf-8"))
            found.append((text[a:b], offset))
            if a >= last:
                result.append((start + len(text[:last].encode("utf-8")), offset, '""'))
                last = b
            result.extend(tokens_inside(text[a:b], offset))
        result.append((start + len(text[:last].encode("utf-8")), end, '""'))
        for a, b in runs if last else ():
            value = constant(text, text[a:b])
            if value is not None:
                node.runs.append((start + len(text[:a].encode("utf-8")), start + len(text[:b].encode("utf-8")), value))
    all_fields = list(fields(node))
    if len(found) != len(all_fields):
        return None
    trees = []
    for text, offset in found:
        whole = "(" + text + ")"
        tree = ast.parse(whole, mode="eval").body
        locate(tree, Lines(whole), offset - 1)
        trees.append(tree)
    for field, tree in zip(all_fields, trees):
        for inner in ast.walk(tree):
            if hasattr(inner, "lineno"):
                inner.lineno, inner.end_lineno = node.lineno, node.end_lineno
                inner.col_offset, inner.end_col_offset = node.col_offset, node.end_col_offset
        field.value = tree
    result.sort()
    return result


def constant(token, run):
    """What a stretch of free text in a formatted literal stands for; None where that is not plain to see."""
    prefix = PREFIX.match(token)
    if "\\N{" in run:
        return None
    marks = "".join(c for c in prefix.group(1) if c not in "fF")
    try:
        return ast.literal_eval(marks + prefix.group(2) + run.replace("{{", "{").replace("}}", "}") + prefix.group(2))
    except SyntaxError:
        return None


def locate(tree, lines, offset=0):
    """Writes byte offsets `begin` and `finish` on each node that has a place and none yet."""
    for node in ast.walk(tree):
        if hasattr(node, "lineno") and not hasattr(node, "begin"):
            node.begin = lines.byte(node.lineno, node.col_offset) + offset
            node.finish = lines.byte(node.end_lineno, node.end_col_offset) + offset
