"""Officers of a control room."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import date
from uuid import UUID

from app.db.transaction import Reading, Transaction, unless_taken
from app.db.types import new_id
from app.errors import NotFound, Stale
from app.people.checks import details_faults, refuse, text
from app.people.service.earned import earned, skills_to_earn
from app.people.service.house import room, room_mark, teams
from app.people.store import conditions, outside
from app.people.store import officers as store
from app.people.values import (
    ChangedPage,
    ChangePosition,
    Officer,
    OfficerDetails,
    OfficerPage,
    Person,
    Position,
)

LARGEST_PAGE = 200
"""Officers a page: a large room in two pages, each answered in some milliseconds."""


def add_officer(transaction: Transaction, room_id: UUID, details: OfficerDetails) -> Officer:
    """A new officer of a control room.

    Raises:
        NotFound: when there is no such room.
        Conflict: when an officer of the force has that number.
        InvalidInput: naming every field that cannot be used.
    """
    mark = room_mark(transaction, room_id)
    home = room(transaction, room_id)
    _check_details(transaction, room_id, details)
    new = Officer(new_id(), room_id, 1, details, mark)
    with unless_taken(transaction, _taken(details)):
        store.add_officers(transaction, home.force_id, [new])
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
    mark = room_mark(transaction, room_id)
    _check_details(transaction, room_id, details)
    changed = Officer(officer_id, room_id, version + 1, details, mark)
    with unless_taken(transaction, _taken(details)):
        if not store.change_officer(transaction, changed):
            raise Stale("Somebody changed this officer meanwhile: read again, then change.")
    return changed


def deactivate(
    transaction: Transaction, room_id: UUID, officer_id: UUID, version: int, left: date
) -> Officer:
    """Let an officer be in service until just before a day; errors as for a changed officer."""
    present = officer(transaction, room_id, officer_id)
    details = replace(present.details, left=left)
    return change_officer(transaction, room_id, officer_id, version, details)


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
    """A page of a room's officers, by name; at most `LARGEST_PAGE`.

    Raises:
        InvalidInput: when the position is not one of this list.
    """
    if after is not None:
        text("after", after.name, 200)
    size = max(1, min(limit, LARGEST_PAGE))
    found = store.room_officers(reading, room_id, after, size + 1)
    page = found[:size]
    last = page[-1] if len(found) > size else None
    return OfficerPage(page, Position(last.details.name, last.id) if last else None)


def changed_officers(
    reading: Reading, room_id: UUID, after: ChangePosition, limit: int = 100
) -> ChangedPage:
    """A page of the officers that changed after a position, first changed first."""
    size = max(1, min(limit, LARGEST_PAGE))
    found = store.changed_officers(reading, room_id, after, size + 1)
    page = found[:size]
    last = page[-1] if len(found) > size else None
    return ChangedPage(page, ChangePosition(last.changed, last.id) if last else None)


def everyone(reading: Reading, room_id: UUID, on: date | None = None) -> tuple[Officer, ...]:
    """All officers of a room by name, in one query; those in service on a day, if one is named."""
    return store.everyone(reading, room_id, on)


def persons(reading: Reading, room_id: UUID, officers: Collection[Officer]) -> tuple[Person, ...]:
    """Officers of the room with all that is known of them but shifts, in a few queries."""
    whose = [each.id for each in officers]
    held = conditions.held_skills(reading, room_id, whose)
    agreed = conditions.room_contracts(reading, room_id, whose)
    names = outside.officers_ids(reading, room_id, whose)
    own = conditions.room_terms(reading, room_id, whose)
    to_earn = skills_to_earn(reading, room_id)
    return tuple(
        Person(
            each,
            held.get(each.id, ()),
            agreed.get(each.id, ()),
            names.get(each.id, ()),
            own.get(each.id, ()),
            earned(to_earn, held.get(each.id, ()), each.details.started),
        )
        for each in officers
    )


def touched(transaction: Transaction, room_id: UUID, officer_id: UUID, version: int | None) -> None:
    """Let an officer have changed, if at that version; None takes any.

    Raises:
        NotFound: when there is no such officer in the room.
        Stale: when the officer is no longer at that version.
    """
    officer(transaction, room_id, officer_id)
    mark = room_mark(transaction, room_id)
    if not store.touch(transaction, room_id, [officer_id], mark, version):
        raise Stale("Somebody changed this officer meanwhile: read again, then change.")


def _check_details(reading: Reading, room_id: UUID, details: OfficerDetails) -> None:
    refuse(details_faults(details, {each.id for each in teams(reading, room_id)}))


def _taken(details: OfficerDetails) -> str:
    return f"The force already has an officer with the number {details.number}."
