"""A singly linked list that behaves like a sequence."""


class Node:
    def __init__(self, value, next_node=None):
        self.value = value
        self.next = next_node


class LinkedList:
    def __init__(self, values=()):
        self.head = None
        self.size = 0
        for value in values:
            self.append(value)

    def append(self, value):
        node = Node(value)
        if self.head is None:
            self.head = node
        else:
            last = self.head
            while last.next:
                last = last.next
            last.next = node
        self.size += 1
        return self

    def push(self, value):
        self.head = Node(value, self.head)
        self.size += 1

    def pop(self):
        if self.head is None:
            raise IndexError("pop from an empty list")
        value = self.head.value
        self.head = self.head.next
        self.size -= 1
        return value

    def remove(self, value):
        before, node = None, self.head
        while node is not None:
            if node.value == value:
                if before is None:
                    self.head = node.next
                else:
                    before.next = node.next
                self.size -= 1
                return True
            before, node = node, node.next
        return False

    def reverse(self):
        before = None
        node = self.head
        while node:
            node.next, before, node = before, node, node.next
        self.head = before

    def __iter__(self):
        node = self.head
        while node:
            yield node.value
            node = node.next

    def __len__(self):
        return self.size

    def __getitem__(self, index):
        for i, value in enumerate(self):
            if i == index:
                return value
        raise IndexError(index)

    def __str__(self):
        return " -> ".join(str(value) for value in self) or "empty"


numbers = LinkedList([3, 1, 4])
print(numbers, len(numbers))
numbers.append(1).append(5)
numbers.push(0)
print(numbers, len(numbers))
print(numbers[0], numbers[2], 4 in numbers, 9 in numbers)
print(numbers.remove(1), numbers.remove(99), numbers)
numbers.reverse()
print(numbers)
print("sum", sum(numbers), "largest", max(numbers), "sorted", sorted(numbers))
first, second, *rest = numbers
print(first, second, rest, list(numbers))
while numbers:
    print("popped", numbers.pop(), "left:", numbers)
try:
    numbers.pop()
except IndexError as error:
    print("error:", error)
try:
    print(LinkedList("ab")[2])
except IndexError as error:
    print("no element", error)
words = LinkedList("to be or not to be".split())
print([w.upper() for w in words if len(w) == 2], dict(zip(words, range(3))))
