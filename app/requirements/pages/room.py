"""The page of what a room asks as a whole: posts, least staffing, seats."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request, Response

from app.auth.guard import Visit, allow
from app.errors import InvalidInput, Stale
from app.people import service as people
from app.requirements import service
from app.requirements.pages.context import Filled, need_of_room, version_of
from app.requirements.views import room as views
from app.requirements.views.fields import PARTS, day_options
from app.requirements.views.terms import tabs
from app.web.shell import faults, page, redirect

router = APIRouter()

Looking = Annotated[Visit, allow("requirements.read")]
Changing = Annotated[Visit, allow("requirements.change")]


@router.get("/terms/room")
def room_page(request: Request, room_id: UUID, visit: Looking) -> Response:
    """The page."""
    return _page(request, visit, room_id)


@router.post("/terms/room")
def set_room_terms(request: Request, room_id: UUID, visit: Changing, form: Filled) -> Response:
    """Give what the room asks as a whole."""
    try:
        with visit.database.write() as transaction:
            given = views.room_given_by(form, service.room_terms(transaction, room_id))
            service.set_room_terms(
                transaction, room_id, version_of(form), given, visit.caller.user_id
            )
            visit.record(transaction, "changed what the room asks", room_id)
    except InvalidInput as error:
        return _page(request, visit, room_id, form, views.room_faults(form, faults(error)), 422)
    except Stale as error:
        return _page(request, visit, room_id, None, {"": error.detail}, 412)
    words = "What the room asks is kept. Work out the requirement again."
    return redirect(f"/rooms/{room_id}/demand/terms/room", words)


def _page(
    request: Request,
    visit: Visit,
    room_id: UUID,
    form: Mapping[str, str] | None = None,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    """The page, with a form that was refused where one was."""
    base = f"/rooms/{room_id}/demand"
    with visit.database.read() as reading:
        asks = service.room_terms(reading, room_id)
        terms = service.terms(reading, room_id)
        skills = people.skills(reading, people.room(reading, room_id).force_id)
        need = need_of_room(reading, room_id)
    given = dict(form) if form is not None else views.room_form_values(asks)
    return page(
        request,
        "requirements/room.html",
        status,
        base=base,
        asks=asks,
        said=views.room_words(asks),
        tabs=tabs(base, terms, None),
        given=given,
        posts=views.rows_shown(given, "post"),
        minimums=views.rows_shown(given, "minimum"),
        parts=range(PARTS),
        errors=dict(errors or {}),
        away_is_wrong=any(name.startswith("part-") for name in errors or {}),
        skills=[("", "choose"), *((skill.code, skill.name) for skill in skills)],
        days=day_options(given),
        **need,
    )
