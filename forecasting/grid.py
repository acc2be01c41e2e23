"""From loose rows to regular series: interval length, duplicate rows, grids."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from forecasting.errors import InputError, quoted
from forecasting.series import FloatArray, History, IntArray, Series

MOST_ROWS = 10_000_000
"""Rows of a file: 28 years of quarter hours in ten queues."""

LONGEST_SPAN_DAYS = 60 * 366
"""Days from a queue's first row to its last, beyond which a date must be wrong."""

MOST_INTERVALS = 20_000_000
"""Intervals of all grids together (160 MB of counts)."""

FEWEST_TO_JUDGE = 8
"""Rows of a queue from which a longer interval than the other queues' cannot be chance."""


@dataclass(frozen=True)
class Rows:
    """Rows of a file, all arrays of shape (n,).

    Attributes:
        minute: Beginning of the interval, minutes since 1970, UTC.
        queue: Number of the queue.
        offered: Calls offered.
        handled: Handling time in seconds, NaN where not given.
        line: Line of the file.
    """

    minute: IntArray
    queue: IntArray
    offered: FloatArray
    handled: FloatArray
    line: IntArray

    @classmethod
    def joined(cls, parts: Sequence[Rows]) -> Rows:
        """The rows of all parts, one after the other."""
        columns = (np.concatenate([getattr(p, f.name) for p in parts]) for f in fields(cls))
        return cls(*columns)

    def take(self, which: IntArray | npt.NDArray[np.bool_]) -> Rows:
        """The rows that `which` selects, in its order."""
        return Rows(*(getattr(self, f.name)[which] for f in fields(self)))


def history_of(rows: Rows, queues: Sequence[str], has_handled: bool, path: str) -> History:
    """Regular series of the rows of each queue.

    Raises:
        InputError: When duplicate rows disagree, interval lengths are mixed, unknown or not
            allowed, or a span is absurd.
    """
    order = np.lexsort((rows.line, rows.minute, rows.queue))
    rows = _single(rows.take(order), path)
    bounds = np.searchsorted(rows.queue, np.arange(len(queues) + 1))
    groups = {name: rows.take(np.arange(bounds[i], bounds[i + 1])) for i, name in enumerate(queues)}
    _check_spans(groups, path)
    step = _interval_length(groups, path)
    return History(
        {name: _series(name, group, step, has_handled) for name, group in groups.items()}
    )


def _single(rows: Rows, path: str) -> Rows:
    """Sorted rows without repetitions; raises when rows of one interval disagree."""
    same = (np.diff(rows.queue) == 0) & (np.diff(rows.minute) == 0)
    handled = rows.handled
    equal = (rows.offered[1:] == rows.offered[:-1]) & (
        (handled[1:] == handled[:-1]) | (np.isnan(handled[1:]) & np.isnan(handled[:-1]))
    )
    clashes = np.flatnonzero(same & ~equal)
    if clashes.size:
        at = int(clashes[np.argmin(rows.line[clashes + 1])])
        column = "offered" if rows.offered[at] != rows.offered[at + 1] else "handled_seconds"
        raise InputError(
            f"The interval and queue already stand on line {rows.line[at]} with another figure; "
            "keep one of the two.",
            path=path,
            line=int(rows.line[at + 1]),
            column=column,
        )
    return rows.take(np.concatenate([[True], ~same]))


def _check_spans(groups: dict[str, Rows], path: str) -> None:
    """Refuse grids so long that a date must be wrong."""
    total = 0
    for name, group in groups.items():
        span = int(group.minute[-1] - group.minute[0])
        if span > LONGEST_SPAN_DAYS * 1440:
            raise InputError(
                f"Queue {quoted(name)} spans more than 60 years; one of its dates must be wrong.",
                path=path,
                line=int(group.line[0]),
                column="interval_start",
            )
        total += span // 15
    if total > MOST_INTERVALS:
        raise InputError(
            f"The queues span more than {MOST_INTERVALS:,} intervals together; split the file.",
            path=path,
            column="interval_start",
        )


def _interval_length(groups: dict[str, Rows], path: str) -> int:
    """Minutes of an interval, the same in every queue: the rows' common step within the hour."""
    steps = {name: _step(group.minute) for name, group in groups.items()}
    all_minutes = np.concatenate([group.minute for group in groups.values()])
    length = int(np.gcd.reduce(np.append(all_minutes - all_minutes[0], 60)))
    gaps = np.concatenate([np.diff(group.minute) for group in groups.values()])
    if not gaps.size:
        raise InputError(
            "Every queue has a single row, so the interval length cannot be told; give at least "
            "two neighbouring intervals.",
            path=path,
            column="interval_start",
        )
    for name, group in groups.items():
        if steps[name] > length and len(group.minute) >= FEWEST_TO_JUDGE:
            raise InputError(
                f"Queue {quoted(name)} has intervals of {steps[name]} minutes while others have "
                f"{length}; bring all to one length.",
                path=path,
                line=int(group.line.min()),
                column="interval_start",
            )
        _refuse_longer_stretch(name, group, length, path)
    if gaps.min() != length:
        raise InputError(
            f"Neighbouring rows are at least {gaps.min()} minutes apart; intervals must be of 15, "
            "30 or 60 minutes.",
            path=path,
            column="interval_start",
        )
    return length


def _step(minutes: IntArray) -> int:
    """Largest step within the hour on which all minutes lie."""
    return int(np.gcd.reduce(np.append(np.diff(minutes), 60)))


def _refuse_longer_stretch(name: str, group: Rows, length: int, path: str) -> None:
    """Refuse a queue that keeps to a longer interval for a stretch, such as hours then quarters.

    The rows of such a stretch keep one phase within the longer interval. Rows with chance gaps
    keep it for so many rows running less than once in 2 to the power of 30.
    """
    for longer in (60, 30):
        if longer <= length:
            continue
        rows_running = 16 if longer // length == 4 else 32
        phase = group.minute % longer
        starts = np.flatnonzero(np.diff(phase, prepend=-1) != 0)
        lengths = np.diff(starts, append=len(phase))
        long_enough = np.flatnonzero(lengths >= rows_running)
        if not long_enough.size:
            continue
        first = int(starts[long_enough[0]])
        at = first or int(lengths[long_enough[0]])
        line = int(group.line[min(at, len(group.line) - 1)])
        raise InputError(
            f"Queue {quoted(name)} changes between intervals of {longer} and {length} minutes "
            "here; bring all rows to one length.",
            path=path,
            line=line,
            column="interval_start",
        )


def _series(name: str, group: Rows, step: int, has_handled: bool) -> Series:
    """The rows of one queue on their grid."""
    place = (group.minute - group.minute[0]) // step
    offered = np.full(int(place[-1]) + 1, np.nan)
    offered[place] = group.offered
    handled = np.full_like(offered, np.nan)
    handled[place] = group.handled
    start = np.datetime64(int(group.minute[0]), "m")
    return Series(name, start, step, offered, handled if has_handled else None)
