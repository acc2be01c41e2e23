"""How fair it has been, as JSON."""

from __future__ import annotations

from datetime import date
from typing import Literal
from uuid import UUID

from app.fairness.service import Carried, RoomFairness, RoundSpread, Standing
from app.web.http.schema import Answer
from rostering.fairness.spread import Spread

BurdenName = Literal["nights", "weekends", "unsocial_hours", "public_holidays", "christmas"]


class BurdenAnswer(Answer):
    """What somebody carried of a burden beside their share: tours, weekends or hours.

    `share` goes by contracted hours over the days of service; `over` is below 0 for whoever owes,
    and 0 where `has_part` is false: they could have carried none.
    """

    burden: BurdenName
    worked: float
    share: float
    over: float
    has_part: bool

    @classmethod
    def of(cls, part: Carried) -> BurdenAnswer:
        """The answer about one burden of a person."""
        return cls(
            burden=part.burden,
            worked=round(part.found, 2),
            share=round(part.share, 2),
            over=round(part.over, 2),
            has_part=part.has_part,
        )


class StandingAnswer(Answer):
    """How one person stands.

    `asked_points` and `met_points` are of the rounds that are looked back on; `satisfied` is their
    share with older rounds faded, null for whoever asked for nothing. `wish_percent` is what a
    point of a wish counts for in the next roster, 100 for as much as it says.
    """

    officer_id: UUID
    name: str
    asked_points: int
    met_points: int
    satisfied: float | None
    wish_percent: int
    burdens: tuple[BurdenAnswer, ...]

    @classmethod
    def of(cls, standing: Standing) -> StandingAnswer:
        """The answer about a person."""
        return cls(
            officer_id=standing.officer.id,
            name=standing.officer.details.name,
            asked_points=standing.asked,
            met_points=standing.met,
            satisfied=None if standing.satisfied is None else round(standing.satisfied, 4),
            wish_percent=standing.percent,
            burdens=tuple(map(BurdenAnswer.of, standing.burdens)),
        )


class SpreadAnswer(Answer):
    """How evenly something is spread over people: shares of what they asked, weighted by hours.

    `deviation` is the standard deviation, `jain` Jain's index of fairness, 1 where all are alike.
    """

    mean: float
    deviation: float
    jain: float
    least: float
    most: float

    @classmethod
    def of(cls, found: Spread | None) -> SpreadAnswer | None:
        """The answer about a spread; None where nobody asked."""
        if found is None:
            return None
        names = ("mean", "deviation", "jain", "least", "most")
        return cls(**{name: round(getattr(found, name), 4) for name in names})


class RoundSpreadAnswer(Answer):
    """How evenly a round of wishes was met, by itself and with all rounds before it."""

    round_id: UUID
    first_day: date
    alone: SpreadAnswer | None
    so_far: SpreadAnswer | None

    @classmethod
    def of(cls, found: RoundSpread) -> RoundSpreadAnswer:
        """The answer about a round."""
        return cls(
            round_id=found.asked.id,
            first_day=found.asked.first_day,
            alone=SpreadAnswer.of(found.alone),
            so_far=SpreadAnswer.of(found.so_far),
        )


class RoomFairnessAnswer(Answer):
    """How fair it has been up to the day before `before`, in rounds of wishes and burdens carried.

    `since` and `holidays_since` are the first days of which shifts count; null where none are
    known. `remembers` is false where the force lets each round of wishes stand by itself.
    """

    before: date
    since: date | None
    holidays_since: date | None
    remembers: bool
    satisfaction: SpreadAnswer | None
    rounds: tuple[RoundSpreadAnswer, ...]
    people: tuple[StandingAnswer, ...]

    @classmethod
    def of(cls, found: RoomFairness) -> RoomFairnessAnswer:
        """The answer about a room."""
        return cls(
            before=found.before,
            since=found.since,
            holidays_since=found.holidays_since,
            remembers=found.past.memory is not None,
            satisfaction=SpreadAnswer.of(found.past.even),
            rounds=tuple(map(RoundSpreadAnswer.of, found.past.spreads())),
            people=tuple(map(StandingAnswer.of, found.standings)),
        )
