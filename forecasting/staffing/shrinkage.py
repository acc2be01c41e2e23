"""Shrinkage: paid time in which nobody can answer a call, in named parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forecasting.errors import InputError


@dataclass(frozen=True, slots=True)
class ShrinkagePart:
    """One reason why paid time does not answer calls.

    Attributes:
        name: leave, sickness, training, breaks …
        share: of rostered time if `in_shift`, else of paid time; ≥ 0 and < 1.
        in_shift: whether it happens on a rostered shift (breaks, meetings, sickness on short
            notice). What is known before the roster is made (leave, courses) is not: the roster
            itself leaves those officers out, and counting them again would ask for too many.

    Raises:
        InputError: a share out of its range.
    """

    name: str
    share: float
    in_shift: bool

    def __post_init__(self) -> None:
        if not 0 <= self.share < 1:
            raise InputError(f"shrinkage by {self.name} must be 0 to below 1, not {self.share:g}.")


ASSUMED_SHRINKAGE = (
    ShrinkagePart("leave", 0.13, in_shift=False),
    ShrinkagePart("training", 0.04, in_shift=False),
    ShrinkagePart("planned sickness", 0.03, in_shift=False),
    ShrinkagePart("breaks", 0.09, in_shift=True),
    ShrinkagePart("briefings", 0.02, in_shift=True),
    ShrinkagePart("short-notice sickness", 0.02, in_shift=True),
)
"""Assumed until a force gives its own: about 45 minutes of refreshment in 8 hours and 25 to 30
days of leave a year are rules; the other parts are round guesses."""


def in_shift_shrinkage(parts: Sequence[ShrinkagePart]) -> float:
    """Share of rostered time that does not answer calls: the in-shift parts, which add up.

    Raises:
        InputError: nothing of the shift would be left.
    """
    return _total([part for part in parts if part.in_shift])


def off_shift_shrinkage(parts: Sequence[ShrinkagePart]) -> float:
    """Share of paid time that is not rostered: the other parts, which add up.

    Raises:
        InputError: no paid time would be left.
    """
    return _total([part for part in parts if not part.in_shift])


def total_shrinkage(parts: Sequence[ShrinkagePart]) -> float:
    """Share of paid time that does not answer calls, for head counts and budgets.

    Parts off shift are shares of paid time; what they leave is rostered, and the in-shift parts
    are shares of that.

    Raises:
        InputError: no paid time would be left.
    """
    return 1 - (1 - off_shift_shrinkage(parts)) * (1 - in_shift_shrinkage(parts))


def rostered(needed: npt.ArrayLike, shrinkage: npt.ArrayLike) -> npt.NDArray[np.int64]:
    """People to roster so that `needed` answer calls: ceil(needed / (1 − shrinkage)).

    A quotient within 1e-9 of a whole number is that number: 21 people at 30 % are 30, not 31.

    Args:
        needed: people on the phones, ≥ 0.
        shrinkage: share of rostered time lost, ≥ 0 and < 1; broadcasts.
    """
    people = np.asarray(needed, np.float64) / (1 - np.asarray(shrinkage, np.float64))
    return np.ceil(people - 1e-9 * np.maximum(people, 1)).astype(np.int64)


def blended(loads: Sequence[npt.ArrayLike], shares: Sequence[float]) -> npt.NDArray[np.float64]:
    """One share for a set of queues: the mean of theirs by offered load, 0 without any.

    Args:
        loads: per queue its offered load, arrays of one shape.
        shares: per queue the share of rostered time lost.

    Returns:
        The share lost, of that shape.
    """
    weights = np.stack([np.asarray(load, np.float64) for load in loads])
    total = weights.sum(axis=0)
    lost = np.tensordot(np.asarray(shares, np.float64), weights, 1)
    return np.asarray(np.divide(lost, total, out=np.zeros_like(total), where=total > 0))


def _total(parts: Sequence[ShrinkagePart]) -> float:
    total = sum(part.share for part in parts)
    if total >= 1:
        names = ", ".join(part.name for part in parts)
        raise InputError(f"shrinkage by {names} adds up to {total:.0%}: nothing would be left.")
    return total
