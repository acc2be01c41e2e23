"""How calls divide among categories: what is learned of it, and parts that add up."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasting.calendar import Calendar
from forecasting.categories import (
    HOURS,
    REST,
    Parts,
    Shares,
    shared_out,
    shares,
    week_hours,
)
from forecasting.category_changes import changes
from forecasting.distribution import Distribution, NegativeBinomial, RoundedNormal
from forecasting.errors import InputError
from forecasting.series import FloatArray, Series
from tests.forecasting.made_counts import MONDAY, made_rates

UTC = Calendar("UTC")


def made_parts(days: int, share: FloatArray, *, per_day: float = 400.0, seed: int = 1) -> Parts:
    """Poisson counts by the hour, divided by shares of shape (k, 24 × days); the rest is none's."""
    rng = np.random.default_rng(seed)
    whole = rng.poisson(made_rates(days, per_day=per_day, minutes=60)).astype(np.float64)
    rest = 1 - share.sum(axis=0)
    drawn = rng.multinomial(whole.astype(np.int64), np.vstack([share, rest]).T)
    counts = drawn.T[:-1].astype(np.float64)
    names = tuple(f"part {number}" for number in range(len(share)))
    return Parts(Series("999", MONDAY, 60, whole), names, counts)


def steady(days: int, *share: float) -> FloatArray:
    """The same shares in every hour."""
    return np.repeat(np.array(share)[:, None], 24 * days, axis=1)


@settings(max_examples=60)
@given(data=st.data())
def test_parts_add_up_and_their_quantiles_never_cross(data: st.DataObject) -> None:
    """Whatever was counted: means add up to the whole's; quantiles rise, within the whole's."""
    k, days = data.draw(st.integers(0, 4)), data.draw(st.integers(1, 20))
    rng = np.random.default_rng(data.draw(st.integers(0, 999)))
    most = data.draw(st.sampled_from([0, 1, 5, 10**6]))
    counts = rng.integers(0, most + 1, (k, 24 * days)) * (rng.random((k, 1)) < 0.8).astype(float)
    whole = (counts.sum(axis=0) + rng.integers(-1, 3, 24 * days)).clip(0)
    counts = np.where(rng.random(24 * days) < 0.1, np.nan, counts)
    whole[rng.random(24 * days) < 0.1] = np.nan
    names = tuple(map(str, range(k)))
    learned = shares(Parts(Series("999", MONDAY, 60, whole), names, counts), UTC)
    mean = rng.gamma(1.0, data.draw(st.sampled_from([0.01, 3.0, 1e4])), HOURS)
    mean[rng.random(HOURS) < 0.2] = 0.0
    kind = data.draw(st.sampled_from([NegativeBinomial, RoundedNormal]))
    said = kind(mean, mean * data.draw(st.floats(0, 30)))
    split = learned.split(said, np.arange(HOURS))
    assert learned.names == (*names, REST)
    np.testing.assert_allclose(sum(each.mean for each in split), mean, rtol=1e-12)
    for each in split:
        assert np.all(np.diff(each.quantiles, axis=0) >= 0)
        assert np.all((each.quantiles >= 0) & (each.quantiles <= said.quantiles))


@settings(max_examples=40)
@given(data=st.data())
def test_parts_of_one_name_are_one_part(data: st.DataObject) -> None:
    """However parts are called, they add up to the whole, and like names are counted together."""
    names = data.draw(st.lists(st.sampled_from(["a", "b", REST]), min_size=1, max_size=5))
    rng = np.random.default_rng(data.draw(st.integers(0, 99)))
    table = rng.dirichlet(np.ones(len(names) + 1), HOURS).T
    learned = Shares(("",) * (len(names) + 1), table, rng.normal(0, 0.1, len(names) + 1))
    found = learned.renamed(names)
    assert found.names == (*sorted({*names} - {REST}), REST)
    said = NegativeBinomial(np.full(HOURS, 4.0), np.full(HOURS, 6.0))
    split = dict(zip(found.names, found.split(said, np.arange(HOURS)), strict=True))
    np.testing.assert_allclose(sum(each.mean for each in split.values()), said.mean)
    for name, part in split.items():
        own = [each == name for each in (*names, REST)]
        np.testing.assert_allclose(part.mean, 4.0 * table[own].sum(axis=0))


@settings(max_examples=60)
@given(data=st.data())
def test_rounded_parts_add_up(data: st.DataObject) -> None:
    """Whole numbers, none negative nor more than one off its own, that sum to what was given."""
    size = st.floats(0, 1e6, allow_subnormal=False)
    columns = data.draw(st.lists(st.lists(size, min_size=3, max_size=3), min_size=1, max_size=8))
    parts = np.array(columns).T
    wholes = np.rint(parts.sum(axis=0)).astype(np.int64)
    told = shared_out(parts, wholes)
    np.testing.assert_array_equal(told.sum(axis=0), np.where(parts.sum(axis=0) > 0, wholes, 0))
    assert told.min() >= 0
    exact = parts * (wholes / np.maximum(parts.sum(axis=0), 1e-300))
    assert np.abs(told - exact).max() <= 1 + 1e-6


def test_a_part_that_is_all_is_the_whole() -> None:
    """With one category that every call falls to, its distribution is that of the queue."""
    learned = shares(made_parts(60, steady(60, 1.0)), UTC)
    mean = np.linspace(0.1, 30, HOURS)
    said = NegativeBinomial(mean, 1.5 * mean)
    only, rest = learned.split(said, np.arange(HOURS))
    np.testing.assert_allclose(only.variance, said.variance)
    np.testing.assert_array_equal(only.quantiles, said.quantiles)
    assert not rest.quantiles.any()


def test_shares_follow_the_hours_of_the_week() -> None:
    """A category of Saturday nights has its share there, and a tenth of it elsewhere."""
    days = 182
    hour = np.arange(24 * days) % HOURS
    nights = (hour >= 5 * 24 + 20) | (hour < 2)
    learned = shares(made_parts(days, np.where(nights, 0.5, 0.05)[None]), UTC)
    found = learned.table[0]
    assert found[5 * 24 + 22] == pytest.approx(0.5, abs=0.08)
    assert found[2 * 24 + 12] == pytest.approx(0.05, abs=0.02)


def test_few_calls_are_shrunken_to_the_share_of_all_hours() -> None:
    """With a few calls a day no hour's share is taken from its own two or three calls."""
    learned = shares(made_parts(56, steady(56, 0.3), per_day=12.0), UTC)
    assert np.abs(learned.table[0] - learned.table[0].mean()).max() < 0.1


def test_a_category_that_began_midway_is_judged_from_then_on() -> None:
    """Four weeks of a new category count whole; the weeks before it do not water it down."""
    days = 140
    new = np.where(np.arange(24 * days) >= 24 * 112, 0.25, 0.0)
    learned = shares(made_parts(days, np.vstack([new, steady(days, 0.5)])), UTC)
    assert learned.table.mean(axis=1)[:2] == pytest.approx([0.25, 0.5], abs=0.03)


def test_a_category_that_ended_has_no_part() -> None:
    """Two weeks without a call of a category that had a fifth of them: nothing more is forecast."""
    days = 140
    old = np.where(np.arange(24 * days) < 24 * 126, 0.2, 0.0)
    learned = shares(made_parts(days, np.vstack([old, steady(days, 0.5)])), UTC)
    assert not learned.table[0].any()


def test_lately_weighs_more() -> None:
    """A share that grew from a tenth to three tenths in half a year is forecast near its end."""
    days = 182
    growing = np.linspace(0.1, 0.3, 24 * days)[None]
    learned = shares(made_parts(days, growing), UTC)
    assert learned.table[0].mean() > 0.27


def test_a_holiday_divides_as_a_sunday() -> None:
    """Christmas Day, a Wednesday in 2024, has the hours of a Sunday where its nation is known."""
    noon = np.array(["2024-12-25T12:00", "2024-12-25T13:00"], dtype="datetime64[m]")
    assert week_hours(Calendar("UTC"), noon).tolist() == [60, 61]
    assert week_hours(Calendar("UTC", "GB-ENG"), noon).tolist() == [156, 157]


def test_hours_are_those_of_the_wall_clock() -> None:
    """The hour that the clocks repeat in October is the same hour of the week twice."""
    first = np.datetime64("2024-10-27T00:00", "m")
    hours = week_hours(Calendar("Europe/London"), first + 15 * np.arange(12))
    assert hours.tolist() == [145] * 8 + [146] * 4


def test_categories_that_count_too_many_are_scaled_to_the_queue() -> None:
    """Of a queue's 6 calls, categories with 8 and 4 have 4 and 2; of 12 and none told, nothing."""
    whole = Series("999", MONDAY, 60, np.array([6.0, 12.0, 5.0, np.nan]))
    counts = np.array([[8, 3, np.nan, 1], [4, 3, np.nan, 1]])
    divided = Parts(whole, ("a", "b"), counts).divided()
    np.testing.assert_allclose(divided[:, :2], [[4, 3], [2, 3], [0, 6]])
    assert np.isnan(divided[:, 2:]).all()


@pytest.mark.parametrize("offered", [0.0, 3.0])
def test_without_a_category_all_is_the_rest(offered: float) -> None:
    """No category, or no call at all: the whole is not categorised."""
    whole = Series("999", MONDAY, 60, np.full(24 * 7, offered))
    for names in ((), ("a",)):
        learned = shares(Parts(whole, names, np.zeros((len(names), len(whole)))), UTC)
        assert np.all(learned.table[-1] == 1)
        assert not learned.table[:-1].any()


def test_bands_of_parts_hold_what_they_say() -> None:
    """Of a queue whose one part comes in clumps, 8 in 10 counts of each lie in the middle 8."""
    days, rng = 196, np.random.default_rng(5)
    rates = made_rates(days, per_day=300.0, minutes=60)
    steady_part = rng.poisson(0.6 * rates).astype(np.float64)
    clumped = rng.poisson(0.4 * rates * rng.gamma(2.0, 0.5, len(rates))).astype(np.float64)
    whole, cut = steady_part + clumped, 24 * 168
    series = Series("999", MONDAY, 60, whole[:cut])
    learned = shares(Parts(series, ("s", "c"), np.vstack([steady_part, clumped])[:, :cut]), UTC)
    excess = 0.16 * 0.5
    said = NegativeBinomial(rates, rates + excess * rates**2)
    split = learned.split(said.part(slice(cut, None)), np.arange(cut, len(rates)) % HOURS)
    assert _inside(split[0], steady_part[cut:]) == pytest.approx(0.8, abs=0.06)
    assert _inside(split[1], clumped[cut:]) == pytest.approx(0.8, abs=0.06)


def _inside(said: Distribution, counts: FloatArray) -> float:
    """Share of counts within .10 to .90, those on the edge as far as the level cuts them."""
    low, high = said.cdf(counts - 1), said.cdf(counts)
    within = np.minimum(high, 0.9) - np.maximum(low, 0.1)
    return float(np.mean(np.maximum(within, 0) / np.maximum(high - low, 1e-12)))


def test_growth_is_found_and_chance_is_not() -> None:
    """A share that grew is sure to have grown; of steady ones 1 in 20 at most seems to change."""
    days = 112
    grown = np.linspace(0.1, 0.2, 24 * days)[None]
    first = changes(made_parts(days, np.vstack([grown, steady(days, 0.4)])))[0]
    assert first.name == "part 0"
    assert 0 < first.low < 0.075 < first.high
    wrong = 0
    for seed in range(20):
        found = changes(made_parts(days, steady(days, 0.3), seed=seed))
        wrong += sum(each.low > 0 or each.high < 0 for each in found if each.name != REST)
    assert wrong <= 4


def test_growth_needs_weeks_at_both_ends() -> None:
    """Five weeks tell nothing of twelve."""
    assert changes(made_parts(35, steady(35, 0.3))) == ()


@pytest.mark.parametrize(
    ("names", "counts", "words"),
    [
        (("a",), [[1.0, 2.0]], "a count for every interval"),
        (("a",), [[-1.0]], "negative or infinite"),
        (("a", "a"), [[1.0], [1.0]], "name of its own"),
        (("",), [[1.0]], "name of its own"),
    ],
)
def test_what_cannot_be_is_refused(
    names: tuple[str, ...], counts: list[list[float]], words: str
) -> None:
    """Each fault gets a sentence that names the queue."""
    with pytest.raises(InputError, match=f"Queue 999: .*{words}"):
        Parts(Series("999", MONDAY, 60, np.array([3.0])), names, np.array(counts))


def test_shares_tell_each_interval() -> None:
    """Intervals take the shares of their hours."""
    table = np.vstack([np.linspace(0, 1, HOURS), 1 - np.linspace(0, 1, HOURS)])
    told = Shares(("a", REST), table, np.zeros(2)).at(np.array([0, 167, 167]))
    np.testing.assert_array_equal(told, [[0, 1, 1], [1, 0, 0]])
