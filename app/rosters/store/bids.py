"""Queries about rounds of bids."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, and_, delete, func, insert, select, update

from app.db.transaction import Reading, Transaction
from app.rosters.tables import bid_lots, bid_rounds, bids
from app.rosters.values.bids import BidLot, BidRound, BidRoundDetails, BidState, OfficerBid

DETAILS = tuple(BidRoundDetails.__dataclass_fields__)
BID = tuple(name for name in OfficerBid.__dataclass_fields__ if name != "round_id")


def add(transaction: Transaction, new: BidRound) -> None:
    """Keep a new round with its lots."""
    said = {name: getattr(new.details, name) for name in DETAILS}
    head = {"id": new.id, "room_id": new.room_id, "roster_id": new.roster_id}
    transaction.execute(insert(bid_rounds).values(**head, **said))
    rows = [
        {
            "id": lot.id,
            "bid_round_id": new.id,
            "place": place,
            "title": lot.title,
            "places": lot.places,
            "cells": [[day.isoformat(), code] for day, code in lot.cells],
        }
        for place, lot in enumerate(new.lots)
    ]
    transaction.execute(insert(bid_lots), rows)


def drop(transaction: Transaction, round_id: UUID) -> None:
    """Forget a round with everything in it."""
    for table, key in ((bids, bids.c.bid_round_id), (bid_lots, bid_lots.c.bid_round_id)):
        transaction.execute(delete(table).where(key == round_id))
    transaction.execute(delete(bid_rounds).where(bid_rounds.c.id == round_id))


def the_round(
    reading: Reading, room_id: UUID, round_id: UUID, now: datetime, *, hold: bool = False
) -> BidRound | None:
    """The round of that id, if of that room; `hold` keeps other writers out of it."""
    which = and_(bid_rounds.c.room_id == room_id, bid_rounds.c.id == round_id)
    if hold:
        query = select(bid_rounds.c.id).where(which).with_for_update(key_share=True)
        reading.execute(query).first()
    return next(iter(_rounds(reading, which, now)), None)


def of_roster(reading: Reading, roster_id: UUID, now: datetime) -> tuple[BidRound, ...]:
    """The rounds of a roster, the newest first."""
    return _rounds(reading, bid_rounds.c.roster_id == roster_id, now)


def of_room(reading: Reading, room_id: UUID, now: datetime) -> tuple[BidRound, ...]:
    """The rounds of a room, the newest first."""
    return _rounds(reading, bid_rounds.c.room_id == room_id, now)


def _rounds(reading: Reading, which: ColumnElement[bool], now: datetime) -> tuple[BidRound, ...]:
    query = select(bid_rounds).where(which).order_by(bid_rounds.c.id.desc())
    found = list(reading.execute(query).mappings())
    lots: dict[UUID, list[BidLot]] = defaultdict(list)
    of_these = bid_lots.c.bid_round_id.in_([row["id"] for row in found])
    ordered = select(bid_lots).where(of_these).order_by(bid_lots.c.place)
    for row in reading.execute(ordered).mappings():
        cells = tuple((date.fromisoformat(day), code) for day, code in row["cells"])
        lots[row["bid_round_id"]].append(BidLot(row["id"], row["title"], row["places"], cells))
    return tuple(_round(row, tuple(lots[row["id"]]), now) for row in found)


def _round(row: RowMapping, lots: tuple[BidLot, ...], now: datetime) -> BidRound:
    details = BidRoundDetails(**{name: row[name] for name in DETAILS})
    state: BidState = "open" if now < details.closes else "closed"
    if row["awarded_at"] is not None:
        state = "awarded"
    head = (row["id"], row["room_id"], row["roster_id"])
    return BidRound(*head, details, lots, row["awarded_at"], row["edit_number"], state)


def mark_awarded(
    transaction: Transaction, round_id: UUID, at: datetime | None, number: int | None
) -> None:
    """Let the lots of a round have been awarded by an edit, or not."""
    marked = update(bid_rounds).where(bid_rounds.c.id == round_id)
    transaction.execute(marked.values(awarded_at=at, edit_number=number))


def bids_of(
    reading: Reading, round_id: UUID, officer_id: UUID | None = None
) -> tuple[OfficerBid, ...]:
    """The bids of a round, of one officer or of all."""
    query = select(bids).where(bids.c.bid_round_id == round_id)
    if officer_id is not None:
        query = query.where(bids.c.officer_id == officer_id)
    rows = reading.execute(query.order_by(bids.c.officer_id, bids.c.lot_id)).mappings()
    return tuple(
        OfficerBid(row["bid_round_id"], **{name: row[name] for name in BID}) for row in rows
    )


def replace(
    transaction: Transaction, round_id: UUID, officer_id: UUID | None, new: Iterable[OfficerBid]
) -> None:
    """Let the bids of an officer, or of everybody, in a round be these."""
    gone = delete(bids).where(bids.c.bid_round_id == round_id)
    if officer_id is not None:
        gone = gone.where(bids.c.officer_id == officer_id)
    transaction.execute(gone)
    rows = [
        {"bid_round_id": bid.round_id, **{name: getattr(bid, name) for name in BID}} for bid in new
    ]
    if rows:
        transaction.execute(insert(bids), rows)


def first_choices(reading: Reading, room_id: UUID) -> dict[UUID, datetime]:
    """When each officer of a room last got a first choice, of those who ever did."""
    query = (
        select(bids.c.officer_id, func.max(bid_rounds.c.awarded_at))
        .join(bid_rounds, bid_rounds.c.id == bids.c.bid_round_id)
        .where(bid_rounds.c.room_id == room_id, bids.c.first, bids.c.won)
        .where(bid_rounds.c.awarded_at.is_not(None))
        .group_by(bids.c.officer_id)
    )
    return {row[0]: row[1] for row in reading.execute(query)}
