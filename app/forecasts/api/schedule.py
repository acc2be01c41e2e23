"""The schedule by which a room is forecast every week."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from app.auth.guard import Visit, allow
from app.errors import NotFound
from app.forecasts import service
from app.forecasts.schemas.schedule import ScheduleAnswer, ScheduleGiven
from app.web.http.problems import PROBLEMS

router = APIRouter(
    prefix="/api/v1/rooms/{room_id}/forecasts/schedule", tags=["Forecasts"], responses=PROBLEMS
)

Looking = Annotated[Visit, allow("forecasts.read")]
Running = Annotated[Visit, allow("forecasts.run")]


@router.get("")
def read_schedule(room_id: UUID, visit: Looking) -> ScheduleAnswer:
    """When the room is forecast by itself, the next run and what came of the last; 404 if never."""
    with visit.database.read() as reading:
        known = service.schedule(reading, room_id)
    if known is None:
        raise NotFound("This control room has no schedule for forecasts.")
    return ScheduleAnswer.of(known, visit.here.zone)


@router.put("")
def set_schedule(room_id: UUID, body: ScheduleGiven, visit: Running) -> ScheduleAnswer:
    """Let the room be forecast every week; a schedule that it has is replaced."""
    with visit.database.write() as transaction:
        known = service.set_schedule(transaction, room_id, visit.caller.user_id, body.wanted())
        visit.record(transaction, "scheduled forecasts", room_id)
    return ScheduleAnswer.of(known, visit.here.zone)


@router.delete("", status_code=204)
def stop_schedule(room_id: UUID, visit: Running) -> None:
    """Let the room no longer be forecast by itself; forecasts that were made stay."""
    with visit.database.write() as transaction:
        service.stop_schedule(transaction, room_id)
        visit.record(transaction, "stopped the schedule of forecasts", room_id)
