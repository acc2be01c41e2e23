"""Queues, and what is kept of each."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import RowMapping, func, insert, select, tuple_, update

from app.db.transaction import Reading, Transaction
from app.demand.tables import batches, counts, former_counts, queues
from app.demand.values import (
    Bookmark,
    Figures,
    Interval,
    Observed,
    Queue,
    Revision,
    instant,
)

FIGURES = tuple(Figures.__dataclass_fields__)
FIELDS = tuple(Queue.__dataclass_fields__)


def add_queue(transaction: Transaction, queue: Queue) -> int:
    """Keep a new queue; its number is given here and returned."""
    adding = insert(queues).values(asdict(queue)).returning(queues.c.number)
    return int(transaction.execute(adding).scalar_one())


def change_queue(transaction: Transaction, queue: Queue) -> bool:
    """Write a queue over the version before; False when that is not there."""
    change = (
        update(queues)
        .where(
            queues.c.id == queue.id,
            queues.c.room_id == queue.room_id,
            queues.c.version == queue.version - 1,
        )
        .values(name=queue.name, version=queue.version)
    )
    return transaction.execute(change).rowcount == 1


def hold_interval(transaction: Transaction, numbers: Collection[int], minutes: int) -> None:
    """Let these queues have intervals of that length."""
    change = update(queues).where(queues.c.number.in_(numbers)).values(interval_minutes=minutes)
    transaction.execute(change)


def room_queues(reading: Reading, room_id: UUID) -> dict[int, Queue]:
    """The queues of a room by number, in order of name."""
    query = select(queues).where(queues.c.room_id == room_id).order_by(queues.c.name)
    return {row["number"]: _queue(row) for row in reading.execute(query).mappings()}


def _queue(row: RowMapping) -> Queue:
    return Queue(**{field: row[field] for field in FIELDS})


def observed(reading: Reading, room_id: UUID) -> tuple[Observed, ...]:
    """What is kept of each queue of a room that has any counts, in order of name."""
    kept = (
        select(
            counts.c.queue,
            func.min(counts.c.start).label("first"),
            func.max(counts.c.start).label("last"),
            func.count().label("intervals"),
        )
        .where(counts.c.queue.in_(select(queues.c.number).where(queues.c.room_id == room_id)))
        .group_by(counts.c.queue)
        .subquery()
    )
    query = select(queues, kept.c.first, kept.c.last, kept.c.intervals)
    query = query.join(kept, kept.c.queue == queues.c.number).order_by(queues.c.name)
    return tuple(
        Observed(_queue(row), instant(row["first"]), instant(row["last"]), row["intervals"])
        for row in reading.execute(query).mappings()
    )


def page(
    reading: Reading,
    numbers: Collection[int],
    span: tuple[int, int],
    after: Bookmark | None,
    limit: int,
    since_batch: int | None = None,
) -> list[tuple[Bookmark, Interval]]:
    """Intervals of these queues that begin within a span of minutes, its end left out.

    By queue and start, from just after a bookmark on; each with its own. With `since_batch`, only
    what later batches brought.
    """
    place = tuple_(counts.c.queue, counts.c.start)
    query = (
        select(counts, queues.c.id.label("queue_id"))
        .join(queues, queues.c.number == counts.c.queue)
        .where(counts.c.queue.in_(numbers), counts.c.start >= span[0], counts.c.start < span[1])
    )
    if since_batch is not None:
        query = query.where(counts.c.batch > since_batch)
    if after is not None:
        query = query.where(place > tuple_(after.queue, after.start))
    query = query.order_by(counts.c.queue, counts.c.start).limit(limit)
    return [
        (
            Bookmark(row["queue"], row["start"]),
            Interval(row["queue_id"], instant(row["start"]), _figures(row)),
        )
        for row in reading.execute(query).mappings()
    ]


def revisions(reading: Reading, number: int, start: int) -> tuple[Revision, ...]:
    """What was told of one interval, the latest first."""
    told = batches.alias("told")
    by = batches.alias("by")
    now = select(counts, told.c.id, told.c.source, told.c.received_at)
    now = now.join(told, told.c.number == counts.c.batch)
    now = now.where(counts.c.queue == number, counts.c.start == start)
    row = reading.execute(now).mappings().first()
    if row is None:
        return ()
    before = (
        select(
            former_counts,
            told.c.id,
            told.c.source,
            told.c.received_at,
            by.c.received_at.label("replaced_at"),
        )
        .join(told, told.c.number == former_counts.c.batch)
        .join(by, by.c.number == former_counts.c.replaced_by)
        .where(former_counts.c.queue == number, former_counts.c.start == start)
        .order_by(former_counts.c.replaced_by.desc())
    )
    rows = [{**row, "replaced_at": None}, *map(dict, reading.execute(before).mappings())]
    return tuple(
        Revision(
            Figures(*(each[name] for name in FIGURES)),
            each["id"],
            each["source"],
            each["received_at"],
            each["replaced_at"],
        )
        for each in rows
    )


def _figures(row: RowMapping) -> Figures:
    return Figures(*(row[name] for name in FIGURES))
