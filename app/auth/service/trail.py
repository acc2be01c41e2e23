"""The audit: who did what to which thing, kept for good."""

from __future__ import annotations

from uuid import UUID

from app import clock
from app.auth import store
from app.auth.values import Entry
from app.db.transaction import Reading, Transaction
from app.db.types import new_id


def record(
    transaction: Transaction,
    what: str,
    *,
    user_id: UUID | None,
    force_id: UUID | None = None,
    room_id: UUID | None = None,
    thing_id: UUID | None = None,
) -> None:
    """Add a line to the audit, which nothing can change or take away.

    Args:
        transaction: the one of what was done.
        what: in a few words, nothing personal: `published a roster`.
        user_id: who did it; None for the command line.
        force_id: where.
        room_id: where.
        thing_id: to what.
    """
    entry = Entry(new_id(), clock.now(), user_id, what, force_id, room_id, thing_id)
    store.record(transaction, entry)


def entries(
    reading: Reading, force_id: UUID, before: UUID | None = None, limit: int = 100
) -> tuple[Entry, ...]:
    """The audit of a force, the newest first, from just before one on."""
    return store.entries(reading, force_id, before, limit)
