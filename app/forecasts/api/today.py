"""Today forecast again from the counts so far."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from app.auth.guard import Visit, allow
from app.forecasts import service
from app.forecasts.schemas.today import TodayAnswer
from app.web.http.problems import PROBLEMS

router = APIRouter(
    prefix="/api/v1/rooms/{room_id}/forecasts/today", tags=["Forecasts"], responses=PROBLEMS
)

Looking = Annotated[Visit, allow("forecasts.read")]


@router.get("")
def read_today(room_id: UUID, visit: Looking) -> TodayAnswer:
    """The present local day: the forecast, the counts so far and the rest of the day after them.

    The rest is forecast again where past days at the same time came out more exact for it; 404
    while no forecast holds today.
    """
    with visit.database.read() as reading:
        return TodayAnswer.of(service.today(reading, room_id))
