"""The page of the runs: the weekly schedule, and every forecast with what it was made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Query, Request, Response

from app.auth import service as auth
from app.auth.guard import Visit, allow
from app.db.transaction import Reading
from app.demand import service as demand
from app.errors import InvalidInput, invalid
from app.forecasts import service
from app.forecasts.views import runs as views
from app.jobs import service as jobs
from app.web.shell import faults, page, redirect
from forecasting.event_file import WEEKDAYS

router = APIRouter(prefix="/rooms/{room_id}/demand/runs", include_in_schema=False)

Looking = Annotated[Visit, allow("forecasts.read")]
Running = Annotated[Visit, allow("forecasts.run")]

SHOWN = 20
"""Runs a page."""


@router.get("")
def runs_page(
    request: Request, room_id: UUID, visit: Looking, before: Annotated[UUID | None, Query()] = None
) -> Response:
    """The page."""
    return _page(request, visit, room_id, before)


@router.post("/schedule")
def set_schedule(
    request: Request,
    room_id: UUID,
    visit: Running,
    weekday: Annotated[str, Form()] = "",
    hour: Annotated[str, Form()] = "",
    weeks: Annotated[str, Form()] = "",
    model: Annotated[str, Form()] = "",
) -> Response:
    """Let the room be forecast every week."""
    given = {
        "weekday": weekday,
        "hour": hour,
        "weeks": weeks,
        "model": model,
    }
    try:
        wanted = _wanted(given)
        with visit.database.write() as transaction:
            known = service.schedule(transaction, room_id)
            if known is not None:
                wanted = replace(wanted, holidays=known.wanted.holidays)
            service.set_schedule(transaction, room_id, visit.caller.user_id, wanted)
            visit.record(transaction, "scheduled forecasts", room_id)
    except InvalidInput as error:
        return _page(request, visit, room_id, None, given, faults(error))
    return redirect(_home(room_id), f"{views.schedule_words(wanted)}: forecasts are scheduled.")


@router.post("/schedule/stop")
def stop_schedule(room_id: UUID, visit: Running) -> Response:
    """Let the room no longer be forecast by itself."""
    with visit.database.write() as transaction:
        service.stop_schedule(transaction, room_id)
        visit.record(transaction, "stopped the schedule of forecasts", room_id)
    return redirect(_home(room_id), "No forecast is made by itself any more.")


def _home(room_id: UUID) -> str:
    return f"/rooms/{room_id}/demand/runs"


def _wanted(given: dict[str, str]) -> service.WantedSchedule:
    """What the form asks for.

    Raises:
        InvalidInput: when a number is none.
    """
    hour, minute, rest = (given["hour"].strip() + "::").split(":")[:3]
    if not hour.isdecimal() or minute.strip("0") or rest:
        raise invalid("hour", "Give a full hour of the day, such as 06:00.")
    for name in ("weekday", "weeks"):
        if not given[name].strip().isdecimal() or len(given[name].strip()) > 3:
            raise invalid(name, "Give a number.")
    return service.WantedSchedule(
        int(given["weekday"]),
        int(hour),
        int(given["weeks"]),
        given["model"] or None,
    )


def _page(
    request: Request,
    visit: Visit,
    room_id: UUID,
    before: UUID | None,
    given: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
) -> Response:
    """The page, with a form that was refused where one was."""
    home, zone = _home(room_id), visit.here.zone
    with visit.database.read() as reading:
        found = service.forecasts(reading, room_id, before, SHOWN + 1)
        shown = found[:SHOWN]
        told = _told(reading, visit, room_id, shown)
        known = service.schedule(reading, room_id)
        last = _last_job(reading, known)
    base = home.removesuffix("/runs")
    return page(
        request,
        "forecasts/runs.html",
        422 if errors else 200,
        home=home,
        base=base,
        zone=zone,
        schedule=known,
        answer=views.answer(known, zone),
        last_run="" if known is None else views.last_run_words(known, last, zone),
        given=given or views.suggestion(known),
        weekdays=list(enumerate(WEEKDAYS)),
        models=list(service.MODELS.items()),
        runs=[views.run_row(each, told, zone, base) for each in shown],
        more=f"{home}?before={shown[-1].id}" if len(found) > SHOWN else "",
        first=home if before else "",
        errors=errors or {},
    )


def _last_job(reading: Reading, known: service.Schedule | None) -> jobs.Job | None:
    """The job of the last forecast that a schedule asked for, where it is not made."""
    if known is None or known.last_forecast_id is None:
        return None
    last = service.forecast(reading, known.room_id, known.last_forecast_id)
    return None if last.made else jobs.job(reading, known.room_id, last.job_id)


def _told(
    reading: Reading, visit: Visit, room_id: UUID, shown: Sequence[service.Forecast]
) -> views.Told:
    """What else is known of some forecasts."""
    names = {queue.id: queue.name for queue in demand.queues(reading, room_id)}
    return views.Told(
        {each.id: jobs.job(reading, room_id, each.job_id) for each in shown if not each.made},
        auth.names_of(reading, visit.force_id, (each.asked_by for each in shown)),
        {
            each.id: [used.said.name for used in service.events_used(reading, room_id, each.id)]
            for each in shown
        },
        service.scores_of(reading, room_id, [each.id for each in shown]),
        {
            each.id: [
                service.adjustment_words(laid, names)
                for laid in service.adjustments_over(reading, each)
            ]
            for each in shown
        },
    )
