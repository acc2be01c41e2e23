"""What a force has answered where the sources of a rulebook leave a number of compensation open."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable
from fractions import Fraction

from rostering.notice.numbers import Compensation, Overtime, PublicHolidays

Answered = Callable[[str], object]
"""What the force has answered under a name of the rulebook's `asked`; None where it has not."""

SOURCE = "The force's own answer"

_RATE = re.compile(r"(\d{1,2})(?:/(\d{1,2})|\.(\d{1,3}))?", re.ASCII)


def with_answers(book: Compensation, answered: Answered) -> Compensation:
    """The compensation with a force's answers in place of what the book leaves open.

    `overtime_rate` and `public_holidays_worked` are times the plain rate, such as 3/2 or 1.5;
    `due_notice_hours` and `longer_tours` are hours before a duty; `changes_at_short_notice` is told
    in words. An answer that cannot be read leaves the question open.

    Args:
        book: as its rulebook says.
        answered: the force's answers.
    """
    return dataclasses.replace(
        book,
        rest_days=dataclasses.replace(
            book.rest_days,
            bands=tuple(
                dataclasses.replace(band, rate=rate_of(answered("overtime_rate")))
                if band.form and band.rate is None
                else band
                for band in book.rest_days.bands
            ),
        ),
        public_holidays=book.public_holidays or _holidays(answered),
        overtime=book.overtime and _overtime(book.overtime, answered),
        short_notice=str(answered("changes_at_short_notice") or ""),
    )


def _holidays(answered: Answered) -> PublicHolidays | None:
    """Public holidays at the rate that the force says, whatever the notice."""
    rate = rate_of(answered("public_holidays_worked"))
    return None if rate is None else PublicHolidays(SOURCE, rate, 0, 0, "")


def _overtime(numbers: Overtime, answered: Answered) -> Overtime:
    start, longer = (minutes_of(answered(name)) for name in ("due_notice_hours", "longer_tours"))
    if start is not None:
        numbers = dataclasses.replace(
            numbers, start_notice_minutes=start, longer_notice_minutes=start
        )
    if longer is not None:
        numbers = dataclasses.replace(numbers, longer_notice_minutes=longer)
    return numbers


def rate_of(answer: object) -> Fraction | None:
    """Times the plain rate, such as 3/2 or 1.5; None where the answer is no rate above 0."""
    match = _RATE.fullmatch(str(answer).strip()) if answer is not None else None
    if match is None or (match[2] and not int(match[2])):
        return None
    return Fraction(match[0]) or None


def minutes_of(answer: object) -> int | None:
    """Hours as answered, in minutes; None where they are not from 0 to 168."""
    try:
        hours = float(str(answer))
    except ValueError:
        return None
    return round(hours * 60) if 0 <= hours <= 168 else None
