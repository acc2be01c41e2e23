"""What counts that came would change, of queues and of categories of their calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

import numpy as np

from app.db.transaction import Reading
from app.demand.checks import MEASURED, Change, Told, compare
from app.demand.series import category_rows, rows_of
from app.demand.store import categories as kept_categories
from app.demand.store import rows as kept_rows
from app.demand.store.rows import CATEGORY_COUNTS, OF_CATEGORIES, Rows
from app.demand.values import BoolArray, Category, Counts, FloatArray, IntArray, Queue

Pair = tuple[str, str]
"""A queue and a category of it, by the names in which they come."""


@dataclass(frozen=True, eq=False)
class Effect:
    """What counts would change.

    Attributes:
        told: the counts, those of queues as they would stand.
        wholes: changes by queue.
        parts: changes by queue and category.
    """

    told: Told
    wholes: Mapping[str, Change]
    parts: Mapping[Pair, Change]


def effect_of(reading: Reading, room_id: UUID, known: Mapping[int, Queue], told: Told) -> Effect:
    """What counts would change; a queue that is not known has nothing kept.

    A queue's count that its categories alone tell is their sum, with those kept before of the
    interval; it leaves a kept count alone that came by itself.
    """
    if told.parts is None:
        return Effect(told, changes_of(reading, known, told.wholes), {})
    ours = {each.name: number for number, each in known.items()}
    categories: dict[str, dict[str, int]] = {}
    for number, each in kept_categories.of_room(reading, room_id).items():
        name = _queue_name(known, each)
        categories.setdefault(name, {})[each.source] = number
    wholes = told.wholes
    for name in wholes.queues:
        if name in ours:
            own = categories.get(name, {})
            wholes = _beside_kept(reading, ours[name], own, name, replace(told, wholes=wholes))
    parts = {
        pair: _compared(reading, categories.get(pair[0], {}).get(pair[1]), rows)
        for pair, rows in category_rows(told.parts).items()
    }
    return Effect(replace(told, wholes=wholes), changes_of(reading, known, wholes), parts)


def _queue_name(known: Mapping[int, Queue], category: Category) -> str:
    return next(each.name for each in known.values() if each.id == category.queue_id)


def changes_of(reading: Reading, known: Mapping[int, Queue], counts: Counts) -> dict[str, Change]:
    """What counts of whole queues would change, by queue."""
    numbers = {name: -1 - place for place, name in enumerate(counts.queues)}
    numbers |= {each.name: number for number, each in known.items()}
    rows = rows_of(counts, numbers)
    changes = {}
    for name in counts.queues:
        first, after = np.searchsorted(rows["queue"], [numbers[name], numbers[name] + 1])
        if first < after:
            given = rows[first:after]
            span = int(given["start"][0]), int(given["start"][-1])
            changes[name] = compare(kept_rows.kept(reading, numbers[name], *span), given)
    return changes


def _compared(reading: Reading, number: int | None, given: Rows) -> Change:
    if number is None:
        return compare(np.empty(0, dtype=CATEGORY_COUNTS), given)
    given["category"] = number
    span = int(given["start"][0]), int(given["start"][-1])
    return compare(kept_rows.kept(reading, number, *span, OF_CATEGORIES), given)


def _beside_kept(
    reading: Reading,
    queue: int,
    categories: Mapping[str, int],
    name: str,
    told: Told,
) -> Counts:
    """The counts, those of a queue that categories made up with what is kept of the interval."""
    wholes = told.wholes
    place = wholes.queues.index(name)
    rows = np.flatnonzero(told.added_up & (wholes.queue == place))
    if not rows.size:
        return wholes
    starts = wholes.start[rows]
    span = int(starts[0]), int(starts[-1])
    kept = kept_rows.kept(reading, queue, *span)
    if not len(kept):
        return wholes
    before, others, parted = _kept_parts(reading, categories, name, told, starts)
    at = np.minimum(np.searchsorted(kept["start"], starts), len(kept) - 1)
    stands = kept["start"][at] == starts
    own = stands & (~parted | (kept["offered"][at] != before))
    figures: dict[str, Any] = {each: _copy(getattr(wholes, each), len(wholes)) for each in MEASURED}
    figures["offered"][rows] += others
    for each, values in figures.items():
        keep = own if each == "offered" else own | (stands & (others > 0))
        told_before = kept[each][at].astype(np.float64)
        values[rows[keep]] = np.where(told_before < 0, np.nan, told_before)[keep]
    known: dict[str, Any] = {
        each: values for each, values in figures.items() if not np.isnan(values).all()
    }
    return replace(wholes, **known)


def _copy(values: FloatArray | None, length: int) -> FloatArray:
    return np.full(length, np.nan) if values is None else values.copy()


def _kept_parts(
    reading: Reading, categories: Mapping[str, int], name: str, told: Told, starts: IntArray
) -> tuple[FloatArray, FloatArray, BoolArray]:
    """What is kept of a queue's categories in intervals, shape (n,) each.

    Returns:
        Their sum, the sum of those that are not told anew, and whether any is kept.
    """
    before, others = np.zeros(len(starts)), np.zeros(len(starts))
    parted = np.zeros(len(starts), dtype=np.bool_)
    rows = {} if told.parts is None else category_rows(told.parts)
    anew = {source: own["start"] for (queue, source), own in rows.items() if queue == name}
    for source, number in categories.items():
        kept = kept_rows.kept(reading, number, int(starts[0]), int(starts[-1]), OF_CATEGORIES)
        kept = kept[np.isin(kept["start"], starts)]
        at = np.searchsorted(starts, kept["start"])
        before[at] += kept["offered"]
        parted[at] = True
        left = ~np.isin(kept["start"], anew.get(source, np.empty(0, dtype=np.int32)))
        others[at[left]] += kept["offered"][left]
    return before, others, parted
