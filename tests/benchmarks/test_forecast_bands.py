"""Bands of day totals by horizon, weeks to a year ahead, over origins of the past.

Environment: PARADE_CALLS, files as the accuracy benchmark takes them.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
import pytest

from forecasting.calendar import Calendar
from forecasting.models.registry import DEFAULT_MODEL, model_named
from forecasting.reading import read_history
from forecasting.scores import randomised_pit
from forecasting.series import Series
from tests.benchmarks.test_forecast_accuracy import FILES

FIRST, STEP, YEAR = 182, 28, 364
"""Days before the first origin, between origins, and ahead."""

HORIZONS = {"week 1": 7, "to 4 weeks": 28, "13": 91, "26": 182, "39": 273, "52": YEAR}
"""Parts of the horizon by their last day."""


@pytest.mark.benchmark
@pytest.mark.parametrize("file", FILES)
def test_bands_of_day_totals_by_horizon(file: str) -> None:
    """Prints per queue and horizon how many days of a hundred bands of 80 and 95 hold."""
    path, zone, *holidays = file.split()
    calendar = Calendar(zone, holidays[0] if holidays else None)
    for queue, series in read_history(path).items():
        rows = pd.concat(_said(series, calendar.of_queue(queue)))
        edges = [0, *HORIZONS.values()]
        part = pd.cut(rows["lead"], edges, labels=list(HORIZONS))
        off = (rows["pit"] - 0.5).abs()
        held = pd.DataFrame({"80": 100 * (off <= 0.4), "95": 100 * (off <= 0.475)})
        told = held.groupby(part, observed=True).agg(["mean"]).round(1)
        print(f"\n{queue}", told.T.to_string(), sep="\n")
        assert rows["pit"].between(0, 1).all()


def _said(series: Series, calendar: Calendar) -> Iterator[pd.DataFrame]:
    """Of each origin the days of horizon that were mostly seen, and the transforms of totals."""
    per_day = 1440 // series.interval_minutes
    local = calendar.local(series.start, series.interval_minutes, len(series))
    for day in range(FIRST, int(local.day[-1]) - 7, STEP):
        start = calendar.midnight(local.date[0] + day)
        past = series.before(start)
        if past is None:
            continue
        came = series.offered[int((start - series.start) // series.step) :][: YEAR * per_day]
        seen = np.flatnonzero(~np.isnan(came))
        said = model_named(DEFAULT_MODEL).fit(past, calendar).predict(start, len(came))
        lead, place = np.unique(seen // per_day, return_inverse=True)
        totals = type(said)(
            said.mean[seen],
            said.variance[seen],
            None if said.level is None else said.level[seen],
        ).day_totals(place)
        pit = randomised_pit(np.bincount(place, came[seen]).astype(np.float64), totals, 1)
        whole = np.bincount(place) > per_day / 2
        yield pd.DataFrame({"lead": lead[whole] + 1, "pit": pit[whole]})
