"""Shifts as published and as worked, told in bulk."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.auth.guard import Visit, allow
from app.errors import invalid
from app.people import service
from app.people.api.officers import NOT_OURS, read_id
from app.people.schemas.history import HistoryAnswer, HistoryInput, ShiftAnswer, ShiftList
from app.people.schemas.words import Moment
from app.people.service import PastShift, ShiftState, Span
from app.web.http.paging import Asked, Key
from app.web.http.problems import PROBLEMS

router = APIRouter(prefix="/api/v1/rooms/{room_id}/history", tags=["People"], responses=PROBLEMS)

HISTORY_BYTES = 16_000_000
"""Seventeen weeks of 300 officers are about 5 MB of JSON; three times that."""

Looking = Annotated[Visit, allow("people.read")]
Changing = Annotated[Visit, allow("people.change")]


@router.get("/{state}")
def list_history(
    room_id: UUID,
    state: ShiftState,
    start: Annotated[Moment, Query(description="From this instant.")],
    end: Annotated[Moment, Query(description="Until just before this instant.")],
    visit: Looking,
    page: Asked,
    response: Response,
) -> ShiftList:
    """Shifts that touch a span, by officer and start."""
    with visit.database.read() as reading:
        found = service.history_page(
            reading, room_id, state, Span(start, end), _after(page.after), page.limit + 1
        )
    shown = found[: page.limit]
    page.link(response, _key(shown[-1]) if len(found) > page.limit else None)
    return ShiftList(shifts=tuple(map(ShiftAnswer.model_validate, shown)))


@router.put("/{state}", max_body_size=HISTORY_BYTES)
def set_history(
    room_id: UUID, state: ShiftState, body: HistoryInput, visit: Changing
) -> HistoryAnswer:
    """Let these be the shifts of some officers that start within a span; all others stay."""
    with visit.database.write() as transaction:
        told = service.set_history(
            transaction, room_id, state, body.officers, body.span(), body.told()
        )
        visit.record(transaction, f"told {state} shifts")
    return HistoryAnswer.of(told)


def _key(shift: PastShift) -> Key:
    return [str(shift.officer_id), shift.start.isoformat()]


def _after(key: Key | None) -> tuple[UUID, datetime] | None:
    match key:
        case None:
            return None
        case [str(officer_id), str(start)]:
            try:
                told = datetime.fromisoformat(start)
            except ValueError:
                raise invalid("after", NOT_OURS) from None
            if told.tzinfo is not None and 1900 <= told.year < 2200:
                return read_id(officer_id), told
    raise invalid("after", NOT_OURS)
