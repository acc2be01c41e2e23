"""Rounds of bids as pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID
from zoneinfo import ZoneInfo

from app.rosters.values.bids import BidRound, OfficerBid
from app.web.words import count, day_words
from rostering.bids import Method

METHODS: tuple[tuple[Method, str, str], ...] = (
    ("points", "By points", "The most points first; of equals, who waits longest."),
    ("seniority", "By length of service", "The longest first, one each in every pass."),
    ("turn", "By turn", "Who waits longest for a first choice first, one each in every pass."),
)
"""By what lots are awarded: value of the radio button, its words and a hint."""

METHOD_WORDS: Mapping[Method, str] = {method: words for method, words, _ in METHODS}


@dataclass(frozen=True, slots=True)
class LotView:
    """A lot as its round's manager sees it.

    Attributes:
        winners: who has it, or would have it now.
        lost: who bids in vain, each with the reason that they read.
    """

    title: str
    places: int
    bids: int
    winners: str
    lost: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class RoundView:
    """A round of bids as a manager sees it.

    Attributes:
        good: the answer sentence.
        lots: while bids are taken all of them, then those that were bid for.
        unasked: the others, by title.
    """

    id: UUID
    state: str
    good: str
    lots: tuple[LotView, ...]
    unasked: tuple[str, ...]


def round_view(
    found: BidRound, bids: Iterable[OfficerBid], names: Mapping[UUID, str], zone: str
) -> RoundView:
    """A round with what came of its bids, or would come of them now."""
    given = tuple(bids)
    officers = len({bid.officer_id for bid in given})
    people = f"{count(officers, 'person', 'people')} {'bids' if officers == 1 else 'bid'}"
    lots = tuple(
        LotView(
            title=lot.title,
            places=lot.places,
            bids=sum(bid.lot_id == lot.id for bid in given),
            winners=", ".join(
                names.get(bid.officer_id, "") for bid in given if bid.lot_id == lot.id and bid.won
            ),
            lost=tuple(
                (names.get(bid.officer_id, ""), bid.words)
                for bid in given
                if bid.lot_id == lot.id and bid.won is False
            ),
        )
        for lot in found.lots
    )
    won = sum(bid.won is True for bid in given)
    end = {
        "open": f"Bids are taken until {deadline(found, zone)}.",
        "closed": f"Bids have closed; {won} would be met.",
        "awarded": f"{won} of {count(len(given), 'bid')} are met.",
    }[found.state]
    method = METHOD_WORDS[found.details.method].lower()
    good = f"{people} for {count(len(found.lots), 'lot')}, awarded {method}. {end}"
    asked = tuple(lot for lot in lots if lot.bids or found.state == "open")
    unasked = tuple(lot.title for lot in lots if lot not in asked)
    return RoundView(found.id, found.state, good, asked, unasked)


def deadline(found: BidRound, zone: str) -> str:
    """When a round closes, such as `Friday 18 December, 23:59`."""
    closes = found.details.closes.astimezone(ZoneInfo(zone))
    return f"{day_words(closes.date())}, {closes:%H:%M}"


@dataclass(frozen=True, slots=True)
class OwnLot:
    """A lot as an officer sees it: `outcome` is "" until lots are awarded."""

    id: UUID
    title: str
    places: str
    points: int | None
    outcome: str
    tone: str
    why: str


@dataclass(frozen=True, slots=True)
class OwnRound:
    """A round of bids as an officer sees it."""

    id: UUID
    state: str
    title: str
    words: str
    used: int
    points: int
    lots: tuple[OwnLot, ...]


def own_round(found: BidRound, bids: Iterable[OfficerBid], zone: str) -> OwnRound:
    """A round with an officer's own bids; of one that is awarded, those bids alone."""
    given = {bid.lot_id: bid for bid in bids}
    lots = [_own_lot(found, lot.id, given.get(lot.id)) for lot in found.lots]
    is_open = found.state == "open"
    end = {"open": "Closes", "closed": "Closed", "awarded": "Awarded; closed"}[found.state]
    how = METHOD_WORDS[found.details.method].lower()
    return OwnRound(
        found.id,
        found.state,
        "Open shifts" if found.details.kind == "shifts" else "Whole lines",
        f"{end} {deadline(found, zone)}. Awarded {how}.",
        sum(bid.points for bid in given.values()),
        found.details.points,
        tuple(lot for lot in lots if is_open or lot.points is not None),
    )


def _own_lot(found: BidRound, lot_id: UUID, bid: OfficerBid | None) -> OwnLot:
    lot = next(each for each in found.lots if each.id == lot_id)
    outcome, tone = "", ""
    if bid is not None and bid.won is not None:
        outcome, tone = ("Yours", "ok") if bid.won else ("Not met", "short")
    places = count(lot.places, "place")
    points, why = (bid.points, bid.words) if bid else (None, "")
    return OwnLot(lot.id, lot.title, places, points, outcome, tone, why)
