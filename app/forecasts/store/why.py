"""What forecasts were made of."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import insert, select

from app.db.transaction import Reading, Transaction
from app.forecasts.tables import forecast_grounds, forecasts


def add_grounds(
    transaction: Transaction, forecast_id: UUID, by_queue: Mapping[UUID, bytes]
) -> None:
    """Keep what a forecast is made of, by queue."""
    rows = [
        {"forecast_id": forecast_id, "queue_id": queue_id, "kept": kept}
        for queue_id, kept in by_queue.items()
    ]
    if rows:
        transaction.execute(insert(forecast_grounds), rows)


def grounds(reading: Reading, room_id: UUID, forecast_id: UUID, queue_id: UUID) -> bytes | None:
    """What a forecast of that room says of a queue is made of; None where it was not kept."""
    query = (
        select(forecast_grounds.c.kept)
        .join(forecasts)
        .where(
            forecasts.c.room_id == room_id,
            forecasts.c.id == forecast_id,
            forecast_grounds.c.queue_id == queue_id,
        )
    )
    found: bytes | None = reading.execute(query).scalar_one_or_none()
    return found
