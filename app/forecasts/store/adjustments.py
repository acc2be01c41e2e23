"""Every query about adjustments of forecasts; each is held to one control room."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from datetime import UTC, date, datetime
from uuid import UUID

import numpy as np
from sqlalchemy import ColumnElement, RowMapping, delete, insert, select, update

from app.db.transaction import Reading, Transaction
from app.forecasts.tables import (
    forecast_adjustment_reviews,
    forecast_adjustment_scores,
    forecast_adjustments,
)
from app.forecasts.values import AdjustmentScore, Laid, Review
from forecasting.adjustments import Adjustment, Judged

PLAIN = tuple(name for name in Laid.__dataclass_fields__ if name != "said")
JUDGED = tuple(Judged.__dataclass_fields__)


def add(transaction: Transaction, laid: Laid, since: datetime) -> None:
    """Keep an adjustment that acts from an instant on."""
    said = laid.said
    row = {name: getattr(laid, name) for name in PLAIN} | {
        "first_day": said.first,
        "last_day": said.last,
        "weekdays": sorted(said.weekdays),
        "begins": said.begins,
        "minutes": said.minutes,
        "amount": said.amount,
        "unit": said.unit,
        "since": since,
    }
    transaction.execute(insert(forecast_adjustments).values(row))


def adjustment(reading: Reading, room_id: UUID, adjustment_id: UUID) -> Laid | None:
    """The adjustment of that id, if of that room."""
    mine = forecast_adjustments.c.id == adjustment_id
    return next(iter(_of_room(reading, room_id, mine)), None)


def adjustments(
    reading: Reading, room_id: UUID, before: UUID | None, limit: int | None
) -> tuple[Laid, ...]:
    """Adjustments of a room, the newest first, from just before an id on; None for all."""
    wanted = [] if before is None else [forecast_adjustments.c.id < before]
    return _of_room(reading, room_id, *wanted, limit=limit)


def between(reading: Reading, room_id: UUID, first_day: date, last_day: date) -> tuple[Laid, ...]:
    """Adjustments whose hours begin on local days from one to another, ended ones too."""
    touching = (
        forecast_adjustments.c.first_day <= last_day,
        forecast_adjustments.c.last_day >= first_day,
    )
    return _of_room(reading, room_id, *touching)


def of_ids(reading: Reading, room_id: UUID, ids: Iterable[UUID]) -> tuple[Laid, ...]:
    """The adjustments of these ids, as far as they are of that room."""
    return _of_room(reading, room_id, forecast_adjustments.c.id.in_(tuple(ids)))


def end(
    transaction: Transaction,
    room_id: UUID,
    adjustment_id: UUID,
    *,
    by: UUID,
    at: datetime,
    until: datetime,
    reason: str,
) -> bool:
    """End an adjustment; False when there is none of that id that was not ended."""
    change = (
        update(forecast_adjustments)
        .where(
            forecast_adjustments.c.id == adjustment_id,
            forecast_adjustments.c.room_id == room_id,
            forecast_adjustments.c.ended_at.is_(None),
        )
        .values(ended_by=by, ended_at=at, until=until, end_reason=reason)
    )
    return transaction.execute(change).rowcount == 1


def add_review(transaction: Transaction, room_id: UUID, review: Review) -> None:
    """Keep that an adjustment, which is known to be of the room, was looked at."""
    transaction.execute(insert(forecast_adjustment_reviews).values(asdict(review)))
    change = (
        update(forecast_adjustments)
        .where(
            forecast_adjustments.c.id == review.adjustment_id,
            forecast_adjustments.c.room_id == room_id,
        )
        .values(review_on=review.review_on)
    )
    transaction.execute(change)


def reviews(reading: Reading, room_id: UUID, ids: Iterable[UUID]) -> dict[UUID, tuple[Review, ...]]:
    """Looks at these adjustments, as far as they are of that room, in order of time."""
    query = (
        select(forecast_adjustment_reviews)
        .join(forecast_adjustments)
        .where(
            forecast_adjustments.c.room_id == room_id,
            forecast_adjustments.c.id.in_(tuple(ids)),
        )
        .order_by(forecast_adjustment_reviews.c.id)
    )
    found: dict[UUID, tuple[Review, ...]] = {}
    for row in reading.execute(query).mappings():
        each = Review(**row)
        found[each.adjustment_id] = (*found.get(each.adjustment_id, ()), each)
    return found


def rooms(reading: Reading) -> tuple[UUID, ...]:
    """Rooms over whose forecasts somebody has laid something."""
    query = select(forecast_adjustments.c.room_id).distinct()
    return tuple(reading.execute(query.order_by(forecast_adjustments.c.room_id)).scalars())


def put_score(transaction: Transaction, score: AdjustmentScore) -> None:
    """Let this be the score of its adjustment, which is known to be of the room."""
    mine = forecast_adjustment_scores.c.adjustment_id == score.adjustment_id
    transaction.execute(delete(forecast_adjustment_scores).where(mine))
    row = {name: getattr(score, name) for name in ("adjustment_id", "scored_at", "days")}
    transaction.execute(insert(forecast_adjustment_scores).values(row | asdict(score.judged)))


def scores(reading: Reading, room_id: UUID) -> dict[UUID, AdjustmentScore]:
    """Scores by adjustment, of those of the room that have one."""
    query = (
        select(forecast_adjustment_scores)
        .join(forecast_adjustments)
        .where(forecast_adjustments.c.room_id == room_id)
    )
    return {
        row["adjustment_id"]: AdjustmentScore(
            row["adjustment_id"],
            row["scored_at"],
            row["days"],
            Judged(**{name: row[name] for name in JUDGED}),
        )
        for row in reading.execute(query).mappings()
    }


def _of_room(
    reading: Reading, room_id: UUID, *wanted: ColumnElement[bool], limit: int | None = None
) -> tuple[Laid, ...]:
    """Adjustments of a room, the newest first: ids are in order of time."""
    query = select(forecast_adjustments).where(forecast_adjustments.c.room_id == room_id, *wanted)
    query = query.order_by(forecast_adjustments.c.id.desc()).limit(limit)
    return tuple(map(_laid, reading.execute(query).mappings()))


def _laid(row: RowMapping) -> Laid:
    said = Adjustment(
        row["first_day"],
        row["last_day"],
        row["amount"],
        row["unit"],
        frozenset(row["weekdays"]),
        row["begins"],
        row["minutes"],
        _instant(row["since"]),
        None if row["until"] is None else _instant(row["until"]),
    )
    return Laid(said=said, **{name: row[name] for name in PLAIN})


def _instant(instant: datetime) -> np.datetime64:
    """An aware instant as the library has it."""
    return np.datetime64(instant.astimezone(UTC).replace(tzinfo=None), "us")
