"""The shape of the week, the gaps in the counts, and how good past forecasts were."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from app.forecasts.service import Accuracy
from app.web.words import count, number, percent
from forecasting.calendar import Calendar
from forecasting.series import Series

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

STEPS = 10
"""Of tone in a heat map."""

HOURS_OF_DAY = tuple(f"{hour:02d}" for hour in range(24))
"""Heads of a heat map's columns."""

HeatRow = tuple[str, list[tuple[str, int]]]


def week_heat(series: Series, zone: str) -> list[HeatRow]:
    """Calls an hour by weekday and hour, the mean of a series; a dash where none was observed."""
    local = Calendar(zone).local(series.start, series.interval_minutes, len(series))
    per_hour = 60 // series.interval_minutes
    cell = local.weekday * 24 + local.slot // per_hour
    seen = series.observed
    many = np.bincount(cell[seen], minlength=168)
    total = np.bincount(cell[seen], weights=series.offered[seen], minlength=168)
    means = np.divide(total * per_hour, many, out=np.full(168, np.nan), where=many > 0)
    return heat_rows(means.reshape(7, 24))


def heat_rows(means: npt.NDArray[np.float64]) -> list[HeatRow]:
    """Calls an hour as rows of a heat map.

    Args:
        means: by weekday and hour, shape (7, 24), at least one of them known.
    """
    top, low = float(np.nanmax(means)), float(np.nanmin(means))
    decimals, scale = 0 if top >= 10 else 1, STEPS / (top - low) if top > low else 0.0

    def told(value: float) -> tuple[str, int]:
        return (
            ("–", 0) if np.isnan(value) else (number(value, decimals), round(scale * (value - low)))
        )

    return [
        (day, [told(float(value)) for value in row])
        for day, row in zip(WEEKDAYS, means, strict=True)
    ]


def gap_words(series: Series, zone: str, interval: str) -> str:
    """How much was not counted, as a sentence; slots of the week never observed are closed."""
    missing = _missing(series, zone)
    days = len(series) * series.interval_minutes // 1440
    if not missing:
        return f"Every {interval} of the last {count(days, 'day')} was counted."
    was = "was" if missing == 1 else "were"
    them = "It is left out, not taken" if missing == 1 else "They are left out, not taken"
    intervals = count(missing, interval)
    return f"{intervals} of the last {count(days, 'day')} {was} not counted. {them} as zero."


def _missing(series: Series, zone: str) -> int:
    local = Calendar(zone).local(series.start, series.interval_minutes, len(series))
    slots: npt.NDArray[np.int64] = np.bincount(
        local.week_slot[series.observed], minlength=7 * local.slots_per_day
    )
    return int(np.count_nonzero(~series.observed & (slots[local.week_slot] > 0)))


@dataclass(frozen=True, slots=True)
class AccuracyTable:
    """How good past forecasts were.

    Attributes:
        queues: heads of the columns.
        rows: what is compared, with a figure for each queue.
        bands: how often counts fell inside the 80 % band, as a sentence.
    """

    queues: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    bands: str

    @property
    def columns(self) -> list[tuple[str, str]]:
        """The queues as heads of columns of figures."""
        return [(queue, "n") for queue in self.queues]


def accuracy_table(
    found: Mapping[str, tuple[Accuracy | None, Accuracy | None]], interval: str
) -> AccuracyTable | None:
    """Mean misses by queue, beside the simple way and pure chance; None when none is known."""
    if not found:
        return None
    near = {queue: first for queue, (first, _) in found.items()}
    later = {queue: second for queue, (_, second) in found.items()}
    rows = [_row("Parade, days 1 to 7", near, lambda each: each.wape)]
    if any(later.values()):
        rows.append(_row("Parade, days 8 and later", later, lambda each: each.wape))
    rows.append(_row("Mean of the 8 weeks before", near, lambda each: each.simple_wape))
    rows.append(_row("Nobody can beat (pure chance)", near, lambda each: each.chance_wape))
    inside = (f"{percent(each.within_80, 0)} of {queue}" for queue, each in near.items() if each)
    bands = f"Inside the 80 % band, of {interval}s: {', '.join(inside)}."
    return AccuracyTable(tuple(found), tuple(rows), bands)


def _row(
    label: str, by_queue: Mapping[str, Accuracy | None], told: Callable[[Accuracy], float | None]
) -> tuple[str, ...]:
    figures = (None if each is None else told(each) for each in by_queue.values())
    return (label, *("–" if value is None else percent(value) for value in figures))
