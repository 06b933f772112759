def area(w, h=3):
    return w * h
print(area(4))
print(area(4, 5))
