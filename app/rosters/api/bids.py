"""Rounds of bids for systems and managers, and an officer's own bids."""

from __future__ import annotations

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Response

from app.auth.guard import Once, Visit, allow
from app.db.transaction import Transaction
from app.errors import invalid
from app.rosters.schemas.bids import (
    AwardInput,
    BidList,
    BidRoundAnswer,
    BidRoundInput,
    BidRoundList,
    BidsInput,
)
from app.rosters.service import bids as service
from app.web.http.answers import created
from app.web.http.problems import PROBLEMS

router = APIRouter(prefix="/api/v1", tags=["Rosters"], responses=PROBLEMS)

Reads = Annotated[Visit, allow("rosters.read")]
Changes = Annotated[Visit, allow("rosters.change")]
Mine = Annotated[Visit, allow("preferences.own")]


@router.get("/rooms/{room_id}/bid-rounds")
def list_bid_rounds(room_id: UUID, visit: Reads) -> BidRoundList:
    """The rounds of bids of a control room, the newest first."""
    with visit.database.read() as reading:
        found = service.bid_rounds(reading, room_id)
    return BidRoundList(rounds=tuple(map(BidRoundAnswer.of, found)))


@router.post(
    "/rooms/{room_id}/rosters/{roster_id}/bid-rounds",
    status_code=201,
    response_model=BidRoundAnswer,
)
def open_bid_round(
    room_id: UUID, roster_id: UUID, body: BidRoundInput, visit: Changes, once: Once
) -> Response:
    """Let officers bid for the open shifts of a draft, or for the lines of a pattern."""

    def make(transaction: Transaction) -> Response:
        new = service.open_bids(transaction, room_id, roster_id, body.version, body.details())
        visit.record(transaction, "asked for bids", new.id)
        return created(BidRoundAnswer.of(new), f"/api/v1/rooms/{room_id}/bid-rounds/{new.id}", 1)

    return once(visit, make)


@router.get("/rooms/{room_id}/bid-rounds/{bid_round_id}")
def read_bid_round(room_id: UUID, bid_round_id: UUID, visit: Reads) -> BidRoundAnswer:
    """A round of bids with its lots."""
    with visit.database.read() as reading:
        return BidRoundAnswer.of(service.bid_round(reading, room_id, bid_round_id))


@router.delete("/rooms/{room_id}/bid-rounds/{bid_round_id}", status_code=204)
def end_bid_round(room_id: UUID, bid_round_id: UUID, visit: Changes) -> None:
    """Forget a round that has not been awarded, with its bids."""
    with visit.database.write() as transaction:
        service.end_bids(transaction, room_id, bid_round_id)
        visit.record(transaction, "ended a round of bids", bid_round_id)


@router.get("/rooms/{room_id}/bid-rounds/{bid_round_id}/bids")
def list_bids(room_id: UUID, bid_round_id: UUID, visit: Reads) -> BidList:
    """The bids of a round, and what came of them."""
    with visit.database.read() as reading:
        service.bid_round(reading, room_id, bid_round_id)
        return BidList.of(service.bids_in(reading, bid_round_id))


@router.post("/rooms/{room_id}/bid-rounds/{bid_round_id}/award")
def award_bid_round(room_id: UUID, bid_round_id: UUID, body: AwardInput, visit: Changes) -> BidList:
    """Award the lots of a round that has closed: they become pinned shifts of the draft."""
    with visit.database.write() as transaction:
        came = service.award_bids(
            transaction, room_id, bid_round_id, body.version, visit.caller.user_id
        )
        visit.record(transaction, "awarded bids", bid_round_id)
    return BidList.of(came.bids)


@router.post("/rooms/{room_id}/bid-rounds/{bid_round_id}/take-back")
def take_awards_back(
    room_id: UUID, bid_round_id: UUID, body: AwardInput, visit: Changes
) -> BidRoundAnswer:
    """Let the lots of a round not be awarded, as long as the roster is a draft."""
    with visit.database.write() as transaction:
        back = service.take_awards_back(
            transaction, room_id, bid_round_id, body.version, visit.caller.user_id
        )
        visit.record(transaction, "took awards of bids back", bid_round_id)
    return BidRoundAnswer.of(back)


@router.get("/me/bid-rounds")
def list_my_bid_rounds(visit: Mine) -> BidRoundList:
    """The rounds of bids of your control room, the newest first."""
    with visit.database.read() as reading:
        found = service.bid_rounds(reading, visit.own(reading).room.id)
    return BidRoundList(rounds=tuple(map(BidRoundAnswer.of, found)))


@router.get("/me/bid-rounds/{bid_round_id}/bids")
def list_my_bids(bid_round_id: UUID, visit: Mine) -> BidList:
    """Your bids in a round, and what came of them."""
    with visit.database.read() as reading:
        own = visit.own(reading)
        service.bid_round(reading, own.room.id, bid_round_id)
        return BidList.of(service.bids_in(reading, bid_round_id, own.officer_id))


@router.put("/me/bid-rounds/{bid_round_id}/bids")
def place_my_bids(bid_round_id: UUID, body: BidsInput, visit: Mine) -> BidList:
    """Let your bids in a round be these."""
    points = {bid.lot_id: bid.points for bid in body.bids}
    if len(points) < len(body.bids):
        raise invalid("bids", "Name each lot once.")
    with visit.database.write() as transaction:
        own = visit.own(transaction)
        placed = service.place_bids(transaction, own.room.id, own.officer_id, bid_round_id, points)
    return BidList.of(placed)
