"""Fairness for systems: how everybody stands, as JSON and CSV, and how the caller does."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Response

from app.auth.guard import Visit, allow
from app.errors import NotFound
from app.fairness import service
from app.fairness.schemas import RoomFairnessAnswer, StandingAnswer
from app.web.http.problems import PROBLEMS

router = APIRouter(prefix="/api/v1", tags=["Fairness"], responses=PROBLEMS)

Looking = Annotated[Visit, allow("fairness.read")]
Mine = Annotated[Visit, allow("fairness.own")]

CSV: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {"schema": {"type": "string"}}}}
}


@router.get("/rooms/{room_id}/fairness")
def room_fairness(room_id: UUID, visit: Looking) -> RoomFairnessAnswer:
    """Wishes met over past rounds, and burdens carried beside a fair share, of everybody."""
    with visit.database.read() as reading:
        return RoomFairnessAnswer.of(service.fairness_now(reading, room_id))


@router.get("/rooms/{room_id}/fairness.csv", response_class=Response, responses=CSV)
def room_fairness_csv(room_id: UUID, visit: Looking) -> Response:
    """The same as a file, a row a person."""
    with visit.database.read() as reading:
        found = service.fairness_now(reading, room_id)
    name = f'attachment; filename="fairness-{found.before.isoformat()}.csv"'
    headers = {"Content-Disposition": name}
    return Response(service.csv_text(found), media_type="text/csv", headers=headers)


@router.get("/me/fairness")
def my_fairness(visit: Mine) -> StandingAnswer:
    """How the caller stands."""
    with visit.database.read() as reading:
        own = visit.own(reading)
        found = service.fairness_now(reading, own.room.id).of(own.officer_id)
    if found is None:
        raise NotFound("You are not in service, so nothing of yours is counted.")
    return StandingAnswer.of(found)
