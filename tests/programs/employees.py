"""A firm: inheritance, class methods, multiple inheritance, class attributes."""


class Person:
    population = 0
    _names: dict = {}

    def __new__(cls, name, *args, **kwargs):
        cls.population += 1
        return super().__new__(cls)

    def __init__(self, name: str, year: int) -> None:
        self.name = name
        self.year = year
        Person._names[name] = self

    def age(self, now: int = 2024) -> int:
        return now - self.year

    @classmethod
    def find(cls, name):
        found = cls._names.get(name)
        return found if isinstance(found, cls) else None

    def __str__(self):
        return f"{self.name} ({self.age()})"


class Employee(Person):
    raise_factor = 1.05

    def __init__(self, name, year, salary):
        super().__init__(name, year)
        self.salary = salary

    @classmethod
    def from_text(cls, text):
        name, year, salary = text.split(",")
        return cls(name.strip(), int(year), float(salary))

    @staticmethod
    def is_weekend(day):
        return day.lower()[:2] in ("sa", "su")

    def give_raise(self):
        self.salary = round(self.salary * self.raise_factor, 2)
        return self

    def role(self):
        return "works"


class Coder(Employee):
    raise_factor = 1.1

    def __init__(self, name, year, salary, *languages):
        super().__init__(name, year, salary)
        self.languages = set(languages)

    def role(self):
        return super().role() + ", writes " + "/".join(sorted(self.languages) or ["nothing"])


class Manager(Employee):
    def __init__(self, name, year, salary, team=None):
        super().__init__(name, year, salary)
        self.team = list(team or [])

    def role(self):
        return super().role() + f", leads {len(self.team)}"

    def __iadd__(self, other):
        if other not in self.team:
            self.team.append(other)
        return self

    def cost(self):
        return self.salary + sum(m.cost() if isinstance(m, Manager) else m.salary for m in self.team)


class Lead(Coder, Manager):
    def __init__(self, name, year, salary, *languages):
        Coder.__init__(self, name, year, salary, *languages)
        self.team = []

    def role(self):
        return super().role() + ", and talks"


ann = Coder("Ann", 1990, 5000, "Rust", "C")
bob = Employee.from_text("Bob, 1985, 3000")
cy = Coder.from_text("Cy, 2000, 2500.5")
dee = Lead("Dee", 1979, 6000, "Python")
print(dee.role())
print([c.__name__ for c in Lead.__mro__])
eve = Manager("Eve", 1970, 8000, [ann])
eve += bob
eve += bob
boss = Manager("Flo", 1965, 10000)
boss += eve
boss += cy
for person in (ann, bob, cy, eve, boss):
    print(f"{person!s:<10} {type(person).__name__:<9} {person.role()}")
print(boss.cost(), eve.cost())
print(ann.give_raise().salary, bob.give_raise().salary, eve.give_raise().give_raise().salary)
ann.raise_factor = 2
print(ann.give_raise().salary, Coder.raise_factor, "raise_factor" in vars(ann), "raise_factor" in vars(cy))
Employee.raise_factor = 1
print(bob.give_raise().salary, cy.give_raise().salary)
print(Person.find("Bob"), Manager.find("Bob"), Coder.find("Cy"), Person.find("Zed"))
print(Employee.is_weekend("Sunday"), boss.is_weekend("Monday"), Person.population, Coder.population)
print(ann.__class__ is Coder, type(eve) == Manager, callable(ann.role), getattr(cy, "team", "no team"))
print(sorted((p.name for p in Person._names.values()), reverse=True))
