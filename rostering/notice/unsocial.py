"""Hours that carry the allowance for unsocial hours."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

from rostering.notice.facts import Hours
from rostering.notice.numbers import Unsocial


def unsocial_hours(duty: Hours | None, numbers: Unsocial, zone: str) -> int:
    """Full hours of a duty between two local times of day (Police Regulations 2003 Annex U).

    Each stretch between the two is counted by itself, in elapsed hours: a night over a clock change
    has one more or one fewer. No duty has none.
    """
    if duty is None:
        return 0
    clock = ZoneInfo(zone)
    first = duty.start.astimezone(clock).date() - timedelta(days=1)
    last = duty.end.astimezone(clock).date()
    length = timedelta(days=1 if numbers.end <= numbers.start else 0)
    total = 0
    for ahead in range((last - first).days + 1):
        day = first + timedelta(days=ahead)
        begin = datetime.combine(day, _time(numbers.start), clock)
        end = datetime.combine(day + length, _time(numbers.end), clock)
        shared = min(duty.end.timestamp(), end.timestamp()) - max(
            duty.start.timestamp(), begin.timestamp()
        )
        total += max(int(shared // 3600), 0)
    return total


def _time(minute: int) -> time:
    return time(minute // 60, minute % 60)
