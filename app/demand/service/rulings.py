"""Decisions of people about counts that are hard to believe.

A decision is a layer over the counts. It never changes them, it can be taken back, and everything
that learns from counts reads them through the layers that hold. It is about what a look found, or
about a stretch that a person knows to be wrong though no look can tell.
"""

from __future__ import annotations

from dataclasses import replace
from uuid import UUID

import numpy as np

from app import clock
from app.db.transaction import Reading, Transaction
from app.db.types import new_id
from app.demand.checks import refuse_overlap, refuse_ruling, refuse_stretch
from app.demand.series import places
from app.demand.service.kept import history
from app.demand.service.queues import numbered
from app.demand.service.trust import calendar_of, doubted_by, trust
from app.demand.store import layers as store
from app.demand.values import FloatArray, Found, Layer, Ruling, Stretch, Trust
from app.errors import Conflict, NotFound
from forecasting.cleaning import repair
from forecasting.cleaning.examine import examine
from forecasting.cleaning.wording import calls, span_words
from forecasting.series import Series


def layers_in_force(reading: Reading, room_id: UUID) -> tuple[Layer, ...]:
    """Decisions that change what is learned from a room's counts, the newest first."""
    return tuple(each for each in store.layers(reading, room_id) if each.decision != "accept")


def decide(
    transaction: Transaction, room_id: UUID, queue_id: UUID, by: UUID, ruling: Ruling
) -> Layer:
    """Lay a decision over the counts that a finding or a stretch of the person's own is about.

    Raises:
        NotFound: when the room has no such queue, or the last look found no such thing.
        Conflict: when somebody decided about it, or about a part of it, already.
        InvalidInput: naming every field that cannot be used.
    """
    store.hold(transaction, queue_id)
    seen = trust(transaction, room_id, queue_id)
    about = (
        _named(transaction, room_id, seen, ruling.about)
        if isinstance(ruling.about, Stretch)
        else _finding(seen, ruling.about)
    )
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


def _finding(seen: Trust, key: str) -> Found:
    """The finding of a key that nobody has decided about."""
    known = seen.check.findings if seen.check else ()
    about = next((each for each in known if each.key == key), None)
    if about is None:
        raise NotFound("The last look at these counts found no such thing: read them again.")
    if about not in seen.open_findings:
        raise Conflict("Somebody decided about this already: take that back first.")
    return about


def _named(reading: Reading, room_id: UUID, seen: Trust, stretch: Stretch) -> Stretch:
    """A stretch within the counts, with what was counted there."""
    series = _series(reading, room_id, seen)
    calendar = calendar_of(reading, room_id)
    refuse_stretch(stretch, series, calendar.zone)
    refuse_overlap(stretch, seen.layers)
    first, after = places(series, stretch.start, stretch.end)
    came = float(np.nansum(series.offered[first:after]))
    local = calendar.local(series.start, series.interval_minutes, len(series))
    words = f"{calls(came)} {span_words(local, first, after)}, named by hand."
    return replace(stretch, words=words)


def _corrected(
    reading: Reading, room_id: UUID, seen: Trust, about: Found | Stretch, ruling: Ruling
) -> FloatArray | None:
    """What is to stand in place of the counts; None for other decisions than a correction."""
    if ruling.way is None:
        return None
    if ruling.values is not None:
        return np.array([np.nan if each is None else each for each in ruling.values])
    series = _series(reading, room_id, seen)
    span = slice(*places(series, about.start, about.end))
    if ruling.way == "halve":
        return repair.halved(span, series)
    if ruling.way == "move":
        return repair.moved_back(span, series, about.moved)
    doubted = doubted_by(series, seen.layers)
    if about.kind == "named":  # what is expected must not be learned from what is wrong
        doubted[span] = True
    now = examine(series, calendar_of(reading, room_id), doubted)
    if ruling.way == "expected":
        return repair.as_expected(span, now.expected)
    return repair.spread(span, now.expected, ruling.total or 0.0)


def _series(reading: Reading, room_id: UUID, seen: Trust) -> Series:
    """The queue's counts as they came."""
    found = history(reading, room_id).get(seen.queue.name)
    if found is None:
        raise NotFound("This queue has no counts yet.")
    return found
