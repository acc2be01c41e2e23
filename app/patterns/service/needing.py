"""What a room needs in a week, so that teams are suggested places that cover it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np

from app.db.transaction import Reading
from app.patterns.values import Target
from app.people import service as people
from app.requirements import service as requirements
from rostering.patterns import QUARTERS, Need, Pattern, suggested_offsets

QUARTER = 15
"""Minutes."""


def suggested_places(
    reading: Reading,
    room_id: UUID,
    pattern: Pattern,
    targets: Sequence[Target],
    first_day: date,
) -> tuple[int, ...]:
    """Days of the pattern, from 0, on which teams or officers best begin on a day.

    One is always on duty where that can be, and the people needed in a week are covered best; where
    no requirement is known they are spread evenly.
    """
    need = _weekly_need(reading, room_id)
    size = _people(reading, room_id, targets) / max(len(targets), 1)
    offsets = suggested_offsets(pattern, len(targets), need, max(size, 1.0))
    shift = first_day.weekday() if pattern.is_of_weeks else 0
    return tuple((offset + shift) % len(pattern) for offset in offsets)


def _people(reading: Reading, room_id: UUID, targets: Sequence[Target]) -> int:
    teams = {target.team_id for target in targets if target.team_id is not None}
    officers = sum(target.officer_id is not None for target in targets)
    everyone = people.everyone(reading, room_id)
    return officers + sum(each.details.team_id in teams for each in everyone)


def _weekly_need(reading: Reading, room_id: UUID) -> Need | None:
    """People needed on average by weekday and quarter hour, shape (7, 96); None: not known.

    Of rows of a requirement that overlap the one that asks for most people is taken.
    """
    newest = requirements.newest(reading, room_id)
    if newest is None:
        return None
    asked = requirements.need(reading, room_id, newest.id)
    if not asked.rows:
        return None
    most = np.max([row.people for row in asked.rows], axis=0)
    begin, zone = asked.start, ZoneInfo(asked.zone)
    step = timedelta(minutes=asked.interval_minutes)
    total, seen = np.zeros((7, QUARTERS)), np.zeros((7, QUARTERS))
    for index, needed in enumerate(most.tolist()):
        wall = (begin + index * step).astimezone(zone)
        first = (wall.hour * 60 + wall.minute) // QUARTER
        held = slice(first, first + max(asked.interval_minutes // QUARTER, 1))
        total[wall.weekday(), held] += needed
        seen[wall.weekday(), held] += 1
    return total / np.maximum(seen, 1)
