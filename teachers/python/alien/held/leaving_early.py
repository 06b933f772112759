for n in [4, 9, 2, 7, 5]:
    if n == 9:
        continue
    if n == 7:
        break
    print(n)
