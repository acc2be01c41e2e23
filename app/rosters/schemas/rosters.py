"""Rosters, their shifts, breaches and cover as JSON."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.jobs.service import State as JobState
from app.rosters import service
from app.rosters.schemas.weighing import DialPair
from app.rosters.service import LinePair, Opened, Roster, RosterShift, State, Summary
from app.web.http.schema import Answer, Strict, When
from rostering.dials import Level
from rostering.files import instant_text
from rostering.rules.base import Breach, Dial

Name = Annotated[str, Field(min_length=1, max_length=200)]


class WantedRoster(Strict):
    """What to make a roster of.

    `seconds` is the time for the search; `requirement_id` the people needed, without it the newest
    that covers the period; `like` a roster of the same period to go on from, whose pins are kept.
    With `least_change` that roster stands, and as little of it changes as possible: the period is
    then what is left of it, from `first_day` to its last day. `dials` says what weighs more or less
    than the rulebook sets it; without it they stand as in the roster that is gone on from.
    """

    first_day: date
    days: Annotated[int, Field(ge=1, le=182)] = 28
    name: Name | None = None
    seconds: Annotated[int, Field(ge=1, le=86_400)] = 120
    requirement_id: UUID | None = None
    like: UUID | None = None
    least_change: bool = False
    dials: dict[Dial, Level] | None = None

    def wanted(self) -> service.Wanted:
        """What is asked for."""
        return service.Wanted(**{name: getattr(self, name) for name in type(self).model_fields})


class NewName(Strict):
    """What a roster is to be called."""

    name: Name


class RosterAnswer(Answer):
    """A roster.

    `objective` are its points (less is better; null while it breaks a hard rule), `bound` those
    that no lawful roster of its problem can go below. `stopped` says why the search ended, `why`
    there is no lawful roster. `assumed` says what was assumed where nothing was said. `again_of`
    is the roster of which it changes as little as possible, where there is one.
    """

    id: UUID
    room_id: UUID
    name: str
    first_day: date
    last_day: date
    days: int
    state: State
    version: int
    asked_by: UUID
    asked_at: When
    job_id: UUID
    requirement_id: UUID
    assumed: tuple[str, ...]
    seconds: int
    spent: float
    objective: int | None
    bound: float | None
    first_lawful: float | None
    missing_minutes: int | None
    stopped: str | None
    why: tuple[str, ...]
    published_by: UUID | None
    published_at: When | None
    reason: str | None
    again_of: UUID | None

    @classmethod
    def of(cls, roster: Roster) -> RosterAnswer:
        """A roster as kept."""
        return cls.model_validate(roster)


class MadeAnswer(RosterAnswer):
    """A roster that was asked for, with the state of the job that makes it."""

    job_state: JobState

    @classmethod
    def asked(cls, roster: Roster, state: JobState) -> MadeAnswer:
        """A roster and the state of its job."""
        return cls(**RosterAnswer.of(roster).model_dump(), job_state=state)


class RosterList(Answer):
    """Rosters of a control room, newest first."""

    rosters: tuple[RosterAnswer, ...]


class ShiftAnswer(Answer):
    """A shift of an officer, on the local day it starts on."""

    officer_id: UUID
    day: date
    code: str
    kind: str
    start: When
    end: When

    @classmethod
    def of(cls, shift: RosterShift) -> ShiftAnswer:
        """A shift of a roster."""
        duty = {name: getattr(shift.duty, name) for name in ("code", "kind", "start", "end")}
        return cls(officer_id=shift.officer_id, day=shift.day, **duty)


class ShiftList(Answer):
    """Shifts by officer and day."""

    shifts: tuple[ShiftAnswer, ...]


class BreachAnswer(Answer):
    """A place where a roster is worse than a rule asks; `excess` is in the rule's unit."""

    rule: str
    officer_id: UUID | None
    days: tuple[date, ...]
    excess: int
    words: str

    @classmethod
    def of(cls, breach: Breach, desk: Opened) -> BreachAnswer:
        """A breach of a roster."""
        return cls(
            rule=breach.rule,
            officer_id=UUID(breach.officer) if breach.officer else None,
            days=tuple(desk.problem.date_of(tour.day) for tour in breach.tours),
            excess=breach.excess,
            words=breach.words,
        )


class BreachList(Answer):
    """What a roster breaks: `hard` must be empty before it can be published."""

    hard: tuple[BreachAnswer, ...]
    priced: tuple[BreachAnswer, ...]


class SetCover(Answer):
    """People needed and on duty per interval, for a set of queues."""

    queues: tuple[str, ...]
    start: When
    interval_minutes: int
    required: list[int]
    on_duty: list[int]


class CoverAnswer(Answer):
    """Cover of every set of queues that share staff, intervals one after another from `start`."""

    sets: tuple[SetCover, ...]

    @classmethod
    def of(cls, desk: Opened) -> CoverAnswer:
        """Cover of a roster."""
        return cls(sets=tuple(_sets(desk)))


def _sets(desk: Opened) -> Iterator[SetCover]:
    for cover, counts in zip(desk.problem.cover, desk.standing.on_duty, strict=True):
        yield SetCover.model_validate(
            {
                "queues": cover.queues,
                "start": instant_text(cover.start),
                "interval_minutes": cover.interval_minutes,
                "required": cover.required.tolist(),
                "on_duty": counts.tolist(),
            }
        )


class SummaryAnswer(Answer):
    """How a roster stands: breaches and points by title of the rule, cover, hours, wishes.

    `late_calls` are the calls expected late or lost, by queue; null where the requirement was made
    before it said anything of calls.
    """

    roster_id: UUID
    name: str
    hard: dict[str, int]
    points: dict[str, int]
    objective: int
    missing_minutes: int
    late_calls: dict[str, float] | None
    rostered_minutes: int
    wishes_met: int
    wishes: int

    @classmethod
    def of(cls, said: Summary) -> SummaryAnswer:
        """Figures of a roster."""
        return cls(
            roster_id=said.roster.id,
            name=said.roster.name,
            hard=dict(said.hard),
            points=dict(said.points),
            objective=said.objective,
            missing_minutes=said.missing_minutes,
            late_calls=None if said.late_calls is None else dict(said.late_calls),
            rostered_minutes=said.rostered_minutes,
            wishes_met=said.wishes_met,
            wishes=said.wishes,
        )


class LineSideAnswer(Answer):
    """An officer's line in one of two rosters: hours, wishes met and fatigue score."""

    hours: float
    wishes_met: int
    fatigue: int


class LinePairAnswer(Answer):
    """What two rosters are to one officer, and the days on which they differ."""

    officer_id: UUID
    wishes: int
    one: LineSideAnswer
    other: LineSideAnswer
    days: tuple[date, ...]

    @classmethod
    def of(cls, line: LinePair) -> LinePairAnswer:
        """An officer in both rosters."""
        one, other = map(LineSideAnswer.model_validate, line.sides)
        days = tuple(day for day, _, _ in line.differs)
        return cls(officer_id=line.officer_id, wishes=line.wishes, one=one, other=other, days=days)


class ShortHours(Answer):
    """Person-hours missing by day and hour of the day, in one roster and in the other."""

    one: list[list[float]] | None
    other: list[list[float]] | None


class DayDiffers(Answer):
    """What an officer-day is in one roster and in the other; null is a rest day."""

    officer_id: UUID
    day: date
    before: str | None
    after: str | None


class Comparison(Answer):
    """Two rosters side by side, and the officer-days of both on which they differ.

    `sentence` says what the other makes of the one, `lines` what it is to each person whose days
    differ, on the days from `first_day` that both have. `short_hours` are person-hours missing by
    day and hour of the day, a list of 24 for each day; null where no cover is asked. `costs` are
    points by dial at the prices of the rulebook; null where the rosters have other days.
    """

    one: SummaryAnswer
    other: SummaryAnswer
    differs: tuple[DayDiffers, ...]
    sentence: str
    first_day: date
    lines: tuple[LinePairAnswer, ...]
    short_hours: ShortHours
    costs: tuple[DialPair, ...] | None
