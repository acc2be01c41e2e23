"""Histories that are short, broken off, holed or dirty, each under its name."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from forecasting.calendar import Calendar
from forecasting.series import FloatArray, Series
from tests.forecasting.made_counts import MONDAY, made_rates

WEEKS = 12
PER_DAY = 300.0

LEAVE_OUT = ("empty", "one day")
"""What nothing can be forecast from: it is refused in a sentence."""


def odd_histories(zone: str, end: np.datetime64 | None = None) -> Mapping[str, Series]:
    """Hourly counts of `WEEKS` weeks and what may become of them, by name.

    Args:
        zone: In which queues open and close.
        end: At which they end, a Monday at midnight UTC; as `made_counts` has it when None.
    """
    hours = WEEKS * 7 * 24
    last = MONDAY + hours * 60 if end is None else end
    start = last - np.timedelta64(hours, "h")
    counts = np.random.default_rng(4).poisson(made_rates(WEEKS * 7, per_day=PER_DAY, minutes=60))
    hour, day = np.arange(hours), np.arange(hours) // 24
    local = Calendar(zone).local(start, 60, hours)
    open_ = (local.weekday < 5) & (local.slot >= 8) & (local.slot < 20)

    def seen(where: FloatArray | np.ndarray) -> FloatArray:
        return np.where(where, counts.astype(np.float64), np.nan)

    spiked = seen(hour >= 0)
    spiked[hours // 2] = 1e6
    last_week = seen(day >= (WEEKS - 1) * 7)
    last_week[-3 * 24 - 11] = 1e6
    made = {
        "empty": seen(hour < 0),
        "one day": seen(day == WEEKS * 7 - 1),
        "four weeks": seen(day >= (WEEKS - 4) * 7),
        "begins midway": seen(day >= WEEKS * 7 // 2),
        "stops midway": seen(day < WEEKS * 7 // 2),
        "ten days missing at the end": seen(day < WEEKS * 7 - 10),
        "all zeros": np.zeros(hours),
        "a million in one hour": spiked,
        "a million in the only week": last_week,
        "a million among zeros": np.where(hour == hours // 2, 1e6, 0.0),
        "closed nights and weekends": seen(open_),
        "zeros at nights and weekends": np.where(open_, counts, 0.0),
        "open on Mondays alone": seen(day % 7 == 0),
    }
    return {name: Series(name, start, 60, values) for name, values in made.items()}


def usual_calls(name: str) -> float | None:
    """Calls of an hour in the mean, of histories that are a part of the usual ones."""
    rate = PER_DAY / 24 * (5 + 2 * 1.3) / 7
    if name in LEAVE_OUT or "zeros" in name or "closed" in name or "Mondays" in name:
        return None
    return rate
