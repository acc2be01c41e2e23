"""How far counts can be believed: looked at after an import, decided about by people.

A decision is a layer over the counts. It never changes them, it can be taken back, and everything
that learns from counts reads them through the layers that hold.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import numpy as np

from app import clock
from app.db.transaction import Reading, Transaction
from app.db.types import new_id
from app.demand.checks import is_decided, refuse_ruling
from app.demand.series import found, places
from app.demand.service.events import dated_events, holidays_of
from app.demand.service.kept import history
from app.demand.service.queues import numbered, queues
from app.demand.store import batches as kept_batches
from app.demand.store import layers as store
from app.demand.values import BoolArray, Check, FloatArray, Found, Layer, Queue, Ruling, Trust
from app.demand.values import instant as instant_of
from app.errors import Conflict, NotFound
from app.jobs import service as jobs
from app.people import service as people
from app.web.words import count
from forecasting.calendar import Calendar
from forecasting.cleaning import repair
from forecasting.cleaning.examine import Examined, examine
from forecasting.cleaning.finding import Finding
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
        _calendar(reading, room_id),
    )


def look(
    materials: LookAt, go_on: Callable[[int, str], bool] = lambda *_: True
) -> tuple[Check, ...]:
    """Examine each queue; a year of quarter hours takes about a tenth of a second.

    Args:
        materials: from `gather_look`.
        go_on: asked before each queue, with how many are done and the name of the next.
    """
    checks = []
    for done, (name, series) in enumerate(materials.history.items()):
        if not go_on(done, name):
            break
        queue = materials.by_name[name]
        layers = [each for each in materials.layers if each.queue_id == queue.id]
        seen = examine(series, materials.calendar, _doubted(series, layers))
        checks.append(_check(queue.id, series, seen, materials.batch))
    return tuple(checks)


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


def layers_in_force(reading: Reading, room_id: UUID) -> tuple[Layer, ...]:
    """Decisions that change what is learned from a room's counts, the newest first."""
    return tuple(each for each in store.layers(reading, room_id) if each.decision != "accept")


def decide(
    transaction: Transaction, room_id: UUID, queue_id: UUID, by: UUID, ruling: Ruling
) -> Layer:
    """Lay a decision over the counts that a finding is about.

    Raises:
        NotFound: when the room has no such queue, or the last look found no such thing.
        Conflict: when somebody decided about it already.
        InvalidInput: naming every field that cannot be used.
    """
    seen = trust(transaction, room_id, queue_id)
    known = seen.check.findings if seen.check else ()
    about = next((each for each in known if each.key == ruling.key), None)
    if about is None:
        raise NotFound("The last look at these counts found no such thing: read them again.")
    if about not in seen.open_findings:
        raise Conflict("Somebody decided about this already: take that back first.")
    refuse_ruling(ruling, about, seen.queue.interval_minutes or 15)
    layer = Layer(
        id=new_id(),
        queue_id=queue_id,
        kind=about.kind,
        start=about.start,
        end=about.end,
        words=about.words[:500],
        decision=ruling.decision,
        way=ruling.way,
        reason=ruling.reason.strip(),
        by=by,
        at=clock.now(),
        offered=_corrected(transaction, room_id, seen, about, ruling),
    )
    store.add_layer(transaction, layer)
    return layer


def undo(transaction: Transaction, room_id: UUID, queue_id: UUID, layer_id: UUID, by: UUID) -> None:
    """Take a decision back: the counts stand as they came, and the finding is open again.

    Raises:
        NotFound: when no such decision about that queue of the room holds.
    """
    numbered(transaction, room_id, queue_id)
    if not store.undo(transaction, queue_id, layer_id, by, clock.now()):
        raise NotFound("No such decision holds: it may have been taken back.")


def _corrected(
    reading: Reading, room_id: UUID, seen: Trust, about: Found, ruling: Ruling
) -> FloatArray | None:
    """What is to stand in place of the counts; None for other decisions than a correction."""
    if ruling.way is None:
        return None
    if ruling.values is not None:
        return np.array([np.nan if each is None else each for each in ruling.values])
    series = history(reading, room_id)[seen.queue.name]
    first, after = places(series, about.start, about.end)
    finding = Finding(
        about.kind, first, after, about.observed, about.expected, about.words, moved=about.moved
    )
    if ruling.way == "halve":
        return repair.halved(finding, series)
    if ruling.way == "move":
        return repair.moved_back(finding, series)
    now = examine(series, _calendar(reading, room_id), _doubted(series, seen.layers))
    if ruling.way == "expected":
        return repair.as_expected(finding, now.expected)
    return repair.spread(finding, now.expected, ruling.total or 0.0)


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


def _doubted(series: Series, layers: tuple[Layer, ...] | list[Layer]) -> BoolArray:
    """Intervals whose counts somebody corrected or took out: nothing is learned from them."""
    doubted = np.zeros(len(series), dtype=np.bool_)
    for each in layers:
        if each.decision != "accept":
            first, after = places(series, each.start, each.end)
            doubted[max(first, 0) : max(after, 0)] = True
    return doubted


def _calendar(reading: Reading, room_id: UUID) -> Calendar:
    zone, code = people.room(reading, room_id).zone, holidays_of(reading, room_id)[0]
    return Calendar(zone, code, tuple(said for _, said in dated_events(reading, room_id)))
