# A cache that forgets what was not used for longest, as a doubly linked ring.


class Entry:
    def __init__(self, key=None, value=None):
        self.key = key
        self.value = value
        self.before = self.after = self


class Cache:
    def __init__(self, capacity):
        self.capacity = capacity
        self.entries = {}
        self.ring = Entry()
        self.hits = self.misses = 0

    def _unlink(self, entry):
        entry.before.after = entry.after
        entry.after.before = entry.before

    def _to_front(self, entry):
        entry.before, entry.after = self.ring, self.ring.after
        entry.before.after = entry.after.before = entry

    def __getitem__(self, key):
        try:
            entry = self.entries[key]
        except KeyError:
            self.misses += 1
            raise
        self.hits += 1
        self._unlink(entry)
        self._to_front(entry)
        return entry.value

    def __setitem__(self, key, value):
        if key in self.entries:
            entry = self.entries[key]
            entry.value = value
            self._unlink(entry)
        else:
            if len(self.entries) >= self.capacity:
                oldest = self.ring.before
                self._unlink(oldest)
                del self.entries[oldest.key]
            entry = self.entries[key] = Entry(key, value)
        self._to_front(entry)

    def __delitem__(self, key):
        self._unlink(self.entries.pop(key))

    def __contains__(self, key):
        return key in self.entries

    def __len__(self):
        return len(self.entries)

    def get(self, key, default=None):
        try:
            return self[key]
        except KeyError:
            return default

    def keys(self):
        entry = self.ring.after
        while entry is not self.ring:
            yield entry.key
            entry = entry.after

    def __repr__(self):
        inside = ", ".join(f"{key}: {self.entries[key].value}" for key in self.keys())
        return f"Cache<{inside}>"


cache = Cache(3)
for i, name in enumerate(["one", "two", "three"], start=1):
    cache[name] = i
print(cache, len(cache))
print(cache["one"], cache)
cache["four"] = 4
print(cache, "two" in cache, cache.get("two"), cache.get("two", "gone"))
cache["three"] = 33
print(cache)
del cache["one"]
print(cache, list(cache.keys()))
try:
    print(cache["zero"])
except KeyError as error:
    print("KeyError:", error)
print("hits", cache.hits, "misses", cache.misses)


def simulate(requests, capacity):
    cache = Cache(capacity)
    for page in requests:
        if cache.get(page) is None:
            cache[page] = page * 10
    return cache.hits, cache.misses


requests = [1, 2, 3, 1, 4, 1, 2, 5, 1, 2, 3, 4, 5, 1, 1, 2]
for capacity in range(1, 6):
    hits, misses = simulate(requests, capacity)
    print(f"capacity {capacity}: {hits:2d} hits, {misses:2d} misses {'+' * hits}{'-' * misses}")
