"""What is wrong with counts, and what they change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

import numpy as np

from app.demand.store.rows import Rows
from app.demand.values import INTERVAL_LENGTHS, BoolArray, Counts, FloatArray, IntArray
from app.errors import InvalidInput, Place, invalid
from forecasting.careful_rows import LARGEST_COUNT, LARGEST_SECONDS, LONGEST_QUEUE_NAME, fit_name
from forecasting.instants import EARLIEST, LATEST

MOST_PLACES = 20
"""Faults named at once: enough to see what they have in common."""

FEWEST_TO_JUDGE = 8
"""Neighbouring intervals from which a length of 30 or 60 minutes cannot be chance."""

RUNNING = {30: 32, 60: 16}
"""Gaps of so many minutes, one after the other, that show another interval length: among quarter
hours with chance gaps they come less than once in 2 to the power of 30."""

MEASURED = ("offered", "answered", "abandoned", "handled_seconds", "answered_in_time")


def check_name(name: str) -> str:
    """The name of a queue without blanks at its ends.

    Raises:
        InvalidInput: when it is empty, too long or not printable.
    """
    stripped = name.strip()
    if not fit_name(stripped):
        raise invalid("name", f"Give 1 to {LONGEST_QUEUE_NAME} printable characters.")
    return stripped


def check_counts(counts: Counts) -> None:
    """Refuse counts that cannot be, and an interval told twice.

    Raises:
        InvalidInput: naming the first faults by row, such as `counts[17].offered`.
    """
    if not len(counts):
        raise invalid("counts", "Give at least one interval.")
    faults = list(islice(_faults(counts), MOST_PLACES))
    if faults:
        raise InvalidInput(faults)


def _faults(counts: Counts) -> Iterator[Place]:
    start = counts.start
    earliest, latest = (int(each.astype(np.int64)) for each in (EARLIEST, LATEST))
    yield from _places("start", start % 15 != 0, "Give the beginning of a quarter hour.")
    outside = (start < earliest) | (start >= latest)
    yield from _places("start", outside, "Give an instant between 1970 and 2200.")
    for name in MEASURED:
        values: FloatArray | None = getattr(counts, name)
        if values is None:
            continue
        seconds = name == "handled_seconds"
        most = LARGEST_SECONDS if seconds else LARGEST_COUNT
        with np.errstate(invalid="ignore"):
            wrong = (values < 0) | (values > most)
            if not seconds:
                wrong |= values % 1 != 0
        wrong &= ~np.isnan(values)
        if name == "offered":
            wrong |= np.isnan(values)
        kind = "seconds" if seconds else "a whole number of calls"
        yield from _places(name, wrong, f"Give {kind}, 0 to {most:,}.")
    yield from _places("start", told_twice(counts), "This interval of the queue is told before.")


def told_twice(counts: Counts) -> BoolArray:
    """True for each row that counts what a row above it counts, shape (n,)."""
    order = counts.order
    again = np.zeros(len(counts), dtype=np.bool_)
    again[order[1:]] = np.diff(counts.key[order]) == 0
    return again


def _places(field: str, wrong: BoolArray, words: str) -> Iterator[Place]:
    for row in np.flatnonzero(wrong)[:MOST_PLACES]:
        yield Place(f"counts[{row}].{field}", words)


def interval_length(counts: Counts, held: int | None) -> int:
    """Minutes of an interval: as held by the room, as said with the counts, or read from them.

    Raises:
        InvalidInput: when they disagree, or cannot be told from so few rows.
    """
    said = counts.interval_minutes
    if said is not None and said not in INTERVAL_LENGTHS:
        raise invalid("interval_minutes", "Give 15, 30 or 60.")
    if said and held and said != held:
        raise invalid("interval_minutes", _other_length(said, held))
    length = held or said or _read_length(counts)
    if np.any((counts.start - counts.start[0]) % length):
        raise invalid("start", f"Intervals of {length} minutes begin at other times than these.")
    for gaps in _gaps(counts):
        longer = _longer_stretch(gaps, length)
        if longer:
            raise invalid("interval_minutes", _other_length(longer, length))
    return length


def _other_length(given: int, held: int) -> str:
    return (
        f"These intervals are of {given} minutes and the others of {held}; bring all to one length."
    )


def _gaps(counts: Counts) -> Iterator[IntArray]:
    """Minutes from each interval of a queue to its next, queue by queue."""
    order = counts.order
    starts = counts.start[order]
    bounds = np.searchsorted(counts.queue[order], np.arange(len(counts.queues) + 1))
    for first, after in pairwise(bounds):
        yield np.diff(starts[first:after])


def _read_length(counts: Counts) -> int:
    """The step on which all intervals lie, where enough of them lie side by side."""
    gaps = np.concatenate(list(_gaps(counts)))
    step = int(np.gcd.reduce(np.append(counts.start - counts.start[0], 60)))
    beside = int(np.count_nonzero(gaps == step))
    if step in INTERVAL_LENGTHS and beside >= (1 if step == 15 else FEWEST_TO_JUDGE):
        return step
    raise invalid(
        "interval_minutes",
        "The length of an interval cannot be told from so few rows: give 15, 30 or 60.",
    )


def _longer_stretch(gaps: IntArray, length: int) -> int | None:
    """A longer interval that a queue keeps to for a stretch, if it does."""
    for longer, running in RUNNING.items():
        if longer <= length:
            continue
        fits = gaps == longer
        if len(gaps) >= FEWEST_TO_JUDGE and fits.all():
            return longer
        edges = np.flatnonzero(np.diff(np.concatenate([[False], fits, [False]]).astype(np.int8)))
        if edges.size and np.max(edges[1::2] - edges[::2]) >= running:
            return longer
    return None


@dataclass(frozen=True, eq=False)
class Change:
    """What rows of one queue or category change, against what is kept.

    Attributes:
        new: rows whose interval was not kept.
        revised: rows that differ from what is kept.
        former: what is kept of those, row by row.
        unchanged: how many rows say what is kept.
        first: beginning of the first interval told, minutes since 1970 UTC.
        last: beginning of the last.
    """

    new: Rows
    revised: Rows
    former: Rows
    unchanged: int

    first: int
    last: int

    def untold(self, figure: str) -> int:
        """Revised intervals of which that figure was known and is not told again."""
        lost = (self.former[figure] >= 0) & (self.revised[figure] < 0)
        return int(np.count_nonzero(lost))


def compare(kept: Rows, given: Rows) -> Change:
    """What rows of one queue or category change; in order of time, each interval once."""
    span = int(given["start"][0]), int(given["start"][-1])
    if not len(kept):
        return Change(given, given[:0], kept, 0, *span)
    place = np.minimum(np.searchsorted(kept["start"], given["start"]), len(kept) - 1)
    known = kept["start"][place] == given["start"]
    differs = np.zeros(len(given), dtype=np.bool_)
    for name in set(MEASURED) & set(given.dtype.names or ()):
        differs |= kept[name][place] != given[name]
    differs &= known
    unchanged = int(np.count_nonzero(known & ~differs))
    return Change(given[~known], given[differs], kept[place[differs]], unchanged, *span)
