"""What a tour does to those of the next days: which of them it forbids or makes dearer.

Shifts that do the same on every day are one *class*; days on which the same classes do the same are
of one *kind*.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rostering.problem import MINUTES_A_DAY, Problem
from rostering.rules.base import Of, Pair

Table = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

FARTHEST = 7
"""Days after a tour on which it can still forbid or price another."""

Priced = tuple[Pair, int | None]
"""A pair, and the points of a unit of its excess; None where it is hard."""


@dataclass(frozen=True, eq=False)
class Neighbours:
    """What the classes of shifts do to each other on each kind of day.

    Attributes:
        class_of: class of each shift, shape (shifts,).
        first: a shift of each class.
        kinds: kind of each day, shape (days,).
        inside: by kind and class, in which selections a tour is.
        blocks: by kind and class, what a tour forbids on each of the next days, as bits by class.
        prices: by kind and class, points that it costs on each of the next days, by class.
        reach: days after a tour that are looked at.
        has_prices: whether anything is priced.
    """

    class_of: Table
    first: list[int]
    kinds: Table
    inside: list[list[list[bool]]]
    blocks: list[list[tuple[int, ...]]]
    prices: list[list[tuple[tuple[int, ...], ...]]]
    reach: int
    has_prices: bool

    @classmethod
    def of(
        cls, problem: Problem, selections: Sequence[Of | None], pairs: Sequence[Priced]
    ) -> Neighbours:
        """Find classes and kinds.

        Args:
            problem: the problem.
            selections: of tours that runs or numbers are limited of; None for rest days.
            pairs: what may not follow what, or costs points.
        """
        inside = np.array(
            [
                [[of is not None and of.has(tour) for of in selections] for tour in tours]
                for tours in problem.tours
            ],
            dtype=bool,
        ).reshape(*problem.starts.shape, len(selections))
        blocked, priced = _between_shifts(problem, pairs)
        class_of, first = _classes(problem, inside, blocked, priced)
        inside = inside[:, first]
        blocked, priced = blocked[:, :, first][..., first], priced[:, :, first][..., first]
        kinds, days = _kinds(inside, blocked, priced)
        bits = 1 << np.arange(len(first), dtype=object)
        masks = [(blocked[day].astype(object) * bits).sum(axis=2).T for day in days]
        rows = [priced[day].transpose(1, 0, 2).tolist() for day in days]
        return cls(
            class_of=class_of,
            first=first,
            kinds=kinds,
            inside=[inside[day].tolist() for day in days],
            blocks=[[tuple(int(mask) for mask in row) for row in each] for each in masks],
            prices=[[tuple(map(tuple, row)) for row in each] for each in rows],
            reach=blocked.shape[1],
            has_prices=bool(priced.any()),
        )


def _between_shifts(problem: Problem, pairs: Sequence[Priced]) -> tuple[Flags, Table]:
    """What each tour forbids and prices on each of the next days.

    Returns:
        two tables of shape (days, reach, shifts, shifts): by day and shift of the tour, days after
        it (the first row is the next day), and shift then.
    """
    days, shifts = problem.starts.shape
    longest = int((problem.ends - problem.midnights[:-1, None]).max(initial=0))
    gap = max((pair.gap for pair, _ in pairs), default=0)
    reach = min(FARTHEST, max(1, -(-(longest + gap) // MINUTES_A_DAY)), max(days, 1))
    blocked = np.zeros((days, reach, shifts, shifts), dtype=bool)
    priced = np.zeros((days, reach, shifts, shifts), dtype=np.int64)
    for pair, points in pairs:
        firsts, thens = _has(problem, pair.first), _has(problem, pair.then)
        for after in range(1, reach + 1):
            missing = (
                problem.ends[: days - after, :, None] + pair.gap - problem.starts[after:, None, :]
            )
            offends = firsts[: days - after, :, None] & thens[after:, None, :] & (missing > 0)
            if points is None:
                blocked[: days - after, after - 1] |= offends
            else:
                units = -(-missing // pair.unit)
                priced[: days - after, after - 1] += np.where(offends, units * points, 0)
    return blocked, priced


def _has(problem: Problem, of: Of) -> Flags:
    tours = problem.tours
    return np.array([[of.has(tour) for tour in today] for today in tours], dtype=bool).reshape(
        problem.starts.shape
    )


def _classes(
    problem: Problem, inside: Flags, blocked: Flags, priced: Table
) -> tuple[Table, list[int]]:
    """The class of each shift, and a shift of each class."""
    minutes = problem.ends - problem.starts
    seen: dict[bytes, int] = {}
    class_of = np.zeros(len(problem.shifts), dtype=np.int64)
    first: list[int] = []
    for shift in range(len(problem.shifts)):
        alike = b"".join(
            part.tobytes()
            for table in (blocked, priced)
            for part in (table[:, :, shift, :], table[:, :, :, shift])
        )
        alike += inside[:, shift].tobytes() + minutes[:, shift].tobytes()
        if alike not in seen:
            seen[alike] = len(first)
            first.append(shift)
        class_of[shift] = seen[alike]
    return class_of, first


def _kinds(inside: Flags, blocked: Flags, priced: Table) -> tuple[Table, list[int]]:
    """The kind of each day, and a day of each kind."""
    seen: dict[bytes, int] = {}
    kinds: list[int] = []
    days: list[int] = []
    for day in range(len(blocked)):
        alike = inside[day].tobytes() + blocked[day].tobytes() + priced[day].tobytes()
        if alike not in seen:
            seen[alike] = len(days)
            days.append(day)
        kinds.append(seen[alike])
    return np.array(kinds, dtype=np.int64), days
