def f(n):
    try:
        if n > 2:
            return 'large'
        return 'small'
    finally:
        print('checked', n)
print(f(1))
print(f(5))
