"""A roster that stands already, as something that a new one is to change as little as possible."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rostering.allowed import Allowed
from rostering.problem import REST, Choices, Officer, Problem, Told


@dataclass(frozen=True)
class Present:
    """The roster that stands, for the days of a problem.

    Attributes:
        choices: what each officer-day is, shape (officers, days).
        known: officer-days that were told to somebody, shape (officers, days); those of people who
            have joined since were not.
        notice: clear days between now and each day, shape (days,).
        percent: what an hour more counts for, as in `Told`, shape (officers, days).
    """

    choices: Choices
    known: npt.NDArray[np.bool_]
    notice: npt.NDArray[np.int64]
    percent: npt.NDArray[np.int64]

    @classmethod
    def of(cls, problem: Problem, choices: Choices, notice: int, percent: int = 0) -> Present:
        """A roster of the problem's own officers, its first day so many clear days ahead."""
        return cls(
            choices,
            np.ones(choices.shape, dtype=bool),
            notice + np.arange(problem.days),
            np.full(choices.shape, percent),
        )


@dataclass(frozen=True)
class Again:
    """A problem that is to be solved again, and where the search begins.

    Attributes:
        problem: the problem, with what was told and can be kept.
        start: the present roster with a rest day, or what is fixed, where it cannot be kept.
        lost: officer-days that cannot stay as they were told, shape (officers, days).
    """

    problem: Problem
    start: Choices
    lost: npt.NDArray[np.bool_]


def made_again(problem: Problem, present: Present) -> Again:
    """Lay the present roster under a problem.

    A day that can be kept is told, so that changing it has a price. Nobody's limits of hours ask
    for a change by themselves: they are widened to what is left of the present line.
    """
    start = Allowed.of(problem).nearest(present.choices)
    lost = present.known & (start != present.choices)
    officers = tuple(
        _told(problem, officer, row, present, start[row], lost[row])
        for row, officer in enumerate(problem.officers)
    )
    return Again(dataclasses.replace(problem, officers=officers), start, lost)


def _told(
    problem: Problem,
    officer: Officer,
    row: int,
    present: Present,
    line: Choices,
    lost: npt.NDArray[np.bool_],
) -> Officer:
    told = dict(_days(problem, row, present, lost))
    if not told:
        return officer
    left = sum(
        problem.tour(day, choice).minutes
        for day, choice in enumerate(line.tolist())
        if choice != REST
    )
    return dataclasses.replace(
        officer,
        told=told,
        least_minutes=min(officer.least_minutes, left),
        most_minutes=max(officer.most_minutes, left),
    )


def _days(
    problem: Problem, row: int, present: Present, lost: npt.NDArray[np.bool_]
) -> Iterator[tuple[int, Told]]:
    for day in np.flatnonzero(present.known[row] & ~lost).tolist():
        choice = int(present.choices[row, day])
        yield (
            day,
            Told(
                shift=None if choice == REST else problem.shifts[choice].code,
                notice=int(present.notice[day]),
                percent=int(present.percent[row, day]),
            ),
        )
