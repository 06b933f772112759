import math
from math import pi, sqrt


def heron(a, b, c):
    s = (a + b + c) / 2
    return sqrt(s * (s - a) * (s - b) * (s - c))


def polygon_area(points):
    total = 0
    for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1]):
        total += x1 * y2 - x2 * y1
    return abs(total) / 2


def cross(o, a, b):
    return (a[0] - o[0]) * (b[1] - o[1]) - (a[1] - o[1]) * (b[0] - o[0])


def hull(points):
    points = sorted(set(points))

    def half(points):
        chain = []
        for p in points:
            while len(chain) >= 2 and cross(chain[-2], chain[-1], p) <= 0:
                chain.pop()
            chain.append(p)
        return chain

    return half(points)[:-1] + half(points[::-1])[:-1]


def solve_quadratic(a, b, c):
    d = b * b - 4 * a * c
    if d < 0:
        return ()
    if d == 0:
        return (-b / (2 * a),)
    return tuple(sorted([(-b - sqrt(d)) / (2 * a), (-b + sqrt(d)) / (2 * a)]))


print("heron:", heron(3, 4, 5), round(heron(2, 2, 3), 4))
print("circle:", f"{pi * 2 ** 2:.5f}", round(math.tau, 3))
square = [(0, 0), (4, 0), (4, 4), (0, 4)]
print("area:", polygon_area(square), polygon_area([(0, 0), (3, 0), (0, 4)]))
points = square + [(1, 1), (2, 3), (2, 0), (3, 2), (5, 2)]
print("hull:", hull(points), polygon_area(hull(points)))

for degrees in range(0, 181, 45):
    angle = math.radians(degrees)
    print(f"{degrees:>4}  sin {math.sin(angle):6.3f}  cos {math.cos(angle) + 0.0:6.3f}")

print(math.floor(-2.5), math.ceil(-2.5), math.trunc(-2.5), round(-2.5), round(3.5), int(-2.9))
print(math.gcd(48, 36), math.lcm(4, 6), math.factorial(10), math.comb(10, 3), math.perm(5, 2), math.isqrt(99))
print(math.hypot(3, 4), math.dist((1, 1), (4, 5)), math.prod([1, 2, 3, 4]), math.fsum([0.1] * 10), sum([0.1] * 10))
print(math.log(math.e), math.log2(1024), math.log10(1000), math.exp(0), math.pow(2, 10))
print(math.inf > 10 ** 100, math.isnan(math.nan), math.isclose(0.1 + 0.2, 0.3), math.copysign(3, -0.0))
print(math.degrees(pi), round(math.atan2(1, 1), 4), math.fmod(-7, 3), -7 % 3, divmod(7.5, 2))
for a, b, c in ((1, -3, 2), (1, 2, 1), (1, 0, 1)):
    print((a, b, c), "->", solve_quadratic(a, b, c))

inside = 0
n = 60
for i in range(n):
    for j in range(n):
        if math.hypot((i + 0.5) / n, (j + 0.5) / n) <= 1:
            inside += 1
print("pi is about", 4 * inside / n ** 2)
try:
    math.sqrt(-1)
except ValueError as error:
    print("ValueError:", error)
math.log(0)
