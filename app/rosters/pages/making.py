"""The rosters of a room, and the form by which a new one is asked for."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Query, Request, Response

from app.auth.guard import Visit, allow
from app.db.transaction import Reading
from app.errors import Conflict, InvalidInput, NotFound, Place
from app.people import service as people
from app.requirements import service as requirements
from app.rosters import service
from app.rosters.service import Wanted
from app.rosters.views.changes import owed_words
from app.rosters.views.listing import FOUR_WEEKS, covered_days, listing, materials, standing
from app.rosters.views.weighing import DialField, dial_fields
from app.web.shell import faults, page, redirect
from rostering.dials import AS_SET, DIALS

router = APIRouter(prefix="/rooms/{room_id}/rosters")

Reads = Annotated[Visit, allow("rosters.read")]
Makes = Annotated[Visit, allow("rosters.make")]
Typed = Annotated[str, Form(max_length=200)]

PAGE = 20


def _typed_dials(
    shortage: Typed = "",
    preferences: Typed = "",
    fairness: Typed = "",
    fatigue: Typed = "",
    stability: Typed = "",
    notice: Typed = "",
) -> dict[str, str]:
    """The levels of the dials as the form says them; empty where it does not."""
    return {
        "shortage": shortage,
        "preferences": preferences,
        "fairness": fairness,
        "fatigue": fatigue,
        "stability": stability,
        "notice": notice,
    }


Dials = Annotated[dict[str, str], Depends(_typed_dials)]

SECONDS = (("30", "30 seconds", "A first look."),
           ("120", "2 minutes", "Usually close to the best."),
           ("600", "10 minutes", "For a large room, or the last word."))  # fmt: skip
"""How long a search may take, as the form offers it."""


@router.get("")
def list_rosters(
    request: Request, room_id: UUID, visit: Reads, before: Annotated[UUID | None, Query()] = None
) -> Response:
    """The rosters of the room, the newest first."""
    with visit.database.read() as reading:
        found = service.rosters(reading, room_id, before, PAGE + 1)
        busy = {each.id for each in found if service.is_being_made(reading, each)}
        first = _start(reading, visit)
        ready = materials(reading, room_id, first, covered_days(reading, room_id, first))
        owed = owed_words(service.rest_days_to_name(reading, room_id))
    shown, today = found[:PAGE], visit.today()
    more = f"/rooms/{room_id}/rosters?before={shown[-1].id}" if len(found) > PAGE else ""
    return page(
        request,
        "rosters/list.html",
        room=visit.here,
        rows=listing(shown, busy, visit.here.zone, today),
        standing=None if before else standing(found, busy, today),
        more=more,
        first=f"/rooms/{room_id}/rosters" if before else "",
        ready=ready,
        owed=owed,
    )


@router.get("/new")
def new_roster(
    request: Request,
    room_id: UUID,
    visit: Makes,
    like: Annotated[UUID | None, Query()] = None,
    requirement: Annotated[UUID | None, Query()] = None,
    again: Annotated[bool, Query()] = False,
) -> Response:
    """The form: the period, the time for the search, and what goes in."""
    with visit.database.read() as reading:
        if requirement is not None:
            need = requirements.requirement(reading, room_id, requirement)
            first = max(need.first_day, min(_start(reading, visit), need.last_day))
            form = _form(first, min((need.until_day - first).days, FOUR_WEEKS), "120", "")
            form["requirement"] = str(need.id)
        elif like is None:
            first = _start(reading, visit)
            form = _form(first, covered_days(reading, room_id, first), "120", "")
        else:
            old = service.roster(reading, room_id, like)
            form = _form(old.first_day, old.days, _offered(old.seconds), str(old.id))
            if again:
                room = people.room(reading, room_id)
                first = min(max(old.first_day, service.first_to_change(room)), old.last_day)
                form = _form(first, (old.last_day - first).days + 1, "120", str(old.id))
                form |= {"again": "yes", "name": _again_name(old.name)}
            if requirements.requirement(reading, room_id, old.requirement_id).purpose is not None:
                form["requirement"] = str(old.requirement_id)
        return _show(request, reading, visit, form, {})


@router.post("")
def make_roster(
    request: Request,
    room_id: UUID,
    visit: Makes,
    dials: Dials,
    first_day: Typed = "",
    days: Typed = "28",
    seconds: Typed = "120",
    like: Typed = "",
    name: Typed = "",
    requirement: Typed = "",
    again: Typed = "",
    reset: Typed = "",
) -> Response:
    """Ask for a roster, or say what is wrong where it was said; `reset` sets the dials as set."""
    form = {"first_day": first_day, "days": days, "seconds": seconds, "like": like, "name": name}
    form |= {"requirement": requirement, "again": again, **dials}
    errors: dict[str, str] = {}
    if reset:
        with visit.database.read() as reading:
            return _show(request, reading, visit, form | dict.fromkeys(DIALS, AS_SET), errors)
    try:
        wanted = _wanted(form)
        with visit.database.write() as transaction:
            made, _ = service.ask(transaction, room_id, visit.caller.user_id, wanted)
            visit.record(transaction, "asked for a roster", made.id)
        return redirect(f"/rooms/{room_id}/rosters/{made.id}")
    except InvalidInput as error:
        errors = {name.removeprefix("dials."): words for name, words in faults(error).items()}
    except Conflict as error:
        errors = {"": error.detail}
    with visit.database.read() as reading:
        return _show(request, reading, visit, form, errors)


def _show(
    request: Request,
    reading: Reading,
    visit: Visit,
    form: dict[str, str],
    errors: dict[str, str],
) -> Response:
    first, days = _day(form["first_day"]), _number(form["days"])
    known = first and service.is_of_this_age(first) and days and 0 < days <= 366
    chosen = _id(form["requirement"]) if form["requirement"] else None
    here = visit.here.id
    ready = materials(reading, here, first, days, chosen) if known and first and days else None
    dials: tuple[DialField, ...] = ()
    last = None
    if known and first:
        like = _id(form["like"]) if form["like"] else None
        last = service.last_weighed(reading, here, like)
        again = bool(form["again"])
        turned = service.dials_here(
            reading, here, first, last, like=like is not None, least_change=again
        )
        dials = dial_fields(turned, form)
    return page(
        request,
        "rosters/new.html",
        422 if errors else 200,
        room=visit.here,
        form=form,
        errors=errors,
        seconds=SECONDS,
        ready=ready,
        dials=dials,
        last=last.roster if last else None,
    )


def _form(first_day: date, days: int, seconds: str, like: str) -> dict[str, str]:
    return {
        "first_day": first_day.isoformat(),
        "days": str(days),
        "seconds": seconds,
        "like": like,
        "name": "",
        "requirement": "",
        "again": "",
    }


def _offered(seconds: int) -> str:
    """The time that the form offers and that comes nearest to one that was asked for."""
    return min((each[0] for each in SECONDS), key=lambda each: abs(int(each) - seconds))


def _again_name(name: str) -> str:
    """What a roster is called that is made again, such as `October, made again`."""
    ending = ", made again"
    return name[: 200 - len(ending)].removesuffix(ending) + ending


def _wanted(form: dict[str, str]) -> Wanted:
    """What the form asks for; a field that cannot be read is told by the service."""
    wrong = {
        "first_day": (_day(form["first_day"]), "Give a date."),
        "days": (_number(form["days"]), "Give a number of days, such as 28."),
        "seconds": (_number(form["seconds"]), "Choose one of these."),
    }
    if places := [Place(field, words) for field, (value, words) in wrong.items() if value is None]:
        raise InvalidInput(places)
    first, days, seconds = (value for value, _ in wrong.values())
    like, requirement = (
        _id(form[name]) if form[name] else None for name in ("like", "requirement")
    )
    name, again = form["name"].strip() or None, bool(like and form["again"])
    dials = {dial: form[dial] for dial in DIALS if form.get(dial)}
    return Wanted(first, days, name, seconds, requirement, like, again, dials or None)  # type: ignore[arg-type]


def _start(reading: Reading, visit: Visit) -> date:
    """The day after the last published roster, else the Monday after next."""
    last = [
        each.last_day + timedelta(days=1)
        for each in service.rosters(reading, visit.here.id)
        if each.state == "published"
    ]
    today = visit.today()
    return max([*last, today + timedelta(days=7 - today.weekday())])


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NotFound("There is no such roster in this control room.") from None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 6 else None
