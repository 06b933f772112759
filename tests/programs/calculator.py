"""A calculator: tokens, a tree, and its value."""


class CalcError(Exception):
    def __init__(self, message, position):
        super().__init__(message)
        self.position = position


def tokens(text):
    i = 0
    while i < len(text):
        c = text[i]
        if c.isspace():
            i += 1
        elif c.isdigit() or c == ".":
            j = i
            while j < len(text) and (text[j].isdigit() or text[j] == "."):
                j += 1
            number = text[i:j]
            yield "number", float(number) if "." in number else int(number), i
            i = j
        elif c.isalpha():
            j = i
            while j < len(text) and text[j].isalnum():
                j += 1
            yield "name", text[i:j], i
            i = j
        elif c in "+-*/^()=,":
            yield "sign", c, i
            i += 1
        else:
            raise CalcError(f"odd character {c!r}", i)
    yield "end", None, len(text)


class Calculator:
    functions = {"abs": abs, "max": max, "min": min, "sqrt": lambda x: x ** 0.5}

    def __init__(self):
        self.variables = {"pi": 3.14159}

    def evaluate(self, text):
        self.stream = list(tokens(text))
        self.at = 0
        if len(self.stream) > 2 and self.stream[0][0] == "name" and self.stream[1][1] == "=":
            name = self.stream[0][1]
            self.at = 2
            value = self.variables[name] = self.sum()
        else:
            value = self.sum()
        if self.kind != "end":
            raise CalcError(f"unexpected {self.value!r}", self.stream[self.at][2])
        return value

    @property
    def kind(self):
        return self.stream[self.at][0]

    @property
    def value(self):
        return self.stream[self.at][1]

    def accept(self, *signs):
        if self.kind == "sign" and self.value in signs:
            self.at += 1
            return self.stream[self.at - 1][1]
        return None

    def sum(self):
        value = self.product()
        while sign := self.accept("+", "-"):
            right = self.product()
            value = value + right if sign == "+" else value - right
        return value

    def product(self):
        value = self.signed()
        while sign := self.accept("*", "/"):
            right = self.signed()
            value = value * right if sign == "*" else value / right
        return value

    def signed(self):
        if self.accept("-"):
            return -self.signed()
        base = self.atom()
        return base ** self.signed() if self.accept("^") else base

    def atom(self):
        kind, value, position = self.stream[self.at]
        self.at += 1
        if kind == "number":
            return value
        if kind == "name":
            if self.accept("("):
                arguments = [self.sum()]
                while self.accept(","):
                    arguments.append(self.sum())
                self.close()
                return self.functions[value](*arguments)
            return self.variables[value]
        if (kind, value) == ("sign", "("):
            inner = self.sum()
            self.close()
            return inner
        raise CalcError("something is missing" if kind == "end" else f"unexpected {value!r}", position)

    def close(self):
        if not self.accept(")"):
            raise CalcError("a bracket is not closed", self.stream[self.at][2])


calculator = Calculator()
for line in ["1 + 2 * 3", "(1 + 2) * 3", "2 ^ 3 ^ 2", "-2 ^ 2", "10 / 4", "x = 4", "y = x * x - 1", "x + y",
             "max(3, x, y) / min(2, 5)", "sqrt(abs(-16))", "2 * pi", "1 / 0", "3 +", "(1 + 2", "4 $ 4", "z + 1", "1 2"]:
    try:
        result = calculator.evaluate(line)
    except CalcError as error:
        print(f"{line:<26} error: {error}")
        print(" " * error.position + "^")
    except (ZeroDivisionError, KeyError) as error:
        print(f"{line:<26} {type(error).__name__}: {error}")
    else:
        print(f"{line:<26} {result}")
