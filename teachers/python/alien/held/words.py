text = 'one two three'
for w in text.split():
    print(w, len(w))
