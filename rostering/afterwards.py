"""What a change of a line breaks of the days after its period, where it is known what stands there.

A roster is made with the days before it in view, not with those after it, which are made later.
Once they are, a change of its last days can break rules across the end. Rules are tried here that
look at tours alone, whatever templates or fixed days the later roster has.
"""

from __future__ import annotations

from dataclasses import replace

from rostering.problem import Officer, Problem
from rostering.rules.base import Breach, Line, on_terms_of
from rostering.rules.consecutive_days import ConsecutiveDays
from rostering.rules.consecutive_nights import ConsecutiveNights
from rostering.rules.daily_rest import DailyRest
from rostering.rules.one_tour import OneTourAtATime
from rostering.rules.rest_after_nights import RestAfterNights
from rostering.rules.rest_day_interval import RestDayInterval
from rostering.rules.special_hazard_nights import SpecialHazardNights
from rostering.rules.weekly_rest import WeeklyRest

ACROSS = (
    OneTourAtATime,
    DailyRest,
    WeeklyRest,
    RestDayInterval,
    ConsecutiveDays,
    ConsecutiveNights,
    RestAfterNights,
    SpecialHazardNights,
)


def broken_afterwards(
    problem: Problem, officer: Officer, before: Line, after: Line, later: Line
) -> tuple[Breach, ...]:
    """Hard breaches with a tour after the period that a change of a line makes.

    Args:
        problem: the problem of the period.
        officer: whose line it is.
        before: history and tours of the period without the change.
        after: the same with it.
        later: the officer's tours after the period, on days from `problem.days` on, as far as all
            of them are known.
    """
    told = {breach.words for breach in _across(problem, officer, before, later)}
    made = _across(problem, officer, after, later)
    return tuple(breach for breach in made if breach.words not in told)


def _across(problem: Problem, officer: Officer, line: Line, later: Line) -> list[Breach]:
    if not later:
        return []
    known = replace(problem, days=later[-1].day + 1)
    return [
        breach
        for rule in on_terms_of(officer, problem.rules)
        if rule.is_hard and isinstance(rule, ACROSS)
        for breach in rule.check_line(known, officer, line + later)
        if any(tour.day >= problem.days for tour in breach.tours)
    ]
