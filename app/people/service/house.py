"""Forces, control rooms, teams and skills."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import replace
from datetime import datetime
from uuid import UUID

from app.db.transaction import Reading, Transaction, unless_taken
from app.db.types import new_id
from app.errors import NotFound, Stale, invalid
from app.people.checks import check_zone, text
from app.people.store import rooms as store
from app.people.values import Force, Room, Skill, Team

MOST_MONTHS = 600
"""Months of service that can earn a skill: fifty years, longer than anyone serves."""


def create_force(transaction: Transaction, name: str) -> Force:
    """A new force.

    Raises:
        Conflict: when a force has that name.
        InvalidInput: when the name is blank or too long.
    """
    new = Force(new_id(), text("name", name, 200))
    with unless_taken(transaction, f"There is already a force called {new.name}."):
        store.add(transaction, new)
    return new


def forces(reading: Reading) -> tuple[Force, ...]:
    """Every force of the installation, by name."""
    return store.forces_of_all(reading)


def force(reading: Reading, force_id: UUID) -> Force:
    """A force.

    Raises:
        NotFound: when there is none of that id.
    """
    found = store.force(reading, force_id)
    if found is None:
        raise NotFound("There is no such force.")
    return found


def force_named(reading: Reading, name: str) -> Force | None:
    """The force of that name, if there is one."""
    return store.force_named(reading, name)


def create_room(
    transaction: Transaction,
    force_id: UUID,
    name: str,
    zone: str,
    day_start: int,
    *,
    notice: str = "",
    as_of: datetime | None = None,
) -> Room:
    """A new control room of a force.

    Args:
        transaction: the caller's.
        force_id: whose it is.
        name: unique in the force.
        zone: IANA time zone.
        day_start: minutes after local midnight, 0–1439.
        notice: what every page of the room says at its top; may be empty.
        as_of: the room's own present where its data end in the past.

    Raises:
        NotFound: when there is no such force.
        Conflict: when a room of the force has that name.
        InvalidInput: when a field cannot be used.
    """
    mark = _force_mark(transaction, force_id)
    new = Room(new_id(), force_id, name, zone, day_start, notice, as_of, mark)
    _check_room(new)
    with unless_taken(transaction, _room_taken(new)):
        store.add(transaction, new)
    return new


def change_room(
    transaction: Transaction, room_id: UUID, changed: int, name: str, zone: str, day_start: int
) -> Room:
    """Let a control room have that name, zone and day start; `changed` is what was read.

    Raises:
        NotFound: when there is no such room.
        Stale: when somebody changed it after it was read.
        Conflict, InvalidInput: as for a new room.
    """
    before = room(transaction, room_id)
    mark = _force_mark(transaction, before.force_id)
    after = replace(before, name=name, zone=zone, day_start=day_start, changed=mark)
    _check_room(after)
    with unless_taken(transaction, _room_taken(after)):
        _put(transaction, after, changed, "control room")
    return after


def create_team(transaction: Transaction, room_id: UUID, name: str) -> Team:
    """A new team of a control room; errors as for a room."""
    mark = room_mark(transaction, room_id)
    new = Team(new_id(), room_id, text("name", name, 200), mark)
    with unless_taken(transaction, _team_taken(new)):
        store.add(transaction, new)
    return new


def change_team(
    transaction: Transaction, room_id: UUID, team_id: UUID, changed: int, name: str
) -> Team:
    """Let a team have that name; errors as for a changed room."""
    before = team(transaction, room_id, team_id)
    mark = room_mark(transaction, room_id)
    after = replace(before, name=text("name", name, 200), changed=mark)
    with unless_taken(transaction, _team_taken(after)):
        _put(transaction, after, changed, "team")
    return after


def create_skill(
    transaction: Transaction,
    force_id: UUID,
    code: str,
    name: str,
    after_months: int | None = None,
) -> Skill:
    """A new skill of a force, known by its code; errors as for a room.

    Args:
        transaction: the caller's.
        force_id: of the force.
        code: how files and queues know it.
        name: what people call it.
        after_months: months of service that earn it; None where it is given person by person.
    """
    mark = _force_mark(transaction, force_id)
    if after_months is not None and not 1 <= after_months <= MOST_MONTHS:
        raise invalid("after_months", f"Give 1 to {MOST_MONTHS} months.")
    code, name = text("code", code, 64), text("name", name, 200)
    new = Skill(new_id(), force_id, code, name, mark, after_months)
    with unless_taken(transaction, f"The force already has a skill with the code {new.code}."):
        store.add(transaction, new)
    return new


def change_skill(
    transaction: Transaction, force_id: UUID, skill_id: UUID, changed: int, name: str
) -> Skill:
    """Let a skill have that name; its code stays, since files and queues know it by that.

    Raises:
        NotFound: when there is no such skill of the force.
        Stale: when somebody changed it after it was read.
        InvalidInput: when the name cannot be used.
    """
    before = skill(transaction, force_id, skill_id)
    mark = _force_mark(transaction, force_id)
    after = replace(before, name=text("name", name, 200), changed=mark)
    _put(transaction, after, changed, "skill")
    return after


def room(reading: Reading, room_id: UUID) -> Room:
    """A control room.

    Raises:
        NotFound: when there is none of that id.
    """
    found = store.room(reading, room_id)
    if found is None:
        raise NotFound("There is no such control room.")
    return found


def rooms_of(reading: Reading, ids: Collection[UUID]) -> Mapping[UUID, Room]:
    """Control rooms by id, of whatever forces; ids of none are absent."""
    return {each.id: each for each in store.rooms_of(reading, ids)}


def rooms(reading: Reading, force_id: UUID) -> tuple[Room, ...]:
    """The control rooms of a force, by name."""
    return store.rooms(reading, force_id)


def team(reading: Reading, room_id: UUID, team_id: UUID) -> Team:
    """A team of a control room.

    Raises:
        NotFound: when there is none of that id in that room.
    """
    found = store.team(reading, room_id, team_id)
    if found is None:
        raise NotFound("There is no such team in this control room.")
    return found


def teams(reading: Reading, room_id: UUID) -> tuple[Team, ...]:
    """The teams of a control room, by name."""
    return store.room_teams(reading, room_id)


def skill(reading: Reading, force_id: UUID, skill_id: UUID) -> Skill:
    """A skill of a force.

    Raises:
        NotFound: when there is none of that id in that force.
    """
    found = store.skill(reading, force_id, skill_id)
    if found is None:
        raise NotFound("There is no such skill in this force.")
    return found


def skills(reading: Reading, force_id: UUID) -> tuple[Skill, ...]:
    """The skills that a force knows, by code."""
    return store.force_skills(reading, force_id)


def force_changes(reading: Reading, force_id: UUID) -> int:
    """The mark of the last change of a force's rooms and skills: who has read so far asks from it.

    Raises:
        NotFound: when there is no such force.
    """
    return store.force_mark(reading, force(reading, force_id).id)


def room_changes(reading: Reading, room_id: UUID) -> int:
    """The mark of the last change of a room's teams and officers; errors as for a force."""
    return store.room_mark(reading, room(reading, room_id).id)


def room_mark(transaction: Transaction, room_id: UUID) -> int:
    """The next mark of a room; whoever else changes its people waits until this one is done.

    Raises:
        NotFound: when there is no such room.
    """
    mark = store.mark_room(transaction, room_id)
    if mark is None:
        raise NotFound("There is no such control room.")
    return mark


def _force_mark(transaction: Transaction, force_id: UUID) -> int:
    mark = store.mark_force(transaction, force_id)
    if mark is None:
        raise NotFound("There is no such force.")
    return mark


def _check_room(room: Room) -> None:
    check_zone(room.zone)
    if not 0 <= room.day_start <= 1439:
        raise invalid("day_start", "Give minutes after midnight, 0 to 1439.")
    text("name", room.name, 200)
    if room.notice:
        text("notice", room.notice, 200)


def _put(transaction: Transaction, value: Room | Team | Skill, changed: int, what: str) -> None:
    if not store.change(transaction, value, changed):
        raise Stale(f"Somebody changed this {what} meanwhile: read again, then change.")


def _room_taken(room: Room) -> str:
    return f"The force already has a control room called {room.name}."


def _team_taken(team: Team) -> str:
    return f"The control room already has a team called {team.name}."
