"""Why a roster does not meet wishes; who would have had to give way is for managers alone."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from app.auth.guard import Once, Visit, allow
from app.db.transaction import Transaction
from app.rosters import service
from app.rosters.schemas.reasons import AskedReasonsAnswer, ReasonsAnswer
from app.web.http.answers import accepted
from app.web.http.problems import PROBLEMS

router = APIRouter(
    prefix="/api/v1/rooms/{room_id}/rosters/{roster_id}/wishes",
    tags=["Rosters"],
    responses=PROBLEMS,
)

Looking = Annotated[Visit, allow("rosters.read")]
Changing = Annotated[Visit, allow("rosters.change")]


@router.get("")
def read_reasons(room_id: UUID, roster_id: UUID, visit: Looking) -> ReasonsAnswer:
    """The wishes that a roster does not meet, why, and who would have had to give way."""
    with visit.database.read() as reading:
        return ReasonsAnswer.of(service.reasons(reading, room_id, roster_id))


@router.post("/reasons", status_code=202, response_model=AskedReasonsAnswer)
def ask_for_reasons(room_id: UUID, roster_id: UUID, visit: Changing, once: Once) -> Response:
    """Have it worked out why wishes are not met; the job at `Location` does it."""

    def make(transaction: Transaction) -> Response:
        job = service.explain(transaction, room_id, roster_id, visit.caller.user_id)
        visit.record(transaction, "asked why wishes are not met", roster_id)
        location = f"/api/v1/rooms/{room_id}/jobs/{job.id}"
        return accepted(AskedReasonsAnswer(job_id=job.id, job_state=job.state), location)

    return once(visit, make)
