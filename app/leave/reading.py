"""What a rulebook says of leave: its section `leave`, and what the force has answered.

`entitlement` has the minutes of a day and of a full-time week, and the days of leave by completed
years of service; `carry_over` the days that may be carried over; `statutory` what the law gives at
least; `toil` the months after which time off in lieu is paid up. Each names its `source`. A book
without the table, or without days to carry over, asks the force under the names of `LEAVE_DAYS` and
`CARRIED_DAYS`. Days of leave are answered by a number, or by completed years of service, such as
`23, 5: 26, 10: 28`.
"""

from __future__ import annotations

from collections.abc import Callable

from app.leave.values import LeaveTerms
from rostering.rulebooks import Rulebook
from rostering.rulebooks.leave import answered_days, answered_table, leave_numbers

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
        table = answered_table(str(answered(LEAVE_DAYS)))
    if carried is None:
        carried = answered_days(str(answered(CARRIED_DAYS)))
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
