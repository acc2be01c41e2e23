"""What a roster costs, and where: its points by dial and rule, by day, by team, and the dearest.

Points are those of the problem's own prices, so that they add up to its objective. Beside them
stand the points at the prices of the rulebook (`as_set`), by which rosters made with different
dials can be compared.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

import numpy as np

from rostering.dials import DIALS, turn_of
from rostering.prices.by_rule import rule_prices
from rostering.prices.counted import counts, teams
from rostering.prices.one_by_one import items_of
from rostering.prices.values import (
    Counts,
    DialPrice,
    Item,
    PriceList,
    RulePrice,
    TeamPrice,
)
from rostering.rules.base import Dial
from rostering.standing import Standing

__all__ = ["Counts", "DialPrice", "Item", "PriceList", "RulePrice", "TeamPrice", "price_list"]

DEAREST = 12
"""How many of the dearest things are told."""


def price_list(standing: Standing) -> PriceList:
    """Work out what a roster costs."""
    problem = standing.problem
    levels = problem.dials.levels if problem.dials else {}
    items = items_of(standing)
    by_day = np.zeros(problem.days, dtype=np.int64)
    loose = 0
    for item in items:
        if item.day is not None and 0 <= item.day < problem.days:
            by_day[item.day] += item.points
        else:
            loose += item.points
    dearest = sorted((item for item in items if item.points), key=lambda item: -item.points)
    return PriceList(
        levels=levels,
        scale=turn_of(levels).scale,
        dials=tuple(_by_dial(rule_prices(standing))),
        counts=counts(standing),
        dearest=tuple(dearest[:DEAREST]),
        by_day=tuple(by_day.tolist()),
        of_no_day=loose,
        teams=tuple(teams(standing)),
    )


def _by_dial(prices: Iterable[RulePrice]) -> Iterator[DialPrice]:
    found: dict[Dial | None, list[RulePrice]] = defaultdict(list)
    for price in prices:
        found[price.dial].append(price)
    for dial in (*DIALS, None):
        if dial in found:
            yield DialPrice(dial, tuple(found[dial]))
