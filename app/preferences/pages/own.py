"""My wishes: what an officer asks for, one thing a page, and what came of it."""

from __future__ import annotations

from contextlib import suppress
from datetime import date, datetime, time, timedelta
from typing import Annotated
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Form, Query, Request, Response

from app.auth.guard import Own, Visit, allow
from app.db.transaction import Reading
from app.errors import Conflict, InvalidInput, Stale
from app.people import service as people
from app.preferences import service
from app.preferences.service import Round, Wish, WishDetails
from app.preferences.views import one_day as views
from app.preferences.views.long_wishes import company_card, long_card
from app.web.shell import faults, page, redirect
from app.web.words import count, period_words

router = APIRouter(prefix="/my/wishes")

Version = Annotated[int, Form(ge=0, le=2_000_000_000)]
Mine = Annotated[Visit, allow("preferences.own")]
Typed = Annotated[str, Form(max_length=200)]
Given = Annotated[str, Query(max_length=200)]

GIVE_DAY = "Give a day, such as 16 January 2027."

CHOOSE = "Choose one of these."


@router.get("")
def my_wishes(
    request: Request,
    visit: Mine,
    withdrawn: Given = "",
    what: Given = "",
    points: Given = "",
    gone: Annotated[str, Query(max_length=2_000)] = "",
    gone_round: Given = "",
) -> Response:
    """The rounds of the officer's room and their wishes; one just withdrawn can come back."""
    with visit.database.read() as reading:
        own = visit.own(reading)
        now, room_id = service.present(reading, own.room.id), own.room.id
        wishes = service.wishes_of(reading, room_id, own.officer_id)
        several = service.long_wishes_of(reading, room_id, own.officer_id)
        company = service.asked_of(reading, room_id, own.officer_id)
        named = any(wish.details.colleague_id for wish in several) or company
        everyone = people.everyone(reading, room_id) if named else ()
        names = {each.id: each.details.name for each in everyone}
        found = service.rounds(reading, room_id)
        rounds = [
            views.round_view(
                asked,
                [wish for wish in wishes if wish.round_id == asked.id],
                service.asked(reading, room_id, asked.id),
                now,
                own.room.zone,
                [
                    long_card(wish, asked.details, names)
                    for wish in several
                    if wish.round_id == asked.id
                ],
            )
            for asked in found
        ]
        periods = {asked.id: asked.details for asked in found}
    undo = _withdrawn(withdrawn, what, points)
    if undo and any(wish.day == undo.day for wish in wishes):
        undo = None
    return page(
        request,
        "preferences/mine.html",
        now=[view for view in rounds if view.state != "answered"],
        past=[view for view in rounds if view.state == "answered"],
        undo=undo,
        undo_round=next((view.id for view in rounds if view.state == "open"), None),
        undo_what=what,
        undo_words=views.wish_words(undo) if undo else "",
        gone=gone,
        gone_round=gone_round,
        company=[company_card(wish, periods[wish.round_id], names) for wish in company],
    )


@router.get("/new")
def new_wish(
    request: Request,
    visit: Mine,
    asked: Annotated[UUID, Query(alias="round")],
    day: Given = "",
    what: Given = "",
) -> Response:
    """The next thing to say of a new wish: its day, then what it asks, then its points."""
    with visit.database.read() as reading:
        own = visit.own(reading)
        return _step(request, reading, own, asked, day, what, "", _left_open(request, day, what))


@router.post("")
def state_wish(
    request: Request,
    visit: Mine,
    asked: Annotated[UUID, Form(alias="round")],
    day: Typed = "",
    what: Typed = "",
    points: Typed = "",
) -> Response:
    """Keep a new wish, or say what is wrong where it was said."""
    chosen = _read_day(day)
    errors: dict[str, str] = {}
    try:
        details = views.chosen(chosen or date.min, _read_points(points), what)
        with visit.database.write() as transaction:
            own = visit.own(transaction)
            service.state_wish(transaction, own.room.id, own.officer_id, asked, details)
        said = views.wish_words(details)
        return redirect("/my/wishes", f"Kept: {said}, with {count(details.points, 'point')}.")
    except ValueError:
        errors = {"what": CHOOSE}
    except InvalidInput as error:
        errors = faults(error)
    except Conflict as error:
        errors = {"day": error.detail}
    with visit.database.read() as reading:
        own = visit.own(reading)
        return _step(request, reading, own, asked, day, what, points, errors)


@router.get("/{wish_id}")
def my_wish(request: Request, wish_id: UUID, visit: Mine) -> Response:
    """One wish: what came of it, and why."""
    with visit.database.read() as reading:
        own = visit.own(reading)
        wish = service.wish(reading, own.room.id, own.officer_id, wish_id)
        asked = service.wish_round(reading, own.room.id, wish.round_id)
        everyone = service.asked(reading, own.room.id, wish.round_id)
        shifts = _published(reading, own, wish.day)
    of_day = next(day for day in everyone.days if day.day == wish.day)
    good, trouble = views.sentence(wish)
    return page(
        request,
        "preferences/one.html",
        card=views.card(wish, of_day),
        good=good,
        trouble=trouble,
        duty=views.duty_words(shifts, own.room.zone) if wish.outcome else "",
        deadline=views.deadline(asked, own.room.zone),
        is_open=asked.state == "open",
    )


@router.get("/{wish_id}/change")
def change_form(request: Request, wish_id: UUID, visit: Mine) -> Response:
    """The form by which a wish is changed."""
    with visit.database.read() as reading:
        own = visit.own(reading)
        wish = service.wish(reading, own.room.id, own.officer_id, wish_id)
        return _change(request, reading, own, wish, 200, {})


@router.post("/{wish_id}")
def change_wish(
    request: Request,
    wish_id: UUID,
    visit: Mine,
    version: Version,
    what: Typed = "",
    points: Typed = "",
) -> Response:
    """Let a wish be otherwise, or say what is wrong where it was said."""
    with visit.database.read() as reading:
        own = visit.own(reading)
        kept = service.wish(reading, own.room.id, own.officer_id, wish_id)
    status, errors = 422, {"what": CHOOSE}
    try:
        details = views.chosen(kept.day, _read_points(points), what, kept.details)
        with visit.database.write() as transaction:
            service.change_wish(transaction, own.room.id, own.officer_id, wish_id, version, details)
        return redirect("/my/wishes", f"Kept: {views.wish_words(details)}.")
    except ValueError:
        pass
    except InvalidInput as error:
        errors = faults(error)
    except (Conflict, Stale) as error:
        status, errors = error.status, {"": error.detail}
    with visit.database.read() as reading:
        kept = service.wish(reading, own.room.id, own.officer_id, wish_id)
        return _change(request, reading, own, kept, status, errors)


@router.post("/{wish_id}/withdraw")
def withdraw_wish(wish_id: UUID, visit: Mine, version: Version) -> Response:
    """Take a wish back; the next page offers to undo it."""
    with visit.database.write() as transaction:
        own = visit.own(transaction)
        gone = service.withdraw_wish(transaction, own.room.id, own.officer_id, wish_id, version)
    said, what = views.wish_words(gone.details), views.choice_of(gone.details)
    if what == views.KEEP:  # asked by a system in words that this page does not have
        return redirect("/my/wishes", f"Withdrawn: {said}.")
    return redirect(f"/my/wishes?withdrawn={gone.day}&what={what}&points={gone.points}")


def _step(
    request: Request,
    reading: Reading,
    own: Own,
    round_id: UUID,
    day: str,
    what: str,
    points: str,
    errors: dict[str, str],
) -> Response:
    """The first page of the three on which something is missing or wrong."""
    asked = service.wish_round(reading, own.room.id, round_id)
    placed = service.wishes_of(reading, own.room.id, own.officer_id, round_id)
    chosen = _read_day(day)
    if day and not errors:
        errors = _day_errors(asked, placed, chosen)
    if "day" in errors or chosen is None:
        step = "day"
    else:
        step = "what" if "what" in errors or what not in dict(views.CHOICES) else "points"
    details = views.chosen(chosen, 1, what) if step == "points" and chosen else None
    return page(
        request,
        "preferences/new.html",
        422 if errors else 200,
        step=step,
        asked=asked,
        period=period_words(asked.first_day, asked.details.last_day),
        choices=views.CHOICES,
        day=day,
        chosen_day=chosen,
        what=what,
        said=views.wish_words(details) if details else "",
        points=points,
        left=_left(reading, own, asked),
        errors=errors,
    )


def _left_open(request: Request, day: str, what: str) -> dict[str, str]:
    """What was asked on the page before and sent without an answer."""
    asked = request.query_params
    if "day" in asked and not day:
        return {"day": GIVE_DAY}
    return {"what": CHOOSE} if "what" in asked and not what else {}


def _day_errors(asked: Round, placed: tuple[Wish, ...], day: date | None) -> dict[str, str]:
    if day is None:
        return {"day": GIVE_DAY}
    if day not in asked.details:
        return {"day": "Give a day of the period."}
    if any(wish.day == day for wish in placed):
        return {"day": "You have a wish for that day; change that one instead."}
    return {}


def _change(
    request: Request,
    reading: Reading,
    own: Own,
    wish: Wish,
    status: int,
    errors: dict[str, str],
) -> Response:
    asked = service.wish_round(reading, own.room.id, wish.round_id)
    choices = views.CHOICES
    if views.choice_of(wish.details) == views.KEEP:
        choices = ((views.KEEP, f"As it is: {views.wish_words(wish.details)}"), *choices)
    return page(
        request,
        "preferences/change.html",
        status,
        wish=wish,
        what=views.choice_of(wish.details),
        choices=choices,
        left=_left(reading, own, asked) + wish.points,
        errors=errors,
    )


def _left(reading: Reading, own: Own, asked: Round) -> int:
    used = service.points_used(reading, own.room.id, own.officer_id, asked.id)
    return asked.points - used


def _published(reading: Reading, own: Own, day: date) -> list[people.PastShift]:
    """The officer's published shifts that start on a day of the room's clock."""
    zone = ZoneInfo(own.room.zone)
    begin = datetime.combine(day, time(), zone)
    span = people.Span(begin, datetime.combine(day + timedelta(days=1), time(), zone))
    found = people.history(reading, own.room.id, "published", span, [own.officer_id])
    return [shift for shift in found if shift.start >= begin]


def _withdrawn(day: str, what: str, points: str) -> WishDetails | None:
    """The wish that was just withdrawn, by the words of the address."""
    with suppress(ValueError):
        return views.chosen(date.fromisoformat(day), int(points), what)
    return None


def _read_day(text: str) -> date | None:
    with suppress(ValueError):
        return date.fromisoformat(text)
    return None


def _read_points(text: str) -> int:
    """Points as typed; what is no number is refused as 0 would be."""
    return int(text) if text.strip().isdecimal() and len(text) < 6 else 0
