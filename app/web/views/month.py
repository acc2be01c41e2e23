"""A month of one person's shifts."""

from __future__ import annotations

import calendar
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class MonthDay:
    """What one day of a month holds.

    Attributes:
        letter: kind of the shift, `A` for leave, "" for a rest day.
        words: the day in words, such as `Late 14:00 to 22:00`.
        marks: class names of marks, such as `wm`.
    """

    letter: str
    words: str
    marks: str = ""


@dataclass(frozen=True, slots=True)
class MonthCell:
    """One cell of the calendar; `known` when it was published."""

    number: int
    letter: str
    words: str
    marks: str
    known: bool
    today: bool
    classes: str


@dataclass(frozen=True, slots=True)
class Month:
    """The calendar of a month: weeks of seven cells from Monday on, None outside the month."""

    label: str
    weeks: tuple[tuple[MonthCell | None, ...], ...]


def month_view(
    year: int, month: int, days: Mapping[date, MonthDay], today: date | None = None
) -> Month:
    """Lay out a month; a day that is not among `days` has not been published."""
    weeks = calendar.Calendar().monthdatescalendar(year, month)
    return Month(
        label=f"{date(year, month, 1):%B %Y}",
        weeks=tuple(
            tuple(_cell(day, days.get(day), today) if day.month == month else None for day in week)
            for week in weeks
        ),
    )


def _cell(day: date, held: MonthDay | None, today: date | None) -> MonthCell:
    classes = ["we"] * (day.weekday() >= 5)
    if today is not None:
        classes += ["today"] * (day == today) + ["past"] * (day < today)
    return MonthCell(
        number=day.day,
        letter=held.letter if held else "",
        words=held.words if held else "not published",
        marks=held.marks if held else "",
        known=held is not None,
        today=day == today,
        classes=" ".join(classes),
    )
