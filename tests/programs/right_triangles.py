# Triangles with a right angle and whole sides, with one module.
import math


def triples(limit):
    found = []
    for a in range(1, limit):
        for b in range(a, limit):
            c = math.isqrt(a * a + b * b)
            if c < limit and c * c == a * a + b * b:
                found.append((a, b, c))
    return found


def primitive(triple):
    a, b, c = triple
    return math.gcd(a, b) == 1


all_triples = triples(40)
print(len(all_triples), "triples below 40")
for triple in all_triples:
    if primitive(triple):
        print(triple, "perimeter", sum(triple), "area", triple[0] * triple[1] // 2)

perimeters = {}
for triple in triples(60):
    perimeters.setdefault(sum(triple), []).append(triple)
often = [(p, len(t)) for p, t in perimeters.items() if len(t) > 1]
print(sorted(often))

print(math.sqrt(2), math.pi, math.floor(7.9), math.ceil(7.1))
for a, b in [(3, 4), (1, 1), (5, 12)]:
    print(a, b, math.hypot(a, b), round(math.degrees(math.atan2(a, b)), 2))
print(math.factorial(12) // math.factorial(10), math.comb(5, 2))
