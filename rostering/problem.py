"""What is asked of a roster, and the roster itself, as frozen data.

Its parts have files of their own and are had from here as well: what a tour of duty is in
`rostering.duty`, who is rostered in `rostering.officers`, what is needed in `rostering.needs`.
How time is counted stands in `rostering.duty`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from rostering.authorised import Authorised
from rostering.duty import MINUTES_A_DAY, REST, Choices, Shift, Span, Tour
from rostering.needs import Bond, BondKind, Cover, ShiftCover
from rostering.officers import Officer, OfficerDay, Preference, Told

if TYPE_CHECKING:
    from rostering.dials import Dials
    from rostering.rules.base import Rule

__all__ = [
    "MINUTES_A_DAY",
    "REST",
    "Bond",
    "BondKind",
    "Choices",
    "Cover",
    "Officer",
    "OfficerDay",
    "Preference",
    "Problem",
    "Roster",
    "Shift",
    "ShiftCover",
    "Span",
    "Told",
    "Tour",
]


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
        dials: how prices were turned for this problem, where any was; `rules` are as turned.
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
    dials: Dials | None = None

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
