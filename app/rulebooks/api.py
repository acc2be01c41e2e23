"""The doors of rulebooks for systems."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Query, Response

from app import clock
from app.auth.guard import Once, Visit, allow
from app.db.transaction import Reading, Transaction
from app.rulebooks import service
from app.rulebooks.schemas import (
    AskedAnswer,
    BooksAnswer,
    ChangeAnswer,
    ChangeInput,
    ChoiceAnswer,
    ChoiceInput,
    PartWithHistory,
    RuleWithHistory,
    WithdrawalInput,
)
from app.web.http.answers import created
from app.web.http.etag import IfMatch, etag
from app.web.http.problems import PROBLEMS, VERSIONED

router = APIRouter(prefix="/api/v1/rooms/{room_id}/rulebooks", tags=["Rules"], responses=PROBLEMS)

Looking = Annotated[Visit, allow("rulebooks.read")]
Changing = Annotated[Visit, allow("rulebooks.change")]
On = Annotated[date | None, Query(alias="on", description="A local day; today if left out.")]
Book = Annotated[str, Path(max_length=64)]
Rule = Annotated[str, Path(max_length=64)]


@router.get("")
def read_books(room_id: UUID, visit: Looking, response: Response, on: On = None) -> BooksAnswer:
    """The rulebooks that hold in a control room on a day, with the force's own numbers."""
    with visit.database.read() as reading:
        books = service.in_force(reading, room_id, on or service.present_day(reading, room_id))
        answer = BooksAnswer.of(books, service.choices(reading, room_id))
    response.headers["ETag"] = etag(answer.version)
    return answer


@router.post("/choices", status_code=201, response_model=ChoiceAnswer, responses=VERSIONED)
def choose_book(
    room_id: UUID, body: ChoiceInput, visit: Changing, version: IfMatch, once: Once
) -> Response:
    """Let a rulebook hold for officers or for staff of the room from a day on."""

    def make(transaction: Transaction) -> Response:
        wanted = service.Choice(
            0, body.employment, body.book, body.from_day, body.reason,
            visit.caller.user_id, clock.now(),
        )  # fmt: skip
        chosen = service.choose_book(transaction, room_id, version, wanted)
        visit.record(transaction, "chose a rulebook", room_id)
        where = f"/api/v1/rooms/{room_id}/rulebooks"
        return created(ChoiceAnswer.model_validate(chosen), where, chosen.number)

    return once(visit, make)


@router.get("/{book}/rules/{rule}")
def read_rule(
    room_id: UUID, book: Book, rule: Rule, visit: Looking, response: Response, on: On = None
) -> RuleWithHistory:
    """A rule as it holds on a day, and all that the force has said of it."""
    with visit.database.read() as reading:
        history = service.history(reading, room_id, book, rule)
        held = service.book(reading, room_id, book, on or service.present_day(reading, room_id))
    response.headers["ETag"] = etag(history.version)
    return RuleWithHistory.told(held, held.rule(rule), history)


@router.get("/{book}/asked")
def read_asked(
    room_id: UUID, book: Book, visit: Looking, response: Response, on: On = None
) -> AskedAnswer:
    """What a rulebook asks the force, and what the force has answered."""
    with visit.database.read() as reading:
        history = service.history(reading, room_id, book, service.ASKED)
        held = service.book(reading, room_id, book, on or service.present_day(reading, room_id))
    response.headers["ETag"] = etag(history.version)
    return AskedAnswer.told(held, history)


@router.get("/{book}/parts/{part}")
def read_part(
    room_id: UUID,
    book: Book,
    part: Annotated[str, Path(max_length=64)],
    visit: Looking,
    response: Response,
    on: On = None,
) -> PartWithHistory:
    """What a rulebook says beside its rules, such as `leave.carry_over`, as it holds on a day."""
    with visit.database.read() as reading:
        history = service.history(reading, room_id, book, part)
        held = service.book(reading, room_id, book, on or service.present_day(reading, room_id))
    response.headers["ETag"] = etag(history.version)
    return PartWithHistory.told(held, held.part(part), history)


@router.post(
    "/{book}/rules/{rule}/changes",
    status_code=201, response_model=ChangeAnswer, responses=VERSIONED,
)  # fmt: skip
def set_numbers(
    room_id: UUID,
    book: Book,
    rule: Rule,
    body: ChangeInput,
    visit: Changing,
    version: IfMatch,
    once: Once,
) -> Response:
    """Let these be the force's own numbers of a rule, from a day on and in all of its rooms.

    With `asked` in place of a rule: answer what the rulebook asks the force; with the path of a
    part: let these be the force's own numbers of the part.
    """

    def make(transaction: Transaction) -> Response:
        _check_reach(transaction, visit)
        new = service.set_numbers(
            transaction, room_id, book, rule, version, body.said(),
            visit.caller.user_id, body.also,
        )  # fmt: skip
        visit.record(transaction, f"set the force's own numbers: {book}, {rule}")
        return _created(room_id, new, new.number)

    return once(visit, make)


@router.post(
    "/{book}/rules/{rule}/changes/{number}/withdrawal",
    status_code=201, response_model=ChangeAnswer, responses=VERSIONED,
)  # fmt: skip
def withdraw_change(
    room_id: UUID,
    book: Book,
    rule: Rule,
    number: Annotated[int, Path(ge=1, le=2_000_000_000)],
    body: WithdrawalInput,
    visit: Changing,
    version: IfMatch,
    once: Once,
) -> Response:
    """Take a change back that does not hold yet; it stays known."""

    def make(transaction: Transaction) -> Response:
        _check_reach(transaction, visit)
        history = service.withdraw(
            transaction, room_id, book, rule, version, number, body.reason,
            visit.caller.user_id,
        )  # fmt: skip
        visit.record(transaction, f"took back numbers of the force's own: {book}, {rule}")
        gone = next(each for each in history.changes if each.number == number)
        return _created(room_id, gone, history.version)

    return once(visit, make)


def _created(room_id: UUID, change: service.RuleChange, version: int) -> Response:
    if change.rule == service.ASKED:
        part = change.rule
    else:
        part = f"{'parts' if service.is_part(change.rule) else 'rules'}/{change.rule}"
    where = f"/api/v1/rooms/{room_id}/rulebooks/{change.book}/{part}"
    return created(ChangeAnswer.of(change), where, version)


def _check_reach(reading: Reading, visit: Visit) -> None:
    mine = [room.id for room in visit.rooms(reading)]
    service.check_reach(reading, visit.here.id, mine)
