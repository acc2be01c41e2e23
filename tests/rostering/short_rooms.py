"""Rooms in which exactly one thing is short, with a roster that shows it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rostering.personal import Limit, Stretch
from rostering.problem import REST, Choices, Officer, OfficerDay, Problem, Span
from rostering.resources import Resource
from rostering.rules.base import Rule
from rostering.rules.consecutive_nights import ConsecutiveNights
from rostering.rules.contracted_hours import ContractedHours
from rostering.rules.cover import Covered
from rostering.rules.daily_rest import DailyRest
from rostering.rules.hours_in_seven_days import HoursInSevenDays
from rostering.rules.officer_days import OfficerDays
from rostering.rules.one_tour import OneTourAtATime
from rostering.rules.personal_limits import PersonalLimits
from rostering.rules.skills import Skills
from rostering.rules.unavailability import Unavailability
from rostering.rules.weekends_off import WeekendsOff
from tests.rostering.rooms import SHIFTS, officer, room

DAYS = 7
EARLY, NIGHT = 0, 2

RULES: tuple[Rule, ...] = (
    OneTourAtATime(),
    OfficerDays(),
    Unavailability(),
    Skills(),
    PersonalLimits(),
    DailyRest(),
    ContractedHours(),
    Covered(),
)


def people(number: int, **own: object) -> tuple[Officer, ...]:
    """Officers without a least of hours and with as many as they like."""
    free: dict[str, object] = {"least_minutes": 0, "most_minutes": DAYS * 1440}
    return tuple(officer(each, 0, **(free | own)) for each in range(number))


def needing(
    officers: tuple[Officer, ...], *more: Rule, hours: range = range(7, 15), needed: int = 1
) -> Problem:
    """A room that needs so many people in these hours of each day, and has these officers."""
    problem = room(days=DAYS, officers=1, rules=(*RULES, *more))
    (need,) = problem.cover
    quarter = np.arange(len(need.required)) // 4 % 24
    required = np.where(np.isin(quarter, hours), needed, 0).astype(np.int32)
    return replace(problem, officers=officers, cover=(replace(need, required=required),))


def working(problem: Problem, *lines: list[int]) -> Choices:
    """A roster of these lines, of rest days for whom none is given."""
    choices = np.full((len(problem.officers), problem.days), REST, dtype=np.int16)
    for row, line in enumerate(lines):
        choices[row] = line
    return choices


AWAY = (Span(room(days=DAYS).midnight(0), room(days=DAYS).midnight(DAYS)),)
E_THEN_OFF = [EARLY, REST] * 3 + [EARLY]
HALVES = [EARLY] * 2 + [REST] * 5, [REST] * 2 + [EARLY] * 2 + [REST] * 3
WEEK = [EARLY] * 5 + [REST] * 2

_hours = needing(people(2, most_minutes=2 * 480))
_leave = needing((*people(1), *people(3, unavailable=AWAY)[1:]), needed=2)
_fixed = needing(people(2, days={3: OfficerDay(), 4: OfficerDay()}))
_limits = needing(people(2, limits=(Limit(Stretch(2, 3), kinds=frozenset({"early"})),)))
_rest = needing(people(1), DailyRest(minutes=20 * 60))
_week = needing(people(1), HoursInSevenDays(minutes=16 * 60))
_nights = needing(people(1), ConsecutiveNights(most=1), hours=range(22, 24))
_weekends = needing(people(1), WeekendsOff(weight=None, least=4))
_shifts = replace(needing(people(4), hours=range(3, 5)), shifts=SHIFTS[:2])
_skill = needing(people(3, skills=frozenset({"101"})))
_few = needing((*people(1), *people(3, skills=frozenset({"101"}))[1:]), needed=2)
_people = needing(people(2), needed=5)

SHORT: dict[str, tuple[Resource, Problem, Choices]] = {
    "contracted hours": ("hours", _hours, working(_hours, *HALVES)),
    "leave": ("leave", _leave, working(_leave, [EARLY] * 7)),
    "fixed rest days": ("fixed", _fixed, working(_fixed, [EARLY] * 3 + [REST] * 2 + [EARLY] * 2)),
    "own limits": ("limits", _limits, working(_limits, [EARLY] * 2 + [REST] * 2 + [EARLY] * 3)),
    "rest": ("rest", _rest, working(_rest, E_THEN_OFF)),
    "hours of a week": ("week", _week, working(_week, [EARLY] * 2 + [REST] * 5)),
    "nights": ("nights", _nights, working(_nights, [NIGHT, REST] * 3 + [NIGHT])),
    "weekends": ("weekends", _weekends, working(_weekends, WEEK)),
    "shift templates": ("shifts", _shifts, working(_shifts)),
    "a skill that nobody holds": ("skill", _skill, working(_skill)),
    "people at once": ("people", _people, working(_people, *[[EARLY] * 7] * 2)),
}
"""By what is short: the resource, the room, and a roster in which people are missing for it."""

FEW_WITH_A_SKILL = _few
"""Four people, of whom one holds what two are asked for."""


def both() -> Problem:
    """A room in which neither longer contracts nor less rest helps, but both together do."""
    return needing(people(1, most_minutes=4 * 480), DailyRest(minutes=20 * 60))
