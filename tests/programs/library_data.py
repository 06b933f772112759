"""Dataclasses: a lending library."""

from __future__ import annotations

from dataclasses import dataclass, field, asdict, replace


@dataclass(frozen=True, order=True)
class Book:
    year: int
    title: str
    author: str = "unknown"

    @property
    def label(self) -> str:
        return f"{self.title} ({self.author}, {self.year})"


@dataclass
class Member:
    name: str
    limit: int = 2
    books: list[Book] = field(default_factory=list)
    fees: float = field(default=0.0, repr=False, compare=False)

    def __post_init__(self):
        if self.limit < 0:
            raise ValueError("a limit below zero")
        self.name = self.name.title()


@dataclass
class Library:
    stock: dict[Book, int] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)

    def add(self, book: Book, copies: int = 1) -> Library:
        self.stock[book] = self.stock.get(book, 0) + copies
        return self

    def join(self, *names: str) -> None:
        for name in names:
            member = Member(name)
            self.members[member.name] = member

    def lend(self, book: Book, name: str) -> str:
        member = self.members[name]
        if not self.stock.get(book):
            return f"no copy of {book.title}"
        if len(member.books) >= member.limit:
            return f"{name} has enough books"
        self.stock[book] -= 1
        member.books.append(book)
        return f"{name} takes {book.title}"

    def give_back(self, book: Book, name: str, days: int = 0) -> None:
        member = self.members[name]
        member.books.remove(book)
        member.fees += max(0, days - 14) * 0.25
        self.stock[book] += 1


emma = Book(1815, "Emma", "Austen")
ulysses = Book(1922, "Ulysses", "Joyce")
edda = Book(1220, "Edda")
library = Library().add(emma, 2).add(ulysses).add(edda)
library.join("tom", "uma")
for book, name in [(emma, "Tom"), (ulysses, "Tom"), (edda, "Tom"), (ulysses, "Uma"), (emma, "Uma")]:
    print(library.lend(book, name))
library.give_back(ulysses, "Tom", days=20)
print(library.members["Tom"], library.members["Tom"].fees)
print(library.lend(ulysses, "Uma"))
print(library.stock)
print(sorted([emma, ulysses, edda])[0].label, emma < ulysses, max(emma, edda).title)
print(Book(1815, "Emma", "Austen") == emma, len({emma, Book(1815, "Emma", "Austen")}), hash(emma) == hash(edda))
print(asdict(edda), replace(edda, author="Snorri"))
for wrong in (lambda: setattr(emma, "year", 1), lambda: Member("x", -1), lambda: library.lend(emma, "Zoe")):
    try:
        wrong()
    except Exception as error:
        print(type(error).__name__, error)
print(Member("a") == Member("A", fees=9.5), Member("b").books is Member("b").books)
