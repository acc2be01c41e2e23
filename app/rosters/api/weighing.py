"""The dials of a room's rosters, and what a roster cost."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.auth.guard import Visit, allow
from app.rosters import service
from app.rosters.schemas.weighing import DialList, PriceListAnswer
from app.web.http.problems import PROBLEMS

router = APIRouter(prefix="/api/v1/rooms/{room_id}/rosters", tags=["Rosters"], responses=PROBLEMS)

Looking = Annotated[Visit, allow("rosters.read")]


@router.get("/dials")
def read_dials(
    room_id: UUID,
    visit: Looking,
    first_day: Annotated[date, Query()],
    like: Annotated[UUID | None, Query()] = None,
    least_change: Annotated[bool, Query()] = False,
) -> DialList:
    """What can be weighed in a roster from a day on, and what it meant in the last one.

    With `like` the dials stand as in that roster. Those on what was told turn something only with
    `least_change`.
    """
    service.check_day("first_day", first_day)
    with visit.database.read() as reading:
        last = service.last_weighed(reading, room_id, like)
        found = service.dials_here(
            reading, room_id, first_day, last, like=like is not None, least_change=least_change
        )
    return DialList.of(last, found)


@router.get("/{roster_id}/prices")
def read_prices(room_id: UUID, roster_id: UUID, visit: Looking) -> PriceListAnswer:
    """What a roster cost: by dial and rule, by day, by team, and the dearest things."""
    with visit.database.read() as reading:
        return PriceListAnswer.of(service.weighed(reading, room_id, roster_id))
