# Matching brackets, and what can be made with nesting.

PAIRS = {")": "(", "]": "[", "}": "{"}


def check(text):
    stack = []
    for place, c in enumerate(text):
        if c in PAIRS.values():
            stack.append((c, place))
        elif c in PAIRS:
            if not stack:
                return f"unexpected {c} at {place}"
            opened, where = stack.pop()
            if opened != PAIRS[c]:
                return f"{opened} at {where} is closed by {c} at {place}"
    if stack:
        return "never closed: " + ", ".join(f"{c} at {place}" for c, place in stack)
    return "fine"


def deepest(text):
    depth = most = 0
    for c in text:
        depth += (c in "([{") - (c in ")]}")
        most = max(most, depth)
    return most


def all_balanced(n, text="", opened=0):
    """Every way to write n pairs."""
    if len(text) == 2 * n:
        return [text]
    found = []
    if text.count("(") < n:
        found.extend(all_balanced(n, text + "(", opened + 1))
    if opened > 0:
        found.extend(all_balanced(n, text + ")", opened - 1))
    return found


def nested(text):
    """'(a(b)c)' as lists in lists."""
    stack = [[]]
    for c in text:
        if c == "(":
            stack.append([])
        elif c == ")":
            inner = stack.pop()
            stack[-1].append(inner)
        else:
            stack[-1].append(c)
    return stack[0]


def flatten(items):
    flat = []
    for item in items:
        if isinstance(item, list):
            flat += flatten(item)
        else:
            flat.append(item)
    return flat


for text in ["", "()", "([]{})", "(]", "(()", "a[b(c)d]e", "}{", "{[(", "((()))[]{([])}"]:
    print(f"{text!r:<20} {deepest(text)} {check(text)}")
for n in range(5):
    ways = all_balanced(n)
    print(n, len(ways), ways if n < 4 else "...")
tree = nested("a(b(cd)e)f()")
print(tree)
print(flatten(tree), len(tree))
print(flatten([1, [2, [3, [4, [5]]]], [], [[6]]]))


def depth(items):
    if not isinstance(items, list):
        return 0
    return 1 + max([depth(item) for item in items], default=0)


print(depth(tree), depth([]), depth([[[]]]), depth(7))
