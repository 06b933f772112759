"""The command line of a teacher."""

import argparse
import json
import os
import sys

from .child import Walls
from .program import HEADER, dump
from .runtime import Limits
from .serve import Teacher


def arguments(description):
    parser = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="*", metavar="FILE", help="a program, or a folder of programs")
    parser.add_argument("--serve", action="store_true", help="answer questions from standard input")
    parser.add_argument("--static", action="store_true", help="spans only")
    parser.add_argument("--pieces", action="store_true",
                        help="with --static: every statement of a file is a program of its own")
    parser.add_argument("--seconds", type=float, default=10.0, help="time for a program")
    parser.add_argument("--memory", type=int, default=1024, help="memory for a program, in MiB")
    parser.add_argument("--acts", type=int, default=200_000, help="activations of a program")
    parser.add_argument("--out", type=int, default=1_000_000, help="characters that a program may print")
    return parser


def main(description, header=HEADER, options=None, suffix=".py", **language):
    options = options or arguments(description).parse_args()
    limits = Limits(acts=options.acts, out=options.out)
    teacher = Teacher(limits, Walls(options.seconds, options.memory << 20), header, **language)
    if options.serve:
        teacher.serve()
        return 0
    print(dump(header))
    for name, source, path in programs(options, suffix):
        line = teacher.program(name, source, options.static, path)
        row = json.loads(line) if line.startswith('{"id"') and '"spans"' not in line[:20_000 + 2 * len(source)] else {}
        if "refused" in row or "stopped" in row:
            print(line, file=sys.stderr)
            if "stopped" in row and not options.static:
                print(teacher.program(name, source, True))
            continue
        print(line)
    return 0


def programs(options, suffix):
    """(name, source, path) of each program."""
    for path in files(options.files, suffix):
        with open(path, encoding="utf-8", newline="") as file:
            source = file.read()
        name = os.path.basename(path)
        if options.pieces:
            for number, piece in enumerate(pieces(source)):
                yield f"{name}:{number}", piece, path
        else:
            yield name, source, path


def files(paths, suffix):
    for path in paths:
        if os.path.isdir(path):
            yield from sorted(os.path.join(path, f) for f in os.listdir(path) if f.endswith(suffix))
        else:
            yield path


def pieces(source):
    """The statements of a file as texts of their own, with the comments before them."""
    import ast

    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return
    lines = source.splitlines(keepends=True)
    last = 0
    for i, node in enumerate(tree.body):
        following = tree.body[i + 1] if i + 1 < len(tree.body) else None
        end = node.end_lineno
        if following is not None and first_line(following) <= end:
            continue
        yield "".join(lines[last:end]).lstrip("\n")
        last = end


def first_line(node):
    decorators = getattr(node, "decorator_list", None)
    return min([node.lineno] + [d.lineno for d in decorators or ()])
