"""When a queue is closed: found from absent rows and from weekdays of zeros, and said."""

from __future__ import annotations

import numpy as np
import pytest

from forecasting.calendar import Calendar
from forecasting.closed import opening
from forecasting.models.registry import MODELS
from forecasting.series import FloatArray, Series
from tests.forecasting.made_counts import MONDAY, made_series


def weekday_queue(days: int, *, per_day: float = 400, fill: float = 0.0) -> Series:
    """An hourly queue whose Saturdays and Sundays hold `fill`."""
    series = made_series(days, per_day=per_day, minutes=60)
    weekend = np.arange(len(series)) // 24 % 7 >= 5
    return Series("999", MONDAY, 60, np.where(weekend, fill, series.offered))


def closed_days(series: Series) -> tuple[list[int], tuple[str, ...]]:
    """Weekdays that are found closed, and what is said."""
    local = Calendar("UTC").local(series.start, 60, len(series))
    found = opening(series, local)
    return np.flatnonzero(found.closed.reshape(7, 24).all(axis=1)).tolist(), found.notes


def test_weekends_of_zeros_are_closed_like_absent_ones() -> None:
    """Zeros or no rows on every Saturday and Sunday say the same."""
    days, notes = closed_days(weekday_queue(70))
    assert days == [5, 6]
    assert notes == ("Without a single call and so taken as closed, forecast zero: Sat, Sun.",)
    days, notes = closed_days(weekday_queue(70, fill=np.nan))
    assert days == [5, 6]
    assert notes == ("Never observed and so taken as closed, forecast zero: all of Sat, Sun.",)


@pytest.mark.parametrize("series", [weekday_queue(14), weekday_queue(84, per_day=3)])
def test_few_days_or_few_calls_do_not_close_a_weekday(series: Series) -> None:
    """Two weekends, or weekends of a queue that hardly rings, may be empty by chance."""
    assert closed_days(series) == ([], ())


def test_a_queue_without_calls_is_not_closed() -> None:
    """Where nobody ever calls no weekday stands out."""
    assert closed_days(Series("999", MONDAY, 60, np.zeros(24 * 70))) == ([], ())


@pytest.mark.parametrize("name", ["chosen", "totals_profile", "day_smoothing"])
def test_zeros_at_weekends_leave_open_days_as_sure_as_they_are(name: str) -> None:
    """The level of open days is right and not unsure for the zeros beside them."""
    series = weekday_queue(280)
    said = MODELS[name].fit(series, Calendar("UTC")).predict(series.end, 14 * 24)
    by_day: FloatArray = said.mean.reshape(14, 24).sum(axis=1)
    weekend = np.arange(14) % 7 >= 5
    assert not by_day[weekend].any()
    assert by_day[~weekend] == pytest.approx(np.full(10, 400), rel=0.08)
    assert said.level is not None
    assert np.sqrt(np.median(said.level)) < 0.06


def test_a_long_gap_is_said_and_a_short_one_is_not() -> None:
    """Seven open days without a row are named, to the next count; four are not."""
    counts = weekday_queue(120, fill=np.nan).offered.copy()
    counts[40 * 24 : 46 * 24] = np.nan
    _, notes = closed_days(Series("999", MONDAY, 60, counts))
    assert not [note for note in notes if "observed from" in note]
    counts[80 * 24 : 89 * 24] = np.nan
    _, notes = closed_days(Series("999", MONDAY, 60, counts))
    assert [note for note in notes if "observed from" in note] == [
        "Nothing was observed from 2024-03-21 to 2024-03-31."
    ]
