"""What has expired, written: what is lost, and what is paid up instead."""

from __future__ import annotations

from datetime import date
from functools import partial
from uuid import UUID

from app.db.transaction import Reading, Transaction
from app.leave.service.ledger import add, hold
from app.leave.service.lots import standing
from app.leave.service.terms import RoomTerms
from app.leave.store import ledger as store
from app.leave.values import Entry, Posted, Standing
from app.people import service as people

PLAIN = 100
"""Rate of time off in lieu that is paid up: what it was earned at is in its hours."""


def today(reading: Reading, room_id: UUID) -> date:
    """The present day of a control room: of its own present, where its data end in the past.

    Raises:
        NotFound: when there is no such room.
    """
    room = people.room(reading, room_id)
    return room.today()


def settle(transaction: Transaction, room_id: UUID, by: UUID | None) -> tuple[Posted, ...]:
    """Write what has expired up to today; the same call twice writes nothing more.

    Where something was posted late, for a day gone by, what was written of lapses is put right.

    Raises:
        NotFound: when there is no such room.
    """
    hold(transaction, room_id)
    present = today(transaction, room_id)
    store.set_settled(transaction, room_id, present)
    found = standings(transaction, room_id, present)
    if not any(each.due for each in found.values()):
        return ()
    number = store.next_number(transaction, room_id)
    entries = [
        Entry(
            officer_id,
            lapse.account,
            lapse.amount,
            lapse.day,
            None,
            PLAIN if lapse.account == "pay" else None,
            lapse.words,
            f"lapse:{number}",
        )
        for officer_id, each in found.items()
        for lapse in each.due
    ]
    return add(transaction, room_id, entries, "lapsed", by, number)


def standing_of(reading: Reading, room_id: UUID, officer_id: UUID, on: date) -> Standing:
    """How the ledger of one person stands on a day; empty where nothing was posted.

    Raises:
        NotFound: when there is no such officer in the room.
    """
    people.officer(reading, room_id, officer_id)
    found = standings(reading, room_id, on, officer_id)
    return found.get(officer_id, Standing((), (), {}))


def standings(
    reading: Reading, room_id: UUID, on: date, officer_id: UUID | None = None
) -> dict[UUID, Standing]:
    """By officer id how ledgers stand on a day: of everyone who has an entry, or of one.

    Raises:
        NotFound: when there is no such room.
    """
    start = store.year_start(reading, room_id)
    terms = RoomTerms(reading, room_id)
    employed = {each.id: each.details.employment for each in people.everyone(reading, room_id)}
    return {
        whose: standing(entries, on, start, partial(terms.carried, employed[whose]))
        for whose, entries in store.movements(reading, room_id, officer_id).items()
    }
