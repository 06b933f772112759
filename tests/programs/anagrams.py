# Words with the same letters, words in words, word ladders.

WORDS = """listen silent enlist google elgoog tinsel cat act tac dog god care race
acre cold cord card ward warm word lord load goad gold bold""".split()


def key(word):
    return "".join(sorted(word))


def groups(words):
    table = {}
    for word in words:
        table.setdefault(key(word), []).append(word)
    return {k: sorted(v) for k, v in table.items() if len(v) > 1}


def permutations(text):
    if len(text) <= 1:
        return [text]
    result = []
    for i in range(len(text)):
        for rest in permutations(text[:i] + text[i + 1:]):
            word = text[i] + rest
            if word not in result:
                result.append(word)
    return result


def differs_by_one(a, b):
    return len(a) == len(b) and sum(x != y for x, y in zip(a, b)) == 1


def ladder(start, goal, words):
    paths = [[start]]
    seen = {start}
    while paths:
        path = paths.pop(0)
        if path[-1] == goal:
            return path
        for word in sorted(words):
            if word not in seen and differs_by_one(path[-1], word):
                seen.add(word)
                paths.append(path + [word])
    return []


def can_write(word, letters):
    letters = list(letters)
    for c in word:
        if c in letters:
            letters.remove(c)
        else:
            return False
    return True


print(len(WORDS), "words")
for letters, group in sorted(groups(WORDS).items()):
    print(letters.ljust(8), *group, sep=" ")
print(permutations("abc"), permutations("aab"), len(permutations("abcde")))
print(" -> ".join(ladder("cold", "warm", WORDS)))
print(" -> ".join(ladder("gold", "card", WORDS)))
print("from cat to dog:", ladder("cat", "dog", WORDS) or "no way")
print([word for word in WORDS if can_write(word, "dragcoward")])
print(*{len(word) for word in WORDS}, sep="/")
palindromes = [w for w in ("level", "noon", "radar", "python", "A man a plan a canal Panama")
               if w.lower().replace(" ", "") == w.lower().replace(" ", "")[::-1]]
print(palindromes)
