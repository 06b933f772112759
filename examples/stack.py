# A calculator for sums in postfix notation, and one for ordinary notation.


def postfix(text):
    stack = []
    for token in text.split():
        if token in ("+", "-", "*", "/"):
            right = stack.pop()
            left = stack.pop()
            if token == "+":
                stack.append(left + right)
            elif token == "-":
                stack.append(left - right)
            elif token == "*":
                stack.append(left * right)
            else:
                stack.append(left / right)
        else:
            stack.append(float(token))
    return stack[0]


strength = {"+": 1, "-": 1, "*": 2, "/": 2}


def to_postfix(text):
    output = []
    waiting = []
    for token in text.replace("(", " ( ").replace(")", " ) ").split():
        if token.isdigit():
            output.append(token)
        elif token == "(":
            waiting.append(token)
        elif token == ")":
            while waiting[-1] != "(":
                output.append(waiting.pop())
            waiting.pop()
        else:
            while waiting and waiting[-1] != "(" and strength[waiting[-1]] >= strength[token]:
                output.append(waiting.pop())
            waiting.append(token)
    while waiting:
        output.append(waiting.pop())
    return " ".join(output)


for sum_text in ["1 + 2", "2 * (3 + 4)", "10 - 4 - 3", "100 / (2 + 3) * 4"]:
    rewritten = to_postfix(sum_text)
    print(sum_text, "->", rewritten, "=", postfix(rewritten))

for broken in ["1 0 /", "1 +", "1 two +"]:
    try:
        print(postfix(broken))
    except ZeroDivisionError:
        print(broken, "divides by zero")
    except IndexError:
        print(broken, "lacks a number")
    except ValueError as error:
        print(broken, "is wrong:", error)
