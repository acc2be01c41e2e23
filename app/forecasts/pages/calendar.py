"""The calendar of a room: public holidays, school holidays and local events, and what they do."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Form, Query, Request, Response

from app.auth.guard import Visit, allow
from app.demand import service as demand
from app.errors import Conflict, InvalidInput, Stale
from app.forecasts import service
from app.forecasts.views import calendar as views
from app.forecasts.views import event_form as forms
from app.web.http.typed import text_fields
from app.web.shell import faults, page, redirect
from app.web.words import count
from forecasting.event_file import WEEKDAYS

router = APIRouter(prefix="/rooms/{room_id}/demand/calendar", include_in_schema=False)

Looking = Annotated[Visit, allow("demand.read")]
Changing = Annotated[Visit, allow("demand.change")]
Version = Annotated[int, Form()]


@router.get("")
def calendar_page(
    request: Request,
    room_id: UUID,
    visit: Looking,
    first_month: Annotated[
        date | None, Query(alias="from", ge=date(1971, 1, 1), le=date(2198, 1, 1))
    ] = None,
) -> Response:
    """Six months, every event with what it does, and what can be put back."""
    return _page(request, visit, room_id, first_month)


@router.post("/holidays")
def choose_holidays(
    request: Request, room_id: UUID, visit: Changing, holidays: Annotated[str, Form()] = ""
) -> Response:
    """Choose whose public holidays the room has."""
    code = holidays.strip()
    try:
        with visit.database.write() as transaction:
            chosen = None if code in {"", service.NO_HOLIDAYS} else code
            demand.set_holidays(transaction, room_id, chosen)
            visit.record(transaction, "chose public holidays")
    except InvalidInput as error:
        return _page(request, visit, room_id, None, faults(error), 422, code)
    return redirect(_home(room_id), "Every later forecast takes these public holidays.")


@router.post("/starters")
def enter_starters(room_id: UUID, visit: Changing) -> Response:
    """Enter the events that most rooms know."""
    by = visit.caller.user_id
    with visit.database.write() as transaction:
        offered = demand.starters(transaction, room_id)
        for each in offered:
            new = demand.add_event(transaction, room_id, each, by)
            visit.record(transaction, "entered an event", new.id)
    return redirect(_home(room_id), f"{count(len(offered), 'event')} entered.")


async def _typed(request: Request) -> forms.Typed:
    """The fields of the form."""
    form = await request.form()
    texts = text_fields(form)
    return forms.Typed(texts, [each for each in form.getlist("queues") if isinstance(each, str)])


Sent = Annotated[forms.Typed, Depends(_typed)]


@router.get("/new")
def new_event(request: Request, room_id: UUID, visit: Changing, how: str = "yearly") -> Response:
    """The form of a new event, by the way in which its dates are said."""
    how = how if how in forms.HOWS else "yearly"
    kind = {"dates": "school"}.get(how, "festive")
    return _form(request, visit, room_id, how, {**forms.PLAIN, "kind": kind})


@router.post("/new")
def add_event(
    request: Request, room_id: UUID, visit: Changing, typed: Sent, how: str = "yearly"
) -> Response:
    """Enter an event."""
    how = how if how in forms.HOWS else "yearly"
    try:
        details = forms.details_of(how, typed)
        with visit.database.write() as transaction:
            new = demand.add_event(transaction, room_id, details, visit.caller.user_id)
            visit.record(transaction, "entered an event", new.id)
    except (InvalidInput, Conflict) as error:
        return _refused(request, visit, room_id, how, typed, error)
    return redirect(_home(room_id), f"{new.name} is entered. The next forecast takes it.")


@router.get("/{event_id}")
def read_event(request: Request, room_id: UUID, event_id: UUID, visit: Changing) -> Response:
    """The form of an event."""
    with visit.database.read() as reading:
        event = demand.event(reading, room_id, event_id)
    ticked = [str(each) for each in event.details.queue_ids]
    return _form(request, visit, room_id, forms.how_of(event), forms.filled(event), ticked, event)


@router.post("/{event_id}")
def change_event(
    request: Request,
    room_id: UUID,
    event_id: UUID,
    visit: Changing,
    typed: Sent,
    version: Version,
    how: str = "",
) -> Response:
    """Change an event as a whole."""
    with visit.database.read() as reading:
        event = demand.event(reading, room_id, event_id)
    how = how if how in forms.HOWS else forms.how_of(event)
    try:
        details = forms.details_of(how, typed)
        with visit.database.write() as transaction:
            by = visit.caller.user_id
            demand.change_event(transaction, room_id, event_id, version, details, by)
            visit.record(transaction, "changed an event", event_id)
    except (InvalidInput, Conflict, Stale) as error:
        return _refused(request, visit, room_id, how, typed, error, event)
    return redirect(_home(room_id), f"{details.said.name} is changed.")


@router.post("/{event_id}/end")
def end_event(room_id: UUID, event_id: UUID, visit: Changing, version: Version) -> Response:
    """Let an event take place no more after today; its past times stay known."""
    today = visit.today()
    with visit.database.write() as transaction:
        by = visit.caller.user_id
        ended = demand.end_event(transaction, room_id, event_id, version, today, by)
        visit.record(transaction, "ended an event", event_id)
    return redirect(_home(room_id), f"{ended.name} takes place no more. Change it to go on.")


@router.post("/{event_id}/delete")
def delete_event(room_id: UUID, event_id: UUID, visit: Changing, version: Version) -> Response:
    """Take an event out of the calendar."""
    with visit.database.write() as transaction:
        demand.delete_event(transaction, room_id, event_id, version, visit.caller.user_id)
        visit.record(transaction, "deleted an event", event_id)
    return redirect(f"{_home(room_id)}#deleted", "Deleted. It can be put back.")


@router.post("/{event_id}/restore")
def restore_event(request: Request, room_id: UUID, event_id: UUID, visit: Changing) -> Response:
    """Put a deleted event back as it was."""
    try:
        with visit.database.write() as transaction:
            by = visit.caller.user_id
            restored = demand.restore_event(transaction, room_id, event_id, by)
            visit.record(transaction, "put an event back", event_id)
    except Conflict as error:
        return _page(request, visit, room_id, None, {"": error.detail}, 409)
    return redirect(_home(room_id), f"{restored.name} is back.")


def _home(room_id: UUID) -> str:
    return f"/rooms/{room_id}/demand/calendar"


def _page(
    request: Request,
    visit: Visit,
    room_id: UUID,
    first_month: date | None,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
    typed_code: str | None = None,
) -> Response:
    """The page, with a choice that was refused where one was."""
    present = visit.now().astimezone(ZoneInfo(visit.here.zone))
    today, home = visit.today(), _home(room_id)
    begin = (first_month or today).replace(day=1)
    ends = (begin, views.month_after(begin, views.MONTHS_SHOWN))
    ahead = views.month_after(today, 12)
    with visit.database.read() as reading:
        known = demand.events(reading, room_id)
        deleted = demand.events(reading, room_id, deleted=True)
        code, assumed = service.default_holidays(reading, room_id)
        named, coming = (
            service.calendar_holidays(reading, room_id, first, last)
            for first, last in (ends, (today, ahead))
        )
        effects = service.last_effects(reading, room_id)
        queues = {each.id: each.name for each in demand.queues(reading, room_id)}
        offered = demand.starters(reading, room_id)
    code = code or ""
    return page(
        request,
        "forecasts/calendar.html",
        status,
        home=home,
        file=f"/api/v1/rooms/{room_id}/events/file",
        answer=views.answer(coming, demand.occurrences(known, today, ahead), today),
        months=views.months(begin, named, demand.occurrences(known, *ends), today),
        earlier=f"?from={views.month_after(begin, -views.MONTHS_SHOWN)}",
        later=f"?from={views.month_after(begin, views.MONTHS_SHOWN)}",
        rows=views.rows(known, effects, queues, present),
        deleted=deleted,
        offered=[each.said.name for each in offered],
        code=code if typed_code is None else typed_code,
        assumed=assumed,
        nation=views.NATIONS.get(code, code),
        nations=list(views.NATIONS.items()),
        errors=errors or {},
    )


def _form(
    request: Request,
    visit: Visit,
    room_id: UUID,
    how: str,
    given: Mapping[str, Any],
    ticked: list[str] | None = None,
    event: demand.RoomEvent | None = None,
    errors: Mapping[str, str] | None = None,
    status: int = 200,
) -> Response:
    """The form of an event, new or known."""
    home = _home(room_id)
    here = f"{home}/{event.id if event else 'new'}"
    with visit.database.read() as reading:
        queues = demand.queues(reading, room_id)
    return page(
        request,
        "forecasts/event.html",
        status,
        home=home,
        event=event,
        how=how,
        action=f"{here}?how={how}",
        hows=[(words, f"{here}?how={each}", each == how) for each, words in forms.HOWS.items()],
        given=given,
        ticked=ticked or [],
        queues=[(str(each.id), each.name) for each in queues],
        kinds=list(views.KINDS.items()),
        months=forms.MONTHS,
        weekdays=[(each, each) for each in WEEKDAYS],
        nths=[(nth, words.capitalize()) for nth, words in views.NTHS.items()],
        effects=forms.EFFECTS,
        errors=errors or {},
    )


def _refused(
    request: Request,
    visit: Visit,
    room_id: UUID,
    how: str,
    typed: forms.Typed,
    error: InvalidInput | Conflict | Stale,
    event: demand.RoomEvent | None = None,
) -> Response:
    """The form as it was sent, with what is wrong in it."""
    wrong = faults(error) if isinstance(error, InvalidInput) else {"": error.detail}
    given = {**forms.PLAIN, **typed.fields}
    return _form(
        request, visit, room_id, how, given, list(typed.queues), event, wrong, error.status
    )
