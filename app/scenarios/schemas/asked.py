"""What is asked of scenarios, as JSON: days, people on duty, changes, a goal."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

from pydantic import Field

from app.errors import InvalidInput, Place
from app.scenarios import service
from app.web.http.schema import Strict
from forecasting.errors import InputError
from forecasting.staffing.callers import CallBack
from forecasting.staffing.windows import Window

Name = Annotated[str, Field(min_length=1, max_length=200)]
Queue = Annotated[str, Field(min_length=1, max_length=200)]
Share = Annotated[float, Field(gt=0, le=0.999)]
Seconds = Annotated[float, Field(ge=0, le=86_400)]


class WhenGiven(Strict):
    """When a change holds; without, at all times.

    `start` and `end` are minutes after local midnight, `end` up to 24 hours after `start` and so
    above 1440 where the hours run into the next day. `days` are the weekdays on which they begin, 0
    Monday to 6 Sunday; `first_day` and `last_day` the first and last date on which they do.
    """

    start: Annotated[int, Field(ge=0, lt=1440)] = 0
    end: Annotated[int, Field(gt=0, le=2879)] = 1440
    days: Annotated[tuple[Annotated[int, Field(ge=0, le=6)], ...], Field(min_length=1)] = (
        *range(7),
    )
    first_day: date | None = None
    last_day: date | None = None

    def value(self) -> service.When:
        """The same as a value; raises `InputError` for hours that are none."""
        window = Window(self.start, self.end, frozenset(self.days))
        return service.When(window, self.first_day, self.last_day)


class CallsGiven(Strict):
    """Calls times a factor, of one queue or, without one, of all."""

    kind: Literal["calls"]
    factor: Annotated[float, Field(ge=0, le=10)]
    queue: Queue | None = None
    when: WhenGiven = WhenGiven()

    def value(self) -> service.Change:
        """The same as a value."""
        return service.CallsChange(self.factor, self.queue, self.when.value())


class HandlingGiven(Strict):
    """AHT times a factor and seconds more, of one queue or, without one, of all."""

    kind: Literal["handling"]
    seconds: Annotated[float, Field(ge=-86_400, le=86_400)] = 0.0
    factor: Annotated[float, Field(ge=0.01, le=10)] = 1.0
    queue: Queue | None = None
    when: WhenGiven = WhenGiven()

    def value(self) -> service.Change:
        """The same as a value."""
        return service.HandlingChange(self.seconds, self.factor, self.queue, self.when.value())


class PeopleGiven(Strict):
    """So many people more on duty; below 0 so many absent.

    `skills` are what those added hold, and what one of makes somebody one of those absent; without,
    every skill that a queue asks for, and anybody.
    """

    kind: Literal["people"]
    people: Annotated[int, Field(ge=-500, le=500)]
    skills: Annotated[tuple[Queue, ...], Field(max_length=20)] = ()
    when: WhenGiven = WhenGiven()

    def value(self) -> service.Change:
        """The same as a value."""
        return service.PeopleChange(self.people, self.skills, self.when.value())


class CallBackTerms(Strict):
    """How call-backs are offered: above which expected wait, and how many accept.

    `reached` is the share of accepted call-backs that reach the caller within all `attempts`;
    one that fails costs somebody `attempt_seconds`.
    """

    above_seconds: Seconds
    accepted: Annotated[float, Field(ge=0, le=1)]
    reached: Annotated[float, Field(ge=0, le=1)] = 0.965
    attempts: Annotated[int, Field(ge=1, le=20)] = 3
    attempt_seconds: Annotated[float, Field(gt=0, le=86_400)] = 30.0


class CallBacksGiven(Strict):
    """Call-backs offered to a queue's callers; `terms` null: not at all."""

    kind: Literal["call_backs"]
    queue: Queue
    terms: CallBackTerms | None

    def value(self) -> service.Change:
        """The same as a value."""
        terms = None if self.terms is None else CallBack(**self.terms.model_dump())
        return service.CallBackChange(self.queue, terms)


class ReserveGiven(Strict):
    """So many people more (below 0: fewer) kept idle for the most urgent calls."""

    kind: Literal["reserve"]
    people: Annotated[int, Field(ge=-500, le=500)]

    def value(self) -> service.Change:
        """The same as a value."""
        return service.ReserveChange(self.people)


class PatienceGiven(Strict):
    """Mean seconds that callers wait before they hang up; null: they never do."""

    kind: Literal["patience"]
    queue: Queue
    seconds: Annotated[float | None, Field(ge=1, le=86_400)]

    def value(self) -> service.Change:
        """The same as a value."""
        return service.PatienceChange(self.queue, self.seconds)


class TargetGiven(Strict):
    """Another service goal: a share answered within some seconds."""

    kind: Literal["target"]
    queue: Queue
    share: Share
    within_seconds: Seconds

    def value(self) -> service.Change:
        """The same as a value."""
        return service.TargetChange(self.queue, self.share, self.within_seconds)


ChangeGiven = Annotated[
    CallsGiven
    | HandlingGiven
    | PeopleGiven
    | CallBacksGiven
    | ReserveGiven
    | PatienceGiven
    | TargetGiven,
    Field(discriminator="kind"),
]
"""A change, told by its `kind`."""


class SeekGiven(Strict):
    """A goal to be reached by people added: a share of a queue's calls answered in time.

    `over`: whether all days together must reach it, or every hour by itself.
    """

    queue: Queue
    share: Share
    over: service.Over = "period"


class WantedScenario(Strict):
    """What to simulate: some local days, who is on duty, and what is otherwise.

    Without `roster_id` those are on duty whose shifts are published; without `requirement_id` calls
    and terms are those of the newest requirement over the days. `against` is a scenario of the same
    days to compare with: its calls, runs and seed hold, so that both meet the same callers.
    """

    first_day: date
    days: Annotated[int, Field(ge=1, le=28)] = 7
    name: Name | None = None
    roster_id: UUID | None = None
    requirement_id: UUID | None = None
    changes: Annotated[tuple[ChangeGiven, ...], Field(max_length=20)] = ()
    seek: SeekGiven | None = None
    against: UUID | None = None
    runs: Annotated[int, Field(ge=20, le=400)] = service.RUNS
    seed: Annotated[int, Field(ge=0, lt=2**31)] = service.SEED

    def wanted(self) -> service.Wanted:
        """The same as a value.

        Raises:
            InvalidInput: when the hours of a change are none.
        """
        changes, faults = [], []
        for place, given in enumerate(self.changes):
            try:
                changes.append(given.value())
            except InputError as error:
                faults.append(Place(f"changes[{place}]", error.message))
        if faults:
            raise InvalidInput(faults)
        said = {name: getattr(self, name) for name in type(self).model_fields}
        said |= {"changes": tuple(changes)}
        if self.seek is not None:
            said |= {"seek": service.Seek(self.seek.queue, self.seek.share, self.seek.over)}
        return service.Wanted(**said)


class Reason(Strict):
    """Why a scenario is used in the next roster."""

    reason: str = Field(min_length=1, max_length=300)


class NewName(Strict):
    """What a scenario is to be called."""

    name: Name
