"""Working time on pages: the room's list, one person, and the officer's own."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Request, Response

from app.auth.guard import Visit, allow
from app.hours import service
from app.hours.views import own_terms, person_answer, person_facts, room_view
from app.people import service as people
from app.web.shell import page

router = APIRouter(include_in_schema=False)

Looking = Annotated[Visit, allow("hours.read")]
Mine = Annotated[Visit, allow("hours.own")]


@router.get("/rooms/{room_id}/hours")
def show_room(request: Request, room_id: UUID, visit: Looking) -> Response:
    """Everyone in service, those over a limit first, then by what is left."""
    with visit.database.read() as reading:
        found = service.room_hours(reading, room_id, visit.now())
    return page(request, "hours/room.html", room=visit.here, view=room_view(found))


@router.get("/rooms/{room_id}/hours/{officer_id}")
def show_person(request: Request, room_id: UUID, officer_id: UUID, visit: Looking) -> Response:
    """How one person stands."""
    with visit.database.read() as reading:
        officer = people.officer(reading, room_id, officer_id)
        now = visit.now()
        until, found = service.person_hours(reading, room_id, officer_id, now)
    return page(
        request,
        "hours/person.html",
        room=visit.here,
        officer=officer,
        answer=person_answer(found, until),
        facts=person_facts(found) if found and until else [],
    )


@router.get("/my/hours")
def show_own(request: Request, visit: Mine) -> Response:
    """How the officer who looks stands."""
    with visit.database.read() as reading:
        own = visit.own(reading)
        now = own.room.now()
        until, found = service.person_hours(reading, own.room.id, own.officer_id, now)
        today = now.astimezone(ZoneInfo(own.room.zone)).date()
        terms = people.terms_of(reading, own.room.id, [own.officer_id]).get(own.officer_id, ())
    return page(
        request,
        "hours/mine.html",
        answer=person_answer(found, until),
        facts=person_facts(found) if found and until else [],
        terms=own_terms(terms, today),
    )
