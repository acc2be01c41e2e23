"""The calendar of a control room: local events and school holidays."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.auth.guard import Once, Visit, allow
from app.db.transaction import Transaction
from app.demand import service
from app.demand.schemas.events import EventAnswer, EventInput, EventList
from app.web.http.answers import created
from app.web.http.etag import IfMatch, etag
from app.web.http.problems import PROBLEMS, VERSIONED

router = APIRouter(prefix="/api/v1/rooms/{room_id}/events", tags=["Events"], responses=PROBLEMS)

Looking = Annotated[Visit, allow("demand.read")]
Changing = Annotated[Visit, allow("demand.change")]

TOML: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/toml": {"schema": {"type": "string"}}}}
}


@router.get("")
def list_events(
    room_id: UUID,
    visit: Looking,
    deleted: Annotated[bool, Query(description="Those that were deleted instead.")] = False,
) -> EventList:
    """The events, by name; deleted ones, the latest first, only where asked for."""
    with visit.database.read() as reading:
        found = service.events(reading, room_id, deleted=deleted)
    return EventList(events=tuple(map(EventAnswer.of, found)))


@router.post("", status_code=201, response_model=EventAnswer)
def add_event(room_id: UUID, body: EventInput, visit: Changing, once: Once) -> Response:
    """Enter an event; every later forecast takes it into account."""

    def make(transaction: Transaction) -> Response:
        by = visit.caller.user_id
        new = service.add_event(transaction, room_id, body.details(), by)
        visit.record(transaction, "entered an event", new.id)
        place = f"/api/v1/rooms/{room_id}/events/{new.id}"
        return created(EventAnswer.of(new), place, new.version)

    return once(visit, make)


@router.get("/file", response_class=Response, responses=TOML)
def read_events_file(room_id: UUID, visit: Looking) -> Response:
    """The events as the TOML file that `parade forecast --events` reads."""
    with visit.database.read() as reading:
        text = service.events_file(reading, room_id)
    headers = {"Content-Disposition": 'attachment; filename="events.toml"'}
    return Response(text, media_type="application/toml", headers=headers)


@router.get("/{event_id}")
def read_event(room_id: UUID, event_id: UUID, response: Response, visit: Looking) -> EventAnswer:
    """An event."""
    with visit.database.read() as reading:
        found = service.event(reading, room_id, event_id)
    response.headers["ETag"] = etag(found.version)
    return EventAnswer.of(found)


@router.put("/{event_id}", responses=VERSIONED)
def change_event(
    room_id: UUID,
    event_id: UUID,
    body: EventInput,
    response: Response,
    visit: Changing,
    version: IfMatch,
) -> EventAnswer:
    """Change an event as a whole; forecasts that were made keep the events of their day."""
    with visit.database.write() as transaction:
        by = visit.caller.user_id
        changed = service.change_event(transaction, room_id, event_id, version, body.details(), by)
        visit.record(transaction, "changed an event", event_id)
    response.headers["ETag"] = etag(changed.version)
    return EventAnswer.of(changed)


@router.delete("/{event_id}", status_code=204, responses=VERSIONED)
def delete_event(room_id: UUID, event_id: UUID, visit: Changing, version: IfMatch) -> None:
    """Take an event out of the calendar; it can be put back."""
    with visit.database.write() as transaction:
        service.delete_event(transaction, room_id, event_id, version, visit.caller.user_id)
        visit.record(transaction, "deleted an event", event_id)


@router.post("/{event_id}/restore")
def restore_event(
    room_id: UUID, event_id: UUID, response: Response, visit: Changing
) -> EventAnswer:
    """Put a deleted event back as it was."""
    with visit.database.write() as transaction:
        restored = service.restore_event(transaction, room_id, event_id, visit.caller.user_id)
        visit.record(transaction, "put an event back", event_id)
    response.headers["ETag"] = etag(restored.version)
    return EventAnswer.of(restored)
