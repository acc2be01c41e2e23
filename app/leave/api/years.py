"""Leave years of a control room: when they begin, what they give, what expires."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter

from app.auth.guard import Visit, allow
from app.db.transaction import Reading
from app.leave import service
from app.leave.schemas import (
    EntryAnswer,
    EntryList,
    GrantAnswer,
    GrantInput,
    LedgerDayAnswer,
    YearAnswer,
    YearInput,
)
from app.web.http.problems import PROBLEMS

router = APIRouter(prefix="/api/v1/rooms/{room_id}/leave", tags=["Leave"], responses=PROBLEMS)

Looking = Annotated[Visit, allow("leave.read")]
Changing = Annotated[Visit, allow("leave.change")]


@router.get("/year")
def read_year(room_id: UUID, visit: Looking) -> YearAnswer:
    """When the leave year begins, up to when what expired is written, and what was by itself."""
    with visit.database.read() as reading:
        return _year(reading, room_id)


@router.put("/year")
def set_year(room_id: UUID, body: YearInput, visit: Changing) -> YearAnswer:
    """Say when the leave year begins; it stays once leave was granted by it."""
    with visit.database.write() as transaction:
        service.set_year_start(transaction, room_id, body.month, body.day)
        visit.record(transaction, "said when the leave year begins")
        return _year(transaction, room_id)


@router.post("/grants")
def grant_leave(room_id: UUID, body: GrantInput, visit: Changing) -> GrantAnswer:
    """Give everyone the leave of a leave year, or the difference; twice the same adds nothing."""
    with visit.database.write() as transaction:
        done = service.grant(transaction, room_id, body.year, visit.caller.user_id)
        if done.posted:
            visit.record(transaction, "granted leave")
    return GrantAnswer.of(done)


@router.post("/lapses")
def write_lapses(room_id: UUID, visit: Changing) -> EntryList:
    """Write what has expired up to today, and what is paid up instead; twice adds nothing."""
    with visit.database.write() as transaction:
        done = service.settle(transaction, room_id, visit.caller.user_id)
        if done:
            visit.record(transaction, "wrote what expired to the ledger")
    return EntryList(entries=tuple(map(EntryAnswer.of, done)), cursor=None)


def _year(reading: Reading, room_id: UUID) -> YearAnswer:
    start = service.year_start(reading, room_id)
    last = service.kept_up(reading, room_id).last
    return YearAnswer(
        month=start.month if start else None,
        day=start.day if start else None,
        settled=service.settled(reading, room_id),
        kept=LedgerDayAnswer.model_validate(last) if last else None,
    )
