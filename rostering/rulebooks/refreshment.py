"""Refreshment: how long a break a tour of duty holds, by its length."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from rostering.files.node import Node
from rostering.problem import MINUTES_A_DAY
from rostering.rulebooks import Rulebook

SECTION = "refreshment"


@dataclass(frozen=True, slots=True)
class Step:
    """The break of a tour of `from_minutes` or longer: `minutes`, up to the next step."""

    from_minutes: int
    minutes: int


@dataclass(frozen=True, slots=True)
class Refreshment:
    """The breaks of a rulebook.

    Attributes:
        steps: by length of tour, the shortest first; a tour below the first has no break.
        is_paid: whether the break counts as worked; None where the force must say.
        source: where the numbers come from.
    """

    steps: tuple[Step, ...]
    is_paid: bool | None
    source: str

    def minutes(self, tour_minutes: int) -> int:
        """Minutes of refreshment in a tour of so many minutes, 0 where none is due."""
        due = [step.minutes for step in self.steps if step.from_minutes <= tour_minutes]
        return due[-1] if due else 0


def refreshment(book: Rulebook) -> Refreshment:
    """The breaks of a rulebook.

    Raises:
        InputError: when the book says nothing of refreshment, or something that cannot be.
    """
    found = book.section(SECTION).fields(["steps", "source"], ["paid"])
    steps = tuple(_step(item) for item in found["steps"].items(100))
    if any(then.from_minutes <= first.from_minutes for first, then in pairwise(steps)):
        raise found["steps"].refused("The steps must stand in order of length, the shortest first.")
    is_paid = found["paid"].flag() if "paid" in found else None
    return Refreshment(steps, is_paid, found["source"].text())


def refreshment_minutes(book: Rulebook, tour_minutes: int) -> int:
    """Minutes of refreshment that a rulebook gives in a tour of so many elapsed minutes.

    Raises:
        InputError: as `refreshment`.
    """
    return refreshment(book).minutes(tour_minutes)


def _step(node: Node) -> Step:
    found = node.fields(["from_minutes", "minutes"])
    return Step(
        found["from_minutes"].whole(0, 2 * MINUTES_A_DAY),
        found["minutes"].whole(0, MINUTES_A_DAY),
    )
