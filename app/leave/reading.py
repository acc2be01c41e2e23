"""What a rulebook says of leave: its section `leave`, and what the force has answered.

`entitlement` has the minutes of a day and of a full-time week, and the days of leave by completed
years of service; `carry_over` the days that may be carried over; `statutory` what the law gives at
least; `toil` the months after which time off in lieu is paid up. Each names its `source`. A book
without the table, or without days to carry over, asks the force under the names of `LEAVE_DAYS` and
`CARRIED_DAYS`. Days of leave are answered by a number, or by completed years of service, such as
`23, 5: 26, 10: 28`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from app.leave.values import LeaveTerms
from rostering.files.node import Node
from rostering.rulebooks import Rulebook

LEAVE_DAYS, CARRIED_DAYS = "leave_days", "leave_carried_days"
"""Names under which a book asks for the days of leave a year, and those carried over."""

MOST_DAYS = 366

Answered = Callable[[str], object]
"""What the force has answered under a name; None where it has not."""


def leave_terms(book: Rulebook, answered: Answered) -> LeaveTerms:
    """What a book says of leave.

    Args:
        book: a rulebook with a section `leave`.
        answered: what the force has answered to what the book asks.

    Raises:
        InputError: naming the place in the book that cannot be used.
    """
    node = book.section("leave")
    parts = node.fields(("entitlement", "statutory"), ("carry_over", "toil"))
    said = parts["entitlement"].fields(("source", "day_minutes", "week_minutes"), ("years", "days"))
    law = parts["statutory"].fields(("source", "weeks", "public_holidays"))
    table = _table(said) if "years" in said else ()
    carried = _number(parts, "carry_over", "days", MOST_DAYS)
    if not table:
        table = _answered_table(str(answered(LEAVE_DAYS) or ""))
    if carried is None:
        carried = _days(str(answered(CARRIED_DAYS) or ""))
    missing = [(LEAVE_DAYS, not table), (CARRIED_DAYS, carried is None)]
    toil = _number(parts, "toil", "months", 120)
    return LeaveTerms(
        day_minutes=said["day_minutes"].whole(60, 1440),
        week_minutes=said["week_minutes"].whole(60, 10080),
        table=table,
        carried_days=carried or 0,
        statutory_weeks=law["weeks"].number(0, 52),
        public_holidays=law["public_holidays"].whole(0, MOST_DAYS),
        toil_months=None if toil is None else int(toil),
        asked=tuple(
            book.asked.get(name, f"The rulebook does not say {name}.")
            for name, is_missing in missing
            if is_missing
        ),
    )


def _table(said: dict[str, Node]) -> tuple[tuple[int, float], ...]:
    years = [node.whole(0, 60) for node in said["years"].items(60)]
    if "days" not in said:
        raise said["years"].refused("Give days as well, as many as years.")
    days = [node.number(0, MOST_DAYS) for node in said["days"].items(60)]
    if len(days) != len(years):
        raise said["days"].refused(f"Give as many days as years, {len(years)}.")
    if not years or years[0] != 0 or any(later <= earlier for earlier, later in pairwise(years)):
        raise said["years"].refused("Give rising years that begin with 0.")
    return tuple(zip(years, days, strict=True))


def _number(parts: dict[str, Node], part: str, name: str, most: int) -> float | None:
    if part not in parts:
        return None
    return parts[part].fields(("source", name))[name].number(0, most)


def _answered_table(text: str) -> tuple[tuple[int, float], ...]:
    """Days by years as a force answers; empty where it cannot be read."""
    steps = [step.rpartition(":") for step in text.split(",")]
    years = [_days(years) if colon else 0.0 for years, colon, _ in steps]
    days = [_days(each) for _, _, each in steps]
    pairs = [
        (int(since), each)
        for since, each in zip(years, days, strict=True)
        if since is not None and since.is_integer() and each is not None
    ]
    is_rising = all(earlier[0] < later[0] for earlier, later in pairwise(pairs))
    if len(pairs) < len(steps) or pairs[0][0] != 0 or not is_rising:
        return ()
    return tuple(pairs)


def _days(text: str) -> float | None:
    """A number of days or years as answered; None where it is none."""
    match = re.fullmatch(r"\s*(\d{1,3}(?:\.\d{1,2})?)\s*", text, re.ASCII)
    return min(float(match[1]), float(MOST_DAYS)) if match else None
