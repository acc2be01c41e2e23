"""How much a file may hold."""

from __future__ import annotations

from rostering.files.node import Node
from rostering.problem import MINUTES_A_DAY

MOST_DAYS = 400
MOST_SHIFTS = 1_000
MOST_OFFICERS = 20_000
MOST_ITEMS = 1_000_000
MOST_PEOPLE = 100_000
LONGEST_SHIFT = 2 * MINUTES_A_DAY
FURTHEST_BACK = -4_000


def optional(found: dict[str, Node], key: str) -> list[Node]:
    """The items of a list that may be left out."""
    return found[key].items(MOST_ITEMS) if key in found else []
