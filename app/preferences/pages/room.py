"""The rounds of a control room: how many have sent wishes, which days are contested."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form, Query, Request, Response

from app.auth.guard import RoomFacts, Visit, allow
from app.db.transaction import Reading
from app.people import service as people
from app.preferences import service
from app.preferences.schemas.rounds import RoundForm
from app.preferences.service import POINTS, Round, RoundDetails
from app.preferences.views import one_day as views
from app.preferences.views.long_wishes import asks_rows
from app.web.shell import page, redirect, refused_into
from app.web.words import period_words

router = APIRouter(prefix="/rooms/{room_id}/wishes")

Looking = Annotated[Visit, allow("preferences.read")]
Changing = Annotated[Visit, allow("preferences.change")]

LAST_MINUTE = time(23, 59)
WEEKS_AHEAD = 8
"""A first proposal: a roster is published a month before it begins, and is made before that."""


Typed = Annotated[RoundForm, Form()]


@router.get("")
def rounds(
    request: Request,
    room_id: UUID,
    visit: Looking,
    chosen: Annotated[UUID | None, Query(alias="round")] = None,
) -> Response:
    """The rounds of a room, and one of them in figures: the chosen, else the latest."""
    with visit.database.read() as reading:
        found = service.rounds(reading, room_id)
        shown = next((each for each in found if chosen in {None, each.id}), None)
        view = _room_round(reading, visit.here, shown) if shown else None
        several = service.long_wishes_asked(reading, room_id, shown.id) if shown else ()
    return page(
        request,
        "preferences/room.html",
        room=visit.here,
        tabs=[
            (views.tab_words(each), f"/rooms/{room_id}/wishes?round={each.id}", each is shown)
            for each in found
        ],
        shown=shown,
        view=view,
        several=asks_rows(several),
    )


@router.get("/new")
def new_round(request: Request, room_id: UUID, visit: Changing) -> Response:
    """The form by which wishes are asked for; it proposes the next period."""
    with visit.database.read() as reading:
        latest = next(iter(service.rounds(reading, room_id)), None)
        today = service.present(reading, room_id).astimezone(ZoneInfo(visit.here.zone)).date()
    form = RoundForm.of(_proposal(latest, today, visit.here.zone), visit.here.zone)
    return _form(request, visit.here, form, {})


@router.post("")
def open_round(request: Request, room_id: UUID, visit: Changing, typed: Typed) -> Response:
    """Ask for wishes, or say what is wrong where it was said."""
    errors: dict[str, str] = {}
    with refused_into(errors, "first_day"), visit.database.write() as transaction:
        details = typed.details(visit.here.zone)
        asked = service.open_round(transaction, room_id, details)
        visit.record(transaction, "asked for wishes", asked.id)
    if errors:
        return _form(request, visit.here, typed, errors)
    return redirect(
        f"/rooms/{room_id}/wishes?round={asked.id}",
        f"Wishes are asked for {period_words(details.first_day, details.last_day)}.",
    )


@router.get("/{round_id}/change")
def change_form(request: Request, room_id: UUID, round_id: UUID, visit: Changing) -> Response:
    """The form by which a round is changed."""
    with visit.database.read() as reading:
        asked = service.wish_round(reading, room_id, round_id)
    return _form(request, visit.here, RoundForm.of(asked.details, visit.here.zone), {}, asked)


@router.post("/{round_id}")
def change_round(
    request: Request,
    room_id: UUID,
    round_id: UUID,
    visit: Changing,
    typed: Typed,
    version: Annotated[int, Query(ge=0, le=2_000_000_000)],
) -> Response:
    """Let a round be otherwise, or say what is wrong where it was said."""
    errors: dict[str, str] = {}
    with refused_into(errors), visit.database.write() as transaction:
        details = typed.details(visit.here.zone)
        service.change_round(transaction, room_id, round_id, version, details)
        visit.record(transaction, "changed a round of wishes", round_id)
    if not errors:
        return redirect(f"/rooms/{room_id}/wishes?round={round_id}", "The round is changed.")
    with visit.database.read() as reading:
        asked = service.wish_round(reading, room_id, round_id)
    return _form(request, visit.here, typed, errors, asked)


def _room_round(reading: Reading, room: RoomFacts, asked: Round) -> views.RoomRound:
    today = service.present(reading, room.id).astimezone(ZoneInfo(room.zone)).date()
    officers = len(people.everyone(reading, room.id, today))
    return views.room_round(asked, service.asked(reading, room.id, asked.id), officers, room.zone)


def _proposal(latest: Round | None, today: date, zone: str) -> RoundDetails:
    """Four weeks after the latest round, or from a Monday that leaves time to make a roster."""
    ahead = today + timedelta(weeks=WEEKS_AHEAD)
    first = ahead - timedelta(days=ahead.weekday())
    if latest is not None:
        first = max(first, latest.details.last_day + timedelta(days=1))
    closes = datetime.combine(first - timedelta(weeks=5, days=1), LAST_MINUTE, ZoneInfo(zone))
    points = latest.points if latest else POINTS
    return RoundDetails(first, 28, closes, points, first - timedelta(days=31))


def _form(
    request: Request,
    room: RoomFacts,
    form: RoundForm,
    errors: dict[str, str],
    asked: Round | None = None,
) -> Response:
    return page(
        request,
        "preferences/round.html",
        422 if errors else 200,
        room=room,
        form=form,
        asked=asked,
        # A deadline is typed as a day and a time.
        errors={{"closes": "closes_day"}.get(name, name): said for name, said in errors.items()},
    )
