"""What the tests compare the teacher with: CPython itself."""

import io
import json
import sys
import types

from observer.child import Walls, answer


def plain(source):
    """{"out": ..., "printed": ...} of a program that nobody watches."""

    def work(_stop):
        main = types.ModuleType("__main__")
        sys.modules["__main__"] = main
        out = sys.stdout = io.StringIO()
        sys.stdin = io.StringIO("")
        printed = None
        try:
            exec(compile(source, "<program>", "exec", dont_inherit=True), main.__dict__)
        except SystemExit as error:
            printed = "" if error.code is None or isinstance(error.code, int) else str(error.code)
        except BaseException as error:
            sys.stderr = io.StringIO()
            sys.__excepthook__(type(error), error, error.__traceback__)
            printed = sys.stderr.getvalue().rstrip("\n").split("\n")[-1]
        return json.dumps({"out": out.getvalue(), "printed": printed})

    return json.loads(answer(work, Walls(20)))


def strays(row):
    """Activations whose parent is not an activation of the span around theirs."""
    spans, acts = row["spans"], row["acts"]
    found = []
    for number, act in enumerate(acts):
        if "parent" not in act or "closure" in act:
            continue
        around = spans[act["span"]][2]
        while around >= 0 and spans[around][3] == "part":
            around = spans[around][2]
        is_class_body = "frame" in act and spans[act["span"]][3] == "block"
        if around != acts[act["parent"]]["span"] and not is_class_body:
            found.append(number)
    return found


def misplaced(row):
    """Spans that do not nest, or stand out of order."""
    spans = row["spans"]
    last = {}
    found = []
    size = len(row["source"].encode("utf-8"))
    if spans[0][:3] != [0, size, -1]:
        found.append(0)
    for number, (start, end, parent, kind) in enumerate(spans[1:], 1):
        outer = spans[parent] if 0 <= parent < number else None
        if outer is None or start > end or start < last.get(parent, outer[0]) or end > outer[1]:
            found.append(number)
        last[parent] = end
        if kind not in ("block", "stmt", "expr", "name", "part"):
            found.append(number)
    return found


def unreal(row):
    """Values that are not as the format has them, or objects that do not exist."""
    found = []
    count = len(row["objects"])

    def check(value):
        if isinstance(value, dict):
            keys = set(value)
            if keys in ({"object"}, {"object", "self"}):
                check(value.get("self"))
                if not 0 <= value["object"] < count:
                    found.append(value)
            elif not (keys in ({"int"}, {"float"}, {"bytes"}, {"atom"}, {"atom", "self"}, {"class", "seq"}, {"class", "map"},
                               {"class", "set"}, {"class", "record"}, {"gone"})):
                found.append(value)
            for inner in (value.get("seq") or []) + (value.get("set") or []) + list((value.get("record") or {}).values()):
                check(inner)
        elif not (value is None or isinstance(value, (bool, str)) or isinstance(value, int) and abs(value) <= 2**63):
            found.append(value)

    for act in row["acts"]:
        check(act.get("value"))
        for _, _, value, _ in act.get("binds", ()):
            check(value)
        for number, position, removed, items in act.get("heap", ()):
            if not (0 <= number < count and position >= 0 and removed >= 0):
                found.append(number)
            for item in items:
                check(item)
    return found


def replayed(row):
    """The contents of all objects at the end, from the changes alone; fails where a change does not fit."""
    contents = [[] for _ in row["objects"]]
    filled = {act["fills"]: [] for act in row["acts"] if "fills" in act}
    for act in row["acts"]:
        for number, position, removed, items in act.get("heap", ()):
            if number in filled:
                filled[number].append((position, items))
                continue
            step = 2 if row["objects"][number][1] in ("map", "record") else 1
            held = contents[number]
            if (position + removed) * step > len(held):
                raise AssertionError(f"a change of object {number} does not fit")
            held[position * step:(position + removed) * step] = items
    # What asks for an element may tell of it: there the positions are the order.
    for number, changes in filled.items():
        for position, items in sorted(changes, key=lambda change: change[0]):
            if position != len(contents[number]):
                raise AssertionError(f"an element of object {number} is missing")
            contents[number] += items
    return contents


def unbound(row, constants=("None", "True", "False")):
    """Names that were read, and did not have the value that the record had bound them to: [(text, read, bound)].
    Follows frames as a reader of the format would: a name is looked up in the frame of the activation, then in
    the frame where the closure of that frame was made, and so on. Builtin names are bound nowhere. For programs
    in which nothing runs late."""
    source = row["source"].encode("utf-8")
    spans, acts = row["spans"], row["acts"]
    frames = {0: {}}
    outer = {0: None}
    made = {}
    found = []
    stack = []
    frame_of = []
    parents = {s[2] for s in spans}

    def lookup(frame, name):
        while frame is not None:
            if name in frames[frame]:
                return frames[frame][name]
            frame = outer[frame]
        return None

    def apply(number, when):
        for moment, name, value, frame in acts[number].get("binds", ()):
            if moment == when:
                note_function(value, frame_of[number])
                if value == {"gone": True}:
                    frames[frame].pop(name, None)
                else:
                    frames[frame][name] = value

    def note_function(value, frame):
        if isinstance(value, dict) and "object" in value and row["objects"][value["object"]][1] == "closure":
            made.setdefault(value["object"], frame)

    def leave(number):
        act = acts[number]
        start, end, _, kind = spans[act["span"]]
        text = source[start:end].decode("utf-8")
        if "end" not in act:
            note_function(act.get("value"), frame_of[number])
            if kind == "expr" and text.isidentifier() and text not in constants and act["span"] not in parents:
                bound = lookup(frame_of[number], text)
                is_builtin = isinstance(act.get("value"), dict) and "atom" in act["value"]
                if bound != act.get("value") and not is_builtin:
                    found.append((text, act.get("value"), bound))
        apply(number, "exit")

    for number, act in enumerate(acts):
        parent = act.get("parent", -1)
        while stack and stack[-1] != parent:
            leave(stack.pop())
        frame = act.get("frame", frame_of[parent] if parent >= 0 else 0)
        frame_of.append(frame)
        if frame not in frames:
            frames[frame] = {}
            closure = act.get("closure")
            outer[frame] = made.get(closure["object"], 0) if closure else frame_of[parent]
        stack.append(number)
        apply(number, "entry")
    while stack:
        leave(stack.pop())
    return found
