"""What managers weigh when they ask for a roster: a few dials, each in plain words.

A dial turns the prices of the rules that name it (`Rule.dial`). Each stands at a level; what is
not said stays as the rulebook sets it. Hard rules have no dial. Levels are whole numbers and a
half: where one dial stands at the half, everything else counts twice, so that points stay whole.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Literal

from rostering.rules.base import Dial, Rule, Turn
from rostering.rules.stability import Stability

Level = Literal["off", "little", "as_set", "much", "most"]

AS_SET: Level = "as_set"

LEVELS: Mapping[Level, tuple[str, Fraction]] = MappingProxyType(
    {
        "off": ("Off", Fraction(0)),
        "little": ("A little", Fraction(1, 2)),
        "as_set": ("As set", Fraction(1)),
        "much": ("Much", Fraction(2)),
        "most": ("Most", Fraction(4)),
    }
)
"""Levels with their words, and by what the prices of the rulebook are multiplied."""


@dataclass(frozen=True, slots=True)
class About:
    """What a dial is, for people.

    Attributes:
        title: its name.
        words: what it turns, as a sentence.
        least: the lowest level that it may stand at.
    """

    title: str
    words: str
    least: Level = "off"


DIALS: Mapping[Dial, About] = MappingProxyType(
    {
        "shortage": About(
            "People missing",
            "What a missing person costs, by the calls that are late or lost without them.",
            "little",
        ),
        "preferences": About("Wishes", "What a wish that is not met costs, by its points."),
        "fairness": About(
            "Fairness",
            "What it costs that somebody has more nights, weekends, unsocial hours or holidays "
            "than their share.",
        ),
        "fatigue": About(
            "Fatigue", "What tires: early starts, long nights, runs, short sleep, few weekends."
        ),
        "stability": About(
            "Changes", "What it costs that a day becomes something else than was told."
        ),
        "notice": About(
            "Short notice",
            "What comes on top where a change is told late, takes a rest day or makes a duty "
            "longer.",
        ),
    }
)
"""Every dial, in the order in which people read them."""

ON_WHAT_WAS_TOLD: frozenset[Dial] = frozenset({"stability", "notice"})
"""Dials that turn nothing where nobody has been told anything yet."""

Levels = Mapping[Dial, Level]


@dataclass(frozen=True)
class Dials:
    """How the dials of a problem stand.

    Attributes:
        levels: of the dials that are not as set.
        as_set: the rules of the problem at the prices of the rulebook, in the same order.
    """

    levels: Levels
    as_set: tuple[Rule, ...]


def levels_of(dial: Dial) -> tuple[Level, ...]:
    """The levels that a dial may stand at, the lowest first."""
    least = LEVELS[DIALS[dial].least][1]
    return tuple(level for level, (_, factor) in LEVELS.items() if factor >= least)


def factor_of(levels: Levels, dial: Dial | None) -> Fraction:
    """By what a dial multiplies the prices of the rulebook; 1 for what has no dial."""
    return LEVELS[levels.get(dial, AS_SET) if dial else AS_SET][1]


def turn_of(levels: Levels) -> Turn:
    """The whole numbers that prices are multiplied by."""
    scale = max((LEVELS[level][1].denominator for level in levels.values()), default=1)
    times = {dial: int(LEVELS[level][1] * scale) for dial, level in levels.items()}
    return Turn(times, scale)


def turned(rules: Iterable[Rule], levels: Levels) -> tuple[Rule, ...]:
    """The rules at the prices that the dials give them."""
    turn = turn_of(levels)
    return tuple(rule.turned(turn) for rule in rules)


def moved(levels: Levels) -> dict[Dial, Level]:
    """The dials that are not as set, in their order."""
    return {dial: levels[dial] for dial in DIALS if levels.get(dial, AS_SET) != AS_SET}


def dials_in(rules: Iterable[Rule]) -> tuple[Dial, ...]:
    """The dials that turn the price of any of these rules, in their order."""
    priced = [rule for rule in rules if not rule.is_hard and not rule.is_only_told]
    named = {rule.dial for rule in priced}
    if any(isinstance(rule, Stability) for rule in priced):
        named.add("notice")
    return tuple(dial for dial in DIALS if dial in named)
