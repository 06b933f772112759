# Run-length encoding of texts and of pictures.


def encode(text):
    result = ""
    i = 0
    while i < len(text):
        j = i
        while j < len(text) and text[j] == text[i]:
            j += 1
        count = j - i
        result += (str(count) if count > 1 else "") + text[i]
        i = j
    return result


def decode(code):
    result = ""
    number = ""
    for c in code:
        if c.isdigit():
            number += c
        else:
            result += c * int(number or 1)
            number = ""
    return result


def runs(items):
    """The same for anything, as pairs."""
    pairs = []
    for item in items:
        if pairs and pairs[-1][0] == item:
            pairs[-1][1] += 1
        else:
            pairs.append([item, 1])
    return [tuple(pair) for pair in pairs]


for text in ["", "a", "aaa", "abc", "aabcccccaaa", "WWWWWWWWWWWWBWWWW", "mississippi"]:
    code = encode(text)
    print(repr(text), "->", repr(code), decode(code) == text)
    if text:
        print("    saved", len(text) - len(code), "of", len(text), f"({1 - len(code) / len(text):.0%})")

print(runs([1, 1, 2, 3, 3, 3]))
print(runs("hello"), runs([]))
print(runs([True, True, None, None, 0.5]))

picture = [
    "....####....",
    "..##....##..",
    ".#..o..o..#.",
    ".#........#.",
    "..##.--.##..",
    "....####....",
]
packed = "/".join(encode(line) for line in picture)
print(packed, len(packed), "of", sum(map(len, picture)))
for line in packed.split("/"):
    print(decode(line).replace(".", " "))

# Look and say: every line reads the one before aloud.
line = "1"
for _ in range(8):
    print(line)
    line = "".join(str(count) + digit for digit, count in runs(line))
