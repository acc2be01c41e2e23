"""What people and other systems post by hand, and take back."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from uuid import UUID

from app.db.transaction import Reading, Transaction
from app.errors import Conflict, NotFound, invalid
from app.leave.service.ledger import post, reverse
from app.leave.store import ledger as store
from app.leave.values import Entry, Posted

HAND = "hand:"
"""How sources begin of what was posted by hand; the names of others cannot be taken."""


def post_by_hand(
    transaction: Transaction, room_id: UUID, name: str, entries: Iterable[Entry], by: UUID
) -> tuple[Posted, ...]:
    """Post entries as one posting under a name of the caller's own.

    Args:
        transaction: the caller's.
        room_id: the control room.
        name: what the source is called after `hand:`; each name once.
        entries: what is owed or spent; their sources are those of the name.
        by: the user who posts.

    Raises:
        NotFound: when there is no such room.
        InvalidInput: naming every field that cannot be used.
        Conflict: when something was posted under that name.
    """
    if not name.strip():
        raise invalid("name", "Give a word of your own, such as payroll-2026-05.")
    named = (replace(entry, source=f"{HAND}{name}") for entry in entries)
    return post(transaction, room_id, named, by)


def take_back(transaction: Transaction, room_id: UUID, number: int, by: UUID) -> tuple[Posted, ...]:
    """Take back a posting that was made by hand.

    Raises:
        NotFound: when there is no such posting in the room.
        Conflict: when it comes from elsewhere, or was taken back before.
    """
    found = store.source_of(transaction, room_id, number)
    if found is None:
        raise _no_posting()
    source, kind = found
    if kind != "posted" or not source.startswith(HAND):
        raise Conflict("Only what was posted by hand can be taken back here.")
    return reverse(transaction, room_id, source, by)


def posting(reading: Reading, room_id: UUID, number: int) -> tuple[Posted, ...]:
    """The entries of a posting.

    Raises:
        NotFound: when there is no such posting in the room.
    """
    found = store.of_posting(reading, room_id, number)
    if not found:
        raise _no_posting()
    return found


def _no_posting() -> NotFound:
    return NotFound("There is no such posting in this control room.")
