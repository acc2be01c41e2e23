"""One person: what is known, and changing their details."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Request, Response

from app.auth.guard import Visit, allow
from app.errors import Conflict, InvalidInput, Stale
from app.people import service, views
from app.people.pages.forms import OfficerForm
from app.people.service import Officer, Person, Span, Team
from app.web.shell import faults, page, redirect
from app.web.words import count, date_year, listed

router = APIRouter(prefix="/rooms/{room_id}/people/{officer_id}")

Looking = Annotated[Visit, allow("people.read")]
Changing = Annotated[Visit, allow("people.change")]

LOOK_BACK = timedelta(days=28)
"""Shifts that a person's page shows: a rota period of the commonest length."""

LABELS = {
    "number": "Number",
    "name": "Name",
    "grade": "Rank or grade",
    "employment": "Employment",
    "started": "First day of service",
    "left": "First day no longer in service",
    "team_id": "Team",
}


@router.get("")
def show_person(request: Request, room_id: UUID, officer_id: UUID, visit: Looking) -> Response:
    """A person with skills, contracts, identifiers and last shifts."""
    now = visit.now()
    with visit.database.read() as reading:
        officer = service.officer(reading, room_id, officer_id)
        (person,) = service.persons(reading, room_id, [officer])
        teams = service.teams(reading, room_id)
        skills = service.skills(reading, visit.here.force_id)
        worked = service.history(
            reading, room_id, "worked", Span(now - LOOK_BACK, now), [officer_id]
        )
        published = service.history(
            reading, room_id, "published", Span(now, now + LOOK_BACK), [officer_id]
        )
    zone = visit.here.zone
    return page(
        request,
        "people/person.html",
        room=visit.here,
        officer=officer,
        facts=_facts(officer, teams),
        answer=_answer(person, views.today_in(zone, now)),
        skills=views.skill_rows(person, skills),
        contracts=views.contract_rows(person.contracts),
        terms=views.term_rows(person.terms),
        opt_out_ends=_opt_out_ends(person, views.today_in(zone, now)),
        wrong=service.not_workable(officer, person.terms, published, zone, now),
        outside_ids=[[each.system, each.id] for each in person.outside_ids],
        worked=views.shift_rows(worked, zone, newest_first=True),
        published=views.shift_rows(published, zone, newest_first=False),
    )


@router.get("/change")
def change_form(request: Request, room_id: UUID, officer_id: UUID, visit: Changing) -> Response:
    """The form by which details are changed."""
    with visit.database.read() as reading:
        officer = service.officer(reading, room_id, officer_id)
    return _form(request, visit, officer, OfficerForm.of(officer.details))


@router.post("/change")
def change_officer(
    request: Request,
    room_id: UUID,
    officer_id: UUID,
    visit: Changing,
    version: Annotated[int, Form(ge=0, le=2_000_000_000)],
    typed: Annotated[OfficerForm, Depends()],
) -> Response:
    """Let the details be these; where somebody was faster, show both."""
    with visit.database.read() as reading:
        officer = service.officer(reading, room_id, officer_id)
    try:
        with visit.database.write() as transaction:
            details = typed.details()
            changed = service.change_officer(transaction, room_id, officer_id, version, details)
            visit.record(transaction, "changed an officer", officer_id)
    except InvalidInput as error:
        return _form(request, visit, officer, typed, 422, faults(error))
    except Conflict as error:
        return _form(request, visit, officer, typed, 409, {"number": error.detail})
    except Stale:
        return _form(request, visit, officer, typed, 412)
    return redirect(f"/rooms/{room_id}/people/{officer_id}", f"{changed.details.name} is changed.")


@router.post("/terms/end-opt-out")
def end_opt_out(
    room_id: UUID,
    officer_id: UUID,
    visit: Changing,
    version: Annotated[int, Form(ge=0, le=2_000_000_000)],
) -> Response:
    """End the agreement to longer weeks: told today, it ends when its notice is over."""
    today = visit.today()
    home = f"/rooms/{room_id}/people/{officer_id}"
    try:
        with visit.database.write() as transaction:
            ends = service.end_opt_out(transaction, room_id, officer_id, today, version)
            visit.record(transaction, "ended an officer's opt-out", officer_id)
    except (Conflict, Stale) as error:
        return redirect(home, error.detail, "warn")
    return redirect(home, f"The agreement holds until {date_year(ends)}, and not on that day.")


def _form(
    request: Request,
    visit: Visit,
    officer: Officer,
    typed: OfficerForm,
    status: int = 200,
    errors: dict[str, str] | None = None,
) -> Response:
    with visit.database.read() as reading:
        teams = service.teams(reading, visit.here.id)
    return page(
        request,
        "people/change.html",
        status,
        room=visit.here,
        officer=officer,
        teams=views.team_options(teams),
        form=typed,
        errors=errors or {},
        kept=_differences(officer, typed, teams) if status == 412 else [],
    )


def _differences(
    officer: Officer, typed: OfficerForm, teams: tuple[Team, ...]
) -> list[tuple[str, str, str]]:
    """Fields in which what is kept now is not what was typed: label, kept, typed."""
    names = {str(each.id): each.name for each in teams}
    kept = OfficerForm.of(officer.details)
    pairs = ((label, getattr(kept, name), getattr(typed, name)) for name, label in LABELS.items())
    return [
        (label, names.get(now, now) or "nothing", names.get(yours, yours) or "nothing")
        for label, now, yours in pairs
        if now != yours
    ]


def _opt_out_ends(person: Person, today: date) -> str:
    """The day on which an agreement to longer weeks would end if that were said today, or ""."""
    for term in person.terms:
        if term.what == "opt_out" and term.holds(today):
            ends = today + timedelta(days=int(term.value))
            return date_year(ends) if term.until_day is None or term.until_day > ends else ""
    return ""


def _facts(officer: Officer, teams: tuple[Team, ...]) -> list[tuple[str, str]]:
    said = officer.details
    names = {each.id: each.name for each in teams}
    return [
        ("Number", said.number),
        ("Rank or grade", said.grade),
        ("Employment", views.EMPLOYMENTS[said.employment]),
        ("Team", names[said.team_id] if said.team_id else "none"),
        ("In service", views.stretch_words(said.started, said.left)),
    ]


def _answer(person: Person, today: date) -> tuple[str, str]:
    """What the person can do now, and what stands in the way of rostering them."""
    contract = views.contract_on(person, today)
    hours = f"{views.hours_words(contract)} hours a week" if contract else ""
    skills = len(views.skills_on(person, today))
    good = ", ".join(filter(None, (hours, count(skills, "skill") if skills else "")))
    lacks = [what for what, has in (("a skill", skills), ("a contract", contract)) if not has]
    trouble = f"Without {listed(lacks)} no roster can use them." if lacks else ""
    return f"{good.capitalize()}." if good else "", trouble
