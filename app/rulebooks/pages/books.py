"""The page by which a room says which rulebooks hold for its officers and for its staff."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, Response

from app import clock
from app.auth import service as auth
from app.auth.guard import Visit, allow
from app.errors import ParadeError, invalid
from app.people import service as people
from app.people.service import Employment
from app.rulebooks import service
from app.rulebooks.pages.visiting import (
    Changing,
    Filled,
    Looking,
    may_change,
    refused,
    version_of,
)
from app.rulebooks.service import clock_words
from app.rulebooks.views import ruling
from app.rulebooks.views.form import GIVE, first_day_of, minute_of
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


@router.post("/day-start")
def set_day_start(
    request: Request,
    room_id: UUID,
    visit: Annotated[Visit, allow("rooms.change")],
    form: Filled,
) -> Response:
    """Let the room's day begin at another time; days of notice are counted by it."""
    try:
        with visit.database.write() as transaction:
            room = people.room(transaction, room_id)
            start = minute_of(form.get("day_start", ""))
            if start is None:
                raise invalid("day_start", GIVE["time"])
            people.change_room(transaction, room_id, version_of(form), room.name, room.zone, start)
            visit.record(transaction, "changed when a control room's day begins", room_id)
    except ParadeError as error:
        return _page(request, visit, room_id, *refused(error, form, str))
    return redirect(f"/rooms/{room_id}/rules/books", "The day's beginning is kept.")


def _wanted(visit: Visit, form: Mapping[str, str]) -> service.Choice:
    day = first_day_of(form)
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
        room = people.room(reading, room_id)
        names = auth.names_of(reading, visit.force_id, (each.by for each in choices)) if may else {}
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
        day_start=clock_words(room.day_start),
        changed=room.changed,
        may_change_day=may_change(visit, room_id, "rooms.change"),
        rows=ruling.choice_rows(choices, names, visit.here.zone),
    )
