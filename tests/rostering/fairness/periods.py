"""Successive periods of a small room whose wishes collide, with memory of the past and without."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
import numpy.typing as npt

from rostering.cover_grid import Counting
from rostering.fairness.satisfaction import Memory, percents, satisfaction
from rostering.fairness.spread import Spread, spread
from rostering.problem import Officer, Preference, Problem, Roster
from rostering.rules.registry import RULES
from rostering.solve import solve
from tests.rostering.rooms import officer, room

PERIODS = 6
DAYS = 14
BUDGET = 20

Ints = npt.NDArray[np.int64]

CODES = (
    "one_tour", "officer_days", "unavailability", "skills", "daily_rest", "consecutive_days",
    "consecutive_nights", "rest_after_nights", "contracted_hours", "cover", "preferences",
)  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """What comes of some periods in a row.

    Attributes:
        satisfied: of the points that officers asked for in all periods, how uneven the share met.
        cover: points of cover over all periods.
        missing: person-minutes of cover missing over all periods.
    """

    satisfied: Spread
    cover: int
    missing: int


def crowded_room(officers: int, needed: int) -> Problem:
    """A room with hardly more hours than it needs; every fourth officer works half the week."""
    people = tuple(
        officer(number, (40 if number % 4 else 20) * DAYS // 7) for number in range(officers)
    )
    rules = tuple(RULES[code]() for code in CODES)
    return replace(room(days=DAYS, needed=needed, rules=rules), officers=people)


def wishes(problem: Problem, period: int, seed: int) -> list[tuple[Preference, ...]]:
    """What everybody asks for: many the same weekends, every time and with unequal points.

    Every second officer would like the weekends off, with the whole budget on one or two days or
    spread thinly over all of them, always in the same manner; the others ask for days as they come.
    """
    habits = np.random.default_rng(seed)
    chance = np.random.default_rng((seed, period))
    weekends = [day for day in range(problem.days) if problem.weekday(day) >= 5]
    asked = []
    for number in range(len(problem.officers)):
        points = int(habits.choice([2, 4, 5, 10]))
        days = weekends if number % 2 == 0 else list(range(problem.days))
        chosen = chance.choice(days, size=min(BUDGET // points, len(days)), replace=False)
        asked.append(tuple(Preference(int(day), points, wants=False) for day in sorted(chosen)))
    return asked


def in_a_row(problem: Problem, seed: int, seconds: float, memory: Memory | None) -> Outcome:
    """Make rosters of successive periods, each after the one before.

    Args:
        problem: the room; its first period.
        seed: of wishes and searches.
        seconds: counted work of each search.
        memory: how past periods are remembered; None where they are forgotten.
    """
    hours = np.array([each.most_minutes + each.least_minutes for each in problem.officers])
    asked = np.zeros((PERIODS, len(hours)), dtype=np.int64)
    met = np.zeros_like(asked)
    cover = missing = 0
    for period in range(PERIODS):
        given = wishes(problem, period, seed)
        asked[period] = [sum(wish.points for wish in each) for each in given]
        weights = np.full(len(hours), 100)
        if memory is not None:
            past = satisfaction(asked[:period], met[:period], hours, memory)
            weights = percents(past, asked[period], memory)
        problem = replace(
            problem,
            officers=tuple(
                replace(who, preferences=own, wish_percent=int(weight))
                for who, own, weight in zip(problem.officers, given, weights, strict=True)
            ),
        )
        made = solve(problem, seconds=seconds, seed=seed, deterministic=True)
        met[period] = [_met(problem, made.roster, who) for who in problem.officers]
        choices = made.roster.to_choices(problem)
        counting = Counting.of(problem)
        cover += counting.cost(choices)
        missing += counting.missing_minutes(choices)
        assert made.verdict.is_legal
        problem = _after(problem, made.roster)
    total = asked.sum(axis=0)
    share = met.sum(axis=0) / np.maximum(total, 1)
    found = spread(share, np.where(total > 0, hours, 0))
    assert found is not None
    return Outcome(found, cover, missing)


def _met(problem: Problem, roster: Roster, who: Officer) -> int:
    """Points of an officer's wishes that a roster meets."""
    by_day = {tour.day: problem.shifts[problem.shift_index[tour.code]] for tour in roster.of(who)}
    return sum(wish.points for wish in who.preferences if wish.is_met_by(by_day.get(wish.day)))


def _after(problem: Problem, roster: Roster) -> Problem:
    """The same room in the next period, with what was worked as history."""
    later = timedelta(days=problem.days)
    moved = {
        who.id: tuple(replace(tour, day=tour.day - problem.days) for tour in roster.of(who))
        for who in problem.officers
    }
    bare = replace(problem, first_day=problem.first_day + later)
    (need,) = problem.cover
    start = bare.instant(0, 0)
    people = tuple(
        replace(who, history=moved[who.id], known_from=-problem.days) for who in problem.officers
    )
    return replace(bare, officers=people, cover=(replace(need, start=start),))
