"""The languages that did not exist: read as they are written, and watched without being changed."""

import ast
import functools
import json
import os
import random
import subprocess
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.dirname(HERE))

from alien.command import reader, run, teacher, translation  # noqa: E402
from alien.languages import LANGUAGES  # noqa: E402
from alien.printer import Unsaid  # noqa: E402
from lessons import control, operations  # noqa: E402
from observer.child import Walls  # noqa: E402
from observer.runtime import Limits  # noqa: E402
from tests.machine import misplaced, replayed, strays, unreal  # noqa: E402

TOUR = '''
def f(a, b=2, *rest, **more):
    if not a > b or a == 7:
        return a * (b + 1) - 3 - 1
    elif a in rest:
        pass
    else:
        for i, (x, y) in enumerate([(1, 2), (3, 4)]):
            if x == 3: break
            continue
        else:
            print("never")
    while a < 4:
        a += 1
    else:
        print("while else", a)
    try:
        raise ValueError("no")
    except (KeyError, ValueError) as e:
        print(e)
    finally:
        xs = [1, *rest]
        xs[0] += 5
        del xs[-1:]
    return [q * q for q in range(5) if q if q != 2], {k: v for k, v in more.items()}, {1, 2}, (a,)
print(f(1, 2, 8, 9, z=1), f(5), f(b=7, a=3))
g = lambda v, w=1: v if v else -w ** 2
print(g(0), sum(x for x in range(4)), "text"[1:3], -2 // 3, 7 % -2, 1 < 2 < 3, None is None, "a" "b" + "c")
set = 1; text = 2; size_ = 3; end = 4
print(set, text, size_, end, sep="-", end="!\\n")
a, *b = 1, 2, 3
a, b = b, a
assert a and b or 0, "no"
1 / 0
'''


@functools.lru_cache
def some_operations(seed):
    found = list(operations.programs(random.Random(seed), True))
    random.Random(seed).shuffle(found)
    return found


def translations(language, count, seed):
    programs = [("tour", TOUR)] + list(control.programs(random.Random(seed), count))
    for name, source in programs + some_operations(seed)[:count]:
        try:
            yield name, source, translation(language, source)
        except Unsaid:
            pass


def paired(tree):
    """`a and b and c` as `(a and b) and c`, which is how it is read."""
    for node in ast.walk(tree):
        while isinstance(node, ast.BoolOp) and len(node.values) > 2:
            node.values[:2] = [ast.BoolOp(op=node.op, values=node.values[:2])]
    return tree


class Aliens(unittest.TestCase):
    def test_what_is_written_is_read(self):
        for language in LANGUAGES.values():
            for name, source, text in translations(language, 6, "alien"):
                with self.subTest(language=language.name, program=name):
                    read = ast.unparse(ast.fix_missing_locations(reader(language)(text).tree))
                    if not language.meaning.get("first"):
                        self.assertEqual(read, ast.unparse(paired(ast.parse(source))))

    def test_watching_changes_nothing(self):
        for language in LANGUAGES.values():
            known = teacher(language, Limits(acts=50_000), Walls(20))
            for name, _, text in translations(language, 6, "alien"):
                with self.subTest(language=language.name, program=name):
                    expected = run(language, text, Walls(20), steps=20_000)
                    row = json.loads(known.program(name, text))
                    if "stopped" in expected:
                        continue
                    self.assertIn("acts", row)
                    self.assertEqual(row["out"], expected["out"])
                    self.assertEqual((row.get("end") or {}).get("printed"), expected["printed"])
                    self.assertEqual((misplaced(row), strays(row), unreal(row)), ([], [], []))
                    replayed(row)

    def out(self, language, text):
        return run(LANGUAGES[language], text, Walls(5))["out"]

    def test_meanings(self):
        self.assertEqual(self.out("swapped", "show(5 - 3, 7 + 2, 6 / 2, 1 > 2)\n"), "8 5 12 True\n")
        self.assertEqual(self.out("braces", "x := 1; if x == 1 { print(x ? 'a' : 'b'); } else { nop; }"), "a\n")
        self.assertEqual(self.out("counted", "xs = [5, 6, 7]\nxs[1] += 1\nprint(xs[1], xs[2:3], -7 // 2, -7 % 2, 'a' + 'b')\n"),
                         "6 [6, 7] -3 -1 a b\n")
        self.assertEqual(self.out("bound", "print(2 * 3 + 4, 10 - 3 - 2, 2 ^ 1 + 1)\n"), "14 9 4\n")
        self.assertEqual(self.out("eager", "repeat false:\n    print('once')\nprint(0 and 5, [] or none, not 0)\nif 0:\n    print('given')\n"),
                         "once\nTrue True False\ngiven\n")
        self.assertEqual(self.out("prose", "set f to given x -> x + 1\nif f[1] equals 2 then print[{'a': 5}{'a'}, if true then 1 else 2] end\n"
                                  .replace(" then print", " then\nprint").replace("] end", "]\nend")), "5 1\n")

    def test_refusals(self):
        known = teacher(LANGUAGES["braces"])
        for text in ("x := ;", "if x { }", "x := 1", "}", "x := 'open", "$", "f(", "if x { y := 1;"):
            self.assertIn("refused", json.loads(known.program("bad", text)), text)

    def test_command_line(self):
        command = [sys.executable, os.path.join(os.path.dirname(HERE), "alien"), "--language", "prose", "--serve"]
        request = json.dumps({"id": "a", "source": "print[1 + 1] -- a note\n"}) + "\n"
        done = subprocess.run(command, input=request.encode(), capture_output=True, check=True)
        header, row = (json.loads(line) for line in done.stdout.decode("utf-8").splitlines())
        self.assertEqual((header["teacher"], row["out"]), ("alien prose", "2\n"))


if __name__ == "__main__":
    unittest.main()
