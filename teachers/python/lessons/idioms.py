"""What programs do with plain things of their own: put them into containers, test them, ask for their names, fail with errors of their own."""

from . import trial
from .classes import FIELDS, METHODS, NAMES, names
from .everyday import text
from .objects import Draw, next_scene

LIMIT = 3000
KINDS = ("ValueError", "KeyError", "RuntimeError", "Exception", "LookupError", "TypeError")
SAID = ("it's", 'say "no"', "both ' and \"", "plain", "tab\t.", "back\\slash", "né", "", "a'b'c", "line\nline")


def started(d):
    """A program that asks whether it is the main one."""
    (m, n), a = names(d, METHODS, 2), d.pick(*FIELDS)
    return text(f"""
        def {m}({a}):
            return {a} {d.pick('+', '*', '-')} {d.n()}
        def main():
            for v in range({d.n(0, 3)}):
                print({m}(v), __name__)
        {d.pick("if __name__ == '__main__':", "if __name__ != 'other':")}
            main()
        else:
            print('never')
        {n} = {m}
        print({m}.__name__, {n}.__name__, main.__name__, callable({m}), callable({d.n()}))
        table = {{'{m}': {m}, 'main': main}}
        for key, f in table.items():
            print(key, f.__name__, f is {m}, f == {m}, f is not main, key in table)
        print([f.__name__ for f in (main, {m}, {n})], [f(2) for f in [{m}, {n}]], {m} in [main], main in (main, {m}))
        """)


def held(d):
    """Plain things in lists, maps and tuples."""
    c, (a, b) = names(d, NAMES, 1)[0], names(d, FIELDS, 2)
    return text(f"""
        class {c}:
            def __init__(self, {a}):
                self.{a} = {a}
        p, q, r = {c}({d.n()}), {c}({d.w()}), {c}({d.n()})
        items = {d.pick('[]', '[p]', '[q, 1]', '[1, 2, p]')}
        items.append(p)
        items.append({c}({d.n()}))
        items.insert({d.n(0, 2)}, q)
        items.insert({d.n(-2, 3)}, r)
        items[{d.n(0, 1)}] = r
        print(len(items), items[0] is r, items[1] is r, r in items, q not in items, items.count(p), items.index(r))
        items.remove(r)
        print(len(items), items.pop() is p, items[-1].{a} if items[-1] is q else {d.n()})
        table = {{}}
        table[{d.w()}] = p
        table[{d.n()}] = q
        table['k'] = table.get('k') or r
        print(table.get({d.w()}) is p, table['k'].{a}, table.setdefault('k', q) is r, table.setdefault('m', q) is q, table.get('z', p) is p)
        print([v.{a} for v in table.values()], {{key: v.{a} for key, v in table.items()}}, dict({a}=p, {b}=q)['{a}'].{a})
        owner = {{p: 'p', q: {d.n()}}}
        print(owner[p], owner[q], p in owner, r in owner, owner.get(r), len({{p, q, p}}), p in {{p, r}}, q in {{p, r}})
        pair = (p, q) if {d.n()} > 3 else (q, p)
        print(pair[0] is p, pair.index(q), p in pair, r in pair, pair.count(p))
        grid = [[None] * {d.n(2, 3)} for _ in range(2)]
        grid[{d.n(0, 1)}][1] = p
        print([[v is None for v in row] for row in grid], next((v.{a} for v in items if v is q), None))
        """)


def tested(d):
    """Plain things as conditions."""
    c, e, (a, b), m = *names(d, NAMES, 2), names(d, FIELDS, 2), d.pick(*METHODS)
    return text(f"""
        class {c}:
            def __init__(self, {a}, {b}=None):
                self.{a} = {a}
                self.{b} = {b}
        class {e}:
            pass
        def {m}(v):
            return v
        p = {c}({d.n()}, {c}({d.n()}, {c}({d.n()})))
        q = {e}()
        if p:
            print('p')
        if not q:
            print('never')
        if {m} and {c} and q:
            print('all')
        at = p
        while at:
            print(at.{a})
            at = at.{b}
        print(not p, not q, not {m}, not {c}, 1 if q else 2, p is not q, bool(p), bool({m}), bool({c}))
        print((p or 3) is p, p and {d.n()}, q and 'yes', (None or q) is q, (q and p) is p, all([p, q]), any([None, p]), any(v for v in (q, 0)))
        new = p.{b} if p.{b} else q
        print(new is q, new is p.{b}, p.{b}.{b}.{b} or 'end', p == p, p == q, p != q, p == {d.n()}, q != None, p in [q], [p] == [p], (p, 1) == (q, 1))
        assert p
        assert q, 'no'
        assert {m}, {d.n()}
        print(callable(p), callable({c}), callable({m}), isinstance(p, {c}), isinstance(q, ({c}, {e})), type(p) is {c}, type(p) is type(q), type(q).__name__, p.__class__.__name__, p.__class__ is {c})
        """)


def failing(d):
    """Errors of one's own, raised in every way."""
    (c, e), a, (m, n) = names(d, ("Missing", "Odd", "TooBig", "Refused", "Lost"), 2), d.pick(*FIELDS), names(d, METHODS, 2)
    base, last = d.pick(*KINDS), d.pick(*KINDS)
    return text(f"""
        class {c}({base}):
            pass
        class {e}({d.pick(c, 'Exception')}):
            def __init__(self, message, {a}={d.n()}):
                super().__init__(message)
                self.{a} = {a}
        def {m}(v):
            if v == 0:
                raise {c}
            if v == 1:
                raise {c}({d.w()})
            if v == 2:
                raise {e}({d.w()}, {d.n()})
            if v == 3:
                error = {c}('made', v)
                raise error
            if v == 4:
                raise {last}
            return v
        for i in range(6):
            try:
                print({m}(i))
            except {e} as error:
                print(type(error).__name__, error, error.{a}, error.args)
            except ({c}, {last}) as error:
                print(type(error).__name__, str(error), isinstance(error, {c}), len(error.args))
        def {n}(v):
            try:
                return {m}(v)
            except {d.pick(c, base, 'Exception')} as error:
                raise {d.pick(last, e)}({d.w()}) from error
        for i in range(5):
            try:
                {n}(i)
            except Exception as error:
                print(type(error).__name__, error, error.__cause__ is None, type(error.__cause__).__name__)
        seen = []
        for error in ({c}({d.w()}), {e}('two'), {last}({d.w()})):
            try:
                raise error
            except Exception as caught:
                seen.append(caught)
                print(caught is error, caught in seen, caught == error)
        raise {d.pick(f"{c}({d.w()})", f"{e}({d.w()})", c, f"{c}({d.n()}, {d.n()})")}
        """)


def spelled(d):
    """Texts with quotes in them, and things that say how they are shown."""
    c, a = d.pick(*NAMES), d.pick(*FIELDS)
    said = [repr(d.pick(*SAID)) for _ in range(3)]
    return text(f"""
        class {c}:
            def __init__(self, {a}):
                self.{a} = {a}
            def __repr__(self):
                return f'{c}({{self.{a}!r}})'
        p, q = {c}({said[0]}), {c}({d.n()})
        p
        [p, q]
        (q, {said[1]})
        {{'a': p}}
        print(p, [p], (p, q), {{1: q}}, [[p], {said[1]}])
        print(repr(p), str([p, q]), f'{{p}} {{q!r}} {{[p]}}')
        name = {said[2]}
        print(repr(name), [name], f'{{name!r}}', f'{{name!r:>12}}|')
        for v in [{', '.join(said)}]:
            print(repr(v), [v, 1], (v,), {{v: v}}, f'{{v!r}}', str(v), len(repr(v)))
        """)


def same(d):
    """What is equal need not be the same."""
    (a, b), f = names(d, FIELDS, 2), d.pick(*METHODS)
    made = [d.pick("[1, 2]", d.ints(), "{'k': 1}", f"{{{d.n()}, 2}}", "{}", "[]", "[[]]", "{1: [2]}") for _ in range(2)]
    return text(f"""
        {a} = {made[0]}
        {b} = {made[0]}
        other = {a}
        print({a} is {b}, {a} is not {b}, {a} == {b}, other is {a}, other is not {a}, {a} is not None, {a} is None)
        def {f}(v):
            return v
        third = {f}({made[1]})
        print(third is {a}, third is not {a}, {f}({a}) is {a}, {f}({b}) is not {b}, type(third) is list, type(third) is not dict)
        table = {{{d.w()}: 1, {d.n()}: [2], None: 3, 2.5: {d.w()}}}
        for key in ({d.w()}, {d.n()}, None, {d.n()}.5, 2.5, (1, 2)):
            print(key in table, key not in table, key not in [{d.n()}, {d.w()}, None], key not in {{{d.n()}, {d.w()}}})
        print({{None}}, {{2.5}}, {{True}}, {{{d.w()}}}, {{({d.n()}, {d.w()})}}, {{b'x'}}, {{frozenset()}}, len({{{f}}}), {{()}})
        print(len(set([{d.n()}, None, {d.w()}, 2.5])), len(set(({d.w()}, {d.n()}, None))), {{1, {d.w()}}} == set([{d.w()}, 1]), len({{1}}.union(({d.w()}, None))))
        for key in ([{d.n()}], {{1: {d.n()}}}, {{3}}):
            try:
                print(table.get(key), 'got')
            except TypeError as error:
                print(error)
            try:
                print({{key}})
            except TypeError as error:
                print(error)
        """)


def sent(d):
    """Numbers and words in the places of formats that reports use."""
    (a, b), n = names(d, FIELDS, 2), d.n(1, 4)
    return text(f"""
        rows = [({d.w()}, {d.n()}, {d.n()}.{d.n(1, 99)}), ({d.w()}, {d.n(0, 2000)}, {d.n(0, 99)}.5), ('{a}', {d.n(-900, 9000)}, 1 / {d.n(1, 9)})]
        for {a}, {b}, share in rows:
            print('%s has %d of %.{n}f' % ({a}, {b}, share))
            print('{{}} {{:>6}} {{:.{n}f}}'.format({a}, {b}, share))
            print(f'{{{a}!r:<8}}|{{{b}:>5}}|{{share:8.{n}f}}|{{share:.1%}}|{{{b}:,}}|{{{b}:05d}}|{{{a}:^9}}|{{{a}:*<6}}|{{{b}=}}')
            print({a}.ljust(8) + str({b}).rjust(6), {a}.center(9, '-'), '%-8s|%5d|%05.1f|%x' % ({a}, {b}, share, abs({b})))
        names = [{a} for {a}, *rest in rows]
        print(*names)
        print(*names, sep=', ')
        print({d.n()}, *names, {d.w()}, sep='-', end='.\\n')
        print('total', *[{b} for _, {b}, _ in rows], sum({b} for _, {b}, _ in rows), sep=' | ')
        print(max(rows, key=lambda row: row[1])[0], min(rows, key=lambda row: row[2])[1], sorted(rows, key=lambda row: (-row[1], row[0]))[0][1])
        print(max([], default={d.w()}), max((n for n in [{d.n()}, {d.n()}]), default=0), min([{d.n()}, 7], default=None), max(names, key=len, default=''))
        """)


SCENES = (started, held, held, tested, tested, failing, failing, spelled, same, sent)


def programs(rng, count):
    """(name, text) of each program, whether or not an error ends it."""
    order = []
    return trial.programs("idioms", count, LIMIT, lambda _: "\n".join(next_scene(rng, SCENES, order)(Draw(rng))) + "\n", ("ended", "raised"))
