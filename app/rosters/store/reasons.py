"""Queries about why a roster does not meet wishes."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import delete, insert, select

from app.db.transaction import Reading, Transaction
from app.rosters.tables import wish_reasons
from app.rosters.values.reasons import WishReason

FIELDS = tuple(WishReason.__dataclass_fields__)


def of_roster(reading: Reading, roster_id: UUID) -> dict[UUID, WishReason]:
    """The reasons of a roster, by wish id."""
    query = select(wish_reasons).where(wish_reasons.c.roster_id == roster_id)
    found = reading.execute(query).mappings()
    return {row["wish_id"]: WishReason(**{name: row[name] for name in FIELDS}) for row in found}


def replace(
    transaction: Transaction,
    roster_id: UUID,
    officers: Collection[UUID] | None,
    new: Collection[WishReason],
) -> None:
    """Let these be the reasons of some officers of a roster, or of all where none are named."""
    gone = delete(wish_reasons).where(wish_reasons.c.roster_id == roster_id)
    if officers is not None:
        gone = gone.where(wish_reasons.c.officer_id.in_(officers))
    transaction.execute(gone)
    if new:
        rows = [{"roster_id": roster_id, **asdict(each)} for each in new]
        transaction.execute(insert(wish_reasons), rows)
