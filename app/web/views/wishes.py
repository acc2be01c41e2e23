"""Which wishes a roster meets."""

from __future__ import annotations

from rostering.problem import Officer, Preference, Problem, Roster
from rostering.reasons.asked import asked


def is_met(problem: Problem, roster: Roster, officer: Officer, wish: Preference) -> bool:
    """Tell whether the roster gives the officer what the wish asks for."""
    given = any(
        tour.day == wish.day and wish.is_about(problem.shifts[problem.shift_index[tour.code]])
        for tour in roster.of(officer)
    )
    return given == wish.wants


def wishes_met(problem: Problem, roster: Roster) -> tuple[int, int]:
    """How many wishes are met wholly, and how many were made, about a day or several."""
    lost = [each.lost for each in asked(problem, roster.line)]
    return lost.count(0), len(lost)


def wish_text(wish: Preference) -> str:
    """What a wish asks for, such as `no night` or `day off`."""
    about = " or ".join(sorted(wish.kinds | wish.shifts))
    if wish.wants:
        return about or "any shift"
    return f"no {about}" if about else "day off"
