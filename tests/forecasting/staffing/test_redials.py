"""Calls that come of calls not answered: redials, turns to another queue, call-backs."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasting.staffing.callers import CallBack, Redial, Turn
from forecasting.staffing.erlang import erlang_a
from forecasting.staffing.redials import calls_again
from forecasting.staffing.requirement import Requirement, requirement
from forecasting.staffing.terms import QueueTerms

EMERGENCY = QueueTerms("999", 300, 120, 0.9, 10, shrinkage=())
ROUTINE = QueueTerms("101", 600, 240, 0.6, 120, shrinkage=())


def plan(calls: dict[str, Any], *terms: QueueTerms, **more: Any) -> Requirement:
    """A requirement of quarter hours from a Monday, 05:00 UTC."""
    count = len(next(iter(calls.values())))
    starts = np.datetime64("2025-06-02T05:00:00") + np.arange(count) * np.timedelta64(15, "m")
    return requirement(starts, 15, calls, terms, **more)


def steady(terms: QueueTerms, calls: float, **more: Any) -> tuple[float, int]:
    """Load and people in the middle of a long steady stretch."""
    result = plan({terms.queue: np.full(60, calls)}, terms, **more)
    return float(result.load[terms.queue][40]), int(result.agents[(terms.queue,)][40])


@pytest.mark.parametrize("share", [0.2, 0.6, 1.0])
@pytest.mark.parametrize("calls", [2.0, 25.0])
def test_steady_calls_meet_the_closed_form(share: float, calls: float) -> None:
    """Where nothing changes, λ' = λ / (1 − p·Pab(λ')) at the people required, who are the fewest.

    Callers call again so late that the crowd they met has gone.
    """
    terms = replace(ROUTINE, redial=Redial(share, 2e6))
    load, people = steady(terms, calls)

    def settled(agents: int) -> tuple[float, float]:
        rate = calls / 900
        for _ in range(150):
            figures = erlang_a(rate, 600, 240, agents, 120)
            rate = calls / 900 / (1 - share * float(figures.abandoned))
        return rate, float(erlang_a(rate, 600, 240, agents, 120).answered_in_time_of_offered)

    rate, level = settled(people)
    assert load == pytest.approx(rate * 600, rel=1e-3)
    assert level >= terms.share - 1e-4
    assert settled(people - 1)[1] < terms.share


def test_nobody_calls_again_as_before() -> None:
    """A share of 0 who call again or turn leaves load and people as they are, to the bit."""
    calls = {"999": np.linspace(2, 20, 24), "101": np.linspace(30, 3, 24)}
    plain = plan(calls, EMERGENCY, ROUTINE)
    none = replace(ROUTINE, redial=Redial(0.0), turn=Turn("999", 0.0))
    same = plan(calls, EMERGENCY, none)
    for group, need in plain.people.items():
        assert np.array_equal(same.people[group], need)
    assert np.array_equal(same.load["999"], plain.load["999"])


@settings(deadline=None, max_examples=5)
@given(
    st.lists(st.floats(0.1, 40), min_size=6, max_size=6),
    st.floats(0, 1),
    st.floats(0, 1),
    st.floats(60, 2000),
)
def test_need_grows_with_the_share_who_call_again(
    calls: list[float], share: float, other: float, after: float
) -> None:
    """A queue needs no fewer people when more of its callers call again."""
    some, more = (
        plan({"101": calls}, replace(ROUTINE, redial=Redial(each, after)))
        for each in sorted((share, other))
    )
    assert some.agents[("101",)].sum() <= more.agents[("101",)].sum()


@settings(deadline=None, max_examples=5)
@given(st.lists(st.floats(0.1, 40), min_size=4, max_size=4), st.floats(0, 1), st.floats(0, 1))
def test_need_grows_with_the_share_who_turn(calls: list[float], share: float, other: float) -> None:
    """999 needs no fewer people in any interval when more callers turn to it."""
    some, more = (
        plan(
            {"999": calls[::-1], "101": calls}, EMERGENCY, replace(ROUTINE, turn=Turn("999", each))
        )
        for each in sorted((share, other))
    )
    assert np.all(some.agents[("999",)] <= more.agents[("999",)])


def test_abandoned_101_calls_turn_to_999() -> None:
    """The share that turns comes to 999 in its own interval, after those who call again left."""
    calls = {"999": np.full(40, 20.0), "101": np.full(40, 30.0)}
    terms = replace(ROUTINE, redial=Redial(0.5, 2e5), turn=Turn("999", 0.2))
    result = plan(calls, EMERGENCY, terms)
    rate, people = result.load["101"][30] / 600, int(result.agents[("101",)][30])
    lost = rate * float(erlang_a(rate, 600, 240, people, 120).abandoned)
    turned = 0.2 * 0.5 * lost
    assert result.load["999"][30] == pytest.approx((20 / 900 + turned) * 300, rel=1e-3)
    alone = plan({"101": calls["101"]}, terms)
    assert np.array_equal(alone.agents[("101",)], result.agents[("101",)])


def test_redials_come_later() -> None:
    """Who calls again after half an hour is load of later intervals, none of it lost."""
    lost = np.zeros(40)
    lost[5] = 100.0
    again = calls_again(Redial(0.6, 1800), lost, 900)
    assert again.sum() == pytest.approx(60, rel=1e-4)
    assert np.all(again[:5] == 0)
    assert again[6] > again[5] > 0
    whole = calls_again(Redial(0.6, 1800), np.full(40, 10.0), 900)
    assert whole == pytest.approx(np.full(40, 6.0), rel=1e-4)


def test_a_closed_queue_stays_closed() -> None:
    """After the last interval with calls nobody calls again, and nobody is needed."""
    result = plan({"101": [20.0, 20.0, 0.0, 0.0]}, replace(ROUTINE, redial=Redial(1.0, 900)))
    assert result.people[("101",)].tolist()[2:] == [0, 0]


def test_call_backs_cost_their_attempts() -> None:
    """Call-backs that reach nobody cost no handling time but their attempts, the others both."""
    base = replace(ROUTINE, share=0.3)
    plain, _ = steady(base, 30.0)
    never = replace(base, call_back=CallBack(0, 0.5, reached=0.0, attempt_seconds=1))
    at_length = replace(base, call_back=CallBack(0, 0.5, reached=0.5, attempt_seconds=900))
    assert steady(never, 30.0)[0] < plain < steady(at_length, 30.0)[0]


def test_redials_settle_where_hardly_anybody_is_answered() -> None:
    """Goals so lax that most hang up, all of whom call again, still end in an answer."""
    lax = replace(ROUTINE, share=0.05, within_seconds=0, redial=Redial(1.0, 60))
    result = plan({"101": np.full(8, 20.0)}, lax)
    people: npt.NDArray[np.int64] = result.agents[("101",)]
    assert np.all((people >= 13) & (people <= 20))
