"""One field of a file, read or refused in words."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from app import clock

Read = Callable[[str, ZoneInfo], object]
"""Reads a field that is not blank; raises ValueError with what to do instead."""

DAY = re.compile(r"(19|20)\d\d-\d\d-\d\d")
MINUTE = re.compile(DAY.pattern + r"[T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:?\d{2})?")

GIVE_A_DAY = "Give a day such as 2026-03-29."
GIVE_A_TIME = "Give a time such as 2026-03-29 07:00, or 2026-03-29T06:00Z."
GIVE_HOURS = "Give hours a week such as 37.5, 0 to 168, in whole minutes."


def read_text(given: str, _: ZoneInfo) -> str:
    """Text as it stands."""
    return given


def read_day(given: str, _: ZoneInfo) -> date:
    """A local day."""
    try:
        if DAY.fullmatch(given):
            return date.fromisoformat(given)
    except ValueError:
        pass
    raise ValueError(GIVE_A_DAY)


def read_instant(given: str, zone: ZoneInfo) -> datetime:
    """A local time of the room, or an instant with its offset; in UTC.

    A local time that a clock change leaves out or brings twice is nobody's guess.
    """
    try:
        told = datetime.fromisoformat(given) if MINUTE.fullmatch(given) else None
    except ValueError:
        told = None
    if told is None:
        raise ValueError(GIVE_A_TIME)
    return (told if told.tzinfo else _local(told, zone)).astimezone(UTC)


def _local(told: datetime, zone: ZoneInfo) -> datetime:
    instants = clock.instants(told, zone)
    if not instants:
        raise ValueError("The clock change leaves this time out: give another.")
    if len(instants) > 1:
        raise ValueError("The clock change brings this time twice: give its offset as well.")
    return instants[0]


def read_minutes(given: str, _: ZoneInfo) -> int:
    """Hours a week as minutes."""
    try:
        minutes = Decimal(given) * 60
    except ArithmeticError:  # no number, or one beyond all numbers
        raise ValueError(GIVE_HOURS) from None
    if not minutes.is_finite() or minutes != minutes.to_integral_value():
        raise ValueError(GIVE_HOURS)
    if not 0 <= minutes <= 168 * 60:
        raise ValueError(GIVE_HOURS)
    return int(minutes)


def one_of(*words: str) -> Read:
    """A reader of one of these words, however capitalised."""

    def read(given: str, _: ZoneInfo) -> str:
        if given.lower() not in words:
            raise ValueError(f"Give {' or '.join(words)}.")
        return given.lower()

    return read
