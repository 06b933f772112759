"""python3 fresh [--calls N] [--seed N] [--only TEXT] [--part I/N]      calls of every operation and what they give, line by line"""

import argparse
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path[0] = os.path.dirname(HERE)

from fresh.asked import lines  # noqa: E402
from fresh.walls import build  # noqa: E402
from observer.program import HEADER, dump, environment  # noqa: E402


def part(text):
    at, of = text.split("/")
    return int(at), int(of)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--calls", type=int, default=1000, help="calls of each operation")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--only", default="", help="operations whose names hold this text, or match it as a regular expression")
    parser.add_argument("--part", type=part, default=(0, 1), metavar="I/N", help="every Nth operation, from the Ith on")
    options = parser.parse_args()
    build()
    print(dump(HEADER), flush=True)
    for line in lines(options.calls, options.seed, options.only, *options.part):
        print(dump(line))
    print(dump({"done": True}), flush=True)


environment()
main()
