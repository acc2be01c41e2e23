"""How the calls of forecasts divide among categories; every query is held to one control room."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import insert, select

from app.db.transaction import Reading, Transaction
from app.forecasts.tables import forecast_shares, forecasts
from app.forecasts.values import PackedShares


def add_shares(
    transaction: Transaction, forecast_id: UUID, by_queue: Mapping[UUID, PackedShares]
) -> None:
    """Keep how the calls of a forecast divide, by queue."""
    rows = [
        {
            "forecast_id": forecast_id,
            "queue_id": queue_id,
            "names": list(kept.names),
            "sources": {str(each): name for each, name in kept.sources.items()},
            "table": kept.table,
            "apart": kept.apart,
        }
        for queue_id, kept in by_queue.items()
    ]
    if rows:
        transaction.execute(insert(forecast_shares), rows)


def shares(reading: Reading, room_id: UUID, forecast_id: UUID) -> dict[UUID, PackedShares]:
    """How the calls of a forecast of that room divide, by queue told by category."""
    query = (
        select(forecast_shares)
        .join(forecasts)
        .where(forecasts.c.room_id == room_id, forecasts.c.id == forecast_id)
    )
    return {
        row["queue_id"]: PackedShares(
            tuple(row["names"]),
            {UUID(each): name for each, name in row["sources"].items()},
            row["table"],
            row["apart"],
        )
        for row in reading.execute(query).mappings()
    }
