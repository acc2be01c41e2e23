"""Which wishes a roster does not meet, and why; for managers, who may read names."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.auth.guard import Visit, allow
from app.errors import Conflict
from app.rosters import service
from app.rosters.views.reasons import reasons_view
from app.web.shell import page, redirect

router = APIRouter(prefix="/rooms/{room_id}/rosters/{roster_id}/wishes")

Reads = Annotated[Visit, allow("rosters.read")]
Changes = Annotated[Visit, allow("rosters.change")]


@router.get("")
def show(request: Request, room_id: UUID, roster_id: UUID, visit: Reads) -> Response:
    """Every wish that is not met, why, and who would have had to give way."""
    with visit.database.read() as reading:
        found = service.reasons(reading, room_id, roster_id)
    return page(
        request,
        "rosters/wishes.html",
        room=visit.here,
        roster=found.desk.roster,
        here=f"/rooms/{room_id}/rosters/{roster_id}",
        view=reasons_view(found),
    )


@router.post("/reasons")
def explain(room_id: UUID, roster_id: UUID, visit: Changes) -> Response:
    """Have the reasons worked out."""
    here = f"/rooms/{room_id}/rosters/{roster_id}/wishes"
    try:
        with visit.database.write() as transaction:
            service.explain(transaction, room_id, roster_id, visit.caller.user_id)
            visit.record(transaction, "asked why wishes are not met", roster_id)
    except Conflict as error:
        return redirect(here, error.detail, "short")
    return redirect(here, "The reasons are being worked out: look again in a moment.")
