"""Absence of the people of a control room."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from app.auth.guard import Once, Visit, allow
from app.db.transaction import Transaction
from app.leave import service
from app.leave.schemas import (
    AbsenceAnswer,
    AbsenceInput,
    AbsenceList,
    EndInput,
    RecallInput,
    RecordedAnswer,
)
from app.web.http.answers import created
from app.web.http.paging import Asked, Page, foreign
from app.web.http.problems import PROBLEMS

router = APIRouter(prefix="/api/v1/rooms/{room_id}/absences", tags=["Leave"], responses=PROBLEMS)

Looking = Annotated[Visit, allow("leave.read")]
Changing = Annotated[Visit, allow("leave.change")]


@router.get("")
def list_absences(
    room_id: UUID, visit: Looking, page: Asked, response: Response, officer_id: UUID | None = None
) -> AbsenceList:
    """Absences by first day, those that were taken back too; of everyone, or of one."""
    with visit.database.read() as reading:
        found = service.absences_page(
            reading, room_id, officer_id, absence_place(page), page.limit + 1
        )
    return absence_list(found, page, response)


@router.post("", status_code=201, response_model=RecordedAnswer)
def record_absence(room_id: UUID, body: AbsenceInput, visit: Changing, once: Once) -> Response:
    """Let somebody be away; answers with published shifts that lie on these days."""

    def make(transaction: Transaction) -> Response:
        done = service.record_absence(
            transaction, room_id, body.officer_id, body.details(), visit.caller.user_id
        )
        visit.record(transaction, "recorded an absence", done.absence.id)
        place = f"/api/v1/rooms/{room_id}/absences/{done.absence.id}"
        return created(RecordedAnswer.about(done), place)

    return once(visit, make)


@router.get("/{absence_id}")
def read_absence(room_id: UUID, absence_id: UUID, visit: Looking) -> AbsenceAnswer:
    """An absence, also one that was taken back."""
    with visit.database.read() as reading:
        return AbsenceAnswer.of(service.absence(reading, room_id, absence_id))


@router.post("/{absence_id}/withdrawal")
def withdraw_absence(room_id: UUID, absence_id: UUID, visit: Changing) -> AbsenceAnswer:
    """Take an absence back; leave that it took goes back to its account."""
    with visit.database.write() as transaction:
        gone = service.withdraw_absence(transaction, room_id, absence_id, visit.caller.user_id)
        visit.record(transaction, "took back an absence", absence_id)
    return AbsenceAnswer.of(gone)


@router.post("/{absence_id}/end")
def shorten_absence(
    room_id: UUID, absence_id: UUID, body: EndInput, visit: Changing
) -> AbsenceAnswer:
    """Let an absence end earlier; answers with the one that takes its place."""
    with visit.database.write() as transaction:
        user = visit.caller.user_id
        new = service.shorten_absence(transaction, room_id, absence_id, body.last, user)
        visit.record(transaction, "let an absence end earlier", new.id)
    return AbsenceAnswer.of(new)


@router.post("/{absence_id}/recalls")
def recall(room_id: UUID, absence_id: UUID, body: RecallInput, visit: Changing) -> AbsenceAnswer:
    """Recall somebody for a day; a duty that they are then given on it is priced as a recall."""
    with visit.database.write() as transaction:
        user = visit.caller.user_id
        found = service.recall(transaction, room_id, absence_id, body.day, user)
        visit.record(transaction, "recalled somebody from an absence", absence_id)
    return AbsenceAnswer.of(found)


def absence_list(found: tuple[service.Absence, ...], page: Page, response: Response) -> AbsenceList:
    """A page of absences, of which one more was read than is shown."""
    shown = found[: page.limit]
    last = shown[-1] if len(found) > page.limit else None
    page.link(response, [last.details.first.isoformat(), str(last.id)] if last else None)
    return AbsenceList(absences=tuple(map(AbsenceAnswer.of, shown)))


def absence_place(page: Page) -> tuple[date, UUID] | None:
    """The place in a list of absences after which a page begins.

    Raises:
        InvalidInput: when the cursor is of another list.
    """
    match page.after:
        case None:
            return None
        case [str(first), str(absence_id)]:
            try:
                return date.fromisoformat(first), UUID(absence_id)
            except ValueError:
                pass
    raise foreign()
