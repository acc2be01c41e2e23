"""What rounds of bids take and give as JSON."""

from __future__ import annotations

from datetime import date
from typing import Annotated
from uuid import UUID

from pydantic import Field

from app.rosters.service.bids import MOST_BID_POINTS
from app.rosters.values.bids import (
    BidKind,
    BidLot,
    BidRound,
    BidRoundDetails,
    BidState,
    OfficerBid,
)
from app.web.http.schema import Answer, Strict, When
from rostering.bids import Method

Points = Annotated[int, Field(ge=1, le=MOST_BID_POINTS)]


class BidRoundInput(Strict):
    """A round of bids for a draft until `closes`.

    `kind` is `shifts` (those in which people are missing) or `lines` (of a `pattern`, by its key);
    `method` is `points`, `seniority` (the longest service first) or `turn` (whoever waits longest
    for a first choice first). `version` is the roster's.
    """

    kind: BidKind
    method: Method
    points: Points
    closes: When
    pattern: Annotated[str, Field(max_length=64)] = ""
    version: Annotated[int, Field(ge=0, le=2_000_000_000)]

    def details(self) -> BidRoundDetails:
        """As the service takes it."""
        return BidRoundDetails(self.kind, self.method, self.points, self.closes, self.pattern)


class BidCellAnswer(Answer):
    """A day of a lot, and the code of its shift or null for rest."""

    day: date
    code: str | None


class BidLotAnswer(Answer):
    """What can be bid for, and how many can have it."""

    id: UUID
    title: str
    places: int
    cells: tuple[BidCellAnswer, ...]

    @classmethod
    def of(cls, lot: BidLot) -> BidLotAnswer:
        """The answer about a lot."""
        cells = tuple(BidCellAnswer(day=day, code=code) for day, code in lot.cells)
        return cls(id=lot.id, title=lot.title, places=lot.places, cells=cells)


class BidRoundAnswer(Answer):
    """A round of bids; `state` is as of the control room's present."""

    id: UUID
    roster_id: UUID
    kind: BidKind
    method: Method
    points: int
    closes: When
    pattern: str
    state: BidState
    awarded_at: When | None
    lots: tuple[BidLotAnswer, ...]

    @classmethod
    def of(cls, found: BidRound) -> BidRoundAnswer:
        """The answer about a round."""
        said = found.details
        return cls(
            id=found.id,
            roster_id=found.roster_id,
            kind=said.kind,
            method=said.method,
            points=said.points,
            closes=said.closes,
            pattern=said.pattern,
            state=found.state,
            awarded_at=found.awarded_at,
            lots=tuple(map(BidLotAnswer.of, found.lots)),
        )


class BidRoundList(Answer):
    """Rounds of bids, the newest first."""

    rounds: tuple[BidRoundAnswer, ...]


class BidInput(Strict):
    """Points on a lot."""

    lot_id: UUID
    points: Points


class BidsInput(Strict):
    """All of an officer's bids in a round."""

    bids: Annotated[tuple[BidInput, ...], Field(max_length=200)]


class BidAnswer(Answer):
    """Points on a lot; `won` is null until lots are awarded, `words` say why it is lost."""

    officer_id: UUID
    lot_id: UUID
    points: int
    won: bool | None
    first: bool
    words: str


class BidList(Answer):
    """Bids of a round."""

    bids: tuple[BidAnswer, ...]

    @classmethod
    def of(cls, bids: tuple[OfficerBid, ...]) -> BidList:
        """The answer about some bids."""
        return cls(bids=tuple(map(BidAnswer.model_validate, bids)))


class AwardInput(Strict):
    """The version of the roster in which lots are awarded, or that is taken back."""

    version: Annotated[int, Field(ge=0, le=2_000_000_000)]
