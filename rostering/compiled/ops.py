"""Primitives of the line rules as rows of whole numbers, and the tours that each speaks of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cached_property

import numpy as np

from rostering.compiled.arrays import Bytes
from rostering.problem import MINUTES_A_DAY, Problem
from rostering.rules.base import (
    Count,
    Either,
    Of,
    Pair,
    Primitive,
    Run,
    Share,
    Window,
)


class Kind(IntEnum):
    """What an `Op` row does."""

    PAIR = 0
    LONGEST = 1
    SHORTEST = 2
    WINDOW = 3
    EITHER = 4
    COUNT = 5
    SHARE = 6


class Column(IntEnum):
    """What stands where in an `Op` row."""

    KIND = 0
    RULE = 1
    MASK = 2  # row of `masks`, of a count row of `counted`; −1 is a rest day
    THEN = 3  # row of `masks` of a pair's second tour; days after its own that a tour can last
    LIMIT = 4  # gap, longest, shortest, least or most
    SIDE = 5  # +1: at most the limit; −1: at least
    MEASURE = 6  # row of MEASURES
    SPAN = 7  # days of a window, or that a pair can lie apart; rows of an either or a share
    REST = 8
    UNIT = 9  # of a share, its whole
    POINTS = 10
    FIRST = 11  # days that a count adds up
    LAST = 12
    BEYOND = 13  # days after the period that spans reach


MEASURES = ("tours", "minutes", "rests", "weekends")

NO_CAP = 10**9
"""More points than a share can come to."""

Weighed = tuple[tuple[Of, int], ...]
"""Selections that have no tour in common, and what each tour of them counts, up to 255."""


@dataclass
class Masks:
    """Masks that several primitives share."""

    problem: Problem
    history: int
    masks: dict[Of, int] = field(default_factory=dict)
    counted: dict[Weighed, int] = field(default_factory=dict)

    @cached_property
    def latest_end(self) -> int:
        """Minutes from the midnight before a tour to its end, at most, and an hour for clocks."""
        shifts = (shift.start + shift.minutes for shift in self.problem.shifts)
        past = (
            tour.end - self.problem.midnight(tour.day)
            for officer in self.problem.officers
            for tour in officer.history
        )
        return 60 + max([*shifts, *past], default=0)

    def mask(self, of: Of) -> int:
        """The row of a selection."""
        return self.masks.setdefault(of, len(self.masks))

    def count_mask(self, of: Weighed) -> int:
        """The row of what a count adds up."""
        return self.counted.setdefault(of, len(self.counted))

    def whole(self) -> Bytes:
        """Which tours each mask has, shape (masks, cells)."""
        plain: dict[Weighed, int] = {((of, 1),): row for of, row in self.masks.items()}
        return np.concatenate([self._table(plain), self._past()], axis=1)

    def counts(self) -> Bytes:
        """What each tour of the period counts in a count's mask, shape (masks, days × shifts)."""
        return self._table(self.counted)

    def _table(self, masks: dict[Weighed, int]) -> Bytes:
        """The period's part of masks, shape (masks, days × shifts)."""
        table = np.zeros((max(1, len(masks)), *self.problem.starts.shape), dtype=np.uint8)
        for parts, row in masks.items():
            for of, weight in parts:
                for day in days_of(of, self.problem):
                    found = [weight * of.has(tour) for tour in self.problem.tours[day]]
                    table[row, day] += np.array(found, dtype=np.uint8)
        return table.reshape(len(table), -1)

    def _past(self) -> Bytes:
        """The part of `masks` about history, shape (masks, officers × history)."""
        shape = (max(1, len(self.masks)), len(self.problem.officers), self.history)
        table = np.zeros(shape, dtype=np.uint8)
        for of, row in self.masks.items():
            for index, officer in enumerate(self.problem.officers):
                for tour in officer.history:
                    table[row, index, tour.day + self.history] = of.has(tour)
        return table.reshape(len(table), -1)


def _row(rule: int, kind: Kind, **columns: int) -> list[int]:
    row = [0] * len(Column)
    row[Column.KIND], row[Column.RULE] = kind, rule
    row[Column.UNIT] = row[Column.POINTS] = row[Column.SIDE] = 1
    for name, value in columns.items():
        row[Column[name.upper()]] = value
    return row


def rows_of(primitive: Primitive, rule: int, masks: Masks) -> list[list[int]]:
    """What a primitive of a rule says as rows; those that belong together stand together."""
    match primitive:
        case Pair():
            return [
                _row(
                    rule,
                    Kind.PAIR,
                    mask=masks.mask(primitive.first),
                    then=masks.mask(primitive.then),
                    limit=primitive.gap,
                    span=(masks.latest_end + primitive.gap) // MINUTES_A_DAY,
                    unit=primitive.unit,
                )
            ]
        case Run():
            return list(_run_rows(primitive, rule, masks))
        case Window():
            return list(_window_rows(primitive, rule, masks))
        case Either():
            options = [row for option in primitive.options for row in rows_of(option, rule, masks)]
            head = _row(rule, Kind.EITHER, span=len(options), beyond=primitive.beyond)
            return [head, *options]
        case Count():
            return list(_count_rows(primitive, rule, masks))
        case Share():
            return _share_rows(primitive, rule, masks)


def _share_rows(share: Share, rule: int, masks: Masks) -> list[list[int]]:
    """A row for the share, one for all that counts tours by themselves, and the rest."""
    by_tour = [part for part in share.parts if _weighs_tours(part)]
    rest = [part for part in share.parts if not _weighs_tours(part)]
    parts = [row for part in rest for row in rows_of(part, rule, masks)]
    if by_tour:
        weighed = tuple((part.of, part.points) for part in by_tour if isinstance(part, Count))
        days = [day for of, _ in weighed for day in days_of(of, masks.problem)]
        mask, first, last = masks.count_mask(weighed), min(days, default=0), max(days, default=-1)
        parts.append(
            _row(rule, Kind.COUNT, mask=mask, limit=share.spared, first=first, last=last + 1)
        )
    points = share.points
    cap = points if share.capped else NO_CAP
    head = _row(rule, Kind.SHARE, span=len(parts), unit=share.whole, points=points, limit=cap)
    return [head, *parts]


def _weighs_tours(part: Count | Run) -> bool:
    return (
        isinstance(part, Count)
        and (part.measure, part.most, part.least, part.unit) == ("tours", 0, None, 1)
        and part.points < 256
    )


def _run_rows(run: Run, rule: int, masks: Masks) -> Iterator[list[int]]:
    mask = -1 if run.of is None else masks.mask(run.of)
    if run.longest is not None:
        yield _row(rule, Kind.LONGEST, mask=mask, limit=run.longest)
    if run.shortest is not None:
        yield _row(rule, Kind.SHORTEST, mask=mask, limit=run.shortest, side=-1)


def _window_rows(window: Window, rule: int, masks: Masks) -> Iterator[list[int]]:
    for side, limit in ((1, window.most), (-1, window.least)):
        if limit is not None:
            yield _row(
                rule,
                Kind.WINDOW,
                mask=masks.mask(window.of),
                then=masks.latest_end // MINUTES_A_DAY,
                limit=limit,
                side=side,
                measure=MEASURES.index(window.measure),
                span=window.days,
                rest=window.rest,
                unit=window.unit,
                beyond=window.beyond,
            )


def _count_rows(count: Count, rule: int, masks: Masks) -> Iterator[list[int]]:
    days = days_of(count.of, masks.problem)
    first, last = min(days, default=0), max(days, default=-1) + 1
    for side, limit in ((1, count.most), (-1, count.least)):
        if limit is not None:
            yield _row(
                rule,
                Kind.COUNT,
                mask=masks.count_mask(((count.of, 1),)),
                limit=limit,
                side=side,
                measure=MEASURES.index(count.measure),
                unit=count.unit,
                points=count.points,
                first=first,
                last=last,
            )


def days_of(of: Of, problem: Problem) -> list[int]:
    """The days of the period on which a tour of these could start, in order."""
    days = of.days
    if days is None and of.cells is not None:
        days = frozenset(day for day, _ in of.cells)
    if days is None:
        return list(range(problem.days))
    return sorted(day for day in days if 0 <= day < problem.days)
