"""Why there is no lawful roster: price what is hard, solve again, read the breaches."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from time import monotonic
from typing import Any

import numpy as np

from rostering.allowed import Allowed
from rostering.compiled.anneal import Annealer
from rostering.cover_grid import Counting
from rostering.nearest import first_told
from rostering.problem import Officer, Problem, Roster
from rostering.rules.base import Breach, LineRule
from rostering.search.lines import first_line, has_line
from rostering.verify import verify
from rostering.words import count_words, listed_words

ROUNDS = 20
"""Rounds of annealing before the solver is asked; a line is mostly lawful after two or three."""

ASKED_FOR = ("unavailability", "officer_days", "contracted_hours")
"""Rules that say what is asked of one officer; of rules that contradict each other these are named
rather than others that would do as well."""

_UNASKED: dict[str, Any] = {
    "team": None,
    "preferences": (),
    "long_wishes": (),
    "wish_percent": 100,
    "portions": (),
}
"""What no hard rule asks of an officer."""


def impossible_words(problem: Problem, seconds: float) -> Iterator[str]:
    """Say who can have no lawful line, or that everybody can have one alone.

    Args:
        problem: what no lawful roster was found for.
        seconds: for finding it out.
    """
    sentences = impossible_lines(problem, seconds)
    yield from first_told(sentences, "officer like this", "officers like this")
    if not sentences:
        yield "Everybody can have a lawful line alone: a longer search may find them together."


@dataclass(frozen=True, slots=True)
class _Impossible:
    """Why one officer can have no lawful line: rules that contradict, and the nearest's breach."""

    rules: tuple[str, ...]
    breach: Breach


def impossible_lines(problem: Problem, seconds: float = math.inf) -> list[str]:
    """Say for each officer whose line cannot be lawful which rules contradict each other.

    Officers on the same contract, terms, history and absences are tried once. Cover and bonds are
    left out: only a line's own rules are asked.

    Args:
        problem: whose officers.
        seconds: how long; one sort of officer is looked at in any case, and how many could not be
            is told in a last sentence.

    Returns:
        one sentence per officer; empty when every officer can have a lawful line.
    """
    until = monotonic() + seconds
    alone = replace(problem, cover=(), shift_cover=(), bonds=(), rules=_hard_line_rules(problem))
    tried: dict[str, _Impossible | None] = {}
    sentences: list[str] = []
    doubtful = _without_a_lawful_line_yet(alone)
    for number, officer in enumerate(doubtful):
        likeness = repr(replace(officer, id="", name="", **_UNASKED))
        if likeness not in tried:
            if tried and monotonic() > until:
                left = count_words(len(doubtful) - number, "more officer")
                sentences.append(f"There was no time to look at {left}.")
                break
            tried[likeness] = _impossible(replace(alone, officers=(officer,)), until)
        why = tried[likeness]
        if why is not None:
            sentences.append(_sentence(problem, officer, why))
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


def _impossible(problem: Problem, until: float) -> _Impossible | None:
    """Why a problem of one officer has no lawful line; None if it has one."""
    breach = _worst_breach(problem)
    return None if breach is None else _Impossible(_contradicting(problem, until), breach)


def _worst_breach(problem: Problem) -> Breach | None:
    """The largest breach of the nearest line of a problem of one officer; None if it has none."""
    counting = Counting.of(problem)
    line = first_line(counting, counting.empty(), 0, Allowed.of(problem))
    if line.is_lawful:
        return None
    roster = Roster.from_choices(problem, line.row[np.newaxis])
    return max(verify(problem, roster).hard, key=lambda breach: breach.excess, default=None)


def _contradicting(problem: Problem, until: float) -> tuple[str, ...]:
    """Titles of rules that cannot be kept together, none of which could be left out.

    Rules are left out one after the other as long as no line keeps the rest (a deletion filter,
    J. W. Chinneck and E. W. Dravnieks, Locating minimal infeasible constraint sets, 1991).
    """
    kept = sorted(problem.rules, key=lambda rule: rule.code in ASKED_FOR)
    for rule in tuple(kept):
        if monotonic() > until:
            return ()
        fewer = [each for each in kept if each is not rule]
        if not _has_a_line(replace(problem, rules=tuple(fewer))):
            kept = fewer
    return tuple(rule.title for rule in kept)


def _has_a_line(problem: Problem) -> bool:
    return has_line(Counting.of(problem), 0, Allowed.of(problem))


def _sentence(problem: Problem, officer: Officer, why: _Impossible) -> str:
    words = why.breach.words
    if why.breach.officer is not None:
        told = problem.officers[problem.officer_index[why.breach.officer]].name
        words = officer.name + words.removeprefix(told)
    return (
        f"No lawful line exists for {officer.name}{_together(why.rules)}. In the nearest one, "
        f"{words}"
    )


def _together(titles: tuple[str, ...]) -> str:
    """Which rules contradict each other, as it goes on after a name."""
    if not titles:
        return ""
    if len(titles) == 1:
        return f": the rule {titles[0]} cannot be kept whatever the line"
    return f": {listed_words(titles)} cannot {'both' if len(titles) == 2 else 'all'} be kept"
