"""Poker hands with named tuples."""

from collections import namedtuple, Counter

Card = namedtuple("Card", "rank suit")
RANKS = "23456789TJQKA"
SUITS = {"c": "clubs", "d": "diamonds", "h": "hearts", "s": "spades"}


def deck():
    return [Card(rank, suit) for suit in SUITS for rank in RANKS]


def parse(text):
    return [Card(*pair) for pair in text.split()]


def value(card):
    return RANKS.index(card.rank)


def judge(hand):
    counts = sorted(Counter(card.rank for card in hand).values(), reverse=True)
    ranks = sorted(value(card) for card in hand)
    flush = len({card.suit for card in hand}) == 1
    straight = ranks == list(range(ranks[0], ranks[0] + 5))
    if straight and flush:
        return 8, "straight flush"
    if counts[0] == 4:
        return 7, "four of a kind"
    if counts[:2] == [3, 2]:
        return 6, "full house"
    if flush:
        return 5, "flush"
    if straight:
        return 4, "straight"
    if counts[0] == 3:
        return 3, "three of a kind"
    if counts[:2] == [2, 2]:
        return 2, "two pairs"
    if counts[0] == 2:
        return 1, "a pair"
    return 0, "high card"


def shuffled(cards, seed):
    """A shuffle that is the same everywhere."""
    cards = cards[:]
    for i in range(len(cards) - 1, 0, -1):
        seed = (seed * 1103515245 + 12345) % 2 ** 31
        j = seed % (i + 1)
        cards[i], cards[j] = cards[j], cards[i]
    return cards


def main():
    cards = deck()
    print(len(cards), cards[0], cards[-1].rank, cards[13].suit)
    rank, suit = cards[5]
    print(rank, suit, cards[5] == ("7", "c"), cards[5]._replace(suit="h"), Card._fields)
    print(cards[5]._asdict(), sorted([Card("9", "s"), Card("9", "d"), Card("2", "h")]))
    hands = ["2h 3h 4h 5h 6h", "Ks Kd Kh Kc 2s", "3s 3d 3c 9h 9s", "2d 9d Jd Kd Ad", "9s Th Jc Qd Ks",
             "4s 4d 4h Jc 2d", "5s 5h 8d 8c Ah", "Ah As 3d 7c 9h", "2c 5d 9h Js Ks"]
    for text in hands:
        points, name = judge(parse(text))
        print(f"{text}  {points} {name}")
    best = max(hands, key=lambda text: (judge(parse(text)), text))
    print("best:", " ".join(SUITS[c.suit].upper()[:4] + c.rank for c in parse(best)))
    dealt = shuffled(cards, 2024)
    found = Counter(judge(dealt[i:i + 5])[1] for i in range(0, 50, 5))
    print(sorted(found.items()), len(set(dealt)))
    try:
        cards[0].rank = "A"
    except AttributeError as error:
        print("AttributeError:", error)
    try:
        Card("A")
    except TypeError as error:
        print("TypeError:", str(error)[-28:])


if __name__ == "__main__":
    main()
