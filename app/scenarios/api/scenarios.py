"""The doors of scenarios: ask a question, read the answer, hold two beside each other."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.auth.guard import Once, Visit, allow
from app.db.transaction import Transaction
from app.jobs import service as jobs
from app.scenarios import service
from app.scenarios.schemas.answers import (
    Comparison,
    HandedOver,
    ScenarioAnswer,
    ScenarioList,
    ScenarioValues,
)
from app.scenarios.schemas.asked import NewName, Reason, WantedScenario
from app.web.http.answers import accepted, created
from app.web.http.etag import IfMatch, etag
from app.web.http.paging import Asked
from app.web.http.problems import PROBLEMS, VERSIONED

router = APIRouter(
    prefix="/api/v1/rooms/{room_id}/scenarios", tags=["Scenarios"], responses=PROBLEMS
)

Looking = Annotated[Visit, allow("scenarios.read")]
Running = Annotated[Visit, allow("scenarios.run")]
Using = Annotated[Visit, allow("requirements.change")]

CSV: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {"schema": {"type": "string"}}}}
}


@router.get("")
def list_scenarios(room_id: UUID, visit: Looking, page: Asked, response: Response) -> ScenarioList:
    """Scenarios of the control room, newest first."""
    with visit.database.read() as reading:
        found = service.scenarios(reading, room_id, page.after_id(), page.limit + 1)
        shown = found[: page.limit]
        states = service.job_states(reading, room_id, shown)
    page.link(response, [str(shown[-1].id)] if len(found) > page.limit else None)
    answers = (ScenarioAnswer.of(each, states[each.id]) for each in shown)
    return ScenarioList(scenarios=tuple(answers))


@router.post("", status_code=202, response_model=ScenarioAnswer)
def ask_scenario(room_id: UUID, body: WantedScenario, visit: Running, once: Once) -> Response:
    """Ask what callers will feel; the job at `Location` answers, in some seconds."""

    def make(transaction: Transaction) -> Response:
        asked, job = service.ask(transaction, room_id, visit.caller.user_id, body.wanted())
        visit.record(transaction, "asked what if", asked.id)
        location = f"/api/v1/rooms/{room_id}/jobs/{job.id}"
        return accepted(ScenarioAnswer.of(asked, job.state), location)

    return once(visit, make)


@router.get("/{scenario_id}")
def read_scenario(
    room_id: UUID, scenario_id: UUID, visit: Looking, response: Response
) -> ScenarioAnswer:
    """One scenario: what was asked, and whether it is answered."""
    with visit.database.read() as reading:
        found = service.scenario(reading, room_id, scenario_id)
        state = jobs.job(reading, room_id, found.job_id).state
    response.headers["ETag"] = etag(found.version)
    return ScenarioAnswer.of(found, state)


@router.patch("/{scenario_id}", responses=VERSIONED)
def rename_scenario(
    room_id: UUID,
    scenario_id: UUID,
    body: NewName,
    visit: Running,
    version: IfMatch,
    response: Response,
) -> ScenarioAnswer:
    """Call a scenario something else."""
    with visit.database.write() as transaction:
        found = service.rename(transaction, room_id, scenario_id, version, body.name)
        visit.record(transaction, "renamed a scenario", scenario_id)
        state = jobs.job(transaction, room_id, found.job_id).state
    response.headers["ETag"] = etag(found.version)
    return ScenarioAnswer.of(found, state)


@router.delete("/{scenario_id}", status_code=204, responses=VERSIONED)
def delete_scenario(room_id: UUID, scenario_id: UUID, visit: Running, version: IfMatch) -> None:
    """Take a scenario away; 409 while another is compared with it."""
    with visit.database.write() as transaction:
        service.remove(transaction, room_id, scenario_id, version)
        visit.record(transaction, "deleted a scenario", scenario_id)


@router.post("/{scenario_id}/requirement", status_code=201, response_model=HandedOver)
def use_scenario(
    room_id: UUID, scenario_id: UUID, body: Reason, visit: Using, once: Once
) -> Response:
    """Work out the people needed for what is otherwise in a scenario, for rosters that name it.

    409 where other people are on duty in it, people are sought, or nothing is otherwise.
    """

    def make(transaction: Transaction) -> Response:
        by = visit.caller.user_id
        found = service.hand_over(transaction, room_id, by, scenario_id, body.reason)
        visit.record(transaction, "used a scenario in the next roster", scenario_id)
        answer = HandedOver(
            requirement_id=found.id,
            purpose=found.purpose or "",
            first_day=found.first_day,
            last_day=found.last_day,
            rostered_hours=round(found.hours.rostered, 2),
        )
        return created(answer, f"/api/v1/rooms/{room_id}/requirements/{found.id}")

    return once(visit, make)


@router.get("/{scenario_id}/values")
def read_values(room_id: UUID, scenario_id: UUID, visit: Looking) -> ScenarioValues:
    """What came of a scenario, over all days and by interval; 409 while it is not answered."""
    with visit.database.read() as reading:
        return ScenarioValues.of(service.answered(reading, room_id, scenario_id))


@router.get("/{scenario_id}/values.csv", response_class=Response, responses=CSV)
def read_values_csv(room_id: UUID, scenario_id: UUID, visit: Looking) -> Response:
    """The same as a file: `interval_start,queue,calls,in_time,in_time_half_width,on_duty`, UTC."""
    with visit.database.read() as reading:
        found = service.answered(reading, room_id, scenario_id)
    name = f"scenario-{found.scenario.first_day.isoformat()}.csv"
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return Response(service.csv_text(found), media_type="text/csv", headers=headers)


@router.get("/{scenario_id}/comparison")
def compare_scenarios(
    room_id: UUID, scenario_id: UUID, other: Annotated[UUID, Query()], visit: Looking
) -> Comparison:
    """The scenario as A and another of the same days as B, with the difference and its chance."""
    with visit.database.read() as reading:
        return Comparison.of(service.compared(reading, room_id, scenario_id, other))
