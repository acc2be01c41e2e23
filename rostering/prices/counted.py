"""A roster in natural units: hours, wishes and changes; and team by team."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator

from rostering.prices.by_rule import changed_days
from rostering.prices.values import Counts, TeamPrice
from rostering.rules.long_wishes import LongWishes
from rostering.rules.stability import Stability
from rostering.standing import Standing

WISHED = frozenset({"wished_with", "wished_apart"})
"""Kinds of bonds that are somebody's wish."""


def counts(standing: Standing) -> Counts:
    """Count what a roster leaves short, meets and changes."""
    officers = standing.problem.officers
    met = [_wishes_met(standing, row) for row in range(len(officers))]
    told = Counter(_changes_told(standing))
    lost_wishes = sum(breach.rule == LongWishes.code for line in standing.lines for breach in line)
    long_wishes = sum(len(officer.long_wishes) for officer in officers)
    wished = [
        bool(found)
        for held, found in zip(standing.counting.bonds.in_force, standing.bonds, strict=True)
        if held.bond.kind in WISHED
    ]
    return Counts(
        short_minutes=standing.counting.missing_minutes(standing.choices),
        wishes=sum(len(officer.preferences) for officer in officers),
        wishes_met=sum(met),
        long_wishes=long_wishes,
        long_met=long_wishes - lost_wishes,
        company=len(wished),
        company_met=len(wished) - sum(wished),
        told=sum(len(officer.told) for officer in officers),
        changed=told["changed"],
        soon=told["soon"],
        late=told["late"],
        rests_taken=told["rest"],
    )


def _wishes_met(standing: Standing, row: int) -> int:
    wishes = standing.problem.officers[row].preferences
    return sum(standing.meets(row, wish) for wish in wishes)


def _changes_told(standing: Standing) -> Iterator[str]:
    """What each change of what was told counts as."""
    rule = next((each for each in standing.line_rules if isinstance(each, Stability)), Stability())
    for row, day, told in changed_days(standing):
        yield "changed"
        own = rule.on_terms_of(standing.problem.officers[row]) or rule
        if told.notice < own.late_days:
            yield "late"
        elif told.notice < own.soon_days:
            yield "soon"
        if told.shift is None and standing.shift(row, day) is not None:
            yield "rest"


def teams(standing: Standing) -> Iterator[TeamPrice]:
    """What the lines of each team cost, by name, who are in none last."""
    officers = standing.problem.officers
    points = [standing.line_points(row) for row in range(len(officers))]
    for number, held in enumerate(standing.counting.bonds.in_force):
        points[held.members[0]] += standing.bond_points(number)
    rows: dict[str, list[int]] = defaultdict(list)
    for row, officer in enumerate(officers):
        rows[officer.team or ""].append(row)
    for name, members in sorted(rows.items(), key=lambda item: (not item[0], item[0])):
        yield TeamPrice(
            name=name,
            people=len(members),
            points=sum(points[row] for row in members),
            wishes_met=sum(_wishes_met(standing, row) for row in members),
            wishes=sum(len(officers[row].preferences) for row in members),
        )
