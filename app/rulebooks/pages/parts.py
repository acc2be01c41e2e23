"""The page of one part of a rulebook that is no rule of a roster."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Path, Request, Response

from app.auth import service as auth
from app.auth.guard import Visit
from app.errors import ParadeError
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
from app.rulebooks.views import form as forms
from app.rulebooks.views import parts as views
from app.rulebooks.views import ruling
from app.web.shell import page, redirect

router = APIRouter(prefix="/rooms/{room_id}/rules/{book}/parts/{part}")

PartPath = Annotated[str, Path(max_length=64)]


@router.get("")
def part_page(
    request: Request, room_id: UUID, book: Book, part: PartPath, visit: Looking
) -> Response:
    """The page."""
    return _page(request, visit, room_id, book, part)


@router.post("")
def change_part(
    request: Request, room_id: UUID, book: Book, part: PartPath, visit: Changing, form: Filled
) -> Response:
    """Let these be the force's own numbers of the part."""
    try:
        with visit.database.write() as transaction:
            check_reach(transaction, visit)
            held = service.book(transaction, room_id, book, forms.first_day_of(form))
            if form.get("act") == "back":
                form = {k: v for k, v in form.items() if not k.startswith(forms.PREFIX)}
            said = views.part_said_by(form, held.part(part), views.shipped_part(held, part))
            service.set_numbers(
                transaction, room_id, book, part, version_of(form), said, visit.caller.user_id
            )
            visit.record(transaction, f"set the force's own numbers: {book}, {part}")
    except ParadeError as error:
        return _page(request, visit, room_id, book, part, *refused(error, form))
    return redirect(f"/rooms/{room_id}/rules/{book}/parts/{part}", "The change is kept.")


def _page(
    request: Request,
    visit: Visit,
    room_id: UUID,
    book: str,
    path: str,
    form: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    """The page, with a form that was refused where one was."""
    with visit.database.read() as reading:
        today = service.present_day(reading, room_id)
        held = service.book(reading, room_id, book, today)
        part = held.part(path)
        history = service.history(reading, room_id, book, path)
        may = reaches(reading, visit)
        names = auth.names_of(reading, visit.force_id, ruling.people_of(history)) if may else {}
    return page(
        request,
        "rulebooks/part.html",
        status,
        base=f"/rooms/{room_id}/rules",
        book=held,
        row=views.part_row(held, part),
        fields=views.part_fields(part, views.shipped_part(held, path), form),
        form={"from_day": today.isoformat(), **dict(form or {})},
        errors=dict(errors or {}),
        version=history.version,
        today=today.isoformat(),
        may_change=may,
        history=ruling.history_rows(held, history, names, today, visit.here.zone),
    )
