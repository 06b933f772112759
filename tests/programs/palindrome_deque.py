from collections import deque
from string import ascii_lowercase


def is_palindrome(text):
    letters = deque(c for c in text.lower() if c in ascii_lowercase)
    while len(letters) > 1:
        if letters.popleft() != letters.pop():
            return False
    return True


def moving_average(numbers, size):
    window = deque()
    total = 0
    averages = []
    for n in numbers:
        window.append(n)
        total += n
        if len(window) > size:
            total -= window.popleft()
        averages.append(round(total / len(window), 2))
    return averages


def josephus(n, k):
    people = deque(range(1, n + 1))
    order = []
    while people:
        people.rotate(1 - k)
        order.append(people.popleft())
    return order


for text in ["Never odd or even", "Step on no pets", "Not one of them", "", "x", "Rats live on no evil star"]:
    print(repr(text), is_palindrome(text))
print(moving_average([4, 8, 6, 0, 2, 10], 3))
print(josephus(7, 3), josephus(10, 2)[-1])

line = deque(["Ann", "Ben"])
line.append("Cid")
line.appendleft("VIP")
print(line, len(line), line[1], "Ben" in line)
line.remove("Ben")
line.reverse()
print(list(line), line.index("VIP"))
for _ in range(4):
    try:
        print("next:", line.popleft())
    except IndexError as error:
        print("error:", error)
