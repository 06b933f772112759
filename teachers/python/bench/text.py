# Texts: joined, cut, walked through, looked into.
def caesar(text, shift):
    alphabet = "abcdefghijklmnopqrstuvwxyz"
    result = ""
    for letter in text:
        if letter in alphabet:
            result += alphabet[(alphabet.index(letter) + shift) % 26]
        else:
            result += letter
    return result


def is_palindrome(text):
    i = 0
    j = len(text) - 1
    while i < j:
        if text[i] != text[j]:
            return False
        i += 1
        j -= 1
    return True


line = "the quick brown fox jumps over the lazy dog"
pieces = []
for n in range(30000):
    pieces.append(caesar(line, n))
whole = " ".join(pieces)
print(len(whole))
print(whole[:50])
count = 0
for n in range(1200000):
    if is_palindrome(str(n)):
        count += 1
print(count)
total = 0
for word in whole.split(" "):
    total += len(word[1:3] + word[:1])
print(total)
