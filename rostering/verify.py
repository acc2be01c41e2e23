"""What a roster breaks and what it costs, told by the rules' own checks, without OR-Tools."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import groupby

from rostering.problem import Problem, Roster
from rostering.rules.base import Breach, LineRule, Rule


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the rules say of a roster.

    Attributes:
        hard: breaches of hard rules that nobody authorised; empty for a lawful roster.
        priced: breaches of soft rules.
        points: points per code of soft rule; their sum is the roster's objective.
        authorised: breaches of hard rules that may stand.
    """

    hard: tuple[Breach, ...]
    priced: tuple[Breach, ...]
    points: Mapping[str, int]
    authorised: tuple[Breach, ...] = ()

    @property
    def is_legal(self) -> bool:
        """Tell whether no hard rule is broken but where that was authorised."""
        return not self.hard

    @property
    def objective(self) -> int:
        """Points of every soft rule together; less is better."""
        return sum(self.points.values())


def verify(problem: Problem, roster: Roster) -> Verdict:
    """Check every rule of the problem on a roster."""
    hard: list[Breach] = []
    priced: list[Breach] = []
    points: dict[str, int] = {}
    for rule in problem.rules:
        breaches = list(rule.check(problem, roster))
        if rule.is_hard:
            hard += breaches
        else:
            priced += breaches
            points[rule.code] = points_of(rule, breaches)
    allowed = [breach for breach in hard if is_authorised(problem, breach)]
    hard = [breach for breach in hard if breach not in allowed]
    return Verdict(tuple(hard), tuple(priced), points, tuple(allowed))


def is_authorised(problem: Problem, breach: Breach) -> bool:
    """Tell whether a breach of a hard rule may stand."""
    days = {tour.day for tour in breach.tours}
    return any(
        each.allows(breach.officer, breach.rule, days, breach.excess) for each in problem.authorised
    )


def points_of(rule: Rule, breaches: Iterable[Breach]) -> int:
    """Points of a soft rule's breaches: of a line rule per officer, of others per breach."""
    if not isinstance(rule, LineRule):
        return sum(rule.points(breach.excess) for breach in breaches)
    by_officer = groupby(breaches, key=lambda breach: breach.officer)
    return sum(rule.points(sum(b.excess for b in group)) for _, group in by_officer)
