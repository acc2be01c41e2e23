"""Why a forecast is what it is: its factors multiply to its mean, and each says what it is."""

from __future__ import annotations

import datetime as dt
from functools import cache

import numpy as np
import pytest

from forecasting.calendar import Calendar
from forecasting.event_effects import windows
from forecasting.events import Event, Given, LikeLast, NthWeekday, Stated, Yearly
from forecasting.explain import Grounds
from forecasting.models.base import Fitted
from forecasting.models.registry import MODELS
from forecasting.series import Series
from tests.forecasting.made_counts import MONDAY, made_rates

ZONE = "Europe/London"
DAYS, AHEAD = 420, 371

BONFIRE = Event("Bonfire night", Yearly(11, 5), 18 * 60, 8 * 60)
EVENTS = (
    BONFIRE,
    Event("Derby", NthWeekday(4, 5, 1), 12 * 60, 1440, LikeLast()),
    Event("Festival", Yearly(3, 28, 5), 20 * 60, 600, Stated(20)),
    Event("Summer holidays", Yearly(7, 20, 40), 8 * 60, 600),
    Event("Never seen before", Given(((dt.date(2025, 6, 1), dt.date(2025, 6, 14)),))),
)


def counts(*, per_day: float = 2000, busier: float = 0.3) -> Series:
    """Hourly counts of 14 months that rise by a fifth a year, with busy bonfire nights."""
    rates = made_rates(DAYS, per_day=per_day, minutes=60, zone=ZONE)
    rates *= np.exp(np.log(1.2) * np.arange(len(rates)) / (24 * 365))
    local = Calendar(ZONE).local(MONDAY, 60, len(rates))
    rates[windows(BONFIRE, local).inside] *= 1 + busier
    drawn = np.random.default_rng(4).poisson(rates)
    return Series("999", MONDAY, 60, drawn.astype(np.float64))


@cache
def fitted(name: str, *, closed: bool = False) -> Fitted:
    """A model fitted to them, with holidays and events; closed at night and on Sundays if told."""
    series, calendar = counts(), Calendar(ZONE, "GB-ENG", EVENTS)
    if closed:
        local = calendar.local(MONDAY, 60, len(series))
        shut = (local.weekday == 6) | (local.slot < 7)
        series = Series("999", MONDAY, 60, np.where(shut, np.nan, series.offered))
    return MODELS[name].fit(series, calendar)


def explained(name: str, *, closed: bool = False) -> Grounds:
    """What a year ahead is made of."""
    model = fitted(name, closed=closed)
    return model.explain(model.training.series.end, AHEAD * 24)


@pytest.mark.parametrize("closed", [False, True])
@pytest.mark.parametrize("name", MODELS)
def test_factors_multiply_to_the_mean(name: str, closed: bool) -> None:
    """Of every hour of a year: holidays, all kinds of events, both clock changes, closed hours."""
    model = fitted(name, closed=closed)
    said = model.predict(model.training.series.end, AHEAD * 24)
    local = model.training.calendar.local(model.training.series.end, 60, AHEAD * 24)
    grounds = explained(name, closed=closed)
    np.testing.assert_allclose(grounds.mean(local), said.mean, rtol=1e-9, atol=1e-9)
    slot = int(np.random.default_rng(1).integers(len(said)))
    one = model.training.calendar.local(model.training.series.end + slot * 60, 60, 1)
    assert grounds.mean(one)[0] == pytest.approx(said.mean[slot], rel=1e-9, abs=1e-9)


def test_each_factor_says_what_it_is() -> None:
    """Level, rise, weekdays and a busy night come out about as the counts were made."""
    grounds = explained("totals_profile")
    usual = 2000 * 1.2 ** (DAYS / 365) * (5 + 2 * 1.3) / 7
    assert grounds.level == pytest.approx(usual, rel=0.03)
    assert grounds.days.ahead[364] == pytest.approx(1.2, rel=0.15)
    assert np.mean(grounds.days.weekday[:7]) == pytest.approx(1)
    assert np.mean(grounds.year) == pytest.approx(1, abs=0.01)
    local = Calendar(ZONE).local(np.datetime64("2025-11-05T20:00"), 60, 1)
    factors = {(each.kind, each.name): float(each.values[0]) for each in grounds.factors(local)}
    assert factors["event", "Bonfire night"] == pytest.approx(1.3, rel=0.05)
    assert factors["weekday", ""] == pytest.approx(7 / (5 + 2 * 1.3), rel=0.02)
    assert ("holiday", "Good Friday") not in factors
    eve = Calendar(ZONE).local(np.datetime64("2025-04-17T20:00"), 60, 1)
    assert [each.name for each in grounds.factors(eve) if each.kind == "holiday"] == ["Good Friday"]


def test_events_and_holidays_of_a_year_are_told_with_what_they_rest_on() -> None:
    """Also those after a forecast of four weeks: how often they were seen, whether stated."""
    model = fitted("totals_profile")
    grounds = model.explain(model.training.series.end, 28 * 24)
    told = {each.name: each for each in grounds.occasions}
    assert told["Bonfire night"].spans == ((np.datetime64("2025-11-05"),) * 2,)
    assert (told["Bonfire night"].seen, told["Bonfire night"].stated) == (1, False)
    assert (told["Festival"].stated, told["Festival"].whole) == (True, pytest.approx(1.2))
    assert told["Never seen before"].whole == 1
    later = [each for each in grounds.special if not len(each.hours)]
    assert "Christmas Day" in {each.name for each in later}
    assert {each.offset for each in later} == {0}


def test_past_weeks_are_told_where_they_were_observed() -> None:
    """Mean calls of an open day a week, none of a week that was half observed."""
    series = counts()
    offered = series.offered.copy()
    offered[14 * 24 : 18 * 24] = np.nan
    model = MODELS["totals_profile"].fit(Series("999", MONDAY, 60, offered), Calendar(ZONE))
    past = model.explain(model.training.series.end, 24).past
    assert past.mondays[0] == MONDAY.astype("datetime64[D]")
    assert past.counted[0] == pytest.approx(series.offered[: 7 * 24].sum() / 7)
    assert np.flatnonzero(np.isnan(past.counted)).tolist() == [2]
    assert past.level[-1] / past.level[-53] == pytest.approx(1.2, rel=0.03)


def test_the_reason_for_the_model_is_kept_with_it() -> None:
    """The sentence that says why a model was chosen is the one among the notes."""
    reason = explained("chosen").reason
    assert "four weeks" in reason
    assert reason in fitted("chosen").notes
    assert not explained("totals_profile").reason
