from contextlib import ExitStack, closing, contextmanager, suppress
import io


@contextmanager
def tag(name, out):
    out.append(f"<{name}>")
    try:
        yield name.upper()
    finally:
        out.append(f"</{name}>")


@contextmanager
def guarded(*kinds):
    try:
        yield
    except kinds as error:
        print("guarded against", type(error).__name__, error)


@contextmanager
def indented(prefix="  "):
    lines = []
    yield lines.append
    for line in lines:
        print(prefix + line)


class Door:
    opened = 0

    def __init__(self, number):
        self.number = number
        Door.opened += 1

    def close(self):
        Door.opened -= 1
        print("door", self.number, "closed")


out = []
with tag("html", out):
    with tag("body", out) as name, tag("p", out):
        out.append(name)
print("".join(out))

with guarded(ZeroDivisionError, KeyError):
    print({}["a"])
with guarded(ValueError):
    print("nothing wrong")
try:
    with guarded(ValueError):
        [].pop()
except IndexError as error:
    print("not guarded:", error)

with suppress(FileNotFoundError, IndexError):
    print([1, 2][5])
    print("not printed")
with indented("* ") as say:
    say("one")
    say("two")
with closing(Door(1)) as door:
    print("through door", door.number, Door.opened)

with ExitStack() as stack:
    doors = [stack.enter_context(closing(Door(n))) for n in (2, 3)]
    stack.callback(print, "callback first")
    print(Door.opened, "doors open")
print(Door.opened)

buffer = io.StringIO()
print("into the buffer", 1, 2, file=buffer, sep="-")
buffer.write("more\n")
print(buffer.getvalue().splitlines(), len(buffer.getvalue()))
for number, line in enumerate(io.StringIO("a\nb\n\nc")):
    print(number, repr(line))


@contextmanager
def broken():
    print("before")
    yield
    print("never after an error")


with broken():
    raise RuntimeError("not handled")
