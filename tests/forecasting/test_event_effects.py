"""Effects of events and holidays by hour: learned, shrunk when rare, or stated by a person."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest

from forecasting.calendar import Calendar
from forecasting.event_effects import Noise, learn_events, windows
from forecasting.events import Effect, Event, Given, Learned, LikeLast, NthWeekday, Stated
from forecasting.hour_factors import hour_factors
from forecasting.models.totals_profile import TotalsProfile
from forecasting.series import FloatArray, Series
from tests.forecasting.made_counts import MONDAY, made_rates

ZONE = "Europe/London"
DAYS = 240
PAST = [dt.date(2024, 2, 10), dt.date(2024, 4, 6), dt.date(2024, 6, 1), dt.date(2024, 8, 3)]
NEXT = dt.date(2024, 9, 7)
NOISE = Noise(0.003, 1.0, (1.0, 0.0))


def derby(*dates: dt.date, effect: Effect | None = None) -> Event:
    """A match on some dates, its effect from 18:00 to 02:00."""
    given = Given(tuple((day, day) for day in dates))
    return Event("Derby", given, 18 * 60, 8 * 60, effect or Learned())


def counts_with(share: float, *dates: dt.date, per_day: float = 2000, days: int = DAYS) -> Series:
    """Hourly counts with `share` more calls in the hours of a match on each of some dates."""
    rates = made_rates(days, per_day=per_day, minutes=60, zone=ZONE)
    inside = windows(derby(*dates), Calendar(ZONE).local(MONDAY, 60, len(rates))).inside
    counts = np.random.default_rng(1).poisson(np.where(inside, 1 + share, 1.0) * rates)
    return Series("999", MONDAY, 60, counts.astype(np.float64))


def learned(event: Event, series: Series, per_day: float = 2000) -> FloatArray:
    """Factors by hour that are learned from counts whose ordinary rates are known."""
    local = Calendar(ZONE).local(MONDAY, 60, len(series))
    rates = made_rates(DAYS, per_day=per_day, minutes=60, zone=ZONE)
    (effect,) = learn_events([event], local, series.offered, rates, NOISE).each
    return effect.factor[:8]


def test_an_effect_seen_often_is_learned_whole() -> None:
    """Half as many calls again at four matches are learned within a few per cent."""
    factor = learned(derby(*PAST), counts_with(0.5, *PAST))
    assert np.abs(factor - 1.5).max() < 0.12


def test_an_effect_seen_once_on_few_calls_is_shrunk_towards_none() -> None:
    """One busy evening of a small queue counts for less than two thirds of what it showed."""
    series = counts_with(1.0, PAST[0], per_day=24)
    inside = windows(derby(PAST[0]), Calendar(ZONE).local(MONDAY, 60, len(series))).inside
    rates = made_rates(DAYS, per_day=24, minutes=60, zone=ZONE)
    shown = series.offered[inside].sum() / rates[inside].sum()
    assert shown > 1.5
    factor = learned(derby(PAST[0]), series, per_day=24)
    assert 1.0 < float(factor.mean()) < 1 + 2 / 3 * (shown - 1)


def test_like_last_time_takes_the_last_one_alone() -> None:
    """Three quiet matches do not weigh on a busy last one where a person says so."""
    series = counts_with(0.8, PAST[-1])
    assert learned(derby(*PAST), series).mean() < 1.6
    assert learned(derby(*PAST, effect=LikeLast()), series).mean() == pytest.approx(1.8, abs=0.1)


def test_events_that_share_their_hours_share_their_effect() -> None:
    """Of two names for the same evenings each is told half; together they are what came."""
    series = counts_with(1.0, *PAST)
    local = Calendar(ZONE).local(MONDAY, 60, len(series))
    rates = made_rates(DAYS, per_day=2000, minutes=60, zone=ZONE)
    twins = [derby(*PAST), replace(derby(*PAST), name="Fair")]
    factors = [each.factor[:8] for each in learn_events(twins, local, rates, rates, NOISE).each]
    assert np.abs(np.array(factors) - 1).max() < 0.02
    learned_twice = learn_events(twins, local, series.offered, rates, NOISE).each
    assert float(np.mean(learned_twice[0].factor[:8] * learned_twice[1].factor[:8])) == (
        pytest.approx(2.0, abs=0.12)
    )
    assert learned_twice[0].whole == pytest.approx(2**0.5, abs=0.05)


def test_an_event_is_learned_beside_one_that_now_and_then_falls_on_it() -> None:
    """A fair on one of four derbies, and stated by a person: the derby keeps its own effect."""
    fair = replace(derby(PAST[0], effect=Stated(100)), name="Fair")
    rates = made_rates(DAYS, per_day=2000, minutes=60, zone=ZONE)
    local = Calendar(ZONE).local(MONDAY, 60, len(rates))
    factor = np.where(windows(derby(*PAST), local).inside, 1.3, 1.0)
    factor *= np.where(windows(fair, local).inside, 2.0, 1.0)
    counts = np.random.default_rng(1).poisson(factor * rates).astype(np.float64)
    found = learn_events([derby(*PAST), fair], local, counts, rates, NOISE).each
    assert found[0].whole == pytest.approx(1.3, abs=0.06)
    assert found[0].shown == pytest.approx(1.3, abs=0.06)
    assert found[1].whole == pytest.approx(2.0)


def test_an_event_is_told_with_what_it_was_learned_from() -> None:
    """How often it was seen, what came, and what is used of it; what was before counts is not."""
    before = dt.date(2019, 5, 4)
    event = derby(before, *PAST)
    local = Calendar(ZONE).local(MONDAY, 60, DAYS * 24)
    rates = made_rates(DAYS, per_day=2000, minutes=60, zone=ZONE)
    counts = counts_with(0.5, *PAST).offered
    (told,) = learn_events([event], local, counts, rates, NOISE).each
    assert (told.seen, told.hours) == (len(PAST), 8)
    assert told.shown == pytest.approx(1.5, abs=0.05)
    assert 1.4 < told.whole < told.shown
    (unseen,) = learn_events([derby(before)], local, counts, rates, NOISE).each
    assert (unseen.seen, unseen.whole) == (0, 1.0)
    assert np.isnan(unseen.shown)


def test_hours_differ_only_where_counts_show_it() -> None:
    """A late rush is seen by hour; chance alone leaves all hours alike; the whole stays."""
    expected = np.full(8, 400.0)
    rush, unsure = hour_factors(np.array([400.0] * 6 + [800.0] * 2), expected, 1.0)
    assert rush[-1] / rush[0] == pytest.approx(2, abs=0.1)
    assert float(np.mean(rush)) == pytest.approx(1)
    chance = np.random.default_rng(4).poisson(expected).astype(np.float64)
    assert np.abs(hour_factors(chance, expected, 1.0)[0] - 1).max() < 0.05
    assert np.all(unsure > 0)
    assert hour_factors(np.zeros(8), expected, 1.0)[0].tolist() == [1.0] * 8


def forecast_evening(event: Event, series: Series) -> tuple[float, float]:
    """Forecast over ordinary rates in the hours of the next match and in those around it."""
    start = np.datetime64("2024-09-05T23:00", "m")
    fitted = TotalsProfile().fit(series, Calendar(ZONE, None, (event,)))
    said = fitted.predict(start, 4 * 24)
    local = Calendar(ZONE).local(start, 60, len(said))
    inside = windows(event, local).inside
    assert inside.sum() == 8
    first = int((start - MONDAY).astype(np.int64)) // 60
    rates = made_rates(260, per_day=2000, minutes=60, zone=ZONE)[first : first + len(said)]
    return (
        float(said.mean[inside].sum() / rates[inside].sum()),
        float(said.mean[~inside].sum() / rates[~inside].sum()),
    )


@pytest.mark.parametrize(
    ("effect", "share", "expected"),
    [(Learned(), 0.5, 1.5), (LikeLast(), 0.5, 1.5), (Stated(20), 0.5, 1.2), (Stated(-100), 0, 0)],
)
def test_a_forecast_lifts_the_hours_of_an_event_and_no_others(
    effect: Effect, share: float, expected: float
) -> None:
    """Learned, like last time or stated: the evening is lifted, the hours around it are not."""
    event = derby(*PAST, NEXT, effect=effect)
    inside, outside = forecast_evening(event, counts_with(share, *PAST))
    assert inside == pytest.approx(expected, abs=0.08)
    assert outside == pytest.approx(1.0, abs=0.04)


def test_an_event_that_was_never_seen_changes_nothing_and_says_so() -> None:
    """A first derby has no effect, is less sure, and a note names it."""
    series = counts_with(0, *PAST)
    start = np.datetime64("2024-09-06T23:00", "m")
    plain = TotalsProfile().fit(series, Calendar(ZONE)).predict(start, 24)
    fitted = TotalsProfile().fit(series, Calendar(ZONE, None, (derby(NEXT),)))
    said = fitted.predict(start, 24)
    np.testing.assert_allclose(said.mean, plain.mean)
    assert said.variance[20] > plain.variance[20]
    assert [note for note in fitted.notes if "Derby" in note]


def test_school_holidays_keep_a_level_of_their_own() -> None:
    """A fifth fewer calls in five long holidays are expected in the next; the level stays."""
    spans = [(2, 12, 18), (3, 29, 12), (5, 27, 7), (7, 24, 40)]
    breaks = [
        (dt.date(2024, month, day), dt.date(2024, month, day) + dt.timedelta(days=days - 1))
        for month, day, days in spans
    ]
    future = (dt.date(2024, 10, 28), dt.date(2024, 11, 3))
    event = Event("School holidays", Given((*breaks, future)))
    rates = made_rates(290, per_day=3000, minutes=60, zone=ZONE)
    local = Calendar(ZONE).local(MONDAY, 60, len(rates))
    inside = windows(event, local).inside
    counts = np.random.default_rng(5).poisson(np.where(inside, 0.8, 1.0) * rates)
    fitted = TotalsProfile().fit(
        Series("999", MONDAY, 60, counts.astype(np.float64)), Calendar(ZONE, None, (event,))
    )
    start = np.datetime64("2024-10-21T00:00", "m")
    said = fitted.predict(start, 14 * 24).mean.reshape(14, 24).sum(axis=1)
    truth = made_rates(308, per_day=3000, minutes=60, zone=ZONE)[294 * 24 :]
    truth = truth.reshape(14, 24).sum(axis=1)
    assert (said / truth)[:6] == pytest.approx(np.ones(6), abs=0.04)
    assert (said / truth)[8:] == pytest.approx(np.full(6, 0.8), abs=0.05)
    (told,) = fitted.events
    assert (told.seen, told.whole) == (4, pytest.approx(0.8, abs=0.04))


def test_bank_holidays_have_hours_of_their_own() -> None:
    """Calls that come in the evening on holidays alone are expected there on the next one."""
    zone, days = "Europe/London", 700
    rates = made_rates(days, per_day=2000, minutes=60, zone=zone)
    local = Calendar(zone).local(MONDAY, 60, len(rates))
    names = Calendar(zone, "GB-ENG").holiday_names(local.date[0], local.date[-1])
    holiday = np.isin(local.date, np.array(list(names), dtype="datetime64[D]"))
    lifted = np.where(holiday & (local.slot >= 18), 1.6, np.where(holiday, 0.8, 1.0)) * rates
    counts = np.random.default_rng(3).poisson(lifted).astype(np.float64)
    start = np.datetime64("2025-08-23T23:00", "m")
    first = int((start - MONDAY).astype(np.int64)) // 60
    past = Series("999", MONDAY, 60, counts[:first])
    said = TotalsProfile().fit(past, Calendar(zone, "GB-ENG")).predict(start, 48).mean
    truth = lifted[first : first + 48]
    assert holiday[first + 24 : first + 48].all()
    assert said[42:].sum() / truth[42:].sum() == pytest.approx(1, abs=0.1)
    assert said[24:42].sum() / truth[24:42].sum() == pytest.approx(1, abs=0.06)
    assert said[:24].sum() / truth[:24].sum() == pytest.approx(1, abs=0.06)


def test_an_event_on_a_bank_holiday_comes_on_top_of_it() -> None:
    """A carnival on the August holiday: its hours are the holiday's and half as many again."""
    rates = made_rates(700, per_day=2000, minutes=60, zone=ZONE)
    local = Calendar(ZONE).local(MONDAY, 60, len(rates))
    names = Calendar(ZONE, "GB-ENG").holiday_names(local.date[0], local.date[-1])
    holiday = np.isin(local.date, np.array(list(names), dtype="datetime64[D]"))
    carnival = Event("Carnival", NthWeekday(8, 0, -1), 12 * 60, 6 * 60)
    inside = windows(carnival, local).inside
    lifted = np.where(holiday, 0.7, 1.0) * np.where(inside, 1.5, 1.0) * rates
    counts = np.random.default_rng(3).poisson(lifted).astype(np.float64)
    start = np.datetime64("2025-08-24T23:00", "m")
    first = int((start - MONDAY).astype(np.int64)) // 60
    calendar = Calendar(ZONE, "GB-ENG", (carnival,))
    said = TotalsProfile().fit(Series("999", MONDAY, 60, counts[:first]), calendar)
    mean, truth = said.predict(start, 24).mean, lifted[first : first + 24]
    assert inside[first : first + 24].sum() == 6
    assert mean[12:18].sum() / truth[12:18].sum() == pytest.approx(1, abs=0.1)
    assert mean[:12].sum() / truth[:12].sum() == pytest.approx(1, abs=0.1)


def test_a_queue_that_rests_on_bank_holidays_is_forecast_to_rest() -> None:
    """Zeros on two years of bank holidays lead to a forecast near zero on the next."""
    rates = made_rates(700, per_day=2000, minutes=60, zone=ZONE)
    calendar = Calendar(ZONE, "GB-ENG")
    local = calendar.local(MONDAY, 60, len(rates))
    names = calendar.holiday_names(local.date[0], local.date[-1])
    open_ = ~np.isin(local.date, np.array(list(names), dtype="datetime64[D]"))
    counts = np.random.default_rng(3).poisson(rates * open_).astype(np.float64)
    start = np.datetime64("2025-08-24T23:00", "m")
    first = int((start - MONDAY).astype(np.int64)) // 60
    said = TotalsProfile().fit(Series("999", MONDAY, 60, counts[:first]), calendar)
    assert said.predict(start, 24).mean.sum() < 0.05 * rates[first : first + 24].sum()
