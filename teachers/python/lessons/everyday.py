"""Programs as they are written every day: decorators with arguments, managers, objects in containers, errors of one's own."""

from . import trial
from .classes import FIELDS, METHODS, NAMES, names
from .objects import Draw, next_scene

LIMIT = 3000
SPECS = ("", ">8", "<6", "^9", "05", ".2f", "x", "*>7")


def text(lines):
    """The lines of an indented text."""
    lines = lines.strip("\n").split("\n")
    indent = len(lines[0]) - len(lines[0].lstrip())
    return [line[indent:] for line in lines]


def assigning(d):
    """While something is given; several targets at once, members among them."""
    c, (a, b) = names(d, NAMES, 1)[0], names(d, FIELDS, 2)
    return text(f"""
        items = {d.ints(1, 5)} + [0]
        while v := items.pop(0):
            print(v)
        def take():
            return items.pop() if items else {d.pick('None', '0', "''")}
        items = {d.ints(2, 5)}
        while got := take():
            print('got', got)
        while (n := len(items)) < {d.n(1, 4)}:
            items.append(n)
        print(items, n)
        class {c}:
            def __init__(self, v):
                self.{a} = self.{b} = v
            def turn(self):
                self.{a}, self.{b} = self.{b}, self.{a}
                return self
            def same(self, other):
                self.{a} = other.{a} = {d.n()}
                first = self.{b} = {d.w()}
                return first
        p, q = {c}({d.n()}), {c}({d.w()})
        p.{a} = q.{b} = {d.pick('[]', str(d.n()))}
        x = p.{b} = {d.n()}
        print(p.{a}, p.{b}, q.{a}, q.{b}, x)
        p.turn()
        print(p.{a}, p.{b}, q.turn().{a}, p.same(q), q.{a})
        row = [0, 0, 0]
        row[0] = row[2] = {d.n()}
        y = row[1] = {d.w()}
        print(row, y)
        row[2] = z = {d.n()}
        p.{a} = w = {d.pick(d.w(), '[]')}
        row[0] = row[1] = row[2] = {d.n()}
        p.{b} = q.{b} = row[1] = {d.n()}
        print(row, z, w, p.{a}, p.{b}, q.{b})
    """)


def decorated(d):
    """Decorators that are asked for with arguments, and several of them."""
    m, n, k = names(d, METHODS, 3)
    orders = [["@again(2)", "@loud"], ["@loud", "@again(2)"], ["@again(3)"], ["@loud"], ["@tagged('b')", "@loud", "@again(1)"], ["@again(times=2)", "@tagged('i')"], ["@tagged('p')", "@again(2)"],
              ["@loud", "@tagged('u')", "@again(2)"], ["@tagged('a')", "@tagged('b')", "@loud", "@tagged('c')"], ["@loud", "@again(1)", "@tagged('d')", "@again(2)"]]
    d.rng.shuffle(orders)
    made = []
    for name, order in zip((m, n, k, "last"), orders):
        made += [*order, f"def {name}(v):", f"    return {d.pick('str(v)', repr('so') + ' + str(v)', 'str(v) * 2')}", f"print({name}({d.n()}))"]
    return text("""
        def again(times):
            def wrap(f):
                def inner(*args):
                    return [f(*args) for _ in range(times)]
                return inner
            return wrap
        def loud(f):
            def inner(*args, **named):
                result = f(*args, **named)
                return str(result).upper() + '!'
            return inner
        def tagged(tag):
            def wrap(f):
                def inner(*args):
                    return f'<{tag}>{f(*args)}</{tag}>'
                return inner
            return wrap
    """) + made


def named(d):
    """Arguments that must be named, and such that must not."""
    a, b, c = d.rng.sample(("size", "by", "end", "start", "mark", "limit"), 3)
    return text(f"""
        def one(v, *, {a}={d.n()}):
            return v, {a}
        def two(v, w={d.n()}, *, {a}, {b}={d.w()}):
            return [v, w, {a}, {b}]
        def three(v, w, /):
            return v - w
        def four(v, /, w={d.n()}, *rest, {c}={d.w()}, **more):
            return v, w, rest, {c}, more
        def five(v, /, *, {b}=None):
            return {{'v': v, '{b}': {b}}}
        def six(*items, {a}={d.w()}, {b}={d.n()}):
            return items, {a}, {b}
        print(one({d.n()}), one({d.n()}, {a}={d.w()}))
        print(two(1, {a}={d.n()}), two({d.n()}, 3, {a}={d.w()}, {b}={d.n()}))
        print(three({d.n()}, {d.n()}), four({d.n()}), four(1, {d.n()}, 3, {d.w()}, {c}=0, other={d.n()}))
        print(five({d.n()}), five({d.w()}, {b}={d.n()}), six(), six(1, {d.w()}, {b}={d.n()}))
    """) + [f"class {names(d, NAMES, 1)[0]}:", f"    def __init__(self, v, *, {a}=None, {b}={d.n()}):", f"        self.v = (v, {a}, {b})", f"    def more(self, /, w, *, {c}):", f"        return self.v, w, {c}"] + [
        f"try:", f"    print(one({d.n()}, {d.n()}))", "except TypeError as error:", "    print(error)"]


def comprehended(d):
    """Sets and maps of several loops and conditions."""
    n = d.n(2, 4)
    return text(f"""
        print(sorted({{(x, y) for x in range({n}) for y in range({d.n(1, 3)})}}))
        print(sorted({{x * y for x in {d.ints(1, 4)} for y in {d.ints(1, 3)} if x != y}}))
        print({{x: y for x in range({n}) for y in 'ab'}})
        print({{(x, y): x + y for x in range({n}) for y in range(x) if y {d.pick('%', '+', '-')} 2}})
        print({{k: v for k, v in {{'a': {d.n()}, 'b': {d.n()}, 'c': {d.n()}}}.items() if v > {d.n()}}})
        print(len({{x % 3 for x in {d.ints(1, 5)} if x > 0 if x % 2}}))
        near = {{(x + {d.n(1, 3)}) % 5 for x in {d.ints(1, 4)}}}
        print(sorted({{((x + dx) % 4, (y + dy) % 4)
                      for dx in (-1, 0, 1)
                      for dy in (-1, 0, 1)
                      if (dx, dy) != (0, 0)
                      for x, y in [({d.n(0, 3)}, {d.n(0, 3)})]}}), sorted(near))
        print([(a, b, c) for a in range({n}) for b in range(a) for c in range(b + 1) if a + b > c])
        print(sum(x * y for x in range({n}) for y in range(x)), [[x * y for x in range({n})] for y in range({d.n(1, 3)})])
        print(any(x == y for x in {d.ints(1, 3)} for y in {d.ints(1, 3)}), {{w: len(w) for w in ({d.w()}, {d.w()}) if w}}, {{c for w in ({d.w()}, 'z') for c in w if c == 'z'}})
    """)


def special(d):
    """What less common operations ask for."""
    c, a = names(d, NAMES, 1)[0], names(d, FIELDS, 1)[0]
    formatted = d.pick(f"format(self.{a}, spec)", f"'<' + spec + '>'", f"str(self.{a}) + spec")
    return text(f"""
        class {c}:
            def __init__(self, {a}):
                self.{a} = {a}
            def __format__(self, spec):
                return {formatted}
            def __reversed__(self):
                return {d.pick(f'iter([self.{a}, 0])', f'reversed([1, self.{a}])')}
            def __delitem__(self, key):
                print('gone', key)
                self.{a} = key
            def __getitem__(self, key):
                return (self.{a}, key)
            def __round__(self, places=None):
                return ({d.n()}, places)
            def __divmod__(self, other):
                return (self.{a}, other)
            def __neg__(self):
                return [self.{a}]
            def __pos__(self):
                return {d.w()}
            def __invert__(self):
                return {c}({d.n()})
        p = {c}({d.n(0, 99)})
        print(f'{{p}}', f'{{p:{d.pick(*SPECS[1:4])}}}', f'{{p:{d.pick(*SPECS[4:7])}}}', format(p), format(p, {d.pick(*map(repr, SPECS))}))
        print(list(reversed(p)), round(p), round(p, 1), divmod(p, {d.n()}), -p, +p, (~p).{a})
        del p[{d.pick(str(d.n()), d.w())}]
        print(p.{a}, p[1], p['k'])
        print('%s and {{}}'.format(p))
    """)


def listed(d):
    """Objects in containers, shown, sorted and found."""
    c, (a, b) = names(d, NAMES, 1)[0], names(d, FIELDS, 2)
    shown = d.pick(f"f'{c}({{self.{a}!r}}, {{self.{b}}})'", f"'{c}(' + repr(self.{a}) + ')'", f"f'<{{self.{a}}}>'")
    lines = text(f"""
        class {c}:
            def __init__(self, {a}, {b}={d.n()}):
                self.{a} = {a}
                self.{b} = {b}
            def __repr__(self):
                return {shown}
            def __eq__(self, other):
                return isinstance(other, {c}) and self.{a} == other.{a}
            def __hash__(self):
                return hash(self.{a})
            def __lt__(self, other):
                return self.{b} < other.{b}
    """)
    if d.n() > 3:
        lines += ["    def __str__(self):", f"        return {d.w()} + str(self.{a})"]
    return lines + text(f"""
        p, q, r = {c}({d.n()}, {d.n()}), {c}({d.w()}), {c}({d.n()}, {d.n()})
        print([p, q], (p,), {{'k': r}}, [[p], (q, {d.n()})])
        print(p, str(p), repr(p), str([q]), f'{{p}} {{q!r}} {{[r]}}', '%s %r' % (p, q), '{{}} {{!r}}'.format(p, q))
        items = [p, q, r]
        print(sorted(items), min(items), max(items), sorted(items, key=lambda o: -o.{b}), p in items, {c}({d.n()}) in items, items.index(q), items.count(r))
        items.sort()
        print(items, [o.{b} for o in items], sum(o.{b} for o in items), max(items, key=lambda o: o.{b}).{a}, len({{p, q, p}}))
        table = {{p: 1, q: {d.w()}}}
        print(table[p], table.get({c}('no')), q in table, [o for o in items if o == p], items.remove(p), items)
        print(list(map(str, items)), ', '.join(str(o) for o in items), any(o == q for o in items), p != q, p == {c}(p.{a}))
    """)


def failing(d):
    """Errors of the program's own."""
    body = d.pick("pass", '"""It is wrong."""')
    a, b = d.rng.sample(("TooLow", "Missing", "Broken", "EmptyError", "StackError", "BadInput"), 2)
    return text(f"""
        class {a}(Exception):
            {body}
        class {b}({d.pick(a, 'ValueError', 'Exception')}):
            def __init__(self, name, code={d.n()}):
                super().__init__(f'no {{name}}')
                self.name = name
                self.code = code
        e = {a}({d.w()})
        print(e, repr(e), str(e), isinstance(e, Exception), isinstance(e, {b}), type(e).__name__)
        print({a}(), {a}({d.n()}), {b}('x').name, {b}('y', 3).code, {b}({d.w()}))
        def check(v):
            if v == 0:
                raise {a}('zero')
            if v == 1:
                raise {b}('one', code=v)
            if v == 2:
                raise {a}
            if v == 3:
                try:
                    return 1 // 0
                except ZeroDivisionError as error:
                    raise {a}(f'from {{error}}') from error
            if v == 4:
                raise ValueError({d.w()}) from None
            return v
        for v in {d.pick('range(6)', '(5, 3, 1, 0)', '[2, 4, 1]')}:
            try:
                print(check(v))
            except {b} as error:
                print('b', error, error.code, error.name)
            except ({a}, ValueError) as error:
                print(type(error).__name__, error, {d.pick('error.args', 'isinstance(error, ' + a + ')', 'str(error)', 'error is None', 'error is not None', 'None is not error')})
            else:
                print('fine')
            finally:
                print('done', v)
    """)


def worked_off(d):
    """What waits in a queue."""
    graph = {c: "".join(d.rng.sample("abcdef", d.n(0, 3))) for c in "abcdef"}
    return text(f"""
        from collections import deque
        graph = {graph!r}
        def reach(start):
            queue = deque([{d.pick('start', '(start, 0)')}])
            seen = {{start}}
            order = []
            while {d.pick('queue', 'queue', 'len(queue) > 0')}:
                item = queue.{d.pick('popleft', 'popleft', 'pop')}()
                node = item if isinstance(item, str) else item[0]
                order.append(node)
                for other in graph[node]:
                    if other not in seen:
                        seen.add(other)
                        queue.append(other)
            return order
        print(reach({d.pick('"a"', '"b"', '"c"')}), reach('f'))
        waiting = deque({d.ints(1, 4)}, maxlen={d.n(2, 4)})
        waiting.append({d.n()})
        print(list(waiting), len(waiting), bool(waiting), waiting[0])
        line = deque()
        for v in {d.ints(2, 5)}:
            line.append(v)
            if len(line) > 2:
                print(line.popleft())
        if not line:
            print('none')
        while line:
            print(line.pop(), end={d.pick("' '", "', '")})
        print()
    """)


def printed(d):
    """Lines of several values and marks between them."""
    items = d.ints(1, 4)
    return text(f"""
        items = {items}
        group = [{d.w()}, {d.w()}, {d.w()}]
        print(*items)
        print(*items, sep={d.pick("', '", "'-'", "''")})
        print('head', *group, sep=' ')
        print({d.w()}.ljust(8), *group, sep={d.pick("' '", "'|'")})
        print({d.n()}, *items, {d.w()}, *group)
        print(*group, *items, sep='/', end='!\\n')
        print({d.w()}, {d.n()}, None, 2.5, True, [{d.n()}])
        print({d.w()}, {d.w()}, {d.w()}, {d.w()}, {d.w()})
        print({d.n()}, {d.n()}, {d.n()}, {d.n()}, {d.n()}, sep=', ')
        print(1, {d.w()}, {d.n()}, {d.w()}, end='.\\n', sep=':')
        print(*({d.w()} for _ in range(3)), end='')
        print()
        print(*[], {d.n()}, *(), *'abc', *{{{d.w()}: 1}}, *range(2))
        text = ('one ' 'two '
                'three')
        print(text, 'a' 'b', len({d.w()} {d.w()}))
    """)


def typed(d):
    """Names for types, from the module that has them."""
    return text(f"""
        from typing import {d.pick('List, Dict', 'Dict, List, Optional', 'Optional, List, Dict, Tuple')}
        from typing import Any, Callable, Union, Optional, Tuple, Iterator, Iterable, Set
        def total(items: List[int], start: Optional[int] = None) -> int:
            result: int = start or 0
            for item in items:
                result += item
            return result
        def count(words: List[str]) -> Dict[str, int]:
            found: Dict[str, int] = {{}}
            for word in words:
                found[word] = found.get(word, 0) + 1
            return found
        def apply(f: Callable[[int], int], v: Any) -> Union[int, str]:
            return f(v)
        def pair(a: int, b: str = {d.w()}) -> Tuple[int, str]:
            return a, b
        print(total({d.ints(0, 4)}), total({d.ints(1, 3)}, {d.n()}), count([{d.w()}, {d.w()}, {d.w()}]))
        print(apply(lambda v: v * {d.n()}, {d.n()}), pair({d.n()}))
    """)


def tabled(d):
    """What is found under several things at once."""
    a, b, c = d.w(), d.w(), d.n()
    return text(f"""
        table = {{({a}, {c}): {d.n()}, ({b}, 0): {d.w()}, (1, 2): 'both'}}
        x, y = {a}, {c}
        print(table[x, y], table[1, 2], table[({b}, 0)], (x, y) in table, table[x, {c}])
        table[x, 5] = {d.n()}
        table[{d.n()}, y] = {d.w()}
        table[1, 2, 3] = [x, y]
        table[x, 5] += {d.n()}
        print(table[x, 5], table[1, 2, 3], len(table))
        x, table[0, y] = table[x, y], {d.n()}
        print(x, table[0, y])
        del table[1, 2]
        print(table.get((1, 2)), table.get((1, 2, 3)), table.get(({b}, 0), {d.n()}), (1, 2) in table)
        grid = {{(i, j): i * j for i in range({d.n(1, 3)}) for j in range(2)}}
        for i, j in grid:
            print(grid[i, j], grid.get((j, i), 'none'))
        found, answer = table[{b}, 0], grid[0, 1]
        print(found, answer, [grid[i, 1] for i in range(1)])
        counts = {{}}
        for pair in [(1, 2), ('a', 1), (1, 2), (0,), (1, 2)]:
            counts[pair] = counts.get(pair, 0) + 1
        print(counts)
    """)


SCENES = (assigning, assigning, decorated, decorated, named, named, comprehended, comprehended, special, special, listed, listed, listed, failing, failing, worked_off, tabled, printed, printed, typed)


def programs(rng, count):
    """(name, text) of each program."""
    order = []
    return trial.programs("everyday", count, LIMIT, lambda _: "\n".join(next_scene(rng, SCENES, order)(Draw(rng))) + "\n")
