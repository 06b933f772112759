# Tables with aligned columns, made in several ways.

ROWS = [
    ("Bolt", 120, 0.05, True),
    ("Gear wheel", 8, 12.5, True),
    ("Spring", 45, 1.999, False),
    ("Nut", 1250, 0.0349, True),
]


def cell(value):
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:.2f}"
    return str(value)


def widths(rows):
    return [max(len(cell(row[i])) for row in rows) for i in range(len(rows[0]))]


def table(header, rows):
    sizes = widths([header] + rows)
    line = "+" + "+".join("-" * (size + 2) for size in sizes) + "+"
    out = [line]
    for number, row in enumerate([header] + rows):
        parts = []
        for value, size in zip(row, sizes):
            text = cell(value)
            if isinstance(value, (int, float)) and not isinstance(value, bool):
                parts.append(text.rjust(size))
            else:
                parts.append(text.ljust(size))
        out.append("| " + " | ".join(parts) + " |")
        if number == 0:
            out.append(line.replace("-", "="))
    out.append(line)
    return "\n".join(out)


print(table(("name", "count", "price", "stock"), ROWS))

print("%-12s|%8s|%10s" % ("name", "count", "worth"))
for name, count, price, _ in ROWS:
    print("%-12s|%8d|%10.3f" % (name, count, count * price))

for name, count, price, in_stock in ROWS:
    print("{0:.<14}{1:.>6}{2:>+9.1f}".format(name, count, price * count))

print("{:^30}".format("centred"), "{:*^30}".format(" stars "), sep="\n")
for n in (1, 42, 1000000):
    print(f"{n:>10}|{n:<10}|{n:^10}|{n:010}|{n:+}|{n:,}")
for x in (3.14159, 1e10, 0.000012, -2.5):
    print(f"{x:.3f} {x:10.2f} {x:e} {x:g} {x:.1%}")
print(f"{'tab':>{10}} {255:#x} {255:#o} {255:b} {5:03d} {'abcdef':.3}")
name = "Nut"
print(f"{name!r:>8} {name=} {{braces}} {1 + 1} {'nested ' + name}")
print("{first} and {second}; {first}".format(first="one", second="two"))
print("%s has %d%% of %r" % ("He", 75, "all"), "%05.1f" % 3.14159, "%x" % 255)
print("a\tb\tc".expandtabs(6), "|".join(["x"] * 4), "1,2,,3".split(","))
