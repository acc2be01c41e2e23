"""Why there is no lawful roster: price what is hard, solve again, read the breaches."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from rostering.allowed import Allowed
from rostering.compiled.anneal import Annealer
from rostering.cover_grid import Counting
from rostering.problem import Officer, Problem, Roster
from rostering.rules.base import Breach, LineRule
from rostering.search.lines import first_line
from rostering.verify import verify

ROUNDS = 20
"""Rounds of annealing before the solver is asked; a line is mostly lawful after two or three."""


def impossible_lines(problem: Problem) -> list[str]:
    """Say for each officer whose line cannot be lawful what the nearest line would break.

    Officers on the same contract, terms, history and absences are tried once. Cover and bonds are
    left out: only a line's own rules are asked.

    Returns:
        one sentence per officer; empty when every officer can have a lawful line.
    """
    rules = _hard_line_rules(problem)
    alone = replace(problem, cover=(), shift_cover=(), bonds=(), rules=rules)
    tried: dict[str, Breach | None] = {}
    sentences = []
    for officer in _without_a_lawful_line_yet(alone):
        likeness = repr(replace(officer, id="", name="", team=None, preferences=(), long_wishes=()))
        if likeness not in tried:
            tried[likeness] = _worst_breach(replace(alone, officers=(officer,)))
        breach = tried[likeness]
        if breach is not None:
            sentences.append(_sentence(problem, officer, breach))
    return sentences


def _without_a_lawful_line_yet(problem: Problem) -> list[Officer]:
    """Officers for whom a little annealing finds no lawful line; most are found one at once."""
    allowed = Allowed.of(problem)
    counting = Counting.of(problem)
    annealer = Annealer(counting, allowed, allowed.empty(), seed=0)
    for _ in range(ROUNDS):
        annealer.run(100 * len(problem.officers), 1.0, 1.0)
        if not annealer.lacking.any():
            break
    return [problem.officers[index] for index in np.flatnonzero(annealer.lacking)]


def _hard_line_rules(problem: Problem) -> tuple[LineRule, ...]:
    return tuple(rule for rule in problem.rules if rule.is_hard and isinstance(rule, LineRule))


def _worst_breach(problem: Problem) -> Breach | None:
    """The largest breach of the nearest line of a problem of one officer; None if it has none."""
    counting = Counting.of(problem)
    line = first_line(counting, counting.empty(), 0, Allowed.of(problem))
    if line.is_lawful:
        return None
    roster = Roster.from_choices(problem, line.row[np.newaxis])
    return max(verify(problem, roster).hard, key=lambda breach: breach.excess, default=None)


def _sentence(problem: Problem, officer: Officer, breach: Breach) -> str:
    words = breach.words
    if breach.officer is not None:
        told = problem.officers[problem.officer_index[breach.officer]].name
        words = officer.name + words.removeprefix(told)
    return f"No lawful line exists for {officer.name}. In the nearest one, {words}"
