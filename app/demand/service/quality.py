"""How far the counts can be believed."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np

from app.db.transaction import Reading
from app.demand.checks import days_of
from app.demand.store import queues as kept_queues
from app.demand.store import rows as kept_rows
from app.demand.values import DayQuality, Queue, minute
from app.errors import invalid
from app.people import service as people

LONGEST = 800
"""Days of quality asked for at once: two years and some."""

AROUND = 56
"""Days before the first and after the last that is asked for, from which the usual week is known:
eight weeks."""


def quality(
    reading: Reading, room_id: UUID, first: date, days: int, *, only: Collection[UUID] | None = None
) -> tuple[DayQuality, ...]:
    """Missing, disagreeing and unusual counts, by queue and local day.

    A day before a queue's first interval or after its last is left out.

    Args:
        reading: the caller's.
        room_id: the control room.
        first: the first local day.
        days: how many.
        only: ids of queues; None for all of the room.

    Raises:
        NotFound: when there is no such room.
        InvalidInput: when more days are asked for than can be answered at once.
    """
    if not 1 <= days <= LONGEST:
        raise invalid("days", f"Give 1 to {LONGEST} days.")
    zone = people.room(reading, room_id).zone
    start, end = (_midnight(first, move, zone) for move in (-AROUND, days + AROUND))
    found: list[DayQuality] = []
    for number, queue in kept_queues.room_queues(reading, room_id).items():
        if only is None or queue.id in only:
            found += _of_queue(reading, number, queue, (start, end), zone)
    return tuple(each for each in found if 0 <= (each.day - first).days < days)


def _of_queue(
    reading: Reading, number: int, queue: Queue, span: tuple[int, int], zone: str
) -> list[DayQuality]:
    rows = kept_rows.kept(reading, number, span[0], span[1] - 1)
    if not len(rows) or queue.interval_minutes is None:
        return []
    days = days_of(rows, queue.interval_minutes, zone)
    return [
        DayQuality(
            queue.id,
            np.datetime64(int(days.day[place]), "D").astype(date),
            int(days.expected[place]),
            int(days.missing[place]),
            int(days.disagreeing[place]),
            days.words(place),
            int(days.beyond_answered[place]),
        )
        for place in range(len(days.day))
    ]


def _midnight(day: date, move: int, zone: str) -> int:
    """Minutes since 1970 UTC to the beginning of a local day, some days on."""
    try:
        local = datetime.combine(day + timedelta(days=move), time(), ZoneInfo(zone))
        return minute(local.astimezone(UTC))
    except OverflowError:
        raise invalid("first", "Give a day between 1970 and 2200.") from None
