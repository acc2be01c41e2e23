"""A problem in which one thing that a room may be short of is there without limit."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from rostering.problem import MINUTES_A_DAY, Officer, Problem, Shift
from rostering.resources import Resource
from rostering.rules.base import LineRule

LET_GO: tuple[Resource, ...] = (
    "hours", "leave", "fixed", "nights", "weekends", "rest", "week", "limits", "skill", "shifts",
)  # fmt: skip
"""What can be let go in turn, in the order in which equals are named."""

RULES_OF_LINES: frozenset[Resource] = frozenset({"nights", "weekends", "rest", "week", "limits"})
"""Those that are rules of a line and nothing else."""

WEEK_MINUTES = 40 * 60
"""Weekly minutes of who is away all the time and whose contract nobody else's tells."""


def limits_something(problem: Problem, resource: Resource) -> bool:
    """Whether letting go of it could change anything in a problem."""
    if resource == "skill":
        return len({officer.skills for officer in problem.officers}) > 1 or bool(unheld(problem))
    if resource == "shifts":
        return bool(problem.shifts)
    if resource == "leave":
        return any(officer.unavailable for officer in problem.officers)
    if resource == "fixed":
        return any(officer.days for officer in problem.officers)
    if resource == "limits":
        return any(officer.limits for officer in problem.officers)
    return any(_is_of(rule, resource) for rule in problem.rules)


def relaxed(problem: Problem, resource: Resource) -> Problem:
    """The problem without a limit of this sort."""
    if resource == "skill":
        return with_every_skill(problem)
    if resource == "shifts":
        return replace(problem, shifts=tuple(_shifts_round_the_clock(problem)))
    rules = tuple(rule for rule in problem.rules if not _is_of(rule, resource))
    officers = problem.officers
    if resource == "leave":
        officers = tuple(_returned(problem, officer) for officer in officers)
    return replace(problem, rules=rules, officers=officers)


def with_more_hours(problem: Problem, skill: str, minutes: int) -> Problem:
    """The problem with so many more minutes, over the period, of somebody who holds a skill.

    Of who holds it one of those with the fewest skills: counts of officers know the hours of who is
    alike only together.
    """
    officers = list(problem.officers)
    able = [number for number, officer in enumerate(officers) if skill in officer.skills]
    if not able:
        return problem
    at = min(able, key=lambda number: len(officers[number].skills))
    officers[at] = replace(officers[at], most_minutes=officers[at].most_minutes + minutes)
    return replace(problem, officers=tuple(officers))


def unheld(problem: Problem) -> tuple[str, ...]:
    """Skills that are asked for and that nobody holds, alone or with others, sorted."""
    held = frozenset[str]().union(*(officer.skills for officer in problem.officers))
    asked = [cover.skills for cover in problem.cover if cover.required.any()]
    return tuple(sorted({min(skills) for skills in asked if not skills & held}))


def with_every_skill(problem: Problem) -> Problem:
    """The problem in which everybody holds every skill that is asked for."""
    asked = frozenset[str]().union(
        *(cover.skills for cover in problem.cover), *(shift.skills for shift in problem.shifts)
    )
    people = tuple(replace(each, skills=each.skills | asked) for each in problem.officers)
    return replace(problem, officers=people)


def _is_of(rule: object, resource: Resource) -> bool:
    return isinstance(rule, LineRule) and rule.is_hard and rule.resource == resource


def _shifts_round_the_clock(problem: Problem) -> Iterator[Shift]:
    """The shifts there are, and each length of them at every hour, of the kind nearest in time."""
    yield from problem.shifts
    lengths = sorted({shift.minutes for shift in problem.shifts})
    there = {(shift.start, shift.minutes) for shift in problem.shifts}
    for minutes in {lengths[0], lengths[-1]}:
        for start in range(0, MINUTES_A_DAY, 60):
            if (start, minutes) not in there:
                near = min(problem.shifts, key=lambda shift: _apart(shift.start, start))
                yield Shift(f"+{start}+{minutes}", near.kind, start, minutes, near.skills)


def _apart(one: int, other: int) -> int:
    around = (one - other) % MINUTES_A_DAY
    return min(around, MINUTES_A_DAY - around)


def _returned(problem: Problem, officer: Officer) -> Officer:
    """The officer without times away, with the hours that whole days away took off the contract."""
    midnights = problem.midnights
    away = sum(
        any(span.start <= begin and end <= span.end for span in officer.unavailable)
        for begin, end in zip(midnights[:-1].tolist(), midnights[1:].tolist(), strict=True)
    )
    there = problem.days - away
    if not there:
        most = max((each.most_minutes for each in problem.officers), default=0)
        most = max(most, WEEK_MINUTES * problem.days // 7)
    else:
        most = int(np.ceil(officer.most_minutes * problem.days / there))
    return replace(officer, unavailable=(), most_minutes=most)
