"""Control rooms."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from app.auth.guard import Once, Visit, allow
from app.db.transaction import Transaction
from app.people import service
from app.people.schemas.rooms import RoomAnswer, RoomInput, RoomList
from app.people.schemas.words import Mark
from app.web.http.answers import created
from app.web.http.etag import IfMatch, etag
from app.web.http.problems import PROBLEMS, VERSIONED

router = APIRouter(prefix="/api/v1/rooms", tags=["Rooms"], responses=PROBLEMS)

Looking = Annotated[Visit, allow("rooms.read")]
Changing = Annotated[Visit, allow("rooms.change")]


@router.get("")
def list_rooms(visit: Looking, changed_since: Mark = 0) -> RoomList:
    """The control rooms of your force that are yours to see; those that changed since a mark."""
    with visit.database.read() as reading:
        yours = {each.id for each in visit.rooms(reading)}
        found = service.rooms(reading, visit.force_id)
        changed = service.force_changes(reading, visit.force_id)
    seen = (each for each in found if each.id in yours and each.changed > changed_since)
    return RoomList(rooms=tuple(map(RoomAnswer.model_validate, seen)), changed=changed)


@router.post("", status_code=201, response_model=RoomAnswer)
def create_room(body: RoomInput, visit: Changing, once: Once) -> Response:
    """Add a control room to your force."""

    def make(transaction: Transaction) -> Response:
        new = service.create_room(
            transaction, visit.force_id, body.name, body.zone, body.day_start_minutes
        )
        visit.record(transaction, "added a control room", new.id)
        return created(RoomAnswer.model_validate(new), f"/api/v1/rooms/{new.id}", new.changed)

    return once(visit, make)


@router.get("/{room_id}")
def read_room(room_id: UUID, response: Response, visit: Looking) -> RoomAnswer:
    """A control room."""
    with visit.database.read() as reading:
        found = service.room(reading, room_id)
    response.headers["ETag"] = etag(found.changed)
    return RoomAnswer.model_validate(found)


@router.put("/{room_id}", responses=VERSIONED)
def change_room(
    room_id: UUID, body: RoomInput, response: Response, visit: Changing, version: IfMatch
) -> RoomAnswer:
    """Let a control room have this name, time zone and start of the day."""
    with visit.database.write() as transaction:
        changed = service.change_room(
            transaction, room_id, version, body.name, body.zone, body.day_start_minutes
        )
        visit.record(transaction, "changed a control room", room_id)
    response.headers["ETag"] = etag(changed.changed)
    return RoomAnswer.model_validate(changed)
