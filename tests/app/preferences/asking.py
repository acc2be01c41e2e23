"""A small room that asks for wishes, to test with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from uuid import UUID

from app.db.transaction import Transaction
from app.people import service as people
from app.preferences import service as preferences
from app.preferences.service import RoundDetails, WishDetails
from tests.app.people.rooms import Small, details, small_force

BEFORE = datetime(2026, 11, 20, 9, tzinfo=UTC)
CLOSES = datetime(2026, 11, 29, 23, 59, tzinfo=UTC)
AFTER = datetime(2026, 11, 30, tzinfo=UTC)
FIRST, LAST = date(2027, 1, 4), date(2027, 1, 31)
JANUARY = RoundDetails(FIRST, 28, CLOSES, answers=date(2026, 12, 3))


@dataclass(frozen=True, slots=True)
class Asking:
    """The small force, two officers of its first room, one of its other, and a round."""

    small: Small
    room_id: UUID
    officer_id: UUID
    colleague_id: UUID
    elsewhere_id: UUID
    round: preferences.Round


def asking(transaction: Transaction, name: str = "Borsetshire") -> Asking:
    """A force of that name whose first room asks for wishes of January 2027."""
    small = small_force(transaction, name)
    officers = [
        people.add_officer(transaction, room.id, details(number)).id
        for room, number in ((small.room, "1"), (small.room, "2"), (small.other_room, "3"))
    ]
    asked = preferences.open_round(transaction, small.room.id, JANUARY)
    return Asking(small, small.room.id, *officers, asked)


def off(day: int, points: int = 5) -> WishDetails:
    """A wish for that day of January 2027 off."""
    return WishDetails(date(2027, 1, day), wants=False, points=points)
