"""Counts to test with."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

import numpy as np

from app.demand import service as demand

MONDAY = datetime(2026, 3, 2, tzinfo=UTC)
"""00:00 UTC of a Monday in winter, when London keeps UTC."""


def at(quarter: int) -> datetime:
    """The beginning of a quarter hour, counted from `MONDAY`."""
    return MONDAY + timedelta(minutes=15 * quarter)


def minutes(quarter: int) -> int:
    """The same in minutes since 1970."""
    return int(at(quarter).timestamp()) // 60


def counts(
    offered: Mapping[tuple[str, int], float],
    *,
    handled: Mapping[tuple[str, int], float] | None = None,
    interval_minutes: int | None = 15,
) -> demand.Counts:
    """Counts by queue and quarter hour from `MONDAY`."""
    names = tuple(sorted({name for name, _ in offered}))
    return demand.Counts(
        names,
        np.array([names.index(name) for name, _ in offered], dtype=np.int64),
        np.array([minutes(quarter) for _, quarter in offered], dtype=np.int64),
        np.array(list(offered.values()), dtype=np.float64),
        handled_seconds=None
        if handled is None
        else np.array([handled.get(key, np.nan) for key in offered]),
        interval_minutes=interval_minutes,
    )
