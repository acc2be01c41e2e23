"""Who follows which pattern: roll out, preview, take back, and read the lines."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.auth.guard import Once, Visit, allow
from app.db.transaction import Reading, Transaction
from app.patterns import service
from app.patterns.schemas.following import (
    LineAnswer,
    LineList,
    PreviewAnswer,
    PreviewList,
    RollOutAnswer,
    RollOutInput,
    RollOutList,
    Spread,
)
from app.web.http.answers import created
from app.web.http.problems import PROBLEMS

router = APIRouter(prefix="/api/v1/rooms/{room_id}", tags=["Patterns"], responses=PROBLEMS)

Looking = Annotated[Visit, allow("patterns.read")]
Changing = Annotated[Visit, allow("patterns.change")]


@router.get("/roll-outs")
def list_roll_outs(room_id: UUID, visit: Looking) -> RollOutList:
    """Who was let follow a pattern, the newest first."""
    with visit.database.read() as reading:
        found = service.roll_outs(reading, room_id)
    return RollOutList(roll_outs=tuple(map(RollOutAnswer.of, found)))


@router.post("/roll-outs/preview")
def preview_roll_out(room_id: UUID, body: RollOutInput, visit: Looking) -> PreviewList:
    """What a roll-out would change for whom; nothing is kept."""
    with visit.database.read() as reading:
        known = service.pattern(reading, room_id, body.pattern)
        found = service.preview(
            reading, room_id, body.wanted(known.pattern, _spread(reading, room_id))
        )
    return PreviewList(officers=tuple(map(PreviewAnswer.of, found)))


@router.post("/roll-outs", status_code=201, response_model=RollOutList)
def roll_out(room_id: UUID, body: RollOutInput, visit: Changing, once: Once) -> Response:
    """Let teams or officers follow a pattern; together they can be taken back."""

    def make(transaction: Transaction) -> Response:
        known = service.pattern(transaction, room_id, body.pattern)
        wanted = body.wanted(known.pattern, _spread(transaction, room_id))
        new = service.roll_out(transaction, room_id, wanted, visit.caller.user_id)
        visit.record(transaction, "rolled out a pattern", new[0].act_id)
        answer = RollOutList(roll_outs=tuple(map(RollOutAnswer.of, new)))
        return created(answer, f"/api/v1/rooms/{room_id}/roll-outs/{new[0].act_id}")

    return once(visit, make)


@router.delete("/roll-outs/{act_id}", status_code=204)
def withdraw_roll_out(room_id: UUID, act_id: UUID, visit: Changing) -> None:
    """Take back what was applied together; what was followed before is followed again."""
    with visit.database.write() as transaction:
        service.withdraw(transaction, room_id, act_id, visit.caller.user_id)
        visit.record(transaction, "took a roll-out back", act_id)


@router.get("/pattern-lines")
def list_lines(
    room_id: UUID,
    visit: Looking,
    first_day: date,
    days: Annotated[int, Query(ge=1, le=366)] = 28,
) -> LineList:
    """What officers follow over some days, a letter a day."""
    service.check_day("first_day", first_day)
    with visit.database.read() as reading:
        found = service.followed(reading, room_id, first_day, days)
    lines = (LineAnswer.of(officer, line, first_day, days) for officer, line in found.items())
    return LineList(first_day=first_day, lines=tuple(lines))


def _spread(reading: Reading, room_id: UUID) -> Spread:
    return partial(service.suggested_places, reading, room_id)
