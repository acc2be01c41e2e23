"""How much a search may still do: until an instant, or so much counted work.

The clock never runs alike twice. Whoever asks for the same roster twice has work counted instead:
moves, lines and the solver's own deterministic time, each at what it takes on an ordinary core.
"""

from __future__ import annotations

from time import monotonic
from typing import Protocol

MOVE_SECONDS = 2e-6
"""Of a move of annealing."""

MODEL_SECONDS = 0.1
"""Of laying out a neighbourhood for the solver."""


class Pace(Protocol):
    """What is left of the time, by the clock or counted."""

    is_counted: bool

    @property
    def left(self) -> float:
        """Seconds left; below 0 once it is over."""
        ...

    def spend(self, seconds: float) -> None:
        """Note work that ordinarily takes so long; the clock knows by itself."""
        ...


class ByClock:
    """Until an instant of the machine's monotonic clock."""

    is_counted = False

    def __init__(self, until: float) -> None:
        self._until = until

    @property
    def left(self) -> float:
        """Seconds left by the clock."""
        return self._until - monotonic()

    def spend(self, seconds: float) -> None:
        """Nothing: time passes by itself."""


class ByWork:
    """So many seconds' worth of counted work, however long that takes."""

    is_counted = True

    def __init__(self, seconds: float) -> None:
        self.left = seconds

    def spend(self, seconds: float) -> None:
        """Count work."""
        self.left -= seconds


class Part:
    """A share of what is left of a pace."""

    def __init__(self, whole: Pace, share: float, most: float) -> None:
        self._whole = whole
        self.is_counted = whole.is_counted
        self.length = max(min(whole.left * share, most), 0.0)
        self._end = whole.left - self.length

    @property
    def left(self) -> float:
        """Seconds left of the part."""
        return self._whole.left - self._end

    @property
    def share_done(self) -> float:
        """How much of the part is done, from 0 to 1."""
        return 1.0 - max(self.left, 0.0) / self.length if self.length > 0 else 1.0

    def spend(self, seconds: float) -> None:
        """Count work."""
        self._whole.spend(seconds)
