"""What every registered model must keep, without being asked for by name."""

from __future__ import annotations

import numpy as np
import pytest

from forecasting.calendar import Calendar
from forecasting.distribution import Distribution
from forecasting.errors import InputError
from forecasting.models.registry import MODELS, model_named
from forecasting.series import Series
from tests.forecasting.made_counts import MONDAY, made_rates, made_series

pytestmark = pytest.mark.parametrize("name", MODELS)


def said_of(
    name: str, series: Series, *, days: int = 14, zone: str = "UTC", holidays: str | None = None
) -> Distribution:
    """The model's forecast of the days after a series."""
    intervals = days * 1440 // series.interval_minutes
    fitted = MODELS[name].fit(series, Calendar(zone, holidays))
    return fitted.predict(series.end, intervals)


def assert_sound(said: Distribution, intervals: int) -> None:
    """Right length, finite, never negative, quantiles never crossing."""
    assert said.mean.shape == (intervals,)
    assert said.quantiles.shape == (7, intervals)
    assert np.all(np.isfinite(said.mean))
    assert np.all(said.mean >= 0)
    assert np.all(said.quantiles >= 0)
    assert np.all(np.isfinite(said.quantiles))
    assert np.all(np.diff(said.quantiles, axis=0) >= 0)


def changed(series: Series, counts: np.ndarray) -> Series:
    """The series with other counts."""
    return Series(series.queue, series.start, series.interval_minutes, counts)


def test_declares_itself(name: str) -> None:
    """A model is found by its own name and has a title."""
    model = model_named(name)
    assert model.name == name
    assert model.title
    assert model.needs_days <= 28


@pytest.mark.parametrize("minutes", [15, 30, 60])
@pytest.mark.parametrize("per_day", [3.0, 200.0, 50_000.0])
def test_forecasts_are_sound_and_near_the_rates(name: str, minutes: int, per_day: float) -> None:
    """Tiny and big queues of any interval length: sound numbers, the day's level about right."""
    series = made_series(70, per_day=per_day, minutes=minutes)
    said = said_of(name, series)
    assert_sound(said, 14 * 1440 // minutes)
    truth = made_rates(84, per_day=per_day, minutes=minutes)[-len(said) :]
    tolerance = 0.05 + 4 * np.sqrt(1 / (per_day * 7))
    assert said.mean.sum() == pytest.approx(truth.sum(), rel=tolerance)


def test_the_shape_of_the_week_is_learned(name: str) -> None:
    """On many calls, busy hours and weekends come out within the noise of one week."""
    said = said_of(name, made_series(70, per_day=50_000, minutes=60), days=7)
    truth = made_rates(77, per_day=50_000, minutes=60)[-168:]
    assert np.max(np.abs(said.mean / truth - 1)) < 0.15


@pytest.mark.parametrize("zone", ["Europe/London", "America/Chicago"])
@pytest.mark.parametrize("month", ["03", "10"])
def test_length_and_hours_are_right_across_a_clock_change(name: str, zone: str, month: str) -> None:
    """A horizon over a clock change has 96 rows a day and keeps local hours."""
    whole = made_series(330, per_day=20_000, minutes=30, zone=zone)
    truth = made_rates(330, per_day=20_000, minutes=30, zone=zone)
    start = np.datetime64(f"2024-{month}-20T00:00", "m")
    first = int((start - MONDAY) // whole.step)
    past = whole.before(start)
    assert past is not None
    said = MODELS[name].fit(past, Calendar(zone)).predict(start, 20 * 48)
    assert_sound(said, 20 * 48)
    wanted = truth[first : first + 20 * 48]
    assert np.abs(said.mean - wanted).sum() / wanted.sum() < 0.08


def test_says_the_same_twice(name: str) -> None:
    """The same counts give the same forecast to the last bit."""
    series = made_series(60)
    first, second = said_of(name, series), said_of(name, series)
    np.testing.assert_array_equal(first.mean, second.mean)
    np.testing.assert_array_equal(first.quantiles, second.quantiles)


def test_uses_nothing_after_the_origin(name: str) -> None:
    """Poisoned counts after the origin change nothing in what is said at it."""
    whole = made_series(80)
    origin = MONDAY + np.timedelta64(60, "D")
    poisoned = whole.offered.copy()
    poisoned[60 * 96 :] = 1e5
    results = []
    for counts in (whole.offered, poisoned):
        past = changed(whole, counts).before(origin)
        assert past is not None
        fitted = MODELS[name].fit(past, Calendar("UTC", "GB-ENG"))
        results.append(fitted.predict(origin, 960))
    np.testing.assert_array_equal(results[0].mean, results[1].mean)
    np.testing.assert_array_equal(results[0].quantiles, results[1].quantiles)


@pytest.mark.parametrize("gap", ["hours", "days", "long", "last ten days", "scattered"])
def test_gaps_are_not_zeros(name: str, gap: str) -> None:
    """Intervals that were not observed do not pull the forecast down."""
    series = made_series(112, per_day=400)
    counts = series.offered.copy()
    places = np.arange(len(counts))
    missing = {
        "hours": (places % (96 * 5)) < 20,
        "days": (places // 96) % 9 == 4,
        "long": (places > 96 * 20) & (places < 96 * 75),
        "last ten days": places >= 96 * 102,
        "scattered": np.random.default_rng(2).random(len(counts)) < 0.4,
    }[gap]
    counts[missing] = np.nan
    fitted = MODELS[name].fit(changed(series, counts), Calendar("UTC"))
    said = fitted.predict(series.end, 14 * 96)
    assert_sound(said, 14 * 96)
    truth = made_rates(126, per_day=400)[-14 * 96 :]
    assert said.mean.sum() == pytest.approx(truth.sum(), rel=0.1)


@pytest.mark.parametrize("days", [7, 8, 13, 28, 35, 59])
def test_short_histories_give_a_sensible_forecast(name: str, days: int) -> None:
    """From one week on, level and times of day are about right."""
    said = said_of(name, made_series(days, per_day=2000, minutes=60))
    assert_sound(said, 14 * 24)
    truth = made_rates(days + 14, per_day=2000, minutes=60)[-14 * 24 :]
    assert said.mean.sum() == pytest.approx(truth.sum(), rel=0.15)
    assert np.abs(said.mean - truth).sum() / truth.sum() < 0.3


def test_too_short_or_unobserved_histories_are_refused(name: str) -> None:
    """Three days, or nothing observed at all, give one sentence naming the queue."""
    with pytest.raises(InputError, match=r"Queue 999: 3\.0 days .* needs"):
        said_of(name, made_series(3))
    nothing = Series("999", MONDAY, 15, np.full(96 * 30, np.nan))
    with pytest.raises(InputError, match="nothing was observed"):
        said_of(name, nothing)


def test_slots_never_observed_are_closed_and_said_once(name: str) -> None:
    """A queue that opens on weekdays from eight to six is zero outside, and one note says so."""
    zone = "Europe/London"
    series = made_series(120, per_day=500, zone=zone)
    local = Calendar(zone).local(MONDAY, 15, len(series))
    open_ = (local.weekday < 5) & (local.slot >= 32) & (local.slot < 72)
    fitted = MODELS[name].fit(
        changed(series, np.where(open_, series.offered, np.nan)), Calendar(zone)
    )
    said = fitted.predict(series.end, 14 * 96)
    ahead = Calendar(zone).local(series.end, 15, 14 * 96)
    open_ahead = (ahead.weekday < 5) & (ahead.slot >= 32) & (ahead.slot < 72)
    assert not said.mean[~open_ahead].any()
    assert not said.quantiles[:, ~open_ahead].any()
    assert said.quantiles[-1, open_ahead].min() > 0
    truth = made_rates(134, per_day=500, zone=zone)[-14 * 96 :][open_ahead]
    assert said.mean.sum() == pytest.approx(truth.sum(), rel=0.1)
    closed = [note for note in fitted.notes if "closed" in note]
    assert len(closed) == 1
    assert "all of Sat, Sun and 280 further slots" in closed[0]


def test_a_start_off_the_grid_or_before_the_end_is_refused(name: str) -> None:
    """A forecast begins with an interval, after training."""
    series = made_series(30)
    fitted = MODELS[name].fit(series, Calendar("UTC"))
    with pytest.raises(InputError, match="not the beginning of an interval"):
        fitted.predict(series.end + 7, 96)
    with pytest.raises(InputError, match="before the end of training"):
        fitted.predict(series.end - 15, 96)


def test_holidays_may_always_be_given(name: str) -> None:
    """A model that knows no holidays is not disturbed by them."""
    said = said_of(name, made_series(120), holidays="GB-ENG")
    assert_sound(said, 14 * 96)


def test_a_year_and_more_ahead_is_sound_over_both_clock_changes(name: str) -> None:
    """56 weeks ahead: sound numbers in local hours, and no surer at the end than at first."""
    series = made_series(400, per_day=500, minutes=60, zone="Europe/London")
    fitted = MODELS[name].fit(series, Calendar("Europe/London", "GB-ENG"))
    said = fitted.predict(series.end, 392 * 24)
    assert_sound(said, 392 * 24)
    truth = made_rates(792, per_day=500, minutes=60, zone="Europe/London")[-392 * 24 :]
    assert np.abs(said.mean - truth).sum() / truth.sum() < 0.25
    relative = np.sqrt(said.variance[said.mean > 1]) / said.mean[said.mean > 1]
    assert np.mean(relative[-672:]) > 0.9 * np.mean(relative[:672])


@pytest.mark.parametrize("open_days", [5, 7])
def test_hours_with_zeros_stay_empty(name: str, open_days: int) -> None:
    """Nights and weekends that stand as zeros, not as absent rows, are forecast almost empty."""
    series = made_series(84, per_day=400, minutes=60)
    local = Calendar("UTC").local(MONDAY, 60, len(series) + 7 * 24)
    open_ = (local.weekday < open_days) & (local.slot >= 8) & (local.slot < 20)
    said = said_of(name, changed(series, series.offered * open_[: len(series)]), days=7)
    ahead = open_[len(series) :]
    assert_sound(said, 7 * 24)
    assert said.mean[~ahead].sum() < 0.06 * said.mean.sum()
    truth = made_rates(91, per_day=400, minutes=60)[-7 * 24 :] * ahead
    assert said.mean.sum() == pytest.approx(truth.sum(), rel=0.15)
