"""Leave: how much a rulebook gives, what the law gives at least, and what may be carried over."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from itertools import pairwise

from rostering.files.node import Node
from rostering.rulebooks import Rulebook

SECTION = "leave"

MOST_DAYS = 366
MOST_YEARS = 60

_DAYS = re.compile(r"\s*(\d{1,3}(?:\.\d{1,2})?)\s*", re.ASCII)


@dataclass(frozen=True, slots=True)
class LeaveNumbers:
    """What a rulebook says of leave.

    Attributes:
        day_minutes: minutes of a day of leave.
        week_minutes: minutes of a full-time week.
        table: days of leave a year from so many completed years of service on, the least first;
            empty where the force must say.
        carried_days: days that may be carried over; None where the force must say.
        statutory_weeks: weeks of leave a year that the law gives at least.
        public_holidays: days of these that are public holidays.
        toil_months: months after which time off in lieu is paid up; None where it is kept.
    """

    day_minutes: int
    week_minutes: int
    table: tuple[tuple[int, float], ...]
    carried_days: float | None
    statutory_weeks: float
    public_holidays: int
    toil_months: int | None


def leave_numbers(book: Rulebook) -> LeaveNumbers:
    """What a rulebook says of leave.

    Raises:
        InputError: when the book says nothing of leave, or something that cannot be; it names the
            place.
    """
    parts = book.section(SECTION).fields(("entitlement", "statutory"), ("carry_over", "toil"))
    said = parts["entitlement"].fields(("source", "day_minutes", "week_minutes"), ("years", "days"))
    law = parts["statutory"].fields(("source", "weeks", "public_holidays"))
    toil = _number(parts, "toil", "months", 120)
    return LeaveNumbers(
        day_minutes=said["day_minutes"].whole(60, 1440),
        week_minutes=said["week_minutes"].whole(60, 10080),
        table=_table(said) if "years" in said else (),
        carried_days=_number(parts, "carry_over", "days", MOST_DAYS),
        statutory_weeks=law["weeks"].number(0, 52),
        public_holidays=law["public_holidays"].whole(0, MOST_DAYS),
        toil_months=None if toil is None else int(toil),
    )


def answered_table(text: str) -> tuple[tuple[int, float], ...]:
    """Days of leave by years of service as a force answers, such as `26` or `23, 5: 26, 10: 28`.

    Empty where it cannot be read.
    """
    steps = [step.rpartition(":") for step in text.split(",")]
    years = [answered_days(years) if colon else 0.0 for years, colon, _ in steps]
    days = [answered_days(each) for _, _, each in steps]
    pairs = [
        (int(since), each)
        for since, each in zip(years, days, strict=True)
        if since is not None and since.is_integer() and each is not None
    ]
    is_rising = all(earlier[0] < later[0] for earlier, later in pairwise(pairs))
    if len(pairs) < len(steps) or pairs[0][0] != 0 or not is_rising:
        return ()
    return tuple(pairs)


def answered_days(text: str) -> float | None:
    """A number of days or years as a force answers; None where it is none."""
    match = _DAYS.fullmatch(text)
    return min(float(match[1]), float(MOST_DAYS)) if match else None


def _table(said: Mapping[str, Node]) -> tuple[tuple[int, float], ...]:
    years = [node.whole(0, MOST_YEARS) for node in said["years"].items(MOST_YEARS)]
    if "days" not in said:
        raise said["years"].refused("Give days as well, as many as years.")
    days = [node.number(0, MOST_DAYS) for node in said["days"].items(MOST_YEARS)]
    if len(days) != len(years):
        raise said["days"].refused(f"Give as many days as years, {len(years)}.")
    if not years or years[0] != 0 or any(later <= earlier for earlier, later in pairwise(years)):
        raise said["years"].refused("Give rising years that begin with 0.")
    return tuple(zip(years, days, strict=True))


def _number(parts: Mapping[str, Node], part: str, name: str, most: int) -> float | None:
    if part not in parts:
        return None
    return parts[part].fields(("source", name))[name].number(0, most)
