"""How far ahead rest days and times are to be known, as a rulebook says it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from rostering.rulebooks import Rulebook

SECTION = "publication"

MOST_WEEKS = 520
"""Ten years: no book asks for more."""


@dataclass(frozen=True, slots=True)
class Horizon:
    """How far ahead rest days and times are to be known.

    Attributes:
        rest_day_weeks: weeks for which rest days are to be known at any time.
        time_weeks: weeks for which starts and ends are to be known with them.
        lead_days: days before its first day on which a roster is to be published; None where the
            book does not say.
        source: where the numbers come from.
    """

    rest_day_weeks: int
    time_weeks: int
    lead_days: int | None
    source: str

    def rest_days_due(self, today: date) -> date:
        """The last day of which rest days are to be known on a day."""
        return today + timedelta(weeks=self.rest_day_weeks, days=-1)

    def times_until(self, today: date) -> date:
        """The first day of which times need not be known on a day."""
        return today + timedelta(weeks=self.time_weeks)

    def leaves_time(self, told: date, first_day: date) -> bool:
        """Whether what begins on a day is told early enough on another."""
        return self.lead_days is None or told + timedelta(days=self.lead_days) <= first_day


def horizon(book: Rulebook) -> Horizon:
    """What a rulebook says of publishing ahead.

    Raises:
        InputError: when the book has no such section, or it cannot be used.
    """
    found = book.section(SECTION).fields(("rest_day_weeks", "time_weeks", "source"), ("lead_days",))
    lead = found.get("lead_days")
    return Horizon(
        rest_day_weeks=found["rest_day_weeks"].whole(1, MOST_WEEKS),
        time_weeks=found["time_weeks"].whole(1, MOST_WEEKS),
        lead_days=lead.whole(1, 366) if lead else None,
        source=found["source"].text(),
    )
