# First steps with classes.


class Dog:
    def __init__(self, name, tricks):
        self.name = name
        self.tricks = tricks
        self.points = 0

    def learn(self, trick):
        if trick not in self.tricks:
            self.tricks.append(trick)

    def perform(self, trick):
        if trick in self.tricks:
            self.points += 10
            print(self.name, "can", trick)
        else:
            self.points -= 2
            print(self.name, "only stares")


class Puppy(Dog):
    def perform(self, trick):
        if self.points > 10:
            print(self.name, "is asleep")
        else:
            self.points += 5
            print(self.name, "tries to", trick)


dogs = [Dog("Rex", ["sit"]), Dog("Bella", ["roll", "jump"]), Puppy("Pip", [])]
dogs[0].learn("jump")
dogs[0].learn("sit")
for trick in ["sit", "jump", "roll"]:
    for dog in dogs:
        dog.perform(trick)

for dog in dogs:
    print(dog.name.ljust(6) + str(dog.points).rjust(4) + " " + ", ".join(dog.tricks))
best = dogs[0]
for dog in dogs[1:]:
    if dog.points > best.points:
        best = dog
print("The winner is", best.name)
best.points = 100
print(dogs[1].points, dogs[0].points)
