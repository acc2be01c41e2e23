"""Forecasts of handling times from calls and the seconds they took."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasting.calendar import Calendar
from forecasting.handling_calls import week_place
from forecasting.handling_time import (
    HandlingTimes,
    expected_calls,
    forecast_handling,
    gamma_quantile,
    lognormal_quantile,
)
from forecasting.series import FloatArray, Series

MONDAY = np.datetime64("2024-01-01T00:00", "m")
CALENDAR = Calendar("UTC")
LONDON = Calendar("Europe/London", "GB-ENG")


def hours_of(days: int, calls: float, true: FloatArray, seed: int = 1) -> Series:
    """Hours with Poisson calls, single calls gamma distributed around the true mean."""
    draw = np.random.default_rng(seed)
    came = draw.poisson(calls, 24 * days).astype(np.float64)
    seconds = draw.gamma(np.maximum(came / 0.8, 1e-9), 0.8) * true * (came > 0)
    return Series("101", MONDAY, 60, came, seconds)


def week(days: int, night: float = 1.0, weekend: float = 1.0) -> FloatArray:
    """400 s times a factor before six and one at weekends."""
    at = np.arange(24 * days)
    return 400 * np.where(at % 24 < 6, night, 1.0) * np.where(at // 24 % 7 >= 5, weekend, 1.0)


@cache
def half_a_year() -> Series:
    """Nights a fifth shorter, weekends a tenth longer."""
    return hours_of(182, 30, week(182, 0.8, 1.1))


def said(series: Series, days: int = 28, calendar: Calendar = CALENDAR) -> HandlingTimes:
    """What is forecast from the end of the series on."""
    found = forecast_handling(series, series.end, 24 * days, calendar).times
    assert found is not None
    return found


def test_a_planted_week_is_found() -> None:
    """Every hour of the horizon comes within 6 % of the mean that it was drawn from."""
    times = said(half_a_year())
    hour = np.arange(24 * 28) % 24
    inner = (hour != 5) & (hour != 6) & (hour != 0) & (hour != 23)
    off = times.mean / week(28, 0.8, 1.1) - 1
    assert np.abs(off).max() < 0.12
    assert np.abs(off[inner]).max() < 0.06


def test_hours_that_do_not_differ_stay_together() -> None:
    """Equal but for chance, the hours' means lie within 2 % of each other."""
    times = said(hours_of(182, 30, week(182)))
    assert np.ptp(times.mean) < 0.02 * 400


def test_recent_weeks_weigh_more() -> None:
    """A level that rose by a quarter six weeks ago is forecast within 3 % of the new one."""
    true = week(182) * np.where(np.arange(24 * 182) >= 24 * 140, 1.25, 1.0)
    assert said(hours_of(182, 30, true)).mean.mean() == pytest.approx(500, rel=0.03)


def test_a_slow_trend_goes_on() -> None:
    """Growing by a tenth in 12 weeks, the level of the next four lies above the last one known."""
    days = np.arange(24 * 364) // 24
    times = said(hours_of(364, 60, 400 * 1.1 ** (days / 84)))
    now = 400 * 1.1 ** (364 / 84)
    assert 1.0 < times.mean.mean() / now < 1.06


def test_calls_left_open_and_odd_days_move_little() -> None:
    """Calls of a day's length and a day of threefold times move no hour by more than 4 %."""
    series = half_a_year()
    assert series.handled_seconds is not None
    dirty = series.handled_seconds.copy()
    dirty[100::500] += 86_400.0
    dirty[24 * 170 : 24 * 171] *= 3
    off = said(replace(series, handled_seconds=dirty)).mean / said(series).mean - 1
    assert np.abs(off).max() < 0.04


@pytest.mark.parametrize("variation", [0.6, 0.9])
def test_bands_hold_what_they_say(variation: float) -> None:
    """Of means of coming intervals 80 and 95 % lie within bands of that name, within 3 points."""
    series = half_a_year()
    draw = np.random.default_rng(5)
    spread = np.sqrt(np.log1p(variation**2))
    calls = draw.poisson(3.0, 24 * 210).astype(np.int64)
    each = np.exp(draw.normal(-(spread**2) / 2, spread, int(calls.sum())))
    place = np.repeat(np.arange(24 * 210), calls)
    level = np.exp(np.cumsum(draw.normal(0, 0.01, 210)))[np.arange(24 * 210) // 24]
    seconds = np.bincount(place, each, 24 * 210) * week(210, 0.8) * level
    known = slice(0, 24 * 182)
    past = Series("101", series.start, 60, calls[known].astype(np.float64), seconds[known])
    times, some = said(past), calls[24 * 182 :] > 0
    mean = (seconds[24 * 182 :] / np.maximum(calls[24 * 182 :], 1))[some]
    came = np.maximum(calls[24 * 182 :], 1).astype(np.float64)
    for low, high, share in ((0.1, 0.9, 0.8), (0.025, 0.975, 0.95)):
        edges = [times.quantile(level, came)[some] for level in (low, high)]
        assert np.mean((mean >= edges[0]) & (mean <= edges[1])) == pytest.approx(share, abs=0.03)


def test_uncertainty_grows_with_the_horizon_and_falls_with_calls() -> None:
    """A year ahead the level is less sure than tomorrow, and many calls' mean surer than one's."""
    times = said(half_a_year(), 365)
    assert times.level[-1] > times.level[0]
    assert np.all(np.diff(times.level) >= -1e-12)
    widths = [
        np.ptp([times.quantile(level, np.full(len(times), calls))[0] for level in (0.1, 0.9)])
        for calls in (1.0, 10.0, 100.0)
    ]
    assert widths[0] > widths[1] > widths[2] > 0
    assert np.all(np.diff(times.quantiles(np.full(len(times), 3.0)), axis=0) >= 0)


def test_holidays_count_where_past_ones_bear_them_out() -> None:
    """Bank holidays a third longer are forecast so; without a difference nothing is added."""
    local = LONDON.local(MONDAY, 60, 24 * 500)
    named = np.array(sorted(LONDON.holiday_names(local.date[0], local.date[-1])), "M8[D]")
    holiday = np.isin(local.date, named)
    for factor in (1.33, 1.0):
        series = hours_of(500, 20, week(500) * np.where(holiday, factor, 1.0))
        known = series.before(np.datetime64("2025-04-14T00:00"))
        assert known is not None
        times = said(known, 10, LONDON)
        friday = times.mean[24 * 4 : 24 * 5].mean() / times.mean[24 * 3 : 24 * 4].mean()
        assert friday == pytest.approx(factor, abs=0.07)


def test_four_weeks_and_one_day_say_that_they_are_short() -> None:
    """Under four weeks there is a forecast, and a sentence that the week is uncertain."""
    for days, words in ((1, "Only 1 day tells handling times"), (20, "Only 20 days tell")):
        series = hours_of(days, 10, week(days))
        short = forecast_handling(series, series.end, 48, CALENDAR)
        assert short.times is not None
        assert short.times.mean == pytest.approx(400, rel=0.3)
        assert any(words in note for note in short.notes)
    assert not forecast_handling(half_a_year(), half_a_year().end, 24, CALENDAR).notes


def test_days_without_handling_times_are_stepped_over() -> None:
    """Told on every third day alone, and not in the last three weeks, the level is still found."""
    series = half_a_year()
    assert series.handled_seconds is not None
    day = np.arange(len(series)) // 24
    seconds = np.where((day % 3 == 0) & (day < 161), series.handled_seconds, np.nan)
    found = forecast_handling(replace(series, handled_seconds=seconds), series.end, 24, CALENDAR)
    assert found.times is not None
    assert found.times.mean == pytest.approx(said(series, 1).mean, rel=0.06)
    assert found.notes == ("No handling times were told in the last 22 days before the forecast.",)


def test_nothing_told_is_nothing_forecast() -> None:
    """Of no handled seconds, zeros of them, or too few calls, nothing is forecast."""
    series = half_a_year()
    zeros = replace(series, handled_seconds=np.zeros(len(series)))
    for nothing in (replace(series, handled_seconds=None), zeros):
        found = forecast_handling(nothing, series.end, 24, CALENDAR)
        assert (found.times, found.notes) == (None, ())
    before = forecast_handling(series, series.start, 24, CALENDAR)
    assert before.times is None
    few = Series("101", MONDAY, 60, np.full(24, 2.0), np.full(24, 700.0))
    found = forecast_handling(few, few.end, 24, CALENDAR)
    assert found.times is None
    assert "Only 48 calls with handling times" in found.notes[0]


def test_closed_hours_take_the_level() -> None:
    """A queue closed at night has finite handling times then, near the mean of its open hours."""
    series = half_a_year()
    assert series.handled_seconds is not None
    open_ = np.arange(len(series)) % 24 >= 8
    part = replace(series, offered=np.where(open_, series.offered, np.nan))
    times = said(part)
    assert np.all(np.isfinite(times.mean) & (times.mean > 0))
    assert times.mean[:7] == pytest.approx(400, rel=0.1)


@pytest.mark.parametrize("change", ["2024-03-31T00:00", "2024-10-27T00:00"])
def test_clock_changes_in_the_horizon(change: str) -> None:
    """Over both clock changes every interval has its local hour's mean, one for each interval."""
    series = hours_of(80, 30, week(80, 0.5))
    start = np.datetime64(change, "m")
    times = forecast_handling(series, start, 36, LONDON).times
    assert times is not None
    place = week_place(LONDON.local(start, 60, 36)) % 24
    assert len(times) == 36
    assert times.mean[place < 5].max() < times.mean[place > 7].min()


@pytest.mark.parametrize("seconds", [1.0, 1e9])
def test_one_absurd_interval(seconds: float) -> None:
    """One interval of no or of endless seconds leaves a finite forecast near the truth."""
    series = half_a_year()
    assert series.handled_seconds is not None
    odd = series.handled_seconds.copy()
    odd[-30] = seconds
    assert said(replace(series, handled_seconds=odd)).mean.mean() == pytest.approx(
        said(series).mean.mean(), rel=0.01
    )


@settings(deadline=None, max_examples=40)
@given(
    st.integers(0, 2**32 - 1),
    st.integers(1, 90),
    st.sampled_from([0.02, 1.0, 40.0]),
    st.sampled_from(["whole", "one day", "weekends", "one hour", "alike", "a gap", "a spike"]),
)
def test_whatever_is_told_the_forecast_is_a_number(
    seed: int, days: int, calls: float, kind: str
) -> None:
    """Of any history it is finite and above 0, its quantiles never cross, or there is none."""
    series = hours_of(days, calls, week(days, 0.7), seed)
    assert series.handled_seconds is not None
    day, hour = np.divmod(np.arange(len(series)), 24)
    seconds = series.handled_seconds.copy()
    told = {
        "one day": day == days // 2,
        "weekends": day % 7 >= 5,
        "one hour": hour == 3,
        "a gap": (day < days // 3) | (day > days // 3 + 10),
    }.get(kind, day >= 0)
    if kind == "alike":
        seconds = 300.0 * series.offered
    if kind == "a spike":
        seconds[len(seconds) // 2] = 1e9
    part = replace(series, handled_seconds=np.where(told, seconds, np.nan))
    times = forecast_handling(part, series.end, 24 * 40, LONDON).times
    if times is None:
        return
    for values in (times.mean, times.own, times.level, times.shared):
        assert np.all(np.isfinite(values) & (values >= 0))
    quantiles = times.quantiles(expected_calls(np.full(len(times), calls)))
    assert np.all(np.isfinite(quantiles) & (quantiles >= 0))
    assert np.all(np.diff(quantiles, axis=0) >= 0)
    assert times.mean.min() > 0


def test_expected_calls_is_the_inverse_of_the_mean_inverse() -> None:
    """It is what drawn Poisson numbers say, never falling, and about the mean of many."""
    draw = np.random.default_rng(3)
    for mean in (0.01, 0.7, 3.0, 12.0, 60.0):
        calls = draw.poisson(mean, 200_000)
        exact = 1 / np.mean(1 / calls[calls > 0])
        assert expected_calls(np.array([mean]))[0] == pytest.approx(exact, rel=0.03)
    assert np.all(np.diff(expected_calls(np.linspace(0, 100, 500))) >= 0)


def test_quantiles_of_both_families() -> None:
    """Both have the mean and variance that they are given, by a sum over their quantiles."""
    levels = (np.arange(20_000) + 0.5) / 20_000
    for quantile in (gamma_quantile, lognormal_quantile):
        values = quantile(levels, np.full(20_000, 0.3))
        assert values.mean() == pytest.approx(1, abs=0.002)
        assert values.var() == pytest.approx(0.3, rel=0.02)
