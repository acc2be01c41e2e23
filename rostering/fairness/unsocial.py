"""Hours of a shift that are unsocial, by the clock on the wall."""

from __future__ import annotations

from rostering.duty import MINUTES_A_DAY

QUARTER = 15


def unsocial_minutes(begin: int, minutes: int, start: int, end: int) -> int:
    """Minutes of a shift between two times of day; none where both are the same.

    Args:
        begin: minutes after a midnight at which the shift begins.
        minutes: its length, two days at most.
        start: minutes after midnight.
        end: the same; on the next day where it is earlier.
    """
    length = (end - start) % MINUTES_A_DAY
    total = 0
    for day in range(-1, (begin + minutes) // MINUTES_A_DAY + 1):
        opens = start + day * MINUTES_A_DAY
        total += max(min(begin + minutes, opens + length) - max(begin, opens), 0)
    return total


def unsocial_quarters(begin: int, minutes: int, start: int, end: int) -> int:
    """Whole quarter hours of a shift between two times of day; see `unsocial_minutes`."""
    return unsocial_minutes(begin, minutes, start, end) // QUARTER
