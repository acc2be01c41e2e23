"""The page of what a rulebook asks: no published source settles it, so the force must say."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.auth import service as auth
from app.auth.guard import Visit
from app.errors import InvalidInput, ParadeError, Place
from app.rulebooks import service
from app.rulebooks.pages.visiting import (
    Book,
    Changing,
    Filled,
    Looking,
    check_reach,
    reaches,
    refused,
    version_of,
)
from app.rulebooks.service import ASKED, Number, Said
from app.rulebooks.views import form as forms
from app.rulebooks.views import listing, ruling
from app.web.shell import page, redirect

router = APIRouter(prefix="/rooms/{room_id}/rules/{book}/asked")


@router.get("")
def asked_page(request: Request, room_id: UUID, book: Book, visit: Looking) -> Response:
    """The page."""
    return _page(request, visit, room_id, book)


@router.post("")
def answer(request: Request, room_id: UUID, book: Book, visit: Changing, form: Filled) -> Response:
    """Keep the answers that a form gives; one that is left empty is not given."""
    try:
        with visit.database.write() as transaction:
            check_reach(transaction, visit)
            today = service.present_day(transaction, visit.here.id)
            held = service.book(transaction, visit.here.id, book, today)
            said = _said_by(form, held)
            service.set_numbers(
                transaction, visit.here.id, book, ASKED, version_of(form), said,
                visit.caller.user_id,
            )  # fmt: skip
            visit.record(transaction, f"answered what a rulebook asks: {book}")
    except ParadeError as error:
        return _page(request, visit, room_id, book, *refused(error, form))
    return redirect(f"/rooms/{room_id}/rules/{book}/asked", "The answers are kept.")


def _said_by(form: Mapping[str, str], held: service.BookInForce) -> Said:
    """The answers of a form that differ from those that hold."""
    found: list[Place] = []
    day = forms.day_of(form, found)
    answers: dict[str, Number | None] = {}
    for name in held.book.asked:
        given = form.get(forms.PREFIX + name, "").strip()
        if given != forms.answer_shown(held.answer(name)):
            answers[name] = forms.answer_of(given)
    if not answers:
        found.append(Place("", "Answer at least one question."))
    if found:
        raise InvalidInput(found)
    return Said(answers, day, form.get("reason", ""))


def _page(
    request: Request,
    visit: Visit,
    room_id: UUID,
    book: str,
    form: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    """The page, with a form that was refused where one was."""
    with visit.database.read() as reading:
        today = service.present_day(reading, room_id)
        history = service.history(reading, room_id, book, ASKED)
        held = service.book(reading, room_id, book, today)
        may = reaches(reading, visit)
        names = auth.names_of(reading, visit.force_id, ruling.people_of(history)) if may else {}
    given = form if form is not None else {
        forms.PREFIX + name: forms.answer_shown(held.answer(name)) for name in held.book.asked
    }  # fmt: skip
    return page(
        request,
        "rulebooks/asked.html",
        status,
        base=f"/rooms/{room_id}/rules",
        book=held,
        questions=listing.question_rows(held),
        form=dict(given),
        errors=dict(errors or {}),
        version=history.version,
        today=today.isoformat(),
        may_change=may,
        history=ruling.history_rows(held, history, names, today, visit.here.zone),
    )
