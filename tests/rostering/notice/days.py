"""Days told and told again, for the tests of notice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache

from rostering.notice import (
    Compensation,
    ForceDay,
    Hours,
    Person,
    Reason,
    Story,
    Telling,
    read_compensation,
)
from rostering.rulebooks import shipped

LONDON = ForceDay("Europe/London", 420)
"""A force's day that starts at 07:00."""

CONSTABLE = Person("federated")
DUTY_DAY = datetime(2026, 12, 18, tzinfo=UTC)
"""A Friday in winter, when London keeps UTC."""

ENGLAND, STAFF, SCOTLAND = "police_officers_ew", "police_staff_ew", "police_scotland"


@cache
def numbers(name: str) -> Compensation:
    """The numbers of a rulebook that comes with the library."""
    return read_compensation(shipped(name).section("compensation"))


def duty(start: str = "14:00", hours: float = 8, day: datetime = DUTY_DAY) -> Hours:
    """A duty on the day, from a time on the clock."""
    hour, minute = map(int, start.split(":"))
    begin = day + timedelta(hours=hour, minutes=minute)
    return Hours(begin, begin + timedelta(hours=hours))


def told(notice: int, hour: int = 12) -> datetime:
    """An instant with so many clear days until the duty day."""
    return DUTY_DAY - timedelta(days=notice + 1) + timedelta(hours=hour)


def worked(
    notice: int, reason: Reason | None = "exigency", length: float = 8, holiday: str = ""
) -> Story:
    """A rest day on which a duty was called for with so many clear days of notice."""
    return Story(
        (Telling(told(60), None), Telling(told(notice), duty(hours=length), reason)),
        holiday=holiday,
    )


def given_back(notice: int, reason: Reason = "exigency") -> Story:
    """A rest day that was cancelled with 30 clear days of notice and given back with so many."""
    cancelled = Telling(told(30), duty(), "exigency")
    return Story((Telling(told(60), None), cancelled, Telling(told(notice), None, reason)))


def moved(old: Hours, new: Hours | None, at: datetime, reason: Reason | None = "exigency") -> Story:
    """A duty published long before that becomes another at an instant."""
    return Story((Telling(told(60), old), Telling(at, new, reason)))
