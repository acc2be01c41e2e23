"""People to roster per interval and set of queues."""

from __future__ import annotations

import csv
import heapq
import random
from collections import deque
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasting.errors import InputError
from forecasting.staffing.needs import people_needed
from forecasting.staffing.offered_load import interval_load
from forecasting.staffing.pools import pooled_need
from forecasting.staffing.requirement import Requirement, requirement
from forecasting.staffing.shrinkage import ShrinkagePart
from forecasting.staffing.terms import QueueTerms, assumed_terms

NO_SHRINKAGE: tuple[ShrinkagePart, ...] = ()
EMERGENCY = QueueTerms("999", 300, 120, 0.9, 10, shrinkage=NO_SHRINKAGE)
ROUTINE = QueueTerms("101", 600, 240, 0.8, 60, shrinkage=NO_SHRINKAGE)


def quarters(count: int) -> npt.NDArray[np.datetime64]:
    """Starts of `count` quarter hours."""
    return np.datetime64("2025-06-02T05:00:00") + np.arange(count) * np.timedelta64(15, "m")


def plan(calls: dict[str, Any], *terms: QueueTerms) -> Requirement:
    """A requirement of quarter hours for calls per queue."""
    return requirement(quarters(len(next(iter(calls.values())))), 15, calls, terms)


@st.composite
def rooms(draw: st.DrawFn) -> tuple[dict[str, list[float]], list[QueueTerms]]:
    """Two to four queues of any terms and eight quarter hours of calls, some closed."""
    terms = [
        QueueTerms(
            name,
            draw(st.floats(60, 1200)),
            draw(st.none() | st.floats(20, 900)),
            draw(st.floats(0.5, 0.98)),
            draw(st.sampled_from([10.0, 30.0, 120.0])),
            shrinkage=(ShrinkagePart("breaks", draw(st.integers(0, 40)) / 100, in_shift=True),),
            minimum=draw(st.integers(0, 4)),
        )
        for name in "abcd"[: draw(st.integers(2, 4))]
    ]
    amounts = st.lists(st.just(0.0) | st.floats(0.05, 60), min_size=8, max_size=8)
    return {queue.queue: draw(amounts) for queue in terms}, terms


@settings(max_examples=40, deadline=None)
@given(rooms())
def test_sets_are_consistent(room: tuple[dict[str, list[float]], list[QueueTerms]]) -> None:
    """A set asks for no less than any smaller set in it, and no more than parts that make it up."""
    result = plan(room[0], *room[1])
    for needs in (result.people, result.agents):
        assert len(needs) == 2 ** len(room[1]) - 1
        for group, need in needs.items():
            assert need.dtype == np.int64
            for size in range(1, len(group)):
                for part in combinations(group, size):
                    rest = tuple(name for name in group if name not in part)
                    assert np.all(need >= needs[part])
                    assert np.all(need <= needs[part] + needs[rest])


@settings(max_examples=15, deadline=None)
@given(rooms())
def test_a_queue_alone_takes_its_own_need(
    room: tuple[dict[str, list[float]], list[QueueTerms]],
) -> None:
    """A single row is the Erlang need of the modified load, shrinkage and minimum on top."""
    calls, terms = room
    result = plan(calls, *terms)
    for queue in terms:
        offered = np.array(calls[queue.queue])
        load = interval_load(offered, 900, queue.aht_seconds) * (offered > 0)
        agents = people_needed(load, queue.aht_seconds, queue.goals, queue.patience)
        assert np.array_equal(result.agents[(queue.queue,)], agents)
        left = 100 - round(100 * queue.shrinkage[0].share)
        exact = np.maximum(-(-100 * agents // left), queue.minimum)
        assert np.array_equal(result.people[(queue.queue,)], exact)


def test_closed_intervals_need_the_minimum_only() -> None:
    """Without calls a queue needs nobody, or its minimum, and a set no more than that."""
    posts = QueueTerms("101", 600, 240, 0.8, 60, minimum=2)
    result = plan({"999": [0.0, 9.0], "101": [0.0, 0.0]}, EMERGENCY, posts)
    assert result.people[("999",)][0] == 0
    assert result.people[("101",)].tolist() == [2, 2]
    assert result.people[("101", "999")][0] == 2
    assert result.people[("101", "999")][1] == result.people[("999",)][1] > 2


def test_sharing_with_a_reserve_saves_some_people() -> None:
    """One pool with a reserve for 999 needs 3 to 12 % less than two rooms, as in the field."""
    calls = {"999": np.full(4, 40.0), "101": np.full(4, 75.0)}
    people = plan(calls, EMERGENCY, ROUTINE).people
    apart = people[("999",)] + people[("101",)]
    assert np.all(people[("101", "999")] <= 0.97 * apart)
    assert np.all(people[("101", "999")] >= 0.88 * apart)


def test_an_almost_silent_urgent_queue_costs_one_person() -> None:
    """With hardly any 999 calls the pool is the others' need and the one kept idle."""
    loads = np.array([[1e-6, 1e-6], [10.0, 40.0]])
    alone = people_needed(loads[1], ROUTINE.aht_seconds, ROUTINE.goals, ROUTINE.patience)
    pool = pooled_need([EMERGENCY, ROUTINE], loads, alone, alone + 9)
    assert pool.tolist() == (alone + 1).tolist()


def test_queues_of_one_urgency_share_without_a_reserve() -> None:
    """Two like queues need what one queue with all the calls needs."""
    twin = QueueTerms("102", 600, 240, 0.8, 60, shrinkage=NO_SHRINKAGE)
    people = plan({"101": [30.0] * 3, "102": [20.0] * 3}, ROUTINE, twin).people
    joined = plan({"101": [50.0] * 3}, ROUTINE).people
    assert np.array_equal(people[("101", "102")], joined[("101",)])


def served(people: int, rates: tuple[float, float], calls: int, seed: int) -> tuple[float, float]:
    """Service levels of 999 and 101 in a simulated pool that keeps one person idle for 999."""
    draw = random.Random(seed).expovariate  # noqa: S311
    terms = (EMERGENCY, ROUTINE)
    following = [draw(rate) for rate in rates]
    lines: tuple[deque[tuple[float, float]], ...] = (deque(), deque())
    ends: list[float] = []
    offered, in_time = [0, 0], [0, 0]
    while sum(offered) < calls:
        queue = int(following[1] < following[0])
        now = following[queue]
        if ends and ends[0] <= now:
            now = heapq.heappop(ends)
        else:
            following[queue] += draw(rates[queue])
            lines[queue].append((now, now + draw(1 / terms[queue].patience)))
            offered[queue] += 1
        for kind, line in enumerate(lines):
            while line and len(ends) < people - kind and not (kind and lines[0]):
                came, leaves = line.popleft()
                if leaves >= now:
                    in_time[kind] += now - came <= terms[kind].within_seconds
                    heapq.heappush(ends, now + draw(1 / terms[kind].aht_seconds))
    return in_time[0] / offered[0], in_time[1] / offered[1]


@pytest.mark.parametrize("loads", [(5.0, 20.0), (12.0, 40.0), (1.0, 4.0)])
def test_the_pooled_need_serves_both_queues_in_simulation(loads: tuple[float, float]) -> None:
    """Simulated at the pooled need, no goal is missed by more than 2.5 points."""
    apart = [
        int(people_needed(load, queue.aht_seconds, queue.goals, queue.patience))
        for load, queue in zip(loads, (EMERGENCY, ROUTINE), strict=True)
    ]
    least, enough = np.array([max(apart)]), np.array([sum(apart)])
    cells = np.array(loads)[:, None]
    pool = int(pooled_need([EMERGENCY, ROUTINE], cells, least, enough)[0])
    assert pool < sum(apart)
    rates = (loads[0] / EMERGENCY.aht_seconds, loads[1] / ROUTINE.aht_seconds)
    emergency, routine = served(pool, rates, calls=60_000, seed=1)
    assert emergency >= EMERGENCY.share - 0.025
    assert routine >= ROUTINE.share - 0.025


def test_rows_are_sorted_and_written_in_utc(tmp_path: Path) -> None:
    """The file has the agreed header, Z instants, joined names, one sorted row per set."""
    result = plan({"999": [5.0, 6.0], "101": [9.0, 8.0]}, EMERGENCY, ROUTINE)
    result.write_csv(tmp_path / "requirement.csv")
    with (tmp_path / "requirement.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["interval_start", "queues", "required"]
    assert rows[1][:2] == ["2025-06-02T05:00:00Z", "101"]
    assert [row[1] for row in rows[1:4]] == ["101", "101+999", "999"]
    assert rows[1:] == sorted(rows[1:])
    assert len(rows) == 1 + 2 * 3
    assert int(rows[6][2]) == result.people[("999",)][1]


def test_history_warms_the_room() -> None:
    """Calls just before the first interval are still in hand when it starts."""
    calls = {"101": np.full(4, 2.0)}
    cold = requirement(quarters(4), 15, calls, [ROUTINE])
    warm = requirement(quarters(4), 15, calls, [ROUTINE], calls_before={"101": np.full(8, 40.0)})
    assert warm.people[("101",)][0] > cold.people[("101",)][0]
    assert warm.load["101"][0] > 3 * cold.load["101"][0]


def test_assumed_terms_make_a_requirement() -> None:
    """Queues of which only names are known get a requirement."""
    terms = [assumed_terms(name) for name in ("999", "101")]
    result = plan({"999": [8.0] * 4, "101": [12.0] * 4}, *terms)
    assert all(np.all(need > 0) for need in result.people.values())


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"calls": {"999": [1.0, 2.0]}}, '"101" has no calls'),
        ({"calls": {"999": [1.0] * 2, "101": [1.0] * 2, "x": [1.0] * 2}}, '"x" has no terms'),
        ({"calls": {"999": [1.0, 2.0], "101": [1.0]}}, "1 of 2 intervals"),
        ({"calls": {"999": [1.0, -2.0], "101": [1.0, 1.0]}}, "0 or more"),
        ({"interval_minutes": 30}, "30 min after 2025-06-02T05:00:00Z"),
        ({"interval_minutes": 0}, "interval"),
        ({"terms": [EMERGENCY, ROUTINE, ROUTINE]}, "twice"),
    ],
)
def test_refuses_what_does_not_fit(values: dict[str, Any], words: str) -> None:
    """Queues, times and lengths that do not match are refused in one sentence."""
    arguments: dict[str, Any] = {
        "starts": quarters(2),
        "interval_minutes": 15,
        "calls": {"999": [1.0, 2.0], "101": [1.0, 1.0]},
        "terms": [EMERGENCY, ROUTINE],
    }
    with pytest.raises(InputError, match=words):
        requirement(**{**arguments, **values})
