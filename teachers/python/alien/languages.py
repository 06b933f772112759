"""The languages."""

from .language import Language

SWAPPED = Language(
    "swapped",
    signs={"Add": "-", "Sub": "+", "Mult": "/", "Div": "*", "FloorDiv": "%", "Mod": "//", "Lt": ">", "Gt": "<", "LtE": ">=",
           "GtE": "<=", "Eq": "!=", "NotEq": "==", "BitAnd": "|", "BitOr": "&", "And": "or", "Or": "and", "Not": "no", "In": "inside",
           "NotIn": "outside", "Is": "same", "IsNot": "other", "USub": "+", "UAdd": "-"},
    words={"if": "when", "elif": "orwhen", "else": "otherwise", "while": "until_not", "for": "each", "in": "of", "def": "make",
           "return": "give", "break": "quit", "continue": "skip", "pass": "nothing", "try": "attempt", "except": "rescue",
           "as": "named", "finally": "always", "raise": "throw", "assert": "ensure", "del": "forget", "global": "outer",
           "nonlocal": "around", "lambda": "fn", "None": "nil", "True": "yes", "False": "nope", "where": "when"},
    names={"print": "show", "len": "size", "range": "span", "str": "text", "int": "whole", "list": "row"}, comment="%%")

BRACES = Language(
    "braces",
    words={"if": "if", "elif": "elseif", "while": "loop", "for": "foreach", "def": "function", "return": "ret", "break": "leave",
           "continue": "next", "pass": "nop", "try": "try", "except": "catch", "as": "into", "raise": "throw", "None": "null",
           "True": "true", "False": "false", "lambda": "fun", "del": "delete", "where": "given"},
    signs={"And": "&&", "Or": "||", "Not": "!", "FloorDiv": "div", "Pow": "^^", "In": "in", "NotIn": "!in", "Is": "===", "IsNot": "!=="},
    layout="braces", assign=":=", ternary="question", arrow="=>", comment="//")

COUNTED = Language(
    "counted",
    words={"def": "fun", "lambda": "fun", "None": "nothing", "elif": "else_if"}, arrow="->", comment=";;", step="  ",
    first=1, truncates=True, spaced=True)

BOUND = Language(
    "bound",
    levels=(("left", ("And",)), ("left", ("Or",)), ("chain", ("Eq", "NotEq", "Lt", "LtE", "Gt", "GtE", "In", "NotIn", "Is", "IsNot")),
            ("unary", ("Not",)), ("left", ("Mult", "Div", "FloorDiv", "Mod", "MatMult")), ("right", ("Pow",)), ("right", ("Sub",)),
            ("left", ("Add",)), ("left", ("BitAnd", "BitOr", "BitXor")), ("left", ("LShift", "RShift")), ("unary", ("USub", "UAdd", "Invert"))),
    words={"if": "if", "elif": "elif", "def": "define"}, signs={"FloorDiv": "/%", "Pow": "^", "BitXor": "xor"}, comment="#")

EAGER = Language(
    "eager",
    words={"while": "repeat", "for": "for", "None": "none", "True": "true", "False": "false", "def": "func"},
    signs={"NotEq": "<>", "Eq": "="}, assign="<-", comment="!!", body_first=True, boolean=True, truth="given")

PROSE = Language(
    "prose",
    words={"if": "if", "elif": "elsif", "for": "for", "in": "from", "def": "define", "body": "as", "pass": "skip", "except": "on",
           "as": "called", "raise": "fail", "None": "none", "True": "true", "False": "false", "del": "drop", "lambda": "given",
           "where": "where", "return": "answer"},
    signs={"Eq": "equals", "NotEq": "differs", "Mod": "mod", "FloorDiv": "div", "In": "among", "NotIn": "lacks", "Is": "is", "IsNot": "isnt"},
    layout="end", assign="set", ternary="prefix", arrow="->", call="[]", item="{}", comment="--", step="  ")

LISTS = Language(
    "lists", layout="braces", comment=";",
    signs={"NotIn": "notin", "IsNot": "isnt", "Is": "is", "FloorDiv": "quot", "Mod": "mod", "Pow": "^", "BitXor": "xor", "Eq": "=",
           "NotEq": "/="})

LANGUAGES = {language.name: language for language in (SWAPPED, BRACES, COUNTED, BOUND, EAGER, PROSE, LISTS)}
