"""Made-up counts with a known rate, for tests of models and scores."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from forecasting.calendar import Calendar
from forecasting.series import Series

MONDAY = np.datetime64("2024-01-01T00:00", "m")


def made_rates(
    days: int, *, per_day: float = 200.0, minutes: int = 15, zone: str = "UTC"
) -> npt.NDArray[np.float64]:
    """Expected counts from 1 January 2024 (UTC): busy evenings and weekends by local time."""
    intervals = days * 1440 // minutes
    local = Calendar(zone).local(MONDAY, minutes, intervals)
    hour = local.slot * minutes / 60
    shape = 1 + 0.7 * np.sin(2 * np.pi * (hour - 12) / 24)
    weekend = np.where(local.weekday >= 5, 1.3, 1.0)
    return per_day * minutes / 1440 * shape * weekend


def made_series(
    days: int,
    *,
    per_day: float = 200.0,
    minutes: int = 15,
    zone: str = "UTC",
    seed: int = 1,
    queue: str = "999",
) -> Series:
    """Poisson counts with the rates of `made_rates`."""
    rates = made_rates(days, per_day=per_day, minutes=minutes, zone=zone)
    counts = np.random.default_rng(seed).poisson(rates).astype(np.float64)
    return Series(queue, MONDAY, minutes, counts)
