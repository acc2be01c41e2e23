"""Working time for systems: how the people of a room stand, and how the caller does."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from app.auth.guard import Visit, allow
from app.errors import NotFound
from app.hours import service
from app.hours.schemas import PersonHoursAnswer, RoomHoursAnswer
from app.web.http.problems import PROBLEMS

router = APIRouter(prefix="/api/v1", tags=["Working time"], responses=PROBLEMS)

Looking = Annotated[Visit, allow("hours.read")]
Mine = Annotated[Visit, allow("hours.own")]


@router.get("/rooms/{room_id}/hours")
def room_hours(room_id: UUID, visit: Looking) -> RoomHoursAnswer:
    """How everyone in service stands against the limits of working time, by worked hours."""
    with visit.database.read() as reading:
        now = visit.now()
        return RoomHoursAnswer.of(service.room_hours(reading, room_id, now))


@router.get("/me/hours")
def my_hours(visit: Mine) -> PersonHoursAnswer:
    """How the caller stands."""
    with visit.database.read() as reading:
        own = visit.own(reading)
        now = own.room.now()
        _, found = service.person_hours(reading, own.room.id, own.officer_id, now)
    if found is None:
        raise NotFound("You are not in service, so no hours of yours are counted.")
    return PersonHoursAnswer.of(found)
