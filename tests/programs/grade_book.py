# Marks of a class, kept in nested dictionaries.

book = {
    "Ana": {"maths": [5, 4, 5], "music": [3, 4]},
    "Ben": {"maths": [2, 3, 3], "music": [5, 5]},
    "Cleo": {"maths": [4, 4], "music": []},
}


def average(marks):
    if not marks:
        return None
    return round(sum(marks) / len(marks), 2)


def add_mark(name, subject, *marks):
    book.setdefault(name, {}).setdefault(subject, []).extend(marks)


def report(title="Report", /, *, width=24, line="-"):
    print(title.center(width, line))
    for name in sorted(book):
        for subject, marks in sorted(book[name].items()):
            mean = average(marks)
            text = "no marks" if mean is None else f"{mean:.2f}"
            print(f"{name:<6}{subject:<8}{text:>{width - 14}}")
    print(line * width)


report()
add_mark("Cleo", "music", 5)
add_mark("Dan", "maths", 1, 2)
add_mark("Dan", "sport", *[5] * 3)
report("After", width=30, line="=")

by_subject = {}
for name, subjects in book.items():
    for subject, marks in subjects.items():
        if mean := average(marks):
            by_subject.setdefault(subject, {})[name] = mean
for subject, means in by_subject.items():
    best = max(means, key=means.get)
    print(subject, "best:", best, means[best], "all:", means)

ranking = sorted(book, key=lambda name: -sum(sum(m) for m in book[name].values()))
print("most points:", " > ".join(ranking))
passed, failed = [], []
for name in book:
    (passed if average(book[name]["maths"]) >= 3 else failed).append(name)
print("passed:", passed, "failed:", failed)

moved = book.pop("Ben")
print(moved, "Ben" in book, book.get("Ben", "gone"))
del book["Ana"]["music"]
book["Ana"].update(maths=[5], art=[4])
print(book)
merged = {**{"x": 1, "y": 2}, "y": 3} | {"z": 4}
print(merged, dict(zip("abc", range(3))), {v: k for k, v in merged.items()})
print(list(book.keys())[0], len(book.values()), ("Dan", 1) in book.items())
first, *others = book
print(first, others, dict.fromkeys(["a", "b"], 0))
print(book["Ben"]["maths"])
