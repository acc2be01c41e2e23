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
from rostering.rulebooks import Rulebook
from rostering.rulebooks.leave import MOST_DAYS, leave_numbers

LEAVE_DAYS, CARRIED_DAYS = "leave_days", "leave_carried_days"
"""Names under which a book asks for the days of leave a year, and those carried over."""

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
    said = leave_numbers(book)
    table, carried = said.table, said.carried_days
    if not table:
        table = _answered_table(str(answered(LEAVE_DAYS) or ""))
    if carried is None:
        carried = _days(str(answered(CARRIED_DAYS) or ""))
    missing = [(LEAVE_DAYS, not table), (CARRIED_DAYS, carried is None)]
    return LeaveTerms(
        day_minutes=said.day_minutes,
        week_minutes=said.week_minutes,
        table=table,
        carried_days=carried or 0,
        statutory_weeks=said.statutory_weeks,
        public_holidays=said.public_holidays,
        toil_months=said.toil_months,
        asked=tuple(
            book.asked.get(name, f"The rulebook does not say {name}.")
            for name, is_missing in missing
            if is_missing
        ),
    )


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
