"""Terms of a room as a whole: what they are, where they come from, and how they change."""

from __future__ import annotations

from uuid import UUID

from app import clock
from app.db.transaction import Reading, Transaction, unless_taken
from app.errors import InvalidInput, Place, Stale
from app.people import service as people
from app.requirements import checks, series, store
from app.requirements.values import Given, RoomAsks
from forecasting.errors import InputError

CHANGED = "Somebody changed what the room asks meanwhile: read again, then change."


def room_terms(reading: Reading, room_id: UUID) -> RoomAsks:
    """What a room asks as a whole: given or assumed.

    Raises:
        NotFound: when there is no such room.
    """
    people.room(reading, room_id)
    return series.room_asks_of(*store.room_terms_given(reading, room_id))


def set_room_terms(
    transaction: Transaction, room_id: UUID, version: int, given: Given, by: UUID
) -> RoomAsks:
    """Let this be what the room gives; what is left out is assumed.

    Raises:
        NotFound: when there is no such room.
        InvalidInput: naming every field that cannot be used.
        Stale: when the terms are no longer at that version.
    """
    room, before = people.room(transaction, room_id), room_terms(transaction, room_id)
    skills = [skill.code for skill in people.skills(transaction, room.force_id)]
    checks.refuse_unusable_room(given, skills)
    try:
        series.room_asks_of(version, given)
    except InputError as error:
        raise InvalidInput([Place("room", error.message)]) from error
    if version != before.version:
        raise Stale(CHANGED)
    now = clock.now()
    if version == 0:
        with unless_taken(transaction, CHANGED):
            store.add_room_terms(transaction, room_id, given, by, now)
    elif not store.change_room_terms(transaction, room_id, version, given, by, now):
        raise Stale(CHANGED)
    return room_terms(transaction, room_id)
