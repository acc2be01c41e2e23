"""What the searching children and whoever waits for them tell each other over a pipe.

A child is told of the best roster only when it asks: nobody ever writes to a pipe that the other
end is not reading, so that neither side can wait for the other for ever.
"""

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
    """A child would change these officer-days of the roster it was given."""

    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Bounded:
    """No lawful roster costs less; where `is_best`, the child's last roster costs just that."""

    bound: float
    is_best: bool = False


@dataclass(frozen=True, slots=True)
class Ready:
    """A child waits for the best roster, to go on from it."""


@dataclass(frozen=True, slots=True)
class Incumbent:
    """The answer to `Ready`: the best roster of all."""

    choices: Choices


Message = Found | Changed | Bounded | Ready
