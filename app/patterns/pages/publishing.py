"""Rest days are told to officers, and each reads their own on a phone."""

from __future__ import annotations

from contextlib import suppress
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response

from app.auth.guard import Visit, allow
from app.db.transaction import Reading
from app.errors import Conflict, InvalidInput
from app.patterns import service
from app.patterns.views.publishing import own_view, standing_view
from app.web.shell import faults, page, redirect
from app.web.words import date_year

router = APIRouter()

Looking = Annotated[Visit, allow("patterns.read")]
Changing = Annotated[Visit, allow("patterns.change")]
Mine = Annotated[Visit, allow("patterns.own")]

AHEAD = 366
"""Days of one's own that are shown: a year."""


@router.get("/rooms/{room_id}/patterns/rest-days")
def rest_days(request: Request, visit: Looking) -> Response:
    """How far rest days are told, how far they are to be, and for whom they have changed."""
    with visit.database.read() as reading:
        return _sheet(request, reading, visit)


@router.post("/rooms/{room_id}/patterns/rest-days")
def publish(
    request: Request,
    room_id: UUID,
    visit: Changing,
    last_day: Annotated[str, Form(max_length=20)] = "",
) -> Response:
    """Tell the days until another, or say what is wrong where it was said."""
    day = None
    with suppress(ValueError):
        day = date.fromisoformat(last_day)
    errors = {} if day else {"last_day": "Give a day, such as 2027-11-30."}
    if day:
        try:
            with visit.database.write() as transaction:
                new = service.publish(transaction, room_id, day, visit.caller.user_id)
                visit.record(transaction, "published rest days", new.id)
            words = f"Rest days are published until {date_year(day)}."
            return redirect(f"/rooms/{room_id}/patterns/rest-days", words)
        except InvalidInput as error:
            errors = faults(error)
        except Conflict as error:
            errors = {"last_day": error.detail}
    with visit.database.read() as reading:
        return _sheet(request, reading, visit, last_day, errors)


@router.get("/my/rest-days")
def my_rest_days(request: Request, visit: Mine) -> Response:
    """What the officer was told of the coming year."""
    with visit.database.read() as reading:
        own = visit.own(reading)
        today = service.today(reading, own.room.id)
        told = service.told_to(reading, own.room.id, own.officer_id, today, AHEAD)
    return page(request, "patterns/mine.html", view=own_view(told, today, own.room.zone))


def _sheet(
    request: Request,
    reading: Reading,
    visit: Visit,
    typed: str = "",
    errors: dict[str, str] | None = None,
) -> Response:
    view = standing_view(service.standing(reading, visit.here.id), visit.here.zone)
    return page(
        request,
        "patterns/told.html",
        422 if errors else 200,
        room=visit.here,
        view=view,
        last_day=typed or view.proposed,
        errors=errors or {},
    )
