"""The page of the rules that hold in a room, for whoever is judged by them."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from app.auth.guard import Visit
from app.db.transaction import Reading
from app.people import service as people
from app.people.service import Employment
from app.rulebooks import service
from app.rulebooks.pages.visiting import Looking, may_change
from app.rulebooks.views import listing as views
from app.rulebooks.views.parts import part_rows
from app.web.shell import page, redirect
from app.web.words import period_words

router = APIRouter()

Given = Annotated[str, Query(max_length=20)]


@router.get("/my/rules")
def my_rules(visit: Looking) -> Response:
    """The rules by which an officer's own shifts are judged."""
    with visit.database.read() as reading:
        own = visit.own(reading)
    return redirect(f"/rooms/{own.room.id}/rules")


@router.get("/rooms/{room_id}/rules")
def rules_page(
    request: Request,
    room_id: UUID,
    visit: Looking,
    on: Given = "",
    whose: Annotated[str, Query(alias="for", max_length=20)] = "",
) -> Response:
    """The rules that hold on a day, today if none is given."""
    with visit.database.read() as reading:
        today = service.present_day(reading, visit.here.id)
        day = _day(on) or today
        books = service.in_force(reading, room_id, day)
        employment = _employment(reading, visit, room_id, whose)
    book = books.in_force(employment)
    base = f"/rooms/{room_id}/rules"
    shown = "" if day == today else f"&on={day}"
    return page(
        request,
        "rulebooks/list.html",
        base=base,
        answer=views.answer_words(books),
        tabs=[
            (words.capitalize(), f"{base}?for={each}{shown}", each == employment)
            for each, words in views.WHO.items()
        ],
        whose=employment,
        day=day,
        day_words=period_words(day, day),
        is_today=day == today,
        book=book,
        dated=period_words(book.shipped.dated, book.shipped.dated),
        since=book.since and period_words(book.since, book.since),
        rows=views.rule_rows(book, books),
        parts=part_rows(book),
        questions=views.question_rows(book),
        may_change=may_change(visit, room_id),
    )


def _employment(reading: Reading, visit: Visit, room_id: UUID, whose: str) -> Employment:
    """Whose rules are asked for: by name, or those of whoever looks."""
    asked = next((each for each in views.WHO if each == whose), None)
    if asked is not None:
        return asked
    officer_id = visit.caller.officer_id
    if officer_id is None or visit.caller.room_id != room_id:
        return "officer"
    return people.officer(reading, room_id, officer_id).details.employment


def _day(given: str) -> date | None:
    try:
        return date.fromisoformat(given)
    except ValueError:
        return None
