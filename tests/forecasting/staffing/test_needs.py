"""The fewest people that meet all goals, asked for singly and by table."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasting.errors import InputError
from forecasting.staffing.erlang import erlang_a
from forecasting.staffing.needs import Goals, NeedTable, people_needed

DEFINITIONS = st.sampled_from(
    [
        "answered_in_time_of_offered",
        "answered_in_time_of_answered",
        "virtual_wait_in_time",
        "wait_in_time",
    ]
)
shares = st.floats(0.01, 0.9999)
goals = st.builds(
    Goals,
    share=st.floats(0.05, 0.999),
    within=st.floats(0, 2),
    definition=DEFINITIONS,
    most_abandonment=st.none() | shares,
    most_occupancy=st.none() | st.floats(0.2, 1),
)
patiences = st.floats(0.05, 50) | st.just(np.inf)


def met(goal: Goals, load: float, patience: float, agents: int) -> bool:
    """Whether `agents` meet every goal, read off the Erlang figures one by one; AHT is 1."""
    figures = erlang_a(load, 1.0, patience, agents, goal.within)
    return bool(
        figures.service_level(goal.definition) >= goal.share
        and (goal.most_abandonment is None or figures.abandoned <= goal.most_abandonment)
        and (goal.most_occupancy is None or figures.occupancy <= goal.most_occupancy)
    )


@settings(deadline=None)
@given(goals, patiences, st.floats(0.001, 400))
def test_the_need_is_minimal(goal: Goals, patience: float, load: float) -> None:
    """The answer meets every goal and one person fewer does not."""
    need = int(people_needed(load, 1.0, goal, patience))
    assert met(goal, load, patience, need)
    assert need == 0 or not met(goal, load, patience, need - 1)


@settings(max_examples=40, deadline=None)
@given(goals, patiences, st.integers(0, 2**32 - 1), st.floats(0.5, 80))
def test_the_table_equals_single_needs(
    goal: Goals, patience: float, seed: int, mean: float
) -> None:
    """Looking up 300 loads, thresholds themselves included, gives each load's exact need."""
    loads = np.random.default_rng(seed).gamma(1.5, mean / 1.5, 300)
    loads[:5] = 0
    table = NeedTable(1.0, goal, patience, float(loads.max()))
    edges = np.concatenate([table._carried, table._refused])
    edges = edges[edges <= loads.max()]
    loads = np.concatenate([loads, edges, np.nextafter(edges, 0)])
    assert np.array_equal(table.people(loads), people_needed(loads, 1.0, goal, patience))


def test_a_table_without_load_needs_nobody() -> None:
    """A queue that is closed all along needs nobody."""
    table = NeedTable(300, Goals(0.9, 10), 60, 0.0)
    assert table.people(np.zeros(4)).tolist() == [0, 0, 0, 0]


def test_known_needs() -> None:
    """200 calls an hour of 3 minutes, 80 % within 20 s need 14 people (a third party's example)."""
    assert people_needed(10.0, 180.0, Goals(0.8, 20)) == 14
    assert people_needed(10.0, 180.0, Goals(0.8, 20, most_occupancy=0.7)) == 15
    assert people_needed(10.0, 180.0, Goals(0.8, 20), 300.0) < 14


def test_units_do_not_matter() -> None:
    """Seconds or minutes: the same need."""
    loads = np.linspace(0, 60, 200)
    seconds = people_needed(loads, 300, Goals(0.9, 10), 90)
    minutes = people_needed(loads, 5, Goals(0.9, 1 / 6), 1.5)
    assert np.array_equal(seconds, minutes)


def test_varying_handling_and_patience_broadcast() -> None:
    """Loads, handling times and patience of different shapes meet in one table of needs."""
    needs = people_needed(np.array([[5.0], [20.0]]), [60.0, 600.0], Goals(0.9, 10), [30.0, np.inf])
    assert needs.shape == (2, 2)
    assert needs[1, 1] == people_needed(20.0, 600.0, Goals(0.9, 10))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"share": 1.0}, "service goal"),
        ({"share": 0.0}, "service goal"),
        ({"share": float("nan")}, "service goal"),
        ({"within": -1.0}, "time"),
        ({"definition": "sl"}, "answered_in_time_of_offered"),
        ({"most_abandonment": 0.0}, "most abandonment"),
        ({"most_occupancy": 1.5}, "most occupancy"),
    ],
)
def test_refuses_goals_out_of_range(values: dict[str, Any], words: str) -> None:
    """A goal that cannot be reached or has no meaning is refused in one sentence."""
    with pytest.raises(InputError, match=words):
        Goals(**{"share": 0.9, "within": 10.0, **values})


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ((2.0, 0.0), "handling time"),
        ((-1.0, 300.0), "load"),
        ((float("inf"), 300.0), "load"),
        ((2.0, 300.0, 0.0), "patience"),
    ],
)
def test_refuses_a_need_of_what_is_no_queue(values: tuple[float, ...], words: str) -> None:
    """A load, handling time or patience out of its range is refused, not searched for ever."""
    load, aht, *patience = values
    with pytest.raises(InputError, match=words):
        people_needed(load, aht, Goals(0.9, 10), *patience)
