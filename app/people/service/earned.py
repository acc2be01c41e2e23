"""Skills that length of service earns."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from app.db.transaction import Reading
from app.people.service.house import room, skills
from app.people.values import HeldSkill, Skill


def skills_to_earn(reading: Reading, room_id: UUID) -> tuple[Skill, ...]:
    """The skills of the room's force that length of service earns."""
    found = skills(reading, room(reading, room_id).force_id)
    return tuple(each for each in found if each.after_months is not None)


def earned(
    to_earn: Iterable[Skill], given: tuple[HeldSkill, ...], started: date
) -> tuple[HeldSkill, ...]:
    """What service since a day earns whoever holds any given skill."""
    return tuple(
        HeldSkill(each.id, months_after(started, each.after_months))
        for each in to_earn
        if given and each.after_months is not None
    )


def months_after(day: date, months: int) -> date:
    """The same day of a later month; its last day where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
