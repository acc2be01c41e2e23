"""Counts in: what a batch would change, and the batch kept."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

import numpy as np

from app import clock
from app.db.transaction import Transaction
from app.db.types import new_id
from app.demand.checks import (
    Change,
    check_categories,
    check_counts,
    interval_length,
    told_apart,
)
from app.demand.service.categories import keep_parts
from app.demand.service.changes import Effect, effect_of
from app.demand.service.queues import create_queue, queues
from app.demand.store import batches as kept_batches
from app.demand.store import queues as kept_queues
from app.demand.store import rows as kept_rows
from app.demand.values import Batch, Counts, Queue, Received, instant
from app.people import service as people


def receive(
    transaction: Transaction,
    room_id: UUID,
    counts: Counts,
    source: str,
    by: UUID | None,
    *,
    file_name: str = "",
) -> Received:
    """Keep counts; the latest word on an interval stands, a former one that differs is kept.

    All of them stand or none does. Queues and categories that the room does not have are made. A
    batch that changes nothing is not kept. Where only categories tell an interval, the queue's
    count is their sum.

    Args:
        transaction: the caller's.
        room_id: the control room.
        counts: of queues by name.
        source: the door they came by, such as "api".
        by: the user who sent them; None for the command line.
        file_name: what the sender called the file, if it was one.

    Raises:
        NotFound: when there is no such room.
        InvalidInput: when a count cannot be, or the interval length is not the room's.
    """
    people.room(transaction, room_id)
    check_counts(counts)
    check_categories(counts)
    told = told_apart(counts)
    kept_batches.take_turn(transaction, room_id)
    counted = {counts.queues[place] for place in np.unique(counts.queue)}
    for name in counted - {each.name for each in queues(transaction, room_id)}:
        create_queue(transaction, room_id, name)
    known = kept_queues.room_queues(transaction, room_id)
    length = interval_length(told.wholes, held_length(known.values()))
    effect = effect_of(transaction, room_id, known, told)
    received = _received(effect)
    if received.batch_id is None:
        return received
    number = kept_batches.add_batch(
        transaction, _batch(room_id, counts, received, source, by, file_name)
    )
    keep_parts(transaction, room_id, effect.parts, number)
    changes = effect.wholes
    new, revised, former = (
        np.concatenate([getattr(change, name) for change in changes.values()])
        for name in ("new", "revised", "former")
    )
    new["batch"] = revised["batch"] = number
    kept_rows.add(transaction, new)
    kept_rows.replace(transaction, former, revised)
    unheld = [n for n, each in known.items() if each.name in changes and not each.interval_minutes]
    kept_queues.hold_interval(transaction, unheld, length)
    return received


def held_length(known: Iterable[Queue]) -> int | None:
    """Minutes of an interval of these queues of a room; None before any counts came."""
    return next((each.interval_minutes for each in known if each.interval_minutes), None)


def shown_name(file_name: str) -> str:
    """A file's name as it can be kept and shown."""
    return "".join(filter(str.isprintable, file_name))[:200]


def _received(effect: Effect) -> Received:
    figures = [(len(e.new), len(e.revised), e.unchanged) for e in effect.wholes.values()]
    new, revised, unchanged = (sum(column) for column in zip(*figures, strict=True))
    categorised = sum(map(_altered, effect.parts.values()))
    batch_id = new_id() if new + revised + categorised else None
    return Received(batch_id, new, revised, unchanged, categorised)


def _altered(change: Change) -> int:
    return len(change.new) + len(change.revised)


def _batch(
    room_id: UUID, counts: Counts, received: Received, source: str, by: UUID | None, file_name: str
) -> Batch:
    return Batch(
        received.batch_id or new_id(),
        0,
        room_id,
        source,
        shown_name(file_name),
        clock.now(),
        by,
        received.new,
        received.revised,
        received.unchanged,
        instant(int(counts.start.min())),
        instant(int(counts.start.max())),
    )
