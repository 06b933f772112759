# A calendar page and sums with dates, all by hand.

MONTHS = ["January", "February", "March", "April", "May", "June", "July",
          "August", "September", "October", "November", "December"]
DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]


def leap(year):
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def length(year, month):
    if month == 2:
        return 29 if leap(year) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def day_number(year, month, day):
    """Days since the first of January of the year 1."""
    years = year - 1
    number = years * 365 + years // 4 - years // 100 + years // 400
    for m in range(1, month):
        number += length(year, m)
    return number + day - 1


def weekday(year, month, day):
    return day_number(year, month, day) % 7


def page(year, month):
    lines = [f"{MONTHS[month - 1]} {year}".center(27), " ".join(DAYS)]
    row = ["   "] * weekday(year, month, 1)
    for day in range(1, length(year, month) + 1):
        row.append(f"{day:3}")
        if len(row) == 7:
            lines.append(" ".join(row))
            row = []
    if row:
        lines.append(" ".join(row))
    return "\n".join(lines)


def later(date, days):
    year, month, day = date
    day += days
    while day > length(year, month):
        day -= length(year, month)
        month += 1
        if month > 12:
            year, month = year + 1, 1
    return year, month, day


def iso(date):
    return "%04d-%02d-%02d" % date


print(page(2024, 2))
print(page(1999, 12))
print([year for year in range(1890, 1921) if leap(year)])
for date in [(1969, 7, 20), (2000, 1, 1), (1900, 3, 1), (2023, 10, 9)]:
    print(iso(date), DAYS[weekday(*date)], day_number(*date))
print("between:", day_number(2024, 3, 1) - day_number(2023, 3, 1), "days")
print(iso(later((2023, 12, 25), 7)), iso(later((2024, 2, 28), 1)), iso(later((2023, 1, 31), 1000)))

unlucky = {}
for year in (2023, 2024, 2025, 2026):
    unlucky[year] = [MONTHS[m - 1][:3] for m in range(1, 13) if DAYS[weekday(year, m, 13)] == "Fri"]
print(unlucky)
