"""What is told of a stretch of counts that is hard to believe."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

import numpy as np

Kind: TypeAlias = Literal[
    "outage", "absent", "spike", "doubled", "copied", "shift", "hours", "clock"
]
"""Zeros where calls must have come; rows that are absent; a few intervals far too high; a day
counted twice; a day that repeats another; a level that jumps and stays; hours that are zero again
and again; a day's shape that lies hours off."""

Remedy: TypeAlias = Literal["accept", "exclude", "expected", "halve", "move"]
"""Leave the counts as they are; take them as not observed; put what was expected in their place;
halve them; move them by `Finding.moved` minutes."""

REMEDIES: dict[Kind, tuple[Remedy, ...]] = {
    "outage": ("exclude", "expected", "accept"),
    "absent": ("accept", "expected"),
    "spike": ("expected", "exclude", "accept"),
    "doubled": ("halve", "exclude", "accept"),
    "copied": ("exclude", "expected", "accept"),
    "shift": ("accept", "exclude"),
    "hours": ("accept", "exclude"),
    "clock": ("move", "exclude", "accept"),
}
"""What can be done about each kind, the suggested first."""


@dataclass(frozen=True)
class Finding:
    """A stretch of counts that is hard to believe.

    Attributes:
        kind: What is wrong.
        first: Place of its first interval in the series.
        after: Place after its last.
        observed: Calls counted in it.
        expected: Calls expected in it.
        words: The evidence in one sentence.
        surprise: −ln of the chance of so much from counts that are right; infinite where rows are
            absent.
        moved: Minutes by which the shape of a day lies late (+) or early (−); 0 for other kinds.
        may_be_real: Whether something large may have happened: then nothing is put right by guess.
    """

    kind: Kind
    first: int
    after: int
    observed: float
    expected: float
    words: str
    surprise: float = np.inf
    moved: int = 0
    may_be_real: bool = False

    @property
    def remedies(self) -> tuple[Remedy, ...]:
        """What can be done, the suggested first."""
        usual = REMEDIES[self.kind]
        if not self.may_be_real:
            return usual
        return ("exclude", *(each for each in usual if each != "exclude"))
