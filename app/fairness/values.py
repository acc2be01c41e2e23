"""What the service gives: frozen values, free of the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

import numpy as np

from app.people.service import Officer
from app.preferences.service import Round
from rostering.fairness.portion import Burden
from rostering.fairness.satisfaction import Ints, Memory, Satisfaction, percents
from rostering.fairness.spread import Spread, spread
from rostering.rules.fair_shares import FairShares


@dataclass(frozen=True, slots=True)
class Carried:
    """What somebody carried of a burden, and what their share of it was; hours where it is hours.

    Attributes:
        burden: the burden.
        found: what they carried.
        share: what of everybody's was theirs, by hours and time served.
        has_part: whether they could have carried any of it.
    """

    burden: Burden
    found: float
    share: float
    has_part: bool

    @property
    def over(self) -> float:
        """What they carried beyond their share, less than 0 where they owe; 0 without a part."""
        return self.found - self.share if self.has_part else 0.0


@dataclass(frozen=True, slots=True)
class Standing:
    """How one officer stands.

    Attributes:
        officer: who it is.
        weekly_minutes: contracted, on the day that is looked at.
        asked, met: points over the rounds that are looked back on.
        satisfied: share of what they asked that was met, the rounds faded; None where they asked
            for nothing.
        percent: what a point of their wishes counts for in the next round, in per cent.
        burdens: what they carried, in the order of `BURDENS`.
    """

    officer: Officer
    weekly_minutes: int
    asked: int
    met: int
    satisfied: float | None
    percent: int
    burdens: tuple[Carried, ...]


@dataclass(frozen=True, slots=True)
class RoundSpread:
    """How evenly the wishes of a round were met, and those of it and the rounds before it.

    Attributes:
        asked: the round.
        alone: over those who asked in it; None where nobody did.
        so_far: over all that was asked up to it.
    """

    asked: Round
    alone: Spread | None
    so_far: Spread | None


@dataclass(frozen=True)
class Past:
    """The rounds that are behind a room, in points.

    Attributes:
        rounds: those whose outcomes are told, oldest first.
        asked, met: points by round and officer, shape (rounds, officers).
        weekly: contracted minutes a week, shape (officers,).
        memory: how they are remembered; None where each round stands by itself.
        found: how far officers were given what they asked.
        to_come: points that each asked for in the next round, shape (officers,).
    """

    rounds: tuple[Round, ...]
    asked: Ints
    met: Ints
    weekly: Ints
    memory: Memory | None
    found: Satisfaction
    to_come: Ints

    def percents(self, asks: Ints) -> Ints:
        """What a point of each officer's wishes counts for, in per cent.

        Args:
            asks: points that each asks for, shape (officers,).
        """
        if self.memory is None:
            return np.full(len(asks), 100, dtype=np.int64)
        return percents(self.found, asks, self.memory)

    def spreads(self) -> tuple[RoundSpread, ...]:
        """How evenly each round was, alone and with those before it."""
        return tuple(
            RoundSpread(each, self._spread(number, number + 1), self._spread(0, number + 1))
            for number, each in enumerate(self.rounds)
        )

    @property
    def even(self) -> Spread | None:
        """How evenly everything was met that is looked back on; None where nobody asked."""
        weights = np.where(self.found.is_known, np.maximum(self.weekly, 1), 0)
        return spread(self.found.plain, weights)

    def _spread(self, first: int, last: int) -> Spread | None:
        asked, met = self.asked[first:last].sum(axis=0), self.met[first:last].sum(axis=0)
        weights = np.where(asked > 0, np.maximum(self.weekly, 1), 0)
        return spread(met / np.maximum(asked, 1), weights)


@dataclass(frozen=True)
class RoomFairness:
    """How fair it has been in a control room up to a day.

    Attributes:
        before: the day.
        since: first day of which shifts are known, within the weeks that are looked back on; None
            where none are.
        holidays_since: the same of public holidays and Christmas, within the years.
        rule: how burdens are shared; None where the rulebook does not say.
        past: the rounds of wishes behind it.
        standings: of everybody in service, by name.
    """

    before: date
    since: date | None
    holidays_since: date | None
    rule: FairShares | None
    past: Past
    standings: tuple[Standing, ...]
    _by_officer: dict[UUID, Standing] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self._by_officer.update({each.officer.id: each for each in self.standings})

    def of(self, officer_id: UUID) -> Standing | None:
        """How an officer stands; None where they are not in service."""
        return self._by_officer.get(officer_id)

    def percents(self, asks: Mapping[UUID, int]) -> dict[UUID, int]:
        """What a point of each officer's wishes counts for where they ask for so many points."""
        points = [asks.get(each.officer.id, 0) for each in self.standings]
        found = self.past.percents(np.array(points, dtype=np.int64))
        whose = (each.officer.id for each in self.standings)
        return dict(zip(whose, found.tolist(), strict=True))

    def over(self) -> dict[str, dict[Burden, float]]:
        """By officer id what they carried beyond their share, of what they could carry."""
        return {
            str(each.officer.id): {part.burden: part.over for part in each.burdens}
            for each in self.standings
        }
