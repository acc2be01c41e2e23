"""Queues of a control room, and what outside systems call them."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from uuid import UUID

from app.db.transaction import Reading, Transaction, unless_taken
from app.db.types import new_id
from app.demand.checks import check_name
from app.demand.store import queues as kept
from app.demand.values import Queue
from app.errors import Conflict, NotFound, Stale, invalid
from app.people import service as people


def create_queue(transaction: Transaction, room_id: UUID, name: str) -> Queue:
    """A new queue of a control room.

    Raises:
        NotFound: when there is no such room.
        Conflict: when a queue of the room has that name.
        InvalidInput: when the name is blank or too long.
    """
    people.room(transaction, room_id)
    queue = Queue(new_id(), room_id, check_name(name), 1)
    with unless_taken(transaction, _taken(queue.name)):
        kept.add_queue(transaction, queue)
    return queue


def change_queue(
    transaction: Transaction, room_id: UUID, queue_id: UUID, version: int, name: str
) -> Queue:
    """Let a queue have that name, if nobody changed it since `version` was read.

    Raises:
        NotFound: when there is no such queue in the room.
        Stale: when the queue is no longer at that version.
        Conflict, InvalidInput: as for a new queue.
    """
    held = queue(transaction, room_id, queue_id)
    changed = Queue(queue_id, room_id, check_name(name), version + 1, held.interval_minutes)
    with unless_taken(transaction, _taken(changed.name)):
        if not kept.change_queue(transaction, changed):
            raise Stale("Somebody changed this queue meanwhile: read again, then change.")
    return changed


def _taken(name: str) -> str:
    return f"The control room already has a queue called {name}."


def queues(reading: Reading, room_id: UUID) -> tuple[Queue, ...]:
    """The queues of a control room, by name."""
    return tuple(kept.room_queues(reading, room_id).values())


def queue(reading: Reading, room_id: UUID, queue_id: UUID) -> Queue:
    """A queue of a control room.

    Raises:
        NotFound: when there is none of that id in that room.
    """
    return numbered(reading, room_id, queue_id)[1]


def numbered(reading: Reading, room_id: UUID, queue_id: UUID) -> tuple[int, Queue]:
    """A queue of a control room with the number that its counts go by; errors as for `queue`."""
    for number, each in kept.room_queues(reading, room_id).items():
        if each.id == queue_id:
            return number, each
    raise NotFound("There is no such queue in this control room.")


def name_outside(
    transaction: Transaction, room_id: UUID, system: str, ids: Mapping[str, UUID]
) -> None:
    """Let a system's identifiers mean these queues of the room; a name given before moves.

    Raises:
        InvalidInput: when a queue is not of the room, or an identifier is blank.
        Conflict: when an identifier means a queue of another room of the force.
    """
    force_id = people.room(transaction, room_id).force_id
    ours = {each.id for each in queues(transaction, room_id)}
    if set(ids.values()) - ours:
        raise invalid("ids", "Not every queue is of this control room.")
    if not all(map(str.isprintable, (system, *ids))):
        raise invalid("ids", "Give names of printable characters.")
    meant = people.find_outside(transaction, force_id, system, "queue", ids)
    if set(meant.values()) - ours:
        raise Conflict("One of these identifiers means a queue of another control room.")
    people.name_outside(transaction, force_id, system, "queue", ids)


def find_outside(
    reading: Reading, room_id: UUID, system: str, names: Collection[str]
) -> dict[str, Queue]:
    """The room's queues by a system's identifiers; what is unknown is left out."""
    force_id = people.room(reading, room_id).force_id
    ours = {each.id: each for each in queues(reading, room_id)}
    if not system.isprintable():
        return {}
    # Not every database can even be asked for a text with control characters.
    fit = [name for name in names if name.isprintable()]
    found = people.find_outside(reading, force_id, system, "queue", fit)
    return {name: ours[queue_id] for name, queue_id in found.items() if queue_id in ours}
