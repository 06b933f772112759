"""Programs that import modules and what is in them, in every spelling."""

import __future__
import builtins
import importlib
import types

MODULES = ("math", "cmath", "itertools", "functools", "collections", "string", "operator", "bisect", "heapq", "random", "re", "sys",
           "datetime", "copy", "time", "statistics", "fractions", "decimal", "json", "textwrap", "enum", "dataclasses", "typing", "os",
           "abc", "contextlib", "array", "pprint", "io", "types", "numbers", "queue", "calendar", "traceback", "unicodedata", "warnings")
# Names that an interactive prompt alone is sure to have.
PROMPT = ("copyright", "credits", "exit", "help", "license", "quit")
SHORT = ("m", "mod", "lib", "tools", "np", "it")
PLAIN = (int, float, str, types.BuiltinFunctionType, types.FunctionType, types.ModuleType)
# What lies in them changes from machine to machine, or leads out of the program.
ELSEWHERE = {"time", "os", "sys", "io"}
LIMIT = 90


def is_plain(value):
    return type(value) in PLAIN or isinstance(value, type) or type(value).__module__ == "typing"


def names(module):
    """What a program may take from a module."""
    held = importlib.import_module(module)
    found = [name for name in getattr(held, "__all__", None) or dir(held) if not name.startswith("_")]
    taken = {name: getattr(held, name) for name in found}
    plain = [name for name, value in taken.items() if is_plain(value)]
    if module in ELSEWHERE:
        plain = [name for name in plain if not isinstance(taken[name], (int, float, str))][:6]
    return plain


def programs(rng, times):
    """(name, text) of each program; each name is taken so often in each spelling."""
    lines = []
    for module in MODULES:
        taken = names(module)
        for _ in range(times):
            lines += [("import", module, name) for name in rng.sample(taken, min(LIMIT, len(taken)))]
            lines += [("from", module, name) for name in taken]
            lines += [("alone", module, "")] * 8
    rng.shuffle(lines)
    yield "modules_builtins.py", "\n".join(builtin(rng)) + "\n"
    yield "modules_future.py", "\n".join(future(rng)) + "\n"
    for number, at in enumerate(range(0, len(lines), 24), 1):
        yield f"modules_{number:04}.py", "\n".join(text for line in together(rng, lines[at:at + 24]) for text in spelled(rng, *line)) + "\n"


def builtin(rng):
    """What every program has without asking for it."""
    named = [name for name in dir(builtins) if not name.startswith("_") and name not in PROMPT]
    rng.shuffle(named)
    return [f"r = {name}" for name in named]


def future(rng):
    """What has to come before all else."""
    named = __future__.all_feature_names
    return [f"from __future__ import {name}" for name in named] + [f"from __future__ import {', '.join(rng.sample(named, 2))}", "import __future__"]


def together(rng, lines):
    """Some of what is taken from one module, in one line."""
    found = {}
    for kind, module, name in lines:
        if kind == "from":
            found.setdefault(module, []).append(name)
    several = {module: list(dict.fromkeys(taken)) for module, taken in found.items() if rng.random() < 0.6}
    kept = [line for line in lines if line[0] != "from" or line[1] not in several]
    return kept + [("from", module, taken) for module, taken in several.items()]


def spelled(rng, kind, module, name):
    if kind == "alone":
        return [rng.choice([f"import {module}", f"import {module} as {rng.choice(SHORT)}"])]
    if kind == "import":
        short = rng.choice((module, module, rng.choice(SHORT)))
        line = f"import {module}" if short == module else f"import {module} as {short}"
        return [line, f"r = {short}.{name}"]
    wanted = name if isinstance(name, list) else [name]
    spelling = [f"{one} as {rng.choice(SHORT)}{i}" if rng.random() < 0.25 else one for i, one in enumerate(wanted)]
    return [f"from {module} import {', '.join(spelling)}"]
