"""Why a forecast says what it says."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query

from app.auth import service as auth
from app.auth.guard import Visit, allow
from app.forecasts import service
from app.forecasts.schemas.why import ExplanationAnswer
from app.forecasts.views.why_words import sentences
from app.web.http.problems import PROBLEMS
from app.web.http.schema import When

router = APIRouter(
    prefix="/api/v1/rooms/{room_id}/forecasts", tags=["Forecasts"], responses=PROBLEMS
)

Looking = Annotated[Visit, allow("forecasts.read")]


@router.get("/{forecast_id}/explanation")
def explain(
    room_id: UUID,
    forecast_id: UUID,
    visit: Looking,
    queue_id: Annotated[UUID, Query(description="The queue.")],
    at: Annotated[When, Query(description="An instant in the interval to be explained.")],
) -> ExplanationAnswer:
    """Why the forecast says what it says of one interval of a queue: its factors, and in words."""
    with visit.database.read() as reading:
        found = service.explanation(reading, room_id, forecast_id, queue_id, at)
        asked = service.forecast(reading, room_id, forecast_id)
        names = auth.names_of(reading, visit.force_id, (each.by for each in found.laid))
    return ExplanationAnswer.of(found, sentences(found, asked.model, names))
