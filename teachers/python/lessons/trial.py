"""Tries a program before it becomes a lesson: does it end, and how?"""

import functools
import json

from observer.child import Walls
from observer.runtime import Limits
from observer.serve import Teacher


@functools.lru_cache
def teacher(acts):
    return Teacher(Limits(acts=acts, out=10_000, text=200_000), Walls(60))


def programs(prefix, count, acts, write, ends=("ended",)):
    """(name, text) of so many programs that end in one of these ways; `write` is told how many there are already."""
    number = 0
    while number < count:
        text = write(number)
        if run(text, acts) in ends:
            number += 1
            yield f"{prefix}_{number:04}.py", text


def run(text, acts):
    """"stopped", "raised" or "ended"."""
    line = teacher(acts).program("trial", text)
    row = json.loads(line)
    if "acts" not in row:
        return "stopped"
    return "raised" if "end" in row else "ended"
