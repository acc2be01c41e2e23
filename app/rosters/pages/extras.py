"""Extra work: a roster's plan for its manager, and what an officer welcomes and has had."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, timedelta
from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Form, Query, Request, Response

from app.auth.guard import Own, Visit, allow
from app.db.transaction import Reading
from app.errors import Conflict, InvalidInput, Place, Stale
from app.people import service as people
from app.preferences import service as preferences
from app.preferences.service import ExtraOfferDetails
from app.rosters import service
from app.rosters.service import UNSAID, Why
from app.rosters.views.extras import offer_card, own_rows, own_words, plan_view
from app.web.shell import faults, page, redirect
from app.web.words import count
from rostering.notice import REASON_WORDS, Reason
from rostering.wish_words import WEEKDAYS

router = APIRouter()

Reads = Annotated[Visit, allow("rosters.read")]
Changes = Annotated[Visit, allow("rosters.change")]
Offers = Annotated[Visit, allow("preferences.own")]
Words = Annotated[str, Form(max_length=1000)]
Chosen = Annotated[tuple[str, ...], Form(max_length=100)]
Typed = Annotated[str, Form(max_length=40)]

MONTHS_AHEAD = timedelta(days=90)
"""How far a proposal of what is welcome goes."""


@router.get("/rooms/{room_id}/rosters/{roster_id}/extra")
def plan(request: Request, room_id: UUID, roster_id: UUID, visit: Reads) -> Response:
    """Which extra shifts would mend what, and whose they would be, before any is given."""
    return _plan(request, visit, room_id, roster_id, {}, "", UNSAID)


@router.post("/rooms/{room_id}/rosters/{roster_id}/extra")
def give(
    request: Request,
    room_id: UUID,
    roster_id: UUID,
    visit: Changes,
    version: Annotated[int, Form(ge=0, le=2_000_000_000)],
    shifts: Chosen = (),
    change_reason: Annotated[Reason | None, Form()] = None,
    note: Words = "",
    authority: Words = "",
) -> Response:
    """Give the chosen extra shifts, or say why not."""
    why = Why(change_reason, note.strip(), authority.strip())
    try:
        wanted = [_cell(each) for each in shifts]
        with visit.database.write() as transaction:
            _, new = service.give_extras(
                transaction, room_id, roster_id, version, wanted, visit.caller.user_id, why
            )
            visit.record(transaction, "gave extra shifts", roster_id)
    except InvalidInput as error:
        return _plan(request, visit, room_id, roster_id, faults(error), note, why)
    except (Conflict, Stale) as error:
        return _plan(request, visit, room_id, roster_id, {"": error.detail}, note, why)
    return redirect(
        f"/rooms/{room_id}/rosters/{roster_id}/extra",
        f"{count(len(new), 'extra shift')} given. Undo stands in the roster.",
    )


def _plan(
    request: Request,
    visit: Visit,
    room_id: UUID,
    roster_id: UUID,
    errors: dict[str, str],
    note: str,
    why: Why,
) -> Response:
    with visit.database.read() as reading:
        roster = service.roster(reading, room_id, roster_id)
        busy = service.is_being_made(reading, roster)
        found = None if busy else service.extra_plan(reading, room_id, roster_id)
        names = {each.id: each.details.name for each in people.everyone(reading, room_id)}
    return page(
        request,
        "rosters/extra.html",
        422 if errors else 200,
        room=visit.here,
        roster=roster,
        here=f"/rooms/{room_id}/rosters/{roster_id}",
        view=plan_view(found, names) if found else None,
        can_give=roster.state in {"draft", "published"} and not busy,
        reasons=[("", "Choose"), *REASON_WORDS.items()],
        note=note,
        why=why,
        errors=errors,
    )


def _cell(text: str) -> tuple[UUID, date]:
    """Officer and day of a shift that was chosen."""
    officer, _, day = text.partition(" ")
    try:
        return UUID(officer), date.fromisoformat(day)
    except ValueError:
        raise InvalidInput([Place("shifts", "Choose some of these.")]) from None


# --- an officer's own ---------------------------------------------------------------------------


@router.get("/my/extra")
def my_extra(
    request: Request,
    visit: Offers,
    gone: Annotated[str, Query(max_length=200)] = "",
) -> Response:
    """What extra work the officer welcomes, has had, and whose turn it is next."""
    with visit.database.read() as reading:
        return _mine(request, reading, visit, {}, {}, gone)


@router.post("/my/extra")
def offer(
    request: Request,
    visit: Offers,
    from_day: Typed = "",
    until_day: Typed = "",
    hours: Typed = "",
    weekdays: Annotated[tuple[str, ...], Form(max_length=7)] = (),
    kinds: Annotated[tuple[str, ...], Form(max_length=4)] = (),
) -> Response:
    """Say which extra work is welcome, or what is wrong where it was said."""
    form: dict[str, object] = {
        "from_day": from_day,
        "until_day": until_day,
        "hours": hours,
        "weekdays": weekdays,
        "kinds": kinds,
    }
    try:
        details = _details(from_day, until_day, hours, weekdays, kinds)
        with visit.database.write() as transaction:
            own = visit.own(transaction)
            preferences.offer_extra(transaction, own.room.id, own.officer_id, details)
        return redirect("/my/extra", "Kept. It counts for rosters from now on.")
    except InvalidInput as error:
        names = {"minutes": "hours"}
        errors = {names.get(name, name): words for name, words in faults(error).items()}
    except Conflict as error:
        errors = {"": error.detail}
    with visit.database.read() as reading:
        return _mine(request, reading, visit, form, errors, "")


@router.post("/my/extra/{offer_id}/withdraw")
def withdraw(offer_id: UUID, visit: Offers) -> Response:
    """Take back that some extra work is welcome; the next page offers to undo it."""
    with visit.database.write() as transaction:
        own = visit.own(transaction)
        gone = preferences.withdraw_extra(transaction, own.room.id, own.officer_id, offer_id)
    said = gone.details
    days, kinds = "".join(map(str, said.weekdays)), ".".join(said.kinds)
    again = f"{said.from_day}_{said.until_day}_{said.minutes // 60}_{days}_{kinds}"
    return redirect(f"/my/extra?gone={again}")


def _mine(
    request: Request,
    reading: Reading,
    visit: Visit,
    form: dict[str, object],
    errors: dict[str, str],
    gone: str,
) -> Response:
    own: Own = visit.own(reading)
    today = own.room.today()
    shifts, place, number = service.own_extras(reading, own.room.id, own.officer_id)
    mandated = sum(each.minutes for each in shifts if each.ground == "mandated")
    offers = preferences.offers_of(reading, own.room.id, own.officer_id)
    first = {
        "from_day": today.isoformat(),
        "until_day": (today + MONTHS_AHEAD).isoformat(),
        "hours": "",
        "weekdays": (),
        "kinds": (),
    }
    return page(
        request,
        "rosters/my_extra.html",
        422 if errors else 200,
        offers=[offer_card(each) for each in offers],
        turn=own_words(place, number, mandated),
        rows=own_rows(shifts, today),
        weekdays=[(str(day), name) for day, name in enumerate(WEEKDAYS)],
        kinds=[(kind, kind.capitalize()) for kind in preferences.KINDS],
        form=form or first,
        gone=_gone(gone),
        errors=errors,
    )


def _gone(text: str) -> dict[str, object] | None:
    """What was just taken back, as fields of the form."""
    parts = text.split("_")
    if len(parts) != len(("from", "until", "hours", "weekdays", "kinds")):
        return None
    first, last, hours, days, kinds = parts
    return {
        "from_day": first,
        "until_day": last,
        "hours": hours,
        "weekdays": list(days),
        "kinds": kinds.split(".") if kinds else [],
    }


def _details(
    from_day: str, until_day: str, hours: str, weekdays: tuple[str, ...], kinds: tuple[str, ...]
) -> ExtraOfferDetails:
    wrong: list[Place] = []
    days: dict[str, date] = {}
    for name, typed in (("from_day", from_day), ("until_day", until_day)):
        with suppress(ValueError):
            days[name] = date.fromisoformat(typed.strip())
        if name not in days:
            wrong.append(Place(name, "Give a day, such as 2027-01-16."))
    if not (hours.strip().isdecimal() and len(hours) < 5):
        wrong.append(Place("hours", "Give a whole number of hours, such as 24."))
    if wrong:
        raise InvalidInput(wrong)
    return ExtraOfferDetails(
        days["from_day"],
        days["until_day"],
        int(hours) * 60,
        tuple(sorted(int(day) for day in weekdays if day in "0123456" and len(day) == 1)),
        kinds,
    )
