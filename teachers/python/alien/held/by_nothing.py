try:
    print(7 // 0)
except ZeroDivisionError as e:
    print('caught', e)
print('after')
