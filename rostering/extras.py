"""Work beyond contracts where people are missing: whose turn it is, and which shifts mend most.

First come those who welcome extra work, then those who are mandated. Within each, who has had the
least of it for their contract comes first. Every rule holds, but that somebody may have more hours
than the contract: those hours are what is given.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from fractions import Fraction
from typing import Literal

import numpy as np
import numpy.typing as npt

from rostering.cover_grid import Counting
from rostering.problem import REST, Problem
from rostering.remedies import newly_broken
from rostering.standing import Standing

Ground = Literal["welcome", "mandated"]
"""The officer said that extra work is welcome then; the officer was told to."""

LEAST_MENDED: Mapping[Ground, int] = {"welcome": 60, "mandated": 120}
"""Minutes of missing people that an extra shift must mend to be given: nobody is told to come in
for less than two hours that matter."""

WITHOUT_LIMIT = 10**6
"""Minutes that no contract with what is added to it comes near: the law's own limits hold."""


@dataclass(frozen=True, slots=True)
class Had:
    """What an officer has had of one sort of extra work over the last year.

    Attributes:
        officer: id of the officer.
        weekly_minutes: of the contract; who has none has no turn.
        minutes: of extra work.
        last: day of the latest of it; None where there was none.
    """

    officer: str
    weekly_minutes: int
    minutes: int = 0
    last: date | None = None

    @property
    def share(self) -> Fraction:
        """Extra work for each minute of the week's contract."""
        return Fraction(self.minutes, self.weekly_minutes)

    def with_more(self, minutes: int, day: date) -> Had:
        """The same after more of it."""
        last = day if self.last is None else max(self.last, day)
        return replace(self, minutes=self.minutes + minutes, last=last)


def in_turn(had: Iterable[Had]) -> list[Had]:
    """Who comes next: the least for the contract first, then whose last was longest ago."""
    with_contract = (each for each in had if each.weekly_minutes > 0)
    return sorted(with_contract, key=lambda it: (it.share, it.last or date.min, it.officer))


@dataclass(frozen=True, slots=True)
class Welcome:
    """Extra work that an officer welcomes in the period.

    Attributes:
        officer: id of the officer.
        minutes: that are left of what is welcome.
        kinds: by day of the period, kinds of shift that are welcome on it.
    """

    officer: str
    minutes: int
    kinds: Mapping[int, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Extra:
    """An extra shift.

    Attributes:
        officer: id of who works it.
        day: local day of the period.
        shift: code of the shift.
        minutes: its elapsed length.
        ground: why it may be asked of the officer.
        mended: minutes of missing people that it fills.
        had: what the officer had of this sort before it.
        passed: who came first but could not lawfully work it, by id, and why, in words.
    """

    officer: str
    day: int
    shift: str
    minutes: int
    ground: Ground
    mended: int
    had: Had
    passed: tuple[tuple[str, str], ...] = ()


def with_more_hours(problem: Problem, minutes: Mapping[str, int]) -> Problem:
    """The problem in which officers may work so many more minutes, beyond their contracts.

    What is due at least stays: an extra shift can be taken away again.
    """
    if not minutes:
        return problem
    officers = tuple(
        replace(officer, most_minutes=officer.most_minutes + minutes.get(officer.id, 0))
        for officer in problem.officers
    )
    return replace(problem, officers=officers)


def plan_extras(
    standing: Standing,
    welcome: Sequence[Welcome],
    had: Mapping[Ground, Sequence[Had]],
    most: int,
) -> tuple[Extra, ...]:
    """Extra shifts that mend what is missing, the most mending first; nothing is changed.

    Args:
        standing: the roster.
        welcome: what officers welcome, each named once.
        had: what officers have had of each sort over the last year.
        most: extra shifts at most.
    """
    planning = _Planning.of(standing)
    for ground in ("welcome", "mandated"):
        turns = {each.officer: each for each in had.get(ground, ())}
        willing = {each.officer: each for each in welcome} if ground == "welcome" else None
        while len(planning.found) < most and planning.give(ground, turns, willing):
            pass
    return tuple(planning.found)


@dataclass
class _Planning:
    """The roster with the extra shifts found so far; contracts set no upper limit in it."""

    standing: Standing
    found: list[Extra] = field(default_factory=list)

    @classmethod
    def of(cls, standing: Standing) -> _Planning:
        officers = tuple(
            replace(officer, most_minutes=WITHOUT_LIMIT) for officer in standing.problem.officers
        )
        problem = replace(standing.problem, officers=officers)
        return cls(Standing.of(Counting.of(problem), standing.choices))

    def give(
        self, ground: Ground, turns: dict[str, Had], willing: dict[str, Welcome] | None
    ) -> bool:
        """Give the shift that mends most to whoever's turn it is; False where none is worth it."""
        problem = self.standing.problem
        order = [
            problem.officer_index[each.officer]
            for each in in_turn(turns.values())
            if each.officer in problem.officer_index
            and (willing is None or each.officer in willing)
        ]
        mends = {officer: self._mends(officer, willing) for officer in order}
        worth = LEAST_MENDED[ground]
        cells = sorted(
            {
                (-int(mend[day, shift]), day, shift)
                for mend in mends.values()
                for day, shift in np.argwhere(mend >= worth).tolist()
            }
        )
        for minus, day, shift in cells:
            passed: list[tuple[str, str]] = []
            for officer in order:
                if mends[officer][day, shift] != -minus:
                    continue
                person = problem.officers[officer]
                row = self.standing.choices[officer].copy()
                row[day] = shift
                broken = newly_broken(self.standing, officer, row)
                if broken is not None:
                    passed.append((person.id, broken.words))
                    continue
                self._take(ground, officer, day, shift, -minus, turns, willing, tuple(passed))
                return True
        return False

    def _take(
        self,
        ground: Ground,
        officer: int,
        day: int,
        shift: int,
        mended: int,
        turns: dict[str, Had],
        willing: dict[str, Welcome] | None,
        passed: tuple[tuple[str, str], ...],
    ) -> None:
        problem = self.standing.problem
        who, tour = problem.officers[officer].id, problem.tour(day, shift)
        before = turns[who]
        self.found.append(Extra(who, day, tour.code, tour.minutes, ground, mended, before, passed))
        turns[who] = before.with_more(tour.minutes, problem.date_of(day))
        if willing is not None:
            left = willing[who].minutes - tour.minutes
            willing[who] = replace(willing[who], minutes=left)
        self.standing = self.standing.after([(officer, day, shift)])

    def _mends(self, officer: int, willing: dict[str, Welcome] | None) -> npt.NDArray[np.int64]:
        """Minutes of missing people that an officer would fill, shape (days, shifts)."""
        problem = self.standing.problem
        total = np.zeros(problem.starts.shape, dtype=np.int64)
        for grid, on_duty in zip(self.standing.counting.grids, self.standing.on_duty, strict=True):
            if grid.counts[officer]:
                missing = np.concatenate([[0], np.cumsum(grid.cover.required > on_duty)])
                filled = (missing[grid.last] - missing[grid.first]) * grid.cover.interval_minutes
                total = np.maximum(total, filled)
        total[self.standing.choices[officer] != REST] = 0
        if willing is not None:
            total *= self._welcome(willing[problem.officers[officer].id])
        return total

    def _welcome(self, said: Welcome) -> npt.NDArray[np.bool_]:
        """Tours that an officer welcomes, shape (days, shifts)."""
        return np.array(
            [
                [
                    tour.kind in said.kinds.get(day, frozenset()) and tour.minutes <= said.minutes
                    for tour in tours
                ]
                for day, tours in enumerate(self.standing.problem.tours)
            ]
        )
