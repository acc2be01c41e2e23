"""Looks at counts, and the decisions that lie over them."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

import numpy as np
from sqlalchemy import RowMapping, delete, func, insert, select, update

from app.db.transaction import Reading, Transaction
from app.demand.tables import batches, count_checks, count_layers, queues
from app.demand.values import Around, Check, Found, Layer, instant, minute

PLAIN = tuple(
    name for name in Layer.__dataclass_fields__ if name not in {"start", "end", "offered"}
)


def rooms_behind(reading: Reading, before: datetime) -> tuple[UUID, ...]:
    """Rooms with counts that no look has seen, and whose last look was before an instant."""
    newest = (
        select(batches.c.room_id, func.max(batches.c.number).label("number"))
        .group_by(batches.c.room_id)
        .subquery()
    )
    seen = (
        select(
            queues.c.room_id,
            func.max(count_checks.c.batch).label("number"),
            func.max(count_checks.c.at).label("at"),
        )
        .join(count_checks, count_checks.c.queue_id == queues.c.id)
        .group_by(queues.c.room_id)
        .subquery()
    )
    query = (
        select(newest.c.room_id)
        .outerjoin(seen, seen.c.room_id == newest.c.room_id)
        .where(seen.c.number.is_(None) | ((seen.c.number < newest.c.number) & (seen.c.at < before)))
    )
    return tuple(reading.execute(query.order_by(newest.c.room_id)).scalars())


def hold(transaction: Transaction, queue_id: UUID) -> None:
    """Let no other transaction decide about a queue's counts until this one has ended."""
    query = select(queues.c.id).where(queues.c.id == queue_id).with_for_update(key_share=True)
    transaction.execute(query)


def put_check(transaction: Transaction, check: Check) -> None:
    """Let this be the last look at its queue."""
    gone = delete(count_checks).where(count_checks.c.queue_id == check.queue_id)
    transaction.execute(gone)
    row = {
        "queue_id": check.queue_id,
        "at": check.at,
        "batch": check.batch,
        "open_intervals": check.open_intervals,
        "observed": check.observed,
        "first": minute(check.first),
        "after": minute(check.end),
        "findings": [_document(each) for each in check.findings],
    }
    transaction.execute(insert(count_checks).values(row))


def checks(reading: Reading, room_id: UUID) -> dict[UUID, Check]:
    """The last look at each queue of a room that was looked at."""
    query = (
        select(count_checks)
        .join(queues, queues.c.id == count_checks.c.queue_id)
        .where(queues.c.room_id == room_id)
    )
    return {
        row["queue_id"]: Check(
            row["queue_id"],
            row["at"],
            row["batch"],
            row["open_intervals"],
            row["observed"],
            instant(row["first"]),
            instant(row["after"]),
            tuple(map(_found, row["findings"])),
        )
        for row in reading.execute(query).mappings()
    }


def add_layer(transaction: Transaction, layer: Layer) -> None:
    """Keep a decision."""
    row = {name: getattr(layer, name) for name in PLAIN}
    packed = None if layer.offered is None else layer.offered.astype("<f8").tobytes()
    row |= {"first": minute(layer.start), "after": minute(layer.end), "offered": packed}
    transaction.execute(insert(count_layers).values(row))


def layers(reading: Reading, room_id: UUID, *, undone: bool = False) -> tuple[Layer, ...]:
    """Decisions about counts of a room that hold, or that were taken back; the newest first."""
    gone = count_layers.c.undone_at.is_not(None)
    query = (
        select(count_layers)
        .join(queues, queues.c.id == count_layers.c.queue_id)
        .where(queues.c.room_id == room_id, gone if undone else ~gone)
        .order_by(count_layers.c.id.desc())
    )
    return tuple(map(_layer, reading.execute(query).mappings()))


def undo(transaction: Transaction, queue_id: UUID, layer_id: UUID, by: UUID, at: datetime) -> bool:
    """Take a decision back; False when there is none of that id that holds."""
    change = (
        update(count_layers)
        .where(
            count_layers.c.id == layer_id,
            count_layers.c.queue_id == queue_id,
            count_layers.c.undone_at.is_(None),
        )
        .values(undone_at=at, undone_by=by)
    )
    return transaction.execute(change).rowcount == 1


def _layer(row: RowMapping) -> Layer:
    packed = row["offered"]
    offered = None if packed is None else np.frombuffer(packed, "<f8").astype(np.float64)
    plain = {name: row[name] for name in PLAIN}
    return Layer(start=instant(row["first"]), end=instant(row["after"]), offered=offered, **plain)


def _document(found: Found) -> dict[str, object]:
    return asdict(found) | {"start": minute(found.start), "end": minute(found.end)}


def _found(document: dict[str, Any]) -> Found:
    around = document["around"]
    told = {
        "start": instant(document["start"]),
        "end": instant(document["end"]),
        "remedies": tuple(document["remedies"]),
        "around": Around(
            around["start"], around["step"], tuple(around["counted"]), tuple(around["expected"])
        ),
    }
    return Found(**document | told)
