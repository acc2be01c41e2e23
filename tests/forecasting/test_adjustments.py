"""Adjustments of a forecast: where they act, what they make of it, and whether they helped."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from forecasting.adjustments import Adjustment, adjusted, judge
from forecasting.calendar import Calendar, LocalTime
from forecasting.distribution import Distribution, NegativeBinomial, RoundedNormal
from forecasting.errors import InputError
from forecasting.series import FloatArray, Instants

LONDON = Calendar("Europe/London")
FRIDAY = dt.date(2026, 12, 4)
NIGHT = Adjustment(FRIDAY, FRIDAY + dt.timedelta(days=10), 20, begins=18 * 60, minutes=8 * 60)


def local_days(first: dt.date, days: int, minutes: int = 15) -> tuple[Instants, LocalTime]:
    """Intervals of some local days in London."""
    start, end = (LONDON.midnight(first + dt.timedelta(days=each)) for each in (0, days))
    number = int((end - start) // np.timedelta64(minutes, "m"))
    times = start + np.arange(number) * np.timedelta64(minutes, "m")
    return times, LONDON.local(start, minutes, number)


def share(each: Adjustment, first: dt.date, days: int, minutes: int = 15) -> FloatArray:
    """Share of each interval in which it acts."""
    times, local = local_days(first, days, minutes)
    return each.reach(times, local)[0]


def test_hours_past_midnight_belong_to_the_day_on_which_they_begin() -> None:
    """Fridays from 18:00 to 02:00 act on Friday evening and Saturday's first two hours alone."""
    fridays = Adjustment(
        FRIDAY, FRIDAY, 20, weekdays=frozenset({4}), begins=18 * 60, minutes=8 * 60
    )
    acts = share(fridays, FRIDAY, 2)
    assert acts[: 18 * 4].sum() == 0
    assert acts[18 * 4 : 26 * 4].tolist() == [1.0] * 32
    assert acts[26 * 4 :].sum() == 0
    times, local = local_days(FRIDAY, 2)
    began = fridays.reach(times, local)[1][18 * 4 : 26 * 4]
    assert set(began.astype(str)) == {str(FRIDAY)}


def test_the_night_of_a_clock_change_is_by_the_wall_clock() -> None:
    """From 00:00 to 03:00 there are two hours where one is skipped and four where one is twice."""
    for sunday, hours in ((dt.date(2026, 3, 29), 2), (dt.date(2026, 10, 25), 4)):
        night = Adjustment(sunday, sunday, 20, minutes=180)
        assert share(night, sunday, 1).sum() == hours * 4


def test_an_interval_that_it_covers_in_part_is_adjusted_in_part() -> None:
    """Hours from 18:15 to 19:45 cover three quarters of each of two hourly intervals."""
    part = Adjustment(FRIDAY, FRIDAY, 20, begins=18 * 60 + 15, minutes=90)
    acts = share(part, FRIDAY, 1, 60)
    assert acts[17:21].tolist() == [0, 0.75, 0.75, 0]


def test_it_acts_neither_before_it_was_laid_nor_after_it_was_ended() -> None:
    """Of a whole day, laid at 10:00 and ended at 12:00, two hours are left."""
    at = np.datetime64("2026-12-04T10:00"), np.datetime64("2026-12-04T12:00")
    acts = share(Adjustment(FRIDAY, FRIDAY, 20, since=at[0], until=at[1]), FRIDAY, 1)
    assert np.flatnonzero(acts).tolist() == list(range(40, 48))


@pytest.mark.parametrize(
    ("first", "until", "touched"),
    [
        (FRIDAY - dt.timedelta(days=3), FRIDAY, False),
        (FRIDAY, FRIDAY + dt.timedelta(days=1), True),
        (FRIDAY + dt.timedelta(days=1), FRIDAY + dt.timedelta(days=2), True),
        (FRIDAY + dt.timedelta(days=2), FRIDAY + dt.timedelta(days=7), False),
        (FRIDAY + dt.timedelta(days=11), FRIDAY + dt.timedelta(days=40), False),
    ],
)
def test_it_touches_the_days_on_which_its_hours_lie(
    first: dt.date, until: dt.date, touched: bool
) -> None:
    """Fridays past midnight touch Saturdays too, as the intervals say."""
    fridays = Adjustment(
        FRIDAY,
        FRIDAY + dt.timedelta(days=9),
        20,
        weekdays=frozenset({4}),
        begins=18 * 60,
        minutes=8 * 60,
    )
    assert fridays.touches(first, until) == touched
    assert bool(share(fridays, first, (until - first).days).any()) == touched


@pytest.mark.parametrize(
    "change",
    [
        {"last": FRIDAY - dt.timedelta(days=1)},
        {"last": FRIDAY + dt.timedelta(days=366)},
        {"amount": 0.0},
        {"amount": -101.0},
        {"amount": 1001.0},
        {"amount": -10_001.0, "unit": "calls"},
        {"amount": float("nan")},
        {"weekdays": frozenset()},
        {"weekdays": frozenset({7})},
        {"begins": 1440},
        {"minutes": 0},
        {"minutes": 1441},
    ],
)
def test_what_cannot_be_is_refused(change: dict[str, object]) -> None:
    """Days backwards or over a year, no amount or a slip of the pen, hours that are none."""
    given: dict[str, object] = {"first": FRIDAY, "last": FRIDAY, "amount": 20.0}
    with pytest.raises(InputError):
        Adjustment(**{**given, **change})  # type: ignore[arg-type]


def test_per_cent_multiply_then_calls_are_added() -> None:
    """Two times a fifth more and four calls an hour make 10 into 15.4, whatever their order."""
    times, local = local_days(FRIDAY, 1)
    said = NegativeBinomial(np.full(96, 10.0), np.full(96, 12.0))
    fifth = Adjustment(FRIDAY, FRIDAY, 20)
    four = Adjustment(FRIDAY, FRIDAY, 4, "calls")
    for laid in ([fifth, fifth, four], [four, fifth, fifth]):
        np.testing.assert_allclose(adjusted(said, laid, times, local).mean, 15.4)


def test_what_nothing_touches_stays_to_the_last_bit() -> None:
    """Quantiles that were told stay where nothing acts; a forecast without any is the same."""
    times, local = local_days(FRIDAY, 1)
    said = NegativeBinomial(np.full(96, 10.0), np.full(96, 12.0))
    told = np.tile(np.arange(7.0)[:, None], 96)
    vars(said)["quantiles"] = told
    moved = adjusted(said, [NIGHT], times, local)
    np.testing.assert_array_equal(moved.quantiles[:, :72], told[:, :72])
    assert np.all(moved.quantiles[:, 72:] > told[:, 72:])
    assert adjusted(said, [], times, local) is said


def test_per_cent_keep_the_relative_dispersion_and_the_level_of_the_day() -> None:
    """Half as many calls have the same relative variance beyond chance, and the same day level."""
    times, local = local_days(FRIDAY, 1)
    mean, excess, level = 10.0, 0.05, 0.02
    said = NegativeBinomial(
        np.full(96, mean), np.full(96, mean + excess * mean**2), np.full(96, level)
    )
    half = adjusted(said, [Adjustment(FRIDAY, FRIDAY, -50)], times, local)
    np.testing.assert_allclose((half.variance - half.mean) / half.mean**2, excess)
    np.testing.assert_allclose(half.level, level)
    more = adjusted(said, [Adjustment(FRIDAY, FRIDAY, 40, "calls")], times, local)
    np.testing.assert_allclose(more.variance, said.variance + 10)
    shared = np.zeros(96, dtype=np.int64)
    deviation = np.sqrt(level) * mean * 96
    for each in (said, more):
        total = each.day_totals(shared)
        own = each.variance.sum() - level * mean**2 * 96
        np.testing.assert_allclose(total.variance, own + deviation**2)


@pytest.mark.parametrize("kind", [NegativeBinomial, RoundedNormal])
@given(
    mean=st.floats(0, 1e4),
    ratio=st.floats(0, 20),
    amounts=st.lists(
        st.one_of(
            st.tuples(st.floats(-100, 1000), st.just("percent")),
            st.tuples(st.floats(-10_000, 10_000), st.just("calls")),
        ).filter(lambda each: bool(each[0])),
        min_size=1,
        max_size=4,
    ),
)
def test_nothing_is_negative_and_quantiles_never_cross(
    kind: type[Distribution], mean: float, ratio: float, amounts: list[tuple[float, str]]
) -> None:
    """Whatever is laid over whatever is forecast, it is still a forecast."""
    times, local = local_days(FRIDAY, 1, 60)
    said = kind(np.full(24, mean), np.full(24, mean * ratio))
    laid = [Adjustment(FRIDAY, FRIDAY, *each, minutes=60) for each in amounts]  # type: ignore[arg-type]
    moved = adjusted(said, laid, times, local)
    assert np.all(np.isfinite(moved.mean) & (moved.mean >= 0))
    assert np.all(moved.quantiles >= 0)
    assert np.all(np.diff(moved.quantiles, axis=0) >= 0)


def test_an_adjustment_that_the_counts_bear_out_is_closer() -> None:
    """Over three days, a fifth more is better, worse or neither, by the totals of each day."""
    day = np.repeat(np.arange(3), 8)
    before = np.full(24, 10.0)
    for came, verdict in ((12.5, "better"), (9.5, "worse"), (11.2, "alike")):
        found = judge(before, before * 1.2, np.full(24, came), day)
        assert found is not None
        assert (found.verdict, found.runs, found.intervals) == (verdict, 3, 24)
        assert found.run_error_untouched == pytest.approx(abs(10 - came) * 24)
        assert found.run_error_adjusted == pytest.approx(abs(12 - came) * 24)


def test_only_what_was_counted_is_judged() -> None:
    """Intervals without counts are left out; without any there is nothing to say."""
    day = np.zeros(4, dtype=np.int64)
    before, after = np.full(4, 10.0), np.full(4, 12.0)
    counts = np.array([13.0, np.nan, np.nan, 11.0])
    found = judge(before, after, counts, day)
    assert found is not None
    assert (found.intervals, found.calls, found.untouched, found.adjusted) == (2, 24, 20, 24)
    assert (found.run_error_untouched, found.error_untouched) == (4, 4)
    assert (found.run_error_adjusted, found.error_adjusted) == (0, 2)
    assert judge(before, after, np.full(4, np.nan), day) is None
    nothing = judge(np.full(4, 2.0), np.zeros(4), np.zeros(4), day)
    assert nothing is not None
    assert nothing.verdict == "better"
