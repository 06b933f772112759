# A queue at a shop, with random numbers made by hand.

seed = 42


def random(limit):
    global seed
    seed = (seed * 1103515245 + 12345) % 2147483648
    return seed // 65536 % limit


queue = []
served = []
waited = 0
longest = 0
next_customer = 1
busy = 0

for minute in range(120):
    if random(4) == 0:
        queue.append((next_customer, minute))
        next_customer += 1
    longest = max(longest, len(queue))
    if busy > 0:
        busy -= 1
    elif queue:
        customer, arrived = queue.pop(0)
        waited += minute - arrived
        served.append(customer)
        busy = 1 + random(4)

print("customers", next_customer - 1, "served", len(served), "still waiting", len(queue))
print("longest queue", longest)
print("mean wait", round(waited / len(served), 2), "minutes")

rolls = {}
for _ in range(600):
    total = random(6) + random(6) + 2
    rolls[total] = rolls.get(total, 0) + 1
for total in range(2, 13):
    print(str(total).rjust(2), "*" * (rolls.get(total, 0) // 5))
