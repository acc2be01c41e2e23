"""What else could be done: other shifts for an officer-day, other officers for a shift."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rostering.cover_grid import cover_weight
from rostering.effect import Effect, difference, effect
from rostering.problem import REST, Choices
from rostering.rules.base import Breach
from rostering.rules.cover import Covered
from rostering.standing import Standing, breach_points, line_breaches, line_of


@dataclass(frozen=True, slots=True)
class Option:
    """Something that an officer-day could become; `choice` is an index of shifts, or REST."""

    choice: int
    effect: Effect


@dataclass(frozen=True, slots=True)
class Candidate:
    """An officer who could lawfully work a shift; `points` is what that adds, less is better."""

    officer: int
    points: int


@dataclass(frozen=True, slots=True)
class Candidates:
    """Who could work a shift.

    Attributes:
        best: those who could, the best first.
        refused: how many others could not, by code of the rule that it would break first.
        busy: how many work another shift that day.
    """

    best: tuple[Candidate, ...]
    refused: Mapping[str, int]
    busy: int


def options(standing: Standing, officer: int, day: int) -> tuple[Option, ...]:
    """Everything else that an officer-day could become, lawful first, then by points."""
    now = int(standing.choices[officer, day])
    choices = [choice for choice in range(REST, len(standing.problem.shifts)) if choice != now]
    found = [
        Option(choice, effect(standing, standing.after([(officer, day, choice)])))
        for choice in choices
    ]
    found.sort(key=lambda option: (not option.effect.is_allowed, option.effect.points))
    return tuple(found)


def candidates(
    standing: Standing, day: int, shift: int, instead_of: int | None = None
) -> Candidates:
    """Who could work a shift of a day, besides or instead of an officer who has it.

    Args:
        standing: the roster.
        day: local day of the period.
        shift: index of the shift.
        instead_of: the officer who gives it away and rests; None for one more person on it.
    """
    base = standing if instead_of is None else standing.after([(instead_of, day, REST)])
    giving = 0
    if instead_of is not None:
        giving = base.line_points(instead_of) - standing.line_points(instead_of)
        giving += base.cover_points - standing.cover_points
        giving += sum(
            base.bond_points(number) - standing.bond_points(number)
            for number in standing.counting.bonds.touching[instead_of]
        )
    gains = _gains(base, day, shift)
    best, refused, busy = [], Counter[str](), 0
    for officer in range(len(standing.problem.officers)):
        if officer == instead_of:
            continue
        if base.choices[officer, day] != REST:
            busy += 1
            continue
        row = base.choices[officer].copy()
        row[day] = shift
        broken = newly_broken(base, officer, row)
        if broken is not None:
            refused[broken.rule] += 1
        else:
            points = giving + int(gains[officer]) + _line_gain(base, officer, row)
            points += _bond_gain(base, officer, row)
            best.append(Candidate(officer, points))
    best.sort(key=lambda candidate: (candidate.points, candidate.officer))
    return Candidates(tuple(best), refused, busy)


def newly_broken(standing: Standing, officer: int, row: Choices) -> Breach | None:
    """The first hard breach that another line of an officer, shape (days,), newly makes."""
    problem = standing.problem
    person = problem.officers[officer]
    line = line_of(problem, person, row)
    found = line_breaches(problem, person, line, standing.hard_rules)
    breaches = filter(standing.is_hard, found)
    if had := standing.hard_of(officer):
        breaches = filter(None, difference(had, breaches)[0])
    first = next(breaches, None)
    return _newly_broken_bond(standing, officer, row) if first is None else first


def _newly_broken_bond(standing: Standing, officer: int, row: Choices) -> Breach | None:
    if not any(standing.counting.bonds.is_hard(officer)):
        return None
    for number, found in standing.bonds_of(officer, row).items():
        new = difference(standing.bonds[number], found)[0]
        if (breach := next(filter(standing.is_hard, new), None)) is not None:
            return breach
    return None


def _bond_gain(standing: Standing, officer: int, row: Choices) -> int:
    bonds = standing.counting.bonds
    return sum(
        bonds.points(number, found) - standing.bond_points(number)
        for number, found in standing.bonds_of(officer, row).items()
    )


def _line_gain(standing: Standing, officer: int, row: Choices) -> int:
    problem = standing.problem
    person = problem.officers[officer]
    found = line_breaches(problem, person, line_of(problem, person, row), standing.line_rules)
    return breach_points(problem, found) - standing.line_points(officer)


def _gains(standing: Standing, day: int, shift: int) -> npt.NDArray[np.int64]:
    """Points of cover that each officer would change by working the shift, shape (officers,)."""
    total = np.zeros(len(standing.problem.officers), dtype=np.int64)
    weight = cover_weight(standing.problem, Covered)
    for grid, on_duty in zip(standing.counting.grids, standing.on_duty, strict=True):
        part = slice(grid.first[day, shift], grid.last[day, shift])
        missing = (grid.cover.required - on_duty)[part]
        points = grid.prices.points
        gain = int((points(missing - 1, part) - points(missing, part)).sum())
        total += weight * gain * grid.counts
    return total


def shifts_over(standing: Standing, day: int, start: int, end: int) -> Iterator[int]:
    """Shifts of a day that are on duty at some time between two instants."""
    problem = standing.problem
    touches = (problem.starts[day] < end) & (problem.ends[day] > start)
    yield from np.flatnonzero(touches).tolist()
