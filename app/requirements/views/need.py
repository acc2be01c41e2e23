"""What a page shows of a requirement: the answer, people by row, hours by part."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from zoneinfo import ZoneInfo

import numpy as np

from app.requirements.service import Need, Requirement, hours_words
from app.web.words import count, day_words, number, period_words

MOST_WEEKS = 5
"""Weeks shown beside the whole; of a longer period only the whole is."""


def requirement_words(requirement: Requirement, need: Need) -> str:
    """What a requirement came to, as a sentence: the whole room at its busiest, and in all."""
    whole = need.whole
    most = int(whole.max())
    at = need.start + timedelta(minutes=need.interval_minutes * int(np.argmax(whole)))
    local = at.astimezone(ZoneInfo(need.zone))
    hours = float(whole.sum()) * need.interval_minutes / 60
    days = period_words(requirement.first_day, requirement.last_day)
    return (
        f"{days}: {count(most, 'person', 'people')} at most, {day_words(local.date())} at "
        f"{local:%H:%M}; {number(hours)} person-hours in all."
    )


def need_rows(need: Need) -> list[tuple[str, str, str, str]]:
    """Per row: its names, fewest and most people, and person-hours."""
    return [
        (
            " + ".join(row.names),
            number(int(row.people.min())),
            number(int(row.people.max())),
            number(float(row.people.sum()) * need.interval_minutes / 60),
        )
        for row in need.rows
    ]


@dataclass(frozen=True, slots=True)
class HoursTable:
    """Hours that a roster must find.

    Attributes:
        columns: what the figures are of.
        rows: a label, whether it is a sum, and figures.
        words: what they come to, as a sentence.
    """

    columns: tuple[str, ...]
    rows: tuple[tuple[str, bool, tuple[str, ...]], ...]
    words: str


def hours_table(requirement: Requirement) -> HoursTable | None:
    """Hours by part, in all and by week; None where they were not kept."""
    whole = requirement.hours
    if not whole.rostered:
        return None
    weeks = requirement.weeks if 1 < len(requirement.weeks) <= MOST_WEEKS else ()
    shown = (whole, *weeks)
    rows = [("At desks", False, tuple(number(each.at_desks) for each in shown))]
    rows += [
        (part.capitalize(), False, tuple(number(each.on_shift.get(part, 0)) for each in shown))
        for part in whole.on_shift
    ]
    rows.append(("Rostered", True, tuple(number(each.rostered) for each in shown)))
    rows += [
        (part.capitalize(), False, tuple(number(each.off_shift.get(part, 0)) for each in shown))
        for part in whole.off_shift
    ]
    rows.append(("Paid", True, tuple(number(each.paid) for each in shown)))
    return HoursTable(
        columns=("In all", *(f"Week {week}" for week in range(1, len(weeks) + 1))),
        rows=tuple(rows),
        words=hours_words(whole),
    )
