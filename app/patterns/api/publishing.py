"""Rest days told ahead: how far they stand, tell them, and read one's own."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Response

from app.auth.guard import Once, Visit, allow
from app.db.transaction import Transaction
from app.patterns import service
from app.patterns.schemas.publishing import (
    PublicationAnswer,
    PublicationInput,
    StandingAnswer,
    ToldAnswer,
)
from app.web.http.answers import created
from app.web.http.problems import PROBLEMS

router = APIRouter(prefix="/api/v1", tags=["Patterns"], responses=PROBLEMS)

Looking = Annotated[Visit, allow("patterns.read")]
Changing = Annotated[Visit, allow("patterns.change")]
Mine = Annotated[Visit, allow("patterns.own")]


@router.get("/rooms/{room_id}/rest-days")
def read_rest_days(room_id: UUID, visit: Looking) -> StandingAnswer:
    """How far rest days are told, how far the rulebooks ask, and for whom they have changed."""
    with visit.database.read() as reading:
        found = service.standing(reading, room_id)
        return StandingAnswer.of(found, service.publications(reading, room_id))


@router.post("/rooms/{room_id}/rest-days", status_code=201, response_model=PublicationAnswer)
def publish_rest_days(
    room_id: UUID, body: PublicationInput, visit: Changing, once: Once
) -> Response:
    """Tell everyone who follows a pattern their days from today to a last one."""

    def make(transaction: Transaction) -> Response:
        new = service.publish(transaction, room_id, body.last_day, visit.caller.user_id)
        visit.record(transaction, "published rest days", new.id)
        return created(PublicationAnswer.of(new), f"/api/v1/rooms/{room_id}/rest-days")

    return once(visit, make)


@router.get("/me/rest-days")
def read_my_rest_days(
    visit: Mine, first_day: date, days: Annotated[int, Query(ge=1, le=366)] = 28
) -> ToldAnswer:
    """What you were told of some days."""
    service.check_day("first_day", first_day)
    with visit.database.read() as reading:
        own = visit.own(reading)
        told = service.told_to(reading, own.room.id, own.officer_id, first_day, days)
    return ToldAnswer.of(told, first_day, days)
