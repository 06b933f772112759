def adder(n):
    def add(v):
        return v + n
    return add
f = adder(10)
print(f(5))
