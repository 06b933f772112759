# Fizz buzz, in the usual way and in a general one.

for n in range(1, 21):
    if n % 15 == 0:
        print("FizzBuzz")
    elif n % 3 == 0:
        print("Fizz")
    elif n % 5 == 0:
        print("Buzz")
    else:
        print(n)


def fizz(n, rules):
    word = ""
    for divisor, sound in rules:
        if n % divisor == 0:
            word += sound
    return word or str(n)


rules = [(2, "Pip"), (3, "Fizz"), (7, "Bang")]
line = []
for n in range(1, 43):
    line.append(fizz(n, rules))
print(" ".join(line))
print(len([word for word in line if word[0] in "0123456789"]), "numbers are left")
