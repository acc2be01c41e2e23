"""The door of why past days were missed."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.auth.guard import Visit, allow
from app.scenarios import service
from app.scenarios.schemas.missed import MissedAnswer
from app.web.http.problems import PROBLEMS

router = APIRouter(prefix="/api/v1/rooms/{room_id}", tags=["Scenarios"], responses=PROBLEMS)

Reads = Annotated[Visit, allow("scenarios.read")]


@router.get("/missed")
def read_missed(
    room_id: UUID,
    visit: Reads,
    first: date,
    days: Annotated[int, Query(ge=1, le=7)] = 1,
) -> MissedAnswer:
    """Why calls were late or lost on past days.

    The causes are more calls, longer handling, fewer people, and a plan that was short.
    """
    with visit.database.read() as reading:
        return MissedAnswer.of(service.missed(reading, room_id, first, days))
