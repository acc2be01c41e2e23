"""The bound by counts of officers: true, and what it knows."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from rostering.allowed import Allowed
from rostering.benchmark.control_room import control_room
from rostering.cover_grid import Counting
from rostering.problem import OfficerDay, Preference, Problem
from rostering.rules.base import Rule
from rostering.rules.contracted_hours import ContractedHours
from rostering.rules.cover import Covered
from rostering.rules.officer_days import OfficerDays
from rostering.rules.preferences import Preferences
from rostering.rules.weekends_off import WeekendsOff
from rostering.search.bound import counts_bound
from rostering.solve import solve
from rostering.tally import Tally
from tests.rostering.rooms import SHIFTS, annealed, officer, priced_by_interval, room


def bound_of(problem: Problem) -> float:
    """The bound of a problem that has one."""
    bound = counts_bound(Counting.of(problem), Allowed.of(problem), 30.0)
    assert bound is not None
    return bound


def test_the_bound_is_below_every_roster() -> None:
    """No lawful roster costs less than the bound, and a plain shortage is bounded exactly."""
    problem = room(officers=4, needed=2)
    objective = Tally(Counting.of(problem), annealed(problem)).objective
    assert 0 < bound_of(problem) <= objective


def test_the_bound_knows_prices_by_the_interval() -> None:
    """Where prices differ from interval to interval, no lawful roster costs less than the bound."""
    problem = priced_by_interval(room(officers=4, needed=2), seed=1)
    best = solve(problem, seconds=2.0).verdict.objective
    assert 0 < bound_of(problem) <= best


def one_officer(length: int, *rules: Rule, **own: object) -> Problem:
    """One officer, early shifts, one person needed round the clock; cover and some rules."""
    own = {"least_minutes": 0, "most_minutes": 10_000} | own
    problem = room(days=length, officers=1, shifts=SHIFTS[:1], rules=(Covered(), *rules))
    return replace(problem, officers=(officer(0, 0, **own),))


def test_the_bound_knows_what_shifts_can_make_of_hours() -> None:
    """Ten hours of contract are eight where every shift lasts eight."""
    problem = one_officer(7, ContractedHours(), most_minutes=600)
    assert bound_of(problem) == pytest.approx((7 * 96 - 32) * 20)


def test_the_bound_knows_weekends() -> None:
    """Who is off on every weekend leaves both of its days without anybody."""
    problem = one_officer(7, WeekendsOff(weight=None, least=4))
    assert bound_of(problem) == pytest.approx((7 * 96 - 5 * 32) * 20)


def test_the_bound_knows_wishes_and_what_is_fixed() -> None:
    """A day off costs its points where the wisher is needed, or fixed to a shift on that day."""
    wish = Preference(day=2, points=5, wants=False)
    needed = one_officer(5, Preferences(), preferences=(wish,))
    idle = replace(needed.cover[0], required=np.zeros(5 * 96, dtype=np.int32))
    days = {2: OfficerDay(shift="E")}
    fixed = one_officer(5, Preferences(), OfficerDays(), preferences=(wish,), days=days)
    assert bound_of(needed) == pytest.approx((5 * 96 - 5 * 32) * 20 + 5)
    assert bound_of(replace(needed, cover=(idle,))) == pytest.approx(0)
    assert bound_of(replace(fixed, cover=(idle,))) == pytest.approx(5)


def test_the_bound_of_a_control_room_is_below_its_rosters() -> None:
    """Groups, weekends, rounded hours and wishes together forbid no lawful roster."""
    problem = control_room(12, 1.05, days=7)
    assert bound_of(problem) <= Tally(Counting.of(problem), annealed(problem)).objective
