"""Why a forecast says what it says: one interval in words, and what all of them are made of."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Annotated
from urllib.parse import urlencode
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np
from fastapi import APIRouter, Query, Request, Response

from app import clock
from app.auth import service as auth
from app.auth.guard import Visit, allow
from app.db.transaction import Reading
from app.demand import service as demand
from app.errors import InvalidInput, invalid
from app.forecasts import service
from app.forecasts.views import why as views
from app.forecasts.views import why_words as words
from app.forecasts.views.week import HOURS_OF_DAY
from app.web.shell import faults, page
from app.web.words import day_words

router = APIRouter(prefix="/rooms/{room_id}/demand/why", include_in_schema=False)

Looking = Annotated[Visit, allow("forecasts.read")]
Typed = Annotated[str, Query(max_length=50)]

SOON = timedelta(days=7)
"""The busiest interval of these is explained where none is asked for."""


@dataclass(frozen=True, slots=True)
class Subject:
    """An interval that can be explained.

    Attributes:
        forecast: the newest that holds its day.
        queue_id: the queue.
        at: when it begins, or an instant in it, by the room's zone.
    """

    forecast: service.Forecast
    queue_id: UUID
    at: datetime

    @property
    def given(self) -> dict[str, str]:
        """The form that asks for it."""
        day, clock = self.at.date(), f"{self.at:%H:%M}"
        return {"queue": str(self.queue_id), "day": str(day), "time": clock}

    def href(self, step: timedelta = timedelta(0)) -> str:
        """The address of an interval some steps from it."""
        wall = (self.at.astimezone(UTC) + step).astimezone(self.at.tzinfo)
        said = {**replace(self, at=wall).given, **({"again": "true"} if wall.fold else {})}
        return f"?{urlencode(said)}"


@router.get("")
def why_page(
    request: Request,
    room_id: UUID,
    visit: Looking,
    queue: Typed = "",
    day: Typed = "",
    time: Typed = "",
    again: Annotated[bool, Query()] = False,
) -> Response:
    """The page: of the busiest interval soon, or that day, where no time is asked for."""
    given = {"queue": queue, "day": day, "time": time}
    context: dict[str, object] = {"given": given, "found": None}
    errors: dict[str, str] = {}
    with visit.database.read() as reading:
        queues = [(str(each.id), each.name) for each in demand.queues(reading, room_id)]
        try:
            subject = _subject(reading, visit, room_id, given, again)
            if subject is not None:
                context = _explained(reading, visit, subject)
        except InvalidInput as error:
            errors = faults(error)
    return page(
        request,
        "forecasts/why.html",
        422 if errors else 200,
        base=f"/rooms/{room_id}/demand",
        queues=queues,
        errors=errors,
        **context,
    )


def _subject(
    reading: Reading, visit: Visit, room_id: UUID, given: dict[str, str], again: bool
) -> Subject | None:
    """What is asked for, or else the busiest interval soon; None where no forecast is made.

    Raises:
        InvalidInput: when it is no queue, day or time, or the day is not forecast.
    """
    zone, asked = ZoneInfo(visit.here.zone), _day(given["day"])
    known = (service.likely(reading, room_id, visit.today()) if asked is None
             else service.newest(reading, room_id, asked))  # fmt: skip
    if known is None and asked is not None and service.newest(reading, room_id) is not None:
        raise invalid("day", f"No forecast holds {day_words(asked)} {asked.year}.")
    if known is None:
        return None
    forecast_of = service.values(reading, room_id, known.id)
    ids = {
        str(each.id): each
        for each in demand.queues(reading, room_id)
        if each.name in forecast_of.by_queue
    }
    chosen = ids.get(given["queue"]) if given["queue"] else next(iter(ids.values()), None)
    if chosen is None:
        raise invalid("queue", "This queue is not in the forecast. Choose another.")
    if given["time"] and asked is None:
        raise invalid("day", "Give the day of that time.")
    if given["time"] and asked is not None:
        return Subject(known, chosen.id, _instant(asked, given["time"], zone, again))
    first = asked or max(known.first_day, min(visit.today(), known.until_day - SOON))
    days = (first, first + (timedelta(days=1) if asked else SOON))
    return Subject(known, chosen.id, _busiest(forecast_of, chosen.name, days, zone))


def _busiest(
    said: service.ForecastValues, queue: str, days: tuple[date, date], zone: ZoneInfo
) -> datetime:
    """The interval with the most calls expected from a local day to before another."""
    edges = (datetime.combine(each, time(), zone).astimezone(UTC) for each in days)
    since, until = (np.datetime64(each.replace(tzinfo=None)) for each in edges)
    within = (said.starts >= since) & (said.starts < until)
    place = int(np.argmax(np.where(within, said.by_queue[queue].mean, -1.0)))
    busiest: datetime = said.starts[place].astype("datetime64[s]").item()
    return busiest.replace(tzinfo=UTC).astimezone(zone)


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError as error:
        raise invalid("day", "Give a day, such as 2026-03-02.") from error


def _instant(day: date, text: str, zone: ZoneInfo, again: bool) -> datetime:
    """The instant of a wall-clock time; of one that comes twice, the second where `again`.

    Raises:
        InvalidInput: when it is no time, or never comes on that day.
    """
    try:
        wall = time.fromisoformat(text.strip())
    except ValueError as error:
        raise invalid("time", "Give a time, such as 22:00.") from error
    found = clock.instants(datetime.combine(day, wall.replace(tzinfo=None)), zone)
    if not found:
        gone = f"The clocks go forward on {day_words(day)}: {wall:%H:%M} never comes."
        raise invalid("time", f"{gone} Choose another time.")
    return found[-1 if again else 0].astimezone(zone)


def _explained(reading: Reading, visit: Visit, subject: Subject) -> dict[str, object]:
    """Why the forecast says what it says of the interval, and what it is made of in all."""
    room_id, known, queue_id = subject.forecast.room_id, subject.forecast, subject.queue_id
    found = service.explanation(reading, room_id, known.id, queue_id, subject.at)
    names = auth.names_of(reading, visit.force_id, (each.by for each in found.laid))
    laid = service.adjustments_on(reading, room_id, queue_id, known.first_day, known.until_day)
    made = found.grounds
    step = timedelta(minutes=found.interval_minutes)
    lead, *more = words.sentences(found, known.model, names)
    shown = replace(subject, at=found.start.astimezone(subject.at.tzinfo))
    context: dict[str, object] = {
        "given": shown.given,
        "found": found,
        "known": known,
        "lead": lead,
        "more": more,
        "rows": views.factor_rows(found, names) if found.is_told else (),
        "earlier": shown.href(-step),
        "later": shown.href(step),
        "twin": _twin(shown) if found.clocks == "twice" else "",
        "adjustments": service.adjustment_notes(reading, room_id, laid),
        "hours_of_day": HOURS_OF_DAY,
    }
    if made is None:
        return {**context, "level": None}
    week_words, heat = views.week(made)
    return {
        **context,
        "level": views.level(made),
        "week_words": week_words,
        "heat": heat,
        "season": views.season(made),
        "holidays": views.holidays(made),
        "events": views.events(made),
    }


def _twin(subject: Subject) -> str:
    """The address of the other hour of the same name."""
    hour = timedelta(hours=1)
    return subject.href(-hour if subject.at.fold else hour)
