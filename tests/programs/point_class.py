class Point:
    """A point of the plane."""

    def __init__(self, x=0, y=0):
        self.x = x
        self.y = y

    def __str__(self):
        return "(" + str(self.x) + ", " + str(self.y) + ")"

    def __repr__(self):
        return "Point(" + repr(self.x) + ", " + repr(self.y) + ")"

    def __eq__(self, other):
        return self.x == other.x and self.y == other.y

    def __add__(self, other):
        return Point(self.x + other.x, self.y + other.y)

    def moved(self, dx, dy):
        return Point(self.x + dx, self.y + dy)

    def distance(self, other):
        return ((self.x - other.x) ** 2 + (self.y - other.y) ** 2) ** 0.5


origin = Point()
a = Point(3, 4)
b = a.moved(-3, 2)
print(origin, a, b)
print([origin, a, b])
print(a + b, a == Point(3, 4), a == b, a != b, a is a)
print(origin.distance(a), a.distance(a), round(a.distance(b), 3))

corners = [Point(0, 0), Point(4, 0), Point(4, 3), Point(0, 3)]
around = 0
for i in range(len(corners)):
    around += corners[i].distance(corners[i - 1])
print("around:", around)
area = 0
for p, q in zip(corners, corners[1:] + corners[:1]):
    area += p.x * q.y - q.x * p.y
print("area:", area / 2)
centre = Point()
for corner in corners:
    centre = centre + corner
print("centre:", centre.x / 4, centre.y / 4)
a.x = 10
print(a, a.x * a.y)
try:
    print(a.z)
except AttributeError as error:
    print("error:", error)
near = sorted(corners, key=lambda p: p.distance(Point(5, 5)))
print(near[0], near[-1])
print(Point.__name__, Point.__doc__, isinstance(a, Point), isinstance(3, Point))
print(a.distance(5))
