"""A small force to test with: two control rooms, a team in each, two skills."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from app.db.transaction import Transaction
from app.people import service as people


@dataclass(frozen=True, slots=True)
class Small:
    """What was made: rooms, their teams, the force's skills."""

    force: people.Force
    room: people.Room
    other_room: people.Room
    team: people.Team
    other_team: people.Team
    call_taking: people.Skill
    dispatch: people.Skill


def small_force(transaction: Transaction, name: str = "Borsetshire") -> Small:
    """A force of that name with two control rooms."""
    force = people.create_force(transaction, name)
    north = people.create_room(transaction, force.id, "North", "Europe/London", 7 * 60)
    south = people.create_room(transaction, force.id, "South", "Europe/London", 6 * 60)
    return Small(
        force,
        north,
        south,
        people.create_team(transaction, north.id, "A"),
        people.create_team(transaction, south.id, "A"),
        people.create_skill(transaction, force.id, "calls", "Call taking"),
        people.create_skill(transaction, force.id, "dispatch", "Dispatch"),
    )


def details(number: str, name: str = "Sam Field", **others: object) -> people.OfficerDetails:
    """Details of an officer of police staff."""
    said = {"grade": "SO1", "employment": "staff", "started": date(2020, 1, 6), **others}
    return people.OfficerDetails(number=number, name=name, **said)  # type: ignore[arg-type]


def tour(officer_id: UUID, day: int, hours: float = 10) -> people.PastShift:
    """An early shift from 07:00 UTC on a day of March 2026."""
    start = datetime(2026, 3, day, 7, tzinfo=UTC)
    return people.PastShift(officer_id, start, start + timedelta(hours=hours), "early", "E")
