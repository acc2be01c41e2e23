"""Bids for shifts and for whole lines: who gets what, and why somebody else does not.

A bid is points that an officer puts on a lot. A force chooses by what lots are awarded: by points,
by length of service, or by turn, where whoever last got a first choice comes last. Nothing is
awarded that would break a rule.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

import numpy as np

from rostering.problem import REST, Choices
from rostering.reasons.words import told
from rostering.remedies import newly_broken
from rostering.rules.base import Breach
from rostering.standing import Standing
from rostering.words import day_words

Method = Literal["points", "seniority", "turn"]
"""The most points first; the longest service first, one lot each in every pass; whoever waits
longest for a first choice first, one lot each in every pass."""


@dataclass(frozen=True, slots=True)
class Lot:
    """What can be bid for: a shift of a day, or a whole line.

    Attributes:
        id: identifier within the round.
        places: how many can have it.
        cells: days of the period and what each becomes, an index of shifts or REST.
    """

    id: str
    places: int
    cells: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Bid:
    """Points that an officer puts on a lot; the most points of an officer are the first choice."""

    officer: str
    lot: str
    points: int


@dataclass(frozen=True, slots=True)
class Bidder:
    """What decides whose bids come first.

    Attributes:
        officer: id of the officer.
        started: first day of service.
        got_first: day of the round in which the officer last got a first choice; None for never.
    """

    officer: str
    started: date
    got_first: date | None = None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of a bid.

    Attributes:
        bid: the bid.
        won: whether the officer gets the lot.
        first: whether it was the officer's first choice.
        words: why it is lost, as a sentence to the officer that names nobody; "" where it is won.
    """

    bid: Bid
    won: bool
    first: bool
    words: str


def award(
    standing: Standing,
    lots: Sequence[Lot],
    bids: Iterable[Bid],
    bidders: Iterable[Bidder],
    method: Method,
) -> tuple[Outcome, ...]:
    """Award lots; the same bids give the same awards.

    Args:
        standing: the roster as it stands.
        lots: what can be had, each named once.
        bids: one for each officer and lot at most; those of people or lots unknown are left aside.
        bidders: everyone who may bid.
        method: by what.

    Returns:
        What came of each bid, in the order in which they were looked at first.
    """
    awarding = _Awarding(standing, {lot.id: lot for lot in lots}, method)
    known = {
        each.officer: each for each in bidders if each.officer in standing.problem.officer_index
    }
    given = [bid for bid in bids if bid.officer in known and bid.lot in awarding.lots]
    places = {lot.id: place for place, lot in enumerate(lots)}
    turn = sorted(known.values(), key=lambda it: (it.got_first or date.min, it.started, it.officer))
    ranks = {each.officer: rank for rank, each in enumerate(turn)}
    if method == "points":
        given.sort(key=lambda bid: (-bid.points, ranks[bid.officer], places[bid.lot]))
        for bid in given:
            awarding.take(bid)
    else:
        order = turn
        if method == "seniority":
            order = sorted(known.values(), key=lambda it: (it.started, it.officer))
        awarding.rank = {each.officer: rank for rank, each in enumerate(order)}
        own = {
            each.officer: sorted(
                (bid for bid in given if bid.officer == each.officer),
                key=lambda bid: (-bid.points, places[bid.lot]),
            )
            for each in order
        }
        awarding.in_passes([own[each.officer] for each in order])
    return tuple(_outcomes(given, awarding, places))


def _outcomes(
    given: Sequence[Bid], awarding: _Awarding, places: dict[str, int]
) -> Iterator[Outcome]:
    first: dict[str, Bid] = {}
    for bid in sorted(given, key=lambda bid: (-bid.points, places[bid.lot])):
        first.setdefault(bid.officer, bid)
    for bid in given:
        words = awarding.lost.get(bid)
        yield Outcome(bid, words is None, first[bid.officer] == bid, words or "")


MOST_TRIES = 400
"""Rest days that are tried in a round to tell what would make bids possible: some tenths of a
second."""


@dataclass
class _Awarding:
    """The roster with what has been awarded so far."""

    standing: Standing
    lots: dict[str, Lot]
    method: Method
    lost: dict[Bid, str] = field(default_factory=dict)
    won: list[Bid] = field(default_factory=list)
    rank: dict[str, int] = field(default_factory=dict)
    tries: int = MOST_TRIES

    def in_passes(self, own: Sequence[list[Bid]]) -> None:
        """Give one lot to each in turn, over and over, until nobody can have another."""
        waiting = [list(bids) for bids in own]
        while any(waiting):
            for bids in waiting:
                while bids and not self.take(bids.pop(0)):
                    pass

    def take(self, bid: Bid) -> bool:
        """Give the lot of a bid, or note why not; tell which."""
        words = self._against(bid)
        if words:
            self.lost[bid] = words
            return False
        officer = self.standing.problem.officer_index[bid.officer]
        cells = self.lots[bid.lot].cells
        self.standing = self.standing.after([(officer, day, choice) for day, choice in cells])
        self.won.append(bid)
        return True

    def _against(self, bid: Bid) -> str:
        """Why a bid cannot be met now, and what would make it possible; "" where it can."""
        lot, problem = self.lots[bid.lot], self.standing.problem
        officer = problem.officer_index[bid.officer]
        taken = [each for each in self.won if each.lot == lot.id]
        is_line = len(lot.cells) > 1
        row = self.standing.choices[officer].copy()
        is_busy = not is_line and row[lot.cells[0][0]] != REST
        for day, choice in lot.cells:
            row[day] = choice
        if len(taken) >= lot.places:
            is_free = not is_busy and newly_broken(self.standing, officer, row) is None
            return self._taken_words(bid, taken, could_win=is_free)
        if is_line and any(len(self.lots[each.lot].cells) > 1 and each.officer == bid.officer
                           for each in self.won):  # fmt: skip
            return "You got another line."
        broken = newly_broken(self.standing, officer, row)
        if is_busy:
            possible = "" if broken else " It would be possible if you gave that one away."
            return f"You work another shift that day.{possible}"
        return "" if broken is None else self._broken_words(bid, broken, row)

    def _broken_words(self, bid: Bid, breach: Breach, row: Choices) -> str:
        problem = self.standing.problem
        person = problem.officers[problem.officer_index[bid.officer]]
        said = f"It would break a rule: {told(breach, person)}"
        return f"{said} {self._possible_resting(bid, row)}".strip()

    def _possible_resting(self, bid: Bid, row: Choices) -> str:
        """On which one other day a rest would make a lot lawful; "" where it is not looked for."""
        officer = self.standing.problem.officer_index[bid.officer]
        wished = {day for day, _ in self.lots[bid.lot].cells}
        for day in np.flatnonzero(row != REST).tolist():
            if day in wished:
                continue
            if self.tries == 0:
                return ""
            self.tries -= 1
            resting = row.copy()
            resting[day] = REST
            if newly_broken(self.standing, officer, resting) is None:
                on = day_words(self.standing.problem, day)
                return f"It would be possible if you rested on {on}."
        return "Rest on any one other day of yours would not make it possible."

    def _taken_words(self, bid: Bid, taken: Sequence[Bid], *, could_win: bool) -> str:
        if self.rank and any(self.rank[it.officer] > self.rank[bid.officer] for it in taken):
            return "It went to those who had fewer by then: each gets one in a pass."
        if self.method == "seniority":
            return "It went to longer service."
        if self.method == "turn":
            return (
                "It went to those whose turn came first. Whoever got a first choice in this round "
                "comes after all others in the next."
            )
        fewest = min(each.points for each in taken)
        if fewest == bid.points:
            said = "It went to as many points of those who wait longer for a first choice."
        else:
            said = f"It went to more points: {fewest}, and yours were {bid.points}."
        return f"{said} {fewest + 1} points would have won it." if could_win else said


WORTH_A_LOT = 120
"""Minutes of missing people that an open shift must mend to be bid for."""


def open_shifts(standing: Standing, most: int) -> list[tuple[int, int, int]]:
    """Shifts that a roster lacks, by day: day, index of the shift, and how many are lacking."""
    grids = standing.counting.grids
    missing = [
        grid.cover.required - on_duty for grid, on_duty in zip(grids, standing.on_duty, strict=True)
    ]
    found: dict[tuple[int, int], int] = {}
    while sum(found.values()) < most:
        mended = np.zeros(standing.problem.starts.shape, dtype=np.int64)
        for grid, lacking in zip(grids, missing, strict=True):
            total = np.concatenate([[0], np.cumsum(lacking > 0)])
            filled = (total[grid.last] - total[grid.first]) * grid.cover.interval_minutes
            mended = np.maximum(mended, filled)
        day, shift = np.unravel_index(int(mended.argmax()), mended.shape)
        if mended[day, shift] < WORTH_A_LOT:
            break
        cell = (int(day), int(shift))
        found[cell] = found.get(cell, 0) + 1
        for grid, lacking in zip(grids, missing, strict=True):
            lacking[grid.first[day, shift] : grid.last[day, shift]] -= 1
    return sorted((*cell, places) for cell, places in found.items())
