# Games with letters.


def is_palindrome(text):
    letters = [c for c in text.lower() if c.isalpha()]
    return letters == letters[::-1]


def caesar(text, shift):
    result = ""
    for c in text:
        if "a" <= c <= "z":
            result += chr((ord(c) - ord("a") + shift) % 26 + ord("a"))
        elif "A" <= c <= "Z":
            result += chr((ord(c) - ord("A") + shift) % 26 + ord("A"))
        else:
            result += c
    return result


def run_lengths(text):
    packed = ""
    i = 0
    while i < len(text):
        j = i
        while j < len(text) and text[j] == text[i]:
            j += 1
        packed += text[i] + str(j - i)
        i = j
    return packed


def vowels(text):
    count = 0
    for c in text.lower():
        if c in "aeiou":
            count += 1
    return count


for phrase in ["A man, a plan, a canal: Panama", "never odd or even", "mockingbird"]:
    print(repr(phrase), is_palindrome(phrase), vowels(phrase))

secret = caesar("The quick brown fox", 3)
print(secret)
print(caesar(secret, -3))
print(run_lengths("aaabbbbcd"))
print(" ".join(word.capitalize() for word in "the many tongued mimic".split()))
print("mississippi".replace("ss", "SS").count("S"), "mississippi".find("ssi"))
groups = {}
for word in ["listen", "silent", "enlist", "google", "elgoog", "cat"]:
    key = "".join(sorted(word))
    groups.setdefault(key, []).append(word)
print(list(groups.values()))
