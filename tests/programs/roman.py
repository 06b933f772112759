# Roman numerals, there and back again.

VALUES = [
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"),
    (100, "C"), (90, "XC"), (50, "L"), (40, "XL"),
    (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
]


def to_roman(number):
    if not 0 < number < 4000:
        raise ValueError(f"{number} cannot be written in Roman numerals")
    result = ""
    for value, letters in VALUES:
        while number >= value:
            result += letters
            number -= value
    return result


def from_roman(text):
    worth = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100, "D": 500, "M": 1000}
    total = 0
    previous = 0
    for letter in reversed(text):
        value = worth[letter]
        if value < previous:
            total -= value
        else:
            total += value
            previous = value
    return total


for number in [1, 4, 9, 14, 40, 44, 90, 99, 400, 444, 1066, 1492, 1999, 2024, 3999]:
    roman = to_roman(number)
    print(number, roman, from_roman(roman))

wrong = [n for n in range(1, 4000) if from_roman(to_roman(n)) != n]
print("wrong:", wrong)
longest = max(range(1, 4000), key=lambda n: len(to_roman(n)))
print("the longest is", longest, to_roman(longest))

for bad in (0, -3, 4000):
    try:
        print(to_roman(bad))
    except ValueError as problem:
        print("error:", problem)
try:
    from_roman("MMXQ")
except KeyError as problem:
    print("unknown letter:", problem)

print(to_roman(from_roman("XIV") + from_roman("XXVIII")))
