"""A small room whose people are owed things, to test with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.db.transaction import Transaction
from app.leave.service import Account, Entry
from app.people import service as people
from tests.app.people.rooms import Small, details, small_force

MAY = date(2026, 5, 4)
"""A Monday."""


@dataclass(frozen=True, slots=True)
class Owing:
    """The small force, two people of its first room and one of its other.

    Attributes:
        staff_id: of police staff.
        officer_id: of a police officer.
    """

    small: Small
    room_id: UUID
    staff_id: UUID
    officer_id: UUID
    elsewhere_id: UUID


def owing(transaction: Transaction, name: str = "Borsetshire") -> Owing:
    """A force of that name; everyone works 40 hours a week."""
    small = small_force(transaction, name)
    ids = []
    for room, number, employment in (
        (small.room, "1", "staff"),
        (small.room, "2", "officer"),
        (small.other_room, "3", "staff"),
    ):
        new = people.add_officer(transaction, room.id, details(number, employment=employment))
        contract = people.Contract(date(2020, 1, 6), None, 40 * 60)
        people.set_contracts(transaction, room.id, new.id, [contract])
        ids.append(new.id)
    return Owing(small, small.room.id, *ids)


def owed(
    officer_id: UUID,
    amount: int,
    source: str,
    day: date = MAY,
    account: Account = "leave",
    expires: date | None = None,
) -> Entry:
    """An entry in the ledger of an officer."""
    return Entry(officer_id, account, amount, day, expires, None, f"For {source}.", source)
