"""What is asked of a roster, and the roster itself, as frozen data.

Time: an *instant* is whole minutes since 1970-01-01T00:00Z, so rest and hours are elapsed time
and clock changes need no special case. A *day* is a local calendar day counted from the first day
of the rota period: 0 is that day, −1 the day before. A shift belongs to the day it starts on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Literal
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from rostering.authorised import Authorised
from rostering.errors import InputError
from rostering.personal import UNSAID, Limit, WorkingTime

if TYPE_CHECKING:
    from rostering.rules.base import Rule

REST = -1
"""The choice of an officer-day on which no shift starts."""

MINUTES_A_DAY = 1440

Choices = npt.NDArray[np.int16]
"""One choice per officer and day, shape (officers, days): an index of `Problem.shifts`, or REST."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift template: what a tour of duty looks like on any day.

    Attributes:
        code: its name within the problem.
        kind: early, day, late, night, or a kind of the force's own.
        start: local start, minutes after midnight, 0–1439.
        minutes: length by the clock on the wall, refreshment included; a night over a clock
            change is an hour longer or shorter in elapsed time.
        skills: what an officer must hold, all of it, to work this shift.
    """

    code: str
    kind: str
    start: int
    minutes: int
    skills: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Tour:
    """A dated shift of one officer: `start` and `end` are instants, `day` is a local day."""

    day: int
    code: str
    kind: str
    start: int
    end: int

    @property
    def minutes(self) -> int:
        """Elapsed minutes from start to end."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time between two instants; it touches whatever overlaps it by a minute."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class OfficerDay:
    """What one officer-day may still become; an officer-day that is not listed is free.

    Exactly one of the three is given: `shift` (a fixed shift), `kind` (that kind, at a time that
    the solver may choose), or neither (a fixed rest day, or, where `free` says so, a free day of
    part-time work, which is no rest day).
    """

    shift: str | None = None
    kind: str | None = None
    free: bool = False

    def allows(self, shift: Shift | None) -> bool:
        """Tell whether the officer-day may become this shift; None asks for a rest day."""
        if shift is None:
            return self.shift is None and self.kind is None
        if self.shift is not None:
            return shift.code == self.shift
        return self.kind is not None and shift.kind == self.kind


@dataclass(frozen=True, slots=True)
class Preference:
    """One wish of an officer about one day.

    Attributes:
        day: the day it is about.
        points: what not meeting it costs, 1 or more.
        wants: True to be given such a shift, False to be spared it.
        shifts: codes it is about; empty means any shift, so that `wants=False` asks for the day
            off.
        kinds: kinds it is about; empty means any.
    """

    day: int
    points: int
    wants: bool
    shifts: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()

    def is_about(self, shift: Shift) -> bool:
        """Tell whether this shift is one that the wish speaks of."""
        return (not self.shifts or shift.code in self.shifts) and (
            not self.kinds or shift.kind in self.kinds
        )

    def is_met_by(self, shift: Shift | None) -> bool:
        """Tell whether this shift on its day meets the wish; None stands for a rest day."""
        return (shift is not None and self.is_about(shift)) == self.wants


@dataclass(frozen=True)
class Officer:
    """One person who is rostered, warranted officer or police staff.

    Attributes:
        id: identifier within the problem.
        name: as shown to people.
        skills: what the officer can serve or hold; never empty in a room that asks for skills.
        least_minutes, most_minutes: contracted elapsed minutes over the rota period.
        history: shifts worked or published before the period, oldest first, days below 0.
        known_from: first day of which the officer's shifts are known; days before it are not
            judged. 0 where there is no history.
        days: officer-days that are not free.
        unavailable: spans in which no shift may lie, such as leave or court.
        preferences: what the officer would like.
        terms: personal numbers in place of the rulebook's, by rule code and field, such as
            `{"consecutive_days": {"most": 4}}`; None where the rule is not in force for the
            officer.
        team: the team the officer belongs to, where there is one.
        limits: what the officer cannot do, and until when.
        working_time: what counts in the officer's average week beside the shifts.
    """

    id: str
    name: str
    skills: frozenset[str]
    least_minutes: int
    most_minutes: int
    history: tuple[Tour, ...] = ()
    known_from: int = 0
    days: Mapping[int, OfficerDay] = field(default_factory=dict)
    unavailable: tuple[Span, ...] = ()
    preferences: tuple[Preference, ...] = ()
    terms: Mapping[str, Mapping[str, int | str] | None] = field(default_factory=dict)
    team: str | None = None
    limits: tuple[Limit, ...] = ()
    working_time: WorkingTime = UNSAID

    def __post_init__(self) -> None:
        """Refuse a history that could not be judged.

        Raises:
            InputError: when the history is out of order, holds two tours that start on one day,
                or reaches back before `known_from` or into the period.
        """
        days = [tour.day for tour in self.history]
        if days != sorted(set(days)):
            raise InputError(
                "The history must stand in order of time, oldest first, with one tour a day; give "
                "a split tour as one, from its first start to its last end."
            )
        if days and (days[0] < self.known_from or days[-1] >= 0):
            raise InputError(
                "The history must lie between the first known day and the day before the period."
            )

    @cached_property
    def _worked_since(self) -> list[int]:
        """Minutes of the history from each known day on, 0 last; averages ask over and over."""
        by_day = np.zeros(1 - self.known_from, dtype=np.int64)
        for tour in self.history:
            by_day[tour.day - self.known_from] += tour.minutes
        since: list[int] = np.cumsum(by_day[::-1])[::-1].tolist()
        return since

    def worked_since(self, day: int) -> int:
        """Minutes of the history's tours from a known day on; none from the period's first on."""
        return self._worked_since[min(day, 0) - self.known_from]


@dataclass(frozen=True)
class Cover:
    """How many people a set of queues needs, interval by interval.

    Everyone on duty who holds any of `skills` counts. With one `Cover` for every non-empty set of
    queues that share staff, meeting all of them is the same as being able to seat everyone
    (Hall's condition), which counting people per queue is not.

    Attributes:
        queues: the queues it is about, for people to read.
        skills: whoever holds one of these counts.
        start: instant of the first interval.
        interval_minutes: length of an interval.
        required: people needed, shape (intervals,).
        shortage_points: points for the first, second … missing person of an interval; the last
            repeats. Never falling, so that a shortage is spread rather than piled up. One row for
            all intervals, or a row for each, shape (intervals, steps).
        surplus_points: points for each person more than needed.
        role: what whoever counts is, for sentences, where nobody's calls are asked for but somebody
            of a role, such as a supervisor; empty for queues.

    Raises:
        InputError: prices by the interval that are not as many as the intervals.
    """

    queues: tuple[str, ...]
    skills: frozenset[str]
    start: int
    interval_minutes: int
    required: npt.NDArray[np.int32]
    shortage_points: tuple[int, ...] | npt.NDArray[np.int32] = (20, 30, 40)
    surplus_points: int = 0
    role: str = ""

    def __post_init__(self) -> None:
        priced = self.shortage_points
        rows = None if isinstance(priced, tuple) else priced.shape
        if rows is not None and (len(rows) != 2 or rows[0] != len(self.required) or not rows[1]):
            raise InputError("Prices of a shortage are one row, or a row for each interval.")

    @property
    def end(self) -> int:
        """Instant at which the last interval ends."""
        return self.start + self.interval_minutes * len(self.required)

    def steps_at(self, interval: int) -> tuple[int, ...]:
        """Points for the first, second … missing person of one interval."""
        if isinstance(self.shortage_points, tuple):
            return self.shortage_points
        return tuple(self.shortage_points[interval].tolist())

    def since(self, instant: int) -> Cover:
        """The need from the first interval on that does not begin before an instant."""
        skipped = max(-(-(instant - self.start) // self.interval_minutes), 0)
        priced = self.shortage_points
        return replace(
            self,
            start=self.start + skipped * self.interval_minutes,
            required=self.required[skipped:],
            shortage_points=priced if isinstance(priced, tuple) else priced[skipped:],
        )


@dataclass(frozen=True, slots=True)
class ShiftCover:
    """How many people one shift of one day needs, as published instances ask it."""

    day: int
    shift: str
    required: int
    shortage_points: int
    surplus_points: int


BondKind = Literal["with", "together", "apart"]
"""On duty beside one of the others; beside each other; never at the same time."""


@dataclass(frozen=True, slots=True)
class Bond:
    """What is asked of officers who work near each other, such as a student and their tutors.

    Attributes:
        kind: `with`, the officer is on duty with one of the others, whichever; `together`, the
            officer and each of the others are on duty with each other; `apart`, the officer is
            not on duty with any of the others.
        officer: id of the officer it is about.
        others: ids of the others, each once, without the officer.
        minutes: minutes of a tour by which it may be missed.
        first, last: days from and to which it holds, both included, of the tours that start on
            them; None where it has held before the period, or holds beyond it.
        role: what the others are to the officer, for sentences: a tutor, a companion.

    Raises:
        InputError: without others, or with the officer or one of them named twice.
    """

    kind: BondKind
    officer: str
    others: tuple[str, ...]
    minutes: int = 0
    first: int | None = None
    last: int | None = None
    role: str = "companion"

    def __post_init__(self) -> None:
        if not self.others:
            raise InputError("A bond needs one other officer or more.")
        if len({self.officer, *self.others}) <= len(self.others):
            raise InputError("A bond names an officer twice.")

    def holds_on(self, day: int) -> bool:
        """Tell whether tours that start on a day are held to it."""
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)


@dataclass(frozen=True)
class Problem:
    """Everything a roster is made from.

    Attributes:
        name: what people call the rota period.
        first_day: its first local day.
        days: its length in local days.
        zone: IANA name of the control room's time zone.
        shifts: the shift templates that may be worked.
        officers: who is rostered.
        rules: the rulebook in force, the prices of soft rules included.
        cover: needs per interval and set of queues.
        shift_cover: needs per shift.
        bonds: who works with whom, or not at the same time; each names officers of the problem.
        authorised: breaches of hard rules that may stand; a search keeps every rule all the same.
    """

    name: str
    first_day: date
    days: int
    zone: str
    shifts: tuple[Shift, ...]
    officers: tuple[Officer, ...]
    rules: tuple[Rule, ...]
    cover: tuple[Cover, ...] = ()
    shift_cover: tuple[ShiftCover, ...] = ()
    bonds: tuple[Bond, ...] = ()
    authorised: tuple[Authorised, ...] = ()

    @cached_property
    def shift_index(self) -> dict[str, int]:
        """Index of each shift code."""
        return {shift.code: index for index, shift in enumerate(self.shifts)}

    @cached_property
    def officer_index(self) -> dict[str, int]:
        """Index of each officer id."""
        return {officer.id: index for index, officer in enumerate(self.officers)}

    def instant(self, day: int, minute: int) -> int:
        """Instant of a local wall-clock time, `minute` minutes after midnight of `day`.

        A time that a clock change skips is read as if the clock had not changed yet; one that
        happens twice is its first.
        """
        known = self._known_instants.get((day, minute))
        if known is None:
            wall = datetime.combine(self.first_day, datetime.min.time()) + timedelta(
                days=day, minutes=minute
            )
            moment = wall.replace(tzinfo=ZoneInfo(self.zone)).astimezone(UTC)
            known = self._known_instants[day, minute] = int(moment.timestamp()) // 60
        return known

    def midnight(self, day: int) -> int:
        """Instant at which a local day begins, of the period or before or after it."""
        return self.instant(day, 0)

    @cached_property
    def _known_instants(self) -> dict[tuple[int, int], int]:
        """What `instant` has worked out so far: rules ask for the same ones over and over."""
        return {}

    def date_of(self, day: int) -> date:
        """Date of a local day."""
        return self.first_day + timedelta(days=day)

    def weekday(self, day: int) -> int:
        """Weekday of a local day, Monday 0."""
        return (self.first_day.weekday() + day) % 7

    @cached_property
    def midnights(self) -> npt.NDArray[np.int64]:
        """Instant at which each local day begins, shape (days + 1,)."""
        return np.array([self.midnight(day) for day in range(self.days + 1)], dtype=np.int64)

    @cached_property
    def starts(self) -> npt.NDArray[np.int64]:
        """Instant at which each shift would start, shape (days, shifts)."""
        return self._instants([shift.start for shift in self.shifts])

    @cached_property
    def ends(self) -> npt.NDArray[np.int64]:
        """Instant at which each shift would end, shape (days, shifts)."""
        return self._instants([shift.start + shift.minutes for shift in self.shifts])

    def _instants(self, minutes: list[int]) -> npt.NDArray[np.int64]:
        if self.zone == "UTC":
            return self.midnights[: self.days, None] + np.array(minutes, dtype=np.int64)
        grid = [[self.instant(day, minute) for minute in minutes] for day in range(self.days)]
        return np.array(grid, dtype=np.int64).reshape(self.days, len(minutes))

    @cached_property
    def tours(self) -> tuple[tuple[Tour, ...], ...]:
        """Every tour of duty there can be, by day and index of shift."""
        return tuple(
            tuple(
                Tour(day, shift.code, shift.kind, start, end)
                for shift, start, end in zip(self.shifts, starts, ends, strict=True)
            )
            for day, (starts, ends) in enumerate(
                zip(self.starts.tolist(), self.ends.tolist(), strict=True)
            )
        )

    def tour(self, day: int, shift: int) -> Tour:
        """The tour of duty that a shift makes on a day; `shift` is an index."""
        return self.tours[day][shift]


@dataclass(frozen=True)
class Roster:
    """Who works when: the tours of each officer in the rota period, sorted by start.

    It holds whatever it is given, two tours on one day included, so that a checker can say what
    is wrong with it.
    """

    tours: Mapping[str, tuple[Tour, ...]]

    def of(self, officer: Officer) -> tuple[Tour, ...]:
        """The officer's tours in the period."""
        return self.tours.get(officer.id, ())

    def line(self, officer: Officer) -> tuple[Tour, ...]:
        """The officer's history and tours, oldest first."""
        return officer.history + self.of(officer)

    @classmethod
    def from_choices(cls, problem: Problem, choices: Choices) -> Roster:
        """Make a roster of one choice per officer and day, shape (officers, days)."""
        return cls(
            {
                officer.id: tuple(
                    problem.tour(int(day), int(choices[index, day]))
                    for day in np.flatnonzero(choices[index] != REST)
                )
                for index, officer in enumerate(problem.officers)
            }
        )

    def to_choices(self, problem: Problem) -> Choices:
        """One choice per officer and day; of two tours on one day the later is kept."""
        choices = np.full((len(problem.officers), problem.days), REST, dtype=np.int16)
        for index, officer in enumerate(problem.officers):
            for tour in self.of(officer):
                choices[index, tour.day] = problem.shift_index[tour.code]
        return choices
