"""Where people are missing from a roster, and why."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.auth.guard import Visit, allow
from app.errors import Conflict
from app.rosters import service
from app.rosters.views.shortages import shortages_view
from app.web.shell import page, redirect

router = APIRouter(prefix="/rooms/{room_id}/rosters/{roster_id}/shortages")

Reads = Annotated[Visit, allow("rosters.read")]
Changes = Annotated[Visit, allow("rosters.change")]


@router.get("")
def show(request: Request, room_id: UUID, roster_id: UUID, visit: Reads) -> Response:
    """The hardest stretches with what binds there, and what binds in the room as a whole."""
    with visit.database.read() as reading:
        found = service.shortages(reading, room_id, roster_id)
    job, here = found.job, f"/rooms/{room_id}/rosters/{roster_id}"
    return page(
        request,
        "rosters/shortages.html",
        room=visit.here,
        roster=found.laid.opened.roster,
        here=here,
        view=shortages_view(found),
        job=job if job is not None and (not job.has_ended or job.state == "failed") else None,
        events=f"/api/v1/rooms/{room_id}/jobs/{job.id}/events" if job is not None else "",
    )


@router.post("")
def explain(room_id: UUID, roster_id: UUID, visit: Changes) -> Response:
    """Have it worked out what binds in the room."""
    here = f"/rooms/{room_id}/rosters/{roster_id}/shortages"
    try:
        with visit.database.write() as transaction:
            service.ask_why_short(transaction, room_id, roster_id, visit.caller.user_id)
            visit.record(transaction, "asked what binds in a roster", roster_id)
    except Conflict as error:
        return redirect(here, error.detail, "short")
    return redirect(here)
