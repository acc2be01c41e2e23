"""Posting, taking back and adding up. Nothing that was posted is ever changed."""

from __future__ import annotations

import dataclasses
from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import date
from uuid import UUID

from app import clock
from app.db.transaction import Reading, Transaction, unless_taken
from app.errors import Conflict, NotFound
from app.leave.checks import check_entries
from app.leave.service.entitlement import months_later
from app.leave.service.terms import RoomTerms
from app.leave.store import ledger as store
from app.leave.values import Asked, Balances, Entry, Kind, Posted
from app.people import service as people

LARGEST_PAGE = 1000
"""Entries a page: some months of a large room."""


def post(
    transaction: Transaction, room_id: UUID, entries: Iterable[Entry], by: UUID | None
) -> tuple[Posted, ...]:
    """Post entries to the ledgers of their officers; all of them or none.

    Args:
        transaction: the caller's.
        room_id: the control room of the officers.
        entries: what is owed or spent; those of one source are one posting. Time off in lieu
            without an expiry has that of the officer's rulebook.
        by: the user who posts; None for the service itself.

    Raises:
        NotFound: when there is no such room.
        InvalidInput: naming every field that cannot be used.
        Conflict: when a source has been posted before.
    """
    given = tuple(entries)
    hold(transaction, room_id)
    officers = {each.id: each for each in people.everyone(transaction, room_id)}
    check_entries(given, officers)
    terms = RoomTerms(transaction, room_id)
    given = tuple(_with_expiry(entry, officers[entry.officer_id], terms) for entry in given)
    sources = dict.fromkeys(entry.source for entry in given)
    if taken := [each for each in sources if store.kinds_of(transaction, room_id, each)]:
        raise Conflict(f"{taken[0]} is posted already; nothing is posted twice.")
    return tuple(
        posted
        for source in sources
        for posted in add(
            transaction, room_id, [entry for entry in given if entry.source == source], "posted", by
        )
    )


def reverse(
    transaction: Transaction, room_id: UUID, source: str, by: UUID | None
) -> tuple[Posted, ...]:
    """Take back all that a source was posted with, by posting the opposite on the same days.

    Raises:
        NotFound: when there is no such room, or nothing of that source in it.
        Conflict: when it was taken back before.
    """
    hold(transaction, room_id)
    done = store.kinds_of(transaction, room_id, source)
    if "posted" not in done:
        raise NotFound("Nothing of that source is posted in this control room.")
    if "reversed" in done:
        raise Conflict(f"{source} was taken back already.")
    opposite = [
        dataclasses.replace(
            each.entry,
            amount=-each.entry.amount,
            expires=None,
            words=f"Taken back: {each.entry.words}",
        )
        for each in store.of_source(transaction, room_id, source)
    ]
    return add(transaction, room_id, opposite, "reversed", by)


def entries(
    reading: Reading,
    room_id: UUID,
    asked: Asked,
    after: tuple[int, int] | None = None,
    limit: int = 100,
) -> tuple[Posted, ...]:
    """Entries of a room in the order in which they were posted, at most `LARGEST_PAGE`.

    Args:
        reading: the caller's.
        room_id: the control room.
        asked: of whom, of which account and of which days.
        after: number and place of the last entry already seen: what is posted later follows it.
        limit: at most so many.
    """
    return store.entries(reading, room_id, asked, after, max(1, min(limit, LARGEST_PAGE)))


def ledger_of(reading: Reading, room_id: UUID, officer_id: UUID) -> tuple[Posted, ...]:
    """All entries of one person, in the order in which they were posted."""
    return store.entries(reading, room_id, Asked(officer_id=officer_id))


def balances(
    reading: Reading, room_id: UUID, officers: Collection[UUID] | None, on: date
) -> Balances:
    """What stands on each account at the end of a day: the sum of the entries up to it.

    Args:
        reading: the caller's.
        room_id: the control room.
        officers: ids of some; None for everyone who has an entry.
        on: the day; what is posted on later days is left aside.
    """
    return store.balances(reading, room_id, officers, on)


def _with_expiry(entry: Entry, officer: people.Officer, terms: RoomTerms) -> Entry:
    if entry.account != "toil" or entry.amount < 0 or entry.expires:
        return entry
    months = terms.of(officer.details.employment, entry.day).toil_months
    if months is None:
        return entry
    return dataclasses.replace(entry, expires=months_later(entry.day, months))


def hold(transaction: Transaction, room_id: UUID) -> None:
    """Hold the ledger of a room until the transaction ends; it is opened where there is none.

    Raises:
        NotFound: when there is no such room.
    """
    people.room(transaction, room_id)
    if store.is_open(transaction, room_id):
        return
    with suppress(Conflict), unless_taken(transaction, "Another hand opened the ledger."):
        store.open_ledger(transaction, room_id)
    store.is_open(transaction, room_id)


def add(
    transaction: Transaction,
    room_id: UUID,
    entries: list[Entry],
    kind: Kind,
    by: UUID | None,
    number: int = 0,
) -> tuple[Posted, ...]:
    """Keep entries of one source as one posting of a ledger that is held.

    Args:
        transaction: the caller's.
        room_id: the control room.
        entries: at least one, known to be right.
        kind: of the posting.
        by: the user who posts; None for the service itself.
        number: of the posting, where it has been taken; 0 takes the next.
    """
    number, at = number or store.next_number(transaction, room_id), clock.now()
    store.add(transaction, room_id, (number, entries[0].source, kind, at, by), entries)
    return tuple(
        Posted(number, place, entry, kind, at, by) for place, entry in enumerate(entries, 1)
    )
