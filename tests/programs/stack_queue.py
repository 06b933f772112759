class EmptyError(Exception):
    """Nothing is left."""


class Stack:
    def __init__(self):
        self._items = []

    def push(self, *items):
        self._items.extend(items)

    def pop(self):
        if self.is_empty():
            raise EmptyError("stack is empty")
        return self._items.pop()

    def peek(self):
        return self._items[-1] if self._items else None

    def is_empty(self):
        return len(self._items) == 0

    def __len__(self):
        return len(self._items)

    def __repr__(self):
        return "Stack(" + repr(self._items) + ")"


class Queue:
    """A queue made of two stacks."""

    def __init__(self):
        self.inbox = Stack()
        self.outbox = Stack()

    def put(self, item):
        self.inbox.push(item)

    def get(self):
        if self.outbox.is_empty():
            while not self.inbox.is_empty():
                self.outbox.push(self.inbox.pop())
        try:
            return self.outbox.pop()
        except EmptyError:
            raise EmptyError("queue is empty") from None

    def __len__(self):
        return len(self.inbox) + len(self.outbox)


class Ring:
    """Keeps the last few things."""

    def __init__(self, size):
        self.size = size
        self.items = [None] * size
        self.count = 0

    def add(self, item):
        self.items[self.count % self.size] = item
        self.count += 1

    def latest(self):
        start = max(0, self.count - self.size)
        return [self.items[i % self.size] for i in range(start, self.count)]


stack = Stack()
print(stack, len(stack), stack.peek(), bool(stack))
stack.push(1, 2, 3)
stack.push("four")
print(stack, stack.pop(), stack.pop(), stack.peek(), bool(stack))

queue = Queue()
for customer in ["Ann", "Ben", "Cid"]:
    queue.put(customer)
print("served", queue.get())
queue.put("Dee")
while len(queue) > 0:
    print("served", queue.get(), "waiting", len(queue))
for broken in (queue.get, Stack().pop):
    try:
        broken()
    except EmptyError as error:
        print(type(error).__name__ + ":", error)

ring = Ring(3)
for n in range(5):
    ring.add(n * n)
    print(n, ring.latest(), ring.items)

# Children stand in a circle; every third one leaves.
circle = Queue()
for name in "ABCDEFG":
    circle.put(name)
out = []
while len(circle) > 1:
    for _ in range(2):
        circle.put(circle.get())
    out.append(circle.get())
print("left:", " ".join(out), "and last", circle.get())
print(EmptyError.__doc__, issubclass(EmptyError, Exception), isinstance(stack, Stack))
