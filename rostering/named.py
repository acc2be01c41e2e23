"""Numbers and lists that a rule gives by name: `night=7, N=3`, or `late: early, day; night: early`.

A name is the code of a shift template or a kind of shift, whichever a problem has; one that it
has not says nothing. `none` stands for nothing at all.
"""

from __future__ import annotations

from functools import lru_cache

from rostering.errors import InputError
from rostering.problem import Tour

NONE = "none"
"""What is written where nothing is limited."""

LARGEST = 1_000_000
"""Largest number; more tours than any period has."""


@lru_cache(maxsize=4096)
def numbers_by_name(text: str) -> tuple[tuple[str, int], ...]:
    """Read `night=7, N=3` into names and numbers, in the order in which they are given.

    Raises:
        InputError: when a part is no name with a whole number, or a name is given twice.
    """
    found: dict[str, int] = {}
    for part in _parts(text, ","):
        name, equals, number = (piece.strip() for piece in part.partition("="))
        if not (name and equals and number.isascii() and number.isdigit()):
            raise InputError(f'"{part}" is no name with a whole number, such as "night=7".')
        if name in found:
            raise InputError(f'"{name}" has two numbers.')
        found[name] = min(int(number[:9]), LARGEST)
    return tuple(found.items())


@lru_cache(maxsize=4096)
def names_by_name(text: str) -> tuple[tuple[str, frozenset[str]], ...]:
    """Read `late: early, day; night: early` into names and what stands after each.

    Raises:
        InputError: when a part has no name or nothing after it, or a name is given twice.
    """
    found: dict[str, frozenset[str]] = {}
    for part in _parts(text, ";"):
        name, _, rest = (piece.strip() for piece in part.partition(":"))
        after = frozenset(_parts(rest, ","))
        if not (name and after):
            raise InputError(f'"{part}" is no name with others, such as "late: early, day".')
        if name in found:
            raise InputError(f'"{name}" is given twice.')
        found[name] = after
    return tuple(found.items())


def _parts(text: str, mark: str) -> list[str]:
    if text.strip() == NONE:
        return []
    return [part.strip() for part in text.split(mark) if part.strip()]


def is_named(tour: Tour, names: frozenset[str]) -> bool:
    """Tell whether a tour's template or kind is one of the names."""
    return tour.code in names or tour.kind in names
