"""Arbitrary portions of burdens, and cases at the limit of each."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import strategies as st

from rostering.fairness.portion import BURDENS, DATED, Portion
from rostering.problem import Shift
from rostering.rules.fair_shares import FairShares
from tests.rostering.boundary import NIGHT, PLAIN, WORK, Boundary, in_a_row, starting


def portions(days: int) -> st.SearchStrategy[Portion]:
    """Portions of every burden."""
    some = st.frozensets(st.integers(0, days - 1), min_size=1, max_size=4)
    return st.one_of(
        *(
            st.builds(Portion, st.just(burden), st.integers(0, 3), some)
            if burden in DATED
            else st.builds(
                Portion,
                st.just(burden),
                st.integers(0, 40 if burden == "unsocial_hours" else 3),
            )
            for burden in BURDENS
        )
    )


def share_boundaries() -> list[Boundary]:
    """At a portion and just beyond it, with the points that belong to each burden."""
    pair = frozenset({3, 4})
    late = starting(14 * 60)
    return [
        _case(Portion("nights", 2), {3: 0, 4: 0}, 0, NIGHT),
        _case(Portion("nights", 2), in_a_row(4), 4, NIGHT),
        # Day 5 is a Saturday.
        _case(Portion("weekends", 1), {5: 0, 6: 0, 11: 0}, 0, WORK),
        _case(Portion("weekends", 1), {5: 0, 13: 0}, 2, WORK),
        _case(Portion("public_holidays", 1, pair), {2: 0, 4: 0}, 0, WORK),
        _case(Portion("public_holidays", 1, pair), {3: 0, 4: 0}, 5, WORK),
        _case(Portion("christmas", 0, pair), {3: 0}, 8, WORK),
        # A late has two unsocial hours, a night of eight hours all of its own.
        _case(Portion("unsocial_hours", 4), {3: 0, 4: 0}, 0, late),
        _case(Portion("unsocial_hours", 3), {3: 0, 4: 0}, 1, late),
        _case(Portion("unsocial_hours", 4), {3: 0}, 1, NIGHT),
        _case(Portion("unsocial_hours", 3), {3: 0}, 2, NIGHT),
        _case(Portion("unsocial_hours", 2), {3: 0}, 0, starting(14 * 60, 494)),
        _case(Portion("unsocial_hours", 2), {3: 0}, 1, starting(14 * 60, 495)),
    ]


def _case(portion: Portion, line: dict[int, int], excess: int, *shifts: Shift) -> Boundary:
    return Boundary(FairShares(), replace(PLAIN, portions=(portion,)), shifts, line, excess)
