for n in [3, 12, 40]:
    if n < 10:
        print('small')
    elif n < 20:
        print('middle')
    else:
        print('large')
