# The oldest cipher, and how to break it by counting letters.

ALPHABET = "abcdefghijklmnopqrstuvwxyz"


def shift(text, by):
    result = ""
    for letter in text:
        if letter.islower():
            result += ALPHABET[(ALPHABET.index(letter) + by) % 26]
        elif letter.isupper():
            result += ALPHABET[(ALPHABET.index(letter.lower()) + by) % 26].upper()
        else:
            result += letter
    return result


def shift_by_code(text, by):
    out = []
    for c in text:
        if "a" <= c <= "z":
            out.append(chr((ord(c) - ord("a") + by) % 26 + ord("a")))
        elif "A" <= c <= "Z":
            out.append(chr((ord(c) - ord("A") + by) % 26 + ord("A")))
        else:
            out.append(c)
    return "".join(out)


def break_it(text):
    """Believes that the commonest letter stands for e."""
    counts = {}
    for letter in text.lower():
        if letter in ALPHABET:
            counts[letter] = counts.get(letter, 0) + 1
    commonest = max(counts, key=lambda letter: (counts[letter], letter))
    by = (ALPHABET.index(commonest) - ALPHABET.index("e")) % 26
    return by, shift(text, -by)


message = "Meet me here when the evening bells have ended, Peter!"
for by in (1, 3, 13, 25):
    secret = shift(message, by)
    print(by, secret)
    assert secret == shift_by_code(message, by)
    assert shift(secret, -by) == message

secret = shift(message, 17)
by, plain = break_it(secret)
print("broken with", by, "->", plain)
print(shift("xyz ABC", 3), shift("xyz ABC", 29), shift("xyz ABC", -23))

print("All shifts of 'egg':")
row = []
for by in range(26):
    row.append(shift("egg", by))
    if len(row) == 6:
        print("  " + " ".join(row))
        row = []
print("  " + " ".join(row))
