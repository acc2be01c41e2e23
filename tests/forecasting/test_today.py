"""Today forecast again: levels that last are taken up, chance is not, and the gain is honest."""

from __future__ import annotations

import numpy as np
import pytest

from forecasting.distribution import NegativeBinomial
from forecasting.today import FEWEST_DAYS, Day, Habit, gain, habit, update

SLOT = np.arange(96)
NOON = 48
MEAN = 10.0 + 5 * np.sin(SLOT / 96 * 2 * np.pi)
SAID = NegativeBinomial(MEAN, MEAN + 0.03 * MEAN**2)


def days(spread: float, count: int = 56, seed: int = 3) -> list[Day]:
    """Days whose level scatters with that relative variance around what was said."""
    draw = np.random.default_rng(seed)
    level = draw.gamma(1 / spread, spread, count) if spread else np.ones(count)
    return [Day(SAID, draw.poisson(MEAN * each).astype(np.float64), SLOT) for each in level]


def test_where_levels_last_the_rest_of_the_day_becomes_more_exact() -> None:
    """With levels of 15 % either way a good part of the miss is gone at noon, and it is told."""
    worth = gain(days(0.15**2), NOON)
    assert worth.days == 56
    assert worth.updated < 0.7 * worth.untouched
    assert worth.updated_loss < worth.untouched_loss
    assert worth.is_worth_it


def test_where_only_chance_scatters_the_forecast_is_kept() -> None:
    """Poisson counts of a known rate say nothing about the rest: no gain, nearly no change."""
    plain = days(0.0)
    assert not gain(plain, NOON).is_worth_it
    assert abs(habit([day.sums(NOON) for day in plain]).spread) < 0.002


def test_few_days_do_not_say_whether_it_is_worth_it() -> None:
    """Under a fortnight nothing is updated, however much better it was."""
    worth = gain(days(0.2**2, FEWEST_DAYS - 1), NOON)
    assert (worth.is_known, worth.is_worth_it) == (False, False)
    assert gain([], NOON).days == 0


def test_the_level_lies_between_what_was_said_and_what_came() -> None:
    """More calls, more trust; the spread that is left shrinks; no spread leaves all as it was."""
    known = Habit(0.01, 1.0)
    few, many = known.level(10, 13), known.level(1000, 1300)
    assert 1 < few[0] < 1.1 < many[0] < 1.3
    assert many[1] < few[1] < known.spread * 1.1
    assert Habit(0.0, 1.0).level(10, 13) == (1.0, 0.0)
    assert Habit(0.01, 4.0).level(1000, 1300)[0] < many[0]


def test_nothing_seen_leaves_the_forecast_as_it_was() -> None:
    """Means and quantiles are the same to the last call."""
    again = update(SAID, Habit(0.02, 1.0), 0.0, 0.0)
    np.testing.assert_allclose(again.mean, SAID.mean)
    np.testing.assert_array_equal(again.quantiles, SAID.quantiles)


def test_updated_intervals_are_whole_ordered_and_never_negative() -> None:
    """Also on closed intervals and after a day on which nothing came."""
    mean = np.where(SLOT < 40, 0.0, MEAN)
    closed = NegativeBinomial(mean, mean * 1.3)
    for seen in (0.0, 200.0, 5000.0):
        again = update(closed, Habit(0.03, 1.2), 200.0, seen)
        assert np.all(np.isfinite(again.mean))
        assert np.all(again.mean >= 0)
        assert np.all(np.diff(again.quantiles, axis=0) >= 0)
        assert np.all(again.quantiles == np.rint(again.quantiles))
        assert np.all(again.quantiles >= 0)
        assert not again.quantiles[:, :40].any()


@pytest.mark.parametrize("lost", [slice(0, 96), slice(0, 48), slice(48, 96)])
def test_days_without_counts_say_nothing(lost: slice) -> None:
    """A part of a day that was not observed is no evidence and raises nothing."""
    counts = MEAN.copy()
    counts[lost] = np.nan
    assert gain([Day(SAID, counts, SLOT)] * 20, NOON).days == 0


def test_one_storm_does_not_unsettle_every_day() -> None:
    """A day of twice the calls adds a bounded part to the spread of levels."""
    usual = days(0.0)
    storm = Day(SAID, 2 * MEAN, SLOT)
    sums = [day.sums(NOON) for day in usual]
    assert habit([*sums, storm.sums(NOON)]).spread < habit(sums).spread + 0.001
