"""What a change makes of a roster: rules, cover, hours, rest and wishes, before and after."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from rostering.cover_grid import Counts, CoverGrid
from rostering.problem import Officer, Preference, Tour
from rostering.rules.base import Breach, Line
from rostering.rules.fatigue import FatigueScore
from rostering.rules.preferences import Preferences
from rostering.standing import Standing

FATIGUE = FatigueScore.code

TOLD_APART = frozenset({Preferences.code, FATIGUE})
"""Priced rules of which a line tells as a whole, wish by wish or as one score."""


@dataclass(frozen=True, slots=True)
class CoverChange:
    """A stretch of intervals over which a change alters the cover of a set of queues.

    All of its intervals lack people before or after the change, or none does.

    Attributes:
        queues: the set of queues.
        start, end: instants.
        change: people more on duty throughout the stretch; fewer are negative.
        before, after: most people missing at once; people to spare are negative.
        even: whether as many are missing after the change throughout the stretch.
        points: points that the change adds here; negative where it mends a shortage.
        role: what whoever counts is, where somebody of a role is asked for.
        there: fewest people on duty after the change.
    """

    queues: tuple[str, ...]
    start: int
    end: int
    change: int
    before: int
    after: int
    even: bool
    points: int
    role: str = ""
    there: int = 0


@dataclass(frozen=True, slots=True)
class Rest:
    """Rest around a tour, in minutes; None where no tour is known before or after it."""

    tour: Tour
    before: int | None
    after: int | None


@dataclass(frozen=True, slots=True)
class LineEffect:
    """What a change makes of one officer's line.

    Attributes:
        officer: whose line it is.
        minutes_before, minutes_after: elapsed minutes of the period.
        fatigue_before, fatigue_after: fatigue scores of its tours together; 0 where none are kept.
        rests: the rest around each tour that is new in the line.
        met: wishes that are met by the change.
        lost: wishes that were met before it and no longer are.
    """

    officer: Officer
    minutes_before: int
    minutes_after: int
    fatigue_before: int
    fatigue_after: int
    rests: tuple[Rest, ...]
    met: tuple[Preference, ...]
    lost: tuple[Preference, ...]


@dataclass(frozen=True, slots=True)
class Effect:
    """What a change makes of a roster.

    Attributes:
        made: hard breaches that are new or worse; the change is not allowed where there are any.
        cleared: hard breaches that are gone or less.
        worse, better: the same for priced rules of lines and bonds, wishes and fatigue left aside.
        remaining: hard breaches of the touched lines and bonds that stay as they are.
        points: points that the change adds; negative for a better roster.
        cover: stretches in which the cover of a set of queues changes, the costliest first.
        lines: what it makes of each line that it touches.
    """

    made: tuple[Breach, ...]
    cleared: tuple[Breach, ...]
    worse: tuple[Breach, ...]
    better: tuple[Breach, ...]
    remaining: int
    points: int
    cover: tuple[CoverChange, ...]
    lines: tuple[LineEffect, ...]

    @property
    def is_allowed(self) -> bool:
        """Whether no hard rule newly breaks."""
        return not self.made


def effect(before: Standing, after: Standing) -> Effect:
    """Compare a roster with what a change made of it; both are of one problem."""
    touched = np.flatnonzero((before.choices != after.choices).any(axis=1)).tolist()
    bonds = sorted(before.counting.bonds.named_with(touched))
    was, now = (
        [breach for index in touched for breach in standing.lines[index]]
        + [breach for number in bonds for breach in standing.bonds[number]]
        for standing in (before, after)
    )
    new, gone = difference(was, now)
    return Effect(
        made=tuple(filter(before.is_hard, new)),
        cleared=tuple(filter(before.is_hard, gone)),
        worse=tuple(breach for breach in new if _is_priced(before, breach)),
        better=tuple(breach for breach in gone if _is_priced(before, breach)),
        remaining=sum(before.is_hard(breach) for breach in now if breach not in new),
        points=after.cover_points
        - before.cover_points
        + _line_points(before, after, touched)
        + sum(after.bond_points(number) - before.bond_points(number) for number in bonds),
        cover=_cover_changes(before, after),
        lines=tuple(_line_effect(before, after, index) for index in touched),
    )


def difference(
    before: Iterable[Breach], after: Iterable[Breach]
) -> tuple[tuple[Breach, ...], tuple[Breach, ...]]:
    """Breaches that are new or worse, and those that are gone or less.

    Two breaches of one rule and officer are one and the same when they share a tour, or when one
    of them names none.
    """
    old, new = list(before), list(after)
    unlike_old = [breach for breach in old if breach not in new]
    unlike_new = [breach for breach in new if breach not in old]
    worse = tuple(b for b in unlike_new if not any(_same(a, b, b.excess) for a in unlike_old))
    better = tuple(a for a in unlike_old if not any(_same(b, a, a.excess) for b in unlike_new))
    return worse, better


def _same(one: Breach, other: Breach, least: int) -> bool:
    """Whether `one` is the same breach as `other` and at least so large."""
    meet = not one.tours or not other.tours or not set(one.tours).isdisjoint(other.tours)
    return (one.rule, one.officer) == (other.rule, other.officer) and meet and one.excess >= least


def _is_priced(standing: Standing, breach: Breach) -> bool:
    return not standing.is_of_hard_rule(breach) and breach.rule not in TOLD_APART


def _line_effect(before: Standing, after: Standing, index: int) -> LineEffect:
    officer = before.problem.officers[index]
    old, new = before.line(index), after.line(index)
    known = frozenset(tour for tour in old if tour.day >= 0)
    met = {
        wish: (before.meets(index, wish), after.meets(index, wish)) for wish in officer.preferences
    }
    return LineEffect(
        officer=officer,
        minutes_before=sum(tour.minutes for tour in known),
        minutes_after=sum(tour.minutes for tour in new if tour.day >= 0),
        fatigue_before=_fatigue(before, index),
        fatigue_after=_fatigue(after, index),
        rests=tuple(
            _rest(new, at) for at, tour in enumerate(new) if tour.day >= 0 and tour not in known
        ),
        met=tuple(wish for wish, (was, now) in met.items() if now and not was),
        lost=tuple(wish for wish, (was, now) in met.items() if was and not now),
    )


def _fatigue(standing: Standing, index: int) -> int:
    return sum(breach.excess for breach in standing.lines[index] if breach.rule == FATIGUE)


def _rest(line: Line, at: int) -> Rest:
    tour = line[at]
    before = tour.start - line[at - 1].end if at else None
    after = line[at + 1].start - tour.end if at + 1 < len(line) else None
    return Rest(tour, before, after)


def _line_points(before: Standing, after: Standing, touched: Iterable[int]) -> int:
    return sum(after.line_points(index) - before.line_points(index) for index in touched)


def _cover_changes(before: Standing, after: Standing) -> tuple[CoverChange, ...]:
    """Stretches of changed cover, the one that adds most points first."""
    found = [
        change
        for grid, old, new in zip(before.counting.grids, before.on_duty, after.on_duty, strict=True)
        for change in _stretches(grid, old, new)
    ]
    return tuple(sorted(found, key=lambda change: -change.points))


def _stretches(grid: CoverGrid, old: Counts, new: Counts) -> Iterator[CoverChange]:
    cover, change, points = grid.cover, new - old, grid.prices.points
    was, now = cover.required - old, cover.required - new
    likeness = 2 * change + (np.maximum(was, now) > 0)
    edges = np.flatnonzero(np.diff(likeness)) + 1
    for first, last in pairwise([0, *edges.tolist(), len(change)]):
        if first == last or not change[first]:
            continue
        part = slice(first, last)
        yield CoverChange(
            cover.queues,
            cover.start + first * cover.interval_minutes,
            cover.start + last * cover.interval_minutes,
            int(change[first]),
            int(was[part].max()),
            int(now[part].max()),
            bool(now[part].max() == now[part].min()),
            int((points(now[part], part) - points(was[part], part)).sum()),
            cover.role,
            int(new[part].min()),
        )
