"""What a room needs: people by the interval or by the shift, and who works beside whom."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

import numpy as np
import numpy.typing as npt

from rostering.errors import InputError


@dataclass(frozen=True)
class Cover:
    """How many people a set of queues needs, interval by interval.

    Everyone on duty who holds any of `skills` counts. With one `Cover` for every non-empty set of
    queues that share staff, meeting all of them is the same as being able to seat everyone
    (Hall's condition), which counting people per queue is not.

    Attributes:
        queues: the queues it is about, for people to read.
        skills: whoever holds one of these counts.
        start: instant of the first interval.
        interval_minutes: length of an interval.
        required: people needed, shape (intervals,).
        shortage_points: points for the first, second … missing person of an interval; the last
            repeats. Never falling, so that a shortage is spread rather than piled up. One row for
            all intervals, or a row for each, shape (intervals, steps).
        surplus_points: points for each person more than needed.
        role: what whoever counts is, for sentences, where nobody's calls are asked for but somebody
            of a role, such as a supervisor; empty for queues.

    Raises:
        InputError: prices by the interval that are not as many as the intervals.
    """

    queues: tuple[str, ...]
    skills: frozenset[str]
    start: int
    interval_minutes: int
    required: npt.NDArray[np.int32]
    shortage_points: tuple[int, ...] | npt.NDArray[np.int32] = (20, 30, 40)
    surplus_points: int = 0
    role: str = ""

    def __post_init__(self) -> None:
        priced = self.shortage_points
        rows = None if isinstance(priced, tuple) else priced.shape
        if rows is not None and (len(rows) != 2 or rows[0] != len(self.required) or not rows[1]):
            raise InputError("Prices of a shortage are one row, or a row for each interval.")

    @property
    def end(self) -> int:
        """Instant at which the last interval ends."""
        return self.start + self.interval_minutes * len(self.required)

    def steps_at(self, interval: int) -> tuple[int, ...]:
        """Points for the first, second … missing person of one interval."""
        if isinstance(self.shortage_points, tuple):
            return self.shortage_points
        return tuple(self.shortage_points[interval].tolist())

    def since(self, instant: int) -> Cover:
        """The need from the first interval on that does not begin before an instant."""
        skipped = max(-(-(instant - self.start) // self.interval_minutes), 0)
        priced = self.shortage_points
        return replace(
            self,
            start=self.start + skipped * self.interval_minutes,
            required=self.required[skipped:],
            shortage_points=priced if isinstance(priced, tuple) else priced[skipped:],
        )


@dataclass(frozen=True, slots=True)
class ShiftCover:
    """How many people one shift of one day needs, as published instances ask it."""

    day: int
    shift: str
    required: int
    shortage_points: int
    surplus_points: int


BondKind = Literal["with", "together", "apart", "wished_with", "wished_apart"]
"""On duty beside one of the others; beside each other; never at the same time; and the first and
the third of these as somebody's wish."""


@dataclass(frozen=True, slots=True)
class Bond:
    """What is asked of officers who work near each other, such as a student and their tutors.

    Attributes:
        kind: `with`, the officer is on duty with one of the others, whichever; `together`, the
            officer and each of the others are on duty with each other; `apart`, the officer is
            not on duty with any of the others; `wished_with` and `wished_apart`, the officer
            would like that.
        officer: id of the officer it is about.
        others: ids of the others, each once, without the officer.
        minutes: minutes of a tour by which it may be missed.
        first, last: days from and to which it holds, both included, of the tours that start on
            them; None where it has held before the period, or holds beyond it.
        role: what the others are to the officer, for sentences: a tutor, a companion.
        unit: minutes missed that are one unit of excess; of a wish, those that lose a point.

    Raises:
        InputError: without others, without minutes in a unit, or with the officer or one of them
            named twice.
    """

    kind: BondKind
    officer: str
    others: tuple[str, ...]
    minutes: int = 0
    first: int | None = None
    last: int | None = None
    role: str = "companion"
    unit: int = 15

    def __post_init__(self) -> None:
        if not self.others:
            raise InputError("A bond needs one other officer or more.")
        if self.unit < 1:
            raise InputError("A bond counts in units of a minute or more.")
        if len({self.officer, *self.others}) <= len(self.others):
            raise InputError("A bond names an officer twice.")

    def holds_on(self, day: int) -> bool:
        """Tell whether tours that start on a day are held to it."""
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)
