"""What most programs of some length hold: annotations, errors that are passed on and shown, functions with names and fields, reports,
counts and groups."""

from . import trial
from .classes import FIELDS, METHODS, NAMES, names
from .everyday import text
from .objects import Draw, next_scene

LIMIT = 3000
FAILS = ("1 / 0", "{}['k']", "[][3]", "int('no')", "None + 1", "'a' + 1", "(1).x", "missing", "[].pop()", "{1: 2}.pop(3)", "''.index('a')", "float('x')", "[1].remove(2)")


def annotated(d):
    """Names, fields and results with the kinds they are meant for."""
    c, m, (a, b) = d.pick(*NAMES), d.pick(*METHODS), names(d, FIELDS, 2)
    return text(f"""
        total: {d.pick('int', 'float')} = {d.n()}
        {a}s: list[{d.pick('int', 'str')}] = {d.ints()}
        class {c}:
            limit: int = {d.n()}
            def __init__(self, {a}: int, {b}: {d.pick('str', "'str | None'", 'list')} = None) -> None:
                self.{a}: int = {a}
                self.items: list = []
                self._table: dict[str, int] = {{}}
                self.{b}: {d.pick('str', 'object')} = {b}
            def {m}(self, v: {d.pick('int', 'object')}) -> {d.pick('None', 'int', "'list[int]'")}:
                found: bool = v in self.items
                self.items.append(v)
                self._table[str(v)] = len(self.items)
                return {d.pick('found', 'self.items', 'len(self.items)')}
        p = {c}({d.n()}, {d.w()})
        print(p.{m}({d.n()}), p.{m}({d.n()}), p.{m}({d.w()}), p.items, p._table, p.{a}, p.{b}, {c}.limit)
        total += p.{a}
        print(total, {a}s, isinstance(p.{a}, int), isinstance(p.{a}, bool), isinstance(p.items, (list, tuple)), isinstance(total, float))
        for v in (True, {d.n()}, {d.n()}.5, {d.w()}, None, [1], (2,), {{}}):
            print(isinstance(v, bool), isinstance(v, int), isinstance(v, (int, float)), isinstance(v, str), isinstance(v, list), type(v).__name__)
        """)


def passed_on(d):
    """Errors that a handler looks at and raises again, and how they are shown."""
    f, g = names(d, METHODS, 2)
    fails = [d.pick(*FAILS) for _ in range(4)]
    return text(f"""
        def {f}(n):
            try:
                if n == 0:
                    return {fails[0]}
                if n == 1:
                    return {fails[1]}
                if n == 2:
                    raise {d.pick('ValueError', 'RuntimeError', 'KeyError')}({d.w()})
                return n
            except {d.pick('Exception', '(ValueError, ArithmeticError, LookupError)', 'LookupError')}:
                print('seen', n)
                raise
            finally:
                print('left', n)
        for n in range(4):
            try:
                print({f}(n))
            except Exception as error:
                print(type(error).__name__, error)
                print(repr(error), [error], f'{{error!r}} {{error}}')
                print(f'{{type(error).__name__}}: {{error}}')
        def {g}(v):
            try:
                return v()
            except (ZeroDivisionError, TypeError) as error:
                print('again', error)
                raise
            except Exception as error:
                return repr(error)
        for v in (lambda: {fails[2]}, lambda: {fails[3]}, lambda: {d.n()}):
            try:
                print({g}(v))
            except Exception as error:
                print('last', repr(error), str(error), type(error) is TypeError)
        """)


def called(d):
    """Functions with names and fields of their own, handed around."""
    f, g = names(d, METHODS, 2)
    return text(f"""
        def logged(f):
            def inner(*args, **named):
                inner.calls += 1
                result = f(*args, **named)
                print(f'{{f.__name__}}{{args}} -> {{result}}')
                return result
            inner.calls = {d.n(0, 3)}
            inner.__name__ = f.__name__
            return inner
        @logged
        def {f}(a, b={d.n()}):
            return a {d.pick('+', '*', '-')} b
        def {g}(v):
            {g}.seen.append(v)
            {g}.last = v
            return len({g}.seen)
        {g}.seen = []
        print({f}({d.n()}), {f}({d.n()}, b={d.n()}), {f}.calls, {f}.__name__)
        print({g}({d.n()}), {g}({d.w()}), {g}.seen, {g}.last, {g}.__name__, hasattr({g}, 'last'), hasattr({g}, 'none'), getattr({g}, 'size', {d.n()}))
        table = {{}}
        for v in ({f}, {g}, logged, len, print):
            table[v.__name__] = v
        print(sorted(table), table['{g}'] is {g}, callable(table['len']))
        print([v.__name__ for v in ({g}, max, str, int, list)], (lambda: 1).__name__)
        """)


def reported(d):
    """Numbers and words in columns."""
    (a, b), w = names(d, FIELDS, 2), d.n(6, 14)
    return text(f"""
        width = {w}
        rows = [({d.w()}, {d.n(0, 3000)}, {d.n(0, 99)}.{d.n(1, 99)}), ({d.w()}, {d.n(-40, 40)}, {d.n()}.5), ('{a}', {d.n(-900, 2000000)}, {d.n(1, 4000)} / {d.n(1, 9)})]
        for {a}, {b}, share in rows:
            print(f'{{{a}:<{{width}}}}|{{{b}:>{{width}}}}|{{share:>{{width}}.2f}}|')
            print(f'{{{a}:>10}}{{{b}:8d}}{{share:10.2f}}{{{b}:>8.1f}}{{share:>9.3f}}{{{b}:.2f}}')
            print(f'{{{a}:^12}}|{{{b}:^9}}|{{share:^11.1f}}|{{{b}:<7}}|{{share:<9.2f}}|{{{b}:,}}|{{share:,.2f}}|{{{b}:+}}|{{share:+.1f}}')
            print(f'{{share:.0%}} {{share:.1%}} {{{b}:d}} {{{b}:05d}} {{share:08.2f}} {{{b}:x}} {{{b}:X}} {{{b}:b}} {{{b}:>10,}} {{share:>12,.1f}}')
            print('%-8s %5d %7.2f' % ({a}, {b}, share), '%d%%' % {b}, '%.1f%%' % share, '%s-%02d' % ({a}, {b}), '%04d' % {b}, '%.2f' % share)
            print('%d-%02d-%02d' % ({b}, {d.n(1, 12)}, {d.n(1, 31)}), '%s: %s' % ({a}, share), '%5.1f|%8s|%r' % (share, {a}, {a}))
            print('{{:<8}}|{{:>6}}|{{:8.3f}}'.format({a}, {b}, share), '{{}} of {{}}'.format({b}, {a}), '{{0}} {{1}} {{0}}'.format({a}, {b}), '{{n}}: {{v:.1f}}'.format(n={a}, v=share))
            print(str({b}).rjust(6), {a}.ljust(8, '.'), str(share).zfill(9), {a}.center(11, '*'), format({b}, ',d'), format(share, '.3f'), format({a}, '>8'), round(share, 1))
            print({a}, {b}, share, {d.w()}, sep=', ')
            print({a}, {a}, {d.w()}, {a}, {d.w()}, sep='', end=';\\n')
            print({b}, {b} + 1, {b} * 2, sep='|', end='\\n\\n')
        print('-' * width, '=' * (width + 2), sep='\\n')
        """)


def counted(d):
    """What is counted, grouped, cut and put in order."""
    words = " ".join(d.pick("a", "bc", "dog", "cat", "red", "a", "oak", "x") for _ in range(d.n(4, 9)))
    k = d.n(2, 3)
    return text(f"""
        from collections import Counter, defaultdict, deque
        import heapq
        words = '{words}'.split()
        counts = Counter(words)
        print(counts.most_common(), counts.most_common({k}), counts['a'], counts['none'], len(counts), sum(counts.values()))
        print(counts + Counter(['a', 'z']), counts - Counter({{'a': 1}}), sorted(counts.items()), max(counts, key=counts.get))
        print(Counter([{d.n()}, 1, 1]).most_common(1)[0], Counter('{words[:4]}'), dict(Counter(words)))
        groups = defaultdict(list)
        for word in words:
            groups[len(word)].append(word)
        print(dict(groups), groups[1], groups[9], len(groups), sorted(groups), [groups[n] for n in sorted(groups)])
        tally = defaultdict(int)
        for word in words:
            tally[word] += 1
        print(dict(tally), tally['a'], tally['none'], max(tally.items(), key=lambda pair: pair[1]), max(tally, key=tally.get), tally)
        pairs = [(word, len(word)) for word in words]
        print(dict(pairs), dict([['a', {d.n()}], ['b', 2]]), dict(zip(words, range({k}))), dict(a={d.n()}, b={d.w()}), dict(dict(pairs), c=3))
        queue = deque([{d.n()}, {d.n()}], maxlen={d.n(3, 4)})
        for n in range({d.n(1, 5)}):
            queue.append(n)
        queue.appendleft({d.w()})
        print(queue, queue.popleft(), queue.pop() if queue else None, len(queue), list(queue), {d.n()} in queue, queue[0] if queue else 'none')
        heap = []
        for item in ([{d.n()}, 'b'], [{d.n()}, 'a'], [{d.n()}, 'c']):
            heapq.heappush(heap, item)
        print(heap[0], heapq.heappop(heap), len(heap), heapq.nsmallest(2, [{d.n()}, {d.n()}, {d.n()}]), heapq.nlargest(2, [{d.n()}, {d.n()}, 3]))
        tasks = []
        for n, word in enumerate(words):
            heapq.heappush(tasks, (-len(word), n, word))
        print([heapq.heappop(tasks)[2] for _ in range(len(tasks))])
        rows = [[{d.n()}, {d.n()}], [{d.n()}, {d.n()}], [{d.n()}, {d.n()}]]
        print(list(zip(*rows)), [list(column) for column in zip(*rows)], list(zip(rows[0], rows[1], rows[2], words, words, words)), list(map(max, rows[0], rows[1])))
        print(int('{d.pick('101', '11', '0')}', 2), int('{d.pick('ff', '1F', '7')}', 16), int('{d.pick('zz', '12', 'a')}', 36), int('17', 8), 0x{d.pick('FF', '1f', 'C0FFEE', '10')}, 0b{d.pick('101', '1')}, 0o{d.pick('17', '7')})
        letters = list('abcdefgh')
        letters[::{k}] = ['-'] * len(letters[::{k}])
        letters[1:3] = [{d.w()}]
        del letters[::{k + 1}]
        print(letters, letters[::-1], letters[-{k}:], ''.join(tally.keys()), ' '.join(groups[1]), ','.join(str(n) for n in range({k})))
        print('a.b.c.d'.rsplit('.', {k - 1}), 'a b  c'.rsplit(None, 1), 'one two three'.split(' ', 1), 'abc'.translate(str.maketrans('ab', 'xy')), 'cat'.translate(str.maketrans({{'c': 'b', 't': None}})))
        """)


SCENES = (annotated, passed_on, called, reported, reported, counted, counted)


def programs(rng, count):
    """(name, text) of each program, whether or not an error ends it."""
    order = []
    return trial.programs("staples", count, LIMIT, lambda _: "\n".join(next_scene(rng, SCENES, order)(Draw(rng))) + "\n", ("ended", "raised"))
