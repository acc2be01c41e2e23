"""What is told of scenarios, as JSON: what was asked, what came of it, two side by side."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

import numpy as np
import numpy.typing as npt

from app.jobs.service import State
from app.scenarios import service
from app.scenarios.schemas.asked import ChangeGiven, SeekGiven
from app.web.http.schema import Answer, When


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


class HandedOver(Answer):
    """A scenario used in the next roster: ask for a roster with this `requirement_id`.

    `purpose` tells what is otherwise in it; `rostered_hours` are those that a roster must find, for
    all days of the requirement.
    """

    requirement_id: UUID
    purpose: str
    first_day: date
    last_day: date
    rostered_hours: float


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
