# string, textwrap and re.
import re
import string
import textwrap

POEM = ("Slowly the river goes down to the sea, carrying leaves and small boats made of paper, "
        "and nobody asks them where they come from.")

print(string.ascii_lowercase[:6], string.digits, string.punctuation[:5], len(string.ascii_letters))
print(textwrap.fill(POEM, width=40))
print(textwrap.indent("one\ntwo", "> "), textwrap.shorten(POEM, 30, placeholder="..."))
for number, line in enumerate(textwrap.wrap(POEM, 30), 1):
    print(f"{number}. {line}")
print(textwrap.dedent("""\
    indented
      more
    back"""))

print(re.findall(r"\b\w{5}\b", POEM))
print(re.sub(r"[aeiou]", "*", "hello world"), re.sub(r"(\w+) (\w+)", r"\2 \1", "first second"))
print(re.split(r"[,;]\s*", "a, b;c,   d"), bool(re.match(r"\d+$", "123")), re.search("x", "abc"))

DATE = re.compile(r"(?P<year>\d{4})-(?P<month>\d\d)-(?P<day>\d\d)")
for text in ("born 1815-12-10 in London", "no date", "2024-02-30 and 1999-01-01"):
    for found in DATE.finditer(text):
        print(found.group(), found.groups(), found.start(), found["year"], found.groupdict()["day"])


def slug(title):
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


def camel(name):
    return re.sub(r"_(\w)", lambda m: m.group(1).upper(), name)


def snake(name):
    return re.sub(r"([A-Z])", r"_\1", name).lower().lstrip("_")


print(slug("  What's new, in 2024?  "), camel("read_the_file"), snake("ReadTheFile"))

TOKEN = re.compile(r"\s*(?:(\d+\.?\d*)|([a-z]\w*)|(.))", re.IGNORECASE)


def tokens(text):
    for number, name, sign in TOKEN.findall(text):
        yield ("num", float(number)) if number else ("name", name) if name else ("sign", sign)


print(list(tokens("Area = 3.5 * r2 + (7)")))
for address in ("ann@example.org", "bob@", "a.b-c@host.co.uk", "two@@at.com"):
    print(f"{address:20}", "ok" if re.fullmatch(r"[\w.-]+@\w+(\.\w+)+", address) else "bad")

table = str.maketrans("abc", "xyz", "!")
print("aabbcc!".translate(table), string.capwords("the end of it"))
print(string.Template("$who likes $what").substitute(who="He", what="tea"))
print(POEM.count("a"), POEM.find("sea"), POEM.partition(" the ")[0], POEM.title()[:20], POEM.swapcase()[:6])
print("a-b_c".replace("-", "_").split("_"), "x=1".rpartition("="), "  pad".zfill(8), "Ab1".isalnum(), "ß".upper())
