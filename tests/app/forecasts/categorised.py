"""A control room of one queue with categories, and forecasts of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any
from uuid import UUID

import numpy as np

from app.db.transaction import Database
from app.demand import service as demand
from forecasting.series import History
from tests.app.forecasts.adjusting import lately

NAMES = ("Crime", "ASB", "Mental health")
SHARES = (0.4, 0.2, 0.1, 0.3)
"""Of those categories and of none; by night, from 22:00 UTC to 06:00, ASB takes over from crime."""


@cache
def counts() -> demand.Counts:
    """Counts of two queues; those of `police_traffic` are told by category too."""
    return categorised(lately(), "police_traffic")


def categorised(
    history: History, queue: str, names: Sequence[str] = NAMES, shares: Sequence[float] = SHARES
) -> demand.Counts:
    """Counts with those of one queue told by category too, drawn by chance."""
    wholes = demand.counts_of(history)
    own = np.flatnonzero(wholes.queue == wholes.queues.index(queue))
    hour = wholes.start[own] // 60 % 24
    day = np.array(shares)
    night = day[[1, 0, *range(2, len(day))]]
    chances = np.where(((hour >= 22) | (hour < 6))[:, None], night, day)
    drawn = np.random.default_rng(1).multinomial(wholes.offered[own].astype(int), chances)
    rows = np.concatenate([np.arange(len(wholes)), *[own] * len(names)])
    category = np.repeat([-1, *range(len(names))], [len(wholes), *[len(own)] * len(names)])
    offered = np.concatenate([wholes.offered, *drawn.T[: len(names)]])
    return replace(
        wholes,
        queue=wholes.queue[rows],
        start=wholes.start[rows],
        offered=offered,
        handled_seconds=None,
        categories=tuple(names),
        category=category,
    )


def receive(database: Database, room_id: UUID) -> None:
    """Keep the counts."""
    with database.write() as transaction:
        demand.receive(transaction, room_id, counts(), "test", None)


def change(database: Database, room_id: UUID, source: str, **fields: Any) -> demand.Category:
    """Rename, merge or hide the category that comes in under a name."""
    with database.write() as transaction:
        held = next(e for e in demand.categories(transaction, room_id) if e.source == source)
        return demand.change_category(transaction, room_id, replace(held, **fields))
