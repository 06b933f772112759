"""decimal and fractions, statistics."""

from decimal import ROUND_HALF_UP, Decimal, getcontext
from fractions import Fraction
import statistics

print(0.1 + 0.2, Decimal("0.1") + Decimal("0.2"), Fraction(1, 10) + Fraction(2, 10))
print(Decimal("1.10") * 3, Decimal(7) / Decimal(3), Decimal("2.50").quantize(Decimal("0.1"), ROUND_HALF_UP))
getcontext().prec = 10
print(Decimal(1) / 7, Decimal(2).sqrt(), Decimal("-3.7") // 1, Decimal("1E+3") + 1)
print(Fraction(3, 4) * Fraction(2, 9), Fraction("0.125"), Fraction(7, -14), Fraction(5), repr(Fraction(1, 3)))
print(Fraction(22, 7) > Fraction(355, 113), float(Fraction(1, 8)), Fraction(17, 5) // 1, Fraction(3.25).limit_denominator(10))


def invoice(lines, tax):
    total = Decimal(0)
    for name, amount, price in lines:
        cost = amount * Decimal(price)
        total += cost
        print(f"{name:<8}{amount:>4} x {price:>6} = {cost:>8}")
    with_tax = (total * (1 + Decimal(tax))).quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    print(f"{'total':<8}{total:>24}")
    print(f"{'taxed':<8}{with_tax:>24}")
    return with_tax


paid = invoice([("apples", 3, "0.40"), ("bread", 1, "2.99"), ("tea", 12, "1.05")], "0.19")
print("each of three pays", (paid / 3).quantize(Decimal("0.01")))


def continued(fraction, limit=10):
    terms = []
    while limit:
        whole = fraction.numerator // fraction.denominator
        terms.append(whole)
        fraction -= whole
        if fraction == 0:
            break
        fraction = 1 / fraction
        limit -= 1
    return terms


def back(terms):
    value = Fraction(terms[-1])
    for term in reversed(terms[:-1]):
        value = term + 1 / value
    return value


for fraction in (Fraction(415, 93), Fraction(31416, 10000)):
    terms = continued(fraction)
    print(fraction, terms, back(terms) == fraction, [str(back(terms[:n])) for n in range(1, len(terms) + 1)])
harmonic = sum(Fraction(1, n) for n in range(1, 13))
print(harmonic, round(float(harmonic), 6), harmonic.denominator % 11)

data = [2, 4, 4, 4, 5, 5, 7, 9]
print(statistics.mean(data), statistics.median(data), statistics.mode(data), statistics.pstdev(data))
print(statistics.mean([Fraction(1, 2), Fraction(1, 3)]), statistics.median_low([1, 2, 3, 4]), round(statistics.stdev(data), 3))
