"""One scenario, alone or beside the one that it is compared with."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Query, Request, Response

from app.auth.guard import Visit, allow
from app.db.transaction import Reading
from app.errors import Conflict, InvalidInput
from app.jobs import service as jobs
from app.scenarios import service
from app.scenarios.views.sentences import question
from app.scenarios.views.sheet import sheet
from app.web.shell import page, redirect
from app.web.words import period_words

router = APIRouter(prefix="/rooms/{room_id}/what-if/{scenario_id}")

Reads = Annotated[Visit, allow("scenarios.read")]
Runs = Annotated[Visit, allow("scenarios.run")]
Day = Annotated[date | None, Query(ge=date(1971, 1, 1), le=date(2199, 12, 31))]


@router.get("")
def read_scenario(
    request: Request,
    room_id: UUID,
    scenario_id: UUID,
    visit: Reads,
    queue: Annotated[int | None, Query(ge=0, le=100)] = None,
    day: Day = None,
) -> Response:
    """The page: the answer, the charts, the table; how far it is while it is worked on."""
    here = f"/rooms/{room_id}/what-if/{scenario_id}"
    with visit.database.read() as reading:
        found = service.scenario(reading, room_id, scenario_id)
        job = _job(reading, found)
        view = None
        if job is None:
            answered = service.answered(reading, room_id, scenario_id)
            both = None
            if found.against is not None:
                both = service.paired(service.answered(reading, room_id, found.against), answered)
            view = sheet(answered, both, (queue, day), visit.here.day_start)
    return page(
        request,
        "scenarios/sheet.html",
        home=f"/rooms/{room_id}/what-if",
        here=here,
        room=visit.here,
        scenario=found,
        title=question(found),
        period=period_words(found.first_day, found.last_day),
        job=job,
        events=f"/api/v1/rooms/{room_id}/jobs/{job.id}/events" if job else "",
        view=view,
        not_used=service.why_not_used(found),
    )


def _job(reading: Reading, found: service.Scenario) -> jobs.Job | None:
    """The job that is to be waited for, or that ended without an answer; None where all is known.

    It is that of the scenario to compare with, as long as that is not answered.
    """
    others = [] if found.against is None else [
        service.scenario(reading, found.room_id, found.against)
    ]  # fmt: skip
    for each in (*others, found):
        if each.made_at is None:
            return jobs.job(reading, found.room_id, each.job_id)
    return None


@router.post("/stop")
def stop(room_id: UUID, scenario_id: UUID, visit: Runs) -> Response:
    """Stop working on the question, and on the one that it is compared with."""
    with visit.database.write() as transaction:
        found = service.scenario(transaction, room_id, scenario_id)
        service.stop(transaction, found)
        visit.record(transaction, "stopped a scenario", scenario_id)
    return redirect(f"/rooms/{room_id}/what-if/{scenario_id}", "Stopping.")


@router.post("/name")
def rename(
    room_id: UUID,
    scenario_id: UUID,
    visit: Runs,
    version: Annotated[int, Form()],
    name: Annotated[str, Form(max_length=1000)] = "",
) -> Response:
    """Call the scenario something else."""
    here = f"/rooms/{room_id}/what-if/{scenario_id}"
    try:
        with visit.database.write() as transaction:
            service.rename(transaction, room_id, scenario_id, version, name)
            visit.record(transaction, "renamed a scenario", scenario_id)
    except InvalidInput as error:
        return redirect(here, error.places[0].words, "short")
    return redirect(here, "Renamed.")


@router.post("/delete")
def delete(
    room_id: UUID, scenario_id: UUID, visit: Runs, version: Annotated[int, Form()]
) -> Response:
    """Take the scenario away."""
    home = f"/rooms/{room_id}/what-if"
    try:
        with visit.database.write() as transaction:
            service.remove(transaction, room_id, scenario_id, version)
            visit.record(transaction, "deleted a scenario", scenario_id)
    except Conflict as error:
        return redirect(f"{home}/{scenario_id}", error.detail, "short")
    return redirect(home, "Deleted.")
