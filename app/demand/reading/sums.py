"""Lines of one queue and interval as one count."""

from __future__ import annotations

from dataclasses import dataclass, fields

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
    """

    queue: IntArray
    source: IntArray
    start: IntArray
    line: IntArray
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
    keys = (part.source * (1 << 40)) + part.start
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


def summed(part: Part, ours: tuple[str, ...], mapping: ColumnMapping, held: int | None) -> Counts:
    """Rows of one queue and interval added up; a complete log's empty intervals become zero."""
    start, length = part.start, mapping.interval_minutes
    if mapping.rows == "calls":
        length = length or held or CALL_INTERVAL
        start = start - start % length
    keys, place = np.unique(part.queue * (1 << 40) + start, return_inverse=True)
    sums: dict[str, FloatArray] = {
        name: np.bincount(place, getattr(part, name)).astype(np.float64) for name in FIGURES
    }
    known = {name: values for name, values in sums.items() if not np.isnan(values).all()}
    if mapping.rows == "calls" and mapping.complete and length:
        grid = np.arange(start.min(), start.max() + 1, length)
        every = (np.unique(part.queue)[:, None] * (1 << 40) + grid).ravel()
        at = np.isin(every, keys)
        known = {name: _spread(values, at) for name, values in known.items()}
        keys = every
    offered = known.pop("offered")
    return Counts(
        ours, keys >> 40, keys & ((1 << 40) - 1), offered, interval_minutes=length, **known
    )


def _spread(values: FloatArray, at: BoolArray) -> FloatArray:
    """Values at their places among zeros."""
    whole = np.zeros(len(at))
    whole[at] = values
    return whole
