"""Tries a program before it becomes a lesson: does it end, and how?"""

import functools
import json

from observer.child import Walls
from observer.runtime import Limits
from observer.serve import Teacher


@functools.lru_cache
def teacher(acts):
    return Teacher(Limits(acts=acts, out=10_000, text=200_000), Walls(60))


def run(text, acts):
    """"stopped", "raised" or "ended"."""
    line = teacher(acts).program("trial", text)
    row = json.loads(line)
    if "acts" not in row:
        return "stopped"
    return "raised" if "end" in row else "ended"
