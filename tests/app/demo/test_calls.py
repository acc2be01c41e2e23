"""The invented calls: they have the stated size and shape, and are the same every time."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import pytest

from app.demo.calls import INTERVAL, FloatArray, MadeCalls, habits, make_calls

FIRST, UNTIL, ZONE = date(2024, 11, 27), datetime(2026, 11, 27, 14, 5, tzinfo=UTC), "Europe/London"
HOLIDAYS = frozenset({date(2025, 8, 25), date(2026, 8, 31), date(2026, 5, 4), date(2026, 5, 25)})


@pytest.fixture(scope="module")
def made() -> MadeCalls:
    """Two years until a Friday afternoon."""
    return make_calls(FIRST, UNTIL, ZONE, HOLIDAYS)


@pytest.fixture(scope="module")
def local(made: MadeCalls) -> pd.DatetimeIndex:
    """Local beginnings of the intervals."""
    return pd.to_datetime(made.starts, unit="m", utc=True).tz_convert(ZONE)


def last_year(values: FloatArray) -> FloatArray:
    """The values of the last 365 days."""
    return values[-365 * 96 :]


def test_the_same_call_gives_the_same_calls(made: MadeCalls) -> None:
    """Made twice they are equal; with another seed they are not."""
    again = make_calls(FIRST, UNTIL, ZONE, HOLIDAYS)
    other = make_calls(FIRST, UNTIL, ZONE, HOLIDAYS, seed=1)
    for queue, calls in made.offered.items():
        assert np.array_equal(calls, again.offered[queue])
        assert np.array_equal(made.handled_seconds[queue], again.handled_seconds[queue])
        assert not np.array_equal(calls, other.offered[queue])


def test_the_grid_is_whole(made: MadeCalls, local: pd.DatetimeIndex) -> None:
    """From local midnight, each quarter hour once, none that has not ended; days of 92 and 100."""
    assert (local[0].hour, local[0].minute, local[0].date()) == (0, 0, FIRST)
    assert set(np.diff(made.starts)) == {INTERVAL}
    assert made.starts[-1] + INTERVAL <= UNTIL.timestamp() / 60 < made.starts[-1] + 2 * INTERVAL
    lengths = pd.Series(1, index=local).groupby(local.date).sum()
    assert sorted(lengths[lengths != 96].iloc[:-1]) == [92, 92, 100, 100]


def test_about_a_thousand_calls_come_a_day(made: MadeCalls) -> None:
    """999 and 101 together over the last year; each queue as its habit says, within 3 %."""
    a_day = {queue: last_year(calls).sum() / 365 for queue, calls in made.offered.items()}
    assert 970 < a_day["999"] + a_day["101"] < 1040
    for queue, habit in habits().items():
        assert a_day[queue] == pytest.approx(habit.a_day, rel=0.03)


def test_999_grows_and_101_does_not(made: MadeCalls) -> None:
    """From one year to the next 999 grows by 5 % more than 101, whatever days had in common."""

    def growth(queue: str) -> float:
        calls = made.offered[queue]
        return float(last_year(calls).sum() / calls[: 365 * 96].sum())

    assert growth("999") / growth("101") == pytest.approx(1.05, abs=0.012)
    assert growth("101") == pytest.approx(1, abs=0.025)


def test_the_week_has_its_shape(made: MadeCalls, local: pd.DatetimeIndex) -> None:
    """999 peaks on Friday and Saturday evenings, 101 on Monday mornings, nights are quiet."""

    def mean(queue: str, day: int, hours: range) -> float:
        chosen = (local.day_of_week == day) & np.isin(local.hour, hours)
        return float(made.offered[queue][chosen].mean())

    evening, morning, night = range(18, 23), range(9, 12), range(3, 5)
    assert mean("999", 5, evening) > 1.15 * mean("999", 1, evening)
    assert mean("999", 4, evening) > 1.15 * mean("999", 1, evening)
    assert mean("999", 6, range(2)) > 2 * mean("999", 2, range(2))
    assert mean("101", 0, morning) > 1.5 * mean("101", 6, morning)
    assert mean("101", 0, morning) > 6 * mean("101", 0, night)
    assert mean("999", 1, evening) > 3 * mean("999", 1, night)


def test_the_year_has_its_shape(made: MadeCalls, local: pd.DatetimeIndex) -> None:
    """July tops March, Halloween and New Year's Eve other evenings; holidays are quiet for 101."""
    calls = pd.DataFrame(dict(made.offered), index=local)
    july, march = (calls[local.month == month]["999"].mean() for month in (7, 3))
    assert july > 1.05 * march
    evenings = calls[(local.hour >= 20)]["999"]
    for month, day in [(10, 31), (12, 31)]:
        same = evenings[evenings.index.month == month]
        assert same[same.index.day == day].mean() > 1.15 * same.median()
    mondays = calls[local.day_of_week == 0]["101"]
    is_holiday = np.isin(mondays.index.date, list(HOLIDAYS))
    assert mondays[is_holiday].mean() < 0.85 * mondays[~is_holiday].mean()


def test_counts_scatter_more_than_chance(made: MadeCalls) -> None:
    """Variance over mean, week over week in the same slot, is above 1 and below 2."""
    for queue, calls in made.offered.items():
        weeks = calls[-52 * 7 * 96 :].reshape(52, -1).astype(float)
        change = np.diff(weeks, axis=0)
        ratio = (change**2).mean() / 2 / weeks.mean()
        assert 1.05 < ratio < 2, queue


def test_handling_is_measured(made: MadeCalls) -> None:
    """Seconds over calls answered give the stated handling time; nothing answered, nothing done."""
    for queue, habit in habits().items():
        answered, seconds = made.answered[queue], made.handled_seconds[queue]
        assert seconds.sum() / answered.sum() == pytest.approx(habit.handling, rel=0.02)
        assert np.all(answered <= made.offered[queue])
        assert np.all(seconds[answered == 0] == 0)


def test_few_intervals_were_not_observed(made: MadeCalls) -> None:
    """There are gaps, as in every telephony export, and they are few."""
    assert 10 <= (~made.seen).sum() <= 100
