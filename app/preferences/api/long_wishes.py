"""An officer's own wishes about several days, and what is asked of them by colleagues."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from app.auth.guard import Once, Visit, allow
from app.db.transaction import Transaction
from app.preferences import service
from app.preferences.schemas.long_wishes import (
    AgreementInput,
    CompanyWishAnswer,
    CompanyWishList,
    LongWishAnswer,
    LongWishInput,
    LongWishList,
    NewLongWish,
)
from app.web.http.answers import created
from app.web.http.etag import IfMatch, etag
from app.web.http.problems import PROBLEMS, VERSIONED

router = APIRouter(prefix="/api/v1", tags=["Preferences"], responses=PROBLEMS)

Mine = Annotated[Visit, allow("preferences.own")]
Looking = Annotated[Visit, allow("preferences.read")]


@router.get("/rooms/{room_id}/rounds/{round_id}/long-wishes")
def list_long_wishes(room_id: UUID, round_id: UUID, visit: Looking) -> LongWishList:
    """The wishes about several days of a round, by officer."""
    with visit.database.read() as reading:
        return LongWishList.of(service.long_wishes_in(reading, room_id, round_id))


@router.get("/me/long-wishes")
def list_my_long_wishes(visit: Mine, round_id: UUID | None = None) -> LongWishList:
    """Your wishes about several days, of one round or of all."""
    with visit.database.read() as reading:
        own = visit.own(reading)
        found = service.long_wishes_of(reading, own.room.id, own.officer_id, round_id)
    return LongWishList.of(found)


@router.post("/me/long-wishes", status_code=201, response_model=LongWishAnswer)
def state_my_long_wish(body: NewLongWish, visit: Mine, once: Once) -> Response:
    """Place points of yours on something asked over several days."""

    def make(transaction: Transaction) -> Response:
        own = visit.own(transaction)
        new = service.state_long_wish(
            transaction, own.room.id, own.officer_id, body.round_id, body.details()
        )
        place = f"/api/v1/me/long-wishes/{new.id}"
        return created(LongWishAnswer.of(new), place, new.version)

    return once(visit, make)


@router.get("/me/long-wishes/{long_wish_id}")
def read_my_long_wish(long_wish_id: UUID, response: Response, visit: Mine) -> LongWishAnswer:
    """A wish of yours about several days, and what came of it."""
    with visit.database.read() as reading:
        own = visit.own(reading)
        found = service.long_wish(reading, own.room.id, own.officer_id, long_wish_id)
    response.headers["ETag"] = etag(found.version)
    return LongWishAnswer.of(found)


@router.put("/me/long-wishes/{long_wish_id}", responses=VERSIONED)
def change_my_long_wish(
    long_wish_id: UUID, body: LongWishInput, response: Response, visit: Mine, version: IfMatch
) -> LongWishAnswer:
    """Let a wish of yours be this; a colleague is asked anew where it is about other days."""
    with visit.database.write() as transaction:
        own = visit.own(transaction)
        changed = service.change_long_wish(
            transaction, own.room.id, own.officer_id, long_wish_id, version, body.details()
        )
    response.headers["ETag"] = etag(changed.version)
    return LongWishAnswer.of(changed)


@router.delete("/me/long-wishes/{long_wish_id}", status_code=204, responses=VERSIONED)
def withdraw_my_long_wish(long_wish_id: UUID, visit: Mine, version: IfMatch) -> None:
    """Take a wish of yours back; its points are free again."""
    with visit.database.write() as transaction:
        own = visit.own(transaction)
        service.withdraw_long_wish(transaction, own.room.id, own.officer_id, long_wish_id, version)


@router.get("/me/company-wishes")
def list_company_wishes(visit: Mine) -> CompanyWishList:
    """Wishes of colleagues to work with you, in rounds that are open."""
    with visit.database.read() as reading:
        own = visit.own(reading)
        found = service.asked_of(reading, own.room.id, own.officer_id)
    return CompanyWishList(wishes=tuple(map(CompanyWishAnswer.of, found)))


@router.put("/me/company-wishes/{long_wish_id}")
def answer_company_wish(long_wish_id: UUID, body: AgreementInput, visit: Mine) -> CompanyWishAnswer:
    """Say whether you agree to work with a colleague; it counts only if you do."""
    with visit.database.write() as transaction:
        own = visit.own(transaction)
        answered = service.answer_colleague(
            transaction, own.room.id, own.officer_id, long_wish_id, agreed=body.agreed
        )
    return CompanyWishAnswer.of(answered)
