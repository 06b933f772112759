# A state machine with a table; and one with an object for every state.


class Light:
    order = {"red": "green", "green": "yellow", "yellow": "red"}
    seconds = {"red": 4, "green": 3, "yellow": 1}

    def __init__(self, colour="red"):
        self.colour = colour
        self.left = self.seconds[colour]

    def tick(self):
        self.left -= 1
        if self.left == 0:
            self.colour = self.order[self.colour]
            self.left = self.seconds[self.colour]
            return True
        return False


class State:
    def on(self, event):
        return self


class Locked(State):
    def on(self, event):
        if event == "coin":
            return Open()
        return self


class Open(State):
    def __init__(self):
        self.passed = 0

    def on(self, event):
        if event == "push":
            self.passed += 1
            return Locked()
        return self


light = Light()
other = Light("green")
line = ""
for second in range(16):
    line += light.colour[0]
    if light.tick():
        line += "|"
    other.tick()
print(line, other.colour, other.left)

state = Locked()
for event in ["push", "coin", "coin", "push", "push"]:
    before = type(state).__name__
    state = state.on(event)
    print(before, "--", event, "->", type(state).__name__)


class Counter:
    made = 0

    def __init__(self):
        Counter.made += 1
        self.number = Counter.made


counters = [Counter() for _ in range(3)]
print([c.number for c in counters], Counter.made, counters[0].made)
counters[0].made = 99
print(counters[0].made, counters[1].made)

VENDING = {
    ("idle", "coin"): ("paid", "thanks"),
    ("paid", "coin"): ("paid", "enough, here it is back"),
    ("paid", "tea"): ("idle", "one tea"),
    ("paid", "cancel"): ("idle", "your money"),
}
now = "idle"
for event in "tea coin coin tea coin cancel".split():
    if (now, event) in VENDING:
        now, answer = VENDING[now, event]
    else:
        answer = "not now"
    print(event.rjust(7), "|", answer)
raise SystemExit(3)
