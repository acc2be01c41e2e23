"""Lines of one queue and interval as one count."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from app.demand.values import BoolArray, ColumnMapping, Counts, Figures, FloatArray, IntArray
from app.web.words import count
from forecasting.errors import InputError

FIGURES = tuple(Figures.__dataclass_fields__)

CALL_INTERVAL = 15
"""Minutes of the intervals that calls are summed to, when nobody says otherwise."""


@dataclass(frozen=True, eq=False)
class Part:
    """Counts still tied to lines of the file; arrays of shape (n,), NaN where not known.

    Attributes:
        queue: number of the queue.
        source: number of the file's own queue: several may be one queue of ours.
        start: minutes since 1970 UTC.
        line: of the file.
        category: number of the category, −1 for none.
    """

    queue: IntArray
    source: IntArray
    start: IntArray
    line: IntArray
    category: IntArray
    offered: FloatArray
    answered: FloatArray
    abandoned: FloatArray
    handled_seconds: FloatArray
    answered_in_time: FloatArray

    def take(self, rows: BoolArray | IntArray) -> Part:
        """The rows that `rows` selects, in its order."""
        return Part(*(getattr(self, each.name)[rows] for each in fields(self)))


def single(part: Part, mapping: ColumnMapping) -> tuple[Part, list[str]]:
    """Intervals without rows that say the same again; raises when two differ."""
    if mapping.rows == "calls":
        return part, []
    counted = part.source * (int(part.category.max()) + 2) + part.category + 1
    keys = counted * (1 << 40) + part.start
    order = np.argsort(keys, kind="stable")
    same = np.diff(keys[order]) == 0
    if not same.any():
        return part, []
    now, before = order[1:], order[:-1]
    differs = np.zeros_like(same)
    for name in Figures.__dataclass_fields__:
        values = getattr(part, name)
        a, b = values[now], values[before]
        differs |= ~((a == b) | (np.isnan(a) & np.isnan(b)))
    clash = np.flatnonzero(same & differs)
    if clash.size:
        at = clash[np.argmin(part.line[now[clash]])]
        raise InputError(
            f"The interval stands on line {part.line[before[at]]} already, with other figures; "
            "keep one of the two.",
            line=int(part.line[now[at]]),
            column=mapping.start,
        )
    again = int(np.count_nonzero(same))
    keep = np.sort(order[np.concatenate([[True], ~same])])
    return part.take(keep), [
        f"{count(again, 'line')} told again what stands above; each interval counts once."
    ]


def summed(
    part: Part,
    ours: tuple[str, ...],
    mapping: ColumnMapping,
    held: int | None,
    categories: tuple[str, ...] = (),
) -> Counts:
    """Rows of one queue, category and interval added up; a log's calls count for their queue too.

    A complete log's empty intervals become zero.
    """
    length, width = mapping.interval_minutes, len(categories) + 1
    if mapping.rows == "calls":
        length = length or held or CALL_INTERVAL
        part = replace(part, start=part.start - part.start % length)
        whole = _added_up(replace(part, category=np.full(len(part.start), -1)), width)
        tables = [_completed(*whole, part, length, width) if mapping.complete else whole]
        if categories:
            tables.append(_added_up(part.take(part.category >= 0), width))
    else:
        tables = [_added_up(part, width)]
    keys = np.concatenate([each for each, _ in tables])
    figures: dict[str, Any] = {
        name: np.concatenate([sums[name] for _, sums in tables]) for name in FIGURES
    }
    known = {name: values for name, values in figures.items() if not np.isnan(values).all()}
    counted, start = keys >> 40, keys & ((1 << 40) - 1)
    return Counts(
        ours,
        counted // width,
        start,
        interval_minutes=length,
        categories=categories,
        category=counted % width - 1 if categories else None,
        **known,
    )


Sums = tuple[IntArray, dict[str, FloatArray]]
"""Keys of queue, category and interval, in order, and figures by name."""


def _added_up(part: Part, width: int) -> Sums:
    """Rows added up by queue, category and interval."""
    counted = part.queue * width + part.category + 1
    keys, place = np.unique(counted * (1 << 40) + part.start, return_inverse=True)
    return keys, {
        name: np.bincount(place, getattr(part, name), len(keys)).astype(np.float64)
        for name in FIGURES
    }


def _completed(
    keys: IntArray, sums: dict[str, FloatArray], part: Part, length: int, width: int
) -> Sums:
    """The same with zeros in every interval without a row; what no row knows stays unknown."""
    grid = np.arange(part.start.min(), part.start.max() + 1, length)
    every = (np.unique(part.queue)[:, None] * width * (1 << 40) + grid).ravel()
    at = np.isin(every, keys)
    return every, {
        name: np.full(len(every), np.nan) if np.isnan(values).all() else _spread(values, at)
        for name, values in sums.items()
    }


def _spread(values: FloatArray, at: BoolArray) -> FloatArray:
    """Values at their places among zeros."""
    whole = np.zeros(len(at))
    whole[at] = values
    return whole
