"""Patterns of a control room: list, judge, write, change and drop them."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from app.auth.guard import Once, Visit, allow
from app.db.transaction import Transaction
from app.patterns import service
from app.patterns.schemas.writing import (
    JudgedAnswer,
    PatternAnswer,
    PatternInput,
    PatternList,
    WrittenPattern,
)
from app.patterns.service import KnownPattern, OwnPattern
from app.web.http.answers import created
from app.web.http.etag import IfMatch, etag
from app.web.http.problems import PROBLEMS, VERSIONED

router = APIRouter(prefix="/api/v1/rooms/{room_id}/patterns", tags=["Patterns"], responses=PROBLEMS)

Looking = Annotated[Visit, allow("patterns.read")]
Changing = Annotated[Visit, allow("patterns.change")]


@router.get("")
def list_patterns(room_id: UUID, visit: Looking) -> PatternList:
    """The room's own patterns by title, then those that come with Parade."""
    with visit.database.read() as reading:
        found = service.patterns(reading, room_id)
    return PatternList(patterns=tuple(map(PatternAnswer.of, found)))


@router.post("", status_code=201, response_model=PatternAnswer)
def add_pattern(room_id: UUID, body: PatternInput, visit: Changing, once: Once) -> Response:
    """Write a pattern; it may break rules, which its verdicts tell."""

    def make(transaction: Transaction) -> Response:
        new = service.add_pattern(transaction, room_id, body.details())
        visit.record(transaction, "wrote a pattern", new.id)
        return created(_answer(new), f"/api/v1/rooms/{room_id}/patterns/{new.id}", new.version)

    return once(visit, make)


@router.post("/judge")
def judge_pattern(room_id: UUID, body: WrittenPattern, visit: Looking) -> JudgedAnswer:
    """What a pattern would mean and break; nothing is kept."""
    with visit.database.read() as reading:
        found = service.judged(reading, room_id, service.written(body.details()))
    return JudgedAnswer.of(found)


@router.get("/{key}")
def read_pattern(room_id: UUID, key: str, response: Response, visit: Looking) -> PatternAnswer:
    """A pattern by the code of one that comes with Parade, or the id of one of the room's own."""
    with visit.database.read() as reading:
        found = service.pattern(reading, room_id, key)
    if found.own is not None:
        response.headers["ETag"] = etag(found.own.version)
    return PatternAnswer.of(found)


@router.get("/{key}/judged")
def read_judged(room_id: UUID, key: str, visit: Looking) -> JudgedAnswer:
    """What a pattern means and breaks."""
    with visit.database.read() as reading:
        found = service.pattern(reading, room_id, key)
        return JudgedAnswer.of(service.judged(reading, room_id, found.pattern))


@router.put("/{pattern_id}", responses=VERSIONED)
def change_pattern(
    room_id: UUID,
    pattern_id: UUID,
    body: PatternInput,
    response: Response,
    visit: Changing,
    version: IfMatch,
) -> PatternAnswer:
    """Let one of the room's own patterns be this."""
    with visit.database.write() as transaction:
        changed = service.change_pattern(transaction, room_id, pattern_id, version, body.details())
        visit.record(transaction, "changed a pattern", pattern_id)
    response.headers["ETag"] = etag(changed.version)
    return _answer(changed)


@router.delete("/{pattern_id}", status_code=204, responses=VERSIONED)
def drop_pattern(room_id: UUID, pattern_id: UUID, visit: Changing, version: IfMatch) -> None:
    """Take one of the room's own patterns out of the list."""
    with visit.database.write() as transaction:
        service.drop_pattern(transaction, room_id, pattern_id, version)
        visit.record(transaction, "dropped a pattern", pattern_id)


def _answer(own: OwnPattern) -> PatternAnswer:
    return PatternAnswer.of(KnownPattern(str(own.id), service.written(own.details), own))
