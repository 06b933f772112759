"""The teacher changes nothing in what it watches, and its record is whole."""

import glob
import json
import os
import random
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))

from lessons import control, operations  # noqa: E402
from observer.child import Walls  # noqa: E402
from observer.runtime import Limits  # noqa: E402
from observer.serve import Teacher  # noqa: E402
from tests.machine import misplaced, plain, replayed, strays, unbound, unreal  # noqa: E402

TEACHER = Teacher(Limits(acts=300_000), Walls(20))


def observed(source, teacher=TEACHER):
    return json.loads(teacher.program("test", source))


def act_of(row, text, kind=None):
    """The first activation of a span with that text."""
    whole = row["source"].encode("utf-8")
    for act in row["acts"]:
        start, end, _, found = row["spans"][act["span"]]
        if whole[start:end].decode("utf-8") == text and kind in (None, found):
            return act
    raise AssertionError(f"nothing ran {text!r}")


class Faithful(unittest.TestCase):
    def check(self, name, source, tied=0):
        with self.subTest(name):
            row = observed(source)
            self.assertIn("acts", row)
            expected = plain(source)
            self.assertEqual(row["out"], expected["out"])
            self.assertEqual((row.get("end") or {}).get("printed"), expected["printed"])
            self.assertEqual(misplaced(row), [])
            self.assertLessEqual(len(strays(row)), tied)
            self.assertEqual(unreal(row), [])
            replayed(row)
            pieces = [a["out"] for a in row["acts"] if "out" in a]
            self.assertEqual(sorted("".join(pieces)), sorted(row["out"]))
        return row

    def test_hard_programs(self):
        for path in sorted(glob.glob(os.path.join(HERE, "programs", "*.py"))):
            with open(path, encoding="utf-8", newline="") as file:
                # an assignment expression in a generator expression is not tied to it
                self.check(os.path.basename(path), file.read(), 3)

    def test_free_text(self):
        self.check("free text", "n = 'q'\nprint(f'''{n}\n{n!r}''', f'{n}', rf'\\d{n}', F'\\N{BULLET}{n}', f'{n:>{3}}')\n")

    def test_what_managers_run(self):
        """What is left runs inside its own `with`, however that was left."""
        managed = """class M:
    def __init__(self, n):
        self.n = n
    def __enter__(self):
        return self.n
    def __exit__(self, *rest):
        print(self.n, rest[0])
        return self.n > 5
"""
        for rest in ("def f():\n    with M(1) as x:\n        with M(2):\n            return x\nf()",
                     "for i in 1, 2:\n    with M(1):\n        with M(2), M(3):\n            break\n    print(i)",
                     "for i in 1, 2:\n    with M(1):\n        try:\n            with M(2):\n                continue\n        finally:\n            print(i)",
                     "with M(1):\n    with M(6):\n        1 / 0\n    print('on')",
                     "def g():\n    with M(1):\n        with M(2):\n            yield 1\nprint(list(g()))",
                     "def f():\n    with M(1):\n        try:\n            with M(2):\n                return 3\n        finally:\n            print(4)\nf()",
                     "try:\n    with M(1), M(2) as y:\n        raise KeyError(y)\nexcept KeyError:\n    pass"):
            row = self.check(rest, managed + rest)
            opened, spans, acts = {}, row["spans"], row["acts"]
            for act in acts:
                bound = {name: value for when, name, value, _ in act.get("binds", ()) if when == "entry"}
                if "self" in bound and row["source"][spans[act["span"]][0]:].startswith(("return self.n", "print(self.n")):
                    if opened.setdefault(str(bound["self"]), act["parent"]) != act["parent"]:
                        self.fail(f"{rest}: ends elsewhere than it began")

    def test_control_lessons(self):
        for name, text in control.programs(random.Random("another seed"), 40):
            row = self.check(name, text)
            self.assertEqual(unbound(row), [], name)

    def test_operation_lessons(self):
        found = list(operations.programs(random.Random("another seed"), True))
        random.Random(3).shuffle(found)
        for name, text in found[:70]:
            if " at 0x" not in plain(text)["out"]:
                self.check(name, text)

    def test_odd_texts(self):
        for source in ("", "\n", "# nothing", "x = 1", "x = 1\r\nif x:\r\n    print(x)\r\n", "if 1:\n\tprint('tab')", "'''doc'''",
                       "print('\u00e9') ; x = '\u65e5' # \u65e5\nprint(x)", "def f(): 'only a text'\nprint(f())", "\x0cx = 1\nprint(x)",
                       "x = (\n  1 +\n  2)\nprint(x)", "if True: pass\nelse: pass", "class A: pass\nprint(A.__name__)"):
            self.check(repr(source), source)

    def test_same_bytes_every_time(self):
        path = os.path.join(HERE, "programs", "classes.py")
        command = [sys.executable, os.path.join(os.path.dirname(HERE), "observer"), path]
        first, second = (subprocess.run(command, capture_output=True, check=True).stdout for _ in range(2))
        self.assertEqual(first, second)
        self.assertGreater(len(first), 10_000)


class Record(unittest.TestCase):
    def test_loop(self):
        row = observed("for i in range(3):\n    if i == 1:\n        break\nelse:\n    print(i)\n")
        self.assertEqual(act_of(row, "break", "stmt")["end"], "left")
        self.assertNotIn("end", row["acts"][1])
        self.assertEqual([a["binds"] for a in row["acts"] if "binds" in a], [[["entry", "i", 0, 0]], [["entry", "i", 1, 0]]])

    def test_call(self):
        row = observed("def f(a, b=2):\n    return a + b\nprint(f(1))\n")
        body = next(a for a in row["acts"] if "closure" in a)
        self.assertEqual(body["binds"], [["entry", "a", 1, 1], ["entry", "b", 2, 1]])
        self.assertEqual((body["end"], body["frame"], "value" in body), ("left", 1, False))
        self.assertEqual(act_of(row, "return a + b", "stmt")["value"], 3)
        self.assertEqual(row["acts"][body["parent"]]["value"], 3)

    def test_normal_end_of_a_body(self):
        row = observed("def f():\n    pass\nf()\n")
        body = next(a for a in row["acts"] if "closure" in a)
        self.assertNotIn("end", body)
        self.assertNotIn("value", body)

    def test_error(self):
        row = observed("try:\n    [1][2]\nexcept IndexError as e:\n    print(e)\n")
        error = {"class": "IndexError", "record": {"text": "list index out of range"}}
        self.assertEqual(act_of(row, "[1][2]", "expr")["value"], error)
        handler = act_of(row, "print(e)", "block")
        self.assertEqual(handler["binds"], [["entry", "e", error, 0], ["exit", "e", {"gone": True}, 0]])
        self.assertNotIn("end", act_of(row, row["source"].strip(), "stmt"))

    def test_heap(self):
        row = observed("xs = [1, 2]\nxs.append(xs)\nxs[0] = 5\ndel xs[1]\nys = xs\nys += [7]\n")
        self.assertEqual(replayed(row), [[5, {"object": 0}, 7], [7]])
        self.assertEqual(act_of(row, "xs[0] = 5")["heap"], [[0, 0, 1, [5]]])

    def test_changes_before_an_error(self):
        row = observed("s = {1}\ntry:\n    s.update([2, []])\nexcept TypeError:\n    pass\n")
        self.assertEqual(act_of(row, "s.update([2, []])", "expr")["heap"], [[0, 1, 0, [2]]])

    def test_shown(self):
        row = observed("xs = [1, 'it\\'s', (2.5,)]\nys = None\n")
        for text, shown in (("[1, 'it\\'s', (2.5,)]", '[1, "it\'s", (2.5,)]'), ("'it\\'s'", '"it\'s"'), ("2.5", "2.5"), ("None", "None")):
            self.assertEqual(act_of(row, text, "expr")["shown"], shown)

    def test_showing_runs_nothing(self):
        row = observed("class A(int):\n    def __repr__(self):\n        print('shown')\n[A()]\n{1: [A()]}\nxs = []\nxs.append(xs)\n(xs,)\n")
        self.assertEqual(row["out"], "")
        for text in ("[A()]", "{1: [A()]}", "(xs,)"):
            self.assertNotIn("shown", act_of(row, text, "expr"))

    def test_few_are_shown(self):
        row = observed("n = 0\nwhile n < 900:\n    n += 1\n")
        told = [a["shown"] for a in row["acts"] if type(a.get("value")) is int and "shown" in a]
        self.assertTrue(8 < len(told) < 14, told)

    def test_grouping(self):
        row = observed("x = (1 + 2) * ((3))\n")
        self.assertEqual(act_of(row, "(1 + 2)")["value"], 3)
        self.assertEqual(act_of(row, "((3))")["value"], 3)
        row = observed("a = b = c = 1\nr = a and b and c\n")
        self.assertEqual(act_of(row, "a and b")["value"], 1)

    def test_formatted_literals(self):
        """Their free text is told piece by piece, in its place, as what it stands for."""
        row = observed("x = 2\nt = f'a\\n{x:>3}b{{{x!r}}} {x=}' f\"c{x}\"\n")
        self.assertEqual(act_of(row, "a\\n", "expr")["value"], "a\n")
        self.assertEqual(act_of(row, "b{{", "expr")["value"], "b{")
        self.assertEqual(act_of(row, "}} ", "expr")["value"], "} ")
        self.assertEqual(act_of(row, "c", "expr")["value"], "c")
        whole = act_of(row, "f'a\\n{x:>3}b{{{x!r}}} {x=}' f\"c{x}\"")
        self.assertEqual(whole["value"], "a\n  2b{2} x=2c2")

    def test_annotations(self):
        """They are text for people: nothing of them is told."""
        row = observed("x: int = 1\ndef f(a: str, b: int = 2) -> int:\n    c: int = a + b\n    return c\nprint(f(1), x)\n")
        texts = [row["source"][slice(*row["spans"][act["span"]][:2])] for act in row["acts"]]
        self.assertFalse({"int", "str"} & set(texts))

    def test_frames(self):
        row = observed("def f():\n    n = 0\n    def g():\n        nonlocal n\n        global k\n        n += 1\n        k = 3\n    g()\nf()\n")
        self.assertEqual(act_of(row, "n += 1")["binds"], [["exit", "n", 1, 1]])
        self.assertEqual(act_of(row, "k = 3")["binds"], [["exit", "k", 3, 0]])

    def test_iterators_are_not_moved(self):
        row = observed("it = iter([1, 2, 3])\nz = zip(it, it)\nx = next(it)\nprint(list(map(str, it)))\n")
        self.assertEqual(row["out"], "['2', '3']\n")
        self.assertEqual(act_of(row, "map(str, it)")["value"],
                         {"class": "map", "seq": [{"atom": "str"}, {"class": "list_iterator", "seq": [2, 3]}]})

    def test_iterators_over_what_cannot_be_looked_into(self):
        row = observed("e = enumerate(map(str, [7]), 2)\nz = zip([1], filter(None, [3]))\nprint(list(e), list(z))\n")
        self.assertEqual(row["out"], "[(2, '7')] [(1, 3)]\n")
        mapped = {"class": "map", "seq": [{"atom": "str"}, {"class": "list_iterator", "seq": [7]}]}
        self.assertEqual(act_of(row, "enumerate(map(str, [7]), 2)")["value"], {"class": "lazy enumerate", "seq": [mapped, 2]})
        self.assertEqual(act_of(row, "zip([1], filter(None, [3]))")["value"]["class"], "lazy zip")

    def test_iterators_that_hold_functions(self):
        def made(text):
            row = observed(f"import itertools, functools, operator\nr = {text}\n")
            value = act_of(row, text, "expr")["value"]
            return value["class"], value["seq"]

        ints = {"class": "list_iterator", "seq": [1, 0]}
        for text, name, held in (
                ("itertools.takewhile(bool, [1, 0])", "takewhile", [{"atom": "bool"}, ints]),
                ("itertools.groupby([1, 0])", "groupby", [None, ints]),
                ("next(itertools.groupby([1, 0]))[1]", "_grouper", [None, 1, ints]),
                ("itertools.accumulate([1, 0], max)", "lazy accumulate", [{"atom": "max"}, ints]),
                ("itertools.compress('ab', [0, 1])", "compress", ["b"]),
                ("itertools.compress('ab', itertools.repeat(0))", "lazy compress", None),
                ("itertools.pairwise([1, 0])", "pairwise", [{"class": "tuple", "seq": [1, 0]}]),
                ("__import__('collections').Counter('aab').elements()", "chain", ["a", "a", "b"]),
                ("itertools.count(3)", "count", [3, 1]),
                ("itertools.cycle('ab')", "cycle", ["a", "b"]),
                ("itertools.repeat(7, 2)", "repeat", [7, 7]),
                ("itertools.repeat(7)", "lazy repeat", [7]),
                ("itertools.islice(itertools.count(3), 2)", "islice", [3, 4]),
                ("itertools.tee([1, 0])[1]", "_tee", [1, 0]),
                ("functools.partial(pow, 2)", "partial", [{"atom": "pow"}, {"class": "tuple", "seq": [2]}]),
                ("functools.cmp_to_key(max)", "KeyWrapper", [{"atom": "max"}]),
                ("operator.itemgetter(1, 'a')", "itemgetter", [1, "a"]),
                ("operator.methodcaller('pop', 0)", "methodcaller", ["pop", 0])):
            found, seq = made(text)
            self.assertEqual((found, seq if held is not None else None), (name, held), text)

    def test_iterators_that_were_begun(self):
        begun = "import itertools\na, b = itertools.tee([1, 2, 3])\nnext(a)\nc = itertools.cycle('xy')\nnext(c)\ng = itertools.groupby('aab')\nnext(g)\n"
        row = observed(begun + "r = [a, b, c, g]\nprint(next(a), next(b), next(c), next(g)[0])\n")
        values = [value["seq"] for _, _, _, values in act_of(row, "[a, b, c, g]")["heap"] for value in values]
        self.assertEqual(values[:3], [[2, 3], [1, 2, 3], ["y", "x"]])
        self.assertEqual(values[3][1]["seq"], ["b"])
        self.assertEqual(row["out"], "2 1 y b\n")

    def test_generators_of_modules(self):
        """What they give is not seen, so they are not told as if they gave nothing."""
        row = observed("import heapq\nm = heapq.merge('ac', 'b')\nnext(m)\nr = [m]\nprint(list(m))\n")
        held = [None, False, {"class": "tuple", "seq": ["ac", "b"]}]
        self.assertEqual(act_of(row, "heapq.merge('ac', 'b')")["value"], {"class": "lazy merge", "seq": held})
        [begun] = [value for _, _, _, values in act_of(row, "[m]")["heap"] for value in values]
        self.assertIn("object", begun)
        self.assertIn("opaque", row["objects"][begun["object"]])
        self.assertEqual(row["out"], "['b', 'c']\n")

    def test_what_modules_have_under_its_name(self):
        row = observed("import typing\nr = [typing.List, typing.Optional, typing.TypeVar]\nT = typing.TypeVar('T')\nr = [T]\n")
        [[kinds], [made]] = [act_of(row, text)["heap"] for text in ("[typing.List, typing.Optional, typing.TypeVar]", "[T]")]
        self.assertEqual([kind["atom"] for kind in kinds[3]], ["typing.List", "typing.Optional", "typing.TypeVar"])
        self.assertEqual(row["objects"][made[3][0]["object"]], ["TypeVar", "opaque"])

    def test_classes_without_a_body(self):
        """What a function made is known by its class alone; what has a body, by what that left."""
        row = observed("from collections import namedtuple\nP = namedtuple('P', 'x y')\np = P(1, 2)\nclass A:\n    z = 1\nr = [P, A, p]\n")
        [_, _, _, [made, own, point]] = act_of(row, "[P, A, p]")["heap"][-1]
        self.assertEqual(row["objects"][made["object"]], ["type", "opaque"])
        self.assertEqual(row["objects"][own["object"]][:2], ["type", "record"])
        self.assertEqual(point, {"class": "P", "seq": [1, 2]})

    def test_generator(self):
        row = observed("def g():\n    yield 1\n    yield 2\nfor v in g():\n    break\n")
        self.assertEqual(act_of(row, "yield 1", "expr")["end"], "suspended")
        row = observed("print(list(x * 2 for x in [1, 2]))\n")
        made = act_of(row, "x * 2 for x in [1, 2]")
        self.assertEqual(replayed(row)[made["value"]["object"]], [2, 4])

    def test_end(self):
        self.assertEqual(observed("1/0")["end"]["printed"], "ZeroDivisionError: division by zero")
        self.assertEqual(observed("import sys\nsys.exit(3)")["end"]["printed"], "")
        self.assertEqual(observed("value = 1\nvalu")["end"]["printed"],
                         "NameError: name 'valu' is not defined. Did you mean: 'value'?")

    def test_big_values(self):
        row = observed("x = 2 ** 64\ny = -2 ** 63\nz = 10 ** 5000\nt = '\\ud800'\n")
        self.assertEqual(act_of(row, "2 ** 64")["value"], {"int": str(2**64)})
        self.assertEqual(act_of(row, "-2 ** 63")["value"], -2**63)
        self.assertEqual(act_of(row, "t = '\\ud800'")["binds"][0][2], {"class": "str", "seq": [0xD800]})


class Walled(unittest.TestCase):
    def stopped(self, source, teacher=None):
        row = observed(source, teacher or Teacher(Limits(acts=50_000, out=10_000), Walls(2, 400 << 20)))
        self.assertEqual(set(row), {"id", "stopped"}, source)
        return row["stopped"]

    def test_limits(self):
        self.assertEqual(self.stopped("while True:\n    pass\n"), "too many activations")
        self.assertEqual(self.stopped("while True:\n    try:\n        1/0\n    except:\n        pass\n"), "too many activations")
        self.assertEqual(self.stopped("x = 10 ** 10 ** 9\n", Teacher(walls=Walls(0.5))), "too much time")
        self.assertEqual(self.stopped("x = [0] * 10 ** 9\n"), "too much memory")
        self.assertEqual(self.stopped("try:\n    x = 'a' * 10 ** 10\nexcept MemoryError:\n    print('never')\n"), "too much memory")
        self.assertEqual(self.stopped("print('a' * 20000)\n"), "too much output")
        self.assertEqual(self.stopped("import os\nos._exit(0)\n"), "the process ended")
        self.assertEqual(self.stopped("import os, signal\nos.kill(os.getpid(), signal.SIGKILL)\n"), "the process ended")
        self.assertEqual(self.stopped("[0 for x in iter(int, 1)]\n"), "too many activations")

    def test_a_program_that_forks(self):
        row = observed("import os\npid = os.fork()\nif pid == 0:\n    print('child')\nelse:\n    os.waitpid(pid, 0)\n    print('parent')\n")
        self.assertEqual(row["out"], "parent\n")


class Asked(unittest.TestCase):
    def test_protocol(self):
        requests = [{"id": "a", "source": "x = 1 +", "static": False}, {"id": "b", "source": "print(1)", "static": True},
                    {"id": "c", "source": "print('\u00e9')"}, {"source": 5}, [1], {"id": "d", "source": "x = 1\x00"},
                    {"id": "e", "source": "while 1: pass"}, {"id": "f", "source": "2 + 2"}]
        lines = "\n".join(json.dumps(r) for r in requests) + "\nnonsense\n\n"
        command = [sys.executable, os.path.join(os.path.dirname(HERE), "observer"), "--serve", "--acts", "1000"]
        done = subprocess.run(command, input=lines.encode(), capture_output=True, check=True)
        rows = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
        self.assertEqual(rows[0]["mimus-trace"], 1)
        self.assertEqual([r.get("id") for r in rows[1:]], ["a", "b", "c", None, None, "d", "e", "f", None])
        self.assertEqual([next((k for k in ("refused", "stopped", "acts", "spans") if k in r), None) for r in rows[1:]],
                         ["refused", "spans", "acts", "refused", "refused", "refused", "stopped", "acts", "refused"])
        self.assertEqual(rows[3]["out"], "\u00e9\n")


if __name__ == "__main__":
    unittest.main()
