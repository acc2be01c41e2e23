"""Events of control rooms, and whose public holidays they have."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, delete, insert, select, update

from app.db.transaction import Reading, Transaction
from app.demand.tables import room_events, room_holidays
from app.demand.values import EventDetails, RoomEvent
from forecasting.event_file import document_of, event_of


def events(reading: Reading, room_id: UUID, *, deleted: bool = False) -> tuple[RoomEvent, ...]:
    """Events of a room that count, by name, or those that were deleted, the latest first."""
    gone = room_events.c.deleted_at.is_not(None)
    order = room_events.c.deleted_at.desc() if deleted else room_events.c.name
    query = (
        select(room_events)
        .where(room_events.c.room_id == room_id, gone if deleted else ~gone)
        .order_by(order, room_events.c.id)
    )
    return tuple(map(_event, reading.execute(query).mappings()))


def event(reading: Reading, room_id: UUID, event_id: UUID) -> RoomEvent | None:
    """The event of that id, if of that room, deleted or not."""
    query = select(room_events).where(
        room_events.c.room_id == room_id, room_events.c.id == event_id
    )
    row = reading.execute(query).mappings().first()
    return None if row is None else _event(row)


def add_event(transaction: Transaction, event: RoomEvent) -> None:
    """Keep a new event."""
    row = {"id": event.id, "room_id": event.room_id, **_row(event)}
    transaction.execute(insert(room_events).values(row))


def change_event(transaction: Transaction, event: RoomEvent) -> bool:
    """Write an event over the version before; False when that is not there."""
    change = (
        update(room_events)
        .where(
            room_events.c.id == event.id,
            room_events.c.room_id == event.room_id,
            room_events.c.version == event.version - 1,
        )
        .values(_row(event))
    )
    return transaction.execute(change).rowcount == 1


def holidays(reading: Reading, room_id: UUID) -> tuple[str | None] | None:
    """The code that a room has chosen, which may be None for no holidays; None: not chosen."""
    query = select(room_holidays.c.code).where(room_holidays.c.room_id == room_id)
    row = reading.execute(query).first()
    return None if row is None else (row.code,)


def set_holidays(transaction: Transaction, room_id: UUID, code: str | None) -> None:
    """Let this be the code that a room has chosen."""
    transaction.execute(delete(room_holidays).where(room_holidays.c.room_id == room_id))
    transaction.execute(insert(room_holidays).values(room_id=room_id, code=code))


def _row(event: RoomEvent) -> dict[str, Any]:
    details = event.details
    return {
        "name": event.name,
        "kind": details.kind,
        "queues": [str(each) for each in details.queue_ids],
        "document": document_of(details.said),
        "version": event.version,
        "changed_at": event.changed_at,
        "changed_by": event.changed_by,
        "deleted_at": event.deleted_at,
    }


def _event(row: RowMapping) -> RoomEvent:
    said = event_of(row["name"], row["document"])
    details = EventDetails(row["kind"], said, tuple(UUID(each) for each in row["queues"]))
    return RoomEvent(
        row["id"],
        row["room_id"],
        details,
        row["version"],
        row["changed_at"],
        row["changed_by"],
        row["deleted_at"],
    )
