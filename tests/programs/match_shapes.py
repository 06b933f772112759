# The match statement: values, sequences, mappings, classes, guards.


class Point:
    __match_args__ = ("x", "y")

    def __init__(self, x, y):
        self.x = x
        self.y = y


class Circle:
    def __init__(self, centre, radius):
        self.centre = centre
        self.radius = radius


def number(n):
    match n:
        case 0:
            return "zero"
        case 1 | 2 | 3:
            return "few"
        case -1:
            return "minus one"
        case int() if n > 1000:
            return "huge"
        case bool() | int():
            return "whole"
        case float(x):
            return f"broken {x:.1f}"
        case None:
            return "nothing"
        case _:
            return "no number"


def sequence(items):
    match items:
        case []:
            return "empty"
        case [one]:
            return f"one: {one}"
        case [first, second]:
            return f"two: {first}, {second}"
        case ["add", *numbers]:
            return f"sum {sum(numbers)}"
        case [first, *_, last] if first == last:
            return f"begins and ends with {first}"
        case (first, (inner, *deep), *rest):
            return f"nested {inner} {deep} {rest}"
        case [_, _, *rest]:
            return f"long, {len(rest)} more"
        case str():
            return "a text is no sequence here"


def mapping(event):
    match event:
        case {"type": "key", "key": ("a" | "b") as key}:
            return "letter " + key
        case {"type": "key", "key": key, **rest}:
            return f"key {key} {rest}"
        case {"type": "click", "at": [x, y]}:
            return f"click at {x}/{y}"
        case {}:
            return f"unknown with {len(event)} entries"


def shape(thing):
    match thing:
        case Point(0, 0):
            return "origin"
        case Point(x=0, y=y) | Point(x=y, y=0):
            return f"on an axis, {y}"
        case Point(x, y) if x == y:
            return f"diagonal {x}"
        case Point():
            return "somewhere"
        case Circle(centre=Point(x, y), radius=r):
            return f"circle of {r} around {x},{y}"
        case [Point() as p, *others]:
            return f"path from {p.x},{p.y} with {len(others)} more"


for n in (0, 2, -1, 5000, 17, 2.55, None, "x", True):
    print(repr(n), "->", number(n))
for items in ([], ["a"], (1, 2), ["add", 1, 2, 3], [7, 8, 7], [1, [2, 3, 4], 5, 6], range(5), "abc"):
    print(items, "->", sequence(items))
for event in ({"type": "key", "key": "b"}, {"type": "key", "key": "x", "shift": True},
              {"type": "click", "at": (3, 4)}, {}, {"type": "click", "at": 5}):
    print(mapping(event))
for thing in (Point(0, 0), Point(0, 5), Point(6, 0), Point(2, 2), Point(1, 2), Circle(Point(1, 1), 9),
              [Point(8, 9), None], 42):
    print(shape(thing))
