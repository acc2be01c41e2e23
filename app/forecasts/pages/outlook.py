"""The Demand page: what will come, and whether it can be believed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

from fastapi import APIRouter, Depends, Form, Query, Request, Response

from app import clock
from app.auth.guard import Visit, allow
from app.db.transaction import Reading
from app.demand import service as demand
from app.errors import Conflict, InvalidInput, NotFound, invalid
from app.forecasts import service
from app.forecasts.views import outlook as laid
from app.forecasts.views.handling import accuracy_words, handling_of
from app.forecasts.views.week import HOURS_OF_DAY, accuracy_table, gap_words, week_heat
from app.jobs import service as jobs
from app.web.shell import faults, page, redirect
from app.web.views.days import Period
from forecasting.series import History

router = APIRouter(prefix="/rooms/{room_id}/demand", include_in_schema=False)

Looking = Annotated[Visit, allow("forecasts.read")]
Running = Annotated[Visit, allow("forecasts.run")]

LENGTHS = (7, 14, 28)
"""Days that the page shows at once."""

LATELY = timedelta(weeks=8)
"""Counts behind the shape of the week and the gaps; less of them make wide bands."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What part of demand to show; None for what is most likely wanted."""

    queue: UUID | None
    first_day: date | None
    days: int
    untouched: bool = False


def _asked(
    queue: UUID | None = None,
    first_day: Annotated[
        date | None, Query(alias="from", ge=date(1971, 1, 1), le=date(2198, 12, 1))
    ] = None,
    days: Annotated[int, Query(ge=1, le=28)] = 14,
    untouched: Annotated[bool, Query()] = False,
) -> Asked:
    return Asked(queue, first_day, days, untouched)


Part = Annotated[Asked, Depends(_asked)]


@dataclass(frozen=True, slots=True)
class Scene:
    """What a page of demand is about.

    Attributes:
        today: the room's present local day.
        observed: what is kept of each queue, the chosen one among them.
        chosen: the queue that is shown.
        newest: the forecast that the page begins with.
        period: the days that are shown.
        untouched: whether the forecast is shown without what people laid over it.
    """

    today: date
    observed: tuple[demand.Observed, ...]
    chosen: demand.Observed
    newest: service.Forecast | None
    period: Period
    untouched: bool = False

    def href(self, **change: object) -> str:
        """The address of the page with another part of demand."""
        now = {
            "queue": self.chosen.queue.id,
            "from": self.period.first_day,
            "days": self.period.days,
            **({"untouched": "true"} if self.untouched else {}),
        }
        return f"?{urlencode({**now, **change})}"


@router.get("")
def demand_page(request: Request, room_id: UUID, visit: Looking, part: Part) -> Response:
    """The page."""
    return _page(request, visit, room_id, part)


@router.post("/forecasts")
def make_forecast(
    request: Request,
    room_id: UUID,
    visit: Running,
    first_day: Annotated[str, Form()] = "",
    days: Annotated[str, Form()] = "",
    holidays: Annotated[str, Form()] = "",
    model: Annotated[str, Form()] = "",
) -> Response:
    """Ask for a forecast; the page then tells how far it is."""
    given = {"first_day": first_day, "days": days, "holidays": holidays, "model": model}
    try:
        wanted = _wanted(given)
        with visit.database.write() as transaction:
            asked, _ = service.ask(transaction, room_id, visit.caller.user_id, wanted)
            visit.record(transaction, "asked for a forecast", asked.id)
    except InvalidInput as error:
        part = Asked(None, None, 14)
        return _page(request, visit, room_id, part, given, faults(error), 422)
    except Conflict as error:
        part = Asked(None, None, 14)
        return _page(request, visit, room_id, part, given, {"": error.detail}, 409)
    shown = urlencode({"from": asked.first_day, "days": min(asked.days, 14)})
    return redirect(f"/rooms/{room_id}/demand?{shown}")


def _wanted(given: dict[str, str]) -> service.Wanted:
    """What the form asks for.

    Raises:
        InvalidInput: when the day or the number of days is none.
    """
    try:
        first_day = date.fromisoformat(given["first_day"].strip())
    except ValueError as error:
        raise invalid("first_day", "Give a day, such as 2026-03-02.") from error
    if not given["days"].strip().isdecimal() or len(given["days"].strip()) > 4:
        raise invalid("days", "Give a number of days.")
    holidays = given["holidays"].strip() or service.NO_HOLIDAYS
    return service.Wanted(first_day, int(given["days"]), given["model"] or None, holidays)


def _page(
    request: Request,
    visit: Visit,
    room_id: UUID,
    part: Asked,
    given: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
    status: int = 200,
) -> Response:
    """The page, with a form that was refused where one was."""
    base = f"/rooms/{room_id}/demand"
    with visit.database.read() as reading:
        scene = scene_of(reading, visit, room_id, part)
        if scene is None:
            return page(request, "forecasts/empty.html", status, base=base, errors=errors or {})
        said = said_of(reading, room_id, scene)
        shown = outlook_of(reading, room_id, scene, said)
        context = {
            **_evidence(reading, room_id, scene, shown),
            **_making(reading, room_id, scene, given),
            **_remarks(reading, room_id, scene),
            **_adjusted(reading, room_id, scene),
        }
    work = handling_of(shown, said)
    return page(
        request,
        "forecasts/demand.html",
        status,
        base=base,
        scene=scene,
        shown=shown,
        answer=laid.answer(shown, scene.today),
        table=laid.hour_table(shown),
        plot=laid,
        hours_of_day=HOURS_OF_DAY,
        queues=[
            (each.queue.name, scene.href(queue=each.queue.id), each is scene.chosen)
            for each in scene.observed
        ],
        lengths=[
            (f"{days} days", scene.href(days=days), days == scene.period.days) for days in LENGTHS
        ],
        why=laid.why_href(shown, scene.chosen.queue.id),
        picture=f"{base}/chart.svg{scene.href(v=shown.digest)}",
        work=work,
        week_picture=work and f"{base}/handling.svg{scene.href(v=work.digest)}",
        load_picture=work and f"{base}/load.svg{scene.href(v=work.load.digest)}",
        earlier=scene.href(**{"from": scene.period.date_of(-scene.period.days)}),
        later=scene.href(**{"from": scene.period.date_of(scene.period.days)}),
        errors=errors or {},
        **context,
    )


def scene_of(reading: Reading, visit: Visit, room_id: UUID, part: Asked) -> Scene | None:
    """What the page is about; None where the room has no counts.

    Raises:
        NotFound: when the queue of the address is not one of the room's with counts.
    """
    observed = demand.observed(reading, room_id)
    if not observed:
        return None
    chosen = next((e for e in observed if part.queue in {None, e.queue.id}), None)
    if chosen is None:
        raise NotFound("There is no such queue in this control room.")
    zone = visit.room.zone if visit.room else "UTC"
    present = visit.now()
    today, counted = (each.astimezone(ZoneInfo(zone)).date() for each in (present, chosen.last))
    newest = service.likely(reading, room_id, today)
    begin = _first_day(newest, today) or counted - timedelta(days=part.days - 1)
    first_day = part.first_day or begin
    return Scene(
        today, observed, chosen, newest, Period(first_day, part.days, zone), part.untouched
    )


def _first_day(newest: service.Forecast | None, today: date) -> date | None:
    """The first day of a forecast that is most likely wanted: today, where it is one of them."""
    if newest is None:
        return None
    return today if newest.first_day <= today < newest.until_day else newest.first_day


def said_of(reading: Reading, room_id: UUID, scene: Scene) -> service.ForecastValues | None:
    """What the newest forecast of the days says, or the one that the page begins with."""
    newest = service.newest(reading, room_id, scene.period.first_day) or scene.newest
    laid_over = () if scene.untouched else None
    return None if newest is None else service.values(reading, room_id, newest.id, laid_over)


def outlook_of(
    reading: Reading, room_id: UUID, scene: Scene, said: service.ForecastValues | None
) -> laid.Outlook:
    """The chosen queue over the days of a page."""
    period = scene.period
    start, end = (_instant(period.instant(day, 0)) for day in (0, period.days))
    return laid.outlook(
        scene.chosen.queue.name,
        period,
        scene.chosen.queue.interval_minutes or 15,
        said,
        _history(reading, room_id, start, end),
        _history(reading, room_id, start - laid.YEAR - LEEWAY, end - laid.YEAR + LEEWAY),
    )


LEEWAY = timedelta(hours=2)
"""The clocks may have changed on another day a year before."""


def _history(reading: Reading, room_id: UUID, since: datetime, until: datetime) -> History | None:
    """Counts of a stretch, or None where there are none."""
    try:
        return demand.history(reading, room_id, since=since, until=until)
    except NotFound:
        return None


def _instant(minute: int) -> datetime:
    return clock.EPOCH + timedelta(minutes=minute)


def _evidence(reading: Reading, room_id: UUID, scene: Scene, shown: laid.Outlook) -> dict[str, Any]:
    """The shape of the week, accuracy, and how far the counts can be believed."""
    last = scene.chosen.last + timedelta(minutes=shown.interval_minutes)
    lately = _history(reading, room_id, last - LATELY, last)
    series = None if lately is None else lately[scene.chosen.queue.name]
    zone = scene.period.zone
    accuracy = service.accuracy(reading, room_id)
    return {
        "holidays": service.holidays_within(scene.newest, scene.period.first_day, shown.last_day),
        "events": service.events_within(
            reading,
            room_id,
            scene.newest,
            scene.chosen.queue.name,
            (scene.period.first_day, shown.last_day),
        ),
        "heat": [] if series is None else week_heat(series, zone),
        "gaps": "" if series is None else gap_words(series, zone, shown.interval),
        "accuracy": accuracy_table(accuracy, shown.interval),
        "handling_accuracy": accuracy_words(accuracy.get(scene.chosen.queue.name)),
        "last_count": last,
        "doubtful": demand.to_look_at(reading, room_id).get(scene.chosen.queue.id, 0),
        "weeks": (last - scene.chosen.first) // timedelta(weeks=1),
        "is_short": last - scene.chosen.first < LATELY,
    }


def _remarks(reading: Reading, room_id: UUID, scene: Scene) -> dict[str, Any]:
    """What the forecast remarks of the chosen queue and of all, and why it took its model."""
    if scene.newest is None or scene.newest.made is None:
        return {"notes": (), "reason": ""}
    queue = scene.chosen.queue
    grounds = service.grounds(reading, room_id, scene.newest.id, queue.id)
    reason = "" if grounds is None else grounds.reason
    others = {e.queue.name for e in scene.observed} - {queue.name}
    return {"notes": laid.notes(scene.newest.made.notes, queue.name, others, reason),
            "reason": reason}  # fmt: skip


def _adjusted(reading: Reading, room_id: UUID, scene: Scene) -> dict[str, Any]:
    """What people laid over these days, and the way to the forecast without it."""
    until = scene.period.date_of(scene.period.days)
    acting = service.adjustments_on(
        reading, room_id, scene.chosen.queue.id, scene.period.first_day, until
    )
    shows = (("As adjusted", "false"), ("Untouched", "true"))
    return {
        "adjustments": service.adjustment_notes(reading, room_id, acting),
        "ways": [
            (words, scene.href(untouched=flag), scene.untouched == (flag == "true"))
            for words, flag in shows
        ],
    }


def _making(
    reading: Reading, room_id: UUID, scene: Scene, given: dict[str, str] | None
) -> dict[str, Any]:
    """The form that asks for a forecast, and the job at work on one."""
    code, assumed = service.default_holidays(reading, room_id)
    monday = scene.today + timedelta(days=7 - scene.today.weekday())
    last_day = scene.chosen.last.astimezone(ZoneInfo(scene.period.zone)).date()
    last = next(iter(service.forecasts(reading, room_id, limit=1)), None)
    job = None if last is None or last.made else jobs.job(reading, room_id, last.job_id)
    return {
        "given": given
        or {
            "first_day": monday,
            "days": 28,
            "holidays": code or "",
            "model": service.DEFAULT_MODEL,
        },
        "holidays_assumed": assumed and code,
        "models": list(service.MODELS.items()),
        "job": None if job is None or job.state == "cancelled" else job,
        "test_from": last_day - timedelta(days=28),
    }
