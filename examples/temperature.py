# A week of weather, summed up.

days = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
celsius = [12.5, 15.0, 9.8, 21.3, 18.4, 25.1, 7.6]


def to_fahrenheit(c):
    return c * 9 / 5 + 32


def mean(values):
    return sum(values) / len(values)


def spread(values):
    m = mean(values)
    return (sum([(v - m) ** 2 for v in values]) / len(values)) ** 0.5


print("day   C      F")
for day, c in zip(days, celsius):
    print(day, str(c).rjust(6), str(round(to_fahrenheit(c), 1)).rjust(6))

print("mean", round(mean(celsius), 2), "spread", round(spread(celsius), 2))
warmest = celsius.index(max(celsius))
coldest = celsius.index(min(celsius))
print("warmest", days[warmest], "coldest", days[coldest])

for i in range(len(days)):
    print(days[i], "*" * int(celsius[i]))

changes = []
for i in range(1, len(celsius)):
    changes.append(round(celsius[i] - celsius[i - 1], 1))
print(changes)
print("warm days:", [d for d, c in zip(days, celsius) if c >= 15])
print(any([c > 25 for c in celsius]), all([c > 8 for c in celsius]))
kinds = {"cold": 0, "mild": 0, "warm": 0}
for c in celsius:
    if c < 10:
        kinds["cold"] += 1
    elif c < 20:
        kinds["mild"] += 1
    else:
        kinds["warm"] += 1
print(kinds)
