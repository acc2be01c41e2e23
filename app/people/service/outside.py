"""What outside systems call our officers, teams and queues."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from uuid import UUID

from app.db.transaction import Reading, Transaction, unless_taken
from app.errors import Place, invalid
from app.people.checks import refuse, text, text_faults
from app.people.service.house import room
from app.people.service.persons import touched
from app.people.store import outside as store
from app.people.values import OutsideId, Thing

LONGEST_SYSTEM, LONGEST_ID = 64, 200
"""Characters; directories' own identifiers are far shorter."""


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
        text("ids", name, LONGEST_ID)
    store.name_outside(transaction, force_id, text("system", system, LONGEST_SYSTEM), thing, ids)


def set_outside_ids(
    transaction: Transaction,
    room_id: UUID,
    officer_id: UUID,
    ids: Sequence[OutsideId],
    version: int | None = None,
) -> None:
    """Let these be all that outside systems call an officer, if at that version; None takes any.

    Raises:
        NotFound: when there is no such officer in the room.
        Stale: when the officer is no longer at that version.
        Conflict: when a system calls somebody else so.
        InvalidInput: when an identifier or the name of a system is blank.
    """
    touched(transaction, room_id, officer_id, version)
    faults = []
    for index, each in enumerate(ids):
        faults += text_faults(f"outside_ids[{index}].system", each.system, LONGEST_SYSTEM)
        faults += text_faults(f"outside_ids[{index}].id", each.id, LONGEST_ID)
        if each in ids[:index]:
            faults.append(Place(f"outside_ids[{index}].id", "It stands above already."))
    refuse(faults)
    force_id = room(transaction, room_id).force_id
    with unless_taken(transaction, "One of these identifiers is another officer's."):
        store.set_outside_ids(transaction, force_id, "officer", officer_id, ids)


def find_outside(
    reading: Reading, force_id: UUID, system: str, thing: Thing, names: Collection[str]
) -> dict[str, UUID]:
    """Our ids for a system's identifiers; what is unknown is left out."""
    return store.find_outside(reading, force_id, system, thing, names)
