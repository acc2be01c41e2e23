"""Shrinkage in its parts and the people to roster for it."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forecasting.errors import InputError
from forecasting.staffing.shrinkage import (
    ASSUMED_SHRINKAGE,
    ShrinkagePart,
    blended,
    in_shift_shrinkage,
    rostered,
    total_shrinkage,
)


@settings(deadline=None)
@given(st.integers(0, 5000), st.integers(0, 99))
def test_rounds_up_as_exact_arithmetic_does(needed: int, percent: int) -> None:
    """For any whole percentage the people rostered equal the ceiling of the exact fraction."""
    exact = math.ceil(Fraction(needed * 100, 100 - percent))
    assert rostered(needed, percent / 100) == exact


def test_exact_multiples_do_not_round_up() -> None:
    """21 people at 30 % shrinkage are 30 people, though 21 / (1 − .3) is a hair above."""
    assert 21 / (1 - 30 / 100) > 30
    assert rostered([7, 21, 0], 0.3).tolist() == [10, 30, 0]


def test_only_in_shift_parts_enlarge_a_roster() -> None:
    """Leave and training are for the roster itself to leave out; breaks and sickness are not."""
    parts = [
        ShrinkagePart("leave", 0.2, in_shift=False),
        ShrinkagePart("breaks", 0.08, in_shift=True),
        ShrinkagePart("sickness", 0.02, in_shift=True),
    ]
    assert in_shift_shrinkage(parts) == pytest.approx(0.1)
    assert total_shrinkage(parts) == pytest.approx(1 - 0.8 * 0.9)
    assert in_shift_shrinkage([]) == total_shrinkage([]) == 0


def test_assumed_parts_are_usable() -> None:
    """The assumed parts leave most of a shift for calls, and off-shift parts only lower that."""
    assert 0 < in_shift_shrinkage(ASSUMED_SHRINKAGE) < total_shrinkage(ASSUMED_SHRINKAGE) < 0.5


@pytest.mark.parametrize("share", [1.0, -0.1, float("nan")])
def test_refuses_shares_out_of_range(share: float) -> None:
    """A share below 0, of 1 or missing is refused by the name of its part."""
    with pytest.raises(InputError, match="breaks"):
        ShrinkagePart("breaks", share, in_shift=True)


def test_refuses_parts_that_leave_nothing() -> None:
    """Parts that add up to the whole shift are refused with their names."""
    parts = [ShrinkagePart(name, 0.5, in_shift=True) for name in ("breaks", "court")]
    with pytest.raises(InputError, match="breaks, court"):
        in_shift_shrinkage(parts)


def test_rostered_keeps_shapes() -> None:
    """Needs per interval against one factor, or one per interval."""
    assert rostered(np.array([1, 2]), np.array([0.0, 0.5])).tolist() == [1, 4]


def test_queues_blend_by_their_loads() -> None:
    """3 erlangs that lose 10 % and 1 that loses 30 % lose 15 %; without load nothing is lost."""
    assert blended([[3.0, 0.0], [1.0, 0.0]], [0.1, 0.3]) == pytest.approx([0.15, 0])
