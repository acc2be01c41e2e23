"""Local days, times and figures in words."""

from __future__ import annotations

import datetime as dt

import numpy as np

from forecasting.calendar import LocalTime

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


def day_words(day: np.datetime64) -> str:
    """A local day, such as `Tuesday 3 March 2026`; by no locale."""
    date = dt.date.fromisoformat(str(day))
    return f"{_DAYS[date.weekday()]} {date.day} {_MONTHS[date.month - 1]} {date.year}"


def time_words(local: LocalTime, place: int) -> str:
    """The local time at which an interval begins, or the one before it ended, such as `02:15`."""
    length = 1440 // local.slots_per_day
    slots = len(local.slot)
    minute = int(local.slot[place]) * length if place < slots else _next(local, slots) * length
    return f"{minute // 60:02}:{minute % 60:02}"


def _next(local: LocalTime, slots: int) -> int:
    return (int(local.slot[slots - 1]) + 1) % local.slots_per_day


def span_words(local: LocalTime, first: int, after: int) -> str:
    """A stretch, such as `from 02:15 to 05:30 on Tuesday 3 March 2026`."""
    begin, end = local.date[first], local.date[after - 1]
    if int(local.slot[after - 1]) == local.slots_per_day - 1:
        until = f"24:00 on {day_words(end)}"
    else:
        until = f"{time_words(local, after)} on {day_words(end)}"
    if begin == end:
        return f"from {time_words(local, first)} to {until}"
    return f"from {time_words(local, first)} on {day_words(begin)} to {until}"


def length_words(minutes: int) -> str:
    """A length of time, such as `45 minutes`, `3 h 15` or `2 days and 4 h`."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{minutes} minutes"
    if hours < 48:
        return f"{hours} h {rest:02}" if rest else f"{hours} h"
    days, hours = divmod(hours, 24)
    return f"{days} days and {hours} h" if hours else f"{days} days"


def number(value: float) -> str:
    """A figure with as many places as matter, such as `41`, `0.6` or `1,204`."""
    return f"{value:,.0f}" if value >= 9.95 else f"{value:.1f}".removesuffix(".0")


def calls(value: float) -> str:
    """A number of calls, such as `No call`, `1 call` or `41 calls`."""
    said = number(value)
    return "No call" if not value else f"{said} {'call' if said == '1' else 'calls'}"
