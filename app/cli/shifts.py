"""The shift templates that are assumed where none are given, and the kind of a shift."""

from __future__ import annotations

from rostering.problem import MINUTES_A_DAY, Shift

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
