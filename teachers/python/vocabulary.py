"""Writes vocabulary.txt: what belongs to Python and must not be found in the engine. Run it again for a new CPython:

    python3 teachers/python/vocabulary.py > teachers/python/vocabulary.txt
"""

import builtins
import keyword

CONTAINERS = (str, list, dict, set, tuple, bytes, int, float, range)

# English words that also stand in ordinary messages and formats are told apart by their place: alone in a literal they are
# a name; inside of a sentence they are English.
ENGLISH = set("""
    and as assert async await break class continue del for from global if import in is lambda not or pass raise return try
    while with yield else except finally abs all any bin bool bytes chr dir eval exec exit filter float format hash help hex id
    input int iter len list map max min next object open ord pow print property quit range reversed round set slice sorted
    sum super tuple type vars zip copyright credits license complex compile None True False bit_count center clear copy count
    decode denominator difference discard encode endswith expand extend find fromhex get imag index insert intersection
    items join keys lower numerator partition pop real remove replace reverse setdefault sort split start startswith step
    stop strip swapcase symmetric_difference title translate union update upper values append add match case type nonlocal
    def conjugate aiter anext callable dict str repr from_bytes to_bytes is_integer is_disjoint is_subset is_superset
    Ellipsis
""".split())

MESSAGES = """
    division by zero|integer division or modulo by zero|float modulo|index out of range|assignment index out of range
    is not defined|unsupported operand|has no attribute|invalid literal for|not callable|not subscriptable|not iterable
    positional argument|unexpected keyword argument|could not convert string|substring not found|not in list|pop from empty
    not enough values to unpack|too many values to unpack|unhashable|maximum recursion depth|can only concatenate
    does not support item assignment|referenced before assignment|Traceback (most recent call last)|<built-in|<function
    <lambda>|<class '|object at 0x|**|//
"""

OPERATORS = "<< >> == != <= >= += -= *= /= //= %= **= &= |= ^= <<= >>= @= := ->".split()


def main():
    words = set(keyword.kwlist) | set(keyword.softkwlist) | {n for n in dir(builtins) if not n.startswith("_")}
    for kind in CONTAINERS:
        words |= {n for n in dir(kind) if not n.startswith("_")}
    words.discard("_")
    print("# What belongs to Python and must not be found in the engine (made by vocabulary.py, checked by tests/purity.rs).")
    print("# alone: a literal that is exactly this. anywhere: a literal that has this as a word or piece of it.")
    for word in sorted(words):
        print("alone" if word in ENGLISH else "anywhere", word)
    for operator in OPERATORS:
        print("alone", operator)
    for message in MESSAGES.replace("\n", "|").split("|"):
        if message.strip():
            print("anywhere", message.strip())


main()
