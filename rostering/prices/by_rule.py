"""What each rule costs a roster, at the problem's prices and at those of the rulebook."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby

from rostering.cover_grid import CoverGrid
from rostering.prices.one_by_one import short_shifts
from rostering.prices.values import RulePrice
from rostering.problem import Told
from rostering.rules.base import Breach, Rule
from rostering.rules.cover import Covered
from rostering.rules.shift_cover import ShiftCovered
from rostering.rules.stability import Stability
from rostering.standing import Standing
from rostering.verify import points_of

ON_NOTICE = "Short notice, rest days taken, longer duties"
"""What the part of the price of a change is called that comes on top."""


def rule_prices(standing: Standing) -> Iterator[RulePrice]:
    """The price of every soft rule that costs anything when it is not kept, as they are read."""
    problem = standing.problem
    as_set = problem.dials.as_set if problem.dials else problem.rules
    found = _by_rule(standing)
    for rule, set_rule in zip(problem.rules, as_set, strict=True):
        if rule.is_hard or (rule.is_only_told and set_rule.is_only_told):
            continue
        if isinstance(rule, Stability) and isinstance(set_rule, Stability):
            yield from _prices_of_changes(standing, rule, set_rule)
            continue
        groups = found.get(rule.code, [])
        if isinstance(rule, Covered | ShiftCovered):
            points, set_points = _cover_points(standing, rule), _cover_points(standing, set_rule)
        else:
            points = sum(points_of(rule, group) for group in groups)
            set_points = sum(points_of(set_rule, group) for group in groups)
        times = sum(map(len, groups))
        yield RulePrice(rule.code, rule.title, rule.unit, rule.dial, times, points, set_points)


def _by_rule(standing: Standing) -> dict[str, list[tuple[Breach, ...]]]:
    """Breaches by rule, each group of one line or bond."""
    found: dict[str, list[tuple[Breach, ...]]] = defaultdict(list)
    for line in (*standing.lines, *standing.bonds):
        for code, group in groupby(line, key=lambda breach: breach.rule):
            found[code].append(tuple(group))
    return found


def _cover_points(standing: Standing, rule: Rule) -> int:
    """Points of cover at the weight of a rule."""
    weight = rule.weight if isinstance(rule.weight, int) else 0
    if isinstance(rule, Covered):
        return weight * sum(map(CoverGrid.cost, standing.counting.grids, standing.on_duty))
    return sum(weight * points for points, _ in short_shifts(standing))


def _prices_of_changes(
    standing: Standing, rule: Stability, set_rule: Stability
) -> Iterator[RulePrice]:
    """What changes of what was told cost, and apart what their notice costs on top."""
    changed = list(changed_days(standing))
    late = sum(bool(_notice_points(standing, set_rule, *each)) for each in changed)
    points = [_change_points(standing, rule, *each) for each in changed]
    set_points = [_change_points(standing, set_rule, *each) for each in changed]
    for at, title, dial, times in (
        (0, rule.title, rule.dial, len(changed)),
        (1, ON_NOTICE, "notice", late),
    ):
        yield RulePrice(
            rule.code,
            title,
            rule.unit,
            dial,
            times,
            sum(each[at] for each in points),
            sum(each[at] for each in set_points),
        )


def changed_days(standing: Standing) -> Iterator[tuple[int, int, Told]]:
    """Officer, day and what was told, of each told day that becomes something else."""
    for row, officer in enumerate(standing.problem.officers):
        for day, told in officer.told.items():
            shift = standing.shift(row, day)
            if (shift.code if shift else None) != told.shift:
                yield row, day, told


def _change_points(
    standing: Standing, rule: Stability, row: int, day: int, told: Told
) -> tuple[int, int]:
    """Points of a changed day: for the change, and for notice on top."""
    own = rule.on_terms_of(standing.problem.officers[row])
    weight = own.weight if own and isinstance(own.weight, int) else 0
    if own is None or not weight:
        return 0, 0
    shift = standing.shift(row, day)
    notice = own.notice_price(standing.problem, told, shift)
    return weight * (own.price(standing.problem, told, shift) - notice), weight * notice


def _notice_points(standing: Standing, rule: Stability, row: int, day: int, told: Told) -> int:
    return _change_points(standing, rule, row, day, told)[1]
