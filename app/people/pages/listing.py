"""The list of people, and adding someone."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request, Response

from app.auth.guard import Visit, allow
from app.errors import Conflict, InvalidInput
from app.people import service, views
from app.people.pages.forms import OfficerForm
from app.web.shell import faults, page, redirect

router = APIRouter(prefix="/rooms/{room_id}/people")

Looking = Annotated[Visit, allow("people.read")]
Changing = Annotated[Visit, allow("people.change")]
Given = Annotated[str, Query(max_length=200)]


@router.get("")
def list_people(
    request: Request,
    room_id: UUID,
    visit: Looking,
    text: Given = "",
    team: Given = "",
    skill: Given = "",
    left: Given = "",
    skip: Annotated[int, Query(ge=0, le=100_000)] = 0,
) -> Response:
    """Who works in the control room."""
    filters = views.Filters(text.strip(), team, skill, bool(left), skip)
    with visit.database.read() as reading:
        teams = service.teams(reading, room_id)
        skills = service.skills(reading, visit.here.force_id)
        persons = service.persons(reading, room_id, service.everyone(reading, room_id))
    today = visit.today()
    return page(
        request,
        "people/list.html",
        room=visit.here,
        filters=filters,
        anybody=bool(persons),
        view=views.people_view(persons, teams, skills, filters, today),
        team_chips=views.chips(teams, "team", filters),
        skill_chips=views.chips(skills, "skill", filters),
    )


@router.get("/new")
def new_officer(request: Request, visit: Changing) -> Response:
    """The form by which someone is added."""
    return _form(request, visit, OfficerForm(employment="staff"), {})


@router.post("")
def add_officer(
    request: Request, room_id: UUID, visit: Changing, typed: Annotated[OfficerForm, Depends()]
) -> Response:
    """Add someone, or say what is wrong where it was said."""
    try:
        with visit.database.write() as transaction:
            new = service.add_officer(transaction, room_id, typed.details())
            visit.record(transaction, "added an officer", new.id)
    except InvalidInput as error:
        return _form(request, visit, typed, faults(error))
    except Conflict as error:
        return _form(request, visit, typed, {"number": error.detail})
    words = f"{new.details.name} is added. Say what they can do and how much they work."
    return redirect(f"/rooms/{room_id}/people/{new.id}", words)


def _form(request: Request, visit: Visit, typed: OfficerForm, errors: dict[str, str]) -> Response:
    with visit.database.read() as reading:
        teams = service.teams(reading, visit.here.id)
    return page(
        request,
        "people/change.html",
        422 if errors else 200,
        room=visit.here,
        officer=None,
        teams=views.team_options(teams),
        form=typed,
        errors=errors,
        kept=[],
    )
