"""What every room keeps, whatever it is: no call is lost, nobody works more than all the time."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasting.staffing.callers import CallBack, Redial, Turn
from forecasting.staffing.simulation.outcome import simulate
from forecasting.staffing.simulation.room import Group, SimulatedRoom, Stream

QUEUES = ("999", "101", "chat", "crime")
INTERVALS = 12


@st.composite
def streams(draw: st.DrawFn, name: str) -> Stream:
    """A stream of any terms."""
    medium = {"chat": "chats", "crime": "backlog"}.get(name, "calls")
    is_call, is_backlog = medium == "calls", medium == "backlog"
    counts = st.lists(st.sampled_from([0.0, 1.0, 8.0, 30.0]), min_size=3, max_size=3)
    patience = st.sampled_from([5.0, 60.0, np.inf])
    back = CallBack(draw(st.sampled_from([0.0, 30.0])), 0.5, reached=0.6, attempts=2)
    return Stream(
        name=name,
        queue=name,
        calls=np.repeat(draw(counts), INTERVALS // 3),
        aht_seconds=np.full(INTERVALS, draw(st.sampled_from([0.0, 30.0, 400.0, 2000.0]))),
        rank=draw(st.integers(0, 2)),
        within_seconds=draw(st.sampled_from([0.0, 20.0])),
        patience_seconds=np.inf if is_backlog else draw(patience),
        variation=draw(st.sampled_from([None, 0.7])),
        redial=draw(st.sampled_from([None, Redial(0.6, 60.0)])),
        turn=Turn("999", 0.5) if name == "101" and draw(st.booleans()) else None,
        call_back=back if is_call and draw(st.booleans()) else None,
        medium=medium,  # type: ignore[arg-type]
        side_by_side=3 if medium == "chats" else 1,
        deadline_seconds=1800.0 if is_backlog else None,
        rate_variation=draw(st.sampled_from([0.0, 0.3])),
    )


@st.composite
def rooms(draw: st.DrawFn) -> SimulatedRoom:
    """A small room of one to four queues and none to three groups."""
    count = draw(st.integers(1, 4))
    people = st.lists(st.integers(0, 6), min_size=6, max_size=6)
    groups = [
        Group(
            frozenset(draw(st.sets(st.sampled_from(QUEUES), min_size=1))),
            np.repeat(draw(people), INTERVALS // 6),
            draw(st.sampled_from([0.0, 0.25])),
        )
        for _ in range(draw(st.integers(0, 3)))
    ]
    return SimulatedRoom(
        np.datetime64("2025-06-02T00:00"),
        15,
        np.arange(INTERVALS) // 6,
        tuple(draw(streams(name)) for name in QUEUES[:count]),
        tuple(groups),
        reserve=draw(st.integers(0, 2)),
        warm_up=draw(st.sampled_from([0, 3])),
    )


@settings(max_examples=150)
@given(rooms(), st.integers(0, 2**40))
def test_no_call_is_lost_and_nobody_is_in_two_places(room: SimulatedRoom, seed: int) -> None:
    """Offered are answered, abandoned, called back and left; people are busy while present."""
    outcome = simulate(room, runs=2, seed=seed)
    fates = outcome.answered + outcome.abandoned + outcome.called_back
    assert np.array_equal((outcome.offered - fates).sum(axis=1), outcome.left)
    assert (outcome.offered >= fates).all()
    assert (outcome.first <= outcome.offered).all()
    assert (outcome.in_time <= outcome.answered).all()
    assert (outcome.reached <= outcome.called_back).all()
    assert np.array_equal(outcome.waits.sum(axis=(1, 3)), outcome.answered.sum(axis=1))
    assert (outcome.busy <= outcome.present * 1.0001 + 0.01).all()
    # People of a group are at most those rostered now and those who had not ended a call before.
    most = np.array([group.on_duty.max() for group in room.groups])
    assert (outcome.busy <= 2 * most * 900 + 0.01).all()
    for name in ("waited", "given_up", "call_back_waited", "busy", "present"):
        assert (getattr(outcome, name) >= 0).all()


@settings(max_examples=30)
@given(rooms(), st.integers(0, 2**40))
def test_the_same_seed_gives_the_same_outcome(room: SimulatedRoom, seed: int) -> None:
    """A run does not depend on how many there are, and not on its room having been played."""
    once, again = simulate(room, runs=2, seed=seed), simulate(room, runs=3, seed=seed)
    for name in ("offered", "answered", "in_time", "abandoned", "waited", "waits", "busy"):
        assert np.array_equal(getattr(once, name), getattr(again, name)[:2])
