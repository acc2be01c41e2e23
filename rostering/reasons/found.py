"""What was found of ways to meet a wish."""

from __future__ import annotations

from dataclasses import dataclass

from rostering.effect import Effect
from rostering.tally import Change


@dataclass(frozen=True)
class Way:
    """A way to meet a wish.

    Attributes:
        changes: officer-days and what they become, the officer's own first.
        effect: what it makes of the roster.
    """

    changes: tuple[Change, ...]
    effect: Effect

    @property
    def points(self) -> int:
        """Points that it adds to the roster."""
        return self.effect.points


@dataclass(frozen=True)
class Found:
    """What was found of ways to meet a wish.

    Attributes:
        own: the best lawful way without anybody else; None where none was found.
        shared: the best one in which somebody else gives way; None where none was found.
        could_take: others who could lawfully take over a shift that is given up.
        could_exchange: others who could lawfully exchange such a shift for one of theirs.
        is_impossible: whether it is proved that no lawful line of the officer's meets the wish,
            whatever the officer's other days become.
    """

    own: Way | None
    shared: Way | None
    could_take: int = 0
    could_exchange: int = 0
    is_impossible: bool = False

    @property
    def best(self) -> Way | None:
        """The way that costs least; of equals the one that asks nothing of others."""
        ways = [way for way in (self.own, self.shared) if way is not None]
        return min(ways, key=lambda way: way.points, default=None)
