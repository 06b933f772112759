"""python3 lessons OUTDIR [--seed N] [--small | --tiny]      writes the lessons into a folder"""

import argparse
import os
import random
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[0] = os.path.dirname(HERE)

from lessons import classes, control, ends, everyday, formats, functions, generators, handlers, idioms, managers, modules, objects, operations, specs, staples, texts  # noqa: E402
from observer.program import environment  # noqa: E402


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--small", action="store_true", help="a reduced set, to learn other languages quickly")
    parser.add_argument("--tiny", action="store_true", help="what a small language needs, to learn one in seconds")
    parser.add_argument("--objects", action="store_true", help="lessons on classes, generators and the like, too")
    parser.add_argument("--harder", action="store_true", help="odd operands and rare forms of operations, too")
    parser.add_argument("--control", type=int, help="how many control programs")
    parser.add_argument("--only", choices=("control", "operations"))
    options = parser.parse_args()
    os.makedirs(options.folder, exist_ok=True)
    count = 0
    if options.only != "operations":
        number = options.control or (40 if options.tiny else 160 if options.small else 500)
        for name, text in control.programs(random.Random(f"control {options.seed}"), number):
            count += write(options.folder, name, text)
        for name, text in handlers.programs(random.Random(f"handlers {options.seed}"), number // 6):
            count += write(options.folder, name, text)
        for name, text in ends.programs(random.Random(f"ends {options.seed}"), number // 4):
            count += write(options.folder, name, text)
        # Odd literals and layouts are no part of a small language.
        for name, text in texts.programs(random.Random(f"texts {options.seed}"), number // (8 if options.small else 5)) if not options.tiny else ():
            count += write(options.folder, name, text)
        # Nor are texts with gaps, modules, and all the ways to take arguments.
        for lessons, share in ((functions, number // 3), (formats, number // 4), (specs, number // 5), (classes, number // 3), (everyday, number // 3), (modules, 3), (generators, number // 4), (managers, number // 4), (idioms, number // 5), (staples, number // 4)) if not (options.tiny or options.small) else ():
            for name, text in lessons.programs(random.Random(f"{lessons.__name__.split('.')[-1]} {options.seed}"), share):
                count += write(options.folder, name, text)
        # What classes and generators mean is not learned yet: their lessons would only cost time.
        if options.objects:
            for name, text in objects.programs(random.Random(f"objects {options.seed}"), number // (8 if options.small else 4)):
                count += write(options.folder, name, text)
    if options.only != "control":
        for name, text in operations.programs(random.Random(f"operations {options.seed}"), options.small, options.tiny, options.harder):
            count += write(options.folder, name, text)
    print(f"{count} programs")


def write(folder, name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8", newline="") as file:
        file.write(text)
    return 1


environment()
main()
