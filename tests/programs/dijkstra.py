"""Shortest ways with a heap."""

import heapq

ROADS = [
    ("A", "B", 7), ("A", "C", 9), ("A", "F", 14), ("B", "C", 10), ("B", "D", 15),
    ("C", "D", 11), ("C", "F", 2), ("D", "E", 6), ("E", "F", 9), ("G", "H", 1),
]


def build(roads):
    graph = {}
    for a, b, length in roads:
        graph.setdefault(a, {})[b] = length
        graph.setdefault(b, {})[a] = length
    return graph


def dijkstra(graph, start):
    distances = {start: 0}
    before = {}
    heap = [(0, start)]
    done = set()
    while heap:
        distance, node = heapq.heappop(heap)
        if node in done:
            continue
        done.add(node)
        for other, length in sorted(graph[node].items()):
            new = distance + length
            if new < distances.get(other, float("inf")):
                distances[other] = new
                before[other] = node
                heapq.heappush(heap, (new, other))
    return distances, before


def way(before, start, end):
    path = [end]
    while path[-1] != start:
        path.append(before[path[-1]])
    return path[::-1]


def spanning_tree(roads):
    parent = {}

    def root(node):
        parent.setdefault(node, node)
        while parent[node] != node:
            node = parent[node]
        return node

    chosen = []
    for a, b, length in sorted(roads, key=lambda road: road[2]):
        if root(a) != root(b):
            parent[root(a)] = root(b)
            chosen.append((a, b, length))
    return chosen


graph = build(ROADS)
distances, before = dijkstra(graph, "A")
for node in sorted(graph):
    if node in distances:
        print(f"A to {node}: {distances[node]:>3} via {' '.join(way(before, 'A', node))}")
    else:
        print(f"A to {node}: unreachable")
tree = spanning_tree(ROADS)
print("tree:", tree, "length", sum(length for *_, length in tree))

numbers = [9, 4, 7, 1, 8, 2]
heapq.heapify(numbers)
print(numbers[0], heapq.nsmallest(3, numbers), heapq.nlargest(2, numbers))
print([heapq.heappop(numbers) for _ in range(len(numbers))])
print(list(heapq.merge([1, 4, 9], [2, 3, 10])), heapq.heappushpop([3, 5], 4))
