"""A week of weather, with annotations and a main function."""
from typing import Dict, List, NamedTuple, Tuple


class Reading(NamedTuple):
    day: str
    low: float
    high: float
    rain: float = 0.0


def parse(line: str) -> Reading:
    day, low, high, *rain = line.split()
    return Reading(day, float(low), float(high), *(float(r) for r in rain))


def bar(reading: Reading, scale: int = 2) -> str:
    start = int(reading.low * scale)
    length = int((reading.high - reading.low) * scale)
    return " " * start + "=" * length


def extremes(readings: List[Reading]) -> Tuple[Reading, Reading]:
    return min(readings, key=lambda r: r.low), max(readings, key=lambda r: r.high)


def summary(readings: List[Reading]) -> Dict[str, float]:
    n: int = len(readings)
    result: Dict[str, float] = {}
    result["mean low"] = round(sum(r.low for r in readings) / n, 1)
    result["mean high"] = round(sum(r.high for r in readings) / n, 1)
    result["rain"] = sum(r.rain for r in readings)
    return result


def main() -> None:
    lines = ["Mon 4.5 11 2.5", "Tue 6 13.5", "Wed 7.5 9 12", "Thu 3 8.5 0.5", "Fri 2.5 10", "Sat 5 15.5", "Sun 8 14"]
    readings = [parse(line) for line in lines]
    for reading in readings:
        print(f"{reading.day} |{bar(reading):<32}| {reading.rain:>4}")
    cold, warm = extremes(readings)
    print(f"coldest {cold.day} with {cold.low}, warmest {warm.day} with {warm.high}")
    for name, value in summary(readings).items():
        print(f"{name:.<12}{value:.>8.1f}")
    dry = [r.day for r in readings if not r.rain]
    print("dry:", ", ".join(dry), "- longest day name:", max(dry, key=len))
    print(readings[1], readings[0] == ("Mon", 4.5, 11.0, 2.5))
    print("rising:", [b.day for a, b in zip(readings, readings[1:]) if a.high < b.high])


if __name__ == "__main__":
    main()
