"""What is frozen, what is measured, and the search for people, without the simulation."""

from __future__ import annotations

import dataclasses
from uuid import uuid4

import numpy as np
import pytest

from app.requirements.service import Terms
from app.scenarios import series
from app.scenarios.series.measures import missing
from app.scenarios.series.more_people import MOST_ROUNDS, sought_with
from app.scenarios.values import Basis, Result, Seek, Sought
from tests.app.scenarios.rooms import basis


def always(_: str, __: float) -> bool:
    """Go on."""
    return True


def result(offered: np.ndarray, in_time: np.ndarray, quarters: int = 4) -> Result:
    """A result of these counts, shape (runs, hours, queues)."""
    runs, hours, queues = offered.shape
    none = np.zeros_like(offered)
    return Result(
        queues=("101", "999"),
        crews=(("101", "999"), ("999",)),
        offered=offered,
        in_time=in_time,
        abandoned=none,
        called_back=none,
        waits=np.ones((runs, queues, 3)),
        busy=np.full((runs, 2), 0.5),
        quarters=np.full((hours * quarters, queues, 2), 0.9),
    )


def served(room: Basis, runs: int) -> Result:
    """A room in which a person answers one call in time an hour, up to all of them."""
    hours = room.intervals // 4
    offered = np.full((runs, hours, 2), 16, np.int32)
    there = series.on_duty(room, ("999",))[::4]
    in_time = np.minimum(offered, there[None, :, None]).astype(np.int32)
    return result(offered, in_time)


def test_what_is_frozen_comes_back_to_the_last_bit() -> None:
    """Arrays, terms, crews, need and reserve are the same after packing."""
    levels = {"999": np.linspace(0.02, 0.2, 672)}
    room = dataclasses.replace(basis(), day_levels=levels)
    told = tuple(Terms(uuid4(), 0, each, {}, None) for each in room.terms)
    back = series.thaw(series.freeze(room, told))
    assert back.terms == room.terms
    assert (back.start, back.interval_minutes, back.zone) == (room.start, 15, room.zone)
    assert back.reserve == room.reserve
    assert list(back.day_levels) == ["999"]
    assert np.array_equal(back.day_levels["999"], levels["999"])
    for queue in room.queues:
        assert np.array_equal(back.calls[queue], room.calls[queue])
        assert np.array_equal(back.aht[queue], room.aht[queue])
    for one, other in zip(back.crews, room.crews, strict=True):
        assert (one.serves, one.away) == (other.serves, other.away)
        assert np.array_equal(one.on_duty, other.on_duty)
    assert list(back.need) == list(room.need)
    assert all(np.array_equal(back.need[each], room.need[each]) for each in room.need)


def test_a_result_comes_back_as_it_was() -> None:
    """Counts beyond a byte, shares and who was sought are the same after packing."""
    offered = np.arange(20 * 24 * 2, dtype=np.int32).reshape(20, 24, 2)
    added = np.zeros(96, np.int64)
    added[8:16] = 2
    sought = Sought(added, ("999",), True, 3, 0.8)
    whole = dataclasses.replace(result(offered, offered // 2), sought=sought)
    back = series.unpack(series.pack(whole))
    assert (back.queues, back.crews) == (whole.queues, whole.crews)
    for name in ("offered", "in_time", "abandoned", "called_back", "waits", "busy", "quarters"):
        assert np.array_equal(getattr(back, name), getattr(whole, name)), name
    assert back.sought is not None
    assert back.sought.additions() == sought.additions()
    assert (back.sought.reached, back.sought.rounds, back.sought.before) == (True, 3, 0.8)


def test_a_ratio_of_runs_has_the_mean_of_all_calls() -> None:
    """Runs with few calls weigh less: 1 of 1 and 50 of 99 are 51 of 100."""
    values = series.ratio(np.array([1, 50]), np.array([1, 99]))
    assert values.mean() == pytest.approx(0.51)
    assert np.isnan(series.ratio(np.array([0, 0]), np.array([0, 0]))).all()


def test_a_difference_inside_the_noise_has_no_verdict() -> None:
    """The same runs with noise of its own are no clear difference; a shift of all runs is one."""
    random = np.random.default_rng(2)
    room, offered = basis(days=1), np.full((100, 24, 2), 20, np.int32)
    counts = random.binomial(20, 0.8, offered.shape).astype(np.int32)
    again = random.binomial(20, 0.8, offered.shape).astype(np.int32)
    a, b, c = (
        {each.key: each for each in series.measures(result(offered, got), room)}
        for got in (counts, again, np.minimum(counts + 1, 20))
    )
    key = "in_time:999"
    assert series.difference(a[key], b[key]).verdict is None
    clear = series.difference(a[key], c[key])
    assert (clear.verdict, clear.chance) == ("b", 1.0)
    assert clear.figure.mean == pytest.approx(0.05, abs=0.005)
    alike = series.difference(a[key], a[key])
    assert (alike.verdict, alike.chance, alike.figure.mean) == (None, 0.5, 0.0)


def test_people_missing_are_the_most_that_any_set_misses() -> None:
    """Nine on duty where eight are needed, but three of four for 999 alone once six cannot."""
    assert missing(basis()).sum() == 0
    apart = basis(crews=((("101",), 6), (("999",), 3)))
    assert set(missing(apart)) == {1}


def test_people_added_are_told_from_when_until_when() -> None:
    """Two from 2 to 6, a third from 3 to 5: as few people as can stand for the numbers."""
    added = np.array([0, 0, 2, 3, 3, 2, 0, 1])
    told = [
        (each.people, each.first, each.end) for each in Sought(added, (), True, 1, 0).additions()
    ]
    assert told == [(2, 2, 6), (1, 3, 5), (1, 7, 8)]


def test_people_are_added_until_every_hour_reaches_its_goal() -> None:
    """Where a person answers a call an hour, 15 of 16 calls in time take six more than nine."""
    seek = Seek("999", 0.93, "hour")
    found = sought_with(lambda room, runs, _: served(room, runs), basis(1), seek, 20, always)
    assert found is not None
    assert found.sought is not None
    assert found.sought.reached
    assert found.sought.before == pytest.approx(9 / 16)
    assert set(found.sought.added) == {6}


def test_people_are_added_for_all_days_together_and_no_more_than_needed() -> None:
    """From 9 to 10 of 16 calls in time a day takes 24 person-hours, not one more."""
    seek = Seek("999", 10 / 16)
    found = sought_with(lambda room, runs, _: served(room, runs), basis(1), seek, 20, always)
    assert found is not None
    assert found.sought is not None
    assert found.sought.reached
    assert found.sought.person_intervals / 4 == 24


def test_a_goal_that_holds_asks_for_nobody() -> None:
    """One round, nobody more."""
    seek = Seek("999", 0.5)
    found = sought_with(lambda room, runs, _: served(room, runs), basis(1), seek, 20, always)
    assert found is not None
    assert found.sought is not None
    assert (found.sought.reached, found.sought.person_intervals) == (True, 0)


def test_a_goal_out_of_reach_ends_within_the_rounds() -> None:
    """Where nobody is ever answered in time the search ends and says that it did not reach."""

    def hopeless(room: Basis, runs: int, _: object) -> Result:
        offered = np.full((runs, room.intervals // 4, 2), 16, np.int32)
        return result(offered, np.zeros_like(offered))

    found = sought_with(hopeless, basis(1), Seek("999", 0.9), 20, always)
    assert found is not None
    assert found.sought is not None
    assert not found.sought.reached
    assert found.sought.rounds <= MOST_ROUNDS


def test_a_search_that_is_told_to_stop_says_nothing() -> None:
    """A simulation that was cancelled ends the search without an answer."""
    assert sought_with(lambda *_: None, basis(1), Seek("999", 0.9), 20, always) is None
