def double(v):
    return v * 2
print(double(4) + double(7))
print(double(double(3)))
