"""The calendar of a room and the events of its forecasts as JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from app.demand import service as demand
from app.forecasts import service
from app.web.http.schema import Answer, Strict


class HolidaysInput(Strict):
    """Whose public holidays a room has: a code such as `GB-WLS` or `US-TX`, or `none`."""

    holidays: Annotated[str, Field(min_length=1, max_length=16)]


class CalendarDay(Answer):
    """Something that falls on some local days; `event_id` is null for a public holiday."""

    first: date
    last: date
    name: str
    kind: Literal["public_holiday", "school", "festive", "sport", "festival", "other"]
    event_id: UUID | None


class CalendarAnswer(Answer):
    """A room's calendar from a local day to another, in order of time.

    `holidays` is the code of its public holidays, null for none; `assumed` says that nobody chose
    it and it is that of the time zone.
    """

    holidays: str | None
    assumed: bool
    days: tuple[CalendarDay, ...]

    @classmethod
    def of(
        cls,
        chosen: tuple[str | None, bool],
        holidays: Mapping[date, str],
        occurrences: Sequence[demand.Occurrence],
    ) -> CalendarAnswer:
        """Public holidays and events together."""
        days = [
            CalendarDay(first=day, last=day, name=name, kind="public_holiday", event_id=None)
            for day, name in holidays.items()
        ]
        days += [
            CalendarDay(
                first=each.first,
                last=each.last,
                name=each.event.name,
                kind=each.event.details.kind,
                event_id=each.event.id,
            )
            for each in occurrences
        ]
        days.sort(key=lambda each: (each.first, each.last, each.name))
        return cls(holidays=chosen[0], assumed=chosen[1], days=tuple(days))


class EventEffect(Answer):
    """What an event did to a queue in a forecast.

    Factors are on the calls that would come without it: `whole` on those of all its hours, `hours`
    on those of each hour since it begins. `seen` past times were learned from; `shown` is what they
    alone would say, null where there was none.
    """

    queue_id: UUID
    seen: int
    whole: float
    shown: float | None
    hours: tuple[float, ...]


class ForecastEvent(Answer):
    """An event as it stood when a forecast was made, and what it did by queue."""

    event_id: UUID
    name: str
    effects: tuple[EventEffect, ...]

    @classmethod
    def of(cls, used: service.ForecastEvent) -> ForecastEvent:
        """An event of a forecast."""
        return cls(
            event_id=used.event_id,
            name=used.said.name,
            effects=tuple(
                EventEffect(
                    queue_id=queue,
                    seen=done.seen,
                    whole=done.whole,
                    shown=done.shown,
                    hours=done.factors,
                )
                for queue, done in used.by_queue.items()
            ),
        )


class ForecastEvents(Answer):
    """The events that a forecast was made with, by name; none of one made without."""

    events: tuple[ForecastEvent, ...]
