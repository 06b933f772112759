"""What a language looks like and how it differs in meaning."""

import ast

SIGNS = {"Add": "+", "Sub": "-", "Mult": "*", "Div": "/", "FloorDiv": "//", "Mod": "%", "Pow": "**", "BitAnd": "&",
         "BitOr": "|", "BitXor": "^", "LShift": "<<", "RShift": ">>", "MatMult": "@", "Eq": "==", "NotEq": "!=", "Lt": "<",
         "LtE": "<=", "Gt": ">", "GtE": ">=", "In": "in", "NotIn": "not in", "Is": "is", "IsNot": "is not", "And": "and",
         "Or": "or", "Not": "not", "USub": "-", "UAdd": "+", "Invert": "~"}
WORDS = {w: w for w in ("if", "elif", "else", "while", "for", "in", "def", "return", "break", "continue", "pass", "try",
                        "except", "as", "finally", "raise", "from", "assert", "del", "global", "nonlocal", "lambda", "None", "True",
                        "False", "where", "then", "do", "body", "end", "set", "to")}
WORDS.update(where="if")
LEVELS = (("left", ("Or",)), ("left", ("And",)), ("unary", ("Not",)),
          ("chain", ("Eq", "NotEq", "Lt", "LtE", "Gt", "GtE", "In", "NotIn", "Is", "IsNot")), ("left", ("BitOr",)),
          ("left", ("BitXor",)), ("left", ("BitAnd",)), ("left", ("LShift", "RShift")), ("left", ("Add", "Sub")),
          ("left", ("Mult", "Div", "FloorDiv", "Mod", "MatMult")), ("unary", ("USub", "UAdd", "Invert")), ("right", ("Pow",)))
BOOLEAN = ("And", "Or")
UNARY = ("Not", "USub", "UAdd", "Invert")
COMPARED = LEVELS[3][1]


class Language:
    """The looks; `meaning` names what is different underneath (see semantics)."""

    def __init__(self, name, signs=None, words=None, levels=LEVELS, layout="indent", colon=":", assign="=", ternary="python",
                 arrow=":", comment="#", call="()", item="[]", names=None, builtin="", step="    ", **meaning):
        self.name = name
        self.signs = {**SIGNS, **(signs or {})}
        self.words = {**WORDS, **(words or {})}
        self.levels = levels
        self.layout = layout          # "indent", "braces" or "end"
        self.colon = colon            # what opens a body, where the layout is "indent"
        self.assign = assign
        self.ternary = ternary        # "python": A if C else B, "question": C ? A : B, "prefix": if C then A else B
        self.arrow = arrow            # between a lambda's parameters and its body
        self.comment = comment
        self.call = call
        self.item = item
        self.names = names or {}      # Python's names for builtin things that have other names here
        self.back = {v: k for k, v in self.names.items()}
        self.step = step
        self.meaning = meaning
        self.level_of = {op: (i + 1, kind) for i, (kind, ops) in enumerate(levels) for op in ops}
        self.binary = {self.signs[op]: op for op in SIGNS if op not in UNARY}
        self.unary = {self.signs[op]: op for op in UNARY}
        used = set(self.words.values()) | {s for s in self.signs.values() if s.isidentifier()}
        if layout != "end":
            used -= {self.words[w] for w in ("then", "do", "body", "end", "set", "to")}
            if assign == "set":
                used |= {self.words["set"], self.words["to"]}
        self.reserved = used
        self.taken = used | set(self.back)

    @property
    def top(self):
        """The level of what needs no brackets anywhere."""
        return len(self.levels) + 1

    def header(self):
        return {"mimus-trace": 1, "teacher": f"alien {self.name}"}


def operator(name):
    return getattr(ast, name)()
