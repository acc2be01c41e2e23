"""What is assumed of a room that has not said it: shift templates, prices, room in the hours."""

from __future__ import annotations

from collections.abc import Iterable

from rostering.problem import MINUTES_A_DAY, Cover, Officer, Problem, Shift

SHORTAGE_POINTS = (20, 30, 40)
"""Points for the first, second … person missing for a quarter hour: a wish weighs up to 10, a
quarter hour of cover more, and a deep shortage more than two shallow ones."""

KINDS = (("early", 5 * 60), ("day", 10 * 60), ("late", 14 * 60), ("night", 20 * 60))
"""Kinds of shift and the minute after midnight from which a start is of that kind."""

ASSUMED_STARTS = {
    8: ("06:00", "07:00", "08:00", "10:00", "12:00", "14:00", "15:00", "18:00", "22:00", "23:00"),
    10: ("07:00", "10:00", "14:00", "16:00", "21:00"),
}
"""Starts by length in hours: earlies, lates and nights that meet, and days that overlap them."""


def kind_of(start: int) -> str:
    """The kind of a shift that starts so many minutes after midnight."""
    begun = [kind for kind, first in KINDS if first <= start % MINUTES_A_DAY]
    return begun[-1] if begun else "night"


def assumed_shifts() -> tuple[Shift, ...]:
    """The assumed templates, such as `E0700-8h`: letter of the kind, start, length."""
    return tuple(
        _template(int(start[:2]) * 60 + int(start[3:]), hours)
        for hours, starts in ASSUMED_STARTS.items()
        for start in starts
    )


def _template(start: int, hours: int) -> Shift:
    kind = kind_of(start)
    code = f"{kind[0].upper()}{start // 60:02}{start % 60:02}-{hours}h"
    return Shift(code, kind, start, hours * 60)


def shortage_points(interval_minutes: int) -> tuple[int, ...]:
    """Points for the first, second … person missing for an interval of that length."""
    return tuple(points * interval_minutes // 15 for points in SHORTAGE_POINTS)


def hours_limits(due: int, shifts: Iterable[Shift]) -> tuple[int, int]:
    """Least and most minutes over the period for so many contracted minutes.

    The limits lie half of the longest shift below and above, so that whole shifts can meet them.
    """
    room = max(shift.minutes for shift in shifts) // 2
    return max(due - room, 0), due + room if due else 0


def since_first_shift(
    covers: tuple[Cover, ...], frame: Problem, officers: Iterable[Officer]
) -> tuple[Cover, ...]:
    """The covers from the first start of a shift on, where nobody's earlier shifts are known.

    Until then the shifts of the day before are on duty. Without them the early hours would look
    uncovered whatever the roster.
    """
    if any(officer.history for officer in officers):
        return covers
    first = int(frame.starts[0].min())
    return tuple(cover.since(first) for cover in covers)
