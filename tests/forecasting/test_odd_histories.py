"""Odd histories: every model says something sound of them, or why not in one clear sentence."""

from __future__ import annotations

import re

import numpy as np
import pytest

from forecasting.calendar import Calendar
from forecasting.errors import InputError
from forecasting.models.registry import MODELS
from tests.forecasting.odd_histories import LEAVE_OUT, PER_DAY, odd_histories, usual_calls

ZONE = "Europe/London"
HISTORIES = odd_histories(ZONE)


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("name", HISTORIES)
def test_a_forecast_or_one_sentence(model: str, name: str) -> None:
    """Over both clock changes: finite, never negative, never crossing, about as many calls."""
    series = HISTORIES[name]
    end = max(each.end for each in HISTORIES.values())
    past = series.before(end)
    if name in LEAVE_OUT:
        with pytest.raises(InputError) as refused:
            MODELS[model].fit(past or series, Calendar(ZONE, "GB-ENG"))
        assert re.fullmatch(rf"Queue {name}: [^\n]+\.", str(refused.value))
        return
    assert past is not None
    said = MODELS[model].fit(past, Calendar(ZONE, "GB-ENG")).predict(end, 280 * 24)
    for part in (said.mean, said.variance, said.quantiles):
        assert np.all(np.isfinite(part))
        assert np.all(part >= 0)
    assert np.all(np.diff(said.quantiles, axis=0) >= 0)
    soon = said.mean[: 28 * 24].mean()
    if (usual := usual_calls(name)) is not None:
        assert soon == pytest.approx(usual, rel=0.35)
    assert soon < 1.4 * PER_DAY / 24


@pytest.mark.parametrize("model", MODELS)
def test_closed_and_silent_hours_stay_so(model: str) -> None:
    """No calls where none ever came, and none for certain where nothing was ever observed."""
    end = HISTORIES["all zeros"].end
    local = Calendar(ZONE).local(end, 60, 14 * 24)
    open_ = (local.weekday < 5) & (local.slot >= 8) & (local.slot < 20)
    for name, limit in (
        ("all zeros", 1e-9),
        ("closed nights and weekends", 1e-9),
        ("zeros at nights and weekends", 0.5),
    ):
        said = MODELS[model].fit(HISTORIES[name], Calendar(ZONE)).predict(end, 14 * 24)
        shut = ~open_ if name != "all zeros" else open_ | ~open_
        assert said.mean[shut].mean() < limit
        assert not said.quantiles[3][shut].any()
