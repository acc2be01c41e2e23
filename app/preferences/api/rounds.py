"""Rounds of a control room and what was asked in them, for managers and systems."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from app.auth.guard import Once, Visit, allow
from app.db.transaction import Transaction
from app.errors import invalid
from app.preferences import service
from app.preferences.schemas.rounds import (
    AskedAnswer,
    RoundAnswer,
    RoundInput,
    RoundList,
    WishAnswer,
    WishList,
)
from app.web.http.answers import created
from app.web.http.etag import IfMatch, etag
from app.web.http.paging import Asked, Key
from app.web.http.problems import PROBLEMS, VERSIONED

router = APIRouter(
    prefix="/api/v1/rooms/{room_id}/rounds", tags=["Preferences"], responses=PROBLEMS
)

Looking = Annotated[Visit, allow("preferences.read")]
Changing = Annotated[Visit, allow("preferences.change")]


@router.get("")
def list_rounds(room_id: UUID, visit: Looking) -> RoundList:
    """The rounds of a control room, the latest period first."""
    with visit.database.read() as reading:
        found = service.rounds(reading, room_id)
    return RoundList(rounds=tuple(map(RoundAnswer.of, found)))


@router.post("", status_code=201, response_model=RoundAnswer)
def open_round(room_id: UUID, body: RoundInput, visit: Changing, once: Once) -> Response:
    """Ask the officers of a control room for wishes."""

    def make(transaction: Transaction) -> Response:
        asked = service.open_round(transaction, room_id, body.details())
        visit.record(transaction, "asked for wishes", asked.id)
        place = f"/api/v1/rooms/{room_id}/rounds/{asked.id}"
        return created(RoundAnswer.of(asked), place, asked.version)

    return once(visit, make)


@router.get("/{round_id}")
def read_round(room_id: UUID, round_id: UUID, response: Response, visit: Looking) -> RoundAnswer:
    """A round of a control room."""
    with visit.database.read() as reading:
        return _answer(response, service.wish_round(reading, room_id, round_id))


@router.put("/{round_id}", responses=VERSIONED)
def change_round(
    room_id: UUID,
    round_id: UUID,
    body: RoundInput,
    response: Response,
    visit: Changing,
    version: IfMatch,
) -> RoundAnswer:
    """Let a round have another period, deadline or budget."""
    with visit.database.write() as transaction:
        changed = service.change_round(transaction, room_id, round_id, version, body.details())
        visit.record(transaction, "changed a round of wishes", round_id)
    return _answer(response, changed)


@router.get("/{round_id}/asked")
def read_asked(room_id: UUID, round_id: UUID, visit: Looking) -> AskedAnswer:
    """What was asked in a round, in figures."""
    with visit.database.read() as reading:
        return AskedAnswer.model_validate(service.asked(reading, room_id, round_id))


@router.get("/{round_id}/wishes")
def list_wishes(
    room_id: UUID, round_id: UUID, visit: Looking, page: Asked, response: Response
) -> WishList:
    """The wishes of a round, by officer and day."""
    after = _place(page.after)
    with visit.database.read() as reading:
        found = service.wishes_page(reading, room_id, round_id, after, page.limit + 1)
    shown = found[: page.limit]
    page.link(response, _key(shown[-1]) if len(found) > page.limit else None)
    return WishList(wishes=tuple(map(WishAnswer.model_validate, shown)))


def _answer(response: Response, asked: service.Round) -> RoundAnswer:
    response.headers["ETag"] = etag(asked.version)
    return RoundAnswer.of(asked)


def _key(wish: service.Wish) -> Key:
    return [str(wish.officer_id), wish.day.isoformat()]


def _place(key: Key | None) -> tuple[UUID, date] | None:
    if key is None:
        return None
    try:
        officer_id, day = key
        return UUID(str(officer_id)), date.fromisoformat(str(day))
    except ValueError as error:
        raise invalid("after", "Take it from the Link of the page before, as it is.") from error
