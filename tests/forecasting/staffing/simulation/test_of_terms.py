"""From a force's terms to a simulated room."""

from __future__ import annotations

import numpy as np
import pytest

from forecasting.errors import InputError
from forecasting.staffing.callers import Turn
from forecasting.staffing.goals_at import GoalAt
from forecasting.staffing.pots import Pot
from forecasting.staffing.simulation.figures import queue_figures
from forecasting.staffing.simulation.of_terms import simulated_room
from forecasting.staffing.simulation.outcome import simulate
from forecasting.staffing.simulation.room import Group, SimulatedRoom
from forecasting.staffing.terms import QueueTerms, terms_from
from forecasting.staffing.windows import Window

START = np.datetime64("2025-03-29T00:00", "m")
"""A Saturday; the clocks of London go forward in the night after it."""

URGENT = QueueTerms("999", 300, 120, 0.9, 20, transfer_seconds=10, clock="published")
POTS = (Pot("grave", 0.25, aht_seconds=800), Pot("minor", 0.75, within_seconds=300))
OTHER = QueueTerms(
    "101",
    400,
    180,
    0.8,
    60,
    pots=POTS,
    turn=Turn("999", 0.3),
    goals_at=(GoalAt(Window(0, 360), within_seconds=120),),
)
CHAT = QueueTerms("chat", 900, 600, 0.8, 120, medium="chats", side_by_side=3)
CRIME = QueueTerms("crime", 1800, None, 0.9, 60, medium="backlog", deadline_seconds=14400)


def laid_out(*terms: QueueTerms, intervals: int = 192, people: int = 20) -> SimulatedRoom:
    """A room with ten calls per queue and quarter hour, and people who serve everything."""
    calls = {queue.queue: np.full(intervals, 10.0) for queue in terms}
    group = Group(frozenset(calls), np.full(intervals, people))
    return simulated_room(START, 15, "Europe/London", calls, terms, [group])


def test_calls_come_before_chats_and_those_before_backlog() -> None:
    """999, then 101's pots in their order, then chats, then backlog, however they are given."""
    room = laid_out(CRIME, OTHER, CHAT, URGENT)
    by_rank = sorted(room.streams, key=lambda stream: stream.rank)
    assert [s.name for s in by_rank] == ["999", "101: grave", "101: minor", "chat", "crime"]
    assert room.urgent_queues == {"999"}


def test_backlog_waits_for_ever_whatever_patience_its_terms_assume() -> None:
    """Terms of which only the medium is given have a patience, which says nothing of backlog."""
    crime, _ = terms_from("crime", {"medium": "backlog", "deadline_seconds": 14400})
    assert crime.patience_seconds is not None
    assert laid_out(crime).streams[0].patience_seconds == np.inf


def test_pots_share_their_queue() -> None:
    """A pot has its share of the calls and its own handling and goal; the rest is the queue's."""
    room = laid_out(OTHER, URGENT)
    grave, minor = (room.streams[place] for place in room.streams_of("101"))
    assert grave.calls.tolist() == [2.5] * 192
    assert minor.calls.tolist() == [7.5] * 192
    assert (grave.aht_seconds[0], minor.aht_seconds[0]) == (800, 400)
    assert (grave.within_seconds, minor.within_seconds) == (60, 300)
    assert minor.within_at is None
    assert grave.turn == minor.turn == Turn("999", 0.3)


def test_handling_times_of_the_week_reach_every_pot() -> None:
    """Where a queue's calls get longer, those of a pot with a time of its own do alike."""
    calls = {"101": np.full(4, 10.0), "999": np.full(4, 1.0)}
    room = simulated_room(
        START, 15, "Europe/London", calls, [OTHER, URGENT], [], aht={"101": np.full(4, 440.0)}
    )
    times = {stream.name: float(stream.aht_seconds[0]) for stream in room.streams}
    assert times == {"101: grave": pytest.approx(880), "101: minor": 440, "999": 300}


def test_time_runs_on_the_rooms_own_clock_and_changes_at_night() -> None:
    """What the operator took is off the published 20 s of 999; 101 has 120 s until six."""
    room = laid_out(OTHER, URGENT)
    urgent = room.streams[room.streams_of("999")[0]]
    assert urgent.within_seconds == 10
    within = room.streams[room.streams_of("101")[0]].within_at
    assert within is not None
    assert within[:24].tolist() == [120] * 24
    assert within[24:96].tolist() == [60] * 72
    # The second night lacks an hour by the clock.
    assert within[96:116].tolist() == [120] * 20
    assert within[116:188].tolist() == [60] * 72


def test_days_are_local() -> None:
    """The day of the clock change has 92 quarter hours."""
    room = laid_out(URGENT, intervals=200)
    assert np.bincount(room.day).tolist() == [96, 92, 12]


def test_nobody_is_kept_from_one_pot_for_another() -> None:
    """With a single queue there is nobody to be kept in reserve, pots or not."""
    room = laid_out(OTHER, URGENT, people=1)
    kept = simulate(room, runs=2)
    assert kept.answered[..., room.streams_of("101")].sum() == 0
    pots = QueueTerms("101", 400, 180, 0.8, 60, pots=POTS)
    alone = simulate(laid_out(pots, people=1), runs=2)
    assert alone.answered.sum() > 0


def test_who_turns_to_a_queue_with_pots_joins_the_first() -> None:
    """The stream to which callers turn exists."""
    sorted_urgent = QueueTerms("999", 300, 120, 0.9, 10, pots=(Pot("a", 0.5), Pot("b", 0.5)))
    room = laid_out(OTHER, sorted_urgent)
    turn = room.streams[room.streams_of("101")[0]].turn
    assert turn == Turn("999: a", 0.3)


def test_everything_together_runs() -> None:
    """Pots, chats and backlog beside 999, from the first quarter hour at full load."""
    room = laid_out(URGENT, OTHER, CHAT, CRIME, people=40)
    outcome = simulate(room, runs=3)
    assert queue_figures(outcome, "999").in_time.value[0] > 0.9
    assert outcome.busy[:, 0].mean() > 0.5 * outcome.busy.mean()
    assert outcome.answered[..., room.streams_of("crime")].sum() > 0


def test_queues_that_do_not_match_are_refused() -> None:
    """Calls without terms, terms without calls, nothing at all, an unknown zone, a wrong length."""
    calls = {"999": np.ones(4)}
    with pytest.raises(InputError, match='"101" has no calls'):
        simulated_room(START, 15, "Europe/London", calls, [URGENT, OTHER], [])
    with pytest.raises(InputError, match='"999" has no terms'):
        simulated_room(START, 15, "Europe/London", calls, [], [])
    with pytest.raises(InputError, match="one queue"):
        simulated_room(START, 15, "Europe/London", {}, [], [])
    with pytest.raises(InputError, match="time zone"):
        simulated_room(START, 15, "Europe/Londres", calls, [URGENT], [])
    with pytest.raises(InputError, match="all 4 intervals"):
        simulated_room(START, 15, "Europe/London", calls, [URGENT], [], aht={"999": np.ones(3)})
