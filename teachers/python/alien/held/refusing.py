def half(n):
    if n % 2 == 1:
        raise ValueError('odd')
    return n // 2
for n in [8, 5]:
    try:
        print(half(n))
    except ValueError as problem:
        print(problem)
