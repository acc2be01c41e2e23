"""A published instance as a `Problem`: the product's own officers, shifts, rules and needs.

The instances know no time of day: every shift starts at midnight, and "on the next day" is within
24 hours of its end.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from rostering.benchmark.instance import Employee, Instance, Kind
from rostering.problem import Officer, OfficerDay, Preference, Problem, Shift, ShiftCover
from rostering.rules.base import Rule
from rostering.rules.consecutive_days import ConsecutiveDays
from rostering.rules.contracted_hours import ContractedHours
from rostering.rules.fewest_days_off import FewestDaysOff
from rostering.rules.fewest_days_on import FewestDaysOn
from rostering.rules.most_tours import MostTours
from rostering.rules.most_weekends import MostWeekends
from rostering.rules.officer_days import OfficerDays
from rostering.rules.preferences import Preferences
from rostering.rules.shift_cover import ShiftCovered
from rostering.rules.succession import Succession

MONDAY = date(2024, 1, 1)
"""A first day: every instance starts on a Monday."""

ANYBODY = frozenset({"any"})
"""The one skill: whoever may not work a shift has a limit of none of it."""


def problem_of(instance: Instance, name: str) -> Problem:
    """Say an instance in the product's own terms; its objective is the instance's own."""
    wishes: dict[str, list[Preference]] = defaultdict(list)
    for request in instance.requests:
        if request.weight:
            shifts = frozenset({request.shift})
            wish = Preference(request.day, request.weight, request.wants, shifts)
            wishes[request.employee].append(wish)
    return Problem(
        name=name,
        first_day=MONDAY,
        days=instance.days,
        zone="UTC",
        shifts=tuple(Shift(kind.name, kind.name, 0, kind.minutes) for kind in instance.kinds),
        officers=tuple(
            _officer(each, instance.days_off.get(each.name, frozenset()), wishes[each.name])
            for each in instance.employees
        ),
        rules=_rules(instance.kinds),
        shift_cover=tuple(
            ShiftCover(need.day, need.shift, need.required, need.under, need.over)
            for need in instance.needs
        ),
    )


def _rules(kinds: tuple[Kind, ...]) -> tuple[Rule, ...]:
    forbidden = (
        f"{kind.name}: {', '.join(sorted(kind.not_after))}" for kind in kinds if kind.not_after
    )
    return (
        OfficerDays(),
        MostTours(),
        Succession(forbidden="; ".join(forbidden) or "none"),
        ConsecutiveDays(),
        FewestDaysOn(),
        FewestDaysOff(),
        MostWeekends(),
        ContractedHours(),
        Preferences(),
        ShiftCovered(),
    )


def _officer(employee: Employee, off: frozenset[int], wishes: list[Preference]) -> Officer:
    limits = ", ".join(f"{name}={most}" for name, most in employee.most_of.items())
    return Officer(
        id=employee.name,
        name=employee.name,
        skills=ANYBODY,
        least_minutes=employee.least_minutes,
        most_minutes=employee.most_minutes,
        days={day: OfficerDay() for day in sorted(off)},
        preferences=tuple(wishes),
        terms={
            "consecutive_days": {"most": employee.most_days_on},
            "fewest_days_on": {"least": employee.fewest_days_on},
            "fewest_days_off": {"least": employee.fewest_days_off},
            "most_weekends": {"most": employee.most_weekends},
            "most_tours": {"limits": limits or "none"},
        },
    )
