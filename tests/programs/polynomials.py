"""Polynomials as lists of coefficients, lowest first."""


def trim(p):
    while p and p[-1] == 0:
        p = p[:-1]
    return p


def add(p, q):
    if len(p) < len(q):
        p, q = q, p
    return trim([a + b for a, b in zip(p, q)] + p[len(q):])


def scale(p, factor):
    return trim([a * factor for a in p])


def multiply(p, q):
    if not p or not q:
        return []
    result = [0] * (len(p) + len(q) - 1)
    for i, a in enumerate(p):
        for j, b in enumerate(q):
            result[i + j] += a * b
    return result


def divide(p, q):
    quotient = [0] * max(0, len(p) - len(q) + 1)
    rest = list(p)
    while len(rest) >= len(q):
        factor = rest[-1] // q[-1]
        shift = len(rest) - len(q)
        quotient[shift] = factor
        rest = add(rest, scale([0] * shift + q, -factor))
    return quotient, rest


def value(p, x):
    result = 0
    for a in reversed(p):
        result = result * x + a
    return result


def derivative(p):
    return [i * a for i, a in enumerate(p)][1:]


def written(p):
    if not p:
        return "0"
    text = ""
    for power in range(len(p) - 1, -1, -1):
        a = p[power]
        if a == 0:
            continue
        sign = "-" if a < 0 else "+"
        number = "" if abs(a) == 1 and power > 0 else str(abs(a))
        x = {0: "", 1: "x"}.get(power, f"x^{power}")
        text += f" {sign} {number}{x}"
    if text.startswith(" + "):
        return text[3:]
    return "-" + text[3:]


p = [-6, 11, -6, 1]
q = [-1, 1]
print("p =", written(p))
print("q =", written(q))
print("p + q =", written(add(p, q)))
print("p - q =", written(add(p, scale(q, -1))))
print("p * q =", written(multiply(p, q)))
quotient, rest = divide(p, q)
print("p / q =", written(quotient), "rest", written(rest))
quotient, rest = divide([1, 0, 0, 0, 1], [1, 1])
print("(x^4 + 1) / (x + 1) =", written(quotient), "rest", written(rest))
print("p' =", written(derivative(p)), "p'' =", written(derivative(derivative(p))))
print("values:", [value(p, x) for x in range(-2, 6)])
print("roots:", [x for x in range(-10, 11) if value(p, x) == 0])
square = [1]
for n in range(5):
    print(f"(x + 1)^{n} =", written(square))
    square = multiply(square, [1, 1])
print(written([0, -1]), written([0, 0, -3]), written(add(p, scale(p, -1))))
