"""A requirement repaired by simulation."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from forecasting.staffing.callers import Turn
from forecasting.staffing.goals_at import GoalAt
from forecasting.staffing.repair import Progress, repaired
from forecasting.staffing.requirement import Requirement, requirement
from forecasting.staffing.terms import QueueTerms
from forecasting.staffing.windows import Window

INTERVALS = 96
STARTS = np.datetime64("2025-06-02T00:00", "s") + np.arange(INTERVALS) * np.timedelta64(900, "s")
SHAPE = 1 + 0.7 * np.sin((np.arange(INTERVALS) / 4 - 9) / 24 * 2 * np.pi)

OTHER = QueueTerms("101", 900, 240, 0.8, 60)
URGENT = QueueTerms("999", 300, 120, 0.9, 10)
CRIME = QueueTerms("crime", 1800, None, 0.9, 60, medium="backlog", deadline_seconds=14400)


def asked_by(*terms: QueueTerms, each: float = 30.0) -> tuple[Requirement, dict[str, np.ndarray]]:
    """The requirement of a day of calls, and the calls."""
    calls = {queue.queue: each * SHAPE for queue in terms}
    return requirement(STARTS, 15, calls, terms), calls


def with_fewer(asked: Requirement, fewer: int, at: slice) -> Requirement:
    """A requirement that asks for fewer people on the phones for some hours."""
    agents = {group: people.copy() for group, people in asked.agents.items()}
    for people in agents.values():
        people[at] = np.maximum(people[at] - fewer, 0)
    return replace(asked, agents=agents)


def test_people_are_added_where_and_until_goals_are_met() -> None:
    """Four too few over noon are found, and nobody is added at night."""
    asked, calls = asked_by(OTHER)
    found = repaired(with_fewer(asked, 4, slice(44, 56)), calls)
    group = ("101",)
    assert found.short[group][44:56].all()
    assert not found.short[group][:40].any()
    assert not found.still_short[group].any()
    assert found.added[group][46:56].min() >= 1
    assert found.added[group].sum() == found.added_hours[group] * 4
    assert (found.requirement.people[group] >= found.requirement.agents[group]).all()


def test_what_meets_its_goals_stays_as_it_is() -> None:
    """With people to spare the requirement is the same, row by row."""
    asked, calls = asked_by(OTHER)
    plenty = with_fewer(asked, -5, slice(None))
    found = repaired(plenty, calls, runs=40)
    assert found.added_hours == {("101",): 0.0}
    assert np.array_equal(found.requirement.agents[("101",)], plenty.agents[("101",)])


def test_sets_keep_between_their_parts() -> None:
    """A set asks for no less than a smaller one in it, and no more than two that make it up."""
    asked, calls = asked_by(OTHER, URGENT)
    found = repaired(with_fewer(asked, 3, slice(30, 60)), calls, runs=40)
    for people in (found.requirement.agents, found.requirement.people):
        both, alone = people[("101", "999")], (people[("101",)], people[("999",)])
        assert (both >= np.maximum(*alone)).all()
        assert (both <= sum(alone)).all()
    assert all(more.min() >= 0 for more in found.added.values())
    assert found.short[("101", "999")].any()


def test_goals_of_some_hours_are_kept_in_these() -> None:
    """People who bring the queue's own 80 % are too few where 95 % are asked for."""
    terms = replace(OTHER, goals_at=(GoalAt(Window(720, 840), share=0.95),))
    plain, calls = asked_by(OTHER)
    found = repaired(replace(plain, terms=(terms,)), calls, runs=60)
    group = ("101",)
    assert found.added[group][48:56].min() >= 1
    assert found.added[group][:47].sum() <= 1


def test_a_goal_of_abandonment_is_kept_too() -> None:
    """Where few may hang up, people are added though enough are answered in time."""
    terms = replace(OTHER, share=0.4, most_abandonment=0.02)
    easy, calls = asked_by(replace(OTHER, share=0.4))
    found = repaired(replace(easy, terms=(terms,)), calls, runs=40)
    assert found.added[("101",)].sum() > 0
    assert not found.still_short[("101",)].any()


def test_backlog_and_callers_who_turn_elsewhere_are_left_out() -> None:
    """Backlog keeps its even work; a queue alone is played without where its callers turn."""
    turning = replace(OTHER, turn=Turn("999", 0.5))
    asked, calls = asked_by(turning, URGENT, CRIME, each=8.0)
    found = repaired(asked, calls, runs=20)
    assert np.array_equal(found.requirement.agents[("crime",)], asked.agents[("crime",)])
    assert not found.short[("101", "crime")].any()


def test_a_repair_can_be_stopped() -> None:
    """Told not to go on, it ends with the runs it has, and nobody is added."""
    asked, calls = asked_by(OTHER)
    found = repaired(with_fewer(asked, 4, slice(44, 56)), calls, go_on=lambda _: False)
    assert found.added_hours == {("101",): 0.0}
    assert (found.played, found.unjudged) == ((), {})


def test_a_repair_that_is_stopped_keeps_the_sets_that_were_done() -> None:
    """Stopped in the second of three sets, it keeps the people added in the first."""
    asked, calls = asked_by(OTHER, URGENT)
    found = repaired(
        with_fewer(asked, 4, slice(44, 56)), calls, runs=40, go_on=lambda far: far.sets_done < 1
    )
    assert found.played == (("101",),)
    assert found.added[("101",)].sum() > 0
    assert found.added[("999",)].sum() == 0
    assert set(found.unjudged) == {"101"}


def test_intervals_with_few_calls_are_told() -> None:
    """At two calls in ten intervals none can be judged; without calls there is none to judge."""
    asked, calls = asked_by(OTHER, each=0.2)
    calls["101"][:8] = 0.0
    found = repaired(asked, calls, runs=20)
    assert not found.unjudged["101"][:8].any()
    assert found.unjudged["101"][40:60].all()
    busy, calls = asked_by(OTHER)
    assert not repaired(busy, calls, runs=40).unjudged["101"].any()
    assert repaired(busy, calls, runs=40).played == (("101",),)


def test_how_far_a_repair_is_told_run_by_run() -> None:
    """Sets and rounds are counted, and what the last round found short is told in the next."""
    asked, calls = asked_by(OTHER, URGENT)
    told: list[Progress] = []
    found = repaired(
        with_fewer(asked, 3, slice(40, 56)),
        calls,
        runs=20,
        go_on=lambda far: told.append(far) is None,
    )
    assert [far.runs_done for far in told[:20]] == [*range(1, 21)]
    assert {(far.sets_done, far.queues) for far in told} == {
        *enumerate([("101",), ("999",), ("101", "999")])
    }
    assert {far.sets for far in told} == {3}
    second = next(far for far in told if far.rounds_done == 1)
    assert (told[0].short, second.short) == (None, found.short[second.queues].sum())


def test_no_intervals_need_no_repair() -> None:
    """An empty requirement stays empty."""
    none = requirement(STARTS[:0], 15, {"101": []}, [OTHER])
    assert repaired(none, {"101": []}).added_hours == {("101",): pytest.approx(0)}
