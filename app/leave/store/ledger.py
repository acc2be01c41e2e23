"""Every query about the ledger; each is held to one control room."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    RowMapping,
    Select,
    String,
    cast,
    func,
    insert,
    select,
    tuple_,
    update,
)

from app.db.transaction import Reading, Transaction
from app.leave.tables import ledger_entries, ledger_postings, ledgers
from app.leave.values import Account, Asked, Entry, Kind, Movement, Posted, YearStart

GRANTS = "leave-year:"
"""How the sources of leave that a year gave begin."""

FIELDS = ("officer_id", "account", "amount", "day", "expires", "rate", "words")


def is_open(transaction: Transaction, room_id: UUID) -> bool:
    """Whether the room has a ledger; it is held until the transaction ends."""
    query = select(ledgers.c.room_id).where(ledgers.c.room_id == room_id).with_for_update()
    return transaction.execute(query).first() is not None


def open_ledger(transaction: Transaction, room_id: UUID) -> None:
    """Let the room have a ledger without postings."""
    transaction.execute(insert(ledgers).values(room_id=room_id, postings=0))


def next_number(transaction: Transaction, room_id: UUID) -> int:
    """The number of the next posting, taken."""
    change = update(ledgers).where(ledgers.c.room_id == room_id)
    raised = change.values(postings=ledgers.c.postings + 1).returning(ledgers.c.postings)
    return int(transaction.execute(raised).scalar_one())


def year_start(reading: Reading, room_id: UUID) -> YearStart | None:
    """When the leave year of a room begins; None until it has said so."""
    query = select(ledgers.c.year_month, ledgers.c.year_day).where(ledgers.c.room_id == room_id)
    row = reading.execute(query).first()
    return YearStart(*row) if row and row.year_month is not None else None


def set_year_start(transaction: Transaction, room_id: UUID, start: YearStart) -> None:
    """Let the leave year of a room begin then."""
    change = update(ledgers).where(ledgers.c.room_id == room_id)
    transaction.execute(change.values(year_month=start.month, year_day=start.day))


def settled(reading: Reading, room_id: UUID) -> date | None:
    """The day up to which what expired is written; None before the first time."""
    query = select(ledgers.c.settled).where(ledgers.c.room_id == room_id)
    return reading.execute(query).scalar()


def set_settled(transaction: Transaction, room_id: UUID, day: date) -> None:
    """Let what expired be written up to a day."""
    change = update(ledgers).where(ledgers.c.room_id == room_id)
    transaction.execute(change.values(settled=day))


def granted(reading: Reading, room_id: UUID, prefix: str) -> tuple[int, dict[UUID, int]]:
    """How often sources that begin so were posted, and what is left of it by officer id."""
    posting = ledger_postings.c
    begin = [posting.room_id == room_id, posting.source.startswith(prefix, autoescape=True)]
    times = select(func.count()).where(*begin, posting.kind == "posted")
    sums = (
        select(ledger_entries.c.officer_id, func.sum(ledger_entries.c.amount))
        .join(ledger_postings)
        .where(*begin)
        .group_by(ledger_entries.c.officer_id)
    )
    found = {officer_id: int(total) for officer_id, total in reading.execute(sums)}
    return int(reading.execute(times).scalar_one()), found


def has_grants(reading: Reading, room_id: UUID) -> bool:
    """Whether leave of any year was granted in the room."""
    return granted(reading, room_id, GRANTS)[0] > 0


def add(
    transaction: Transaction,
    room_id: UUID,
    head: tuple[int, str, Kind, datetime, UUID | None],
    entries: Sequence[Entry],
) -> None:
    """Keep a posting: its number, source and kind, when and by whom, and its entries."""
    number, source, kind, at, by = head
    posting = {"room_id": room_id, "number": number, "source": source, "kind": kind}
    transaction.execute(insert(ledger_postings).values(**posting, at=at, by=by))
    rows = [
        {"room_id": room_id, "number": number, "place": place}
        | {field: getattr(entry, field) for field in FIELDS}
        for place, entry in enumerate(entries, 1)
    ]
    transaction.execute(insert(ledger_entries), rows)


def kinds_of(reading: Reading, room_id: UUID, source: str) -> set[Kind]:
    """What has been done with a source: nothing, posted, posted and taken back."""
    query = select(ledger_postings.c.kind).where(
        ledger_postings.c.room_id == room_id, ledger_postings.c.source == source
    )
    return set(reading.execute(query).scalars())


def source_of(reading: Reading, room_id: UUID, number: int) -> tuple[str, Kind] | None:
    """What a posting comes from and what it does; None where there is none of that number."""
    query = select(ledger_postings.c.source, ledger_postings.c.kind).where(
        ledger_postings.c.room_id == room_id, ledger_postings.c.number == number
    )
    row = reading.execute(query).first()
    return (row.source, row.kind) if row else None


def of_posting(reading: Reading, room_id: UUID, number: int) -> tuple[Posted, ...]:
    """The entries of a posting; none where there is none of that number."""
    query = _of_room(room_id).where(ledger_entries.c.number == number)
    return _read(reading, query.order_by(ledger_entries.c.place))


def of_source(reading: Reading, room_id: UUID, source: str) -> tuple[Posted, ...]:
    """The entries that a source was posted with."""
    query = _of_room(room_id).where(
        ledger_postings.c.source == source, ledger_postings.c.kind == "posted"
    )
    return _read(reading, query.order_by(ledger_entries.c.place))


def entries(
    reading: Reading,
    room_id: UUID,
    asked: Asked,
    after: tuple[int, int] | None = None,
    limit: int | None = None,
) -> tuple[Posted, ...]:
    """Entries in the order in which they were posted, from just after a place on."""
    entry, posting = ledger_entries.c, ledger_postings.c
    wanted: tuple[tuple[object, Callable[[Any], ColumnElement[bool]]], ...] = (
        (asked.officer_id, lambda value: entry.officer_id == value),
        (asked.account, lambda value: entry.account == value),
        (asked.first, lambda value: entry.day >= value),
        (asked.last, lambda value: entry.day <= value),
        (asked.since, lambda value: posting.at >= value),
        (asked.before, lambda value: posting.at < value),
    )
    query = _of_room(room_id).where(*(holds(value) for value, holds in wanted if value is not None))
    place = (ledger_entries.c.number, ledger_entries.c.place)
    if after is not None:
        query = query.where(tuple_(*place) > tuple_(*after))
    return _read(reading, query.order_by(*place).limit(limit))


def movements(
    reading: Reading, room_id: UUID, officer_id: UUID | None
) -> dict[UUID, list[Movement]]:
    """By officer id what decides how accounts stand, of everyone in the room or of one.

    Ids are read as they stand in the row, once for each officer: the ledgers of a large room are
    some ten thousand rows.
    """
    entry, posting = ledger_entries.c, ledger_postings.c
    whose = cast(entry.officer_id, String) if reading.dialect.name == "sqlite" else entry.officer_id
    query = (
        select(
            whose,
            *(entry.account, entry.amount, entry.day, entry.expires),
            *(posting.source, posting.kind, entry.number, entry.place),
        )
        .join_from(ledger_entries, ledger_postings)
        .where(entry.room_id == room_id)
        .order_by(entry.officer_id)
    )
    if officer_id is not None:
        query = query.where(entry.officer_id == officer_id)
    rows = reading.execute(query)
    return {
        UUID(str(each)): [Movement(*row[1:]) for row in of_one]
        for each, of_one in groupby(rows, key=itemgetter(0))
    }


def balances(
    reading: Reading, room_id: UUID, officers: Collection[UUID] | None, on: date
) -> dict[UUID, dict[Account, int]]:
    """Sums of the entries up to a day, of everyone in the room or of some."""
    by = (ledger_entries.c.officer_id, ledger_entries.c.account)
    query = (
        select(*by, func.sum(ledger_entries.c.amount))
        .where(ledger_entries.c.room_id == room_id, ledger_entries.c.day <= on)
        .group_by(*by)
    )
    if officers is not None:
        query = query.where(ledger_entries.c.officer_id.in_(officers))
    found: dict[UUID, dict[Account, int]] = {}
    for officer_id, account, total in reading.execute(query):
        found.setdefault(officer_id, {})[account] = int(total)
    return found


def _of_room(room_id: UUID) -> Select[tuple[object, ...]]:
    posting = ledger_postings.c
    return (
        select(ledger_entries, posting.source, posting.kind, posting.at, posting.by)
        .join(ledger_postings)
        .where(ledger_entries.c.room_id == room_id)
    )


def _read(reading: Reading, query: Select[tuple[object, ...]]) -> tuple[Posted, ...]:
    return tuple(map(_posted, reading.execute(query).mappings()))


def _posted(row: RowMapping) -> Posted:
    entry = Entry(**{field: row[field] for field in FIELDS}, source=row["source"])
    return Posted(row["number"], row["place"], entry, row["kind"], row["at"], row["by"])
