"""The doors of forecasts: ask for one, list them, read what they say and how good they were."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.auth.guard import Once, Visit, allow
from app.db.transaction import Transaction
from app.forecasts import service
from app.forecasts.schemas.runs import (
    ForecastAnswer,
    ForecastCalls,
    ForecastList,
    ScoreList,
    WantedForecast,
)
from app.web.http.answers import accepted
from app.web.http.paging import Asked
from app.web.http.problems import PROBLEMS

router = APIRouter(
    prefix="/api/v1/rooms/{room_id}/forecasts", tags=["Forecasts"], responses=PROBLEMS
)

Looking = Annotated[Visit, allow("forecasts.read")]
Running = Annotated[Visit, allow("forecasts.run")]

Untouched = Annotated[bool, Query(description="Without what people laid over the forecast.")]

CSV: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {"schema": {"type": "string"}}}}
}


@router.get("")
def list_forecasts(room_id: UUID, visit: Looking, page: Asked, response: Response) -> ForecastList:
    """Forecasts of the control room, newest first."""
    with visit.database.read() as reading:
        found = service.forecasts(reading, room_id, page.after_id(), page.limit + 1)
        shown = found[: page.limit]
        states = service.job_states(reading, room_id, shown)
    page.link(response, [str(shown[-1].id)] if len(found) > page.limit else None)
    answers = (ForecastAnswer.of(each, states[each.id]) for each in shown)
    return ForecastList(forecasts=tuple(answers))


@router.post("", status_code=202, response_model=ForecastAnswer)
def ask_for_forecast(room_id: UUID, body: WantedForecast, visit: Running, once: Once) -> Response:
    """Ask for a forecast; the job at `Location` makes it, in some seconds."""

    def make(transaction: Transaction) -> Response:
        wanted = service.Wanted(body.first_day, body.days, body.model, body.holidays)
        asked, job = service.ask(transaction, room_id, visit.caller.user_id, wanted)
        visit.record(transaction, "asked for a forecast", asked.id)
        location = f"/api/v1/rooms/{room_id}/jobs/{job.id}"
        return accepted(ForecastAnswer.of(asked, job.state), location)

    return once(visit, make)


@router.get("/{forecast_id}")
def read_forecast(room_id: UUID, forecast_id: UUID, visit: Looking) -> ForecastAnswer:
    """One forecast: what was asked, whether it is made, what to know of it."""
    with visit.database.read() as reading:
        found = service.forecast(reading, room_id, forecast_id)
        return ForecastAnswer.of(found, service.job_states(reading, room_id, [found])[found.id])


@router.get("/{forecast_id}/values")
def read_values(
    room_id: UUID, forecast_id: UUID, visit: Looking, untouched: Untouched = False
) -> ForecastCalls:
    """What a forecast says of every queue and interval; 409 while it is not made."""
    laid = () if untouched else None
    with visit.database.read() as reading:
        return ForecastCalls.of(service.values(reading, room_id, forecast_id, laid))


@router.get("/{forecast_id}/values.csv", response_class=Response, responses=CSV)
def read_values_csv(
    room_id: UUID, forecast_id: UUID, visit: Looking, untouched: Untouched = False
) -> Response:
    """The same as a file: `interval_start,queue,mean,q05,q10,q25,q50,q75,q90,q95`, in UTC."""
    laid = () if untouched else None
    with visit.database.read() as reading:
        text = service.csv_text(reading, room_id, forecast_id, laid)
        day = service.forecast(reading, room_id, forecast_id).first_day
    return csv_file(text, f"forecast-{day.isoformat()}.csv")


@router.get("/{forecast_id}/handling.csv", response_class=Response, responses=CSV)
def read_handling_csv(room_id: UUID, forecast_id: UUID, visit: Looking) -> Response:
    """Handling times and load as a file, of the queues whose counts tell handling times, in UTC.

    `interval_start,queue,aht_seconds,aht_q05…aht_q95,load,load_q05…load_q95`: seconds of a call,
    and erlangs.
    """
    with visit.database.read() as reading:
        text = service.handling_csv_text(reading, room_id, forecast_id)
        day = service.forecast(reading, room_id, forecast_id).first_day
    return csv_file(text, f"handling-{day.isoformat()}.csv")


def csv_file(text: str, name: str) -> Response:
    """A CSV file to save."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(text, media_type="text/csv", headers=headers)


@router.get("/{forecast_id}/scores")
def read_scores(room_id: UUID, forecast_id: UUID, visit: Looking) -> ScoreList:
    """How good a forecast was on what has come since, beside pure chance."""
    with visit.database.read() as reading:
        return ScoreList.of(service.scores(reading, room_id, forecast_id))
