total = 0
def add(n):
    global total
    total += n
add(4)
add(5)
print(total)
