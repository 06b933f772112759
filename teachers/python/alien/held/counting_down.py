n = 5
while n > 0:
    print(n)
    n = n - 2
print('done')
