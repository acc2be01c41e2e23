"""Events of a control room's calendar as JSON."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from app.demand import service
from app.web.http.schema import Answer, Strict, Weekday, When
from forecasting.event_file import WEEKDAYS, clock
from forecasting.events import (
    LARGEST_PERCENT,
    MINUTES_PER_DAY,
    MOST_DAYS,
    Effect,
    Event,
    Given,
    Learned,
    LikeLast,
    NthWeekday,
    Stated,
    Yearly,
)
from forecasting.events import When as Dates

MOST_DATES = 400

Month = Annotated[int, Field(ge=1, le=12)]
Days = Annotated[int, Field(ge=1, le=MOST_DAYS)]
Clock = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d$")]
Day = Annotated[date, Field(ge=date(1971, 1, 1), le=date(2198, 12, 31))]


class YearlyDates(Strict):
    """A date of every year, and how many days it lasts."""

    how: Literal["yearly"]
    month: Month
    day: Annotated[int, Field(ge=1, le=31)]
    days: Days = 1


class WeekdayDates(Strict):
    """A weekday of a month of every year: the `nth`, or the last (-1), and how many days."""

    how: Literal["weekday"]
    month: Month
    weekday: Weekday
    nth: Literal[-1, 1, 2, 3, 4]
    days: Days = 1


class SpanDates(Strict):
    """First and last day of one occurrence."""

    first: Day
    last: Day


class GivenDates(Strict):
    """Dates that follow no rule, such as matches or school holidays, past ones among them."""

    how: Literal["dates"]
    dates: Annotated[tuple[SpanDates, ...], Field(min_length=1, max_length=MOST_DATES)]


class LearnedEffect(Strict):
    """Learned by hour from past occurrences, shrunk where they are few."""

    how: Literal["learned"]


class LikeLastEffect(Strict):
    """As the last occurrence was."""

    how: Literal["like_last"]


class StatedEffect(Strict):
    """So many per cent more calls than without the event, fewer if negative."""

    how: Literal["stated"]
    percent: Annotated[float, Field(ge=-100, le=LARGEST_PERCENT)]


AnyDates = Annotated[YearlyDates | WeekdayDates | GivenDates, Field(discriminator="how")]
AnyEffect = Annotated[LearnedEffect | LikeLastEffect | StatedEffect, Field(discriminator="how")]
Kind = Literal["school", "festive", "sport", "festival", "other"]


class EventInput(Strict):
    """An event: its dates, the hours of each of its days, and where its effect is taken from.

    Without `queue_ids` it is felt in all queues. `begins` and `until` are by the wall clock; an
    `until` that is not after `from` is the next day's, and without both it lasts the whole day.
    `since` and `last` are the first and the last day on which it may begin.
    """

    name: Annotated[str, Field(min_length=1, max_length=80)]
    kind: Kind
    when: AnyDates
    effect: AnyEffect
    queue_ids: Annotated[tuple[UUID, ...], Field(max_length=100)] = ()
    begins: Clock = "00:00"
    until: Clock = "00:00"
    since: Day | None = None
    last: Day | None = None

    def details(self) -> service.EventDetails:
        """The event as the service takes it.

        Raises:
            InvalidInput: naming the field that cannot be used.
        """
        begins, until = (_minute(each) for each in (self.begins, self.until))
        when = service.in_field("when", lambda: _dates(self.when))
        said = service.in_field(
            "name",
            lambda: Event(
                self.name.strip(),
                when,
                begins,
                (until - begins) % MINUTES_PER_DAY or MINUTES_PER_DAY,
                _effect(self.effect),
                self.since,
                self.last,
            ),
        )
        return service.EventDetails(self.kind, said, tuple(dict.fromkeys(self.queue_ids)))


class EventAnswer(Answer):
    """An event of a calendar; `deleted_at` is null while it counts."""

    id: UUID
    version: int
    name: str
    kind: Kind
    when: AnyDates
    effect: AnyEffect
    queue_ids: tuple[UUID, ...]
    begins: str
    until: str
    since: date | None
    last: date | None
    changed_at: When
    changed_by: UUID
    deleted_at: When | None

    @classmethod
    def of(cls, event: service.RoomEvent) -> EventAnswer:
        """An event as it stands."""
        said = event.details.said
        return cls(
            id=event.id,
            version=event.version,
            name=said.name,
            kind=event.details.kind,
            when=_told_dates(said.when),
            effect=_told_effect(said.effect),
            queue_ids=event.details.queue_ids,
            begins=clock(said.begins),
            until=clock((said.begins + said.minutes) % MINUTES_PER_DAY),
            since=said.since,
            last=said.last,
            changed_at=event.changed_at,
            changed_by=event.changed_by,
            deleted_at=event.deleted_at,
        )


class EventList(Answer):
    """Events of a control room, by name."""

    events: tuple[EventAnswer, ...]


def _minute(text: str) -> int:
    return int(text[:2]) * 60 + int(text[3:])


def _dates(said: YearlyDates | WeekdayDates | GivenDates) -> Dates:
    if isinstance(said, YearlyDates):
        return Yearly(said.month, said.day, said.days)
    if isinstance(said, WeekdayDates):
        return NthWeekday(said.month, WEEKDAYS.index(said.weekday), said.nth, said.days)
    return Given(tuple((each.first, each.last) for each in said.dates))


def _told_dates(when: Dates) -> YearlyDates | WeekdayDates | GivenDates:
    if isinstance(when, Yearly):
        return YearlyDates(how="yearly", month=when.month, day=when.day, days=when.days)
    if isinstance(when, NthWeekday):
        return WeekdayDates.model_validate(
            {
                "how": "weekday",
                "month": when.month,
                "weekday": WEEKDAYS[when.weekday],
                "nth": when.nth,
                "days": when.days,
            }
        )
    dates = tuple(SpanDates(first=first, last=last) for first, last in when.each)
    return GivenDates(how="dates", dates=dates)


def _effect(said: LearnedEffect | LikeLastEffect | StatedEffect) -> Effect:
    if isinstance(said, StatedEffect):
        return Stated(said.percent)
    return LikeLast() if isinstance(said, LikeLastEffect) else Learned()


def _told_effect(effect: Effect) -> LearnedEffect | LikeLastEffect | StatedEffect:
    if isinstance(effect, Stated):
        return StatedEffect(how="stated", percent=effect.percent)
    if isinstance(effect, LikeLast):
        return LikeLastEffect(how="like_last")
    return LearnedEffect(how="learned")
