"""What a forecast says of categories of calls."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.auth.guard import Visit, allow
from app.forecasts import service
from app.forecasts.api.runs import CSV, Untouched, csv_file
from app.forecasts.schemas.categories import ForecastCategories
from app.web.http.problems import PROBLEMS

router = APIRouter(
    prefix="/api/v1/rooms/{room_id}/forecasts", tags=["Forecasts"], responses=PROBLEMS
)

Looking = Annotated[Visit, allow("forecasts.read")]
OfQueue = Annotated[UUID | None, Query(description="Of one queue; all without.")]


@router.get("/{forecast_id}/categories")
def read_categories(
    room_id: UUID,
    forecast_id: UUID,
    visit: Looking,
    queue_id: OfQueue = None,
    untouched: Untouched = False,
) -> ForecastCategories:
    """What a forecast says of every category of calls and interval; 409 while it is not made."""
    laid = () if untouched else None
    with visit.database.read() as reading:
        said = service.category_values(reading, room_id, forecast_id, laid, queue_id)
    return ForecastCategories.of(said)


@router.get("/{forecast_id}/categories.csv", response_class=Response, responses=CSV)
def read_categories_csv(
    room_id: UUID,
    forecast_id: UUID,
    visit: Looking,
    queue_id: OfQueue = None,
    untouched: Untouched = False,
) -> Response:
    """The same as a file: `interval_start,queue,category,mean,q05…q95`, in UTC.

    Lines without a category are calls of none. The means of a queue's lines of an interval add up
    to its own.
    """
    laid = () if untouched else None
    with visit.database.read() as reading:
        text = service.category_csv_text(reading, room_id, forecast_id, laid, queue_id)
        day = service.forecast(reading, room_id, forecast_id).first_day
    return csv_file(text, f"categories-{day.isoformat()}.csv")
