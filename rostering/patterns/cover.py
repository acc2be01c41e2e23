"""How teams on one pattern cover the day, and the offsets at which they cover it best."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from functools import partial
from math import ceil, lcm

import numpy as np
import numpy.typing as npt

from rostering.patterns.pattern import Pattern
from rostering.problem import MINUTES_A_DAY

QUARTERS = 96
"""Quarter hours of a day; on the clock on the wall, so that clock changes are left aside."""

_QUARTER = MINUTES_A_DAY // QUARTERS

ROUNDS = 4
"""How often every team is moved in search of better offsets; they settle after two or three."""

Counts = npt.NDArray[np.int64]
Need = npt.NDArray[np.float64]


def teams_on_duty(pattern: Pattern, offsets: Sequence[int]) -> Counts:
    """Teams on duty by day and quarter hour of one round, shape (days, 96).

    Args:
        pattern: the pattern.
        offsets: for each team the day of the pattern on which it stands on the first day, from 0.
    """
    line = _on_duty(pattern)
    teams: Counts = np.stack([np.roll(line, -offset, axis=0) for offset in offsets]).sum(axis=0)
    return teams


def _on_duty(pattern: Pattern) -> Counts:
    """Whether somebody on the pattern is on duty, by day and quarter hour that it fills at all."""
    quarters = np.zeros(len(pattern) * QUARTERS, dtype=np.int64)
    for day, tour in enumerate(pattern.tours):
        if tour is not None:
            begin = day * QUARTERS + tour.start // _QUARTER
            end = day * QUARTERS - (-(tour.start + tour.minutes) // _QUARTER)
            quarters[np.arange(begin, end) % len(quarters)] += 1
    return quarters.reshape(len(pattern), QUARTERS)


def people_for_each(pattern: Pattern) -> Fraction | None:
    """People that it takes, evenly over the pattern, for one on duty at every time.

    None where some time is never worked. For more people on duty it takes as many times more.
    """
    ways = len(pattern.offsets())
    least = int(_on_duty(pattern).reshape(ways, -1, QUARTERS).sum(axis=0).min())
    return Fraction(ways, least) if least else None


def fewest_teams(pattern: Pattern) -> int | None:
    """The fewest teams of which one at least is always on duty, at the offsets suggested here.

    None where some time is never worked.
    """
    each = people_for_each(pattern)
    if each is None:
        return None
    ways = len(pattern.offsets())
    enough = (
        teams
        for teams in range(ceil(each), ways)
        if teams_on_duty(pattern, suggested_offsets(pattern, teams)).min() > 0
    )
    return next(enough, ways)


def suggested_offsets(
    pattern: Pattern, teams: int, need: Need | None = None, size: float = 1.0
) -> tuple[int, ...]:
    """Offsets at which teams on one pattern cover best.

    The thinnest moment has as many teams as can be. Then, without a need, the rest is spread as
    evenly as can be; with one, the squared shortages add up to the least. Found by moving one team
    at a time from even steps until no move helps.

    Args:
        pattern: the pattern; the first day is taken as a Monday.
        teams: how many teams, 1 or more.
        need: people needed by weekday and quarter hour, shape (7, 96), Monday first.
        size: people of a team.

    Returns:
        One offset for each team, 0 up to the pattern's length, in rising order.
    """
    length = len(pattern)
    line = _on_duty(pattern)
    cost: Callable[[Counts], tuple[float, ...]] = _unevenness
    if need is not None:
        weeks = lcm(length, 7)
        line = np.tile(line, (weeks // length, 1))
        cost = partial(_shortage, np.tile(need, (weeks // 7, 1)), size)
    ways = pattern.offsets()
    rolled = [np.roll(line, -offset, axis=0) for offset in ways]
    chosen = [round(index * len(ways) / teams) % len(ways) for index in range(teams)]
    cover = np.stack([rolled[way] for way in chosen]).sum(axis=0)
    for _ in range(ROUNDS):
        before = list(chosen)
        for team in range(teams):
            without = cover - rolled[chosen[team]]
            costs = [cost(without + each) for each in rolled]
            chosen[team] = costs.index(min(costs))
            cover = without + rolled[chosen[team]]
        if chosen == before:
            break
    first = min(chosen) if need is None else 0  # one begins on the first day where all are alike
    return tuple(sorted(ways[way - first] for way in chosen))


def _unevenness(cover: Counts) -> tuple[float, ...]:
    return -float(cover.min()), float((cover**2).sum())


def _shortage(need: Need, size: float, cover: Counts) -> tuple[float, ...]:
    thinnest, unevenness = _unevenness(cover)
    return thinnest, float((np.maximum(need - size * cover, 0) ** 2).sum()), unevenness
