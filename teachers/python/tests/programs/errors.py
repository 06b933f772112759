def over():
    try:
        return "try"
    finally:
        return "finally"


def swallow():
    for i in range(3):
        try:
            raise ValueError(i)
        finally:
            if i == 1:
                break
            continue
    return "swallowed"


def chain():
    try:
        try:
            1 / 0
        except ZeroDivisionError as e:
            raise KeyError("second") from e
    except KeyError as e:
        return type(e.__cause__).__name__, type(e.__context__).__name__


def again():
    try:
        [][1]
    except IndexError:
        try:
            raise
        except IndexError as e:
            return str(e)


class Guard:
    def __init__(self, quiet):
        self.quiet = quiet

    def __enter__(self):
        print("enter")
        return self

    def __exit__(self, kind, error, trace):
        print("exit", kind and kind.__name__, error)
        return self.quiet


def with_return():
    with Guard(False) as g:
        return g.quiet


def with_loop():
    for i in range(3):
        with Guard(True), Guard(False) as inner:
            if i == 0:
                continue
            if i == 1:
                raise ValueError("in with")
            break
    return i


class Odd(Exception):
    def __init__(self, a, b):
        super().__init__(f"{a}-{b}")
        self.a = a


class Strange(Exception):
    def __str__(self):
        return "strange " + repr(self.args)


print(over(), swallow(), chain(), again())
print(with_return(), with_loop())
try:
    raise Odd(1, 2)
except (KeyError, Odd) as e:
    print(e, e.a, repr(e))
try:
    raise Strange(1)
except Strange as e:
    print(e)
try:
    e
except NameError as n:
    print(n)
import sys


def info():
    try:
        raise ValueError("x")
    except ValueError:
        print(sys.exc_info()[1])
    print(sys.exc_info())
    try:
        pass
    finally:
        print(sys.exc_info())


info()


def deep(n):
    return deep(n + 1)


try:
    deep(0)
except RecursionError as e:
    print("deep", str(e)[:32])


def count_down(n):
    return 0 if n == 0 else 1 + count_down(n - 1)


print(count_down(900))
try:
    print(sorted([3, "a", 1], key=lambda v: v + 1))
except TypeError as e:
    print(e)


class Prop:
    @property
    def bad(self):
        raise AttributeError("hidden")

    def __getattr__(self, name):
        return "fallback " + name


print(Prop().bad, hasattr(Prop(), "x"))


class Quiet:
    @property
    def bad(self):
        raise AttributeError("hidden")


print(hasattr(Quiet(), "bad"), getattr(Quiet(), "bad", "default"))
p = {1, 2}
try:
    p.update([3, []])
except TypeError as e:
    print(e, len(p))
try:
    xs = [3, 1, "b", 2]
    xs.sort()
except TypeError:
    print(xs)
else:
    print("no")
finally:
    print("finally")
assert p, "never"
assert not p, f"always {len(p)}"
