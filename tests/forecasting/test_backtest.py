"""Back-tests: folds that stand by themselves, scored apart by horizon, beside the limit."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from forecasting.backtest import EVENTS, HOLIDAYS, backtest, summary
from forecasting.errors import InputError
from forecasting.events import Event, Given
from forecasting.models.registry import MODELS
from forecasting.models.seasonal_naive import SeasonalNaive
from forecasting.series import History, Series
from tests.forecasting.made_counts import made_series


@pytest.fixture(scope="module")
def history() -> History:
    """One hourly queue of 26 weeks."""
    return History({"999": made_series(182, minutes=60, zone="Europe/London")})


@pytest.fixture(scope="module")
def folds(history: History) -> pd.DataFrame:
    """Two folds of 14 days with every registered model."""
    return backtest(history, 2, 14, "Europe/London", "GB-ENG")


def test_every_model_and_stretch_has_a_row_per_fold(folds: pd.DataFrame) -> None:
    """All registered models are scored on days 1-7 and on the rest, from each origin."""
    assert set(folds["model"]) == set(MODELS)
    ordinary = folds[~folds["days"].isin([HOLIDAYS, EVENTS])]
    assert len(ordinary) == len(MODELS) * 2 * 2
    assert ordinary.groupby("days")["intervals"].first().to_dict() == {"1-7": 168, "8-14": 168}


def test_holidays_and_hours_of_events_are_scored_apart(history: History) -> None:
    """The Monday of a bank holiday is one local day; an evening from 18:00 to 02:00 is 8 hours."""
    day = dt.date(2024, 5, 25)
    event = Event("Derby", Given(((day, day),)), 18 * 60, 8 * 60)
    folds = backtest(
        history, 1, 42, "Europe/London", "GB-ENG", events=(event,), models=["seasonal_naive"]
    )
    counted = folds.set_index("days")["intervals"].to_dict()
    assert counted == {"1-7": 168, "8-42": 35 * 24, HOLIDAYS: 24, EVENTS: 8}


def test_origins_are_local_midnights_one_fold_apart(folds: pd.DataFrame) -> None:
    """The last fold ends with the last whole local day."""
    origins = sorted(folds["origin"].unique())
    assert [f"{origin:%Y-%m-%d %H:%M}" for origin in origins] == [
        "2024-06-02 23:00",
        "2024-06-16 23:00",
    ]


def test_no_model_beats_the_poisson_limit_by_more_than_noise(folds: pd.DataFrame) -> None:
    """On Poisson counts the ratio to the limit is near 1 and above; the best comes close."""
    table = summary(folds).set_index(["model", "days"])
    assert table["ratio"].min() > 0.97
    assert table.loc["totals_profile", "ratio"].max() < 1.06
    assert (table["ratio"] - table["wape"] / table["poisson_limit"]).abs().max() < 1e-9


def test_models_are_calibrated_on_poisson_counts(folds: pd.DataFrame) -> None:
    """The 80 % and 95 % bands of totals × profile hold their share by the randomised PIT."""
    table = summary(folds).set_index(["model", "days"]).loc["totals_profile"]
    assert np.abs(table["pit_80"] - 0.8).max() < 0.06
    assert np.abs(table["pit_95"] - 0.95).max() < 0.03


def test_folds_are_independent(history: History, folds: pd.DataFrame) -> None:
    """The last fold alone scores as it does among others, time apart."""
    alone = backtest(history, 1, 14, "Europe/London", "GB-ENG", models=["totals_profile"])
    same = folds[(folds["model"] == "totals_profile") & (folds["origin"] == folds["origin"].max())]
    columns = ["days", "wape", "daily_wape", "pinball", "pit_80", "poisson_limit"]
    pd.testing.assert_frame_equal(
        alone[columns], same[columns].reset_index(drop=True), check_exact=True
    )


def test_progress_is_told_after_each_fold(history: History) -> None:
    """The callback hears folds done, folds in all, and which."""
    heard: list[tuple[int, int, str]] = []
    backtest(
        history,
        3,
        7,
        "UTC",
        models=["seasonal_naive"],
        progress=lambda done, total, words: heard.append((done, total, words)),
    )
    assert [part[:2] for part in heard] == [(1, 3), (2, 3), (3, 3)]
    assert heard[0][2].startswith("999 from 2024-")


def test_a_queue_that_stopped_is_scored_where_it_was_observed() -> None:
    """Folds without observed intervals of a queue are left out."""
    whole = made_series(120, minutes=60, queue="a")
    stopped = Series("b", whole.start, 60, whole.offered[: 24 * 100])
    folds = backtest(History({"a": whole, "b": stopped}), 3, 14, "UTC", models=["eight_week_mean"])
    assert folds.groupby("queue")["origin"].nunique().to_dict() == {"a": 3, "b": 2}


@pytest.mark.parametrize(("origins", "days"), [(0, 7), (1, 0), (13, 14), (100, 28)])
def test_folds_that_do_not_fit_are_refused(history: History, origins: int, days: int) -> None:
    """No fold, no day, or more than the history holds give one sentence."""
    with pytest.raises(InputError, match=r"origin|need"):
        backtest(history, origins, days, "UTC")


def test_a_model_that_refuses_a_fold_has_no_row_there(history: History) -> None:
    """A model may be given itself, and where its history is too short the others are scored."""

    class Demanding(SeasonalNaive):
        name = "demanding"
        needs_days = 170

    folds = backtest(history, 2, 7, "UTC", models=["seasonal_naive", Demanding()])
    assert folds.groupby("model")["origin"].nunique().to_dict() == {
        "seasonal_naive": 2,
        "demanding": 1,
    }


def test_unknown_models_are_refused(history: History) -> None:
    """A model's name is checked before any work."""
    with pytest.raises(InputError, match="oracle"):
        backtest(history, 1, 7, "UTC", models=["oracle"])
