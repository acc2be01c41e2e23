"""Scenarios as JSON."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal
from uuid import UUID

import numpy as np
import numpy.typing as npt
from pydantic import Field

from app.errors import InvalidInput, Place
from app.jobs.service import State
from app.scenarios import service
from app.web.http.schema import Answer, Strict, When
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


class NewName(Strict):
    """What a scenario is to be called."""

    name: Name


class ScenarioAnswer(Answer):
    """A scenario; `made_at` is null until it is answered.

    `state` is `answered`, or the state of its job, which says why where it failed. `changes` are as
    they were given, `words` the same in words. `notes` say what a person should know.
    """

    id: UUID
    room_id: UUID
    name: str
    version: int
    asked_by: UUID
    asked_at: When
    job_id: UUID
    first_day: date
    last_day: date
    days: int
    zone: str
    forecast_id: UUID
    requirement_id: UUID
    roster_id: UUID | None
    roster_name: str
    changes: tuple[ChangeGiven, ...]
    words: tuple[str, ...]
    seek: SeekGiven | None
    against: UUID | None
    runs: int
    seed: int
    notes: tuple[str, ...]
    state: Literal["answered"] | State
    made_at: When | None

    @classmethod
    def of(cls, scenario: service.Scenario, state: State) -> ScenarioAnswer:
        """A scenario and the state of its job."""
        own = {"changes", "words", "seek", "state"}
        said = {name: getattr(scenario, name) for name in cls.model_fields if name not in own}
        said |= {
            "changes": [service.document(each) for each in scenario.changes],
            "words": [service.change_words(each) for each in scenario.changes],
            "seek": scenario.seek and SeekGiven(**scenario.seek.document()),
            "state": "answered" if scenario.made_at else state,
        }
        return cls.model_validate(said)


class ScenarioList(Answer):
    """Scenarios of a control room, newest first."""

    scenarios: tuple[ScenarioAnswer, ...]


class FigureAnswer(Answer):
    """A mean over runs and half the width of its 95 % confidence interval; null: not known."""

    mean: float | None
    half_width: float | None

    @classmethod
    def of(cls, figure: service.Figure) -> FigureAnswer:
        """A figure."""
        mean, half = (None if np.isnan(each) else round(each, 6) for each in figure)
        return cls(mean=mean, half_width=half)


class MeasureAnswer(Answer):
    """One thing measured over all days.

    `unit` says whether it is a share of one or seconds; `goal` what it should reach, if anything.
    """

    key: str
    label: str
    unit: Literal["share", "seconds"]
    more_is_better: bool | None
    goal: float | None
    figure: FigureAnswer

    @classmethod
    def of(cls, measure: service.Measure) -> MeasureAnswer:
        """A measure."""
        said = {name: getattr(measure, name) for name in cls.model_fields if name != "figure"}
        return cls(**said, figure=FigureAnswer.of(service.figure(measure.values)))


class QueueHours(Answer):
    """A queue, a value for each interval: calls expected, people on duty who serve it.

    `in_time` is the share answered in time, `half_width` half the width of its 95 % interval; both
    are null where nobody calls.
    """

    queue: str
    within_seconds: float
    calls: list[float]
    in_time: list[float | None]
    half_width: list[float | None]
    on_duty: list[int]


class AdditionAnswer(Answer):
    """People added to reach a goal, from an instant until another."""

    people: int
    start: When
    end: When


class SoughtAnswer(Answer):
    """What a search for more people came to: who was added when, and whether the goal holds.

    `before` is the share answered in time without them.
    """

    reached: bool
    rounds: int
    before: float
    person_hours: float
    added: tuple[AdditionAnswer, ...]


class ScenarioValues(Answer):
    """What came of a scenario: measures over all days, and intervals from `start` on.

    The share answered in time is of all calls offered.
    """

    start: When
    interval_minutes: int
    intervals: int
    measures: tuple[MeasureAnswer, ...]
    person_hours_missing: float
    queues: tuple[QueueHours, ...]
    sought: SoughtAnswer | None

    @classmethod
    def of(cls, found: service.Answered) -> ScenarioValues:
        """An answered scenario."""
        basis, result = found.basis, found.result
        return cls(
            start=basis.start,
            interval_minutes=basis.interval_minutes,
            intervals=basis.intervals,
            measures=tuple(map(MeasureAnswer.of, found.measures.values())),
            person_hours_missing=found.missing_hours,
            queues=tuple(
                QueueHours(
                    queue=terms.queue,
                    within_seconds=terms.within_seconds,
                    calls=[float(f"{each:.6g}") for each in basis.calls[terms.queue]],
                    in_time=_known(result.quarters[:, place, 0]),
                    half_width=_known(result.quarters[:, place, 1]),
                    on_duty=service.on_duty(basis, (terms.queue,)).tolist(),
                )
                for place, terms in enumerate(basis.terms)
            ),
            sought=_sought(found),
        )


def _known(values: npt.NDArray[np.float64]) -> list[float | None]:
    return [None if np.isnan(each) else round(float(each), 4) for each in values]


def _sought(found: service.Answered) -> SoughtAnswer | None:
    sought, basis = found.result.sought, found.basis
    if sought is None:
        return None
    return SoughtAnswer(
        reached=sought.reached,
        rounds=sought.rounds,
        before=round(sought.before, 6),
        person_hours=sought.person_intervals * basis.interval_minutes / 60,
        added=tuple(
            AdditionAnswer(
                people=each.people, start=basis.instant(each.first), end=basis.instant(each.end)
            )
            for each in sought.additions()
        ),
    )


class DifferenceAnswer(Answer):
    """One measure of both scenarios: what B has more than A, runs with the same callers paired.

    `chance_b_is_better` is the share of runs in which it is; `better` is null inside the noise.
    """

    key: str
    label: str
    unit: Literal["share", "seconds"]
    a: FigureAnswer
    b: FigureAnswer
    difference: FigureAnswer
    chance_b_is_better: float | None
    better: Literal["a", "b"] | None


class Comparison(Answer):
    """Two scenarios of the same days side by side."""

    a: ScenarioAnswer
    b: ScenarioAnswer
    person_hours_missing: tuple[float, float]
    measures: tuple[DifferenceAnswer, ...]

    @classmethod
    def of(cls, both: service.Compared) -> Comparison:
        """Two answered scenarios."""
        a, b = both.a, both.b
        return cls(
            a=ScenarioAnswer.of(a.scenario, "done"),
            b=ScenarioAnswer.of(b.scenario, "done"),
            person_hours_missing=(a.missing_hours, b.missing_hours),
            measures=tuple(
                DifferenceAnswer(
                    key=key,
                    label=a.measures[key].label,
                    unit=a.measures[key].unit,
                    a=FigureAnswer.of(service.figure(a.measures[key].values)),
                    b=FigureAnswer.of(service.figure(b.measures[key].values)),
                    difference=FigureAnswer.of(found.figure),
                    chance_b_is_better=found.chance,
                    better=found.verdict,
                )
                for key, found in both.differences.items()
            ),
        )
