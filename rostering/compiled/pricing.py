"""The cheapest line of one officer at given prices, by dynamic programming over its days.

A label is a state of the line (`line_states`), weekends worked and minutes worked so far; its
value the least that any beginning costs which ends there. Values are kept for every day, so that
the line is found again by walking back, and the inner loop is a bare minimum over minutes.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from rostering.compiled.arrays import Bytes, Ints
from rostering.compiled.jit import compiled

Floats = npt.NDArray[np.float64]
States = npt.NDArray[np.int32]


class Lattice(NamedTuple):
    """What one officer's line can be, apart from prices.

    Attributes:
        kinds, after, points, worked: the officer's states, as in `LineStates`.
        start: the state in which the period begins.
        minutes: units of time of each class of shift on each day, shape (days, classes).
        open: whether any shift of the class, and last whether rest, is allowed, shape (days,
            classes + 1).
        weekend: 1 where a tour makes a weekend worked, 2 where it does so unless the day before
            was worked, 0 on other days, shape (days,).
        low, high: fewest and most units there may be before each day, and at the end, shape
            (days + 1,).
        fewest, most: units that the rest of the line can come to from each day and state on, shape
            (days + 1, states); `fewest` is FAR where no lawful line goes on.
        least, limit: units that the whole line must and may have.
        weekend_low, weekend_high: weekends that are told apart before each day, shape (days + 1,);
            fewer than the lowest count as the lowest, which never grows by more than one a day.
    """

    kinds: Ints
    after: States
    points: Ints
    worked: Bytes
    start: int
    minutes: Ints
    open: Bytes
    weekend: Ints
    low: Ints
    high: Ints
    fewest: Ints
    most: Ints
    least: int
    limit: int
    weekend_low: Ints
    weekend_high: Ints


FAR = 2**40


@compiled
def reach_units(
    kinds: Ints, after: States, minutes: Ints, is_open: Bytes, fewest: Ints, most: Ints
) -> None:
    """Fill in the fewest and the most units that the rest of a line can come to."""
    days, choices = is_open.shape
    fewest[:] = FAR
    most[:] = -FAR
    fewest[days] = 0
    most[days] = 0
    for day in range(days - 1, -1, -1):
        layer = after[kinds[day]]
        for state in range(layer.shape[0]):
            for choice in range(choices):
                then = layer[state, choice]
                if then < 0 or not is_open[day, choice] or fewest[day + 1, then] == FAR:
                    continue
                units = minutes[day, choice] if choice < choices - 1 else 0
                fewest[day, state] = min(fewest[day, state], fewest[day + 1, then] + units)
                most[day, state] = max(most[day, state], most[day + 1, then] + units)


@compiled
def fill(prices: Floats, lattice: Lattice, values: Floats) -> None:
    """Find the least cost of every label.

    Args:
        prices: of each class of shift on each day, and last of rest, shape (days, classes + 1).
        lattice: the officer's lines.
        values: filled in; shape (days + 1, weekends, states, units), weekends and units counted
            from `weekend_low` and `low` of the day.
    """
    days, choices = lattice.open.shape
    values[:] = np.inf
    values[0, 0, lattice.start, 0] = 0.0
    for day in range(days):
        layer = lattice.after[lattice.kinds[day]]
        dearer = lattice.points[lattice.kinds[day]]
        for state in range(layer.shape[0]):
            if lattice.fewest[day, state] == FAR:
                continue
            for choice in range(choices):
                then = layer[state, choice]
                if then < 0 or not lattice.open[day, choice]:
                    continue
                if lattice.fewest[day + 1, then] == FAR:
                    continue
                is_tour = choice < choices - 1
                units = lattice.minutes[day, choice] if is_tour else 0
                more = _weekends(is_tour, lattice.weekend[day], lattice.worked[state])
                price = prices[day, choice] + dearer[state, choice]
                # Units before the day from which the line can still end within its limits.
                first = max(
                    lattice.low[day],
                    lattice.low[day + 1] - units,
                    lattice.least - lattice.most[day + 1, then] - units,
                )
                last = min(
                    lattice.high[day],
                    lattice.high[day + 1] - units,
                    lattice.limit - lattice.fewest[day + 1, then] - units,
                )
                if first > last:
                    continue
                for weekends in range(lattice.weekend_low[day], lattice.weekend_high[day] + 1):
                    if weekends + more > lattice.weekend_high[day + 1]:
                        continue
                    into = max(weekends + more - lattice.weekend_low[day + 1], 0)
                    _relax(
                        values[day, weekends - lattice.weekend_low[day], state],
                        values[day + 1, into, then],
                        first - lattice.low[day],
                        first + units - lattice.low[day + 1],
                        last - first + 1,
                        price,
                    )


@compiled
def _weekends(is_tour: bool, weekend: int, worked: int) -> int:
    """Weekends that a choice adds."""
    if not is_tour or weekend == 0:
        return 0
    return 1 if weekend == 1 or not worked else 0


@compiled
def _relax(before: Floats, after: Floats, first: int, into: int, size: int, price: float) -> None:
    for index in range(size):
        value = before[first + index] + price
        after[into + index] = min(after[into + index], value)


@compiled
def walk_back(
    weekends: int,
    state: int,
    units: int,
    prices: Floats,
    lattice: Lattice,
    values: Floats,
    choices: Ints,
) -> None:
    """Find the choices that lead to a label of the last day, shape (days,).

    Args:
        weekends: of the label, a whole number, not counted from the day's lowest.
        state: of the label.
        units: of the label, a whole number as well.
        prices: as `fill` was given them.
        lattice: the same.
        values: as `fill` filled them in.
        choices: filled in with a class, or the number of classes for rest.
    """
    days, size = lattice.open.shape
    for day in range(days - 1, -1, -1):
        layer = lattice.after[lattice.kinds[day]]
        dearer = lattice.points[lattice.kinds[day]]
        best = np.inf
        origin = chosen = 0
        # Where the lowest grows overnight, one weekend fewer leads to the lowest as well.
        lifted = weekends == lattice.weekend_low[day + 1] > lattice.weekend_low[day]
        came = weekends
        for before in range(layer.shape[0]):
            if lattice.fewest[day, before] == FAR:
                continue
            for choice in range(size):
                if layer[before, choice] != state or not lattice.open[day, choice]:
                    continue
                is_tour = choice < size - 1
                at = units - (lattice.minutes[day, choice] if is_tour else 0)
                if at < lattice.low[day] or at > lattice.high[day]:
                    continue
                more = _weekends(is_tour, lattice.weekend[day], lattice.worked[before])
                price = prices[day, choice] + dearer[before, choice]
                for fewer in range(weekends - more - lifted, weekends - more + 1):
                    place = fewer - lattice.weekend_low[day]
                    if place < 0 or fewer > lattice.weekend_high[day]:
                        continue
                    value = values[day, place, before, at - lattice.low[day]] + price
                    if value < best:
                        best = value
                        origin = before
                        chosen = choice
                        came = fewer
        choices[day] = chosen
        weekends = came
        units -= lattice.minutes[day, chosen] if chosen < size - 1 else 0
        state = origin


class Desk(NamedTuple):
    """Room to price one line in, and what its end costs.

    Attributes:
        values: as in `fill`.
        end_weekends, end_units: points of so many weekends and units over the period, from the
            lowest of the last day on.
        prices: of classes, shape (days, classes + 1).
        picks: cheapest shift of each class, shape (days, classes).
        choices: as in `walk_back`, shape (days,).
    """

    values: npt.NDArray[np.float64]
    end_weekends: Floats
    end_units: Floats
    prices: Floats
    picks: Ints
    choices: Ints


@compiled
def cheapest(
    cells: Floats, rest: Floats, allowed: Bytes, class_of: Ints, lattice: Lattice, desk: Desk
) -> float:
    """Find the cheapest line; its cost, infinite where there is none.

    Args:
        cells: price of each shift on each day, shape (days, shifts).
        rest: price of a rest day, shape (days,).
        allowed: shifts that are, shape (days, shifts).
        class_of: class of each shift, shape (shifts,).
        lattice: the officer's lines.
        desk: room; its values and picks are kept for `line_of_end`.
    """
    days, shifts = cells.shape
    rests = desk.prices.shape[1] - 1
    desk.prices[:] = np.inf
    for day in range(days):
        desk.prices[day, rests] = rest[day]
        for shift in range(shifts):
            which = class_of[shift]
            if allowed[day, shift] and cells[day, shift] < desk.prices[day, which]:
                desk.prices[day, which] = cells[day, shift]
                desk.picks[day, which] = shift
    fill(desk.prices, lattice, desk.values)
    best = np.inf
    last = desk.values[days]
    for weekends in range(last.shape[0]):
        for state in range(last.shape[1]):
            for units in range(last.shape[2]):
                value = last[weekends, state, units]
                best = min(best, value + desk.end_weekends[weekends] + desk.end_units[units])
    return float(best)


@compiled
def line_of_end(
    weekends: int, state: int, units: int, lattice: Lattice, desk: Desk, row: npt.NDArray[np.int16]
) -> None:
    """Write the cheapest line that ends in a label, as counted in `desk.values`, into a row."""
    days = len(row)
    walk_back(
        weekends + lattice.weekend_low[days],
        state,
        units + lattice.low[days],
        desk.prices,
        lattice,
        desk.values,
        desk.choices,
    )
    rests = desk.prices.shape[1] - 1
    for day in range(days):
        chosen = desk.choices[day]
        row[day] = -1 if chosen == rests else desk.picks[day, chosen]
