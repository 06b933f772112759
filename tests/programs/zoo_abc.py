"""Abstract classes and protocols."""

from abc import ABC, abstractmethod


class Animal(ABC):
    kinds = []

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        Animal.kinds.append(cls.__name__)

    def __init__(self, name):
        self.name = name

    @abstractmethod
    def sound(self):
        """What it says."""

    @property
    @abstractmethod
    def legs(self):
        ...

    def speak(self, times=1):
        return f"{self.name} says {' '.join([self.sound()] * times)}"


class Cat(Animal):
    legs = 4

    def sound(self):
        return "meow"


class Bird(Animal):
    legs = 2

    def sound(self):
        return "tweet"

    def fly(self):
        return self.name + " flies"


class Parrot(Bird):
    def __init__(self, name, *phrases):
        super().__init__(name)
        self.phrases = list(phrases)

    def sound(self):
        return self.phrases.pop(0) if self.phrases else super().sound()


class Swimmer:
    def swim(self):
        return f"{self.name} swims on {self.legs} legs"


class Duck(Swimmer, Bird):
    def sound(self):
        return "quack"


class Snake(Animal):
    def sound(self):
        return "hiss"


zoo = [Cat("Tom"), Bird("Tweety"), Parrot("Polly", "hello", "cracker"), Duck("Donald")]
for animal in zoo:
    print(animal.speak(3), f"({animal.legs} legs)")
for animal in zoo:
    abilities = [name for name in ("fly", "swim", "speak") if hasattr(animal, name)]
    print(type(animal).__name__.ljust(8), abilities)
print(zoo[3].swim(), "/", zoo[3].fly(), "/", Animal.kinds)
for cls in (Animal, Snake):
    try:
        cls("x")
    except TypeError as error:
        print("TypeError:", str(error).split(" with ")[0])
print(issubclass(Duck, Animal), isinstance(zoo[0], Swimmer), Animal.sound.__doc__)
print([c.__name__ for c in Duck.__mro__[:4]], sum(a.legs for a in zoo))


class Rope:
    def __len__(self):
        return 7

    def speak(self):
        return "creak"


for thing in (zoo[0], Rope(), "text", 42):
    try:
        print(thing.speak())
    except AttributeError as error:
        print("AttributeError:", error)
print(len(Rope()), bool(Rope()))
