# Noughts and crosses: a perfect player against scripted ones.

LINES = [(0, 1, 2), (3, 4, 5), (6, 7, 8), (0, 3, 6), (1, 4, 7), (2, 5, 8), (0, 4, 8), (2, 4, 6)]


def winner(board):
    for a, b, c in LINES:
        if board[a] != " " and board[a] == board[b] == board[c]:
            return board[a]
    return None


def free(board):
    return [i for i, mark in enumerate(board) if mark == " "]


memory = {}


def score(board, player):
    """1 if x wins with best play, -1 if o does, 0 for a draw."""
    key = "".join(board) + player
    if key in memory:
        return memory[key]
    won = winner(board)
    if won:
        result = 1 if won == "x" else -1
    elif not free(board):
        result = 0
    else:
        results = []
        for place in free(board):
            board[place] = player
            results.append(score(board, "o" if player == "x" else "x"))
            board[place] = " "
        result = max(results) if player == "x" else min(results)
    memory[key] = result
    return result


def best(board, player):
    places = []
    for place in free(board):
        board[place] = player
        places.append((score(board, "o" if player == "x" else "x"), -place))
        board[place] = " "
    value, place = max(places) if player == "x" else min(places)
    return -place


def draw(board):
    rows = [" | ".join(board[i:i + 3]) for i in (0, 3, 6)]
    print("\n--+---+--\n".join(rows))


def play(wishes):
    board = [" "] * 9
    while not winner(board) and free(board):
        place = next((w for w in wishes if board[w] == " "), free(board)[0])
        board[place] = "x"
        if winner(board) or not free(board):
            break
        board[best(board, "o")] = "o"
    return board


for wishes in ([4, 0, 8, 2], [0, 1, 2, 3, 4], [1, 3, 5, 7]):
    board = play(wishes)
    draw(board)
    print("result:", winner(board) or "draw", "\n")

board = list("xx oo    ")
print("x to move wins:", best(board, "x"), "o to move wins:", best(board, "o"))
