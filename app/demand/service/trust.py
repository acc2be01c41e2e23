"""How far counts can be believed: looked at after an import."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import numpy as np

from app import clock
from app.db.transaction import Reading, Transaction
from app.demand.checks import is_decided
from app.demand.series import found, places
from app.demand.service.events import dated_events, holidays_of
from app.demand.service.kept import history
from app.demand.service.queues import numbered, queues
from app.demand.store import batches as kept_batches
from app.demand.store import layers as store
from app.demand.values import BoolArray, Check, Found, Layer, Queue, Trust
from app.demand.values import instant as instant_of
from app.jobs import service as jobs
from app.people import service as people
from app.web.words import count
from forecasting.calendar import Calendar
from forecasting.cleaning.examine import Examined, examine_together
from forecasting.series import History, Series

KIND = "counts_check"
"""The kind of the job that looks at the counts of a room."""

EVERY = timedelta(hours=6)
"""Time between two looks at a room whose counts come in all day."""


@dataclass(frozen=True, eq=False, slots=True)
class LookAt:
    """What a look at a room's counts needs, read at once.

    Attributes:
        history: the counts as they came.
        by_name: the queues.
        layers: decisions that hold.
        batch: number of the newest batch.
        calendar: the room's zone, public holidays and events.
    """

    history: History
    by_name: Mapping[str, Queue]
    layers: tuple[Layer, ...]
    batch: int
    calendar: Calendar


def rooms_to_look_at(reading: Reading) -> tuple[UUID, ...]:
    """Rooms with counts that no look has seen, unless they were looked at lately or will be."""
    behind = store.rooms_behind(reading, clock.now() - EVERY)
    return tuple(room_id for room_id in behind if not _is_asked(reading, room_id))


def _is_asked(reading: Reading, room_id: UUID) -> bool:
    """Whether a look is under way, or the last one failed after the newest counts came."""
    last = next(iter(jobs.jobs(reading, room_id, KIND, 1)), None)
    if last is None or last.state == "done":
        return False
    return last.state not in jobs.ENDED or clock.now() - last.asked_at < EVERY


def ask_look(transaction: Transaction, room_id: UUID) -> None:
    """Let a job look at the counts of a room."""
    jobs.ask(transaction, kind=KIND, room_id=room_id, asked_by=None, arguments={})


def gather_look(reading: Reading, room_id: UUID) -> LookAt:
    """Read all that a look needs.

    Raises:
        NotFound: when the room has no counts.
    """
    return LookAt(
        history(reading, room_id),
        {each.name: each for each in queues(reading, room_id)},
        store.layers(reading, room_id),
        kept_batches.newest(reading, room_id),
        calendar_of(reading, room_id),
    )


def look(
    materials: LookAt, go_on: Callable[[int, str], bool] = lambda *_: True
) -> tuple[Check, ...]:
    """Examine the queues of a room together; a year of quarter hours takes a tenth of a second.

    Args:
        materials: from `gather_look`.
        go_on: asked before each queue, with how many are done and the name of the next.

    Returns:
        A check for each queue; none when it was not to go on.
    """
    history = materials.history
    doubted = {
        name: doubted_by(
            series,
            [e for e in materials.layers if e.queue_id == materials.by_name[name].id],
        )
        for name, series in history.items()
    }
    examined = examine_together(history, materials.calendar, doubted, go_on)
    return tuple(
        _check(materials.by_name[name].id, history[name], seen, materials.batch)
        for name, seen in examined.items()
    )


def keep_look(
    transaction: Transaction, room_id: UUID, checks: tuple[Check, ...]
) -> tuple[Found, ...]:
    """Keep what a look came to.

    Returns:
        What is new: not among the findings of the look before, and not decided about.
    """
    before = store.checks(transaction, room_id)
    layers = store.layers(transaction, room_id)
    new: list[Found] = []
    for check in checks:
        store.put_check(transaction, check)
        known = before.get(check.queue_id)
        keys = {each.key for each in known.findings} if known else set()
        ours = [each for each in layers if each.queue_id == check.queue_id]
        new += [
            each for each in check.findings if each.key not in keys and not is_decided(each, ours)
        ]
    return tuple(new)


def look_words(new: Sequence[Found]) -> str:
    """How much is new, in a sentence; gaps are told apart, since they teach nothing wrong."""
    gaps = sum(each.kind == "absent" for each in new)
    parts = [
        *([f"{count(len(new) - gaps, 'new thing')} to look at"] if len(new) > gaps else []),
        *([f"{count(gaps, 'new gap')}"] if gaps else []),
    ]
    return f"{' and '.join(parts) or 'Nothing new to look at'} in the counts."


def trust(reading: Reading, room_id: UUID, queue_id: UUID) -> Trust:
    """How far a queue's counts can be believed, as of the last look.

    Raises:
        NotFound: when the room has no such queue.
    """
    queue = numbered(reading, room_id, queue_id)[1]
    holding, undone = (
        tuple(
            each
            for each in store.layers(reading, room_id, undone=gone)
            if each.queue_id == queue_id
        )
        for gone in (False, True)
    )
    check = store.checks(reading, room_id).get(queue_id)
    findings = check.findings if check else ()
    still_open = tuple(each for each in findings if not is_decided(each, holding))
    return Trust(queue, check, still_open, holding, undone)


def to_look_at(reading: Reading, room_id: UUID) -> dict[UUID, int]:
    """How many findings nobody has decided about, by queue that was looked at; gaps left out."""
    layers = store.layers(reading, room_id)
    return {
        queue_id: sum(
            each.kind != "absent"
            and not is_decided(each, [one for one in layers if one.queue_id == queue_id])
            for each in check.findings
        )
        for queue_id, check in store.checks(reading, room_id).items()
    }


def _check(queue_id: UUID, series: Series, seen: Examined, batch: int) -> Check:
    begin = int(series.start.astype(np.int64))
    return Check(
        queue_id,
        clock.now(),
        batch,
        seen.open_intervals,
        seen.observed,
        instant_of(begin),
        instant_of(begin + len(series) * series.interval_minutes),
        tuple(found(each, series, seen.expected) for each in seen.findings),
    )


def doubted_by(series: Series, layers: Sequence[Layer]) -> BoolArray:
    """Intervals whose counts somebody corrected or took out: nothing is learned from them."""
    doubted = np.zeros(len(series), dtype=np.bool_)
    for each in layers:
        if each.decision != "accept":
            first, after = places(series, each.start, each.end)
            doubted[max(first, 0) : max(after, 0)] = True
    return doubted


def calendar_of(reading: Reading, room_id: UUID) -> Calendar:
    """The room's zone, public holidays and events."""
    zone, code = people.room(reading, room_id).zone, holidays_of(reading, room_id)[0]
    return Calendar(zone, code, tuple(said for _, said in dated_events(reading, room_id)))
