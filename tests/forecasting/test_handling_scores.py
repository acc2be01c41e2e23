"""Scores of handling times."""

from __future__ import annotations

import numpy as np
import pytest

from forecasting.calendar import Calendar
from forecasting.handling_scores import means_by_hand, score_handling
from forecasting.handling_time import HandlingTimes
from forecasting.series import Series

NOTHING = np.zeros(4)
SAID = HandlingTimes(np.full(4, 100.0), 1.0, NOTHING, NOTHING)


def test_a_miss_is_weighed_by_the_seconds_that_calls_took() -> None:
    """Intervals that were not observed or had no call say nothing."""
    calls = np.array([2.0, 1.0, np.nan, 0.0])
    seconds = np.array([300.0, 100.0, 50.0, 0.0])
    found = score_handling(calls, seconds, SAID, np.full(4, 150.0))
    assert found is not None
    assert (found.calls, found.wape, found.simple_wape) == (3, 100 / 400, 50 / 400)
    assert found.within_80 == 1
    assert score_handling(calls[2:], seconds[2:], SAID.part(slice(2, 4)), NOTHING[2:]) is None


def test_means_far_off_lie_outside_the_band() -> None:
    """A call of a thousand seconds where a hundred are expected does; an unknown peer is NaN."""
    found = score_handling(
        np.array([1.0, 50.0, 1.0, 1.0]),
        np.array([1000.0, 1000.0, 100.0, 100.0]),
        SAID,
        np.full(4, np.nan),
    )
    assert found is not None
    assert found.within_80 == 0.5
    assert np.isnan(found.simple_wape)


def test_the_mean_by_hand_is_that_of_the_hour_of_the_week() -> None:
    """Over the last 8 weeks alone; hours without a call take the mean of all."""
    start, hours = np.datetime64("2024-01-01T00:00", "m"), 24 * 7 * 10
    calls = np.where(np.arange(hours) % 24 == 3, 0.0, 2.0)
    seconds = calls * np.where(np.arange(hours) % 24 == 9, 200.0, 100.0)
    seconds[: 24 * 14] *= 5
    series = Series("101", start, 60, calls, seconds)
    means = means_by_hand(series, series.end, 24, Calendar("UTC"))
    assert means[9] == 200
    assert means[8] == 100
    assert means[3] == pytest.approx((22 * 100 + 200) / 23)
    bare = Series("101", start, 60, calls)
    assert np.isnan(means_by_hand(bare, series.end, 24, Calendar("UTC"))).all()
