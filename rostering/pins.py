"""Pins that cannot all be kept: told by the rules' own checks, before any search."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterator

import numpy as np

from rostering.allowed import Allowed
from rostering.effect import difference
from rostering.problem import Officer, Problem, Tour
from rostering.standing import line_breaches, line_rules_of
from rostering.words import day_words


def contradictions(problem: Problem, officers: Collection[str]) -> Iterator[str]:
    """Say of some officers why their fixed days cannot all be kept, a sentence each.

    Whatever stands on the other days, a rule that the fixed ones alone break stays broken: hours
    that are lacking may still come, too many or too little rest between two of them may not.

    Args:
        problem: the problem, pins among its fixed days.
        officers: ids of the officers to look at.
    """
    people = tuple(each for each in problem.officers if each.id in officers)
    there = dataclasses.replace(problem, officers=people, bonds=())
    allowed = Allowed.of(there)
    titles = {rule.code: rule.title for rule in problem.rules}
    rules = tuple(rule for rule in line_rules_of(problem) if rule.is_hard)
    for row, officer in enumerate(people):
        for day in np.flatnonzero(~allowed.rest[row] & ~allowed.shifts[row].any(axis=1)).tolist():
            yield (
                f"{officer.name} can have no shift that is asked for on {day_words(problem, day)}."
            )
        line = (*officer.history, *_fixed(problem, officer))
        bare = list(line_breaches(problem, officer, officer.history, rules))
        broken = difference(bare, line_breaches(problem, officer, line, rules))[0]
        yield from (f"{titles[breach.rule]}: {breach.words}" for breach in broken)


def _fixed(problem: Problem, officer: Officer) -> Iterator[Tour]:
    """The tours of days on which only one shift can stand."""
    for day, fixed in sorted(officer.days.items()):
        can = [index for index, shift in enumerate(problem.shifts) if fixed.allows(shift)]
        if len(can) == 1:
            yield problem.tour(day, can[0])
