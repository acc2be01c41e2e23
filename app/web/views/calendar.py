"""Months of a calendar: public holidays, long events and short ones, and what falls on each."""

from __future__ import annotations

import calendar
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from app.web.words import short_day

DatedKind = Literal["holiday", "long", "short"]
"""A public holiday; some weeks, such as a school holiday; a day or few."""

TONES = {"holiday": "warn", "long": "over", "short": "act"}


@dataclass(frozen=True, slots=True)
class Dated:
    """Something that falls on some days.

    Attributes:
        more: what stands after its name, such as its hours; may be empty.
    """

    kind: DatedKind
    first: date
    last: date
    name: str
    more: str = ""


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """One day; `words` say what falls on it, "" for nothing."""

    number: int
    classes: str
    words: str
    today: bool


@dataclass(frozen=True, slots=True)
class CalendarLine:
    """What falls on some days of a month: when, what, and the tone of its tag."""

    when: str
    name: str
    more: str
    tone: str


@dataclass(frozen=True, slots=True)
class CalendarMonth:
    """A month: weeks of seven days from Monday on, None outside it, and a line for each thing."""

    label: str
    weeks: tuple[tuple[CalendarDay | None, ...], ...]
    lines: tuple[CalendarLine, ...]


def calendar_month(month: date, dated: Iterable[Dated], today: date) -> CalendarMonth:
    """Lay out the month of a day; what lies outside it is left out."""
    first = month.replace(day=1)
    last = (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
    here = [each for each in dated if each.first <= last and each.last >= first]
    weeks = calendar.Calendar().monthdatescalendar(first.year, first.month)
    return CalendarMonth(
        label=f"{first:%B %Y}",
        weeks=tuple(
            tuple(_day(day, here, today) if day.month == first.month else None for day in week)
            for week in weeks
        ),
        lines=tuple(
            CalendarLine(_when(each, first, last), each.name, each.more, TONES[each.kind])
            for each in sorted(here, key=lambda each: (max(each.first, first), each.name))
        ),
    )


def _day(day: date, dated: list[Dated], today: date) -> CalendarDay:
    on = [each for each in dated if each.first <= day <= each.last]
    classes = [kind for kind in TONES if any(each.kind == kind for each in on)]
    classes += ["we"] * (day.weekday() >= 5) + ["today"] * (day == today)
    words = ", ".join(each.name for each in on)
    return CalendarDay(day.day, " ".join(classes), words, day == today)


def _when(each: Dated, first: date, last: date) -> str:
    """The days of it that lie in the month."""
    begin, end = max(each.first, first), min(each.last, last)
    return short_day(begin) if begin == end else f"{short_day(begin)} to {short_day(end)}"
