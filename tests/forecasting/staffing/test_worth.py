"""What one person is worth: late and lost calls, prices of a shortage, a roster's own figure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasting.staffing.erlang import erlang_a
from forecasting.staffing.pools import late_shares
from forecasting.staffing.requirement import requirement
from forecasting.staffing.sharing import QueueSet, queue_sets
from forecasting.staffing.terms import QueueTerms, terms_from
from forecasting.staffing.worth import (
    Calls,
    expected_late,
    late_calls,
    rising,
    share_of_set,
    shortage_prices,
    ways_to_part,
)

LEAST = (20, 30, 40)
NEVER_LATE = 1e9
"""Seconds: only who hangs up is lost."""


def terms(queue: str, **own: object) -> QueueTerms:
    """Terms without shrinkage, so that people rostered are people answering."""
    return terms_from(queue, {"shrinkage": [], **own})[0]


def calls_of(loads: dict[str, float], *, intervals: int = 1, **own: object) -> Calls:
    """Queues of these offered loads, alike in everything else."""
    queues = tuple(terms(name, **own) for name in loads)
    steady = {name: np.full(intervals, load) for name, load in loads.items()}
    return Calls(15, queues, steady)


# --- late and lost calls ------------------------------------------------------------------------


@pytest.mark.parametrize("people", [0, 1, 4, 9])
def test_one_queue_loses_what_erlang_a_says(people: int) -> None:
    """Late or lost are the calls that Erlang A does not answer in time, of all that are offered."""
    calls = calls_of({"101": 5.0})
    (queue,) = calls.terms
    told = erlang_a(
        5.0 / queue.aht_seconds, queue.aht_seconds, queue.patience, people, queue.within_seconds
    )
    offered = 5.0 / queue.aht_seconds * 900
    late = late_calls(calls, ("101",), np.array([[people]]))
    assert late == pytest.approx(offered * (1 - told.answered_in_time_of_offered))


def test_between_whole_numbers_a_straight_line_is_read() -> None:
    """Ten people of whom 15 % are away are half way between eight and nine who answer."""
    away = [{"name": "breaks", "share": 0.15, "in_shift": True}]
    rostered = calls_of({"101": 7.0}, shrinkage=away)
    answering = calls_of({"101": 7.0})
    eight, nine = late_calls(answering, ("101",), np.array([[8, 9]]))[0, 0]
    late = late_calls(rostered, ("101",), np.array([[10, 20, 0]]))[0, 0]
    assert late[0] == pytest.approx((eight + nine) / 2)
    assert late[2] == pytest.approx(rostered.offered(("101",))[0, 0])
    assert late[1] < late[0]


def test_urgent_calls_are_the_last_to_suffer() -> None:
    """In a shared pool a smaller share of 999 calls than of 101 calls is late, at any staffing."""
    queues = [terms("999"), terms("101")]
    loads = np.repeat([[4.0], [15.0]], 30, axis=1)
    late = late_shares(queues, loads, np.arange(30))
    assert np.all(late[0] <= late[1])
    assert late[:, 0] == pytest.approx([1, 1])
    assert np.all(np.diff(late, axis=1) <= 1e-12)


def test_a_closed_queue_takes_nobody() -> None:
    """Where one of two queues is closed, the other's calls have all the people to themselves."""
    both = Calls(
        15,
        (terms("101"), terms("999")),
        {"101": np.array([6.0, 6.0]), "999": np.array([0.0, 2.0])},
    )
    people = np.array([[7], [7]])
    late = late_calls(both, ("101", "999"), people)
    alone = late_calls(both, ("101",), people)
    assert late[:, 0, 0] == pytest.approx([alone[0, 0, 0], 0])
    assert late[0, 1, 0] > alone[0, 1, 0]


# --- prices -------------------------------------------------------------------------------------


@pytest.mark.parametrize("queues", range(1, 6))
def test_each_call_is_charged_once(queues: int) -> None:
    """The shares of all sets that hold one queue add up to 1, whatever the number of queues."""
    names = [f"q{number}" for number in range(queues)]
    shares = [share_of_set(len(group), queues) for group in queue_sets(names) if "q0" in group]
    assert sum(shares) == pytest.approx(1)
    assert min(shares) > 0


def test_queues_are_parted_in_every_way() -> None:
    """Three queues can be parted in five ways; each way holds every queue once."""
    ways = list(ways_to_part(("a", "b", "c")))
    assert len(set(ways)) == 5
    assert all(sorted(name for part in way for name in part) == ["a", "b", "c"] for way in ways)


def hull(points: list[float], asked: int, everything: float) -> Iterator[float]:
    """Slopes of the convex function below, by trying every chord; slow and plain."""
    costs = {missing: points[missing] for missing in range(min(len(points), asked + 1))}
    costs[asked] = everything if asked >= len(points) else costs[asked]
    below = []
    for missing in range(min(len(points), asked + 1)):
        over = [
            costs[left] + (costs[right] - costs[left]) * (missing - left) / max(right - left, 1)
            for left, right in product(costs, repeat=2)
            if left <= missing <= right
        ]
        below.append(min(over))
    yield from np.diff(below)


@settings(max_examples=200, deadline=None)
@given(
    st.lists(st.floats(0, 10), min_size=1, max_size=6),
    st.integers(1, 12),
    st.floats(0, 5),
)
def test_prices_rise_as_the_convex_function_below(
    steps: list[float], asked: int, further: float
) -> None:
    """Prices never fall, and are the slopes of the greatest convex function below the losses."""
    points = np.concatenate([[0.0], np.cumsum(steps)])
    points[asked:] = points[min(asked, len(points) - 1)]
    everything = points[-1] + further * (asked >= len(points))
    slopes = rising(points[None], np.array([asked]), np.array([everything]))[0]
    wanted = list(hull(points.tolist(), asked, float(everything)))
    assert slopes[: len(wanted)] == pytest.approx(wanted, abs=1e-9)
    assert np.all(np.diff(slopes) >= -1e-9)
    assert slopes[:asked].sum() <= everything + 1e-9


def test_a_room_pays_no_more_than_it_loses() -> None:
    """Added up to any number of missing people, a price is no more than the calls lost by them."""
    starts = np.datetime64("2026-06-01T00:00") + np.arange(48) * np.timedelta64(30, "m")
    shape = 1 + 0.8 * np.sin(np.arange(48) / 48 * 2 * np.pi)
    queues = [terms_from("999", {})[0], terms_from("101", {})[0]]
    need = requirement(starts, 30, {"999": 14 * shape, "101": 40 * shape}, queues)
    calls = Calls(30, need.terms, need.load)
    prices = shortage_prices(calls, need.people, LEAST)
    for group, asked in need.people.items():
        paid = np.cumsum(prices[group], axis=1)
        missing = np.minimum(np.arange(1, paid.shape[1] + 1), asked[:, None])
        late = late_calls(calls, group, np.column_stack([asked, asked[:, None] - missing]))
        weights = [each.late_call_points for each in calls.terms_of(group)]
        points = np.tensordot(weights, late[:, :, 1:] - late[:, :, :1], 1)
        lost = points * share_of_set(len(group), 2)
        there = np.arange(1, paid.shape[1] + 1) <= asked[:, None]
        rounding = 0.5 * np.arange(1, paid.shape[1] + 1) + 1
        assert np.all((paid <= lost + rounding)[there])
        assert np.all(np.diff(prices[group], axis=1) >= 0)
        assert prices[group].min() >= 1


def test_a_room_sets_the_weight_of_a_late_call() -> None:
    """A call that weighs ten times as much makes a missing person ten times as dear."""
    asked = {("101",): np.array([9])}
    usual = shortage_prices(calls_of({"101": 6.0}, late_call_points=100), asked, LEAST)
    heavy = shortage_prices(calls_of({"101": 6.0}, late_call_points=1000), asked, LEAST)
    assert heavy["101",] == pytest.approx(10 * usual["101",], abs=5)


def test_least_staffing_has_the_assumed_price() -> None:
    """Below the least staffing a missing person costs what was assumed, calls or none."""
    night = Calls(15, (terms("101", minimum=2),), {"101": np.array([0.0, 0.4])})
    prices = shortage_prices(night, {("101",): np.array([2, 3])}, LEAST)["101",]
    assert prices[0].tolist() == [20, 30, 30]
    assert prices[1, 0] < 20
    assert prices[1, 1:].tolist() == [20, 30]


def test_nobody_asked_for_is_no_trouble() -> None:
    """A queue without calls and without a minimum has prices that never come to be paid."""
    closed = Calls(15, (terms("101"),), {"101": np.zeros(3)})
    prices = shortage_prices(closed, {("101",): np.zeros(3, dtype=np.int64)}, LEAST)
    assert prices["101",].tolist() == [[1]] * 3


# --- against the truth of small rooms -----------------------------------------------------------

AHT, PATIENCE, LONGEST = 300.0, 150.0, 18
"""Seconds; callers who wait in one queue, at most, in the room worked out state by state."""


def truly_lost(people: tuple[int, int, int], loads: tuple[float, float]) -> float:
    """Share of calls lost in a room of two queues, from the chances of every state it can be in.

    `people` serve a alone, b alone, and both. A caller takes somebody idle who serves one queue
    first; who serves both turns to the longer queue.
    """
    rates = [load / AHT for load in loads]
    start = (0, 0, 0, 0, 0)
    known, queue, moves = {start: 0}, [start], []
    while queue:
        state = queue.pop()
        for rate, after in _moves(state, people, rates):
            if after not in known:
                known[after] = len(known)
                queue.append(after)
            moves.append((known[state], known[after], rate))
    size = len(known)
    flow = np.zeros((size, size))
    for before, after, rate in moves:
        flow[after, before] += rate
        flow[before, before] -= rate
    flow[0] = 1
    chances = np.linalg.solve(flow, np.eye(size)[0])
    waiting = sum(chances[number] * (state[3] + state[4]) for state, number in known.items())
    return float(waiting / PATIENCE / sum(rates))


State = tuple[int, int, int, int, int]
"""Busy of those for a, for b and for both; waiting for a and for b."""


def _moves(
    state: State, people: tuple[int, int, int], rates: list[float]
) -> Iterator[tuple[float, State]]:
    """Rates at which a state becomes others."""
    for queue, rate in enumerate(rates):
        for group in (queue, 2):
            if state[group] < people[group]:
                yield rate, _plus(state, {group: 1})
                break
        else:
            if state[3 + queue] < LONGEST:
                yield rate, _plus(state, {3 + queue: 1})
        if state[3 + queue]:
            yield state[3 + queue] / PATIENCE, _plus(state, {3 + queue: -1})
        if state[queue]:
            more = {3 + queue: -1} if state[3 + queue] else {queue: -1}
            yield state[queue] / AHT, _plus(state, more)
    if state[2]:
        longer = 3 if state[3] >= state[4] else 4
        more = {longer: -1} if state[longer] else {2: -1}
        yield state[2] / AHT, _plus(state, more)


def _plus(state: State, change: dict[int, int]) -> State:
    return tuple(value + change.get(at, 0) for at, value in enumerate(state))  # type: ignore[return-value]


ROOMS = [
    (people, loads)
    for people in ((2, 2, 0), (0, 0, 4), (1, 1, 2), (3, 0, 1), (0, 2, 1), (1, 2, 1))
    for loads in ((1.5, 1.5), (0.8, 2.5), (3.0, 2.0))
]


def lost_by_sets(
    people: tuple[int, int, int], loads: tuple[float, float]
) -> tuple[float, float, float]:
    """Share of calls lost in truth, charged over all sets, and expected of the roster."""
    calls = calls_of(
        {"a": loads[0], "b": loads[1]},
        aht_seconds=AHT, patience_seconds=PATIENCE, within_seconds=NEVER_LATE, share=0.8,
    )  # fmt: skip
    for_a, for_b, for_both = people
    there: dict[QueueSet, int] = {
        ("a",): for_a + for_both, ("b",): for_b + for_both, ("a", "b"): sum(people),
    }  # fmt: skip
    charged = sum(
        share_of_set(len(group), 2) * late_calls(calls, group, np.array([[number]])).sum()
        for group, number in there.items()
    )
    on_duty = {group: np.array([number]) for group, number in there.items()}
    expected = sum(row[0] for row in expected_late(calls, on_duty).values())
    offered = calls.offered(("a", "b")).sum()
    return truly_lost(people, loads), charged / offered, expected / offered


@pytest.mark.parametrize(("people", "loads"), ROOMS)
def test_no_call_is_charged_twice(people: tuple[int, int, int], loads: tuple[float, float]) -> None:
    """All sets together are charged no more, and expected to lose no more, than what is lost."""
    lost, charged, expected = lost_by_sets(people, loads)
    assert charged <= expected + 1e-9
    assert expected <= lost + 1e-6
    assert charged >= lost / 2 - 1e-6


@pytest.mark.parametrize("loads", [(1.5, 1.5), (0.8, 2.5), (3.0, 2.0)])
@pytest.mark.parametrize("people", [(2, 2, 0), (0, 0, 4)])
def test_the_figure_is_exact_where_all_serve_alike(
    people: tuple[int, int, int], loads: tuple[float, float]
) -> None:
    """Where nobody or everybody serves both queues, the roster's figure is the truth."""
    lost, _, expected = lost_by_sets(people, loads)
    assert expected == pytest.approx(lost, abs=1e-4)


def test_a_reserve_makes_the_less_urgent_wait() -> None:
    """With more people kept idle for 999, fewer of its calls and more of 101's are late."""
    calls = Calls(
        15, (terms("101"), terms("999")), {"101": np.array([9.0]), "999": np.array([3.0])}
    )
    people = np.array([[14]])
    one = late_calls(calls, ("101", "999"), people)[:, 0, 0]
    three = late_calls(replace(calls, reserve=3), ("101", "999"), people)[:, 0, 0]
    assert three[0] > one[0]
    assert three[1] < one[1]
