"""Choosing between pay and time off, where a rulebook lets the officer choose."""

from __future__ import annotations

import dataclasses
from uuid import UUID

from app.db.transaction import Reading, Transaction
from app.errors import Conflict, NotFound
from app.rosters.service import earning
from app.rosters.store import notices as store
from app.rosters.values import ChangePosition, Choice, PublishedChange


def choices_open(
    reading: Reading, room_id: UUID, officer_id: UUID | None = None
) -> tuple[PublishedChange, ...]:
    """Changes for which pay or time off is to be chosen, by day; of everyone or of one."""
    return store.to_choose(reading, room_id, officer_id)


def choose(
    transaction: Transaction, room_id: UUID, position: ChangePosition, choice: Choice, by: UUID
) -> PublishedChange:
    """Keep what the officer of a change chose, once, and let their ledger say so.

    Args:
        transaction: the caller's.
        room_id: the control room.
        position: the change.
        choice: pay or time.
        by: who says it: the officer, or whoever was told.

    Raises:
        NotFound: when no such change holds in the room, or nothing may be chosen for it.
        Conflict: when it is chosen already.
    """
    change = standing_change(transaction, room_id, position)
    if change.notice is None or change.notice.choice is None:
        raise NotFound("There is nothing to choose for this change.")
    if not store.choose(transaction, room_id, change, choice, by):
        raise Conflict("It is chosen already, and what is chosen stays.")
    after = dataclasses.replace(change, notice=dataclasses.replace(change.notice, choice=choice))
    earning.choose(transaction, room_id, after, by)
    return after


def standing_change(reading: Reading, room_id: UUID, position: ChangePosition) -> PublishedChange:
    """The change at a position, while no later one has changed its day again.

    Raises:
        NotFound: when no such change holds in the room.
    """
    found = store.standing(reading, room_id, position.day, position.day)
    change = found.get((position.officer_id, position.day))
    if change is None or change.number != position.number:
        raise NotFound("There is no such change in this control room.")
    return change
