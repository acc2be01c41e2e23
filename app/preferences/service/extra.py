"""Extra work that officers welcome beyond their contracts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from uuid import UUID

from app.db.transaction import Reading, Transaction
from app.db.types import new_id
from app.errors import Conflict, InvalidInput, NotFound, Place
from app.people import service as people
from app.preferences.checks import weekday_fault
from app.preferences.store import extra as store
from app.preferences.values import KINDS, ExtraOffer, ExtraOfferDetails

MOST_OFFERS = 5
"""Of an officer at a time: one for each sort of day."""

LONGEST_OFFER = 366
"""Days for which extra work is welcome without being said anew."""

MOST_EXTRA = 400 * 60
"""Minutes of one offer: ten weeks of a contract."""


def offer_extra(
    transaction: Transaction, room_id: UUID, officer_id: UUID, details: ExtraOfferDetails
) -> ExtraOffer:
    """Say which extra work an officer welcomes; it can be taken back at any time.

    Raises:
        NotFound: when the room has no such officer.
        InvalidInput: naming every field that cannot be used.
        Conflict: when the officer has said as much as can be said at a time.
    """
    people.officer(transaction, room_id, officer_id)
    if faults := tuple(_faults(details)):
        raise InvalidInput(faults)
    if len(offers_of(transaction, room_id, officer_id)) >= MOST_OFFERS:
        raise Conflict(f"You have said {MOST_OFFERS} times what is welcome: take one back first.")
    new = ExtraOffer(new_id(), room_id, officer_id, details)
    store.add(transaction, new)
    return new


def withdraw_extra(
    transaction: Transaction, room_id: UUID, officer_id: UUID, offer_id: UUID
) -> ExtraOffer:
    """Take back that extra work is welcome; what was given stays.

    Raises:
        NotFound: when the officer has said no such thing.
    """
    found = {each.id: each for each in offers_of(transaction, room_id, officer_id)}
    if offer_id not in found:
        raise NotFound("There is no such extra work.")
    store.drop(transaction, offer_id)
    return found[offer_id]


def offers_of(reading: Reading, room_id: UUID, officer_id: UUID) -> tuple[ExtraOffer, ...]:
    """The extra work that an officer welcomes, by its first day."""
    return store.of_officer(reading, room_id, officer_id)


def offers(reading: Reading, room_id: UUID, first: date, last: date) -> tuple[ExtraOffer, ...]:
    """The extra work that is welcome on any of these days, in the room."""
    return store.between(reading, room_id, first, last)


def _faults(details: ExtraOfferDetails) -> Iterator[Place]:
    if not 60 <= details.minutes <= MOST_EXTRA:
        yield Place("minutes", f"Give 1 to {MOST_EXTRA // 60} hours.")
    longest = details.from_day + timedelta(days=LONGEST_OFFER)
    if not details.from_day <= details.until_day <= longest:
        yield Place("until_day", "Give a day from the first on, a year after it at most.")
    yield from weekday_fault(details.weekdays)
    if set(details.kinds) - set(KINDS) or len(set(details.kinds)) < len(details.kinds):
        yield Place("kinds", f"Give some of {', '.join(KINDS)}, each once.")
