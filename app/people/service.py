"""What can be done with people. Every verb takes the transaction of its caller and never commits.

A room or an officer that is not where the caller says it is sounds like one that does not exist.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from app.db.transaction import Reading, Transaction, unless_taken
from app.db.types import new_id
from app.errors import InvalidInput, NotFound, Place, Stale, invalid
from app.people import store
from app.people.checks import check_zone, day_faults, overlaps, refuse, shift_faults, text
from app.people.values import (
    Contract,
    Employment,
    Force,
    HeldSkill,
    Officer,
    OfficerDetails,
    OfficerPage,
    PastShift,
    Position,
    Room,
    ShiftState,
    Skill,
    Span,
    Team,
    Thing,
)

__all__ = [
    "Contract",
    "Employment",
    "Force",
    "HeldSkill",
    "Officer",
    "OfficerDetails",
    "OfficerPage",
    "PastShift",
    "Position",
    "Room",
    "ShiftState",
    "Skill",
    "Span",
    "Team",
    "Thing",
    "add_officer",
    "change_officer",
    "contracts_of",
    "create_force",
    "create_room",
    "create_skill",
    "create_team",
    "find_outside",
    "history",
    "name_outside",
    "officer",
    "officers",
    "room",
    "rooms",
    "set_contracts",
    "set_history",
    "set_skills",
    "skills",
    "skills_of",
    "teams",
]

LARGEST_PAGE = 200
"""Officers a page: a large room in two pages, each answered in some milliseconds."""

WEEK = 7 * 24 * 60
"""Minutes."""


def create_force(transaction: Transaction, name: str) -> Force:
    """A new force.

    Raises:
        Conflict: when a force has that name.
        InvalidInput: when the name is blank or too long.
    """
    force = Force(new_id(), text("name", name, 200))
    with unless_taken(transaction, f"There is already a force called {force.name}."):
        store.add(transaction, force)
    return force


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
    if store.force(transaction, force_id) is None:
        raise NotFound("There is no such force.")
    check_zone(zone)
    if not 0 <= day_start <= 1439:
        raise invalid("day_start", "Give minutes after midnight, 0 to 1439.")
    said = text("notice", notice, 200) if notice else ""
    room = Room(new_id(), force_id, text("name", name, 200), zone, day_start, said, as_of)
    with unless_taken(transaction, f"The force already has a control room called {room.name}."):
        store.add(transaction, room)
    return room


def create_team(transaction: Transaction, room_id: UUID, name: str) -> Team:
    """A new team of a control room; errors as for a room."""
    team = Team(new_id(), room(transaction, room_id).id, text("name", name, 200))
    with unless_taken(transaction, f"The control room already has a team called {team.name}."):
        store.add(transaction, team)
    return team


def create_skill(transaction: Transaction, force_id: UUID, code: str, name: str) -> Skill:
    """A new skill of a force, known by its code; errors as for a room."""
    if store.force(transaction, force_id) is None:
        raise NotFound("There is no such force.")
    skill = Skill(new_id(), force_id, text("code", code, 64), text("name", name, 200))
    with unless_taken(transaction, f"The force already has a skill with the code {skill.code}."):
        store.add(transaction, skill)
    return skill


def room(reading: Reading, room_id: UUID) -> Room:
    """A control room.

    Raises:
        NotFound: when there is none of that id.
    """
    found = store.room(reading, room_id)
    if found is None:
        raise NotFound("There is no such control room.")
    return found


def rooms(reading: Reading, force_id: UUID) -> tuple[Room, ...]:
    """The control rooms of a force, by name."""
    return store.rooms(reading, force_id)


def teams(reading: Reading, room_id: UUID) -> tuple[Team, ...]:
    """The teams of a control room, by name."""
    return store.room_teams(reading, room_id)


def skills(reading: Reading, force_id: UUID) -> tuple[Skill, ...]:
    """The skills that a force knows, by code."""
    return store.force_skills(reading, force_id)


def add_officer(transaction: Transaction, room_id: UUID, details: OfficerDetails) -> Officer:
    """A new officer of a control room.

    Raises:
        NotFound: when there is no such room.
        Conflict: when an officer of the force has that number.
        InvalidInput: naming every field that cannot be used.
    """
    home = room(transaction, room_id)
    _check_details(transaction, room_id, details)
    new = Officer(new_id(), room_id, 1, details)
    with unless_taken(transaction, _taken(details)):
        store.add_officer(transaction, home.force_id, new)
    return new


def change_officer(
    transaction: Transaction, room_id: UUID, officer_id: UUID, version: int, details: OfficerDetails
) -> Officer:
    """Let an officer's details be these, if nobody changed them since `version` was read.

    Raises:
        NotFound: when there is no such officer in the room.
        Stale: when the officer is no longer at that version.
        Conflict, InvalidInput: as for a new officer.
    """
    officer(transaction, room_id, officer_id)
    _check_details(transaction, room_id, details)
    changed = Officer(officer_id, room_id, version + 1, details)
    with unless_taken(transaction, _taken(details)):
        if not store.change_officer(transaction, changed):
            raise Stale("Somebody changed this officer meanwhile: read again, then change.")
    return changed


def officer(reading: Reading, room_id: UUID, officer_id: UUID) -> Officer:
    """An officer of a control room.

    Raises:
        NotFound: when there is none of that id in that room.
    """
    found = store.officer(reading, room_id, officer_id)
    if found is None:
        raise NotFound("There is no such officer in this control room.")
    return found


def officers(
    reading: Reading, room_id: UUID, after: Position | None = None, limit: int = 100
) -> OfficerPage:
    """A page of a room's officers, by name; at most `LARGEST_PAGE`."""
    size = max(1, min(limit, LARGEST_PAGE))
    found = store.room_officers(reading, room_id, after, size + 1)
    page = found[:size]
    last = page[-1] if len(found) > size else None
    return OfficerPage(page, Position(last.details.name, last.id) if last else None)


def set_skills(
    transaction: Transaction, room_id: UUID, officer_id: UUID, held: Sequence[HeldSkill]
) -> None:
    """Let these be the skills of an officer, past and future.

    Raises:
        NotFound: when there is no such officer in the room.
        InvalidInput: when a skill is not of the force, or is held twice on a day.
    """
    officer(transaction, room_id, officer_id)
    known = {each.id for each in skills(transaction, room(transaction, room_id).force_id)}
    faults = [
        Place(f"skills[{index}].skill_id", "The force has no such skill.")
        for index, each in enumerate(held)
        if each.skill_id not in known
    ]
    for skill_id in {each.skill_id for each in held}:
        faults += day_faults("skills", held, [each.skill_id == skill_id for each in held])
    refuse(faults)
    store.set_held(transaction, room_id, officer_id, held)


def set_contracts(
    transaction: Transaction, room_id: UUID, officer_id: UUID, agreed: Sequence[Contract]
) -> None:
    """Let these be the contracts of an officer, past and future.

    Raises:
        NotFound: when there is no such officer in the room.
        InvalidInput: when two hold on one day, or the minutes are more than a week has.
    """
    officer(transaction, room_id, officer_id)
    faults = [
        Place(f"contracts[{index}].weekly_minutes", f"Give minutes a week, 0 to {WEEK}.")
        for index, each in enumerate(agreed)
        if not 0 <= each.weekly_minutes <= WEEK
    ]
    refuse(faults + day_faults("contracts", agreed, [True] * len(agreed)))
    store.set_contracts(transaction, room_id, officer_id, agreed)


def skills_of(reading: Reading, room_id: UUID) -> dict[UUID, tuple[HeldSkill, ...]]:
    """Skills by officer id, of everyone in the room who holds any."""
    return store.held_skills(reading, room_id)


def contracts_of(reading: Reading, room_id: UUID) -> dict[UUID, tuple[Contract, ...]]:
    """Contracts by officer id in order of time, of everyone in the room who has any."""
    return store.room_contracts(reading, room_id)


def set_history(
    transaction: Transaction,
    room_id: UUID,
    state: ShiftState,
    whose: Collection[UUID],
    span: Span,
    shifts: Sequence[PastShift],
) -> None:
    """Let these be the shifts of these officers that start within a span; others stay.

    The same call twice changes nothing.

    Args:
        transaction: the caller's.
        room_id: the control room of the officers.
        state: published or worked.
        whose: the officers; one of them without a shift here has none in the span.
        span: the stretch of time that is told.
        shifts: of these officers, starting within the span.

    Raises:
        InvalidInput: when an officer is not of the room, or a shift is not one of these officers
            and this span, ends before it starts, or overlaps another of the same officer.
    """
    if strangers := store.strangers(transaction, room_id, whose):
        raise invalid("whose", f"{len(strangers)} of these officers are not of this control room.")
    refuse(shift_faults(set(whose), span, shifts))
    store.drop_shifts(transaction, room_id, state, whose, span)
    if shifts:
        reach = Span(min(each.start for each in shifts), max(each.end for each in shifts))
        kept = store.shifts(transaction, room_id, state, reach, whose)
        refuse(overlaps(shifts, kept))
        store.add_shifts(transaction, state, shifts)


def history(
    reading: Reading, room_id: UUID, state: ShiftState, span: Span
) -> tuple[PastShift, ...]:
    """The room's published or worked shifts that touch a span, by officer and start."""
    return store.shifts(reading, room_id, state, span)


def name_outside(
    transaction: Transaction, force_id: UUID, system: str, thing: Thing, ids: Mapping[str, UUID]
) -> None:
    """Let a system's identifiers mean these things of ours; a name given before moves.

    Queues are kept by a slice above, which vouches that they are of the force.

    Raises:
        InvalidInput: when an officer or team is not of the force, or an identifier is blank.
    """
    ours = set(ids.values())
    if thing != "queue" and ours - store.of_force(transaction, force_id, thing, ours):
        raise invalid("ids", f"Not every {thing} is of this force.")
    for name in ids:
        text("ids", name, 200)
    store.name_outside(transaction, force_id, text("system", system, 64), thing, ids)


def find_outside(
    reading: Reading, force_id: UUID, system: str, thing: Thing, names: Collection[str]
) -> dict[str, UUID]:
    """Our ids for a system's identifiers; what is unknown is left out."""
    return store.find_outside(reading, force_id, system, thing, names)


def _check_details(reading: Reading, room_id: UUID, details: OfficerDetails) -> None:
    faults: list[Place] = []
    for field, longest in (("number", 64), ("name", 200), ("grade", 64)):
        try:
            text(field, getattr(details, field), longest)
        except InvalidInput as error:
            faults += error.places
    if details.employment not in {"officer", "staff"}:
        faults.append(Place("employment", "Give officer or staff."))
    if details.left is not None and details.left <= details.started:
        faults.append(Place("left", "Give a day after started."))
    if details.team_id and details.team_id not in {each.id for each in teams(reading, room_id)}:
        faults.append(Place("team_id", "The control room has no such team."))
    refuse(faults)


def _taken(details: OfficerDetails) -> str:
    return f"The force already has an officer with the number {details.number}."
