"""Arbitrary bonds between officers, and cases at the limit of every group rule."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

import numpy as np
from hypothesis import strategies as st

from rostering.problem import REST, Bond, BondKind, Choices, Officer, Problem, Shift
from rostering.rules.accompanied import Accompanied
from rostering.rules.apart import Apart
from rostering.rules.base import Rule
from rostering.rules.together import Together
from rostering.rules.wished_apart import WishedApart
from rostering.rules.wished_with import WishedWith


@st.composite
def bonds(draw: st.DrawFn, kind: BondKind, officers: int, days: int) -> list[Bond]:
    """One bond or two of a kind between officers named `o0`, `o1` …, for all days or some."""
    found = []
    for _ in range(draw(st.integers(1, 2))):
        named = draw(st.permutations(range(officers)))[: draw(st.integers(2, officers))]
        first = draw(st.sampled_from([None, -1, 0, 5]))
        last = draw(st.sampled_from([None, 5, 6, days + 5]))
        found.append(
            Bond(
                kind=kind,
                officer=f"o{named[0]}",
                others=tuple(f"o{index}" for index in named[1:]),
                minutes=draw(st.sampled_from([0, 20, 60, 180])),
                first=first,
                last=last,
                unit=draw(st.sampled_from([15, 15, 100])),
            )
        )
    return found


@st.composite
def bound_lines(draw: st.DrawFn, lines: list[list[int]], shifts: int) -> list[list[int]]:
    """The lines, some of them much as the first one or just where it rests: bonds are kept too."""
    first = lines[0]
    days = len(first)
    for line in lines[1:]:
        likeness = draw(st.sampled_from(["none", "same", "same", "opposite", "opposite"]))
        if likeness == "same":
            line[:] = first
        elif likeness == "opposite":
            for day in range(days):
                near = first[max(0, day - 1) : day + 2]
                line[day] = REST if any(choice != REST for choice in near) else line[day]
        if draw(st.booleans()):
            line[draw(st.integers(0, days - 1))] = draw(st.integers(REST, shifts - 1))
    return lines


@dataclass(frozen=True)
class BoundBoundary:
    """A group rule at its limit, a quarter hour beyond it, or a quarter hour within.

    Attributes:
        name: of the case.
        rule: the rule.
        bond: the bond, of officers `o0`, `o1` and `o2`.
        shifts: the templates.
        lines: choices by day of each officer; days not named are rest.
        excess: what the check must find.
        first_day: of the period.
        history: whether day 0 of the case is the last day of history.
    """

    name: str
    rule: Rule
    bond: Bond
    shifts: tuple[Shift, ...]
    lines: tuple[dict[int, int], ...]
    excess: int
    first_day: date = date(2026, 6, 1)
    history: bool = False

    def problem(self) -> tuple[Problem, Choices]:
        """The case as a problem of three officers in London."""
        officers = tuple(
            Officer(f"o{index}", f"Officer {index}", frozenset({"a"}), 0, 10_000)
            for index in range(len(self.lines))
        )
        zone = "Europe/London"
        whole = Problem("bound", self.first_day, 7, zone, self.shifts, officers, (self.rule,))
        choices = np.full((len(officers), 7), REST, dtype=np.int16)
        for index, line in enumerate(self.lines):
            for day, shift in line.items():
                choices[index, day] = shift
        if not self.history:
            return replace(whole, bonds=(self.bond,)), choices
        past = tuple(
            tuple(replace(whole.tour(0, shift), day=-1) for day, shift in line.items() if day == 0)
            for line in self.lines
        )
        known = tuple(
            replace(officer, history=tours, known_from=-1)
            for officer, tours in zip(officers, past, strict=True)
        )
        later = replace(whole, first_day=whole.date_of(1), days=6, officers=known)
        return replace(later, bonds=(self.bond,)), choices[:, 1:]


def shift(start: int, finish: int) -> Shift:
    """A shift by its wall-clock minutes, named by them."""
    return Shift(f"{start}-{finish}", "early", start, finish - start)


DAY = shift(420, 900)
NIGHT = shift(22 * 60, 30 * 60)
TUTOR = Bond("with", "o0", ("o1", "o2"), 30, role="tutor")
PAIR = Bond("together", "o0", ("o1",), 30)
RIVALS = Bond("apart", "o0", ("o1",), 30)


def bound_boundaries() -> list[BoundBoundary]:
    """Every case, those of one limit side by side."""
    return [*_by_the_clock(), *_over_clock_changes(), *_at_the_edge(), *_wished()]


def _by_the_clock() -> Iterator[BoundBoundary]:
    for over in (-15, 0, 15):
        excess = int(over > 0)
        gap = (DAY, shift(420, 660), shift(660 + 30 + over, 900))
        both = ({1: 0}, {1: 1}, {1: 2})
        yield BoundBoundary(f"changing {over}", Accompanied(), TUTOR, gap, both, excess)
        late = (DAY, shift(420 + 30 + over, 900))
        one = ({1: 0}, {1: 1}, {})
        yield BoundBoundary(f"late {over}", Accompanied(), TUTOR, late, one, excess)
        moved = (DAY, shift(420 + 30 + over, 900 + 30 + over))
        yield BoundBoundary(f"moved {over}", Together(), PAIR, moved, one, 2 * excess)
        longer = (DAY, shift(420 + 15, 900 - 15 - over))
        yield BoundBoundary(f"longer {over}", Together(), PAIR, longer, one, excess)
        after = (DAY, shift(900 - 30 - over, 1200))
        yield BoundBoundary(f"meeting {over}", Apart(), RIVALS, after, one, excess)
    # Eight hours alone are 32 quarter hours, of which two are given.
    yield BoundBoundary("nobody", Accompanied(), TUTOR, (DAY,), ({1: 0}, {}, {}), 30)
    yield BoundBoundary("only one", Together(), PAIR, (DAY,), ({}, {1: 0}, {}), 30)
    yield BoundBoundary("both", Apart(), RIVALS, (DAY,), ({1: 0}, {1: 0}, {}), 30)
    yield BoundBoundary("both rest", Together(), PAIR, (DAY,), ({}, {}, {1: 0}), 0)


def _over_clock_changes() -> Iterator[BoundBoundary]:
    """Nights of 25 October, an hour longer, and of 29 March 2026, an hour shorter."""
    for over in (-15, 0, 15):
        excess = int(over > 0)
        # From 00:45 summer time to 02:00 winter time lie 135 minutes, by the wall 75.
        split = (NIGHT, shift(22 * 60, 24 * 60 + 45), shift(26 * 60, 30 * 60))
        lines = ({1: 0}, {1: 1}, {1: 2})
        bond = replace(TUTOR, minutes=135 - over)
        autumn = date(2026, 10, 23)
        yield BoundBoundary(f"autumn {over}", Accompanied(), bond, split, lines, excess, autumn)
        # From 00:45 winter time to 02:15 summer time lie 30 minutes, by the wall 90.
        short = (NIGHT, shift(22 * 60, 24 * 60 + 45), shift(26 * 60 + 15, 30 * 60))
        bond = replace(TUTOR, minutes=30 - over)
        spring = date(2026, 3, 27)
        yield BoundBoundary(f"spring {over}", Accompanied(), bond, short, lines, excess, spring)
        # A night of 9 elapsed hours in October, and of 7 in March, worked by both.
        for first, hours in ((autumn, 9), (spring, 7)):
            bond = replace(RIVALS, minutes=hours * 60 - over)
            both = ({1: 0}, {1: 0}, {})
            name = f"{hours} hours {over}"
            yield BoundBoundary(name, Apart(), bond, (NIGHT,), both, excess, first)


def _at_the_edge() -> Iterator[BoundBoundary]:
    """A night of history that goes on into the period."""
    early = shift(4 * 60, 10 * 60)
    late = shift(18 * 60, 30 * 60)
    night_then_early = ({1: 0}, {0: 1}, {})
    for over in (-15, 0, 15):
        excess = int(over > 0)
        # The other's night ends at 06:00: four hours of the early tour are alone.
        bond = replace(TUTOR, minutes=240 - over)
        shifts, lines = (early, late), night_then_early
        yield BoundBoundary(
            f"past tutor {over}", Accompanied(), bond, shifts, lines, excess, history=True
        )
        bond = replace(RIVALS, minutes=120 - over)
        yield BoundBoundary(f"past {over}", Apart(), bond, shifts, lines, excess, history=True)
        turned = replace(bond, officer="o1", others=("o0",))
        yield BoundBoundary(
            f"past of the other {over}", Apart(), turned, shifts, lines, excess, history=True
        )
    since = replace(RIVALS, minutes=0, first=0)
    yield BoundBoundary(
        "before it held", Apart(), since, (early, late), night_then_early, 0, history=True
    )


def _wished() -> Iterator[BoundBoundary]:
    """Wishes of four points a tour: two hours of eight missed lose one of them."""
    company = Bond("wished_with", "o0", ("o1", "o2"), unit=120)
    rival = Bond("wished_apart", "o0", ("o1",), unit=120)
    for over in (-15, 0, 15):
        excess = 1 + (over > 0)
        late = (DAY, shift(420 + 120 + over, 900))
        yield BoundBoundary(f"{over}", WishedWith(), company, late, ({1: 0}, {1: 1}, {}), excess)
        soon = (DAY, shift(900 - 120 - over, 1200))
        yield BoundBoundary(f"{over}", WishedApart(), rival, soon, ({1: 0}, {1: 1}, {}), excess)
    yield BoundBoundary("alone", WishedWith(), company, (DAY,), ({1: 0}, {}, {}), 4)
    yield BoundBoundary("off", WishedWith(), company, (DAY,), ({}, {1: 0}, {}), 0)
    yield BoundBoundary("both", WishedApart(), rival, (DAY,), ({1: 0}, {1: 0}, {}), 4)
    on_one_day = replace(rival, first=1, last=1)
    yield BoundBoundary("other days", WishedApart(), on_one_day, (DAY,), ({2: 0}, {2: 0}, {}), 0)
