"""Who works with whom: the page on which a manager says it, and ends it."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Request, Response

from app.auth.guard import Visit, allow
from app.errors import InvalidInput, Place, Stale
from app.people import service as people
from app.rosters import service
from app.rosters.service import BondDetails, BondKind
from app.rosters.views.bonds import bonds_view
from app.web.shell import faults, page, redirect

router = APIRouter(prefix="/rooms/{room_id}/rosters/bonds")

Changes = Annotated[Visit, allow("rosters.change")]
Typed = Annotated[str, Form(max_length=200)]

KINDS = (
    ("tutor", "Works with a tutor", "On duty beside one of those named, whichever it is."),
    ("companion", "Works with a companion", "The same, for somebody who is not to work alone."),
    ("together", "Kept together", "On duty at the same times, as for a shared car."),
    ("apart", "Kept apart", "Never on duty at the same time."),
)
"""What can be said of two people and more, as the form offers it."""

OTHERS = ("other", "other_2", "other_3", "other_4")
"""Fields of the form for the others; more are named by HTTP."""

FORM = ("kind", "officer", *OTHERS, "minutes", "from", "until", "bond", "ends")
"""Fields of the page's forms, empty unless typed."""

FIELDS = {"officer_id": "officer", "from_day": "from", "until_day": "until", "others": "other"}
"""The form's field by the service's, for what the service finds wrong."""

FASTER = "Someone else changed this first. Nothing was kept: look, then end it again."


@router.get("")
def show_bonds(request: Request, visit: Changes) -> Response:
    """Everything that holds, and the form."""
    return _page(request, visit, {"from": visit.today().isoformat()}, {})


@router.post("")
def add_bond(
    request: Request,
    room_id: UUID,
    visit: Changes,
    kind: Typed = "",
    officer: Typed = "",
    other: Typed = "",
    other_2: Typed = "",
    other_3: Typed = "",
    other_4: Typed = "",
    minutes: Typed = "0",
    from_day: Annotated[str, Form(alias="from", max_length=200)] = "",
    until: Typed = "",
) -> Response:
    """Say who works with whom, or what is wrong where it was said."""
    others = dict(zip(OTHERS, (other, other_2, other_3, other_4), strict=True))
    form = {"kind": kind, "officer": officer, "minutes": minutes, "from": from_day, "until": until}
    form |= others
    try:
        details = _details(form)
        with visit.database.write() as transaction:
            new = service.add_bond(transaction, room_id, details)
            visit.record(transaction, "said who works with whom", new.id)
    except InvalidInput as error:
        return _page(request, visit, form, _placed(error, form), 422)
    return redirect(_home(room_id), "It holds in every roster that is asked for from now on.")


@router.post("/end")
def end_bond(
    request: Request, room_id: UUID, visit: Changes, bond: Typed = "", ends: Typed = ""
) -> Response:
    """Let a bond hold up to the day before a day."""
    typed = {"bond": bond, "ends": ends, "from": visit.today().isoformat()}
    try:
        bond_id, version = _chosen(bond)
        with visit.database.write() as transaction:
            details = service.bond(transaction, room_id, bond_id).details
            ended = dataclasses.replace(details, until_day=_day("ends", ends))
            service.change_bond(transaction, room_id, bond_id, version, ended)
            visit.record(transaction, "ended who works with whom", bond_id)
    except InvalidInput as error:
        wrong = {
            "ends" if name == "until_day" else name: said for name, said in faults(error).items()
        }
        return _page(request, visit, typed, wrong, 422)
    except Stale:
        return _page(request, visit, typed, {"": FASTER}, 412)
    return redirect(_home(room_id), "It is ended; rosters made before keep it.")


def _details(form: Mapping[str, str]) -> BondDetails:
    """What the form says; fields that cannot be read are told, all at once."""
    wrong: list[Place] = []
    kind, role = _KINDS.get(form["kind"], ("with", ""))
    if not role:
        wrong.append(Place("kind", "Choose one of these."))
    officer = _person(form["officer"])
    others = [_person(form[name]) for name in OTHERS if form[name]]
    if officer is None:
        wrong.append(Place("officer", "Choose a person."))
    if not others or None in others:
        wrong.append(Place("other", "Choose a person."))
    minutes = form["minutes"].strip() or "0"
    if not (minutes.isascii() and minutes.isdecimal() and len(minutes) < 6):
        wrong.append(Place("minutes", "Give a number of minutes, such as 30."))
    first, until = None, None
    try:
        first = _day("from", form["from"])
        until = _day("until", form["until"]) if form["until"].strip() else None
    except InvalidInput as error:
        wrong += error.places
    if wrong or officer is None or first is None:
        raise InvalidInput(wrong)
    named = tuple(each for each in others if each is not None)
    return BondDetails(kind, officer, named, first, until, int(minutes), role)


_KINDS: Mapping[str, tuple[BondKind, str]] = {
    "tutor": ("with", "tutor"),
    "companion": ("with", "companion"),
    "together": ("together", "companion"),
    "apart": ("apart", "companion"),
}


def _placed(error: InvalidInput, form: Mapping[str, str]) -> dict[str, str]:
    """What is wrong, at the fields of the form."""
    given = [name for name in OTHERS if form[name]]
    fields = FIELDS | {f"others[{place}]": name for place, name in enumerate(given)}
    return {fields.get(name, name): words for name, words in faults(error).items()}


def _person(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _day(field: str, text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise InvalidInput([Place(field, "Give a date.")]) from None


def _chosen(text: str) -> tuple[UUID, int]:
    """Id and version of the bond that was chosen."""
    bond, _, version = text.partition(" ")
    found = _person(bond)
    if found is None or not (version.isascii() and version.isdecimal() and len(version) < 10):
        raise InvalidInput([Place("bond", "Choose one of these.")])
    return found, int(version)


def _home(room_id: UUID) -> str:
    return f"/rooms/{room_id}/rosters/bonds"


def _page(
    request: Request,
    visit: Visit,
    form: Mapping[str, str],
    errors: Mapping[str, str],
    status: int = 200,
) -> Response:
    today = visit.today()
    with visit.database.read() as reading:
        found = service.bonds(reading, visit.here.id)
        everyone = people.everyone(reading, visit.here.id)
    names = {each.id: each.details.name for each in everyone}
    return page(
        request,
        "rosters/bonds.html",
        status,
        room=visit.here,
        view=bonds_view(found, names, today),
        people=[("", "Choose"), *_choosable(everyone, today)],
        kinds=KINDS,
        others=OTHERS,
        form=dict.fromkeys(FORM, "") | dict(form),
        errors=errors,
        today=today.isoformat(),
    )


def _choosable(everyone: tuple[people.Officer, ...], today: date) -> Iterator[tuple[str, str]]:
    """Who has not left, by name."""
    for each in sorted(everyone, key=lambda one: one.details.name.casefold()):
        said = each.details
        if said.left is None or said.left > today:
            yield str(each.id), f"{said.name} ({said.number})"
