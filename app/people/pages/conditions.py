"""A person's skills, contracts, own terms and identifiers, each changed as a list."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response

from app.auth.guard import Visit, allow
from app.errors import Conflict, InvalidInput, Place, Stale
from app.people import service
from app.people.pages import forms
from app.people.pages.forms import Line
from app.people.service import Officer
from app.web.http.typed import Typed
from app.web.shell import faults, page, redirect

router = APIRouter(prefix="/rooms/{room_id}/people/{officer_id}")

Changing = Annotated[Visit, allow("people.change")]
What = Literal["skills", "contracts", "terms", "outside-ids"]


@dataclass(frozen=True, slots=True)
class Conditions:
    """One of the lists: the fields of its lines, how it is read, kept, shown.

    Attributes:
        places: the form's field by the service's, for what the service finds wrong.
    """

    names: tuple[str, ...]
    lines: Callable[[Any], list[Line]]
    read: Callable[[list[Line]], Mapping[int, Any]]
    keep: Callable[..., None]
    field: str
    places: Mapping[str, str]


CONDITIONS: Mapping[What, Conditions] = {
    "skills": Conditions(
        forms.SKILL,
        lambda person: forms.skill_lines(person.skills),
        forms.skills_typed,
        service.set_skills,
        "skills",
        {"skill_id": "skill", "from_day": "from", "until_day": "until"},
    ),
    "contracts": Conditions(
        forms.CONTRACT,
        lambda person: forms.contract_lines(person.contracts),
        forms.contracts_typed,
        service.set_contracts,
        "contracts",
        {"weekly_minutes": "hours", "from_day": "from", "until_day": "until"},
    ),
    "terms": Conditions(
        forms.TERM,
        lambda person: forms.term_lines(person.terms),
        forms.terms_typed,
        service.set_terms,
        "terms",
        {"value": "value", "weekdays": "weekdays", "from_day": "from", "until_day": "until"},
    ),
    "outside-ids": Conditions(
        forms.OUTSIDE,
        lambda person: forms.outside_lines(person.outside_ids),
        forms.outside_typed,
        service.set_outside_ids,
        "outside_ids",
        {"system": "system", "id": "id"},
    ),
}

LABELS = {
    "skill": "Skill",
    "from": "From",
    "until": "Until",
    "hours": "Hours a week",
    "what": "What",
    "value": "Hours, time, kind or skill",
    "weekdays": "Weekdays",
    "system": "System",
    "id": "Identifier",
}

TERM_WORDS = {
    "free": "Free day",
    "time": "No shift between two times",
    "kind": "No shift of a kind",
    "shift_hours": "Most hours a shift",
    "week_hours": "Most hours in 7 days",
    "rest_hours": "Least hours between shifts",
    "skill": "Not counted on for a skill",
    "opt_out": "More than 48 h agreed: days' notice",
    "other_job": "Hours a week in other jobs",
    "assessed": "Night work assessment, on the day",
}
"""What a line of terms can be about."""

FASTER = "Someone else changed this person first. Nothing was kept: compare, then keep again."


@router.get("/{what}")
def conditions_form(
    request: Request, room_id: UUID, officer_id: UUID, what: What, visit: Changing, add: str = ""
) -> Response:
    """The form by which one of the lists is changed; of terms some lines can be begun with."""
    with visit.database.read() as reading:
        officer = service.officer(reading, room_id, officer_id)
        (person,) = service.persons(reading, room_id, [officer])
    lines = CONDITIONS[what].lines(person)
    if what == "terms":
        lines += forms.preset_lines(add, visit.today())
    return _form(request, visit, officer, what, lines)


@router.post("/{what}")
def set_conditions(
    request: Request,
    room_id: UUID,
    officer_id: UUID,
    what: What,
    visit: Changing,
    version: Annotated[int, Form(ge=0, le=2_000_000_000)],
    typed: Typed,
) -> Response:
    """Let one of the lists be what was typed, or say what is wrong where it was said."""
    each = CONDITIONS[what]
    lines = forms.lines_of(typed, each.names)
    with visit.database.read() as reading:
        officer = service.officer(reading, room_id, officer_id)
    said: Mapping[int, Any] = {}
    try:
        said = each.read(lines)
        with visit.database.write() as transaction:
            each.keep(transaction, room_id, officer_id, list(said.values()), version)
            visit.record(transaction, f"set an officer's {what}", officer_id)
    except InvalidInput as error:
        errors = faults(InvalidInput(_placed(error.places, list(said), each)))
        return _form(request, visit, officer, what, lines, 422, errors)
    except Conflict as error:
        return _form(request, visit, officer, what, lines, 409, {"": error.detail})
    except Stale:
        return _form(request, visit, officer, what, lines, 412, {"": FASTER})
    name = officer.details.name
    return redirect(f"/rooms/{room_id}/people/{officer_id}", f"{name} is changed.")


def _placed(places: Collection[Place], lines: list[int], each: Conditions) -> list[Place]:
    """What the service found wrong, at the fields of the form."""
    known = {
        f"{each.field}[{at}].{theirs}": f"{ours}-{line}"
        for at, line in enumerate(lines)
        for theirs, ours in each.places.items()
    }
    return [Place(known.get(place.field, place.field), place.words) for place in places]


def _form(
    request: Request,
    visit: Visit,
    officer: Officer,
    what: What,
    lines: list[Line],
    status: int = 200,
    errors: Mapping[str, str] | None = None,
) -> Response:
    with visit.database.read() as reading:
        skills = service.skills(reading, visit.here.force_id)
        (person,) = service.persons(reading, visit.here.id, [officer])
    names = CONDITIONS[what].names
    codes = {str(each.id): each.code for each in skills} | TERM_WORDS
    return page(
        request,
        "people/conditions.html",
        status,
        room=visit.here,
        officer=officer,
        what=what,
        skills=[("", "none"), *((str(each.id), each.code) for each in skills)],
        whats=[("", "none"), *TERM_WORDS.items()],
        lines=forms.spare(lines, names) if status == 200 else lines,
        heads=[(LABELS[name], "") for name in names],
        kept=[
            [codes.get(line[name], line[name]) for name in names]
            for line in (CONDITIONS[what].lines(person) if status == 412 else ())
        ],
        names=names,
        labels=LABELS,
        errors=dict(errors or {}),
    )
