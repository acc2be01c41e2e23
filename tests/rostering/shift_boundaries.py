"""Boundary cases of rules about shifts and of guidance."""

from __future__ import annotations

from dataclasses import replace

from rostering.problem import Shift
from rostering.rules.demanding_length import DemandingLength
from rostering.rules.demanding_runs import DemandingRuns
from rostering.rules.early_starts import EarlyStarts
from rostering.rules.fewest_days_off import FewestDaysOff
from rostering.rules.fewest_days_on import FewestDaysOn
from rostering.rules.hours_in_seven_days import HoursInSevenDays
from rostering.rules.most_tours import MostTours
from rostering.rules.most_weekends import MostWeekends
from rostering.rules.night_share import NightShare
from rostering.rules.rest_days import RestDays
from rostering.rules.rotation import Rotation
from rostering.rules.shift_length import ShiftLength
from rostering.rules.succession import Succession
from tests.rostering.boundary import NIGHT, PLAIN, WORK, Boundary, in_a_row


def shift_boundaries() -> list[Boundary]:
    """Just inside, on and just beyond each limit of these rules."""
    return [*_by_the_quarter_hour(), *_in_tours()]


def _shift(start: int, minutes: int = 480, kind: str = "early") -> Shift:
    return Shift("S", kind, start, minutes)


def _by_the_quarter_hour() -> list[Boundary]:
    cases = []
    for over in (-15, 0, 15):
        excess = int(over > 0)
        # Half of the contract is two nights of 8 h, give or take.
        contract = replace(PLAIN, least_minutes=1920 - 2 * over, most_minutes=1920 - 2 * over)
        # A late ends at 22:00 on day 3; 48 h later it is 22:00 on day 5.
        round_the_clock = (_shift(840, kind="late"), replace(_shift(1320 - over), code="T"))
        # Five days of 8 h are 40 h.
        week = dict.fromkeys(range(5), 0)
        cases += [
            Boundary(ShiftLength(), PLAIN, (_shift(420, 720 + over),), {3: 0}, excess),
            Boundary(ShiftLength(minutes=480), PLAIN, (_shift(420, 480 + over),), {3: 0}, excess),
            Boundary(EarlyStarts(weight=1), PLAIN, (_shift(420 - over),), {3: 0}, excess),
            Boundary(NightShare(weight=1), contract, (NIGHT,), {3: 0, 4: 0}, excess),
            Boundary(Rotation(weight=1), PLAIN, round_the_clock, {3: 0, 5: 1}, excess),
            Boundary(
                Succession(forbidden="late: T", minutes=2880),
                PLAIN,
                round_the_clock,
                {3: 0, 5: 1},
                excess,
            ),
            Boundary(
                DemandingLength(weight=1),
                PLAIN,
                (_shift(1320, 480 + over, "night"),),
                {3: 0},
                excess,
            ),
            Boundary(HoursInSevenDays(minutes=2400 - over), PLAIN, (WORK,), week, excess, days=7),
        ]
    return cases


def _in_tours() -> list[Boundary]:
    cases = []
    for over in (-1, 0, 1):
        excess = max(over, 0)
        three = dict.fromkeys(range(3, 6 + over), 0)
        cases += [
            # Four weeks have eight rest days.
            Boundary(RestDays(), PLAIN, (WORK,), dict.fromkeys(range(20 + over), 0), excess),
            Boundary(FewestDaysOn(least=3), PLAIN, (WORK,), in_a_row(3 - over), excess),
            Boundary(FewestDaysOff(least=3), PLAIN, (WORK,), {3: 0, 7 - over: 0}, excess),
            Boundary(MostTours(limits="W=3"), PLAIN, (WORK,), in_a_row(3 + over), excess),
            Boundary(MostTours(limits="early=0"), PLAIN, (WORK,), in_a_row(excess), excess),
            Boundary(
                MostWeekends(most=2),
                PLAIN,
                (WORK,),
                dict.fromkeys((5, 13, 19)[: 2 + over], 0),
                excess,
            ),
            *(
                Boundary(DemandingRuns(weight=1), PLAIN, (shift,), three, excess)
                for shift in (NIGHT, _shift(405), _shift(420, 600))
            ),
        ]
    return cases
