"""An officer's own rounds and wishes."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from app.auth.guard import Once, Visit, allow
from app.db.transaction import Transaction
from app.preferences import service
from app.preferences.schemas.rounds import (
    NewWish,
    RoundAnswer,
    RoundList,
    WishAnswer,
    WishInput,
    WishList,
)
from app.web.http.answers import created
from app.web.http.etag import IfMatch, etag
from app.web.http.problems import PROBLEMS, VERSIONED

router = APIRouter(prefix="/api/v1/me", tags=["Preferences"], responses=PROBLEMS)

Mine = Annotated[Visit, allow("preferences.own")]


@router.get("/rounds")
def list_my_rounds(visit: Mine) -> RoundList:
    """The rounds of your control room, the latest period first."""
    with visit.database.read() as reading:
        found = service.rounds(reading, visit.own(reading).room.id)
    return RoundList(rounds=tuple(map(RoundAnswer.of, found)))


@router.get("/wishes")
def list_my_wishes(visit: Mine, round_id: UUID | None = None) -> WishList:
    """Your wishes by day, of one round or of all."""
    with visit.database.read() as reading:
        own = visit.own(reading)
        found = service.wishes_of(reading, own.room.id, own.officer_id, round_id)
    return WishList(wishes=tuple(map(WishAnswer.model_validate, found)))


@router.post("/wishes", status_code=201, response_model=WishAnswer)
def state_my_wish(body: NewWish, visit: Mine, once: Once) -> Response:
    """Place points of yours on a day."""

    def make(transaction: Transaction) -> Response:
        own = visit.own(transaction)
        new = service.state_wish(
            transaction, own.room.id, own.officer_id, body.round_id, body.details()
        )
        return created(WishAnswer.model_validate(new), f"/api/v1/me/wishes/{new.id}", new.version)

    return once(visit, make)


@router.get("/wishes/{wish_id}")
def read_my_wish(wish_id: UUID, response: Response, visit: Mine) -> WishAnswer:
    """A wish of yours, and what came of it."""
    with visit.database.read() as reading:
        own = visit.own(reading)
        found = service.wish(reading, own.room.id, own.officer_id, wish_id)
    response.headers["ETag"] = etag(found.version)
    return WishAnswer.model_validate(found)


@router.put("/wishes/{wish_id}", responses=VERSIONED)
def change_my_wish(
    wish_id: UUID, body: WishInput, response: Response, visit: Mine, version: IfMatch
) -> WishAnswer:
    """Let a wish of yours be this."""
    with visit.database.write() as transaction:
        own = visit.own(transaction)
        changed = service.change_wish(
            transaction, own.room.id, own.officer_id, wish_id, version, body.details()
        )
    response.headers["ETag"] = etag(changed.version)
    return WishAnswer.model_validate(changed)


@router.delete("/wishes/{wish_id}", status_code=204, responses=VERSIONED)
def withdraw_my_wish(wish_id: UUID, visit: Mine, version: IfMatch) -> None:
    """Take a wish of yours back; its points are free again."""
    with visit.database.write() as transaction:
        own = visit.own(transaction)
        service.withdraw_wish(transaction, own.room.id, own.officer_id, wish_id, version)
