"""Counts out: as a history, as pages of intervals, with what was told before."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from uuid import UUID

from app.clock import EPOCH
from app.db.transaction import Reading
from app.demand.series import csv_of, history_of, layered
from app.demand.service.queues import numbered
from app.demand.store import batches as kept_batches
from app.demand.store import layers as kept_layers
from app.demand.store import queues as kept_queues
from app.demand.store import rows as kept_rows
from app.demand.values import (
    Batch,
    Bookmark,
    IntervalPage,
    Layer,
    Observed,
    Revision,
    View,
    minute,
)
from app.errors import NotFound, invalid
from forecasting.series import History

BEGINNING, END = -(2**31), 2**31 - 1
"""Minutes since 1970 UTC before and after everything that is kept."""

LARGEST_PAGE = 5000
"""Intervals a page: seven weeks of one queue in quarter hours, some 500 kB of JSON."""


def history(
    reading: Reading,
    room_id: UUID,
    *,
    until: datetime | None = None,
    since: datetime | None = None,
    view: View = "counted",
) -> History:
    """The counts of a room's queues, by name; intervals that begin from `since`, before `until`.

    Args:
        reading: the caller's.
        room_id: the control room.
        until: the first beginning that no longer counts.
        since: the first that does.
        view: the counts as they came, or with what people decided about them laid over.

    Raises:
        NotFound: when nothing was observed there.
    """
    first, after = span_of(since, until)
    known = kept_queues.room_queues(reading, room_id)
    rows = {
        each.name: found
        for number, each in known.items()
        if len(found := kept_rows.kept(reading, number, first, after - 1))
    }
    if not rows:
        raise NotFound("No counts of this control room are kept for that time.")
    counted = history_of(rows, max(each.interval_minutes or 0 for each in known.values()))
    if view == "counted":
        return counted
    names = {each.id: each.name for each in known.values()}
    laid: dict[str, list[Layer]] = {}
    for layer in kept_layers.layers(reading, room_id):
        laid.setdefault(names[layer.queue_id], []).append(layer)
    return layered(counted, laid, view)


def observed(reading: Reading, room_id: UUID) -> tuple[Observed, ...]:
    """What is kept of each queue that has any counts, in order of name."""
    return kept_queues.observed(reading, room_id)


def intervals(
    reading: Reading,
    room_id: UUID,
    *,
    only: Collection[UUID] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    after: Bookmark | None = None,
    limit: int = 1000,
    since_batch: int | None = None,
) -> IntervalPage:
    """A page of counts as they stand, by queue and start; at most `LARGEST_PAGE`.

    Args:
        reading: the caller's.
        room_id: the control room.
        only: ids of queues; None for all of the room.
        since: the first beginning that counts.
        until: the first that no longer does.
        after: where the page before ended.
        limit: intervals a page.
        since_batch: only what batches after that number brought; `newest_batch` gives the mark.
    """
    known = kept_queues.room_queues(reading, room_id)
    numbers = [number for number, each in known.items() if only is None or each.id in only]
    size = max(1, min(limit, LARGEST_PAGE))
    found = kept_queues.page(reading, numbers, span_of(since, until), after, size + 1, since_batch)
    following = found[size - 1][0] if len(found) > size else None
    return IntervalPage(tuple(each for _, each in found[:size]), following)


def revisions(
    reading: Reading, room_id: UUID, queue_id: UUID, start: datetime
) -> tuple[Revision, ...]:
    """What was told of one interval, the latest first; it stands, the others are replaced.

    Raises:
        NotFound: when the room has no such queue, or nothing was told of that interval.
    """
    number, _ = numbered(reading, room_id, queue_id)
    told = kept_queues.revisions(reading, number, min(minute(start), END))
    if not told:
        raise NotFound("Nothing was told of this interval.")
    return told


def batches(
    reading: Reading, room_id: UUID, *, before: int | None = None, limit: int = 50
) -> tuple[Batch, ...]:
    """Batches of a room, the newest first, from just before a number on; at most 200."""
    return kept_batches.room_batches(reading, room_id, before, max(1, min(limit, 200)))


def batch(reading: Reading, room_id: UUID, batch_id: UUID) -> Batch:
    """A batch of a room.

    Raises:
        NotFound: when there is none of that id in that room.
    """
    found = kept_batches.batch(reading, room_id, batch_id)
    if found is None:
        raise NotFound("There is no such batch in this control room.")
    return found


def newest_batch(reading: Reading, room_id: UUID) -> int:
    """The number of the room's newest batch; 0 before any came."""
    return kept_batches.newest(reading, room_id)


def table(
    reading: Reading,
    room_id: UUID,
    *,
    only: Collection[UUID] | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> str:
    """The counts as they stand, as CSV that `parade forecast` and this service read."""
    first, after = span_of(since, until)
    rows = {
        each.name: kept_rows.kept(reading, number, first, after - 1)
        for number, each in kept_queues.room_queues(reading, room_id).items()
        if only is None or each.id in only
    }
    return csv_of(rows)


def span_of(since: datetime | None, until: datetime | None) -> tuple[int, int]:
    """Minutes from `since` until just before `until`."""
    first = BEGINNING if since is None else _next_minute("since", since)
    return first, END if until is None else _next_minute("until", until)


def _next_minute(field: str, given: datetime) -> int:
    """Minutes to the first whole minute from an instant on, within what is kept."""
    if given.tzinfo is None:
        raise invalid(field, "Give an instant with its offset from UTC.")
    return max(BEGINNING, min(-((EPOCH - given) // timedelta(minutes=1)), END))
