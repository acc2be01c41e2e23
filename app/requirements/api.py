"""The doors of requirements: the terms of queues, and the people needed for a forecast."""

from __future__ import annotations

from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Response

from app.auth.guard import Once, Visit, allow
from app.db.transaction import Transaction
from app.requirements import service
from app.requirements.schemas import (
    NeedAnswer,
    RepairAnswer,
    RequirementAnswer,
    RequirementList,
    RoomTermsAnswer,
    RoomTermsGiven,
    TermsAnswer,
    TermsGiven,
    TermsList,
    WantedRequirement,
)
from app.web.http.answers import accepted, created
from app.web.http.etag import IfMatch, etag
from app.web.http.paging import Asked
from app.web.http.problems import PROBLEMS, VERSIONED

router = APIRouter(prefix="/api/v1/rooms/{room_id}", tags=["Requirements"], responses=PROBLEMS)

Looking = Annotated[Visit, allow("requirements.read")]
Changing = Annotated[Visit, allow("requirements.change")]

CSV: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/csv": {"schema": {"type": "string"}}}}
}


@router.get("/terms")
def list_terms(room_id: UUID, visit: Looking) -> TermsList:
    """The terms of every queue, and whether each value was given, measured or assumed."""
    with visit.database.read() as reading:
        found = service.terms(reading, room_id)
    return TermsList(queues=tuple(map(TermsAnswer.model_validate, found)))


@router.get("/terms/room")
def read_room_terms(room_id: UUID, response: Response, visit: Looking) -> RoomTermsAnswer:
    """What the room asks as a whole: posts, minimums, seats; its ETag is needed to change it."""
    with visit.database.read() as reading:
        return _room_answer(response, service.room_terms(reading, room_id))


@router.put("/terms/room", responses=VERSIONED)
def set_room_terms(
    room_id: UUID, body: RoomTermsGiven, response: Response, visit: Changing, version: IfMatch
) -> RoomTermsAnswer:
    """Give what the room asks as a whole; what is left out is assumed."""
    with visit.database.write() as transaction:
        told = service.set_room_terms(
            transaction, room_id, version, body.given(), visit.caller.user_id
        )
        visit.record(transaction, "changed what the room asks", room_id)
        return _room_answer(response, told)


@router.get("/terms/{queue_id}")
def read_terms(room_id: UUID, queue_id: UUID, response: Response, visit: Looking) -> TermsAnswer:
    """The terms of one queue; its ETag is needed to change them."""
    with visit.database.read() as reading:
        return _answer(response, service.queue_terms(reading, room_id, queue_id))


@router.put("/terms/{queue_id}", responses=VERSIONED)
def set_terms(
    room_id: UUID,
    queue_id: UUID,
    body: TermsGiven,
    response: Response,
    visit: Changing,
    version: IfMatch,
) -> TermsAnswer:
    """Give the terms of a queue; what is left out goes back to measured or assumed."""
    with visit.database.write() as transaction:
        told = service.set_terms(
            transaction, room_id, queue_id, version, body.given(), visit.caller.user_id
        )
        visit.record(transaction, "changed the terms of a queue", queue_id)
        return _answer(response, told)


@router.get("/requirements")
def list_requirements(
    room_id: UUID, visit: Looking, page: Asked, response: Response
) -> RequirementList:
    """Requirements of the control room, newest first."""
    with visit.database.read() as reading:
        found = service.requirements(reading, room_id, page.after_id(), page.limit + 1)
    shown = found[: page.limit]
    page.link(response, [str(shown[-1].id)] if len(found) > page.limit else None)
    answers = map(RequirementAnswer.model_validate, shown)
    return RequirementList(requirements=tuple(answers))


@router.post("/requirements", status_code=201, response_model=RequirementAnswer)
def work_out_requirement(
    room_id: UUID, body: WantedRequirement, visit: Changing, once: Once
) -> Response:
    """Work out the people needed for a forecast, by the terms in force."""

    def make(transaction: Transaction) -> Response:
        made_by = visit.caller.user_id
        found = service.work_out(transaction, room_id, made_by, body.forecast_id)
        visit.record(transaction, "worked out a requirement", found.id)
        location = f"/api/v1/rooms/{room_id}/requirements/{found.id}"
        return created(RequirementAnswer.model_validate(found), location)

    return once(visit, make)


@router.get("/requirements/{requirement_id}")
def read_requirement(room_id: UUID, requirement_id: UUID, visit: Looking) -> RequirementAnswer:
    """One requirement: its period, the terms it used, what was assumed."""
    with visit.database.read() as reading:
        found = service.requirement(reading, room_id, requirement_id)
    return RequirementAnswer.model_validate(found)


@router.post("/requirements/{requirement_id}/repair", status_code=202, response_model=RepairAnswer)
def repair_requirement(
    room_id: UUID, requirement_id: UUID, visit: Changing, once: Once
) -> Response:
    """Test a requirement by simulation; the job at `Location` adds the people it lacks.

    What comes of it is a requirement of its own, the former with these people. A requirement is
    tested once; 409 for one that has come of a test.
    """

    def make(transaction: Transaction) -> Response:
        asked, job = service.repair(transaction, room_id, requirement_id, visit.caller.user_id)
        visit.record(transaction, "had a requirement tested by simulation", requirement_id)
        location = f"/api/v1/rooms/{room_id}/jobs/{job.id}"
        return accepted(RepairAnswer.of(asked, job.state), location)

    return once(visit, make)


@router.get("/requirements/{requirement_id}/values")
def read_need(room_id: UUID, requirement_id: UUID, visit: Looking) -> NeedAnswer:
    """People to roster per set of queues and interval."""
    with visit.database.read() as reading:
        return NeedAnswer.of(service.need(reading, room_id, requirement_id))


@router.get("/requirements/{requirement_id}/values.csv", response_class=Response, responses=CSV)
def read_need_csv(room_id: UUID, requirement_id: UUID, visit: Looking) -> Response:
    """The same as a file: `interval_start,queues,required`, in UTC."""
    with visit.database.read() as reading:
        text = service.csv_text(reading, room_id, requirement_id)
        day = service.requirement(reading, room_id, requirement_id).first_day
    name = f'attachment; filename="requirement-{day.isoformat()}.csv"'
    return Response(text, media_type="text/csv", headers={"Content-Disposition": name})


def _answer(response: Response, terms: service.Terms) -> TermsAnswer:
    response.headers["ETag"] = etag(terms.version)
    return TermsAnswer.model_validate(terms)


def _room_answer(response: Response, asks: service.RoomAsks) -> RoomTermsAnswer:
    response.headers["ETag"] = etag(asks.version)
    return RoomTermsAnswer.model_validate(asks)
