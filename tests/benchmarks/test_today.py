"""What forecasting today again from the counts so far is worth, at four times of day.

Forecasts of a week each, as a room's schedule makes them, from nothing but what was known before.
Environment as in `test_forecast_accuracy.py`; PARADE_ORIGINS, weeks.
"""

from __future__ import annotations

from pathlib import Path
from time import process_time

import numpy as np
import pytest

from forecasting.calendar import Calendar
from forecasting.models.registry import DEFAULT_MODEL, model_named
from forecasting.reading import read_history
from forecasting.series import Series
from forecasting.today import Day, gain, habit
from tests.benchmarks.test_forecast_accuracy import FILES, ORIGINS

HOURS = (6, 10, 14, 18)
WEEK = 7


@pytest.mark.benchmark
@pytest.mark.parametrize("file", FILES)
def test_the_rest_of_the_day_from_the_counts_so_far(file: str) -> None:
    """Prints the miss of the rest of the day and the loss of its intervals, with and without."""
    path, zone, *more = file.split()
    calendar = Calendar(zone, more[0] if more else None)
    print(f"\n{Path(path).name}: {ORIGINS * WEEK} days, untouched > updated")
    for queue, series in read_history(path).items():
        days = past_days(series, calendar)
        for hour in HOURS:
            cut = hour * 60 // series.interval_minutes
            begun = process_time()
            told = gain(days, cut)
            spent = process_time() - begun
            spread = habit([day.sums(cut) for day in days]).spread
            rest = np.mean([day.sums(cut)[3] for day in days])
            print(
                f"{queue:>16} {hour:02d}:00: rest of day {told.untouched / rest:.2%} > "
                f"{told.updated / rest:.2%}, pinball {told.untouched_loss:.4f} > "
                f"{told.updated_loss:.4f}, lasting spread {spread**0.5:.1%}, "
                f"{'used' if told.is_worth_it else 'not used'}, {1000 * spent:.0f} ms"
            )


def past_days(series: Series, calendar: Calendar) -> list[Day]:
    """The last days of a history, each as the forecast of its week said it."""
    end = calendar.local(series.end - series.step, series.interval_minutes, 1).date[0]
    days: list[Day] = []
    for week in range(ORIGINS, 0, -1):
        start = calendar.midnight((end - WEEK * week).item())
        past = series.before(start)
        assert past is not None
        fitted = model_named(DEFAULT_MODEL).fit(past, calendar)
        first = int((start - series.start) // series.step)
        after = calendar.midnight((end - WEEK * (week - 1)).item())
        length = int((after - start) // series.step)
        said = fitted.predict(start, length)
        local = calendar.local(start, series.interval_minutes, length)
        counts = series.offered[first : first + length]
        for day in range(WEEK):
            (at,) = np.nonzero(local.day == day)
            part = slice(int(at[0]), int(at[-1]) + 1)
            days.append(Day(said.part(part), counts[part], local.slot[part]))
    return days
