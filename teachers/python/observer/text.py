"""Source text: byte offsets, tokens and matching brackets."""

import io
import re
import tokenize
from bisect import bisect_left, bisect_right

SKIP = {tokenize.NL, tokenize.COMMENT, tokenize.NEWLINE, tokenize.INDENT, tokenize.DEDENT,
        tokenize.ENCODING, tokenize.ENDMARKER}
OPEN = {"(": ")", "[": "]", "{": "}"}
CLOSE = {")", "]", "}"}


class Lines:
    """Turns the (line, column) pairs of ast and tokenize into byte offsets."""

    def __init__(self, source):
        self.lines = re.split(r"(?<=\n)|(?<=\r)(?!\n)", source)
        self.starts = []
        at = 0
        for line in self.lines:
            self.starts.append(at)
            at += len(line.encode("utf-8"))
        self.starts.append(at)

    def byte(self, line, column):
        """Offset of a column that ast counted (in bytes)."""
        return self.starts[line - 1] + column

    def char(self, line, column):
        """Offset of a column that tokenize counted (in characters)."""
        if line > len(self.lines):
            return self.starts[-1]
        text = self.lines[line - 1]
        if text.isascii():
            return self.starts[line - 1] + column
        return self.starts[line - 1] + len(text[:column].encode("utf-8"))


class Tokens:
    """The significant tokens of a text, found by byte offset, with their brackets matched."""

    def __init__(self, found):
        self.starts = [t[0] for t in found]
        self.ends = [t[1] for t in found]
        self.texts = [t[2] for t in found]
        self.pair = {}
        stack = []
        for i, text in enumerate(self.texts):
            if text in OPEN:
                stack.append(i)
            elif text in CLOSE and stack:
                j = stack.pop()
                self.pair[i] = j
                self.pair[j] = i

    def before(self, offset):
        """Index of the last token that ends at or before the offset; -1 if there is none."""
        return bisect_right(self.ends, offset) - 1

    def after(self, offset):
        """Index of the first token that starts at or after the offset."""
        return bisect_left(self.starts, offset)

    def text(self, index):
        return self.texts[index] if 0 <= index < len(self.texts) else ""

    def find(self, text, start):
        """Index of the first token of that text which starts at or after the offset."""
        i = self.after(start)
        while self.texts[i] != text:
            i += 1
        return i


def tokens(source, lines):
    """[(start, end, text)] of the significant tokens of a whole program."""
    pieces = iter(lines.lines)
    found = []
    for token in tokenize.generate_tokens(lambda: next(pieces, "")):
        if token.type not in SKIP:
            found.append((lines.char(*token.start), lines.char(*token.end), token.string))
    return found


def tokens_inside(text, offset):
    """The same for an expression that lies in a literal, at a byte offset."""
    whole = "(" + text + ")"
    lines = Lines(whole)
    found = []
    for token in tokenize.generate_tokens(io.StringIO(whole, newline="").readline):
        if token.type not in SKIP:
            found.append((lines.char(*token.start) - 1 + offset, lines.char(*token.end) - 1 + offset, token.string))
    return found[1:-1]
