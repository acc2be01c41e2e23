"""One officer's lines laid out for compiled pricing: open choices, totals, a steady pace."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from rostering.allowed import Allowed
from rostering.compiled.pricing import FAR, Desk, Lattice, line_of_end, reach_units
from rostering.pricing.states import LineStates
from rostering.pricing.terms import Limits, LineTerms
from rostering.problem import REST, Choices, Problem

Units = npt.NDArray[np.int64]

MOST_LABELS, LONGEST_WHOLE = 12_000_000, 84
"""Labels of a line, over all days and over so many days at most, up to which none is left out;
beyond that, minutes and weekends keep to a corridor around a steady pace, and no bound is claimed.
"""

CORRIDOR_TOURS, CORRIDOR_BEHIND, CORRIDOR_AHEAD = 2, 4, 2
"""Tours by which a long line may run ahead of a steady pace or behind it, and weekends by which it
may lie behind one and ahead of one. Over 26 weeks a line takes half as long as with three tours and
four weekends either way, and in the same time the rosters were better."""

End = tuple[int, int, int]
"""Weekends, state and units of a label of the last day, as they stand in the desk."""


@dataclass(frozen=True)
class Shape:
    """One officer's lines, laid out.

    Attributes:
        terms: what is said of the officer.
        states: the states of such lines.
        lattice: what compiled code reads.
        end_units, end_weekends: points of so many units and weekends, from the lowest of the last
            day on; infinite beyond the highest.
        is_whole: whether no lawful line is left out.
    """

    terms: LineTerms
    states: LineStates
    lattice: Lattice
    end_units: npt.NDArray[np.float64]
    end_weekends: npt.NDArray[np.float64]
    is_whole: bool

    @cached_property
    def size(self) -> tuple[int, int, int, int]:
        """Days and one, weekends, states and units of the labels."""
        lattice = self.lattice
        return (
            len(lattice.low),
            int((lattice.weekend_high - lattice.weekend_low).max()) + 1,
            lattice.after.shape[1],
            int((lattice.high - lattice.low).max()) + 1,
        )

    def desk(self, room: npt.NDArray[np.float64]) -> Desk:
        """Lay room out, as much of it as `size` needs."""
        days, choices = self.lattice.open.shape
        size = self.size
        return Desk(
            values=room[: math.prod(size)].reshape(size),
            end_weekends=self.end_weekends,
            end_units=self.end_units,
            prices=np.zeros((days, choices)),
            picks=np.zeros((days, choices - 1), dtype=np.int64),
            choices=np.zeros(days, dtype=np.int64),
        )

    def ends(self, desk: Desk, number: int) -> list[End]:
        """The cheapest labels of the last day, at most so many."""
        values = desk.values[-1] + desk.end_weekends[:, None, None] + desk.end_units
        flat = values.reshape(-1)
        if number == 1:
            order = flat.argmin(keepdims=True)
        else:
            order = np.argpartition(flat, min(number, len(flat)) - 1)[:number]
        order = order[np.isfinite(flat[order])]
        order = order[np.argsort(flat[order], kind="stable")]
        return [
            (int(weekends), int(state), int(units))
            for weekends, state, units in zip(*np.unravel_index(order, values.shape), strict=True)
        ]

    def line(self, end: End, desk: Desk) -> Choices:
        """The cheapest line that ends in a label, choices by day."""
        row = np.full(len(desk.choices), REST, dtype=np.int16)
        line_of_end(*end, self.lattice, desk, row)
        return row


def shape_of(
    problem: Problem, officer: int, terms: LineTerms, states: LineStates, allowed: Allowed
) -> Shape | None:
    """Lay an officer's lines out; None where none can be lawful."""
    is_open, minutes = _choices(problem, officer, states, allowed)
    size = _unit(problem, officer, terms, allowed)
    units = minutes // size if size else np.zeros_like(minutes)
    size = max(size, 1)
    largest = (units * is_open[:, :-1]).max(axis=1, initial=0)
    least = -(-terms.minutes.least // size)
    limit = _limit(terms.minutes, largest, size)
    fewest, most = _reached(states, units, is_open)
    start = states.starts[officer]
    if not fewest[0, start] <= limit or most[0, start] < least:
        return None
    low = np.maximum(_so_far(_smallest(units, is_open)), least - most.max(axis=1))
    high = np.minimum(_so_far(largest), limit - fewest.min(axis=1))
    for day, cap in terms.most_until.items():
        high[day + 1] = min(high[day + 1], cap // size)
    weekend = weekend_days(problem, terms.weekends)
    weekends = _weekends_so_far(weekend, terms.weekends, is_open)
    labels = _widest(low, high) * _widest(*weekends) * most.size
    undecided = int((is_open.sum(axis=1) > 1).sum())
    is_whole = labels <= MOST_LABELS and undecided <= LONGEST_WHOLE
    if not is_whole:
        low, high = _corridor(largest, low, high, least, limit)
        weekends = _weekend_corridor(*weekends)
    if (low > high).any() or (weekends[0] > weekends[1]).any():
        return None
    lattice = Lattice(
        kinds=states.kinds,
        after=states.after,
        points=states.points,
        worked=states.worked,
        start=start,
        minutes=units,
        open=is_open,
        weekend=weekend,
        low=low,
        high=high,
        fewest=fewest,
        most=most,
        least=least,
        limit=limit,
        weekend_low=weekends[0],
        weekend_high=weekends[1],
    )
    return Shape(
        terms,
        states,
        lattice,
        end_units=_at_the_end(terms.minutes, low, high, size),
        end_weekends=_at_the_end(terms.weekends, *weekends, 1),
        is_whole=is_whole,
    )


def _reached(
    states: LineStates, units: Units, is_open: npt.NDArray[np.uint8]
) -> tuple[Units, Units]:
    """Fewest and most units that the rest of a line can come to, shape (days + 1, states)."""
    fewest = np.zeros((len(is_open) + 1, states.after.shape[1]), dtype=np.int64)
    most = np.zeros_like(fewest)
    reach_units(states.kinds, states.after, units, is_open, fewest, most)
    return fewest, most


def _unit(problem: Problem, officer: int, terms: LineTerms, allowed: Allowed) -> int:
    """Minutes that every tour of an officer's lasts a multiple of; 0 where they do not matter."""
    if not terms.minutes.are_there and not terms.most_until:
        return 0
    elapsed = (problem.ends - problem.starts)[allowed.shifts[officer]]
    return int(np.gcd.reduce(elapsed, initial=0))


def _limit(limits: Limits, largest: Units, size: int) -> int:
    """Most units that a line may have."""
    total = largest.sum()
    return int(total if limits.most is None else min(total, limits.most // size))


def _smallest(units: Units, is_open: npt.NDArray[np.uint8]) -> Units:
    """Fewest units that each day must have."""
    smallest: Units = np.where(is_open[:, :-1], units, FAR).min(axis=1, initial=FAR)
    smallest[is_open[:, -1] == 1] = 0
    return smallest


def _widest(low: Units, high: Units) -> int:
    """How many totals are told apart on a day, at most."""
    return int((high - low).max()) + 1


def _at_the_end(limits: Limits, low: Units, high: Units, size: int) -> npt.NDArray[np.float64]:
    """Points of each total that a line may end with; infinite beyond, as wide as any day."""
    totals = np.arange(low[-1], high[-1] + 1) * size
    points = np.zeros(len(totals))
    for price in limits.prices:
        points += price.of(totals)
    return np.pad(points, (0, _widest(low, high) - len(points)), constant_values=math.inf)


def _choices(
    problem: Problem, officer: int, states: LineStates, allowed: Allowed
) -> tuple[npt.NDArray[np.uint8], Units]:
    """Which classes, and last rest, are allowed, and the minutes of each class, by day."""
    classes = states.after.shape[2] - 1
    is_open = np.zeros((problem.days, classes + 1), dtype=np.uint8)
    minutes = np.zeros((problem.days, classes), dtype=np.int64)
    elapsed = problem.ends - problem.starts
    for shift, which in enumerate(states.class_of.tolist()):
        is_open[:, which] |= allowed.shifts[officer, :, shift]
        minutes[:, which] = elapsed[:, shift]
    is_open[:, -1] = allowed.rest[officer]
    return is_open, minutes


def _so_far(daily: npt.NDArray[np.int64] | npt.NDArray[np.bool_]) -> Units:
    """Sums before each day, and at the end."""
    return np.concatenate([[0], np.cumsum(daily)])


def _corridor(
    largest: Units,
    low: Units,
    high: Units,
    least: int,
    limit: int,
) -> tuple[Units, Units]:
    """Units that keep to a steady pace over the days on which any shift is allowed."""
    so_far = _so_far(largest > 0)
    share = so_far / max(int(so_far[-1]), 1)
    aside = CORRIDOR_TOURS * int(largest.max(initial=0))
    floor = np.floor(share * least - aside).astype(np.int64)
    ceiling = np.ceil(share * limit + aside).astype(np.int64)
    return np.maximum(low, np.minimum(floor, high)), np.minimum(high, np.maximum(ceiling, low))


def weekend_days(problem: Problem, limits: Limits) -> Units:
    """What a tour on each day does to worked weekends, as `Lattice.weekend`, shape (days,)."""
    weekend = np.zeros(problem.days, dtype=np.int64)
    if not limits.are_there:
        return weekend
    for day in range(problem.days):
        if problem.weekday(day) == 5 or (problem.weekday(day) == 6 and day == 0):
            weekend[day] = 1
        elif problem.weekday(day) == 6:
            weekend[day] = 2
    return weekend


def _weekends_so_far(
    weekend: Units, limits: Limits, is_open: npt.NDArray[np.uint8]
) -> tuple[Units, Units]:
    """Fewest and most weekends there may be before each day, each counted where it begins."""
    surely, perhaps = is_open[:, -1] == 0, is_open[:, :-1].any(axis=1)
    low, high = (
        _so_far((weekend > 0) & there & ~((weekend == 2) & np.roll(there, 1)))
        for there in (surely, perhaps)
    )
    return low, high if limits.most is None else np.minimum(high, limits.most)


def _weekend_corridor(low: Units, high: Units) -> tuple[Units, Units]:
    """Weekends that are told apart around a steady pace; who works fewer counts as at its floor."""
    pace = np.arange(len(high)) / max(len(high) - 1, 1) * high[-1]
    ceiling = np.ceil(pace).astype(np.int64) + CORRIDOR_AHEAD
    floor = np.floor(pace).astype(np.int64) - CORRIDOR_BEHIND
    return np.maximum(low, np.minimum(floor, high)), np.minimum(high, np.maximum(ceiling, low))
