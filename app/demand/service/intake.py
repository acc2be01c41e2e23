"""Counts in: what a batch would change, and the batch kept."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

import numpy as np

from app import clock
from app.db.transaction import Reading, Transaction
from app.db.types import new_id
from app.demand.checks import Change, check_counts, compare, interval_length
from app.demand.series import rows_of
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

    All of them stand or none does. Queues that the room does not have are made. A batch that
    changes nothing is not kept.

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
    kept_batches.take_turn(transaction, room_id)
    counted = {counts.queues[place] for place in np.unique(counts.queue)}
    for name in counted - {each.name for each in queues(transaction, room_id)}:
        create_queue(transaction, room_id, name)
    known = kept_queues.room_queues(transaction, room_id)
    length = interval_length(counts, held_length(known.values()))
    changes = changes_of(transaction, known, counts)
    received = _received(changes.values())
    if received.batch_id is None:
        return received
    number = kept_batches.add_batch(
        transaction, _batch(room_id, counts, received, source, by, file_name)
    )
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


def changes_of(reading: Reading, known: Mapping[int, Queue], counts: Counts) -> dict[str, Change]:
    """What counts would change, by queue; a queue that is not known has nothing kept."""
    numbers = {name: -1 - place for place, name in enumerate(counts.queues)}
    numbers |= {each.name: number for number, each in known.items()}
    rows = rows_of(counts, numbers)
    changes = {}
    for name in counts.queues:
        first, after = np.searchsorted(rows["queue"], [numbers[name], numbers[name] + 1])
        if first < after:
            given = rows[first:after]
            span = int(given["start"][0]), int(given["start"][-1])
            changes[name] = compare(kept_rows.kept(reading, numbers[name], *span), given)
    return changes


def shown_name(file_name: str) -> str:
    """A file's name as it can be kept and shown."""
    return "".join(filter(str.isprintable, file_name))[:200]


def _received(changes: Iterable[Change]) -> Received:
    figures = [(len(each.new), len(each.revised), each.unchanged) for each in changes]
    new, revised, unchanged = (sum(column) for column in zip(*figures, strict=True))
    return Received(new_id() if new + revised else None, new, revised, unchanged)


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
