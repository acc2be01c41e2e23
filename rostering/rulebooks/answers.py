"""What a force may answer to what its rulebook asks, and what is made of it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from rostering.errors import InputError
from rostering.notice.answers import minutes_of, rate_of
from rostering.rulebooks.leave import answered_days, answered_table

RATE = "Give times the plain rate, such as 1.5 or 3/2."
HOURS = "Give hours, from 0 to 168."

READERS: Mapping[str, tuple[Callable[[str], object], str]] = {
    "overtime_rate": (rate_of, RATE),
    "public_holidays_worked": (rate_of, RATE),
    "due_notice_hours": (minutes_of, HOURS),
    "longer_tours": (minutes_of, HOURS),
    "leave_days": (
        answered_table,
        'Give a number of days, or days by completed years such as "23, 5: 26, 10: 28".',
    ),
    "leave_carried_days": (answered_days, "Give a number of days."),
}
"""By question what reads its answer, which gives None or nothing where it cannot, and what to give
then."""

TOLD = frozenset(
    {
        "refreshment",
        "rest_days_per_week",
        "staff_shift_allowance_pct",
        "staff_weekend_rates",
        "staff_night_rate",
    }
)
"""Questions whose answer is shown to whoever reads the rules, and from which nothing follows."""


def check_answer(name: str, answer: object) -> None:
    """Refuse an answer that what reads it could not use.

    Raises:
        InputError: with a sentence that says what to give.
    """
    if name in READERS:
        read, give = READERS[name]
        if read(str(answer)) in (None, ()):
            raise InputError(give)
