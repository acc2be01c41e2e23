"""Who works with whom in a control room, and who does not at the same time."""

from __future__ import annotations

from collections.abc import Iterator
from typing import get_args
from uuid import UUID

from app.db.transaction import Reading, Transaction
from app.db.types import new_id
from app.errors import NotFound, Place, Stale
from app.people import service as people
from app.rosters.checks import GIVE_A_DAY, is_of_this_age, refuse
from app.rosters.store import bonds as store
from app.rosters.values import ROLES, Bond, BondDetails, BondKind

MOST_OTHERS = 20
"""Officers that one bond names besides the one it is about."""

MOST_MINUTES = 720
"""Minutes of a tour by which a bond may be missed: half a day; more would be no bond."""


def bonds(reading: Reading, room_id: UUID) -> tuple[Bond, ...]:
    """The bonds of a room, ended ones too, those that began last first."""
    return store.room_bonds(reading, room_id)


def bond(reading: Reading, room_id: UUID, bond_id: UUID) -> Bond:
    """A bond of a room.

    Raises:
        NotFound: when there is none of that id in that room.
    """
    found = store.bond(reading, room_id, bond_id)
    if found is None:
        raise NotFound("There is no such bond in this control room.")
    return found


def add_bond(transaction: Transaction, room_id: UUID, details: BondDetails) -> Bond:
    """A new bond of a room; it holds in rosters that are asked for from now on.

    Raises:
        NotFound: when there is no such room.
        InvalidInput: naming every field that cannot be used.
    """
    refuse(list(_faults(transaction, room_id, details)))
    new = Bond(new_id(), room_id, 1, details)
    store.add(transaction, new)
    return new


def change_bond(
    transaction: Transaction, room_id: UUID, bond_id: UUID, version: int, details: BondDetails
) -> Bond:
    """Let a bond's details be these; rosters made before keep theirs.

    A bond is ended by its last day, so that it is known what held before; one that ends on the day
    it begins has never held.

    Raises:
        NotFound: when there is no such bond in the room.
        Stale: when it is no longer at that version.
        InvalidInput: as for a new bond.
    """
    bond(transaction, room_id, bond_id)
    refuse(list(_faults(transaction, room_id, details)))
    changed = Bond(bond_id, room_id, version + 1, details)
    if not store.change(transaction, changed):
        raise Stale("Somebody changed this meanwhile: read again, then change.")
    return changed


def _faults(reading: Reading, room_id: UUID, details: BondDetails) -> Iterator[Place]:
    people.room(reading, room_id)
    known = {officer.id for officer in people.everyone(reading, room_id)}
    yield from _wrong_people(details, known)
    if details.kind not in get_args(BondKind):
        yield Place("kind", f"Give one of {', '.join(get_args(BondKind))}.")
    if details.role not in ROLES:
        yield Place("role", f"Give one of {', '.join(ROLES)}.")
    if not 0 <= details.minutes <= MOST_MINUTES:
        yield Place("minutes", f"Give 0 to {MOST_MINUTES} minutes.")
    for field, day in (("from_day", details.from_day), ("until_day", details.until_day)):
        if day is not None and not is_of_this_age(day):
            yield Place(field, GIVE_A_DAY)
    if details.until_day is not None and details.until_day < details.from_day:
        yield Place("until_day", "Give a day that is not before the first.")


def _wrong_people(details: BondDetails, known: set[UUID]) -> Iterator[Place]:
    if details.officer_id not in known:
        yield Place("officer_id", "Choose a person of this control room.")
    if not 1 <= len(details.others) <= MOST_OTHERS:
        yield Place("others", f"Name 1 to {MOST_OTHERS} other people.")
    seen = {details.officer_id}
    for index, other in enumerate(details.others):
        if other not in known:
            yield Place(f"others[{index}]", "Choose a person of this control room.")
        elif other in seen:
            yield Place(f"others[{index}]", "This person is named already.")
        seen.add(other)
