# An election, counted twice: simple majority and instant run-off.
from collections import Counter

BALLOTS = [
    "ABC", "ABC", "ABC", "ABC",
    "BCA", "BCA", "BCA",
    "CBA", "CBA",
]
NAMES = {"A": "Adams", "B": "Brown", "C": "Clark"}


def first_choices(ballots):
    counts = Counter()
    for ballot in ballots:
        if ballot:
            counts[ballot[0]] += 1
    return counts


def run_off(ballots):
    number = 1
    while True:
        counts = first_choices(ballots)
        total = sum(counts.values())
        print("round", number, dict(counts))
        best, votes = counts.most_common(1)[0]
        if votes * 2 > total:
            return best
        worst = min(counts, key=lambda c: (counts[c], c))
        print("  out:", NAMES[worst])
        ballots = [ballot.replace(worst, "") for ballot in ballots]
        number += 1


def beats(ballots, a, b):
    before = 0
    for ballot in ballots:
        if ballot.index(a) < ballot.index(b):
            before += 1
    return before * 2 > len(ballots)


counts = first_choices(BALLOTS)
print("first choices:", counts)
print("most votes:", NAMES[counts.most_common()[0][0]])
print("run-off winner:", NAMES[run_off(BALLOTS)])
for a in NAMES:
    for b in NAMES:
        if a != b and beats(BALLOTS, a, b):
            print(NAMES[a], "is liked better than", NAMES[b])
points = Counter()
for ballot in BALLOTS:
    for place, candidate in enumerate(ballot):
        points[candidate] += 2 - place
print(points, points["Z"], sorted(points))
