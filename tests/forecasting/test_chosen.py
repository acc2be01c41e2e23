"""The model chosen per queue: by its past errors, said in a sentence, never far from the best."""

from __future__ import annotations

import numpy as np
import pytest

from forecasting.calendar import Calendar
from forecasting.day_times_hour import DayTimesHour
from forecasting.models.base import Fitted
from forecasting.models.registry import MODELS
from forecasting.series import FloatArray, Series
from tests.forecasting.made_counts import MONDAY, made_rates, made_series

MEMBERS = ("totals_profile", "day_smoothing")


def fitted(name: str, counts: FloatArray, minutes: int = 60) -> Fitted:
    """A model fitted to counts from 1 January 2024 on."""
    return MODELS[name].fit(Series("999", MONDAY, minutes, counts), Calendar("UTC"))


def stepping(days: int, seed: int) -> FloatArray:
    """Hourly counts whose level jumps by a tenth or so every few weeks."""
    draw = np.random.default_rng(seed)
    level = np.repeat(np.exp(draw.normal(0, 0.12, days // 21 + 1)), 21)[:days]
    rates = made_rates(days, per_day=4000, minutes=60) * np.repeat(level, 24)
    return draw.poisson(rates).astype(np.float64)


def test_the_reason_is_kept_in_a_sentence() -> None:
    """The note names what is used, its error, and the errors of what is not."""
    (note,) = [note for note in fitted("chosen", stepping(300, 1)).notes if "is used" in note]
    assert "four weeks" in note
    assert all(MODELS[name].title in note for name in MEMBERS)
    assert note.count("%") == 3


def test_a_short_history_takes_the_most_trusted_member_and_says_so() -> None:
    """Five weeks cannot test models: totals × profile speaks, to the last bit."""
    series = made_series(35, minutes=60)
    chosen, first = (fitted(name, series.offered) for name in ("chosen", MEMBERS[0]))
    assert any("too short to test" in note for note in chosen.notes)
    ahead = [each.predict(series.end, 168).mean for each in (chosen, first)]
    np.testing.assert_array_equal(ahead[0], ahead[1])


def test_the_chosen_is_never_far_from_its_best_member() -> None:
    """Over folds of three queues its error is at most 1.01 × its best member's."""
    errors = dict.fromkeys(("chosen", *MEMBERS), 0.0)
    for seed in range(3):
        counts = made_series(308, per_day=4000, minutes=60, seed=seed).offered
        came = counts[280 * 24 :]
        for name in errors:
            said = fitted(name, counts[: 280 * 24]).predict(MONDAY + 280 * 1440, len(came))
            errors[name] += float(np.abs(came - said.mean).sum())
    assert errors["chosen"] <= 1.01 * min(errors[name] for name in MEMBERS)


def test_smoothing_follows_a_level_that_changed_and_the_season_far_ahead() -> None:
    """Six weeks after a rise by half the next weeks are forecast risen."""
    counts = made_series(400, per_day=4000, minutes=60).offered.copy()
    counts[-42 * 24 :] *= 1.5
    series = fitted("day_smoothing", counts)
    said = series.predict(MONDAY + 400 * 1440, 7 * 24).mean.sum()
    truth = 1.5 * made_rates(407, per_day=4000, minutes=60)[-7 * 24 :].sum()
    assert said == pytest.approx(truth, rel=0.08)
    assert isinstance(series.predictor, DayTimesHour)
    far = MONDAY.astype("datetime64[D]") + np.array([399 + 300])
    learned = series.predictor
    assert learned.days.expected(far) == pytest.approx(
        learned.ground.regression.model.expected(far), rel=0.02
    )
