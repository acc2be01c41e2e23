"""The calendar of a room, and the events that a forecast was made with."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.auth.guard import Visit, allow
from app.demand import service as demand
from app.errors import invalid
from app.forecasts import service
from app.forecasts.schemas.events import (
    CalendarAnswer,
    ForecastEvent,
    ForecastEvents,
    HolidaysInput,
)
from app.web.http.problems import PROBLEMS

router = APIRouter(prefix="/api/v1/rooms/{room_id}", responses=PROBLEMS)

Looking = Annotated[Visit, allow("demand.read")]
Changing = Annotated[Visit, allow("demand.change")]
Reading = Annotated[Visit, allow("forecasts.read")]

LONGEST = timedelta(days=800)

Day = Annotated[date, Query(ge=date(1971, 1, 1), le=date(2198, 12, 31))]


@router.get("/calendar", tags=["Events"])
def read_calendar(
    room_id: UUID,
    visit: Looking,
    first: Annotated[Day, Query(description="The first local day.")],
    last: Annotated[Day, Query(description="The last local day.")],
) -> CalendarAnswer:
    """Public holidays and events from a local day to another, at most 800 days."""
    if not first <= last <= first + LONGEST:
        raise invalid("last", f"Give a day from {first} on, at most {LONGEST.days} days later.")
    with visit.database.read() as reading:
        known = demand.events(reading, room_id)
        return CalendarAnswer.of(
            service.default_holidays(reading, room_id),
            service.calendar_holidays(reading, room_id, first, last),
            demand.occurrences(known, first, last),
        )


@router.put("/calendar/holidays", status_code=204, tags=["Events"])
def choose_holidays(room_id: UUID, body: HolidaysInput, visit: Changing) -> None:
    """Choose whose public holidays the room has; every later forecast takes them."""
    code = None if body.holidays == service.NO_HOLIDAYS else body.holidays
    with visit.database.write() as transaction:
        demand.set_holidays(transaction, room_id, code)
        visit.record(transaction, "chose public holidays")


@router.get("/forecasts/{forecast_id}/events", tags=["Forecasts"])
def read_forecast_events(room_id: UUID, forecast_id: UUID, visit: Reading) -> ForecastEvents:
    """The events that a forecast was made with as they stood, and what it took them to do."""
    with visit.database.read() as reading:
        used = service.events_used(reading, room_id, forecast_id)
    return ForecastEvents(events=tuple(map(ForecastEvent.of, used)))
