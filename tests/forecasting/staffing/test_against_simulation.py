"""Formulas of staffing against the simulation of steady rooms."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np
import pytest

from forecasting.staffing.callers import CallBack, Redial, Turn
from forecasting.staffing.felt import felt
from forecasting.staffing.pots import Pot
from forecasting.staffing.requirement import Requirement, requirement
from forecasting.staffing.simulation.of_terms import simulated_room
from forecasting.staffing.simulation.outcome import Outcome, simulate
from forecasting.staffing.simulation.room import Group
from forecasting.staffing.terms import QueueTerms

START = np.datetime64("2025-06-02T00:00", "m")
EMERGENCY = QueueTerms("999", 300, 120, 0.9, 10, shrinkage=())
ROUTINE = QueueTerms("101", 300, 240, 0.8, 60, shrinkage=())
INTERVALS = 64


def played(
    terms: Sequence[QueueTerms],
    calls: Sequence[float],
    people: dict[str, int],
    *,
    runs: int = 60,
    intervals: int = INTERVALS,
    reserve: int = 1,
) -> Outcome:
    """A room of steady calls per quarter hour; people by the names of the queues they serve."""
    groups = [
        Group(frozenset(names.split("+")), np.full(intervals, count))
        for names, count in people.items()
    ]
    offered = {
        each.queue: np.full(intervals, float(count))
        for each, count in zip(terms, calls, strict=True)
    }
    room = simulated_room(START, 15, "UTC", offered, terms, groups, reserve=reserve)
    return simulate(room, runs=runs, seed=5)


def shares(outcome: Outcome, place: int) -> tuple[float, float]:
    """In time and abandoned of those offered of one stream."""
    offered = outcome.offered[:, :, place].sum()
    in_time, lost = outcome.in_time[:, :, place].sum(), outcome.abandoned[:, :, place].sum()
    return float(in_time / offered), float(lost / offered)


def told(terms: QueueTerms, load: float, people: int, place: int = 0) -> tuple[float, float]:
    """The same by the formulas, of the whole queue or one of its pots."""
    figures = felt(terms, np.array([load]), terms.aht_seconds, np.array([float(people)]))
    each = figures[place].figures
    return float(each.answered_in_time_of_offered[0]), float(each.abandoned[0])


def steady(terms: Sequence[QueueTerms], calls: Sequence[float], reserve: int = 1) -> Requirement:
    """The requirement of steady calls over a day."""
    starts = START + np.arange(96) * np.timedelta64(15, "m")
    offered = {
        each.queue: np.full(96, float(count)) for each, count in zip(terms, calls, strict=True)
    }
    return requirement(starts, 15, offered, terms, reserve=reserve)


@pytest.mark.parametrize("variation", [0.1, 0.2, 0.3])
def test_uncertain_days_are_served_as_expected(variation: float) -> None:
    """Up to a variation of 0.3 the expected share in time is within 1 point of the simulated."""
    terms = replace(EMERGENCY, rate_variation=variation)
    outcome = played([terms], [40], {"999": 18}, runs=3000, intervals=8)
    exact = told(terms, 40 / 3, 18)
    assert shares(outcome, 0) == pytest.approx(exact, abs=0.01)


@pytest.mark.parametrize(("share", "after"), [(0.3, 60), (0.6, 60), (0.6, 300), (0.6, 1800)])
def test_callers_who_call_again_are_served_as_told(share: float, after: float) -> None:
    """With redials the share in time is within 2 points of the simulated, calls within 1 %."""
    terms = replace(ROUTINE, redial=Redial(share, after))
    found = steady([terms], [75])
    people, load = int(found.agents[("101",)][48]), float(found.load["101"][48])
    outcome = played([terms], [75], {"101": people}, runs=100)
    assert shares(outcome, 0) == pytest.approx(told(terms, load, people), abs=0.02)
    assert outcome.offered.sum() / outcome.first.sum() == pytest.approx(load / 25, rel=0.01)


def test_turned_callers_come_to_999() -> None:
    """999 gets the calls that are told when one in five who leave 101 turns to it."""
    terms = [EMERGENCY, replace(ROUTINE, share=0.6, redial=Redial(0.4), turn=Turn("999", 0.3))]
    found = steady(terms, [40, 75])
    people = {name: int(found.agents[(name,)][48]) for name in ("999", "101")}
    outcome = played(terms, [40, 75], people, reserve=0)
    by_queue = found.load["999"][48] * 3, found.load["101"][48] * 3
    for place, calls in enumerate(by_queue):
        assert outcome.offered[:, :, place].mean() == pytest.approx(calls, rel=0.02)


@pytest.mark.parametrize("people", [27, 30])
def test_pots_are_served_as_told(people: int) -> None:
    """Each of three pots is answered in time within 1.5 points of what is told."""
    pots = (Pot("risk", 0.15, within_seconds=20), Pot("crime", 0.25), Pot("other", 0.6))
    terms = replace(ROUTINE, pots=pots)
    outcome = played([terms], [75], {"101": people}, runs=100)
    for place in range(3):
        exact = told(terms, 25, people, place + 1)
        assert shares(outcome, place) == pytest.approx(exact, abs=0.015)


@pytest.mark.parametrize("offer", [CallBack(0, 0.3, reached=1.0), CallBack(60, 0.3, reached=1.0)])
def test_call_backs_serve_as_told(offer: CallBack) -> None:
    """With call-backs the share in time and the callers lost are within 1.5 points."""
    terms = replace(ROUTINE, call_back=offer)
    outcome = played([terms], [75], {"101": 27}, runs=100)
    assert shares(outcome, 0) == pytest.approx(told(terms, 25, 27), abs=0.015)


def test_chats_side_by_side_are_places() -> None:
    """Two people who hold three chats each serve like six who hold one."""
    terms = QueueTerms("chat", 900, 300, 0.8, 60, medium="chats", side_by_side=3, shrinkage=())
    outcome = played([terms], [40], {"chat": 14}, runs=60)
    assert shares(outcome, 0) == pytest.approx(told(terms, 40, 42), abs=0.01)


ROOMS: dict[str, Callable[[], tuple[list[QueueTerms], list[float]]]] = {
    "999 and 101": lambda: ([EMERGENCY, replace(ROUTINE, aht_seconds=600)], [40, 60]),
    "small": lambda: ([EMERGENCY, ROUTINE], [8, 20]),
    "three": lambda: (
        [
            EMERGENCY,
            replace(ROUTINE, aht_seconds=600),
            replace(ROUTINE, queue="crime", aht_seconds=900, within_seconds=120),
        ],
        [40, 60, 20],
    ),
    "chats": lambda: (
        [
            EMERGENCY,
            replace(ROUTINE, aht_seconds=600),
            QueueTerms("chat", 900, 600, 0.8, 60, medium="chats", side_by_side=3, shrinkage=()),
        ],
        [20, 40, 20],
    ),
}


@pytest.mark.parametrize("reserve", [1, 2])
@pytest.mark.parametrize("kind", ROOMS)
def test_the_need_of_a_pool_serves_every_queue(kind: str, reserve: int) -> None:
    """At the people asked for, all serving every queue, no goal is missed by over a point."""
    terms, calls = ROOMS[kind]()
    found = steady(terms, calls, reserve)
    everybody = max(found.agents, key=len)
    people = int(found.agents[everybody][48])
    outcome = played(terms, calls, {"+".join(everybody): people}, reserve=reserve)
    for place, queue in enumerate(terms):
        assert shares(outcome, place)[0] >= queue.share - 0.01
