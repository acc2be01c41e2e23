"""Adjusting the forecast: what one would do before it is laid, and how those before it did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Form, Query, Request, Response

from app.auth import service as auth
from app.auth.guard import Visit, allow
from app.db.transaction import Reading
from app.demand import service as demand
from app.errors import Conflict, InvalidInput, invalid
from app.forecasts import service
from app.forecasts.views import adjustments as views
from app.web.http.typed import text_fields
from app.web.shell import faults, page, redirect
from app.web.views.days import Period

router = APIRouter(prefix="/rooms/{room_id}/demand/adjust", include_in_schema=False)

Looking = Annotated[Visit, allow("forecasts.read")]
Running = Annotated[Visit, allow("forecasts.run")]
Day = Annotated[date | None, Query(ge=date(1971, 1, 1), le=date(2198, 12, 1))]
Clock = Annotated[str, Query(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]

SHOWN = 20
"""Adjustments on a page."""


@router.get("")
def adjust_page(
    request: Request,
    room_id: UUID,
    visit: Looking,
    queue: UUID | None = None,
    first_day: Annotated[Day, Query(alias="from")] = None,
    days: Annotated[int, Query(ge=1, le=28)] = 1,
    begins: Clock = "00:00",
    until: Clock = "00:00",
    after: UUID | None = None,
) -> Response:
    """The form, filled with the hours that were looked at, and every adjustment."""
    today = visit.today()
    period = Period(first_day or today, days, visit.here.zone)
    given = views.first_form(queue, period, today, begins, until)
    return _page(request, visit, room_id, given, "0123456", after=after)


async def _typed(request: Request) -> tuple[dict[str, str], list[str]]:
    """The fields of the form, and the weekdays that are ticked."""
    form = await request.form()
    fields = text_fields(form)
    return fields, [each for each in form.getlist("weekdays") if isinstance(each, str)]


Typed = Annotated[tuple[dict[str, str], list[str]], Depends(_typed)]


@router.post("")
def adjust(request: Request, room_id: UUID, visit: Running, typed: Typed) -> Response:
    """Show what an adjustment would do, or lay it as it was shown."""
    given, weekdays = typed
    try:
        wanted = views.wanted_of(given, weekdays)
        with visit.database.read() as reading:
            shown = service.preview(reading, room_id, wanted)
        if given.get("act") == "lay" and given.get("seen") == views.digest(wanted):
            with visit.database.write() as transaction:
                laid = service.lay(transaction, room_id, visit.caller.user_id, wanted)
                visit.record(transaction, "laid an adjustment over forecasts", laid.id)
            words = "Laid over the forecast. People needed follow when they are worked out again."
            return redirect(f"/rooms/{room_id}/demand/adjust#laid", words)
    except InvalidInput as error:
        return _page(request, visit, room_id, given, weekdays, errors=_wrong(error), status=422)
    return _page(request, visit, room_id, given, weekdays, shown=shown, seen=views.digest(wanted))


def _wrong(error: InvalidInput) -> dict[str, str]:
    """What is wrong, at the field of the form that it is about."""
    return {
        ("queue" if name == "queue_id" else name): words for name, words in faults(error).items()
    }


@router.post("/{adjustment_id}/end")
def end(
    request: Request,
    room_id: UUID,
    adjustment_id: UUID,
    visit: Running,
    reason: Annotated[str, Form()] = "",
) -> Response:
    """Let an adjustment act no longer."""
    try:
        with visit.database.write() as transaction:
            service.end(transaction, room_id, adjustment_id, visit.caller.user_id, reason)
            visit.record(transaction, "ended an adjustment of forecasts", adjustment_id)
    except (InvalidInput, Conflict) as error:
        return _refused(request, visit, room_id, error)
    words = "Ended. What it did before stands and is still held against the counts."
    return redirect(f"/rooms/{room_id}/demand/adjust#laid", words)


@router.post("/{adjustment_id}/review")
def review(
    request: Request,
    room_id: UUID,
    adjustment_id: UUID,
    visit: Running,
    reason: Annotated[str, Form()] = "",
    review_on: Annotated[str, Form()] = "",
) -> Response:
    """Let an adjustment stand until the next look."""
    try:
        with visit.database.write() as transaction:
            by, day = visit.caller.user_id, _day(review_on)
            service.review(transaction, room_id, adjustment_id, by, reason, day)
            visit.record(transaction, "looked again at an adjustment of forecasts", adjustment_id)
    except (InvalidInput, Conflict) as error:
        return _refused(request, visit, room_id, error)
    return redirect(f"/rooms/{room_id}/demand/adjust#laid", "It stands until the next look.")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text.strip())
    except ValueError as error:
        raise invalid("review_on", "Give a day, such as 2026-03-02.") from error


def _refused(
    request: Request, visit: Visit, room_id: UUID, error: InvalidInput | Conflict
) -> Response:
    """The page with what is wrong at its head, since each adjustment has a form of its own."""
    today = visit.today()
    given = views.first_form(None, Period(today, 1, visit.here.zone), today, "00:00", "00:00")
    words = " ".join(faults(error).values()) if isinstance(error, InvalidInput) else error.detail
    status = 422 if isinstance(error, InvalidInput) else 409
    return _page(request, visit, room_id, given, "0123456", errors={"": words}, status=status)


def _page(
    request: Request,
    visit: Visit,
    room_id: UUID,
    given: Mapping[str, str],
    weekdays: Sequence[str],
    *,
    errors: Mapping[str, str] | None = None,
    shown: service.Preview | None = None,
    seen: str = "",
    after: UUID | None = None,
    status: int = 200,
) -> Response:
    """The page, with what an adjustment would do or what is wrong with it."""
    zone, today = visit.here.zone, visit.today()
    with visit.database.read() as reading:
        queues = demand.queues(reading, room_id)
        found = service.adjustments(reading, room_id, after, SHOWN + 1)
        told = service.told_adjustments(reading, room_id, found[:SHOWN])
        own = service.record(reading, room_id, visit.caller.user_id)
        record = views.record_words(service.record(reading, room_id), own)
        names = _names(reading, visit, told)
        context: dict[str, Any] = {}
        if shown is not None:
            (one,) = service.told_adjustments(reading, room_id, [shown.laid])
            hint = service.alike_words(reading, room_id, shown.size)
            context = {"words": one.words, "hint": hint, "effects": views.effects(shown, zone)}
    base = f"/rooms/{room_id}/demand"
    more = len(found) > SHOWN
    return page(
        request,
        "forecasts/adjust.html",
        status,
        base=base,
        given=given,
        ticked=weekdays,
        weekdays=views.WEEKDAYS,
        units=views.UNITS,
        queues=[("", "Every queue"), *((str(each.id), each.name) for each in queues)],
        errors=errors or {},
        shown=shown,
        seen=seen,
        record=record,
        lines=views.lines(told, names, today, zone),
        today=today,
        next_href=f"{base}/adjust?after={found[SHOWN - 1].id}#laid" if more else "",
        first_href=f"{base}/adjust#laid" if after else "",
        **context,
    )


def _names(
    reading: Reading, visit: Visit, told: Sequence[service.ToldAdjustment]
) -> dict[UUID, str]:
    """Names of those who laid, looked and ended."""
    users = {each.laid.laid_by for each in told} | {look.by for e in told for look in e.reviews}
    users |= {each.laid.ended_by for each in told if each.laid.ended_by is not None}
    return auth.names_of(reading, visit.force_id, users)
