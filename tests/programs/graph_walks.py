from collections import deque

GRAPH = {
    "shirt": ["tie", "belt"],
    "tie": ["jacket"],
    "trousers": ["shoes", "belt"],
    "belt": ["jacket"],
    "socks": ["shoes"],
    "shoes": [],
    "jacket": [],
    "watch": [],
}


def breadth_first(graph, start):
    order = []
    queue = deque([start])
    seen = {start}
    while queue:
        node = queue.popleft()
        order.append(node)
        for other in graph[node]:
            if other not in seen:
                seen.add(other)
                queue.append(other)
    return order


def depth_first(graph, node, seen=None):
    if seen is None:
        seen = []
    seen.append(node)
    for other in graph[node]:
        if other not in seen:
            depth_first(graph, other, seen)
    return seen


def topological(graph):
    waiting = {node: 0 for node in graph}
    for targets in graph.values():
        for target in targets:
            waiting[target] += 1
    ready = deque(sorted(node for node, n in waiting.items() if n == 0))
    order = []
    while ready:
        node = ready.popleft()
        order.append(node)
        for target in graph[node]:
            waiting[target] -= 1
            if waiting[target] == 0:
                ready.append(target)
    if len(order) < len(graph):
        raise ValueError("there is a circle")
    return order


def find_circle(graph):
    state = {}

    def visit(node, path):
        state[node] = "open"
        for other in graph[node]:
            if state.get(other) == "open":
                return path[path.index(other):] + [other]
            if other not in state and (circle := visit(other, path + [other])):
                return circle
        state[node] = "done"

    for node in graph:
        if node not in state:
            circle = visit(node, [node])
            if circle:
                return circle
    return None


print(breadth_first(GRAPH, "shirt"))
print(depth_first(GRAPH, "shirt"))
print(depth_first(GRAPH, "trousers"), breadth_first(GRAPH, "watch"))
print(" < ".join(topological(GRAPH)))
print("circle:", find_circle(GRAPH))
GRAPH["jacket"].append("shirt")
print("circle:", " -> ".join(find_circle(GRAPH)))
try:
    topological(GRAPH)
except ValueError as error:
    print("error:", error)


def knight(start, goal, size=8):
    queue = deque([(start, 0)])
    seen = {start}
    while queue:
        (x, y), moves = queue.popleft()
        if (x, y) == goal:
            return moves
        for dx, dy in [(1, 2), (2, 1), (-1, 2), (-2, 1), (1, -2), (2, -1), (-1, -2), (-2, -1)]:
            place = x + dx, y + dy
            if 0 <= place[0] < size and 0 <= place[1] < size and place not in seen:
                seen.add(place)
                queue.append((place, moves + 1))
    return -1


for y in range(5):
    print(" ".join(str(knight((0, 0), (x, y))) for x in range(8)))
print(knight((0, 0), (1, 1), 3), knight((0, 0), (7, 7)))
recent = deque(maxlen=3)
for n in range(6):
    recent.append(n)
recent.rotate(1)
print(recent, list(recent), len(recent), recent[0])
recent.extendleft("ab")
print(recent, recent.pop(), recent.count("b"))
