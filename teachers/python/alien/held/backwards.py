out = ''
for c in 'abcde':
    out = c + out
print(out)
