# -*- coding: utf-8 -*-
"""Forms of text."""
from __future__ import annotations
import os, os.path as osp, math as m
from math import (pi,
                  floor as fl)
x = 1; y = 2; print(x, y)
if x: print("one"); print("two")
else: print("never")
t = 1, 2
(a, b), [c, *d] = (1, 2), [3, 4, 5]
print(a, b, c, d, t[(0)], (((x))), fl(pi), m.sqrt(4), osp.join("a", "b"))
s = "été" "ß" 'x'
print(f"{s!r:>{x + 10}} {s[0]} {'nested ' + f'{y}' + str({1: 2}[1])} {{}} {x=} {x:05.1f} {x!s}", s)
print(f'''{x
}{y}''' f"tail{(lambda v: v * 2)(4)}" "end{}")
print(f"\N{BULLET} {x}\n{y}", rf"\d{x}", F"{x}")
n: int = 5
w: list[int]


def f(a, /, b: int = 2, *args: int, k, kk=3, **kw: str) -> None:
    "doc"
    return a, b, args, k, kk, kw


print(f(1, k=1), f(1, 2, 3, 4, k=5, z="q"), f(*[1, 2], **{"k": 3}), f(1, *(2,), 3, k=0, **{"r": 1}))
print((lambda *a, **k: (a, k))(1, b=2), (lambda: 0)(), (lambda a, b=1, *c: a + b)(1))
print([i for i in range(5) if i if i > 1], {i: j for i, j in zip("ab", (1, 2))}, {i for i in [1, 1]}, [[j for j in range(i)] for i in range(3)])
print([*t, *[3]], {**{"a": 1}, "b": 2}, {*t}, (*t,), print)if False else print("ok")
if (z := 5) > 3 and (q := z + 1):
    print(z, q, [y := v for v in range(3)], y, any((hit := v) > 1 for v in range(4)), hit)
xs = list(range(10))
xs[1:3] = [9]
xs[::2] = [0] * len(xs[::2])
del xs[0], xs[-2:], x
print(xs, xs[:], xs[::-1], xs[1:][0], xs[-1])
xs[0], xs[1] = xs[1], xs[0]
xs[0] += 5; xs[1] -= 1
m2 = [[1, 2], [3, 4]]
m2[0][1] += 10
for m2[1][0] in range(3): pass
for i, (j, k) in enumerate([(1, 2)]): print(i, j, k)
print(m2, 1 < 2 < 3 != 4, not 1, 1 if 0 else 2, 1 and 2 and 3 or 4, (1 and 2) or 3, 0 or () or [] or "last")
print(1 if (2) else (3), -(-1), not (not 1), (1, 2) + (3,), ~5, 2 ** -1, -2 ** 2, 5 // -2, 5 % -2, 1_000, 0xff, 1e3, 1j * 1j)
global g
g = 1
while y < 4: y += 1
else: print("while else")
try: raise ValueError
except ValueError: print("v")
assert (x := 1), "no"
with open(os.devnull) if False else __import__("io").StringIO("abc") as fh: print(fh.read())


def outer():
    v = 1

    def inner():
        nonlocal v
        global g
        v += 1; g += 1
        del g
        g = 7
        return v
    return inner() + v


print(outer(), g)
match [1, 2, {"k": 3}]:
    case [1, y, {"k": z, **rest}] if z > 5: print("no")
    case [1, _, {"k": 3 | 4 as z}]: print("yes", z, y)
    case _: print("none")


class Pt:
    __match_args__ = ("a", "b")
    def __init__(self, a, b): self.a, self.b = a, b


for v in (Pt(1, 2), Pt(0, 5), 7, "s", None, (1, 2, 3), -1, 2.5):
    match v:
        case Pt(1, b=bb): print("pt", bb)
        case Pt(a, b): print("any", a, b)
        case int() | str() as val: print("val", val)
        case None: print("none")
        case (first, *others): print(first, others)
        case (float()): print("float")
print(locals() is globals(), __name__, __doc__, sorted(k for k in globals() if not k.startswith("__"))[:5], eval("1 + a"), [k for k in dir() if "mimus" in k])
exec("zz = 3")
print(zz, type(print).__name__, print.__name__)


def local_names(a):
    b = [a for a in range(2)]
    return sorted(locals()), (lambda q: sorted(locals()))(1)


print(local_names(1))
print("é", "日本", '\t', "a\
b", """multi
line""", b"bytes\x00", r"\n")
lambda: (yield)
print(*[1, 2], sep="-", end="!\n")
x = yy = [1]; x += [2]; print(yy, x is yy)
x = 5 if xs else \
    6
print(x, "a" "b" f"{x}" 'c', ("implicit "
      "join"), [
    1,  # comment ( with bracket
    2,
], {"a":
    1})
async def co(v):
    async with Actx() as q:
        return [v async for v in agen(q)], await co2(v)
class Actx:
    async def __aenter__(self): return 3
    async def __aexit__(self, *a): return False
async def agen(n):
    for i in range(n): yield i
async def co2(v): return v * 2
import asyncio
print(asyncio.run(co(4)))
raise SystemExit("bye")
