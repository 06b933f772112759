"""The command line of the alien teachers."""

import io
import json
import os
import sys
import types

from observer import command as observer
from observer.child import Walls, answer
from observer.runtime import Limits
from observer.serve import Teacher
from observer.spans import Refused

from .languages import LANGUAGES
from .lists import ListPrinter, ListReader
from .printer import Printer, Unsaid
from .reader import Reader
from .semantics import plain_code, probes

SUFFIX = ".txt"


def main(description):
    parser = observer.arguments(description)
    parser.add_argument("--language", choices=sorted(LANGUAGES))
    parser.add_argument("--list", action="store_true", help="name the languages")
    parser.add_argument("--translate", metavar="OUTDIR", help="write Python programs down in the language")
    parser.add_argument("--expect", action="store_true", help="with --translate: what each program prints, beside it (NAME.out)")
    options = parser.parse_args()
    if options.list or not options.language:
        print("\n".join(LANGUAGES))
        return 0
    language = LANGUAGES[options.language]
    if options.translate:
        return translate(language, options)
    return observer.main(description, language.header(), options, SUFFIX, **teaching(language))


def reader(language):
    """The function that reads texts of a language."""
    kind = ListReader if language.name == "lists" else Reader
    return lambda source: kind(language, source).reading()


def teaching(language):
    """What a Teacher must be given to teach this language."""
    return {"reader": reader(language), "probes": probes(language.meaning)}


def teacher(language, limits=None, walls=None):
    return Teacher(limits, walls, language.header(), **teaching(language))


def translation(language, source, note="a program"):
    """The program in other words; raises Unsaid."""
    printer = ListPrinter if language.name == "lists" else Printer
    return printer(language).program(source, note)


def translate(language, options):
    os.makedirs(options.translate, exist_ok=True)
    written = left = 0
    for name, source, _ in observer.programs(options, ".py"):
        stem = name[:-3] if name.endswith(".py") else name
        try:
            text = translation(language, source, f"program {written + 1}")
        except Unsaid:
            left += 1
            continue
        ran = run(language, text, Walls(options.seconds, options.memory << 20), options.out, options.acts)
        if "stopped" in ran:
            left += 1
            continue
        write(os.path.join(options.translate, stem + SUFFIX), text)
        if options.expect:
            write(os.path.join(options.translate, stem + ".out"), ran["out"])
            if ran["printed"] is not None:
                write(os.path.join(options.translate, stem + ".end"), ran["printed"] + "\n")
        written += 1
    print(f"{written} programs, {left} left out")
    return 0


def write(path, text):
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(text)


def run(language, text, walls, limit=1_000_000, steps=200_000):
    """What a program prints and how it ends, watched by nobody: {"out", "printed"} or {"stopped"}."""

    def work(stop):
        try:
            reading = reader(language)(text)
            code, helpers = plain_code(reading, language.meaning, "<program>")
        except Refused as refused:
            return json.dumps({"stopped": f"refused: {refused}"})
        vars(__import__("builtins")).update(helpers)
        main = types.ModuleType("__main__")
        sys.modules["__main__"] = main
        out = sys.stdout = io.StringIO()
        sys.stdin = io.StringIO("")
        printed = None
        left = [steps]

        def count(_frame, _event, _arg):
            left[0] -= 1
            if left[0] < 0 or out.tell() > limit:
                stop("too long")
            return count

        sys.settrace(count)
        try:
            exec(code, main.__dict__)
            sys.settrace(None)
        except SystemExit as error:
            printed = "" if error.code is None or isinstance(error.code, int) else str(error.code)
        except BaseException as error:
            sys.settrace(None)
            sys.stderr = io.StringIO()
            sys.__excepthook__(type(error), error, error.__traceback__)
            printed = sys.stderr.getvalue().rstrip("\n").split("\n")[-1]
        return json.dumps({"out": out.getvalue(), "printed": printed})

    return json.loads(answer(work, walls))


__all__ = ["main", "reader", "run", "teacher", "translation", "Limits"]
