"""Shares of categories between what is kept of them and the library."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from uuid import UUID

import numpy as np

from app.forecasts.series.runs import text_instants
from app.forecasts.values import (
    CategoryDays,
    CategoryValues,
    Floats,
    Forecast,
    PackedShares,
    QueueValues,
)
from forecasting import forecast as engine
from forecasting.calendar import Calendar
from forecasting.categories import HOURS, REST, Parts, Shares, shared_out, shares, week_hours
from forecasting.distribution import Distribution
from forecasting.series import IntArray

DIGITS = 6
"""Significant digits of a queue's mean, to which its parts add up."""

LEVELS = ("q05", "q10", "q25", "q50", "q75", "q90", "q95")

COLUMNS = ("interval_start", "queue", "category", "mean", *LEVELS)
"""Of the file of a forecast's categories."""


def learned_shares(
    parts: Parts, sources: Mapping[UUID, str | None], asked: Forecast
) -> PackedShares | None:
    """How a queue's calls divide, as it is kept; None where none was told by category.

    Args:
        parts: counts before the forecast.
        sources: the name under which each category of the queue is shown, None for a hidden one.
        asked: the forecast.
    """
    if not np.nansum(parts.counts) > 0:
        return None
    found = shares(parts, Calendar(asked.zone, asked.holidays))
    return PackedShares(
        parts.names,
        {each: name for each, name in sources.items() if name is not None},
        found.table.astype("<f8").tobytes(),
        found.apart.astype("<f8").tobytes(),
    )


def unpack_shares(packed: PackedShares, shown: Mapping[UUID, str | None]) -> Shares:
    """Kept shares under the names that hold now.

    A part is called as all categories counted in it are called now; where they are no longer
    counted together it cannot be taken apart and keeps its name.

    Args:
        packed: as kept.
        shown: the name under which each category is shown now, None for a hidden one.
    """
    table, apart = (np.frombuffer(each, "<f8") for each in (packed.table, packed.apart))
    kept = Shares((*packed.names, REST), table.reshape(-1, HOURS), apart)
    now: dict[str, set[str | None]] = {name: set() for name in packed.names}
    for category, name in packed.sources.items():
        now[name].add(shown.get(category, name))
    return kept.renamed([_agreed(name, others) for name, others in now.items()])


def _agreed(name: str, others: set[str | None]) -> str:
    if len(others) != 1:
        return name
    (only,) = others
    return REST if only is None else only


def _hours(whole: engine.Forecast, asked: Forecast) -> IntArray:
    """Hour of the week of each interval of a forecast, a public holiday's as a Sunday's."""
    return week_hours(Calendar(asked.zone, asked.holidays), whole.times)


def category_values(
    whole: engine.Forecast, asked: Forecast, by_queue: Mapping[str, Shares]
) -> CategoryValues:
    """A forecast split among categories, of the queues that have shares."""
    hours = _hours(whole, asked)
    said = {
        queue: {
            name: QueueValues(part.mean, *part.quantiles)
            for name, part in _parts(whole.by_queue[queue], divided, hours).items()
        }
        for queue, divided in by_queue.items()
    }
    wholes = {queue: whole.by_queue[queue].mean for queue in said}
    return CategoryValues(whole.times, whole.interval_minutes, said, wholes)


def category_days(whole: engine.Forecast, asked: Forecast, queue: str, own: Shares) -> CategoryDays:
    """A queue of a forecast split among categories, day by day."""
    local = Calendar(asked.zone).local(whole.start, whole.interval_minutes, whole.intervals)
    days, day = np.unique(local.date, return_inverse=True)
    totals = [
        part.day_totals(day)
        for part in _parts(whole.by_queue[queue], own, _hours(whole, asked)).values()
    ]
    return CategoryDays(
        own.names,
        tuple(date.fromisoformat(str(each)) for each in days),
        np.array([each.mean for each in totals]),
        np.array([each.quantile(0.10) for each in totals]),
        np.array([each.quantile(0.90) for each in totals]),
        own.table,
    )


def _parts(whole: Distribution, own: Shares, hours: IntArray) -> dict[str, Distribution]:
    return dict(zip(own.names, own.split(whole, hours), strict=True))


def added_means(parts: Mapping[str, QueueValues], whole: Floats) -> dict[str, list[Decimal]]:
    """Means of a queue's parts as decimals that add up to its own of six significant digits."""
    wholes = [Decimal(f"{value:.{DIGITS}g}") for value in whole]
    places = [DIGITS - 1 - max(each.adjusted(), -DIGITS) for each in wholes]
    units = [int(each.scaleb(place)) for each, place in zip(wholes, places, strict=True)]
    told = shared_out(np.array([each.mean for each in parts.values()]), np.array(units))
    return {
        name: [Decimal(int(unit)).scaleb(-place) for unit, place in zip(row, places, strict=True)]
        for name, row in zip(parts, told, strict=True)
    }


def category_csv(said: CategoryValues) -> str:
    """A forecast of categories as a file; means of a queue's parts add up to its own."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    instants = text_instants(said.starts)
    for queue, parts in said.by_queue.items():
        means = added_means(parts, said.wholes[queue])
        for name, part in parts.items():
            levels = (getattr(part, level).astype(np.int64).tolist() for level in LEVELS)
            told = ["0" if not mean else f"{mean.normalize():f}" for mean in means[name]]
            names = ([each] * len(instants) for each in (queue, name))
            writer.writerows(zip(instants, *names, told, *levels, strict=True))
    return out.getvalue()
