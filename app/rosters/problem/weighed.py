"""A problem whose prices are turned by dials, and what that was, in a sentence."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from app.rulebooks.service import BookInForce, Books
from rostering.dials import DIALS, LEVELS, Levels, moved, turned
from rostering.words import listed_words


def turned_books(books: Books, levels: Levels) -> Books:
    """The rulebooks of a room with their prices turned, so that everybody's own numbers are too."""

    def turn(of: BookInForce) -> BookInForce:
        book = dataclasses.replace(of.book, rules=turned(of.book.rules, levels))
        return dataclasses.replace(of, book=book)

    return dataclasses.replace(books, officers=turn(books.officers), staff=turn(books.staff))


def dial_notes(levels: Levels) -> Iterator[str]:
    """How the dials stand where any is not as set, in a sentence."""
    if away := moved(levels):
        said = [
            f"{DIALS[dial].title.lower()}: {LEVELS[level][0].lower()}"
            for dial, level in away.items()
        ]
        yield f"Weighed otherwise than the rulebook sets it: {listed_words(said)}."
