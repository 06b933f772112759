# A cipher with a keyword; and a grid of all shifts to look it up by hand.


def is_letter(c):
    return "A" <= c <= "Z"


def vigenere(text, keyword, decrypt=False):
    position = 0
    result = []
    sign = -1 if decrypt else 1
    for c in text.upper():
        if not is_letter(c):
            result.append(c)
            continue
        offset = ord(keyword[position % len(keyword)]) - 65
        result.append(chr((ord(c) - 65 + sign * offset) % 26 + 65))
        position += 1
    return "".join(result)


def in_groups(text, size=5):
    letters = "".join(c for c in text if is_letter(c))
    return " ".join(letters[i:i + size] for i in range(0, len(letters), size))


def coincidences(text):
    """How alike the text is to itself, moved by 1 to 8 letters."""
    letters = [c for c in text if is_letter(c)]
    found = []
    for by in range(1, 9):
        same = sum(1 for a, b in zip(letters, letters[by:]) if a == b)
        found.append((by, same))
    return found


plain = "The ships leave the harbour at dawn. The ships carry salt and the sailors carry songs."
for keyword in ["A", "KEY", "LIGHTHOUSE"]:
    secret = vigenere(plain, keyword)
    print(keyword)
    print("  ", secret)
    print("  ", in_groups(secret))
    back = vigenere(secret, keyword, decrypt=True)
    print("  ", back == plain.upper(), back[:20] + "...")

print("coincidences of KEY:")
for by, same in coincidences(vigenere(plain, "KEY")):
    print(by, "#" * same)

letters = "ABCDEFGH"
print("  | " + " ".join(letters))
print("--+" + "-" * 2 * len(letters))
for row in letters:
    print(row, "| " + " ".join(vigenere(c, row) for c in letters))
