"""Which choices an officer-day has at all."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from rostering.problem import REST, Choices, Problem
from rostering.rules.base import Count, Of, hard_primitives


@dataclass(frozen=True)
class Allowed:
    """What no hard rule forbids whatever the rest of the line is.

    Attributes:
        shifts: shape (officers, days, shifts).
        rest: shape (officers, days).
    """

    shifts: npt.NDArray[np.bool_]
    rest: npt.NDArray[np.bool_]

    @property
    def movable(self) -> npt.NDArray[np.bool_]:
        """Officer-days with more than one choice, shape (officers, days)."""
        movable: npt.NDArray[np.bool_] = (self.shifts.sum(axis=2) + self.rest) > 1
        return movable

    def empty(self) -> Choices:
        """A roster of rest days and of what is fixed; of a fixed kind, its first shift."""
        if not self.shifts.shape[2]:
            return np.full(self.rest.shape, REST, dtype=np.int16)
        first = np.where(self.shifts.any(axis=2), self.shifts.argmax(axis=2), REST)
        return np.where(self.rest, REST, first).astype(np.int16)

    def nearest(self, choices: Choices) -> Choices:
        """A roster in which each choice that is not allowed gives way to one that is."""
        if not self.shifts.shape[2]:
            return self.empty()
        kept = np.where(
            choices == REST,
            self.rest,
            np.take_along_axis(self.shifts, np.maximum(choices, 0)[..., None], axis=2)[..., 0],
        )
        return np.where(kept, choices, self.empty()).astype(np.int16)

    @classmethod
    def of(cls, problem: Problem) -> Allowed:
        """Read times away, missing skills and fixed officer-days out of the hard rules.

        They say themselves as a count of at most none, or of at least one on a single day; no
        rule is known here by name.
        """
        size = (len(problem.officers), problem.days, len(problem.shifts))
        shifts, rest = np.ones(size, dtype=bool), np.ones(size[:2], dtype=bool)
        known: dict[Of, npt.NDArray[np.bool_]] = {}  # what one may not work, others may not either
        for index, officer in enumerate(problem.officers):
            for count in hard_primitives(problem, officer):
                if not isinstance(count, Count) or count.measure != "tours":
                    continue
                if count.of not in known:
                    known[count.of] = _cells(problem, count.of)
                cells = known[count.of]
                if count.most == 0:
                    shifts[index] &= ~cells
                elif count.least and cells.any(axis=1).sum() == 1:
                    day = int(cells.any(axis=1).argmax())
                    shifts[index, day] &= cells[day]
                    rest[index, day] = False
        return cls(shifts, rest)


def _cells(problem: Problem, of: Of) -> npt.NDArray[np.bool_]:
    cells = np.zeros((problem.days, len(problem.shifts)), dtype=bool)
    for day in range(problem.days) if of.days is None else of.days & {*range(problem.days)}:
        cells[day] = [of.has(tour) for tour in problem.tours[day]]
    return cells
