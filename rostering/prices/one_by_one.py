"""One thing after the other that costs a roster points, with its day and whom it is about."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

import numpy as np

from rostering.cover_grid import cover_weight
from rostering.effect_words import number_words
from rostering.prices.values import Item
from rostering.problem import Problem
from rostering.rules.base import Breach, LineRule
from rostering.rules.cover import Covered
from rostering.rules.preferences import Preferences
from rostering.rules.shift_cover import ShiftCovered
from rostering.rules.stability import Stability
from rostering.standing import Standing
from rostering.verify import points_of
from rostering.words import day_words, listed_words, time_words


def items_of(standing: Standing) -> list[Item]:
    """Everything that costs points, of lines, of bonds and of cover."""
    return [*_line_items(standing), *_bond_items(standing), *_cover_items(standing)]


def _line_items(standing: Standing) -> Iterator[Item]:
    rules = {rule.code: rule for rule in standing.line_rules if not rule.is_hard}
    for row, line in enumerate(standing.lines):
        officer = standing.problem.officers[row]
        for code, found in groupby(line, key=lambda breach: breach.rule):
            if code not in rules:
                continue
            group = list(found)
            days = _days_of(standing, row, rules[code], group)
            for breach, day, points in zip(group, days, _parts(rules[code], group), strict=True):
                yield Item(points, breach.words, code, officer.id, day)


def _parts(rule: LineRule, group: Sequence[Breach]) -> list[int]:
    """Points of each breach of one line: what it adds to those before it."""
    totals = [points_of(rule, group[:number]) for number in range(len(group) + 1)]
    return [after - before for before, after in pairwise(totals)]


def _days_of(
    standing: Standing, row: int, rule: LineRule, group: Sequence[Breach]
) -> list[int | None]:
    """The day of each breach; a wish for a shift and a shift that was told name no tour."""
    officer = standing.problem.officers[row]
    named: list[int] = []
    if isinstance(rule, Preferences):
        named = [wish.day for wish in officer.preferences if not standing.meets(row, wish)]
    elif isinstance(rule, Stability):
        own = rule.on_terms_of(officer)
        named = [
            day
            for day, told in officer.told.items()
            if own and own.price(standing.problem, told, standing.shift(row, day))
        ]
    if len(named) == len(group):
        return list(named)
    return [max((tour.day for tour in breach.tours), default=None) for breach in group]


def _bond_items(standing: Standing) -> Iterator[Item]:
    for held, found in zip(standing.counting.bonds.in_force, standing.bonds, strict=True):
        if held.rule.is_hard:
            continue
        for breach in found:
            day = max((tour.day for tour in breach.tours), default=held.bond.first)
            points = held.rule.points(breach.excess)
            yield Item(points, breach.words, held.rule.code, held.bond.officer, day)


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Intervals of a day over which a set of queues is short, or has too many at a price."""

    begin: int
    end: int
    day: int
    points: int
    most: int
    asked: str


def _cover_items(standing: Standing) -> Iterator[Item]:
    """Each stretch of a day in which people are missing, or too many at a price.

    Whoever is missing from one set of queues is missing from those that hold it, so that sets
    which are short at the same time are told as one, under the name of the dearest.
    """
    problem = standing.problem
    found = sorted(_stretches(standing), key=lambda each: (each.most <= 0, each.begin, each.end))
    together: list[list[_Stretch]] = []
    for each in found:
        last = together[-1] if together else []
        near = last and (last[0].day, last[0].most > 0) == (each.day, each.most > 0)
        if near and each.begin < max(other.end for other in last):
            last.append(each)
        else:
            together.append([each])
    for same in together:
        points = sum(each.points for each in same)
        yield Item(points, _cover_words(problem, same), Covered.code, None, same[0].day)
    if weight := cover_weight(problem, ShiftCovered):
        for cost, (day, words) in short_shifts(standing):
            yield Item(weight * cost, words, ShiftCovered.code, None, day)


def _stretches(standing: Standing) -> Iterator[_Stretch]:
    problem = standing.problem
    weight = cover_weight(problem, Covered)
    for grid, there in zip(standing.counting.grids, standing.on_duty, strict=True):
        cover = grid.cover
        missing = cover.required - there
        points = weight * grid.prices.points(missing)
        starts = cover.start + np.arange(len(missing)) * cover.interval_minutes
        days = np.searchsorted(problem.midnights, starts, side="right") - 1
        edges = np.flatnonzero(np.diff(3 * days + np.sign(missing)) != 0) + 1
        for part in np.split(np.arange(len(missing)), edges):
            if len(part) and points[part].any():
                yield _Stretch(
                    begin=int(starts[part[0]]),
                    end=int(starts[part[-1]]) + cover.interval_minutes,
                    day=int(days[part[0]]),
                    points=int(points[part].sum()),
                    most=int(missing[part].max()),
                    asked=cover.role or listed_words(cover.queues),
                )


def _cover_words(problem: Problem, same: Sequence[_Stretch]) -> str:
    dearest = max(same, key=lambda each: each.points)
    begin, end = min(each.begin for each in same), max(each.end for each in same)
    when = f"{day_words(problem, dearest.day)} "
    if (begin, end) == (problem.midnight(dearest.day), problem.midnight(dearest.day + 1)):
        when += "all day"
    else:
        when += f"{time_words(problem, begin)} to {time_words(problem, end)}"
    if dearest.most <= 0:
        return f"{dearest.asked}: more people than needed, {when}."
    return f"{dearest.asked}: up to {number_words(dearest.most)} short, {when}."


def short_shifts(standing: Standing) -> Iterator[tuple[int, tuple[int, str]]]:
    """Points of each shift of a day that has too few people, or too many, with day and words."""
    problem = standing.problem
    if not problem.shift_cover:
        return
    there = standing.counting.on_shifts(standing.choices)
    for need in problem.shift_cover:
        short = need.required - int(there[need.day, problem.shift_index[need.shift]])
        points = (need.shortage_points if short > 0 else -need.surplus_points) * short
        if points:
            amount = f"{number_words(abs(short))} {'short' if short > 0 else 'over'}"
            yield points, (need.day, f"{need.shift}: {amount}, {day_words(problem, need.day)}.")
