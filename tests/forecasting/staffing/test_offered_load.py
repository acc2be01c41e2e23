"""Offered load over time against steady states, conservation and brute-force integration."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import lognorm

from forecasting.errors import InputError
from forecasting.staffing.offered_load import interval_load, minute_load

variations = st.none() | st.floats(0.2, 1.5)


def day() -> npt.NDArray[np.float64]:
    """A day of quarter hours that rises and falls."""
    return 20 + 18 * np.sin(np.arange(96) / 96 * 2 * np.pi)


@settings(deadline=None)
@given(st.floats(0, 500), st.floats(5, 5000), variations)
def test_steady_calls_make_a_steady_load(calls: float, aht: float, variation: float | None) -> None:
    """Constant calls load the room with calls × AHT / interval from the first interval on."""
    load = interval_load(np.full(8, calls), 900, aht, variation=variation)
    assert load == pytest.approx(calls * aht / 900, rel=1e-6)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.floats(0, 100), min_size=1, max_size=30), st.floats(20, 2000), variations)
def test_no_handled_time_is_lost(calls: list[float], aht: float, variation: float | None) -> None:
    """After a closed start, load × interval adds up to calls × AHT once all calls are over."""
    quiet = np.zeros(2500)
    load = interval_load(np.concatenate([[0.0], calls, quiet]), 900, aht, variation=variation)
    assert load.sum() * 900 == pytest.approx(sum(calls) * aht, rel=1e-6, abs=1e-6)
    assert np.all(load >= 0)


@pytest.mark.parametrize("variation", [None, 0.8])
def test_equals_brute_force_integration(variation: float | None) -> None:
    """The exact sums equal ∫ λ(t − u) P(S > u) du taken second by second, AHT varying."""
    calls, aht = day()[:24], np.where(np.arange(24) % 2, 400.0, 900.0)
    brute = np.zeros(24 * 900)
    for k in range(24):
        ages = np.arange(24 * 900 - k * 900) + 0.5
        if variation is None:
            alive = np.exp(-ages / aht[k])
        else:
            spread = np.sqrt(np.log1p(variation**2))
            alive = lognorm.sf(ages, spread, scale=aht[k] * np.exp(-(spread**2) / 2))
        handled = np.concatenate([[0.0], np.cumsum(alive)])
        end = np.arange(1, ages.size + 1)
        handled = handled[end] - handled[np.maximum(end - 900, 0)]
        brute[k * 900 :] += calls[k] / 900 * handled
    opened = np.concatenate([[0.0], calls])
    times = np.concatenate([[400.0], aht])
    mean = interval_load(opened, 900, times, variation=variation)[1:]
    assert mean == pytest.approx(brute.reshape(24, 900).mean(axis=1), rel=2e-3)
    minutes = minute_load(opened, 15, times, variation=variation)[1:]
    by_minute = brute.reshape(24, 15, 60)[:, :, 29:31].mean(axis=2)
    assert minutes == pytest.approx(by_minute, rel=1e-3, abs=0.02)


@settings(deadline=None)
@given(st.floats(30, 3000), variations)
def test_minutes_average_to_their_interval(aht: float, variation: float | None) -> None:
    """The mean over an interval's minutes is the interval's own figure, but for the grid."""
    minutes = minute_load(day(), 15, aht, variation=variation)
    assert minutes.shape == (96, 15)
    assert minutes.mean(axis=1) == pytest.approx(
        interval_load(day(), 900, aht, variation=variation), rel=5e-3
    )


def test_load_lags_behind_calls() -> None:
    """In a rise the room carries less than calls × AHT, in a fall more, by about one AHT."""
    load, naive = interval_load(day(), 900, 900), day()
    assert np.all(load[2:22] < naive[2:22])
    assert np.all(load[28:70] > naive[28:70])
    assert int(np.argmax(load)) - int(np.argmax(naive)) == 1


def test_history_takes_the_place_of_the_steady_start() -> None:
    """With the day before as history the first intervals equal those of one long run."""
    twice = interval_load(np.tile(day(), 2), 900, 700, variation=0.9)
    after = interval_load(day(), 900, 700, variation=0.9, calls_before=day())
    assert after == pytest.approx(twice[96:], rel=1e-12)


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"calls": [1.0, -1.0]}, "calls"),
        ({"calls": [np.nan]}, "calls"),
        ({"aht": 0.0}, "handling time"),
        ({"aht": [1.0, 2.0, 3.0]}, "one per interval"),
        ({"interval_seconds": 0}, "interval"),
        ({"variation": -1.0}, "variation"),
    ],
)
def test_refuses_what_is_no_load(values: dict[str, Any], words: str) -> None:
    """Negative, missing or mismatched input is refused in one sentence."""
    given_values = {"calls": [1.0, 2.0], "interval_seconds": 900, "aht": 300.0, **values}
    with pytest.raises(InputError, match=words):
        interval_load(**given_values)
