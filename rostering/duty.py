"""What a tour of duty is: a template, that template on a day, and stretches of time.

Time: an *instant* is whole minutes since 1970-01-01T00:00Z, so rest and hours are elapsed time
and clock changes need no special case. A *day* is a local calendar day counted from the first day
of the rota period: 0 is that day, −1 the day before. A shift belongs to the day it starts on.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

REST = -1
"""The choice of an officer-day on which no shift starts."""

MINUTES_A_DAY = 1440

Choices = npt.NDArray[np.int16]
"""One choice per officer and day, shape (officers, days): an index of `Problem.shifts`, or REST."""


@dataclass(frozen=True, slots=True)
class Shift:
    """A shift template: what a tour of duty looks like on any day.

    Attributes:
        code: its name within the problem.
        kind: early, day, late, night, or a kind of the force's own.
        start: local start, minutes after midnight, 0–1439.
        minutes: length by the clock on the wall, refreshment included; a night over a clock
            change is an hour longer or shorter in elapsed time.
        skills: what an officer must hold, all of it, to work this shift.
    """

    code: str
    kind: str
    start: int
    minutes: int
    skills: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Tour:
    """A dated shift of one officer: `start` and `end` are instants, `day` is a local day."""

    day: int
    code: str
    kind: str
    start: int
    end: int

    @property
    def minutes(self) -> int:
        """Elapsed minutes from start to end."""
        return self.end - self.start


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time between two instants; it touches whatever overlaps it by a minute."""

    start: int
    end: int
