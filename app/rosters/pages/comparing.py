"""Two rosters of a room compared line by line."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.auth.guard import Visit, allow
from app.errors import Conflict
from app.rosters import service
from app.rosters.views.comparing import comparison_view
from app.rosters.views.weighing import two_prices
from app.web.shell import page, redirect

router = APIRouter(prefix="/rooms/{room_id}/rosters/compare")

Reads = Annotated[Visit, allow("rosters.read")]


@router.get("")
def show(
    request: Request,
    room_id: UUID,
    visit: Reads,
    roster: Annotated[list[UUID] | None, Query(max_length=50)] = None,
) -> Response:
    """What differs between two rosters: all in all, by person, by day and by hour."""
    home = f"/rooms/{room_id}/rosters"
    chosen = list(dict.fromkeys(roster or []))
    if len(chosen) != 2:
        return redirect(home, "Choose two rosters to compare.", "short")
    try:
        with visit.database.read() as reading:
            found = service.side_by_side(reading, room_id, *chosen)
            costs = [service.weighed(reading, room_id, each) for each in chosen]
    except Conflict as error:
        return redirect(home, error.detail, "short")
    one, other = (side.roster for side in found.sides)
    return page(
        request,
        "rosters/comparison.html",
        room=visit.here,
        home=home,
        one=one,
        other=other,
        turned=f"{home}/compare?roster={other.id}&roster={one.id}",
        view=comparison_view(found),
        prices=two_prices(*costs) if one.days == other.days == len(found.days) else None,
        first=found.days[0],
        last=found.days[-1],
    )
