"""Ways to meet a wish: the officer's best line that meets it, a hand-over, an exchange.

Beside everybody else's lines the officer's best lawful line is found whole, so what it costs is
the least that it can. Then one other officer may take over a shift that it gives up, resting on
another day where that is needed, or the two exchange shifts of two days.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from rostering.allowed import Allowed
from rostering.compiled.evaluate import score_rows
from rostering.compiled.program import tables
from rostering.cover_grid import cover_weight
from rostering.effect import difference, effect
from rostering.pricing.best_line import LinePricer, cover_prices
from rostering.problem import REST, Choices
from rostering.reasons.found import Found, Way
from rostering.reasons.wanted import Flags, Wanted
from rostering.rules.cover import Covered
from rostering.standing import Standing
from rostering.tally import Change
from rostering.wishes import DaysWish

Points = npt.NDArray[np.int64]

CHEAPEST, NEAREST = 0.001, 10_000.0
"""Points that each changed day costs: so little that of equal lines the nearest is found, or more
than there is to gain."""

MOST_TRIED = 1500
"""Lines of others that are judged for one shift, the most promising first."""

WEIGHED = 4
"""Of those that are lawful, how many are weighed in full."""

NEVER = 2**40
"""More points than anything costs."""

GIVEN_UP = 2
"""Shifts of one way that somebody else may take over, the costliest first."""


@dataclass(frozen=True)
class _Moves:
    """Lawful ways in which somebody else takes a shift over, one of each row.

    Attributes:
        mine: the officer's own changes of each.
        day, shift: what is taken over.
        takers: who takes it.
        other: the day on which the taker rests instead; −1 for none.
        points: what each way adds to the roster, but for bonds.
    """

    mine: list[tuple[Change, ...]]
    day: int
    shift: int
    takers: Points
    other: Points
    points: Points

    def changes(self, number: int) -> tuple[Change, ...]:
        """All changes of one way."""
        taker, other = int(self.takers[number]), int(self.other[number])
        rests = () if other < 0 else ((taker, other, REST),)
        return (*self.mine[number], (taker, self.day, self.shift), *rests)


class Ways:
    """Finds ways to meet the wishes about one roster.

    Args:
        standing: the roster.
    """

    def __init__(self, standing: Standing) -> None:
        self.standing = standing
        self._allowed = Allowed.of(standing.problem)
        self._tables = tables(standing.problem)
        self._pricer = LinePricer(standing.counting, self._allowed, self._tables)
        self._everybody = np.arange(len(standing.problem.officers))
        self._scores = score_rows(self._everybody, standing.choices, self._tables)
        counts = np.array([grid.counts for grid in standing.counting.grids], dtype=bool)
        counts = counts.reshape(-1, len(self._everybody))
        self._patterns, self._pattern_of = np.unique(counts, axis=1, return_inverse=True)
        self._margins_now = self._margins(standing)

    def find(self, wish: Wanted) -> Found:
        """Look for the best ways to meet a wish."""
        row, is_impossible = self._best_line(wish, CHEAPEST)
        if row is None:
            return Found(None, None, is_impossible=is_impossible)
        own = self._weighed(_changes(wish.officer, self.standing.choices[wish.officer], row))
        if own is None:
            return Found(None, None)
        if own.points > 0:
            return self._shared(wish, own)
        return Found(self._nearest(wish, own), None)

    def _nearest(self, wish: Wanted, open_way: Way) -> Way:
        """Of ways that cost nothing, one that changes as few days as any lawful line."""
        row, _ = self._best_line(wish, NEAREST)
        if row is None:
            return open_way
        way = self._weighed(_changes(wish.officer, self.standing.choices[wish.officer], row))
        return way if way is not None and way.points <= 0 else open_way

    def _weighed(self, changes: tuple[Change, ...]) -> Way | None:
        """A way with its effect; None where it breaks a rule."""
        found = effect(self.standing, self.standing.after(changes))
        return Way(changes, found) if found.is_allowed else None

    # --- the officer's own line ------------------------------------------------------------------

    def _best_line(self, wish: Wanted, changed: float) -> tuple[Choices | None, bool]:
        """The officer's best line that meets a wish, and whether it is proved that none does.

        Args:
            wish: the wish.
            changed: points that each changed day costs.
        """
        officer = wish.officer
        shifts, rest = self._kept_by_bonds(wish)
        pricer = self._pricer.narrowed(officer, shifts, rest, wish.runs)
        prices = cover_prices(self.standing.counting, self.standing.choices, officer)
        prices += self._long_wish_prices(officer)
        row = self.standing.choices[officer]
        worked = np.flatnonzero(row != REST)
        prices += changed
        prices[worked, row[worked]] -= changed
        found = pricer.best_line(officer, prices, np.where(row != REST, changed, 0.0))
        if found is not None:
            return found.row, False
        if shifts is not wish.shifts or not pricer.bounds(officer):
            return None, False
        return None, math.isinf(pricer.floor(officer, prices)[0])

    def _long_wish_prices(self, officer: int) -> npt.NDArray[np.float64]:
        """What each shift costs the officer's other wishes over several days, about."""
        problem = self.standing.problem
        prices = np.zeros(problem.starts.shape)
        for wish in problem.officers[officer].long_wishes:
            if isinstance(wish, DaysWish):
                missed = np.array([wish.missed_by(shift) for shift in problem.shifts])
                days = [day for day in wish.days if 0 <= day < problem.days]
                prices[days] += wish.points * missed / wish.whole
        return prices

    def _kept_by_bonds(self, wish: Wanted) -> tuple[Flags, Flags]:
        """What goes with a wish, but for what would break a hard bond beside the others' lines."""
        standing, officer = self.standing, wish.officer
        if not any(standing.counting.bonds.is_hard(officer)):
            return wish.shifts, wish.rest
        shifts, rest = wish.shifts.copy(), wish.rest.copy()
        for day in range(standing.problem.days):
            for choice in range(REST, len(standing.problem.shifts)):
                row = standing.choices[officer].copy()
                row[day] = choice
                if not self._breaks_bond(officer, row):
                    continue
                if choice == REST:
                    rest[day] = False
                else:
                    shifts[day, choice] = False
        return shifts, rest

    def _breaks_bond(self, officer: int, row: Choices) -> bool:
        had = self.standing.bonds
        return any(
            self.standing.is_hard(breach)
            for number, found in self.standing.bonds_of(officer, row).items()
            for breach in difference(had[number], found)[0]
        )

    # --- with somebody else ----------------------------------------------------------------------

    def _shared(self, wish: Wanted, own: Way) -> Found:
        """The best way in which one other officer gives way, beside the best without."""
        after = self.standing.after(own.changes)
        margins = self._margins(after)
        cells = self._costliest(wish, own, margins[0])[:GIVEN_UP]
        taken = [self._take_over(own, after, margins, cell) for cell in cells]
        exchanged = [self._exchange(wish, day, shift) for day, shift in cells]
        moves = [*taken, *exchanged]
        each = [(int(p), m, number) for m in moves for number, p in enumerate(m.points)]
        each.sort(key=lambda known: known[0])
        best: Way | None = None
        for _, move, number in each[:WEIGHED]:
            way = self._weighed(move.changes(number))
            if way is not None and (best is None or way.points < best.points):
                best = way
            if best is not None and not self.standing.counting.bonds.in_force:
                break
        return Found(own, best, _people(taken), _people(exchanged))

    def _costliest(self, wish: Wanted, own: Way, more: Points) -> list[tuple[int, int]]:
        """Shifts that go against the wish and are given up, the one that is missed most first."""
        row, officer = self.standing.choices[wish.officer], wish.officer
        given = [(day, int(row[day])) for _, day, _ in own.changes if row[day] != REST]
        against = [cell for cell in given if not wish.allows(*cell)]
        gain = self._summed(more)[self._pattern_of[officer]]
        return sorted(against or given, key=lambda cell: int(gain[cell]))

    def _take_over(
        self, own: Way, after: Standing, margins: tuple[Points, Points], cell: tuple[int, int]
    ) -> _Moves:
        """Others who rest that day take the shift; some rest on another day instead."""
        day, shift = cell
        takers = self._resting(own.changes[0][0], day, shift)
        more, less = map(self._summed, margins)
        first = more[self._pattern_of[takers], day, shift]
        may_rest = (after.choices[takers] != REST) & self._allowed.rest[takers]
        which, other = np.nonzero(may_rest)
        rested = less[self._pattern_of[takers[which]], other, after.choices[takers[which], other]]
        which = np.concatenate([np.arange(len(takers)), which])
        other = np.concatenate([np.full(len(takers), -1), other])
        cover = first[which] + np.concatenate([np.zeros(len(takers), dtype=np.int64), rested])
        moves = self._lawful(day, shift, takers[which], other, cover)
        mine = [own.changes] * len(moves.takers)
        return replace(moves, mine=mine, points=moves.points + own.points)

    def _exchange(self, wish: Wanted, day: int, shift: int) -> _Moves:
        """The officer and another who rests that day exchange it for a day of the other's.

        The officer's day becomes a rest day, so there are none where the wish is not met by that.
        """
        standing, officer = self.standing, wish.officer
        gain = self._exchangeable(wish, day)
        takers = self._resting(officer, day, shift)
        mine = self._patterns[:, self._pattern_of[officer]]
        more, less = self._margins_now
        here, there = mine[:, None] & ~self._patterns, self._patterns & ~mine[:, None]
        first = here.T @ less[:, day, shift] + there.T @ more[:, day, shift]
        last = np.tensordot(here.T, more, 1) + np.tensordot(there.T, less, 1)
        rows = standing.choices[takers]
        works = (rows != REST) & self._allowed.rest[takers]
        works &= gain[np.arange(rows.shape[1]), rows] < NEVER
        which, other = np.nonzero(works)
        pattern, shifts = self._pattern_of[takers[which]], rows[which, other]
        cover = first[pattern] + last[pattern, other, shifts] + gain[other, shifts]
        moves = self._lawful(day, shift, takers[which], other, cover)
        changes: list[tuple[Change, ...]] = [
            ((officer, day, REST), (officer, other, int(standing.choices[taker, other])))
            for taker, other in zip(moves.takers.tolist(), moves.other.tolist(), strict=True)
        ]
        return replace(moves, mine=changes)

    def _exchangeable(self, wish: Wanted, day: int) -> Points:
        """Points that the officer's line gains with each shift in place of a day's.

        Returns:
            points, NEVER where the line is not lawful or the wish is not met, shape (days, shifts).
        """
        officer = wish.officer
        bare = self.standing.choices[officer].copy()
        bare[day] = REST
        can = self._allowed.shifts[officer] & (bare == REST)[:, None]
        can[day] = False
        days, shifts = np.nonzero(can)
        rows = np.repeat(bare[np.newaxis], len(days), axis=0)
        rows[np.arange(len(days)), days] = shifts
        scores = score_rows(np.full(len(days), officer), rows, self._tables)
        gain = np.full(can.shape, NEVER)
        for number in np.flatnonzero((scores[:, :2] <= self._scores[officer, :2]).all(axis=1)):
            if wish.is_met_by(self.standing.problem, rows[number]):
                points = scores[number, 2] - self._scores[officer, 2]
                gain[days[number], shifts[number]] = points
        return gain

    def _resting(self, officer: int, day: int, shift: int) -> Points:
        """Others who rest on a day and may work a shift of it."""
        resting = (self.standing.choices[:, day] == REST) & self._allowed.shifts[:, day, shift]
        resting[officer] = False
        return np.flatnonzero(resting)

    def _lawful(self, day: int, shift: int, takers: Points, other: Points, cover: Points) -> _Moves:
        """Those ways, the most promising, in which the taker's line stays lawful."""
        order = np.argsort(cover, kind="stable")[:MOST_TRIED]
        takers, other, cover = takers[order], other[order], cover[order]
        rows = self.standing.choices[takers]
        rests = np.flatnonzero(other >= 0)
        rows[rests, other[rests]] = REST
        rows[:, day] = shift
        scores = score_rows(takers, rows, self._tables)
        before = self._scores[takers]
        good = (scores[:, :2] <= before[:, :2]).all(axis=1)
        points = cover + scores[:, 2] - before[:, 2]
        return _Moves([], day, shift, takers[good], other[good], points[good])

    def _summed(self, margin: Points) -> Points:
        """A margin for whoever counts for the same needs, shape (patterns, days, shifts)."""
        return np.tensordot(self._patterns.T.astype(np.int64), margin, 1)

    def _margins(self, standing: Standing) -> tuple[Points, Points]:
        """Points of one person more and of one fewer on each shift, shape (needs, days, shifts)."""
        weight = cover_weight(standing.problem, Covered)
        shape = (len(standing.counting.grids), *standing.problem.starts.shape)
        more, less = np.zeros(shape, dtype=np.int64), np.zeros(shape, dtype=np.int64)
        pairs = zip(standing.counting.grids, standing.on_duty, strict=True)
        for number, (grid, on_duty) in enumerate(pairs):
            more[number] = weight * grid.gain(on_duty)
            less[number] = -weight * grid.gain(on_duty - 1)
        return more, less


def _people(moves: list[_Moves]) -> int:
    """How many others take part in any of some ways."""
    return len({taker for move in moves for taker in move.takers.tolist()})


def _changes(officer: int, before: Choices, after: Choices) -> tuple[Change, ...]:
    differs = np.flatnonzero(before != after).tolist()
    return tuple((officer, day, int(after[day])) for day in differs)
