# Numbers in other bases, bits, and check digits.

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def to_base(n, base):
    if n < 0:
        return "-" + to_base(-n, base)
    if n < base:
        return DIGITS[n]
    return to_base(n // base, base) + DIGITS[n % base]


def from_base(text, base):
    sign = 1
    if text[0] == "-":
        sign, text = -1, text[1:]
    total = 0
    for c in text.upper():
        digit = DIGITS.find(c)
        if not 0 <= digit < base:
            raise ValueError("no digit of base " + str(base) + ": " + c)
        total = total * base + digit
    return sign * total


print("dec   bin      oct  hex  b36")
for n in (0, 7, 10, 64, 100, 255, -45):
    print(f"{n:<5} {to_base(n, 2):<8} {to_base(n, 8):<4} {to_base(n, 16):<4} {to_base(n, 36)}")
    for base in (2, 3, 8, 16, 36):
        assert from_base(to_base(n, base), base) == n == int(to_base(n, base), base)
print(bin(37), oct(37), hex(37), bin(-5), int("0b101", 0), 0o17, 0xBEEF, 0b1010)
print(from_base("Python", 36), to_base(3 ** 40, 36))

for text, base in (("129", 8), ("zz", 36), ("-1f", 16), ("G", 16)):
    try:
        print(text, base, from_base(text, base))
    except ValueError as e:
        print("bad:", e)

print(6 & 3, 6 | 3, 6 ^ 3, ~6, 1 << 5, 100 >> 3, -100 >> 3)
flags = 0
for bit in (0, 3, 5):
    flags |= 1 << bit
print(flags, [bit for bit in range(8) if flags >> bit & 1], bin(flags).count("1"))
flags &= ~(1 << 3)
flags ^= 0b11
print(f"{flags:08b}")


def gray(n):
    return n ^ (n >> 1)


print(" ".join(f"{gray(n):03b}" for n in range(8)))


def luhn(number):
    total = 0
    for i, c in enumerate(reversed(number)):
        d = int(c)
        if i % 2 == 1:
            d *= 2
            if d > 9:
                d -= 9
        total += d
    return total % 10 == 0


for number in ("79927398713", "79927398710", "4539148803436467"):
    print(number, "valid" if luhn(number) else "invalid")
armstrong = [n for n in range(1, 1000) if sum(int(d) ** len(str(n)) for d in str(n)) == n]
print(armstrong)
