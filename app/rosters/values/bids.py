"""Rounds of bids, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
from uuid import UUID

from rostering.bids import Method

BidKind = Literal["shifts", "lines"]
"""Open shifts of a draft; whole lines of a pattern."""

BidState = Literal["open", "closed", "awarded"]


@dataclass(frozen=True, slots=True)
class BidRoundDetails:
    """What a round of bids is.

    Attributes:
        kind: what is bid for.
        method: by what lots are awarded.
        points: what each officer may place.
        closes: the instant from which nothing is taken any more.
        pattern: key of the pattern whose lines are bid for; "" for shifts.
    """

    kind: BidKind
    method: Method
    points: int
    closes: datetime
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class BidLot:
    """What can be bid for.

    Attributes:
        title: for people, such as `Friday 8 January, 14:00 to 22:00`.
        places: how many can have it.
        cells: days, and the code of the shift of each, or None for rest.
    """

    id: UUID
    title: str
    places: int
    cells: tuple[tuple[date, str | None], ...]


@dataclass(frozen=True, slots=True)
class BidRound:
    """A round of bids as kept; `state` is as of the control room's present.

    Attributes:
        awarded_at: when lots were awarded; None before, and after that is taken back.
        edit_number: the edit of the roster by which they were.
    """

    id: UUID
    room_id: UUID
    roster_id: UUID
    details: BidRoundDetails
    lots: tuple[BidLot, ...]
    awarded_at: datetime | None
    edit_number: int | None
    state: BidState


@dataclass(frozen=True, slots=True)
class OfficerBid:
    """Points of an officer on a lot, and what came of them: None while that is open.

    Attributes:
        won: whether the officer gets the lot.
        first: whether it was the first choice.
        words: why it is lost, for the officer; it names nobody.
    """

    round_id: UUID
    officer_id: UUID
    lot_id: UUID
    points: int
    won: bool | None = None
    first: bool = False
    words: str = ""
