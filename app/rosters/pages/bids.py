"""Bids: a draft's round for its manager, and an officer's own bids."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Annotated, Literal
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form, Request, Response

from app.auth.guard import Visit, allow
from app.errors import Conflict, InvalidInput, Place, Stale
from app.patterns import service as patterns
from app.people import service as people
from app.rosters import service as rosters
from app.rosters.service import bids as service
from app.rosters.values.bids import BidRoundDetails
from app.rosters.views.bids import METHODS, own_round, round_view
from app.web.shell import faults, page, redirect

router = APIRouter()

Reads = Annotated[Visit, allow("rosters.read")]
Changes = Annotated[Visit, allow("rosters.change")]
Mine = Annotated[Visit, allow("preferences.own")]
Typed = Annotated[str, Form(max_length=64)]
Act = Literal["award", "take-back", "end"]
Version = Annotated[int, Form(ge=0, le=2_000_000_000)]

WEEK = timedelta(days=7)
"""How long bids are taken, as the form proposes it."""

KINDS = (
    ("shifts", "Open shifts", "Those in which people are missing for two hours or more."),
    ("lines", "Whole lines", "Of a pattern: whoever gets one works it for the period."),
)


@router.get("/rooms/{room_id}/rosters/{roster_id}/bids")
def look(request: Request, room_id: UUID, roster_id: UUID, visit: Reads) -> Response:
    """The round of bids of a roster, and what would come of it."""
    return _page(request, visit, room_id, roster_id, {}, {})


@router.post("/rooms/{room_id}/rosters/{roster_id}/bids")
def open_bids(
    request: Request,
    room_id: UUID,
    roster_id: UUID,
    visit: Changes,
    version: Version,
    kind: Typed = "",
    method: Typed = "",
    points: Typed = "",
    closes_day: Typed = "",
    closes_time: Typed = "",
    pattern: Typed = "",
) -> Response:
    """Ask for bids, or say what is wrong where it was said."""
    form = {
        "kind": kind,
        "method": method,
        "points": points,
        "closes_day": closes_day,
        "closes_time": closes_time,
        "pattern": pattern,
    }
    try:
        details = _details(form, visit.here.zone)
        with visit.database.write() as transaction:
            new = service.open_bids(transaction, room_id, roster_id, version, details)
            visit.record(transaction, "asked for bids", new.id)
        return redirect(_home(room_id, roster_id), "Officers can bid now.")
    except InvalidInput as error:
        names = {"closes": "closes_day"}
        errors = {names.get(name, name): words for name, words in faults(error).items()}
    except (Conflict, Stale) as error:
        errors = {"": error.detail}
    return _page(request, visit, room_id, roster_id, form, errors)


@router.post("/rooms/{room_id}/rosters/{roster_id}/bids/{bid_round_id}/{act}")
def decide(
    request: Request,
    room_id: UUID,
    roster_id: UUID,
    bid_round_id: UUID,
    act: Act,
    visit: Changes,
    version: Version,
) -> Response:
    """Award the lots, take that back, or end the round without awarding any."""
    by, place = visit.caller.user_id, (room_id, bid_round_id)
    try:
        with visit.database.write() as transaction:
            if act == "award":
                service.award_bids(transaction, *place, version, by)
                said = "Awarded. Every bid that is lost has its reason."
            elif act == "take-back":
                service.take_awards_back(transaction, *place, version, by)
                said = "The awards are taken back; the bids stand."
            else:
                service.end_bids(transaction, *place)
                said = "The round is ended; nothing was awarded."
            visit.record(transaction, f"bids: {act}", bid_round_id)
        return redirect(_home(room_id, roster_id), said)
    except (Conflict, Stale) as error:
        return _page(request, visit, room_id, roster_id, {}, {"": error.detail})


def _home(room_id: UUID, roster_id: UUID) -> str:
    return f"/rooms/{room_id}/rosters/{roster_id}/bids"


def _page(
    request: Request,
    visit: Visit,
    room_id: UUID,
    roster_id: UUID,
    form: Mapping[str, str],
    errors: Mapping[str, str],
) -> Response:
    zone = visit.here.zone
    with visit.database.read() as reading:
        desk = rosters.opened(reading, room_id, roster_id)
        busy = rosters.is_being_made(reading, desk.roster)
        names = {each.id: each.details.name for each in people.everyone(reading, room_id)}
        views = []
        for found in service.bid_rounds(reading, room_id, roster_id):
            came = service.bids_in(reading, found.id)
            if found.state == "closed":
                came = service.would_award(reading, desk, found)
            views.append(round_view(found, came, names, zone))
        known = patterns.patterns(reading, room_id)
    until = (visit.now() + WEEK).astimezone(ZoneInfo(zone))
    first = {
        "kind": "shifts",
        "method": "points",
        "points": "20",
        "closes_day": until.date().isoformat(),
        "closes_time": "23:59",
        "pattern": "",
    }
    is_draft = desk.roster.state == "draft" and not busy
    return page(
        request,
        "rosters/bids.html",
        422 if errors else 200,
        room=visit.here,
        roster=desk.roster,
        here=f"/rooms/{room_id}/rosters/{roster_id}",
        views=views,
        is_draft=is_draft,
        can_open=is_draft and all(view.state == "awarded" for view in views),
        kinds=KINDS,
        methods=METHODS,
        patterns=[("", "Choose"), *((each.key, each.pattern.title) for each in known)],
        form=form or first,
        errors=errors,
    )


def _details(form: Mapping[str, str], zone: str) -> BidRoundDetails:
    wrong: list[Place] = []
    if form["kind"] not in {kind for kind, _, _ in KINDS}:
        wrong.append(Place("kind", "Choose one of these."))
    if form["method"] not in {method for method, _, _ in METHODS}:
        wrong.append(Place("method", "Choose one of these."))
    if not (form["points"].isdecimal() and len(form["points"]) < 6):
        wrong.append(Place("points", "Give a whole number, such as 20."))
    closes = None
    try:
        day, at = date.fromisoformat(form["closes_day"]), time.fromisoformat(form["closes_time"])
        closes = datetime.combine(day, at.replace(tzinfo=None), ZoneInfo(zone))
    except ValueError:
        wrong.append(Place("closes_day", "Give a day and a time, such as 23:59."))
    if wrong or closes is None:
        raise InvalidInput(wrong)
    return BidRoundDetails(
        form["kind"],  # type: ignore[arg-type]
        form["method"],  # type: ignore[arg-type]
        int(form["points"]),
        closes,
        form["pattern"] if form["kind"] == "lines" else "",
    )


# --- an officer's own ---------------------------------------------------------------------------


@router.get("/my/bids")
def my_bids(request: Request, visit: Mine) -> Response:
    """The rounds of the officer's room with their own bids."""
    return _mine(request, visit, {})


@router.post("/my/bids/{bid_round_id}")
async def place_bids(request: Request, bid_round_id: UUID, visit: Mine) -> Response:
    """Let the officer's bids in a round be these: a field for each lot, empty for no bid."""
    typed = await request.form(max_fields=service.MOST_LOTS + 10)
    try:
        points = _points({key: str(value) for key, value in typed.items()})
        with visit.database.write() as transaction:
            own = visit.own(transaction)
            service.place_bids(transaction, own.room.id, own.officer_id, bid_round_id, points)
        return redirect("/my/bids", "Your bids are kept. You can change them until they close.")
    except InvalidInput as error:
        return _mine(request, visit, {"": " ".join(faults(error).values())})
    except Conflict as error:
        return _mine(request, visit, {"": error.detail})


def _points(typed: Mapping[str, str]) -> dict[UUID, int]:
    points: dict[UUID, int] = {}
    for key, value in typed.items():
        name, _, lot = key.partition("-")
        if name != "lot" or not value.strip():
            continue
        if not (value.strip().isdecimal() and len(value) < 6):
            raise InvalidInput([Place("points", "Give whole numbers of points, or nothing.")])
        try:
            points[UUID(lot)] = int(value)
        except ValueError:
            raise InvalidInput([Place("points", "Choose some of these.")]) from None
    return {lot: given for lot, given in points.items() if given}


def _mine(request: Request, visit: Visit, errors: dict[str, str]) -> Response:
    with visit.database.read() as reading:
        own = visit.own(reading)
        rounds = [
            own_round(found, service.bids_in(reading, found.id, own.officer_id), own.room.zone)
            for found in service.bid_rounds(reading, own.room.id)
        ]
    shown = [each for each in rounds if each.state == "open" or each.lots]
    return page(
        request, "rosters/my_bids.html", 422 if errors else 200, rounds=shown, errors=errors
    )
