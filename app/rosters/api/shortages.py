"""Where people are missing from a roster, and what binds there."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.auth.guard import Once, Visit, allow
from app.db.transaction import Transaction
from app.rosters import service
from app.rosters.schemas.shortages import ExplainingAnswer, ShortagesAnswer
from app.web.http.answers import accepted
from app.web.http.problems import PROBLEMS

router = APIRouter(
    prefix="/api/v1/rooms/{room_id}/rosters/{roster_id}/shortages",
    tags=["Rosters"],
    responses=PROBLEMS,
)

Looking = Annotated[Visit, allow("rosters.read")]
Changing = Annotated[Visit, allow("rosters.change")]


@router.get("")
def read_shortages(
    room_id: UUID,
    roster_id: UUID,
    visit: Looking,
    limit: Annotated[int, Query(ge=1, le=50, description="Stretches, the hardest.")] = 10,
) -> ShortagesAnswer:
    """Where people are missing, what binds there and in the room, and what would help."""
    with visit.database.read() as reading:
        return ShortagesAnswer.of(service.shortages(reading, room_id, roster_id, limit))


@router.post("", status_code=202, response_model=ExplainingAnswer)
def explain_shortages(room_id: UUID, roster_id: UUID, visit: Changing, once: Once) -> Response:
    """Have it worked out what binds in the room; a search that leaves people missing asks too."""

    def make(transaction: Transaction) -> Response:
        job = service.ask_why_short(transaction, room_id, roster_id, visit.caller.user_id)
        visit.record(transaction, "asked what binds in a roster", roster_id)
        location = f"/api/v1/rooms/{room_id}/jobs/{job.id}"
        return accepted(ExplainingAnswer.of(job), location)

    return once(visit, make)
