"""Rooms whose outcome follows without a formula."""

from __future__ import annotations

from dataclasses import fields, replace

import numpy as np
import pytest

from forecasting.errors import InputError
from forecasting.staffing.callers import CallBack, Redial, Turn
from forecasting.staffing.simulation.figures import queue_figures
from forecasting.staffing.simulation.outcome import Outcome, simulate
from forecasting.staffing.simulation.room import Group, SimulatedRoom
from tests.forecasting.staffing.simulation.rooms import group, room, stream

DAY = 96


def balanced(outcome: Outcome) -> bool:
    """Whether every call offered is answered, abandoned, called back or left."""
    fates = outcome.answered + outcome.abandoned + outcome.called_back
    left = (outcome.offered - fates).sum(axis=1)
    return bool(np.array_equal(left, outcome.left) and (outcome.offered >= fates).all())


def test_enough_people_leave_nobody_waiting() -> None:
    """With more people than calls all are answered at once, and busy for their handling time."""
    outcome = simulate(
        room([stream("101", 2, 60, intervals=DAY)], [group("101", 60, intervals=DAY)]), runs=5
    )
    assert outcome.offered.sum() > 500
    assert np.array_equal(outcome.in_time, outcome.offered)
    assert outcome.waited.sum() == 0
    assert outcome.waits[:, :, :, 1:].sum() == 0
    assert outcome.busy.sum() / outcome.offered.sum() == pytest.approx(60, rel=0.1)
    assert (outcome.present == 60 * 900).all()


def test_nobody_on_duty_all_night() -> None:
    """Callers of the night hang up; those of endless patience are all answered in the morning."""
    people = np.where(np.arange(DAY) < 32, 0, 12)
    mortal = stream("101", 3, 120, intervals=DAY, patience_seconds=60.0)
    outcome = simulate(room([mortal], [group("101", people, intervals=DAY)]), runs=10)
    assert outcome.answered[:, :31].sum() < 0.01 * outcome.offered[:, :31].sum()
    assert outcome.abandoned[:, :31].sum() > 0.99 * outcome.offered[:, :31].sum()
    assert outcome.present[:, :32].sum() == 0
    patient = stream("101", 3, 120, intervals=DAY)
    outcome = simulate(room([patient], [group("101", people, intervals=DAY)]), runs=10)
    assert outcome.answered[:, :32].sum() == outcome.offered[:, :32].sum()
    assert outcome.in_time[:, :31].sum() == 0
    assert balanced(outcome)


def test_hanging_up_counts_the_same_whether_or_not_something_could_follow() -> None:
    """Where one in 10¹⁵ calls again each hang-up is an event; else it is seen in its turn."""
    people = np.where(np.arange(DAY) % 24 < 12, 6, 12)
    terms = {"intervals": DAY, "patience_seconds": 90.0}
    urgent = stream("999", 8, 300, variation=0.8, **terms)
    other = stream("101", 12, 400, rank=1, **terms)
    work = stream("crime", 1, 900, rank=2, intervals=DAY, medium="backlog", deadline_seconds=7200)
    groups = [
        group("999 101 crime", people, intervals=DAY, away=0.1),
        group("999", 2, intervals=DAY),
    ]

    def played(redial: Redial | None) -> Outcome:
        streams = [replace(urgent, redial=redial), other, work]
        return simulate(room(streams, groups, reserve=1, warm_up=4), runs=5)

    unseen, seen = played(None), played(Redial(1e-15))
    assert unseen.abandoned.sum() > 500
    assert balanced(unseen)
    for each in fields(Outcome):
        if isinstance(counts := getattr(unseen, each.name), np.ndarray):
            assert np.allclose(counts, getattr(seen, each.name), rtol=1e-5), each.name


def test_a_call_without_length_keeps_nobody() -> None:
    """Handling times of 0 leave one person free for any number of calls."""
    outcome = simulate(
        room([stream("101", 500, 0, intervals=8)], [group("101", 1, intervals=8)]), runs=3
    )
    assert np.array_equal(outcome.in_time, outcome.offered)
    assert outcome.busy.sum() == 0


def test_a_target_of_no_time_counts_who_need_not_wait() -> None:
    """Within 0 seconds are exactly the calls of the first class of waits."""
    callers = stream("101", 20, 300, intervals=DAY, within_seconds=0, patience_seconds=100.0)
    outcome = simulate(room([callers], [group("101", 7, intervals=DAY)]), runs=5)
    assert 0 < outcome.in_time.sum() < outcome.answered.sum()
    assert outcome.in_time.sum() == outcome.waits[..., 0].sum()


def test_a_queue_without_anybody_skilled() -> None:
    """Its callers all hang up, and the other queue's do not notice."""
    served = stream("999", 5, 100, intervals=DAY)
    unserved = stream("crime", 5, 100, intervals=DAY, rank=1, patience_seconds=50.0)
    staff = group("999 other", 3, intervals=DAY)
    outcome = simulate(room([served, unserved], [staff], reserve=1), runs=3)
    alone = simulate(room([served], [staff]), runs=3)
    assert outcome.answered[..., 1].sum() == 0
    assert (
        outcome.abandoned[..., 1].sum() + outcome.left[:, 1].sum() == outcome.offered[..., 1].sum()
    )
    assert np.array_equal(outcome.in_time[..., 0], alone.in_time[..., 0])


def test_no_calls_and_no_people() -> None:
    """An empty room tells nothing, without an error."""
    outcome = simulate(room([stream("101", 0, 100, intervals=4)], []), runs=2)
    assert outcome.offered.sum() == 0
    figures = queue_figures(outcome, "101", "interval")
    assert figures.offered.value.tolist() == [0, 0, 0, 0]
    assert np.isnan(figures.in_time.value).all()


def test_the_call_in_hand_is_ended_after_the_shift() -> None:
    """At the end of a shift people finish what they have and take nothing more."""
    people = [3, 0, 0, 0]
    callers = stream("101", [40, 0, 0, 0], 600, intervals=4)
    outcome = simulate(room([callers], [group("101", people, intervals=4)]), runs=200)
    # Three people at exponential calls of 600 s: 3 × 600 s of work are left at the end.
    after = outcome.busy[:, 1:].sum(axis=(1, 2))
    assert after.mean() == pytest.approx(1800, rel=0.15)
    assert np.array_equal(outcome.busy[:, 1:], outcome.present[:, 1:])
    assert balanced(outcome)


def test_who_goes_may_be_anybody_or_the_idle_first() -> None:
    """Of twenty with some ten calls in hand ten go: half of the calls with them, or the idle."""
    callers = stream("101", [10, 0, 0, 0], 900, intervals=4)
    shifts = group("101", [20, 10, 10, 10], intervals=4)
    curve = replace(shifts, idle_leave_first=True)
    ending, idle = (
        simulate(room([callers], [one], warm_up=12), runs=200) for one in (shifts, curve)
    )
    assert np.array_equal(ending.busy, idle.busy)
    # With shifts, ten stay and half of some ten calls are ended beside them.
    assert ending.present[:, 1].mean() > 10 * 900 + 0.3 * 10 * 900 / 2
    assert idle.present[:, 1].mean() < 10 * 900 + 0.15 * 10 * 900


def test_who_is_away_is_away_on_average() -> None:
    """Of 7 people a fifth of the time away, 5.6 are there on average, in any interval 5 or 6."""
    staff = group("101", 7, intervals=DAY, away=0.2)
    outcome = simulate(room([stream("101", 0, 60, intervals=DAY)], [staff]), runs=40)
    present = outcome.present / 900
    assert set(np.unique(present)) == {5.0, 6.0}
    assert present.mean() == pytest.approx(5.6, abs=0.03)


def test_a_reserve_is_kept_for_urgent_calls() -> None:
    """With one in reserve of two who serve both, other calls are taken by one person at most."""
    urgent = stream("999", 0, 60, intervals=DAY, rank=0)
    other = stream("101", 30, 600, intervals=DAY, rank=1, patience_seconds=60.0)
    staff = [group("999 101", 2, intervals=DAY)]
    kept = simulate(room([urgent, other], staff, reserve=1), runs=3)
    assert kept.busy.max() <= 900
    free = simulate(room([urgent, other], staff, reserve=0), runs=3)
    assert free.busy.max() == 1800


def test_a_person_freed_lets_one_in_reserve_take_the_waiting_call() -> None:
    """Somebody who serves urgent calls alone keeps the reserve for the one who serves both."""
    urgent = stream("999", 0, 60, intervals=DAY, rank=0)
    other = stream("101", 30, 600, intervals=DAY, rank=1, patience_seconds=60.0)
    people = np.where(np.arange(DAY) < 48, 0, 1)
    staff = [group("999 101", 1, intervals=DAY), group("999", people, intervals=DAY)]
    outcome = simulate(room([urgent, other], staff, reserve=1), runs=3)
    assert outcome.answered[:, :47, 1].sum() == 0
    assert outcome.busy[:, 49:, 0].mean() > 800


def test_callers_turn_to_another_queue_at_once() -> None:
    """Who hangs up on 101, where nobody answers, is offered to 999 in full."""
    given_up = stream("101", 5, 60, intervals=DAY, patience_seconds=30.0, turn=Turn("999", 1.0))
    urgent = stream("999", 0, 60, intervals=DAY)
    outcome = simulate(room([given_up, urgent], [group("999", 40, intervals=DAY)]), runs=3)
    assert outcome.offered[..., 1].sum() == outcome.abandoned[..., 0].sum() > 0
    assert outcome.first[..., 1].sum() == 0
    assert outcome.in_time[..., 1].sum() == outcome.offered[..., 1].sum()


def test_callers_call_again() -> None:
    """Each call abandoned comes again, later; first calls are those of a room without redials."""
    callers = stream("101", 5, 60, intervals=DAY, patience_seconds=30.0, redial=Redial(1.0, 60.0))
    again = simulate(room([callers], []), runs=3)
    once = simulate(room([replace(callers, redial=None)], []), runs=3)
    assert np.array_equal(again.first, once.offered)
    repeats = again.offered.sum() - again.first.sum()
    # At the end some wait for their next call: a minute's, of calls that come every 90 seconds.
    assert 0.99 * again.abandoned.sum() < repeats < again.abandoned.sum()


def test_call_backs_keep_their_place_and_cost_attempts() -> None:
    """All accept; two attempts of 100 s reach three in four, half of them at the first."""
    back = CallBack(0.0, 1.0, reached=0.75, attempts=2, attempt_seconds=100.0)
    callers = stream("101", 6, 0, intervals=DAY, patience_seconds=1.0, call_back=back)
    people = np.where(np.arange(DAY) < 8, 0, 20)
    outcome = simulate(room([callers], [group("101", people, intervals=DAY)]), runs=60)
    night = slice(0, 8)
    assert outcome.abandoned.sum() == 0
    accepted = outcome.called_back[:, night].sum()
    assert accepted == outcome.offered[:, night].sum()
    assert outcome.reached[:, night].sum() / accepted == pytest.approx(0.75, abs=0.03)
    # A failed first attempt one time in two, then a second: 0.5 × 100 + 0.25 × 100 seconds.
    assert outcome.busy.sum() / outcome.called_back.sum() == pytest.approx(75, rel=0.05)


def test_call_backs_are_offered_where_the_wait_would_be_long() -> None:
    """Below the wait from which they are offered nobody accepts one."""
    back = CallBack(300.0, 1.0)
    callers = stream("101", 30, 240, intervals=DAY, patience_seconds=300.0, call_back=back)
    calm = simulate(room([callers], [group("101", 14, intervals=DAY)]), runs=3)
    short = simulate(room([callers], [group("101", 4, intervals=DAY)]), runs=3)
    assert calm.called_back.sum() == 0
    assert calm.abandoned.sum() > 0
    assert short.called_back.sum() > 0
    assert balanced(short)


def test_chats_are_held_side_by_side() -> None:
    """One person holds three chats at once as three people would hold them."""
    chats = stream("chat", 4, 400, intervals=DAY, medium="chats", side_by_side=3)
    one = simulate(room([chats], [group("chat", 1, intervals=DAY)]), runs=20)
    calls = replace(chats, medium="calls", side_by_side=1)
    three = simulate(room([calls], [group("chat", 3, intervals=DAY)]), runs=20)
    assert one.waited.sum() == pytest.approx(three.waited.sum(), rel=1e-6)
    assert np.array_equal(one.in_time, three.in_time)
    assert one.busy.max() <= 900


def test_backlog_is_put_down_for_calls() -> None:
    """Calls meet people at backlog as if these were idle, and backlog still gets its time."""
    calls = stream("101", 12, 240, intervals=DAY, patience_seconds=120.0)
    backlog = stream(
        "crime", 2, 900, intervals=DAY, rank=1, medium="backlog", deadline_seconds=7200.0
    )
    staff = [group("101 crime", 8, intervals=DAY)]
    alone = simulate(room([calls], staff), runs=10)
    both = simulate(room([calls, backlog], staff, reserve=0), runs=10)
    assert np.array_equal(both.in_time[..., 0], alone.in_time[..., 0])
    done = both.answered[..., 1].sum()
    assert done + both.left[:, 1].sum() == both.offered[..., 1].sum()
    assert done > 0.9 * both.offered[..., 1].sum()
    extra = both.busy.sum() - alone.busy.sum()
    assert extra / both.offered[..., 1].sum() == pytest.approx(900, rel=0.1)


def test_one_in_reserve_may_be_at_backlog() -> None:
    """Who is kept for urgent calls works backlog off meanwhile, and leaves it at once."""
    urgent = stream("999", 2, 100, intervals=DAY, rank=0, patience_seconds=60.0)
    backlog = stream("crime", 3, 600, intervals=DAY, rank=1, medium="backlog")
    staff = [group("999 crime", 1, intervals=DAY)]
    alone = simulate(room([urgent], staff), runs=5)
    outcome = simulate(room([urgent, backlog], staff, reserve=1), runs=5)
    assert outcome.busy.mean() > 800
    assert np.array_equal(outcome.answered[..., 0], alone.answered[..., 0])


def test_a_day_has_one_level() -> None:
    """A day's calls vary by its own level and chance; pots of one queue share the level."""
    terms = {"intervals": 960, "rate_variation": 0.2, "queue": "101"}
    pots = [stream(name, 50, 0, rank=0, **terms) for name in ("grave", "minor")]
    outcome = simulate(room(pots, []), runs=100)
    days = outcome.offered.reshape(100, 10, 96, 2).sum(axis=2).reshape(1000, 2)
    assert days.mean() == pytest.approx(4800, rel=0.02)
    assert days[:, 0].std() / 4800 == pytest.approx(np.sqrt(0.2**2 + 1 / 4800), rel=0.06)
    assert np.corrcoef(days.T)[0, 1] > 0.95


@pytest.mark.parametrize("variation", [None, 0.5, 1.5])
def test_handling_times_have_their_mean(variation: float | None) -> None:
    """Exponential or lognormal: on average the interval's own handling time."""
    callers = stream("101", 10, 100, intervals=DAY, variation=variation)
    outcome = simulate(room([callers], [group("101", 60, intervals=DAY)]), runs=40)
    assert outcome.busy.sum() / outcome.offered.sum() == pytest.approx(100, rel=0.02)


def test_a_warm_up_leaves_calls_in_hand_and_is_not_counted() -> None:
    """After hours like the first interval people are as busy at once as later."""
    callers = stream("101", 30, 900, intervals=DAY)
    staff = [group("101", 60, intervals=DAY)]
    cold = simulate(room([callers], staff), runs=40)
    warm = simulate(room([callers], staff, warm_up=8), runs=40)
    assert cold.busy[:, 0].mean() < 0.6 * cold.busy[:, 8:].mean()
    assert warm.busy[:, 0].mean() == pytest.approx(warm.busy.mean(), rel=0.05)
    assert warm.offered.shape == cold.offered.shape


def test_more_people_meet_the_same_callers() -> None:
    """Changing who is on duty leaves every first call, its interval and its run as they were."""
    callers = [
        stream("101", 20, 240, intervals=DAY, patience_seconds=60.0, redial=Redial(0.5)),
        stream("999", 8, 200, intervals=DAY, rank=0, patience_seconds=60.0),
    ]
    few = simulate(room(callers, [group("101 999", 5, intervals=DAY)], reserve=1), runs=5)
    many = simulate(room(callers, [group("101 999", 9, intervals=DAY)], reserve=1), runs=5)
    assert np.array_equal(few.first, many.first)
    assert few.abandoned.sum() > many.abandoned.sum()


def test_more_calls_are_the_same_and_others() -> None:
    """A tenth more calls: a run that had many before has many again."""
    usual = [room([stream("101", rate, 60, intervals=DAY)], []) for rate in (20, 22)]
    before, after = (simulate(one, runs=40).offered.sum(axis=(1, 2)) for one in usual)
    assert np.corrcoef(before, after)[0, 1] > 0.9
    assert after.mean() / before.mean() == pytest.approx(1.1, abs=0.01)


def test_a_run_can_be_the_last() -> None:
    """An answer of no after a run ends there, with what has been counted."""
    asked = []
    outcome = simulate(
        room([stream("101", 5, 60, intervals=4)], []),
        runs=50,
        go_on=lambda done: asked.append(done) or done < 3,
    )
    assert outcome.runs == 3
    assert asked == [1, 2, 3]


def test_more_calls_waiting_than_there_were_records_for() -> None:
    """A run that needs more records is begun anew, and nothing is lost."""
    outcome = simulate(room([stream("101", 4000, 60, intervals=4)], []), runs=2)
    assert outcome.left.sum() == outcome.offered.sum() > 30_000


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        ({"calls": np.full(4, -1.0)}, "mean calls"),
        ({"aht_seconds": np.full(4, np.inf)}, "handling times"),
        ({"rank": -1}, "rank"),
        ({"within_seconds": -1.0}, "answer in"),
        ({"patience_seconds": 0.0}, "patience"),
        ({"variation": 0.0}, "variation"),
        ({"rate_variation": -0.1}, "level"),
        ({"medium": "letters"}, "medium"),
        ({"side_by_side": 0}, "chat"),
        ({"side_by_side": 2}, "side by side"),
        ({"medium": "chats", "call_back": CallBack(0, 0.5)}, "call back"),
        ({"medium": "backlog", "patience_seconds": 60.0}, "hang up"),
        ({"medium": "backlog", "deadline_seconds": -1.0}, "deadline"),
    ],
)
def test_terms_out_of_range_are_refused(broken: dict[str, object], words: str) -> None:
    """One sentence names the stream and what is wrong."""
    with pytest.raises(InputError, match=f'"101".*{words}'):
        replace(stream("101", 1, 60, intervals=4), **broken)  # type: ignore[arg-type]


def test_a_room_that_does_not_fit_together_is_refused() -> None:
    """Arrays of other lengths, a name twice, a turn to nobody, no people of a kind, no runs."""
    callers = stream("101", 1, 60, intervals=4)
    with pytest.raises(InputError, match="all 4 intervals"):
        room([callers], [group("101", 1, intervals=5)])
    with pytest.raises(InputError, match="twice"):
        room([callers, callers], [])
    with pytest.raises(InputError, match="cannot turn to"):
        room([replace(callers, turn=Turn("999", 0.5))], [])
    with pytest.raises(InputError, match="whole numbers"):
        Group(frozenset({"101"}), np.array([0.5]))  # type: ignore[arg-type]
    with pytest.raises(InputError, match="away"):
        group("101", 1, intervals=4, away=1.0)
    with pytest.raises(InputError, match="one interval"):
        SimulatedRoom(np.datetime64("2025-06-02"), 15, np.zeros(0, np.int64), (callers,), ())
    with pytest.raises(InputError, match="number of runs"):
        simulate(room([callers], []), runs=0)
