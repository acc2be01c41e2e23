"""The rulebooks of a room's people, and how far ahead they ask days to be known."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from app.db.transaction import Reading
from app.people import service as people
from app.rulebooks import service as rulebooks
from rostering.rulebooks import Rulebook
from rostering.rulebooks.publication import horizon


def books(reading: Reading, room_id: UUID, day: date) -> tuple[Rulebook, ...]:
    """The rulebooks of the people of a room on a day, each once; all where nobody is there yet.

    Raises:
        NotFound: when there is no such room.
    """
    there = {each.details.employment for each in people.everyone(reading, room_id)}
    held = rulebooks.in_force(reading, room_id, day)
    if not there:
        return tuple(each.book for each in held.each)
    found = {held.in_force(kind).name: held.of(kind) for kind in sorted(there)}
    return tuple(found.values())


def today(reading: Reading, room_id: UUID) -> date:
    """The present day of a room, which lies in the past where its data end there.

    Raises:
        NotFound: when there is no such room.
    """
    room = people.room(reading, room_id)
    return room.today()


def times_until(reading: Reading, room_id: UUID) -> date:
    """The first day of which a pattern does not yet fix the times: what every book asks for."""
    now = today(reading, room_id)
    return max(horizon(book).times_until(now) for book in books(reading, room_id, now))
