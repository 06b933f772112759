"""A text adventure that plays itself: a state machine over rooms."""

ROOMS = {
    "hall": {"text": "a cold hall", "north": "library", "east": "kitchen"},
    "library": {"text": "a dusty library", "south": "hall", "items": ["lamp", "book"]},
    "kitchen": {"text": "an old kitchen", "west": "hall", "down": "cellar", "items": ["bread"]},
    "cellar": {"text": "a dark cellar", "up": "kitchen", "items": ["gold"], "dark": True},
}


class GameOver(Exception):
    pass


class Game:
    def __init__(self, rooms, start):
        self.rooms = {name: {**room, "items": list(room.get("items", []))} for name, room in rooms.items()}
        self.place = start
        self.bag = []
        self.lit = False
        self.turns = 0

    @property
    def room(self):
        return self.rooms[self.place]

    def visible(self):
        return self.lit or not self.room.get("dark", False)

    def do_look(self):
        if not self.visible():
            return "It is too dark to see."
        items = self.room["items"]
        extra = f" You see: {', '.join(items)}." if items else ""
        return f"You are in {self.room['text']}.{extra}"

    def do_go(self, direction):
        try:
            self.place = self.room[direction]
        except KeyError:
            return f"There is no way {direction}."
        return self.do_look()

    def do_take(self, item):
        if item not in self.room["items"] or not self.visible():
            return f"There is no {item} here."
        self.room["items"].remove(item)
        self.bag.append(item)
        if item == "gold":
            raise GameOver("You found the gold!")
        return f"You take the {item}."

    def do_light(self, item="lamp"):
        if item not in self.bag:
            return "You have no " + item + "."
        if item != "lamp":
            return f"The {item} does not burn well."
        self.lit = True
        return "Now you can see."

    def do_bag(self):
        return "You carry " + (" and ".join(self.bag) or "nothing") + "."

    def command(self, line):
        self.turns += 1
        word, *rest = line.lower().split()
        action = getattr(self, "do_" + word, None)
        if action is None:
            return f"I do not know how to {word}."
        try:
            return action(*rest)
        except TypeError:
            return f"{word.capitalize()} what?"


def play(script):
    game = Game(ROOMS, "hall")
    print(game.do_look())
    try:
        for line in script.split(";"):
            print(">", line.strip())
            print(game.command(line))
    except GameOver as end:
        print(end, f"({game.turns} turns)")
    else:
        print(f"The story ends in {game.room['text']}.")
    return game


first = play("look; go west; dance; go; go north; take lamp; bag; go south; go east; take bread; light bread; "
             "go down; take gold; light; look; take gold; go up")
print("-" * 20)
second = play("Go EAST; go down; look; light lamp; take gold; bag")
print(first.bag, second.bag, ROOMS["library"]["items"], second.place)
