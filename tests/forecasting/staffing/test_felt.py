"""What callers of one queue feel: pots, call-backs and uncertain days against exact figures."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.sparse import lil_array
from scipy.sparse.linalg import spsolve
from scipy.stats import gamma

from forecasting.staffing.call_backs import System, with_call_backs
from forecasting.staffing.callers import CallBack
from forecasting.staffing.erlang import Performance, erlang_a
from forecasting.staffing.felt import Felt, felt, strain
from forecasting.staffing.needs import people_needed, solved
from forecasting.staffing.poisson import Floats
from forecasting.staffing.pots import Pot
from forecasting.staffing.priority import by_rank
from forecasting.staffing.terms import QueueTerms

ROUTINE = QueueTerms("101", 600, 240, 0.8, 60)
EXACT = {"rtol": 1e-9, "atol": 1e-12}


def cells(*values: float) -> Floats:
    """Numbers as cells."""
    return np.array(values, np.float64)


def need(terms: QueueTerms, load: float) -> int:
    """People that a queue needs for one load."""
    loads = cells(load)
    return int(
        solved(
            lambda at, people: strain(felt(terms, loads[at], terms.aht_seconds, people)) <= 0, loads
        )[0]
    )


def two_ranks(
    rates: tuple[float, float], aht: float, patience: float, people: int, longest: int
) -> tuple[float, float, float]:
    """Share who find nobody idle, and share of each of two ranks that hangs up: by the chain.

    States are people busy below `people`, then callers of each rank in line, up to `longest`.
    """
    size = longest + 1
    states = people + size * size

    def line(first: int, second: int) -> int:
        return people + first * size + second

    flow = lil_array((states, states))

    def goes(start: int, end: int, rate: float) -> None:
        flow[end, start] += rate
        flow[start, start] -= rate

    for busy in range(people):
        goes(busy, busy + 1 if busy < people - 1 else line(0, 0), sum(rates))
        if busy:
            goes(busy, busy - 1, busy / aht)
    for first in range(size):
        for second in range(size):
            here = line(first, second)
            if first < longest:
                goes(here, line(first + 1, second), rates[0])
            if second < longest:
                goes(here, line(first, second + 1), rates[1])
            left = people - 1 if not first + second else line(first, second - 1)
            goes(here, line(first - 1, second) if first else left, people / aht)
            if first:
                goes(here, line(first - 1, second), first / patience)
            if second:
                goes(here, line(first, second - 1), second / patience)
    flow[0, :] = 1.0
    share = spsolve(flow.tocsc(), np.eye(states, 1).ravel())
    full = share[people:].reshape(size, size)
    lengths = np.arange(size)
    stood = (lengths @ full.sum(axis=1), lengths @ full.sum(axis=0))
    return full.sum(), *(stood[k] / patience / rates[k] for k in range(2))


@pytest.mark.parametrize(
    ("rates", "people"), [((0.01, 0.02), 4), ((0.02, 0.03), 6), ((0.04, 0.01), 5)]
)
def test_who_hangs_up_of_each_rank_is_exact(rates: tuple[float, float], people: int) -> None:
    """Abandonment by rank equals that of the Markov chain of two ranks, busy or overloaded."""
    aht, patience = 120.0, 200.0
    whole = erlang_a(sum(rates), aht, patience, people, 0)
    full = cells(float(whole.waiting))

    def line(rate: Floats, limit: float) -> Performance:
        return System(rate, cells(aht), cells(patience), cells(people)).full(limit)

    found = by_rank([cells(rate) for rate in rates], line, cells(patience), [20, 60], full)
    chain = two_ranks(rates, aht, patience, people, longest=45)
    assert float(full[0]) == pytest.approx(chain[0], abs=1e-9)
    for figures, abandoned in zip(found, chain[1:], strict=True):
        assert float(figures.abandoned[0]) == pytest.approx(abandoned, abs=1e-9)


@given(
    st.integers(1, 60),
    st.floats(0.1, 0.95),
    st.lists(st.floats(0.05, 1), min_size=2, max_size=6),
)
@settings(deadline=None, max_examples=50)
def test_waits_of_ranks_are_cobhams(people: int, occupancy: float, parts: list[float]) -> None:
    """With endless patience the mean wait of each rank is A. Cobham's (1954)."""
    aht, total = 300.0, occupancy * people / 300
    rates = [total * part / sum(parts) for part in parts]
    waiting = float(erlang_a(total, aht, np.inf, people, 0).waiting)

    def line(rate: Floats, limit: float) -> Performance:
        return System(rate, cells(aht), cells(np.inf), cells(people)).full(limit)

    found = by_rank(
        [cells(rate) for rate in rates], line, cells(np.inf), [60.0] * len(rates), cells(waiting)
    )
    before = 0.0
    for rate, figures in zip(rates, found, strict=True):
        after = before + rate * aht / people
        cobham = waiting * aht / people / (1 - before) / (1 - after)
        assert float(figures.asa[0]) == pytest.approx(cobham, rel=1e-6)
        before = after


def alike(one: Performance, other: Performance) -> None:
    """All figures agree."""
    for name in Performance.__slots__:
        np.testing.assert_allclose(getattr(one, name), getattr(other, name), **EXACT, err_msg=name)


LOADS = np.repeat([0.5, 8.0, 40.0], 3)
PEOPLE = np.array([1, 2, 3, 6, 9, 14, 36, 42, 60], np.float64)


@pytest.mark.parametrize("patience", [240, None])
def test_one_pot_is_the_queue(patience: float | None) -> None:
    """A queue with all callers in one pot is the queue without pots."""
    plain = replace(ROUTINE, patience_seconds=patience)
    one = replace(plain, pots=(Pot("all", 1.0),))
    queue, pot = felt(one, LOADS, 600, PEOPLE)
    alike(queue.figures, felt(plain, LOADS, 600, PEOPLE)[0].figures)
    alike(replace(pot.figures, occupancy=queue.figures.occupancy), queue.figures)


def test_earlier_pots_wait_less() -> None:
    """Each pot is answered sooner than the next, and all together hang up as without pots."""
    pots = (Pot("risk", 0.2), Pot("crime", 0.3), Pot("other", 0.5))
    queue, *found = felt(replace(ROUTINE, pots=pots), LOADS, 600, PEOPLE)
    plain = felt(ROUTINE, LOADS, 600, PEOPLE)[0].figures
    np.testing.assert_allclose(queue.figures.abandoned, plain.abandoned, **EXACT)
    shares = sum(pot.share * each.figures.abandoned for pot, each in zip(pots, found, strict=True))
    np.testing.assert_allclose(shares, plain.abandoned, rtol=1e-9, atol=1e-9)
    for one, next_one in pairwise(found):
        assert np.all(one.figures.asa <= next_one.figures.asa + 1e-9)
        sooner = one.figures.answered_in_time_of_offered
        assert np.all(sooner >= next_one.figures.answered_in_time_of_offered - 1e-9)


def test_a_strict_goal_for_the_first_pot_costs_less_than_for_all() -> None:
    """Answering one in five at once needs fewer people than answering everybody at once."""
    pots = (Pot("risk", 0.2, goal_share=0.9, within_seconds=10), Pot("other", 0.8))
    some = need(replace(ROUTINE, pots=pots), 30.0)
    everybody = need(replace(ROUTINE, share=0.9, within_seconds=10), 30.0)
    assert need(ROUTINE, 30.0) <= some < everybody


def by_density(
    load: float, people: int, patience: float, offer: CallBack, within: float
) -> tuple[float, float, float, float]:
    """Waiting, in time, abandoned and called back by the density of the virtual wait, summed."""
    aht = 600.0
    rate, service = load / aht, people / aht
    step, above = 0.02, offer.above_seconds
    x = np.arange(0, 6000, step) + step / 2
    there = np.exp(-x / patience)
    still = np.where(x < above, there, offer.accepted + (1 - offer.accepted) * there)
    density = np.exp(np.cumsum(rate * still - service) * step - (rate * still - service) * step / 2)
    idle = sum(float(np.prod([(people - 1 - k) / load for k in range(j)])) for j in range(people))
    line = rate * density.sum() * step
    waiting = line / (idle + line)
    density = density / density.sum()
    mortal = np.where(x < above, there, (1 - offer.accepted) * there)
    in_time = 1 - waiting + waiting * (density * mortal)[x <= within].sum()
    called = waiting * offer.accepted * density[x >= above].sum()
    answered = 1 - waiting + waiting * (density * mortal).sum()
    return waiting, in_time, 1 - answered - called, called


@pytest.mark.parametrize("above", [0.0, 45.0, 300.0])
@pytest.mark.parametrize("people", [8, 11, 16])
def test_call_backs_follow_the_density_of_the_wait(people: int, above: float) -> None:
    """Figures with call-backs equal sums over the density of the virtual wait to 4 digits."""
    offer = CallBack(above, 0.3)
    system = System(cells(10 / 600), cells(600), cells(240), cells(people))
    for within in (20.0, 120.0):
        figures, called = with_call_backs(system, offer, within)
        exact = by_density(10.0, people, 240, offer, within)
        got = (
            figures.waiting,
            figures.answered_in_time_of_offered,
            figures.abandoned,
            called,
        )
        np.testing.assert_allclose([float(part[0]) for part in got], exact, atol=2e-4)


@pytest.mark.parametrize("patience", [240.0, np.inf])
def test_no_call_backs_change_nothing(patience: float) -> None:
    """Call-backs that nobody accepts, or that are never offered, leave the figures as they are."""
    system = System(LOADS / 600, np.full(9, 600.0), np.full(9, patience), PEOPLE)
    for offer in (CallBack(0, 0.0), CallBack(50, 0.0), CallBack(1e6, 0.5)):
        figures, called = with_call_backs(system, offer, 60)
        plain = system.feels(60)
        for name in ("waiting", "answered_in_time_of_offered", "abandoned", "wait_in_time"):
            np.testing.assert_allclose(
                getattr(figures, name), getattr(plain, name), atol=1e-6, err_msg=name
            )
        if offer.accepted == 0:
            assert np.all(called == 0)


def test_call_backs_spare_callers_from_hanging_up() -> None:
    """The more accept a call back, the fewer hang up, and nobody is counted twice."""
    system = System(LOADS / 600, np.full(9, 600.0), np.full(9, 240.0), PEOPLE)
    before = np.ones(9)
    for accepted in (0.0, 0.2, 0.5, 1.0):
        figures, called = with_call_backs(system, CallBack(20, accepted), 60)
        assert np.all(figures.abandoned <= before + 1e-9)
        assert np.all((called >= 0) & (called + figures.abandoned <= 1 + 1e-9))
        before = figures.abandoned


@pytest.mark.parametrize("variation", [0.05, 0.2, 0.3, 1.0])
@pytest.mark.parametrize(("load", "people"), [(6.0, 9), (40.0, 45), (400.0, 430)])
def test_uncertain_days_are_the_mean_over_their_levels(
    variation: float, load: float, people: int
) -> None:
    """Every figure equals the integral over a gamma level, weighted by its callers, to 3 digits."""
    terms = replace(ROUTINE, rate_variation=variation)
    found = felt(terms, cells(load), 600, cells(people))[0].figures
    shape = 1 / variation**2

    def mean(figure: Callable[[Performance], npt.NDArray[np.float64]], more: float) -> float:
        def integrand(level: float) -> float:
            day = erlang_a(load * level / 600, 600, 240, people, 60)
            return float(figure(day)) * float(gamma.pdf(level, shape + more, scale=1 / shape))

        points = [people / load, 1.0]
        return float(quad(integrand, 1e-9, 1 + 14 * variation, points=points, limit=300)[0])

    exact = mean(lambda day: day.answered_in_time_of_offered, 1)
    assert float(found.answered_in_time_of_offered[0]) == pytest.approx(exact, abs=1e-3)
    assert float(found.abandoned[0]) == pytest.approx(mean(lambda d: d.abandoned, 1), abs=1e-3)
    assert float(found.occupancy[0]) == pytest.approx(mean(lambda d: d.occupancy, 0), abs=1e-3)


def test_days_that_hardly_vary_are_certain() -> None:
    """As the variation goes to 0 the figures become those of the forecast itself."""
    almost = replace(ROUTINE, rate_variation=2e-3)
    for name in Performance.__slots__:
        np.testing.assert_allclose(
            getattr(felt(almost, LOADS, 600, PEOPLE)[0].figures, name),
            getattr(felt(ROUTINE, LOADS, 600, PEOPLE)[0].figures, name),
            rtol=2e-3,
            atol=1e-4,
            err_msg=name,
        )


def test_uncertain_days_need_the_people_of_the_field() -> None:
    """At a variation of 0.2, 999 at 160 calls an hour needs 3 more and 101 at 300 needs 6 more."""
    emergency = QueueTerms("999", 300, 120, 0.9, 10)
    routine = QueueTerms("101", 300, 240, 0.8, 60)
    for terms, hourly in ((emergency, 160), (routine, 300)):
        load = hourly * terms.aht_seconds / 3600
        plain = int(people_needed(load, terms.aht_seconds, terms.goals, terms.patience))
        assert need(terms, load) == plain
        assert 2 <= need(replace(terms, rate_variation=0.2), load) - plain <= 7


KINDS: dict[str, Callable[[QueueTerms], QueueTerms]] = {
    "pots": lambda t: replace(t, pots=(Pot("a", 0.3, None, 0.9, 30), Pot("b", 0.7))),
    "call back": lambda t: replace(t, call_back=CallBack(30, 0.2)),
    "uncertain": lambda t: replace(t, rate_variation=0.2),
    "all": lambda t: replace(
        t,
        pots=(Pot("a", 0.3, None, 0.9, 30), Pot("b", 0.7)),
        call_back=CallBack(30, 0.2),
        rate_variation=0.1,
    ),
}


@pytest.mark.parametrize("kind", KINDS)
@given(load=st.floats(0.01, 80), more=st.floats(0, 10), goal=st.floats(0.8, 0.95))
@settings(deadline=None, max_examples=6)
def test_need_grows_with_load_and_goal(kind: str, load: float, more: float, goal: float) -> None:
    """No kind of queue needs fewer people for more load or a higher goal."""
    terms = KINDS[kind](ROUTINE)
    lower, higher = replace(terms, share=0.8), replace(terms, share=goal)
    assert need(lower, load) <= need(lower, load + more)
    assert need(lower, load) <= need(higher, load)


@given(load=st.floats(0.5, 80), low=st.floats(0, 0.5), more=st.floats(0, 0.5))
@settings(deadline=None, max_examples=20)
def test_need_grows_with_uncertainty(load: float, low: float, more: float) -> None:
    """For goals of 80 % and more, no fewer people are needed where days vary more."""
    certain, unsure = (replace(ROUTINE, rate_variation=each) for each in (low, low + more))
    assert need(certain, load) <= need(unsure, load)


@pytest.mark.parametrize("kind", KINDS)
def test_odd_rooms_have_figures(kind: str) -> None:
    """Nobody there, no calls, a target of no seconds, endless patience: all figures are numbers."""
    for patience in (240.0, None):
        terms = replace(KINDS[kind](ROUTINE), patience_seconds=patience, within_seconds=0)
        load, people = cells(0, 0, 5, 5, 5, 2000, 2000), cells(0, 3, 0, 1, 5, 1500, 2100)
        found: tuple[Felt, ...] = felt(terms, load, 600, people)
        for each in found:
            for name in Performance.__slots__:
                values = getattr(each.figures, name)
                assert not np.any(np.isnan(values)), name
                if name != "asa":
                    assert np.all((values >= -1e-12) & (values <= 1 + 1e-12)), name
            assert np.all((each.called_back >= 0) & (each.called_back <= 1))
