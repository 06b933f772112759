# Counting words, letters and lengths of a short text.

TEXT = """The fox crossed the yard, and the dog saw the fox.
"A fox!" barked the dog; but the fox was gone.
Was it the fox? Was it a shadow? The dog could not say."""


def words_of(text):
    words = []
    for word in text.split():
        word = word.strip('.,;:!?"').lower()
        if word:
            words.append(word)
    return words


def tally(items):
    counts = {}
    for item in items:
        if item not in counts:
            counts[item] = 0
        counts[item] += 1
    return counts


words = words_of(TEXT)
print(len(TEXT), "characters,", len(words), "words,", len(TEXT.splitlines()), "lines")

counts = tally(words)
for word, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:8]:
    print(f"{word:<8}{count:>3} {'*' * count}")

lengths = tally(len(word) for word in words)
for length in sorted(lengths):
    print(length, lengths[length])

by_letter = {}
for word in counts:
    by_letter.setdefault(word[0], []).append(word)
for letter, group in sorted(by_letter.items()):
    print(letter, "->", ", ".join(sorted(group)))

once = [word for word in counts if counts[word] == 1]
print("only once:", once)
print("longest:", max(words, key=len))
print("average: %.2f" % (sum(map(len, words)) / len(words)))
for number, line in enumerate(TEXT.splitlines(), start=1):
    print("%d: %d words, %s" % (number, len(line.split()), line[:15].title()))
print("capitals:", "".join(c for c in TEXT if c.isupper()))
