"""The calendar of a control room: local events and school holidays, and whose public holidays.

An event is entered once and recurs; what it does to calls is learned by every forecast, or stated.
Deleting one is no loss: it can be put back.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from app import clock
from app.db.transaction import Reading, Transaction, unless_taken
from app.db.types import new_id
from app.demand.checks import ZONE_HOLIDAYS, in_field
from app.demand.checks.starters import starters_of
from app.demand.service.queues import queues
from app.demand.store import events as store
from app.demand.values import EventDetails, Occurrence, RoomEvent
from app.errors import Conflict, NotFound, Stale, invalid
from app.people import service as people
from forecasting.calendar import Calendar
from forecasting.event_file import events_toml
from forecasting.events import Event

MOST_EVENTS = 200
"""Events of a room: many more than one can keep in order, and a forecast learns them in a blink."""


def events(reading: Reading, room_id: UUID, *, deleted: bool = False) -> tuple[RoomEvent, ...]:
    """Events of a control room that count, by name, or those deleted, the latest first."""
    return store.events(reading, room_id, deleted=deleted)


def event(reading: Reading, room_id: UUID, event_id: UUID) -> RoomEvent:
    """An event of a control room.

    Raises:
        NotFound: when the room has none of that id, or it is deleted.
    """
    found = store.event(reading, room_id, event_id)
    if found is None or found.deleted_at is not None:
        raise NotFound("There is no such event in this control room.")
    return found


def add_event(
    transaction: Transaction, room_id: UUID, details: EventDetails, by: UUID
) -> RoomEvent:
    """Enter an event.

    Raises:
        NotFound: when there is no such room.
        Conflict: when an event of the room has that name, or it has too many.
        InvalidInput: when its name is not printable, or a queue is not of the room.
    """
    people.room(transaction, room_id)
    if len(events(transaction, room_id)) >= MOST_EVENTS:
        raise Conflict(f"The calendar holds {MOST_EVENTS} events: delete one first.")
    _refuse_strange(transaction, room_id, details)
    new = RoomEvent(new_id(), room_id, details, 1, clock.now(), by)
    with unless_taken(transaction, _taken(new)):
        store.add_event(transaction, new)
    return new


def change_event(
    transaction: Transaction,
    room_id: UUID,
    event_id: UUID,
    version: int,
    details: EventDetails,
    by: UUID,
) -> RoomEvent:
    """Let an event be as told, if nobody changed it since `version` was read.

    Raises:
        NotFound: when there is no such event in the room.
        Stale: when the event is no longer at that version.
        Conflict, InvalidInput: as for a new one.
    """
    held = event(transaction, room_id, event_id)
    _refuse_strange(transaction, room_id, details)
    return _written(transaction, replace(held, details=details, version=version), by)


def end_event(
    transaction: Transaction, room_id: UUID, event_id: UUID, version: int, day: date, by: UUID
) -> RoomEvent:
    """Let an event begin no more after a local day; its past times stay known. As for a change."""
    held = event(transaction, room_id, event_id)
    said = held.details.said
    ended = replace(said, since=said.since and min(said.since, day), last=day)
    details = replace(held.details, said=ended)
    return _written(transaction, replace(held, details=details, version=version), by)


def delete_event(
    transaction: Transaction, room_id: UUID, event_id: UUID, version: int, by: UUID
) -> None:
    """Take an event out of the calendar; errors as for a change."""
    held = event(transaction, room_id, event_id)
    _written(transaction, replace(held, deleted_at=clock.now(), version=version), by)


def restore_event(transaction: Transaction, room_id: UUID, event_id: UUID, by: UUID) -> RoomEvent:
    """Put a deleted event back as it was.

    Raises:
        NotFound: when no deleted event of that id is in the room.
        Conflict: when another event of the room has its name by now, or there are too many.
    """
    held = store.event(transaction, room_id, event_id)
    if held is None or held.deleted_at is None:
        raise NotFound("There is no such deleted event in this control room.")
    if len(events(transaction, room_id)) >= MOST_EVENTS:
        raise Conflict(f"The calendar holds {MOST_EVENTS} events: delete one first.")
    return _written(transaction, replace(held, deleted_at=None), by)


def _written(transaction: Transaction, event: RoomEvent, by: UUID) -> RoomEvent:
    """Keep an event, told with the version that it was read as, as the next version."""
    new = replace(event, version=event.version + 1, changed_at=clock.now(), changed_by=by)
    with unless_taken(transaction, _taken(new)):
        if not store.change_event(transaction, new):
            raise Stale("Somebody changed this event meanwhile: read again, then change.")
    return new


def _taken(event: RoomEvent) -> str:
    return f"The calendar already has an event called {event.name}."


def _refuse_strange(reading: Reading, room_id: UUID, details: EventDetails) -> None:
    """Refuse a name that cannot be read, and queues that are not of the room."""
    if not details.said.name.isprintable():
        raise invalid("name", "Give a name of printable characters.")
    ours = {each.id for each in queues(reading, room_id)}
    if set(details.queue_ids) - ours:
        raise invalid("queues", "Not every queue is of this control room.")


def dated_events(reading: Reading, room_id: UUID) -> tuple[tuple[UUID, Event], ...]:
    """The events of a room as the forecasting library has them, with their ids, by name."""
    names = {each.id: each.name for each in queues(reading, room_id)}
    return tuple(
        (
            each.id,
            replace(
                each.details.said,
                queues=tuple(sorted(names[queue] for queue in each.details.queue_ids)),
            ),
        )
        for each in events(reading, room_id)
    )


def events_file(reading: Reading, room_id: UUID) -> str:
    """The events of a room as the file that `parade forecast --events` reads."""
    return events_toml(said for _, said in dated_events(reading, room_id))


def occurrences(
    known: Sequence[RoomEvent], first_day: date, last_day: date
) -> tuple[Occurrence, ...]:
    """When events take place from a local day to another, in order of time."""
    found = [
        Occurrence(each, first, last)
        for each in known
        for first, last in each.details.said.spans(first_day, last_day)
    ]
    return tuple(sorted(found, key=lambda each: (each.first, each.last, each.event.name)))


def starters(reading: Reading, room_id: UUID) -> tuple[EventDetails, ...]:
    """Events that most rooms know and this one has not entered, deleted ones not counted."""
    code = holidays_of(reading, room_id)[0]
    known = {each.name.casefold() for each in events(reading, room_id)}
    return tuple(each for each in starters_of(code) if each.said.name.casefold() not in known)


def holidays_of(reading: Reading, room_id: UUID) -> tuple[str | None, bool]:
    """Whose public holidays a room has.

    Returns:
        The code, None for none; and whether somebody chose it, or else it is that of the time zone.
    """
    chosen = store.holidays(reading, room_id)
    if chosen is not None:
        return chosen[0], True
    return ZONE_HOLIDAYS.get(people.room(reading, room_id).zone), False


def set_holidays(transaction: Transaction, room_id: UUID, code: str | None) -> None:
    """Choose whose public holidays a room has; None for none.

    Raises:
        NotFound: when there is no such room.
        InvalidInput: when the code is unknown.
    """
    zone = people.room(transaction, room_id).zone
    in_field("holidays", lambda: Calendar(zone, code))
    store.set_holidays(transaction, room_id, code)
