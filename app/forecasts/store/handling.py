"""Every query about the handling times of forecasts; each is held to one control room."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import insert, select

from app.db.transaction import Reading, Transaction
from app.forecasts.tables import forecast_handling, forecasts
from app.forecasts.values import PackedHandling

FIELDS = tuple(PackedHandling.__dataclass_fields__)


def add(
    transaction: Transaction, forecast_id: UUID, by_queue: Mapping[UUID, PackedHandling]
) -> None:
    """Keep what a forecast says of handling times, by queue; it is known to be of the room."""
    rows = [
        {"forecast_id": forecast_id, "queue_id": queue_id, **asdict(packed)}
        for queue_id, packed in by_queue.items()
    ]
    if rows:
        transaction.execute(insert(forecast_handling), rows)


def of_forecast(reading: Reading, room_id: UUID, forecast_id: UUID) -> dict[UUID, PackedHandling]:
    """What a forecast of that room says of handling times, by queue."""
    query = (
        select(forecast_handling)
        .join(forecasts)
        .where(forecasts.c.room_id == room_id, forecasts.c.id == forecast_id)
    )
    return {
        row["queue_id"]: PackedHandling(**{name: row[name] for name in FIELDS})
        for row in reading.execute(query).mappings()
    }
