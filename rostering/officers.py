"""Who is rostered: what each officer is bound to, may still become on a day, and would like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

import numpy as np

from rostering.duty import Shift, Span, Tour
from rostering.errors import InputError
from rostering.fairness.portion import Portion
from rostering.personal import UNSAID, Limit, WorkingTime
from rostering.wishes import LongWish


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


@dataclass(frozen=True, slots=True)
class Told:
    """What an officer has been told of a day, so that changing it has a price.

    Attributes:
        shift: code of the shift; None for a rest day.
        notice: clear days between now and the day; below 0 for days that have begun.
        percent: what each hour counts for by which a duty becomes longer than told, on a rest day
            all of it, in per cent: 150 for time and a half, 0 where nothing is due.
    """

    shift: str | None
    notice: int
    percent: int = 0


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
        preferences: what the officer would like, a day at a time.
        terms: personal numbers in place of the rulebook's, by rule code and field, such as
            `{"consecutive_days": {"most": 4}}`; None where the rule is not in force for the
            officer.
        team: the team the officer belongs to, where there is one.
        limits: what the officer cannot do, and until when.
        working_time: what counts in the officer's average week beside the shifts.
        told: days of which the officer has been told what they are.
        long_wishes: what the officer would like over several days.
        wish_percent: what a point of a wish counts for, in per cent: more than 100 for whoever was
            given less before.
        portions: how much of each burden falls to the officer in the period.
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
    told: Mapping[int, Told] = field(default_factory=dict)
    long_wishes: tuple[LongWish, ...] = ()
    wish_percent: int = 100
    portions: tuple[Portion, ...] = ()

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
