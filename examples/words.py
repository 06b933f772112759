# Counts words.

text = """It was the best of times, it was the worst of times,
it was the age of wisdom, it was the age of foolishness,
it was the epoch of belief, it was the epoch of incredulity"""

words = []
for line in text.split("\n"):
    for word in line.split():
        words.append(word.strip(",.").lower())
print(len(words), "words,", len(set(words)), "different")

counts = {}
for word in words:
    counts[word] = counts.get(word, 0) + 1

ranking = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
for word, count in ranking[:8]:
    print(word.ljust(8), str(count).rjust(3), "#" * count)

longest = max(counts, key=len)
print("longest:", longest, len(longest))

by_length = {}
for word in counts:
    by_length.setdefault(len(word), []).append(word)
for length in sorted(by_length):
    print(length, ", ".join(sorted(by_length[length])))

letters = {}
for c in text:
    if c.isalpha():
        letters[c.lower()] = letters.get(c.lower(), 0) + 1
print(sorted(letters.items(), key=lambda pair: pair[1], reverse=True)[0])
