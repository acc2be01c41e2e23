"""The schedule of a room's forecasts as JSON."""

from __future__ import annotations

from typing import Annotated, cast
from uuid import UUID

from pydantic import Field

from app.forecasts import service
from app.web.http.schema import Answer, Strict, Weekday, When
from forecasting.event_file import WEEKDAYS


class ScheduleGiven(Strict):
    """Every week on which day, at which full hour of the room's time, for how many weeks ahead.

    Model and holidays are as when a forecast is asked for.
    """

    weekday: Weekday = "Monday"
    hour: Annotated[int, Field(ge=0, le=23)] = 6
    weeks: Annotated[int, Field(ge=1, le=53)] = 8
    model: Annotated[str | None, Field(min_length=1, max_length=64)] = None
    holidays: Annotated[str | None, Field(min_length=1, max_length=16)] = None

    def wanted(self) -> service.WantedSchedule:
        """What is asked."""
        day = WEEKDAYS.index(self.weekday)
        return service.WantedSchedule(day, self.hour, self.weeks, self.model, self.holidays)


class ScheduleAnswer(Answer):
    """The schedule of a room's forecasts, when its next run is due, and what came of its last.

    `last_forecast_id` is the last forecast that it asked for; `last_words` say why the last run
    asked for none.
    """

    weekday: Weekday
    hour: int
    weeks: int
    model: str | None
    holidays: str | None
    set_by: UUID
    set_at: When
    next_run: When
    last_due: When | None
    last_forecast_id: UUID | None
    last_words: str

    @classmethod
    def of(cls, known: service.Schedule, zone: str) -> ScheduleAnswer:
        """A schedule in a zone."""
        wanted = known.wanted
        return cls(
            weekday=cast("Weekday", WEEKDAYS[wanted.weekday]),
            hour=wanted.hour,
            weeks=wanted.weeks,
            model=wanted.model,
            holidays=wanted.holidays,
            set_by=known.set_by,
            set_at=known.set_at,
            next_run=service.next_run(known, zone),
            last_due=known.last_due,
            last_forecast_id=known.last_forecast_id,
            last_words=known.last_words,
        )
