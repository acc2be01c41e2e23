"""Counts of categories told apart from those of their queues."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from app.demand.checks.counts import MEASURED
from app.demand.values import BoolArray, Counts, FloatArray
from app.errors import InvalidInput, Place, invalid
from app.web.words import count, percent
from forecasting.careful_rows import LONGEST_QUEUE_NAME, fit_name

MOST_CATEGORIES = 100
"""Of a queue: far more than anyone tells apart; a column of free text has thousands."""


@dataclass(frozen=True, eq=False)
class Told:
    """Counts with those of categories apart.

    Attributes:
        wholes: one row per queue and interval, of all its calls.
        added_up: True for each row of `wholes` that only its categories told, shape (n,).
        parts: the rows of categories; None where there are none.
    """

    wholes: Counts
    added_up: BoolArray
    parts: Counts | None


def check_categories(counts: Counts) -> None:
    """Refuse names that cannot be, and a column that is none of categories.

    Raises:
        InvalidInput: naming the field.
    """
    if any(not fit_name(name) or name != name.strip() for name in counts.categories):
        words = f"Give 1 to {LONGEST_QUEUE_NAME} printable characters without blanks around them."
        raise InvalidInput([Place("category", words)])
    if len(counts.categories) > MOST_CATEGORIES:
        raise invalid(
            "category",
            f"There are {len(counts.categories):,} categories where {MOST_CATEGORIES} can be kept "
            "apart; give coarser ones.",
        )


def told_apart(counts: Counts) -> Told:
    """Rows of queues, made up of their categories where nothing else told them, and of parts."""
    category = counts.category
    if category is None or not np.any(category >= 0):
        wholes = replace(counts, categories=(), category=None)
        return Told(wholes, np.zeros(len(counts), dtype=np.bool_), None)
    own, keys = category >= 0, counts.queue * (1 << 40) + counts.start
    unique, place = np.unique(keys, return_inverse=True)
    row = np.full(len(unique), -1)
    row[place[~own]] = np.flatnonzero(~own)
    added_up = row < 0

    def figure(name: str) -> FloatArray | None:
        values: FloatArray | None = getattr(counts, name)
        if values is None:
            return None
        sums = np.bincount(place[own], values[own], len(unique))
        return np.where(added_up, sums, values[row])

    figures: dict[str, Any] = {name: figure(name) for name in MEASURED}
    wholes = Counts(
        counts.queues,
        unique >> 40,
        unique & ((1 << 40) - 1),
        **figures,
        interval_minutes=counts.interval_minutes,
    )
    parts = Counts(
        counts.queues,
        counts.queue[own],
        counts.start[own],
        counts.offered[own],
        categories=counts.categories,
        category=category[own],
    )
    return Told(wholes, added_up, parts)


def divided_words(wholes: Counts, parts: Counts) -> Iterator[tuple[str, str]]:
    """How calls divide by queue: a sentence, and one to look at, "" for none."""
    keys = wholes.queue * (1 << 40) + wholes.start
    at = np.searchsorted(keys, parts.queue * (1 << 40) + parts.start)
    sums = np.bincount(at, parts.offered, len(wholes))
    told = np.bincount(at, minlength=len(wholes)) > 0
    for place in np.unique(parts.queue):
        own = told & (wholes.queue == place)
        queue, calls = wholes.queues[place], float(wholes.offered[own].sum())
        rest = float(np.maximum(wholes.offered - sums, 0)[own].sum())
        kinds = len(np.unique(parts.key[parts.queue == place] >> 40))
        share = f" ({percent(rest / calls, 0)})" if calls else ""
        words = f"{queue}: {count(kinds, 'category', 'categories')}; {rest:,.0f} of "
        words += f"{count(int(calls), 'call')}{share} in none."
        beyond = int(np.count_nonzero((sums > wholes.offered) & own))
        doubt = (
            f"{queue}: in {count(beyond, 'interval')} the categories count more calls than the "
            "queue. A line without a category counts all calls of the queue; the parts are scaled "
            "to it."
        )
        yield words, doubt if beyond else ""
