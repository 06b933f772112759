"""A search tree: insertion, walks, removal, balance."""


class Tree:
    def __init__(self, key, left=None, right=None):
        self.key = key
        self.left = left
        self.right = right

    def insert(self, key):
        if key == self.key:
            return
        side = "left" if key < self.key else "right"
        child = getattr(self, side)
        if child is None:
            setattr(self, side, Tree(key))
        else:
            child.insert(key)

    def __contains__(self, key):
        node = self
        while node is not None:
            if key == node.key:
                return True
            node = node.left if key < node.key else node.right
        return False

    def __iter__(self):
        if self.left:
            yield from self.left
        yield self.key
        if self.right:
            yield from self.right

    def height(self):
        return 1 + max((child.height() for child in (self.left, self.right) if child), default=0)

    def smallest(self):
        return self.left.smallest() if self.left else self.key

    def levels(self):
        level = [self]
        while level:
            yield [node.key for node in level]
            level = [child for node in level for child in (node.left, node.right) if child]


def remove(tree, key):
    if tree is None:
        return None
    if key < tree.key:
        tree.left = remove(tree.left, key)
    elif key > tree.key:
        tree.right = remove(tree.right, key)
    elif tree.left is None:
        return tree.right
    elif tree.right is None:
        return tree.left
    else:
        tree.key = tree.right.smallest()
        tree.right = remove(tree.right, tree.key)
    return tree


def balanced(keys):
    if not keys:
        return None
    middle = len(keys) // 2
    return Tree(keys[middle], balanced(keys[:middle]), balanced(keys[middle + 1:]))


def draw(tree, depth=0):
    if tree is None:
        return
    draw(tree.right, depth + 1)
    print("    " * depth + str(tree.key))
    draw(tree.left, depth + 1)


tree = Tree(50)
for key in [30, 70, 20, 40, 60, 80, 35, 45, 65, 30]:
    tree.insert(key)
print(list(tree))
print("height", tree.height(), "smallest", tree.smallest(), "count", sum(1 for _ in tree))
draw(tree)
for key in (35, 36, 80, 81):
    print(key, "in" if key in tree else "not in", "the tree")
for level, keys in enumerate(tree.levels()):
    print(level, keys)
for key in (20, 70, 50, 99):
    tree = remove(tree, key)
    print("without", key, list(tree), "root", tree.key)

chain = Tree(1)
for n in range(2, 8):
    chain.insert(n)
print("chain", chain.height(), "balanced", balanced(list(chain)).height())
print(list(balanced(list(chain)).levels()))
words = Tree("m")
for word in "the tree also sorts words".split():
    words.insert(word)
print(list(words), words.left.key, words.right.left is None)
