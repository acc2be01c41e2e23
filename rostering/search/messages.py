"""What the searching children and whoever waits for them tell each other over a pipe."""

from __future__ import annotations

from dataclasses import dataclass

from rostering.problem import Choices
from rostering.tally import Change


@dataclass(frozen=True, slots=True)
class Found:
    """A child has a whole roster, in which the lines of `unlawful` officers break a hard rule."""

    choices: Choices
    unlawful: frozenset[int]


@dataclass(frozen=True, slots=True)
class Changed:
    """A child would change these officer-days of the roster it was last given."""

    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Bounded:
    """No lawful roster costs less; where `is_best`, the child's last roster costs just that."""

    bound: float
    is_best: bool = False


@dataclass(frozen=True, slots=True)
class Incumbent:
    """The best roster of all, for a child to go on from."""

    choices: Choices


Message = Found | Changed | Bounded
