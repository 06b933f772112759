word = 'teacher'
count = 0
for c in word:
    if c == 'e':
        count += 1
print(count)
print(len(word))
