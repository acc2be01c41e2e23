"""How adjustments did: held against counts after they came, and told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import numpy as np

from app import clock
from app.db.transaction import Reading, Transaction
from app.demand import service as demand
from app.errors import NotFound
from app.forecasts import series
from app.forecasts.service.adjustments import adjustment_words
from app.forecasts.store import adjustments as store
from app.forecasts.store import runs
from app.forecasts.values import AdjustmentScore, Forecast, Laid, Packed, Record, ToldAdjustment
from app.jobs import service as jobs
from app.people import service as people

JUDGING = "adjustments"
"""The kind of the job that holds adjustments against counts."""

EVERY = timedelta(hours=6)
"""Time between two such jobs of a room whose counts come in all day."""

REVISED = timedelta(weeks=8)
"""How long after its last day an adjustment is still held against counts that are revised."""

FEW = 3
"""Adjustments of a size, below which nothing is said of how they did."""


@dataclass(frozen=True, eq=False, slots=True)
class ToJudge:
    """What holding adjustments against counts needs, read at once.

    Attributes:
        laid: the adjustments.
        history: counts that no decision touches.
        said: forecasts with what they say, and the local days for which each is the newest.
        queue_ids: by name.
    """

    laid: tuple[Laid, ...]
    history: series.History
    said: tuple[tuple[Forecast, Mapping[str, Packed], tuple[date, ...]], ...]
    queue_ids: Mapping[str, UUID]


def rooms_to_judge(reading: Reading) -> tuple[UUID, ...]:
    """Rooms with adjustments and with counts that have come since these were last judged."""
    return tuple(room_id for room_id in store.rooms(reading) if is_judging_due(reading, room_id))


def is_judging_due(reading: Reading, room_id: UUID) -> bool:
    """Whether counts of a room have come since its adjustments were last judged."""
    newest = next(iter(demand.batches(reading, room_id, limit=1)), None)
    last = next(iter(jobs.jobs(reading, room_id, JUDGING, 1)), None)
    if newest is None or last is None:
        return newest is not None
    return last.asked_at < min(newest.received_at, clock.now() - EVERY)


def ask_judging(transaction: Transaction, room_id: UUID) -> None:
    """Let a job hold the adjustments of a room against its counts."""
    jobs.ask(transaction, kind=JUDGING, room_id=room_id, asked_by=None, arguments={})


def gather_judging(reading: Reading, room_id: UUID) -> ToJudge | None:
    """Read all that holding adjustments against counts needs; None where none has acted."""
    room = people.room(reading, room_id)
    today = room.today()
    scored = store.scores(reading, room_id)
    laid = tuple(
        each
        for each in store.adjustments(reading, room_id, None, None)
        if each.said.first <= today and (each.id not in scored or each.said.last >= today - REVISED)
    )
    if not laid:
        return None
    days = sorted({day for each in laid for day in _days(each, today)})
    since = series.aware(series.midnight(days[0], room.zone))
    try:
        history = demand.history(reading, room_id, since=since, view="untouched")
    except NotFound:
        return None
    names = {queue.id: queue.name for queue in demand.queues(reading, room_id)}
    said = []
    for known, on in runs.newest_of_days(reading, room_id, days):
        kept = runs.values(reading, room_id, known.id)
        said.append((known, {names[each]: kept[each] for each in kept}, on))
    ids = {name: queue_id for queue_id, name in names.items()}
    return ToJudge(laid, history, tuple(said), ids)


def _days(laid: Laid, today: date) -> list[date]:
    """Local days of the past on which an adjustment may have acted."""
    last = min(laid.said.last + timedelta(days=1), today)
    return [
        laid.said.first + timedelta(days=day) for day in range((last - laid.said.first).days + 1)
    ]


def judge(materials: ToJudge) -> tuple[AdjustmentScore, ...]:
    """Hold adjustments against counts; of each by itself, and none where nothing was counted."""
    judging = series.Judging(
        [
            (series.library_forecast(known, packed), np.array(on, dtype="datetime64[D]"))
            for known, packed, on in materials.said
        ],
        materials.history,
        materials.queue_ids,
    )
    now = clock.now()
    found = (judging.score(each, now) for each in materials.laid)
    return tuple(each for each in found if each is not None)


def keep_judged(transaction: Transaction, scores: tuple[AdjustmentScore, ...]) -> None:
    """Keep how adjustments did."""
    for each in scores:
        store.put_score(transaction, each)


def adjustment_scores(reading: Reading, room_id: UUID) -> Mapping[UUID, AdjustmentScore]:
    """How adjustments of a room did, of those whose counts have come."""
    return store.scores(reading, room_id)


def told_adjustments(
    reading: Reading, room_id: UUID, laid: Sequence[Laid]
) -> tuple[ToldAdjustment, ...]:
    """Adjustments of a room with what is known of each."""
    names = {queue.id: queue.name for queue in demand.queues(reading, room_id)}
    looks = store.reviews(reading, room_id, [each.id for each in laid])
    scores = store.scores(reading, room_id)
    return tuple(
        ToldAdjustment(
            each, adjustment_words(each, names), looks.get(each.id, ()), scores.get(each.id)
        )
        for each in laid
    )


def record(reading: Reading, room_id: UUID, by: UUID | None = None) -> Record:
    """How all adjustments of a room did so far, or those that one person laid."""
    laid = store.adjustments(reading, room_id, None, None)
    ours = {each.id for each in laid if by is None or each.laid_by == by}
    scores = store.scores(reading, room_id).values()
    found = series.verdicts(each for each in scores if each.adjustment_id in ours)
    return Record(len(ours), found["better"], found["worse"], found["alike"])


def alike_words(reading: Reading, room_id: UUID, size: float) -> tuple[str, bool]:
    """How adjustments of about a size did so far, for who is about to lay one.

    Args:
        reading: the caller's.
        room_id: the control room.
        size: calls added as a share of those forecast; negative for fewer.

    Returns:
        A sentence, "" where too few are known; and whether it warns.
    """
    which = series.band(size)
    scores = store.scores(reading, room_id).values()
    found = series.verdicts(each for each in scores if series.band(each.size) == which)
    many = sum(found.values())
    if many < FEW:
        return "", False
    warns = found["worse"] > found["better"]
    did = f"made it worse {found['worse']}" if warns else f"helped {found['better']}"
    sizes = series.band_words(which)
    return f"Adjustments of this size ({sizes}) have so far {did} of {many} times.", warns
