"""Queries about extra work that is welcome."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, and_, delete, insert, select

from app.db.transaction import Reading, Transaction
from app.preferences.tables import extra_offers
from app.preferences.values import ExtraOffer, ExtraOfferDetails

COLUMNS = tuple(ExtraOfferDetails.__dataclass_fields__)


def add(transaction: Transaction, new: ExtraOffer) -> None:
    """Keep a new offer."""
    said = {name: getattr(new.details, name) for name in COLUMNS}
    said |= {"weekdays": list(new.details.weekdays), "kinds": list(new.details.kinds)}
    head = {"id": new.id, "room_id": new.room_id, "officer_id": new.officer_id}
    transaction.execute(insert(extra_offers).values(**head, **said))


def drop(transaction: Transaction, offer_id: UUID) -> None:
    """Forget an offer."""
    transaction.execute(delete(extra_offers).where(extra_offers.c.id == offer_id))


def of_officer(reading: Reading, room_id: UUID, officer_id: UUID) -> tuple[ExtraOffer, ...]:
    """The offers of an officer, by their first day."""
    return _read(
        reading, and_(extra_offers.c.room_id == room_id, extra_offers.c.officer_id == officer_id)
    )


def between(reading: Reading, room_id: UUID, first: date, last: date) -> tuple[ExtraOffer, ...]:
    """The offers of a room that hold on any of these days."""
    return _read(
        reading,
        and_(
            extra_offers.c.room_id == room_id,
            extra_offers.c.from_day <= last,
            extra_offers.c.until_day >= first,
        ),
    )


def _read(reading: Reading, which: ColumnElement[bool]) -> tuple[ExtraOffer, ...]:
    order = (extra_offers.c.from_day, extra_offers.c.id)
    rows = reading.execute(select(extra_offers).where(which).order_by(*order)).mappings()
    return tuple(map(_offer, rows))


def _offer(row: RowMapping) -> ExtraOffer:
    details = ExtraOfferDetails(
        row["from_day"],
        row["until_day"],
        row["minutes"],
        tuple(row["weekdays"]),
        tuple(row["kinds"]),
    )
    return ExtraOffer(row["id"], row["room_id"], row["officer_id"], details)
