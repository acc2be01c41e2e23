"""How past rounds of wishes weigh in the next one, as a rulebook says it."""

from __future__ import annotations

from rostering.fairness.satisfaction import Memory
from rostering.rulebooks import Rulebook

SECTION = "fairness"

MOST_ROUNDS = 52
MOST_POINTS = 1_000
MOST_PERCENT = 1_000


def wish_memory(book: Rulebook) -> Memory | None:
    """How past rounds are remembered; None where a force lets every round stand by itself.

    Raises:
        InputError: when the book says nothing of it, or something that cannot be.
    """
    found = (
        book.section(SECTION)
        .fields(("wishes",))["wishes"]
        .fields(
            (
                *("counts", "rounds", "fade_percent", "even_points", "double_below_percent"),
                *("least_percent", "most_percent", "source"),
            )
        )
    )
    memory = Memory(
        periods=found["rounds"].whole(1, MOST_ROUNDS),
        fade=found["fade_percent"].whole(1, 100) / 100,
        prior=found["even_points"].whole(0, MOST_POINTS),
        double_at=found["double_below_percent"].whole(1, 100) / 100,
        least_percent=found["least_percent"].whole(1, 100),
        most_percent=found["most_percent"].whole(100, MOST_PERCENT),
    )
    return memory if found["counts"].flag() else None
