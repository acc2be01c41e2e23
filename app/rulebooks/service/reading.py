"""What holds on a day, and what was said of it."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from uuid import UUID
from zoneinfo import ZoneInfo

from app import clock
from app.db.transaction import Reading
from app.errors import Forbidden, NotFound
from app.people import service as people
from app.rulebooks import series, store
from app.rulebooks.values import BookInForce, Books, Choice, History
from rostering.rulebooks import SECTIONS
from rostering.rulebooks.parts import parts_of

NOTHING_SAID = History(0, ())


def in_force(reading: Reading, room_id: UUID, day: date) -> Books:
    """The rulebooks of a room on a local day, with the force's own numbers.

    Raises:
        NotFound: when there is no such room.
    """
    room = people.room(reading, room_id)
    said = store.histories(reading, room.force_id)
    return series.books_of(store.choices(reading, room_id), said, day)


def book(reading: Reading, room_id: UUID, name: str, day: date) -> BookInForce:
    """One rulebook with the numbers of a room's force on a day, chosen by the room or not.

    Raises:
        NotFound: when there is no such room or rulebook.
    """
    _check_known(name)
    said = store.histories(reading, people.room(reading, room_id).force_id, name)
    return series.book_in_force(name, None, said, day)


def history(reading: Reading, room_id: UUID, name: str, rule: str) -> History:
    """All that a room's force has said of one rule of a book, the newest first.

    Args:
        reading: the caller's.
        room_id: the room.
        name: of the rulebook.
        rule: code of a rule, path of a part, or `asked` for the answers to what the book asks.

    Raises:
        NotFound: when there is no such room or rulebook, or it has no such rule.
    """
    _check_known(name)
    shipped = series.shipped(name)
    known = {series.ASKED, *shipped.sources, *(part.path for part in parts_of(shipped))}
    if rule not in known:
        raise NotFound("The rulebook has no such rule.")
    force_id = people.room(reading, room_id).force_id
    return store.histories(reading, force_id, name, rule).get((name, rule), NOTHING_SAID)


def choices(reading: Reading, room_id: UUID) -> tuple[Choice, ...]:
    """Which books a room has chosen, in the order in which that was said.

    Raises:
        NotFound: when there is no such room.
    """
    people.room(reading, room_id)
    return store.choices(reading, room_id)


def present_day(reading: Reading, room_id: UUID) -> date:
    """The local day on which a room's force is: of rooms that differ, the earliest."""
    now = clock.now()
    rooms = people.rooms(reading, people.room(reading, room_id).force_id)
    days = [(room.as_of or now).astimezone(ZoneInfo(room.zone)).date() for room in rooms]
    return min(days)


def check_reach(reading: Reading, room_id: UUID, rooms: Collection[UUID]) -> None:
    """Refuse to change what holds in the whole force to whom not all of it is open.

    Args:
        reading: the caller's.
        room_id: a room of the force.
        rooms: in which the caller may change rules.

    Raises:
        Forbidden: when the force has another room.
    """
    force_id = people.room(reading, room_id).force_id
    if not {room.id for room in people.rooms(reading, force_id)} <= set(rooms):
        raise Forbidden(
            "The force's own numbers hold in all of its control rooms, and not all are yours."
        )


def is_part(rule: str) -> bool:
    """Whether that is the path of a part of a rulebook, and no code of a rule."""
    return rule.partition(".")[0] in SECTIONS


def _check_known(name: str) -> None:
    if name not in series.titles():
        raise NotFound("There is no such rulebook.")
