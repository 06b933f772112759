# Shapes: one interface, many answers.

PI = 3.141592653589793


class Shape:
    sides = None

    def __init__(self, name):
        self.name = name

    def area(self):
        raise NotImplementedError(f"{type(self).__name__} has no area")

    def perimeter(self):
        raise NotImplementedError

    def describe(self):
        text = f"{self.name}: area {self.area():.2f}, perimeter {self.perimeter():.2f}"
        if self.sides:
            text += f", {self.sides} sides"
        return text

    def __lt__(self, other):
        return self.area() < other.area()


class Circle(Shape):
    def __init__(self, radius):
        super().__init__("circle")
        self.radius = radius

    def area(self):
        return PI * self.radius ** 2

    def perimeter(self):
        return 2 * PI * self.radius


class Rectangle(Shape):
    sides = 4

    def __init__(self, width, height, name="rectangle"):
        super().__init__(name)
        self.width, self.height = width, height

    def area(self):
        return self.width * self.height

    def perimeter(self):
        return 2 * (self.width + self.height)


class Square(Rectangle):
    def __init__(self, side):
        super().__init__(side, side, name="square")

    def describe(self):
        return super().describe() + " (all alike)"


class Triangle(Shape):
    sides = 3

    def __init__(self, *lengths):
        a, b, c = sorted(lengths)
        if a + b <= c:
            raise ValueError(f"no triangle has sides {a}, {b}, {c}")
        super().__init__("triangle")
        self.lengths = a, b, c

    def perimeter(self):
        return sum(self.lengths)

    def area(self):
        s = self.perimeter() / 2
        product = s
        for length in self.lengths:
            product *= s - length
        return product ** 0.5


class Blob(Shape):
    pass


shapes = [Circle(1.5), Rectangle(3, 4), Square(2), Triangle(3, 5, 4)]
for shape in shapes:
    print(shape.describe())
print("by size:", [shape.name for shape in sorted(shapes)])
print("largest:", max(shapes).name, "smallest:", min(shapes).name)
print(f"together {sum(shape.area() for shape in shapes):.3f}")

for make in (lambda: Triangle(1, 2, 9), lambda: Blob("blob").describe(), lambda: Square()):
    try:
        make()
    except (ValueError, NotImplementedError) as error:
        print(type(error).__name__, "-", error)
    except TypeError:
        print("TypeError")

square = shapes[2]
print([c.__name__ for c in Square.__mro__], Square.__bases__[0].__name__)
print(isinstance(square, Rectangle), issubclass(Circle, Rectangle), square.sides, Circle.sides)
square.width = 10
square.colour = "red"
print(square.area(), square.__dict__)
Shape.sides = "some"
print(Circle.sides, Square.sides, shapes[0].describe())
