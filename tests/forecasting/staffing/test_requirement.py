"""People to roster per interval and set of queues."""

from __future__ import annotations

import csv
import heapq
import random
from collections import deque
from dataclasses import replace
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasting.errors import InputError
from forecasting.staffing.goals_at import GoalAt
from forecasting.staffing.needs import people_needed
from forecasting.staffing.offered_load import interval_load
from forecasting.staffing.pools import pooled_need
from forecasting.staffing.requirement import Requirement, requirement
from forecasting.staffing.shrinkage import ShrinkagePart
from forecasting.staffing.terms import QueueTerms, assumed_terms
from forecasting.staffing.windows import Window

NO_SHRINKAGE: tuple[ShrinkagePart, ...] = ()
EMERGENCY = QueueTerms("999", 300, 120, 0.9, 10, shrinkage=NO_SHRINKAGE)
ROUTINE = QueueTerms("101", 600, 240, 0.8, 60, shrinkage=NO_SHRINKAGE)


def quarters(count: int) -> npt.NDArray[np.datetime64]:
    """Starts of `count` quarter hours."""
    return np.datetime64("2025-06-02T05:00:00") + np.arange(count) * np.timedelta64(15, "m")


def plan(calls: dict[str, Any], *terms: QueueTerms, **more: Any) -> Requirement:
    """A requirement of quarter hours for calls per queue."""
    return requirement(quarters(len(next(iter(calls.values())))), 15, calls, terms, **more)


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


def test_goals_of_the_night_hold_by_the_local_clock() -> None:
    """From 22:00 to 06:00 in London, summer time, the lower occupancy asks for more people."""
    night = GoalAt(Window(1320, 1800), most_occupancy=0.4)
    terms = replace(ROUTINE, goals_at=(night,))
    starts = np.datetime64("2025-06-02T20:00:00") + np.arange(48) * np.timedelta64(15, "m")
    calls = {"101": np.full(48, 20.0)}
    people = requirement(starts, 15, calls, [terms], zone="Europe/London").people[("101",)]
    plain = requirement(starts, 15, calls, [ROUTINE]).people[("101",)]
    at_night = np.zeros(48, np.bool_)
    at_night[4:36] = True
    assert np.array_equal(people[~at_night], plain[~at_night])
    assert np.all(people[at_night] > plain[at_night])


def test_the_first_goal_whose_window_holds_wins() -> None:
    """Where two windows overlap the one named first counts, in single rows and in pools."""
    all_day, morning = Window(), Window(300, 600)
    strict = GoalAt(morning, share=0.95, within_seconds=10)
    lax = GoalAt(all_day, share=0.5)
    calls = {"101": [20.0] * 4, "999": [10.0] * 4}
    for first, second in ((strict, lax), (lax, strict)):
        got = plan(calls, replace(ROUTINE, goals_at=(first, second)), EMERGENCY)
        wanted = plan(calls, ROUTINE.during(first), EMERGENCY)
        assert all(np.array_equal(got.people[group], need) for group, need in wanted.people.items())


def test_the_published_clock_asks_for_more() -> None:
    """10 s from the operator's hand-over with 7 s of transfer is 3 s on the room's own clock."""
    calls = {"999": [40.0] * 4}
    published = replace(EMERGENCY, transfer_seconds=7, clock="published")
    three = replace(EMERGENCY, within_seconds=3)
    assert plan(calls, published).people[("999",)].tolist() == (
        plan(calls, three).people[("999",)].tolist()
    )
    own = replace(EMERGENCY, transfer_seconds=7)
    assert np.array_equal(
        plan(calls, own).people[("999",)], plan(calls, EMERGENCY).people[("999",)]
    )


def test_handling_times_of_the_week() -> None:
    """A time per interval is used as given, few or many of them; equal ones change nothing."""
    rng = np.random.default_rng(5)
    calls = {"101": np.full(96, 20.0), "999": np.full(96, 10.0)}
    terms = (ROUTINE, EMERGENCY)
    same = plan(calls, *terms, aht={"101": np.full(96, 600.0)})
    assert all(
        np.array_equal(same.people[group], need)
        for group, need in plan(calls, *terms).people.items()
    )
    for times in (np.repeat([300.0, 900.0], 48), rng.uniform(300, 900, 96)):
        result = plan(calls, *terms, aht={"101": times})
        load = interval_load(calls["101"], 900, times)
        assert np.allclose(result.load["101"], load)
        need = people_needed(load, times, ROUTINE.goals, ROUTINE.patience)
        assert np.array_equal(result.agents[("101",)], need)
        assert np.all(result.people[("101", "999")] >= need)


def test_calls_that_take_no_time_need_nobody() -> None:
    """Where the handling time is 0 only the minimum is needed, in all intervals or some."""
    posts = replace(ROUTINE, minimum=1)
    none = plan({"101": [20.0] * 4}, posts, aht={"101": np.zeros(4)})
    assert none.people[("101",)].tolist() == [1] * 4
    some = plan({"101": [20.0] * 4}, posts, aht={"101": np.array([600.0, 0.0, 0.0, 600.0])})
    people = some.people[("101",)]
    assert people[1] == people[2] == 1
    assert min(people[0], people[3]) > 5


def test_one_chat_at_a_time_is_a_call() -> None:
    """Chats one at a time need what calls need; three side by side a third of the places."""
    chats = replace(ROUTINE, medium="chats")
    calls = {"101": np.linspace(3, 60, 24)}
    assert np.array_equal(
        plan(calls, chats).people[("101",)], plan(calls, ROUTINE).people[("101",)]
    )
    three = plan(calls, replace(chats, side_by_side=3)).people[("101",)]
    assert np.array_equal(three, -(-plan(calls, ROUTINE).people[("101",)] // 3))


def test_chats_share_staff_with_calls() -> None:
    """A pool of calls and chats needs no fewer than calls alone and no more than both apart."""
    chats = QueueTerms("chat", 900, 600, 0.8, 60, medium="chats", side_by_side=3, shrinkage=())
    people = plan({"101": [40.0] * 4, "chat": [40.0] * 4}, ROUTINE, chats).people
    pool, apart = people[("101", "chat")], people[("101",)] + people[("chat",)]
    assert np.all((people[("101",)] <= pool) & (pool <= apart))


def test_backlog_fills_the_idle_time_of_calls() -> None:
    """A few hours of mail are done in the gaps between calls; much mail needs its own people."""
    mail = QueueTerms(
        "mail", 600, None, 0.8, 0, medium="backlog", deadline_seconds=14_400, shrinkage=()
    )
    calls = {"101": np.full(48, 30.0)}
    alone = plan(calls, ROUTINE).people[("101",)]
    little = plan({**calls, "mail": np.full(48, 1.0)}, ROUTINE, mail).people
    assert np.all(little[("mail",)] == 1)
    assert np.array_equal(little[("101", "mail")], alone)
    much = plan({**calls, "mail": np.full(48, 30.0)}, ROUTINE, mail).people
    assert np.all(much[("mail",)] == 20)
    assert np.all(much[("101", "mail")] == 40)
    calm = plan({"mail": np.full(48, 30.0)}, replace(mail, most_occupancy=0.8)).people
    assert np.all(calm[("mail",)] == 25)


def test_a_larger_reserve_asks_for_no_fewer() -> None:
    """Any reserve is an answer: each person more kept idle costs 101 at most one more."""
    calls = {"999": np.full(4, 40.0), "101": np.full(4, 75.0)}
    pools = [
        plan(calls, EMERGENCY, ROUTINE, reserve=reserve).people[("101", "999")]
        for reserve in range(6)
    ]
    assert all(np.all(more <= some + 1) for some, more in pairwise(pools[1:]))
    assert np.all(pools[1] <= pools[0])
    assert np.all(pools[5] >= pools[1])
    with pytest.raises(InputError, match="reserve"):
        plan(calls, EMERGENCY, ROUTINE, reserve=-1)


def test_uncertain_days_need_more_in_pools_too() -> None:
    """Every set asks for no fewer people when days vary, and single rows for more."""
    calls = {"999": np.full(4, 40.0), "101": np.full(4, 75.0)}
    certain = plan(calls, EMERGENCY, ROUTINE)
    unsure = plan(calls, *(replace(each, rate_variation=0.2) for each in (EMERGENCY, ROUTINE)))
    for group, need in certain.people.items():
        assert np.all(unsure.people[group] >= need + (len(group) == 1))


def test_a_large_room_and_a_target_of_no_seconds() -> None:
    """2,000 erlangs, endless patience and a target of no seconds have a need near the load."""
    terms = QueueTerms("101", 600, None, 0.9, 0, shrinkage=())
    need = plan({"101": np.full(4, 3000.0)}, terms).people[("101",)]
    assert np.all((need > 2000) & (need < 2150))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"aht": {"102": 5}}, '"102" has handling times, but no terms'),
        ({"aht": {"101": [1.0, 2.0, 3.0]}}, "3 of 4 intervals"),
        ({"aht": {"101": -1.0}}, "below 0"),
        ({"aht": {"101": [1.0, np.nan, 1.0, 1.0]}}, "below 0 or none"),
        ({"zone": "Ambridge"}, "time zone"),
    ],
)
def test_refuses_times_and_zones_that_are_none(values: dict[str, Any], words: str) -> None:
    """Handling times that do not fit and an unknown zone are refused in one sentence."""
    with pytest.raises(InputError, match=words):
        plan({"101": [5.0] * 4}, ROUTINE, **values)
