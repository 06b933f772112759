# collections.Counter and defaultdict.
from collections import Counter, defaultdict

TEXT = "she sells sea shells on the sea shore the shells she sells are sea shells for sure"

words = Counter(TEXT.split())
print(words.most_common(3))
print(words["sea"], words["mountain"], len(words), sum(words.values()))
letters = Counter(c for c in TEXT if c.isalpha())
print(letters.most_common(4), letters["z"])

first = Counter("mississippi")
second = Counter(m=2, i=1, x=5)
print(first)
print(first + second)
print(first - second)
print(first & second, first | second)
first.subtract("miss")
print(first, sorted(first.elements()))
first.update("xyz")
del first["x"]
print(sorted(first.items()), "x" in first)

groups = defaultdict(list)
for word in words:
    groups[len(word)].append(word)
for length in sorted(groups):
    print(length, groups[length])
print(groups[99], len(groups), dict(groups)[99])

follows = defaultdict(Counter)
tokens = TEXT.split()
for a, b in zip(tokens, tokens[1:]):
    follows[a][b] += 1
for word in ("sea", "she", "the"):
    print(word, "->", dict(follows[word]))

sentence = ["sea"]
while len(sentence) < 8:
    nexts = follows[sentence[-1]]
    if not nexts:
        break
    word = min(nexts, key=lambda w: (-nexts[w], w))
    nexts[word] -= 1
    sentence.append(word)
print(" ".join(sentence))


def tree():
    return defaultdict(tree)


menu = tree()
menu["file"]["open"]["recent"] = 1
menu["edit"]["copy"] = 2
print(list(menu), list(menu["file"]["open"]), menu["edit"]["copy"])
index = defaultdict(set)
for number, line in enumerate(["a b c", "b c", "c d a"]):
    for word in line.split():
        index[word].add(number)
print({word: sorted(lines) for word, lines in sorted(index.items())})
print(Counter(a=1) == Counter({"a": 1}), bool(Counter()), defaultdict(int, {"k": 5}))
