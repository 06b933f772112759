"""Fresh calls are sound, the same for the same seed, and nothing of the lessons is in them."""

import json
import os
import re
import sys
import unittest

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(HERE)
sys.path.insert(0, ROOT)

from fresh.asked import lines  # noqa: E402
from fresh.call import Call, Unfit  # noqa: E402
from fresh.draw import Draw  # noqa: E402
from fresh.table import HOLE, operations  # noqa: E402


class Fresh(unittest.TestCase):
    def test_every_operation_has_calls(self):
        found = {}
        for line in lines(8, 3, "", 0, 1):
            if "operation" in line:
                name = line["operation"]
                found[name] = 0
            else:
                found[name] += 1
                given, done = line["acts"]
                self.assertTrue(all(b[0] == "entry" for b in given["binds"]) and all(b[0] == "exit" for b in done["binds"]))
        self.assertEqual(len(found), len(operations()))
        self.assertEqual([name for name, count in found.items() if count < 3], [])

    def test_every_hole_is_a_kind(self):
        kinds = Draw(None)
        strange = {"n", "w", "x", "gone"}  # fields of texts that are filled
        for operation in operations():
            for form in operation.forms:
                for hole in HOLE.findall(form):
                    known = hole == "^" or "." in hole or kinds.has(hole) or hole in strange
                    self.assertTrue(known, f"{operation.name}: {hole}")

    def test_the_seed_decides(self):
        def some(seed, at=0, of=1):
            return [json.dumps(line) for line in lines(20, seed, "str.s", at, of)]

        self.assertEqual(some(1), some(1))
        self.assertNotEqual(some(1), some(2))
        self.assertEqual(sorted(some(1)), sorted(some(1, 0, 3) + some(1, 1, 3) + some(1, 2, 3)))

    def test_few_operands_are_of_wrong_types(self):
        rows = [line for line in lines(500, 0, "str.startswith", 0, 1) if "id" in line]
        wrong = sum(line["acts"][1].get("value", None) is not None and "TypeError" in json.dumps(line["acts"][1]) for line in rows)
        self.assertTrue(0.03 < wrong / len(rows) < 0.12, wrong / len(rows))

    def test_what_a_call_did(self):
        line = Call("a.append(b)", {"a": [1], "b": 2}, {}).line("x")
        self.assertEqual(line["acts"][0]["heap"], [[0, 0, 0, [1]]])
        self.assertEqual(line["acts"][1]["heap"], [[0, 1, 0, [2]]])
        line = Call("a += b", {"a": 1, "b": 2}, {}).line("x")
        self.assertEqual(line["acts"][1]["binds"], [["exit", "a", 3, 0]])
        line = Call("print(a)\n1 / 0", {"a": 1}, {}).line("x")
        self.assertEqual((line["acts"][1]["out"], line["acts"][1]["end"]), ("1\n", "raised"))
        self.assertEqual(line["acts"][1]["value"], {"class": "ZeroDivisionError", "record": {"text": "division by zero"}})

    def test_what_cannot_be_asked(self):
        for text in ("a * 10 ** 5", "lambda: 1", "chr(0xd800)", "object()"):
            with self.assertRaises(Unfit):
                Call(text, {"a": "abcd"}, {}).line("x")

    def test_nothing_is_shared_with_the_lessons(self):
        folder = os.path.join(ROOT, "fresh")
        for name in os.listdir(folder):
            if name.endswith(".py"):
                with open(os.path.join(folder, name), encoding="utf-8") as file:
                    self.assertIsNone(re.search(r"(from|import) lessons", file.read()), name)


if __name__ == "__main__":
    unittest.main()
