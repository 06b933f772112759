"""An interpreter for a small language of our own, with loops and functions."""

PROGRAM = """
let n 5
let product 1
while n
  set product * product n
  set n - n 1
end
print product

def square x
  return * x x
end
print call square 12
let i 1
while < i 6
  if = % i 2 0
    print + i 100
  else
    print i
  end
  set i + i 1
end
print missing
"""


class Return(Exception):
    def __init__(self, value):
        self.value = value


class Interpreter:
    operators = {
        "+": lambda a, b: a + b,
        "-": lambda a, b: a - b,
        "*": lambda a, b: a * b,
        "%": lambda a, b: a % b,
        "<": lambda a, b: int(a < b),
        "=": lambda a, b: int(a == b),
    }

    def __init__(self):
        self.functions = {}
        self.scopes = [{}]
        self.output = []
        self.steps = 0

    def parse(self, lines):
        """Lines to nested blocks, up to the end or else that closes them."""
        block = []
        while lines:
            word, *rest = lines.pop(0).split()
            if word in ("end", "else"):
                return block, word
            if word in ("while", "def"):
                body, _ = self.parse(lines)
                block.append((word, rest, body))
            elif word == "if":
                body, closed_by = self.parse(lines)
                other = self.parse(lines)[0] if closed_by == "else" else []
                block.append((word, rest, body, other))
            else:
                block.append((word, rest))
        return block, None

    def value(self, words):
        word = words.pop(0)
        if word in self.operators:
            left = self.value(words)
            return self.operators[word](left, self.value(words))
        if word == "call":
            names, body = self.functions[words.pop(0)]
            self.scopes.append({name: self.value(words) for name in names})
            try:
                self.run(body)
            except Return as result:
                return result.value
            finally:
                self.scopes.pop()
            return 0
        if word.lstrip("-").isdigit():
            return int(word)
        for scope in reversed(self.scopes):
            if word in scope:
                return scope[word]
        raise NameError(f"nothing is called {word}")

    def run(self, block):
        for word, rest, *bodies in block:
            self.steps += 1
            rest = list(rest)
            if word in ("let", "set"):
                self.scopes[-1][rest[0]] = self.value(rest[1:])
            elif word == "print":
                self.output.append(self.value(rest))
            elif word == "while":
                while self.value(list(rest)):
                    self.run(bodies[0])
            elif word == "if":
                self.run(bodies[0] if self.value(rest) else bodies[1])
            elif word == "def":
                name, *names = rest
                self.functions[name] = names, bodies[0]
            elif word == "return":
                raise Return(self.value(rest))
            else:
                raise SyntaxError("unknown word " + word)


machine = Interpreter()
block, _ = machine.parse([line for line in PROGRAM.splitlines() if line.strip()])
print(len(block), "statements; the third:", block[2])
try:
    machine.run(block)
except NameError as error:
    print("stopped:", error)
for number, line in enumerate(machine.output, 1):
    print(f"{number:>2}: {line}")
print("steps", machine.steps, "scopes", machine.scopes, "functions", machine.functions)
try:
    Interpreter().run([("jump", ["there"])])
except SyntaxError as error:
    print(type(error).__name__, error.msg)
