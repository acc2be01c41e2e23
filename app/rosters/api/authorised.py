"""Breaches that may stand: read, made on somebody's word, and the rest for them given."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from app.auth.guard import Once, Visit, allow
from app.db.transaction import Transaction
from app.rosters import service
from app.rosters.api.editing import changes_of
from app.rosters.schemas.authorised import (
    AuthorisedAnswer,
    AuthorisedEditInput,
    AuthorisedList,
    RestInput,
)
from app.rosters.schemas.editing import EffectAnswer
from app.web.http.answers import created
from app.web.http.etag import IfMatch
from app.web.http.problems import PROBLEMS, VERSIONED

router = APIRouter(
    prefix="/api/v1/rooms/{room_id}/rosters/{roster_id}/authorised",
    tags=["Rosters"],
    responses=PROBLEMS,
)

Looking = Annotated[Visit, allow("rosters.read")]
Authorising = Annotated[Visit, allow("rosters.authorise")]


@router.get("")
def read_authorised(room_id: UUID, roster_id: UUID, visit: Looking) -> AuthorisedList:
    """Breaches of hard rules that may stand in a roster."""
    with visit.database.read() as reading:
        found = service.authorised_breaches(reading, room_id, roster_id)
    return AuthorisedList(authorised=tuple(map(AuthorisedAnswer.of, found)))


@router.post("", status_code=201, response_model=EffectAnswer, responses=VERSIONED)
def authorise(
    room_id: UUID,
    roster_id: UUID,
    body: AuthorisedEditInput,
    visit: Authorising,
    version: IfMatch,
    once: Once,
) -> Response:
    """Change a roster though a hard rule breaks; what breaks is kept as authorised."""

    def make(transaction: Transaction) -> Response:
        changes = changes_of(transaction, room_id, roster_id, body)
        by, why, said = visit.caller.user_id, body.why(), body.said()
        roster, trial = service.edit(
            transaction, room_id, roster_id, version, changes, by, why, said
        )
        visit.record(transaction, "authorised a breach of a rule", roster_id)
        location = f"/api/v1/rooms/{room_id}/rosters/{roster_id}/authorised"
        return created(EffectAnswer.of(trial), location, roster.version)

    return once(visit, make)


@router.put("/{breach_id}/rest", status_code=204)
def give_rest(
    room_id: UUID, roster_id: UUID, breach_id: UUID, body: RestInput, visit: Authorising
) -> None:
    """Write down when the compensatory rest for a breach was given."""
    with visit.database.write() as transaction:
        service.give_rest(transaction, room_id, roster_id, breach_id, body.day)
        visit.record(transaction, "noted compensatory rest as given", roster_id)
