"""Wishes of any officer of a control room, for the manager, and the system that collects them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from app.auth.guard import Once, Visit, allow
from app.db.transaction import Transaction
from app.people import service as people
from app.preferences import service
from app.preferences.schemas.rounds import NewWish, WishAnswer, WishInput, WishList
from app.web.http.answers import created
from app.web.http.etag import IfMatch, etag
from app.web.http.problems import PROBLEMS, VERSIONED

router = APIRouter(
    prefix="/api/v1/rooms/{room_id}/officers/{officer_id}/wishes",
    tags=["Preferences"],
    responses=PROBLEMS,
)

Looking = Annotated[Visit, allow("preferences.read")]
Changing = Annotated[Visit, allow("preferences.change")]


@router.get("")
def list_wishes_of(
    room_id: UUID, officer_id: UUID, visit: Looking, round_id: UUID | None = None
) -> WishList:
    """The wishes of an officer by day, of one round or of all."""
    with visit.database.read() as reading:
        people.officer(reading, room_id, officer_id)
        found = service.wishes_of(reading, room_id, officer_id, round_id)
    return WishList(wishes=tuple(map(WishAnswer.model_validate, found)))


@router.post("", status_code=201, response_model=WishAnswer)
def state_wish_for(
    room_id: UUID, officer_id: UUID, body: NewWish, visit: Changing, once: Once
) -> Response:
    """Place points of an officer on a day, on the officer's behalf."""

    def make(transaction: Transaction) -> Response:
        new = service.state_wish(transaction, room_id, officer_id, body.round_id, body.details())
        visit.record(transaction, "stated a wish for an officer", new.id)
        place = f"/api/v1/rooms/{room_id}/officers/{officer_id}/wishes/{new.id}"
        return created(WishAnswer.model_validate(new), place, new.version)

    return once(visit, make)


@router.get("/{wish_id}")
def read_wish_of(
    room_id: UUID, officer_id: UUID, wish_id: UUID, response: Response, visit: Looking
) -> WishAnswer:
    """A wish of an officer, and what came of it."""
    with visit.database.read() as reading:
        found = service.wish(reading, room_id, officer_id, wish_id)
    response.headers["ETag"] = etag(found.version)
    return WishAnswer.model_validate(found)


@router.put("/{wish_id}", responses=VERSIONED)
def change_wish_of(
    room_id: UUID,
    officer_id: UUID,
    wish_id: UUID,
    body: WishInput,
    response: Response,
    visit: Changing,
    version: IfMatch,
) -> WishAnswer:
    """Let a wish of an officer be this, on the officer's behalf."""
    with visit.database.write() as transaction:
        changed = service.change_wish(
            transaction, room_id, officer_id, wish_id, version, body.details()
        )
        visit.record(transaction, "changed a wish for an officer", wish_id)
    response.headers["ETag"] = etag(changed.version)
    return WishAnswer.model_validate(changed)


@router.delete("/{wish_id}", status_code=204, responses=VERSIONED)
def withdraw_wish_of(
    room_id: UUID, officer_id: UUID, wish_id: UUID, visit: Changing, version: IfMatch
) -> None:
    """Take a wish of an officer back, on the officer's behalf."""
    with visit.database.write() as transaction:
        service.withdraw_wish(transaction, room_id, officer_id, wish_id, version)
        visit.record(transaction, "withdrew a wish for an officer", wish_id)
