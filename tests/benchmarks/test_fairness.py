"""Six successive periods with memory of the past beside the same six without.

The room has hardly more hours than it needs, and many ask for the same weekends each time. What is
compared is how unevenly the points that officers asked for were met over all six periods, and the
cover that is missing; every other rule and wish, search and seed is the same.
"""

from __future__ import annotations

import pytest

from rostering.fairness.satisfaction import Memory
from tests.rostering.fairness.periods import PERIODS, Outcome, crowded_room, in_a_row

OFFICERS, NEEDED, SECONDS = 16, 3, 1.0
MOST_MORE = 1.005
"""Shortage with memory over shortage without, at most."""


@pytest.mark.benchmark
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_memory_evens_out(seed: int) -> None:
    """Satisfaction is spread less with memory than without, at no more than ½ % more shortage."""
    room = crowded_room(OFFICERS, NEEDED)
    without = in_a_row(room, seed, SECONDS, None)
    remembered = in_a_row(room, seed, SECONDS, Memory())
    print(f"\n{PERIODS} periods, {OFFICERS} officers, seed {seed}")
    print(f"without memory: {words(without)}")
    print(f"with memory:    {words(remembered)}")
    assert remembered.satisfied.deviation < without.satisfied.deviation
    assert remembered.missing <= MOST_MORE * without.missing


def words(outcome: Outcome) -> str:
    """What came of six periods."""
    found = outcome.satisfied
    return (
        f"{found.mean:.1%} of points met, spread {found.deviation:.3f}, Jain {found.jain:.4f}, "
        f"from {found.least:.1%} to {found.most:.1%}; {outcome.missing / 60:g} h of cover missing, "
        f"{outcome.cover} points"
    )
