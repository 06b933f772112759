# Properties, setters that check, things computed once.


class Temperature:
    ABSOLUTE_ZERO = -273.15

    def __init__(self, celsius=0.0):
        self.celsius = celsius

    @property
    def celsius(self):
        return self._celsius

    @celsius.setter
    def celsius(self, value):
        if value < self.ABSOLUTE_ZERO:
            raise ValueError(f"{value} is below absolute zero")
        self._celsius = value

    @property
    def fahrenheit(self):
        return self._celsius * 9 / 5 + 32

    @fahrenheit.setter
    def fahrenheit(self, value):
        self.celsius = (value - 32) * 5 / 9

    @classmethod
    def from_kelvin(cls, kelvin):
        return cls(kelvin + cls.ABSOLUTE_ZERO)


class Positive:
    """A descriptor."""

    def __set_name__(self, owner, name):
        self.name = "_" + name

    def __get__(self, instance, owner):
        return self if instance is None else getattr(instance, self.name)

    def __set__(self, instance, value):
        if value <= 0:
            raise ValueError(f"{self.name[1:]} must be positive")
        setattr(instance, self.name, value)


class Box:
    width = Positive()
    height = Positive()

    def __init__(self, width, height):
        self.width = width
        self.height = height

    @property
    def area(self):
        if "_area" not in self.__dict__:
            print("(computing)")
            self._area = self.width * self.height
        return self._area

    @area.deleter
    def area(self):
        self.__dict__.pop("_area", None)


class Lazy:
    def __init__(self, **known):
        self.__dict__.update(known)

    def __getattr__(self, name):
        if name.startswith("no_"):
            raise AttributeError(name)
        return f"<{name}?>"


t = Temperature(25)
print(t.celsius, t.fahrenheit)
t.fahrenheit = 212
print(t.celsius, t.fahrenheit)
print(Temperature.from_kelvin(300).celsius, Temperature().fahrenheit)
for change in (lambda: setattr(t, "celsius", -300), lambda: Temperature.from_kelvin(-1)):
    try:
        change()
    except ValueError as error:
        print("ValueError:", error)
print(round(t.celsius, 2), [round(Temperature(c).fahrenheit) for c in range(-40, 41, 20)])

box = Box(3, 4)
print(box.area, box.area)
box.width = 10
print(box.area)
del box.area
print(box.area)
for size in ((0, 1), (1, -1)):
    try:
        Box(*size)
    except ValueError as error:
        print(error)
try:
    box.area = 5
except AttributeError as error:
    print("AttributeError")
lazy = Lazy(a=1, b=[2])
print(lazy.a, lazy.b, lazy.c, hasattr(lazy, "anything"), hasattr(lazy, "no_thing"), getattr(lazy, "no_x", 9))
lazy.c = "now set"
print(lazy.c, sorted(vars(lazy)))
print(t.kelvin)
