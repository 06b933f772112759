"""Observes one program, in this very process: see `child` for the walls around it."""

import ast
import builtins
import io
import json
import os
import sys
import types

from .probes import Probes
from .runtime import ENDS, NORMAL, Limits, Runtime
from .spans import read

TEACHER = f"python {sys.version.split()[0]}"
HEADER = {"mimus-trace": 1, "teacher": TEACHER}


def dump(row):
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"))


class Printer(io.TextIOBase):
    """Standard output, as the program sees it."""

    encoding = "utf-8"
    errors = "strict"
    name = "<stdout>"
    mode = "w"

    def __init__(self, show):
        self.show = show

    def write(self, text):
        if type(text) is not str:
            if not isinstance(text, str):
                raise TypeError(f"write() argument must be str, not {type(text).__name__}")
            text = str.__str__(text)
        if not text.isascii():
            text.encode("utf-8")
        if text:
            self.show(text)
        return len(text)

    def writable(self):
        return True


def static(name, source, reader=read):
    """The line of a program that is only read."""
    return dump({"id": name, "source": source, "spans": reader(source).spans})


def observe(name, source, limits=None, stop=None, path="<program>", reader=read, probes=Probes):
    """The line of a program that is run, and whether it can have left nothing behind in this process."""
    reading = reader(source)
    clean = leaves_nothing(reading.tree)
    rewriter = probes(reading)
    sys.setrecursionlimit(30_000)
    try:
        tree = rewriter.tree()
        code = compile(tree, path, "exec", dont_inherit=True)
    finally:
        sys.setrecursionlimit(DEEPEST)
    runtime = Runtime(rewriter.plan, reading.spans, limits or Limits(), stop)
    runtime.probes.update(getattr(rewriter, "helpers", {}))
    end = run(code, runtime, path)
    text = dump(line(name, reading, runtime, end))
    restore()
    return text, clean


DEEPEST = sys.getrecursionlimit()
SET_DEEPEST, GET_DEEPEST = sys.setrecursionlimit, sys.getrecursionlimit
REACHING = {"exec", "eval", "compile", "open", "globals", "vars", "locals", "dir", "breakpoint", "exit", "quit", "help",
            "memoryview", "setattr", "delattr"}
SPECIAL = {"__init__", "__repr__", "__str__", "__eq__", "__lt__", "__add__", "__len__", "__getitem__", "__name__", "__doc__"}


def leaves_nothing(tree):
    """Can what the program does not be seen by the next one?"""
    for node in ast.walk(tree):
        if isinstance(node, (ast.Import, ast.ImportFrom, ast.Yield, ast.YieldFrom, ast.Await, ast.AsyncFunctionDef)):
            return False
        name = node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else \
            node.name if isinstance(node, (ast.FunctionDef, ast.ClassDef)) else ""
        if name in REACHING or name.startswith("__") and name not in SPECIAL:
            return False
        if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load) and node.attr.startswith("__"):
            return False
    return True


def restore():
    """Forgets the program: what its end sets off is not to be seen by the next one."""
    sys.stdout = sys.stderr = io.StringIO()
    sys.setrecursionlimit, sys.getrecursionlimit = SET_DEEPEST, GET_DEEPEST
    sys.setrecursionlimit(DEEPEST)
    sys.modules["__main__"].__dict__.clear()


def run(code, runtime, path):
    """Runs the program as the main module; tells how it ended."""
    main = types.ModuleType("__main__")
    main.__file__ = path
    main.__builtins__ = builtins
    runtime.objects.namespace = main.__dict__
    sys.modules["__main__"] = main
    sys.argv = [path]
    sys.stdout = Printer(runtime.show)
    sys.stdin = io.StringIO("")
    sys.stderr = io.StringIO()

    def setrecursionlimit(limit):
        SET_DEEPEST(limit + 200)
        runtime.depth_limit = limit

    sys.setrecursionlimit = setrecursionlimit
    sys.getrecursionlimit = lambda: runtime.depth_limit
    setrecursionlimit(DEEPEST)
    vars(builtins).update(runtime.probes)
    end = None
    try:
        exec(code, main.__dict__)
    except BaseException as error:
        end = ending(error, runtime)
    finish(runtime)
    return end


def finish(runtime):
    """Objects that changed unseen are set right at the end of the program."""
    root = runtime.nodes[0]
    before = len(root.heap or ())
    runtime.objects.look_at_all(root)
    runtime.missed = len(root.heap or ()) - before


def ending(error, runtime):
    """How an error that nothing catches is reported."""
    value = runtime.objects.value(error, runtime.nodes[0])
    seen = list(runtime.nodes)
    if isinstance(error, SystemExit):
        printed = "" if error.code is None or isinstance(error.code, int) else str(error.code)
    else:
        sys.stderr = io.StringIO()
        sys.__excepthook__(type(error), error, error.__traceback__)
        printed = sys.stderr.getvalue().rstrip("\n").split("\n")[-1]
    runtime.nodes[:] = seen
    return {"raised": value, "printed": printed}


def line(name, reading, runtime, end):
    runtime.objects.new_function = lambda function, node: None
    row = {"id": name, "source": reading.source, "spans": reading.spans, "objects": runtime.objects.rows,
           "acts": [act(node, runtime) for node in runtime.nodes]}
    if end is not None:
        row["end"] = end
    row["out"] = "".join(runtime.printed)
    return row


def act(node, runtime):
    row = {"span": node.span}
    if node.parent is not None:
        row["parent"] = node.parent.index
    if node.end != NORMAL:
        row["end"] = ENDS[node.end]
    if node.value is not None:
        row["value"] = node.value
    if node.binds:
        row["binds"] = node.binds
    if node.heap:
        row["heap"] = node.heap
    if node.out:
        row["out"] = node.out
    if node.shown is not None:
        row["shown"] = node.shown
    if node.own is not None:
        row["frame"] = node.frame.number
        if node.own is not True:
            row["closure"] = runtime.objects.value(node.own, node)
    if node.fills is not None:
        row["fills"] = node.fills
    if node.over:
        row["over"] = node.over
    return row


def environment():
    """Starts anew with fixed hashes and fixed addresses, so that sets have the same order in every run."""
    if os.environ.get("MIMUS_FIXED") != "1" or os.environ.get("PYTHONHASHSEED") != "0":
        os.environ["MIMUS_FIXED"] = "1"
        os.environ["PYTHONHASHSEED"] = "0"
        fix_addresses()
        os.execv(sys.executable, [sys.executable] + sys.orig_argv[1:])


def fix_addresses():
    """The hash of None is an address; where the system allows it, addresses are the same in every run."""
    try:
        import ctypes

        ctypes.CDLL(None).personality(0x0040000)
    except (ImportError, OSError, AttributeError):
        pass
