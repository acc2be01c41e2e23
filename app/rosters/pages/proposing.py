"""A roster that was made again: what it would change, and what of it is put back."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Query, Request, Response

from app.auth.guard import Visit, allow
from app.errors import Conflict, InvalidInput, NotFound, Stale, Unlawful
from app.rosters import service
from app.rosters.views.panel import proposal_panel
from app.rosters.views.proposing import proposal_view
from app.web.shell import page, redirect

router = APIRouter(prefix="/rooms/{room_id}/rosters/{roster_id}/proposal")

Reads = Annotated[Visit, allow("rosters.read")]
Changes = Annotated[Visit, allow("rosters.change")]
Cells = Annotated[str, Form(max_length=60)]

MOST = 500
"""Officer-days that are put back at once."""


@router.get("")
def show(
    request: Request,
    room_id: UUID,
    roster_id: UUID,
    visit: Reads,
    back: Annotated[list[str] | None, Query(max_length=MOST)] = None,
) -> Response:
    """Every change with its reason, its notice and what is due; and what putting some back does."""
    chosen, trial, refused = _cells(back or []), None, ""
    with visit.database.read() as reading:
        found = service.proposal(reading, room_id, roster_id)
        if chosen:
            try:
                trial = service.try_back(reading, room_id, roster_id, chosen)
            except InvalidInput as error:
                refused = error.places[0].words
    here = f"/rooms/{room_id}/rosters/{roster_id}"
    return page(
        request,
        "rosters/proposal.html",
        room=visit.here,
        here=here,
        roster=found.roster,
        stands=found.stands,
        view=proposal_view(found, visit.here.zone, chosen),
        panel=proposal_panel(found.desk, trial) if trial else None,
        refused=refused,
        chosen=[f"{officer}/{day.isoformat()}" for officer, day in chosen],
        breaches=[breach.words for breach in found.desk.standing.hard],
    )


@router.post("/back")
def put_back(
    room_id: UUID,
    roster_id: UUID,
    visit: Changes,
    version: Annotated[int, Form()],
    back: Annotated[list[str], Form(max_length=MOST)],
) -> Response:
    """Put the chosen days back to what stands."""
    here = f"/rooms/{room_id}/rosters/{roster_id}/proposal"
    try:
        with visit.database.write() as transaction:
            cells, user = _cells(back), visit.caller.user_id
            service.put_back(transaction, room_id, roster_id, version, cells, user)
            visit.record(transaction, "put changes of a roster back", roster_id)
    except (Unlawful, Conflict, Stale) as error:
        return redirect(here, error.detail, "short")
    except InvalidInput as error:
        return redirect(here, error.places[0].words, "short")
    return redirect(here, "Put back. Undo stands on the roster’s page.")


def _cells(texts: list[str]) -> list[tuple[UUID, date]]:
    """Officer-days as a form names them."""
    try:
        parts = [text.split("/") for text in texts]
        return [(UUID(officer), date.fromisoformat(day)) for officer, day in parts]
    except ValueError:
        raise NotFound("There is no such day in this roster.") from None
