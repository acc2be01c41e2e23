"""What a roster costs, as frozen data."""

from __future__ import annotations

from dataclasses import dataclass

from rostering.dials import Levels, factor_of
from rostering.rules.base import Dial


@dataclass(frozen=True, slots=True)
class RulePrice:
    """What one rule, or the part of one that a dial turns, costs a roster.

    Attributes:
        code, title, unit: of the rule.
        dial: the dial that turns its price; None where none does.
        times: places where it is not kept; 0 where it is not told in places.
        points: at the problem's prices.
        as_set: at the prices of the rulebook.
    """

    code: str
    title: str
    unit: str
    dial: Dial | None
    times: int
    points: int
    as_set: int


@dataclass(frozen=True, slots=True)
class DialPrice:
    """What everything that one dial turns costs; None: what no dial turns."""

    dial: Dial | None
    rules: tuple[RulePrice, ...]

    @property
    def points(self) -> int:
        """At the problem's prices."""
        return sum(rule.points for rule in self.rules)

    @property
    def as_set(self) -> int:
        """At the prices of the rulebook."""
        return sum(rule.as_set for rule in self.rules)

    @property
    def times(self) -> int:
        """Places where its rules are not kept."""
        return sum(rule.times for rule in self.rules)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that costs points: what it is in words, and whom and which day it is about."""

    points: int
    words: str
    code: str
    officer: str | None = None
    day: int | None = None


@dataclass(frozen=True, slots=True)
class TeamPrice:
    """What the lines of a team cost.

    Attributes:
        name: of the team; empty for those who are in none.
        people: how many.
        points: of their lines and of what they wish of each other.
        wishes_met, wishes: about single days.
    """

    name: str
    people: int
    points: int
    wishes_met: int
    wishes: int


@dataclass(frozen=True, slots=True)
class Counts:
    """A roster in natural units.

    Attributes:
        short_minutes: person-minutes of cover missing.
        wishes, wishes_met: about single days.
        long_wishes, long_met: over several days; those that are met wholly.
        company, company_met: days on which somebody would like company, or none of somebody.
        told, changed: officer-days that were told, and those that become something else.
        soon, late: changes with fewer clear days of notice than the two bands ask.
        rests_taken: told rest days on which somebody works now.
    """

    short_minutes: int
    wishes: int
    wishes_met: int
    long_wishes: int
    long_met: int
    company: int
    company_met: int
    told: int
    changed: int
    soon: int
    late: int
    rests_taken: int


@dataclass(frozen=True)
class PriceList:
    """What a roster costs.

    Attributes:
        levels: of the dials that are not as set.
        scale: by what everything is multiplied that no dial turns.
        dials: by dial, in their order, what has none last.
        counts: in natural units.
        dearest: the dearest things, the dearest first.
        by_day: points by day of the period, shape (days,).
        of_no_day: points of what is about no single day.
        teams: by name.
    """

    levels: Levels
    scale: int
    dials: tuple[DialPrice, ...]
    counts: Counts
    dearest: tuple[Item, ...]
    by_day: tuple[int, ...]
    of_no_day: int
    teams: tuple[TeamPrice, ...]

    @property
    def points(self) -> int:
        """All points: the objective of the roster."""
        return sum(each.points for each in self.dials)

    @property
    def as_set(self) -> int:
        """All points at the prices of the rulebook."""
        return sum(each.as_set for each in self.dials)

    def of(self, dial: Dial | None) -> DialPrice:
        """What one dial turns."""
        return next((each for each in self.dials if each.dial == dial), DialPrice(dial, ()))

    def at(self, levels: Levels) -> float:
        """Points of this roster if the dials stood at these levels, at the rulebook's scale."""
        return float(sum(factor_of(levels, each.dial) * each.as_set for each in self.dials))
