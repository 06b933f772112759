# Vectors with special methods, and a little physics.


class Vector:
    __slots__ = ("x", "y")

    def __init__(self, x=0, y=0):
        self.x = x
        self.y = y

    def __repr__(self):
        return f"{self.__class__.__name__}({self.x!r}, {self.y!r})"

    def __add__(self, other):
        if not isinstance(other, Vector):
            return NotImplemented
        return Vector(self.x + other.x, self.y + other.y)

    def __sub__(self, other):
        return Vector(self.x - other.x, self.y - other.y)

    def __mul__(self, factor):
        if isinstance(factor, (int, float)):
            return Vector(self.x * factor, self.y * factor)
        return NotImplemented

    def __rmul__(self, factor):
        return self * factor

    def __matmul__(self, other):
        return self.x * other.x + self.y * other.y

    def __iadd__(self, other):
        self.x += other.x
        self.y += other.y
        return self

    def __eq__(self, other):
        return isinstance(other, Vector) and self.x == other.x and self.y == other.y

    def __getitem__(self, index):
        return (self.x, self.y)[index]

    def __setitem__(self, index, value):
        if index == 0:
            self.x = value
        elif index == 1:
            self.y = value
        else:
            raise IndexError(f"a vector has no component {index}")

    def __len__(self):
        return 2

    def __abs__(self):
        return (self.x ** 2 + self.y ** 2) ** 0.5

    def __bool__(self):
        return self.x != 0 or self.y != 0

    def __call__(self, scale):
        return self * scale

    def __format__(self, spec):
        return "<" + format(self.x, spec) + " " + format(self.y, spec) + ">"


a, b = Vector(3, 4), Vector(1, -2)
print(a + b, a - b, a * 2, 0.5 * b, a @ b, abs(a))
print(a == Vector(3, 4), a != b, a == (3, 4), bool(Vector()), len(a), list(a))
x, y = a
print(x, y, a[0], a[-1], a(10), f"{a:.1f} {b:>4}")
for wrong in (lambda: a + 1, lambda: a * "2", lambda: a < b, lambda: hash(a)):
    try:
        print(wrong())
    except TypeError as error:
        print("TypeError:", str(error)[:40])

same = a
a += b
print(a, same, same is a)
a[1] = 7
try:
    a[2] = 1
except IndexError as error:
    print(error)
try:
    a.z = 1
except AttributeError:
    print("no room for z")

position, velocity, gravity = Vector(0, 0), Vector(2, 5), Vector(0, -1)
path = []
while position.y >= 0:
    path.append((position.x, position.y))
    position = position + velocity
    velocity = velocity + gravity
print("flight:", path)
highest = max(y for _, y in path)
for level in range(highest, -1, -3):
    marks = {x for x, y in path if y // 3 == level // 3}
    print("".join("*" if x in marks else " " for x in range(25)).rstrip() or ".")
print(sum([Vector(1, 1), Vector(2, 2)], Vector()))
