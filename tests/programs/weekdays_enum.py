"""Enumerations: days, flags, planets of our own."""

from enum import Enum, Flag, IntEnum, auto, unique


@unique
class Day(Enum):
    MON = 1
    TUE = 2
    WED = 3
    THU = 4
    FRI = 5
    SAT = 6
    SUN = 7

    @property
    def free(self):
        return self in (Day.SAT, Day.SUN)

    def next(self, days=1):
        return Day((self.value - 1 + days) % 7 + 1)

    @classmethod
    def parse(cls, text):
        return cls[text.strip().upper()[:3]]


class Level(IntEnum):
    LOW = 1
    MIDDLE = 5
    HIGH = 10


class Right(Flag):
    READ = auto()
    WRITE = auto()
    RUN = auto()
    ALL = READ | WRITE | RUN


class Coin(Enum):
    PENNY = (1, "copper")
    DIME = (10, "silver")
    CROWN = (250, "gold")

    def __init__(self, worth, metal):
        self.worth = worth
        self.metal = metal

    def __str__(self):
        return f"{self.name.lower()} of {self.metal}"


print(Day.WED, repr(Day.SAT), Day.FRI.name, Day.FRI.value, Day(2), Day["SUN"])
print([day.name for day in Day if day.free], len(Day), Day.SAT.free)
print(Day.parse(" tuesday "), Day.SUN.next(), Day.MON.next(-1), Day.WED.next(10))
print(Day.MON is Day(1), Day.MON == 1, Day.MON in Day, isinstance(Day.TUE, Day))
hours = {Day.MON: 8, Day.SAT: 2}
print({day.name: hours.get(day, 0) for day in list(Day)[:3]}, hours[Day.SAT])

print(Level.HIGH > Level.LOW, Level.MIDDLE + 1, sorted([Level.HIGH, Level.LOW])[0].name, Level(5) == 5, max(Level).name)
mine = Right.READ | Right.RUN
print(Right.READ in mine, Right.WRITE in mine, (mine & Right.WRITE) == Right(0), mine ^ Right.READ == Right.RUN)
print(bool(mine & Right.WRITE), Right.ALL == mine | Right.WRITE, Right.RUN.value)

total = 300
for coin in sorted(Coin, key=lambda coin: -coin.worth):
    times, total = divmod(total, coin.worth)
    if times:
        print(f"{times} x {coin}")
print([str(c) for c in Coin], Coin.DIME.worth)

for wrong in (lambda: Day(8), lambda: Day["XYZ"]):
    try:
        wrong()
    except (ValueError, KeyError) as error:
        print(type(error).__name__, error)
Colour = Enum("Colour", "RED GREEN BLUE")
print([f"{c.name}={c.value}" for c in Colour])


def advice(day):
    match day:
        case Day.SAT | Day.SUN:
            return "sleep"
        case Day.FRI:
            return "nearly there"
        case _:
            return "work"


print({day.name: advice(day) for day in Day})
