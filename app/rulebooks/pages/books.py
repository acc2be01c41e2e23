"""The page by which a room says which rulebooks hold for its officers and for its staff."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from fastapi import APIRouter, Request, Response

from app import clock
from app.auth.guard import Visit
from app.errors import ParadeError
from app.people.service import Employment
from app.rulebooks import service
from app.rulebooks.pages.visiting import (
    Changing,
    Filled,
    Looking,
    may_change,
    names_of,
    refused,
    version_of,
)
from app.rulebooks.views import form as forms
from app.rulebooks.views import ruling
from app.web.shell import page, redirect

router = APIRouter(prefix="/rooms/{room_id}/rules/books")


@router.get("")
def books_page(request: Request, room_id: UUID, visit: Looking) -> Response:
    """The page."""
    return _page(request, visit, room_id)


@router.post("")
def choose_book(request: Request, room_id: UUID, visit: Changing, form: Filled) -> Response:
    """Let a rulebook hold for officers or for staff from a day on."""
    try:
        with visit.database.write() as transaction:
            service.choose_book(transaction, room_id, version_of(form), _wanted(visit, form))
            visit.record(transaction, "chose a rulebook", room_id)
    except ParadeError as error:
        return _page(request, visit, room_id, *refused(error, form, str))
    return redirect(f"/rooms/{room_id}/rules/books", "The choice is kept.")


def _wanted(visit: Visit, form: Mapping[str, str]) -> service.Choice:
    day = forms.first_day_of(form)
    employment: Employment = "staff" if form.get("employment") == "staff" else "officer"
    by = visit.caller.user_id
    return service.Choice(
        0, employment, form.get("book", ""), day, form.get("reason", ""), by, clock.now()
    )


def _page(
    request: Request,
    visit: Visit,
    room_id: UUID,
    form: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    """The page, with a form that was refused where one was."""
    with visit.database.read() as reading:
        today = service.present_day(reading, room_id)
        books = service.in_force(reading, room_id, today)
        choices = service.choices(reading, room_id)
        may = may_change(visit, room_id)
        names = names_of(reading, visit.force_id, (each.by for each in choices)) if may else {}
    return page(
        request,
        "rulebooks/books.html",
        status,
        base=f"/rooms/{room_id}/rules",
        books=books,
        known=list(service.titles().items()),
        form={"from_day": today.isoformat(), **dict(form or {})},
        errors=dict(errors or {}),
        version=choices[-1].number if choices else 0,
        may_change=may,
        rows=ruling.choice_rows(choices, names, visit.here.zone),
    )
