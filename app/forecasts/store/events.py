"""The events that forecasts were made with."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import RowMapping, func, insert, select

from app.db.transaction import Reading, Transaction
from app.forecasts.tables import forecast_events, forecasts
from app.forecasts.values import EventDone, ForecastEvent, LastEffect
from forecasting.event_file import document_of, event_of


def add_events(transaction: Transaction, forecast_id: UUID, used: Iterable[ForecastEvent]) -> None:
    """Keep what a forecast took into account."""
    rows = [
        {
            "forecast_id": forecast_id,
            "event_id": each.event_id,
            "name": each.said.name,
            "document": document_of(each.said),
            "effects": {str(queue): _document(done) for queue, done in each.by_queue.items()},
        }
        for each in used
    ]
    if rows:
        transaction.execute(insert(forecast_events), rows)


def events(reading: Reading, room_id: UUID, forecast_id: UUID) -> tuple[ForecastEvent, ...]:
    """What a forecast of that room took into account, by name."""
    query = (
        select(forecast_events)
        .join(forecasts)
        .where(forecasts.c.room_id == room_id, forecasts.c.id == forecast_id)
        .order_by(forecast_events.c.name, forecast_events.c.event_id)
    )
    return tuple(map(_event, reading.execute(query).mappings()))


def last_effects(reading: Reading, room_id: UUID) -> dict[UUID, LastEffect]:
    """What the newest made forecast with each event of a room made of it, by id of the event."""
    newest = (
        select(forecast_events.c.event_id, func.max(forecasts.c.made_at).label("made_at"))
        .join(forecasts)
        .where(forecasts.c.room_id == room_id)
        .group_by(forecast_events.c.event_id)
        .subquery()
    )
    query = (
        select(forecast_events, forecasts.c.made_at, forecasts.c.first_day)
        .join(forecasts)
        .join(
            newest,
            (newest.c.event_id == forecast_events.c.event_id)
            & (newest.c.made_at == forecasts.c.made_at),
        )
        .where(forecasts.c.room_id == room_id)
    )
    return {
        row["event_id"]: LastEffect(row["made_at"], row["first_day"], _event(row))
        for row in reading.execute(query).mappings()
    }


def _event(row: RowMapping) -> ForecastEvent:
    return ForecastEvent(
        row["event_id"],
        event_of(row["name"], row["document"]),
        {UUID(queue): _done(done) for queue, done in row["effects"].items()},
    )


def _document(done: EventDone) -> dict[str, Any]:
    factors = [round(each, 6) for each in done.factors]
    return {"seen": done.seen, "whole": done.whole, "shown": done.shown, "factors": factors}


def _done(document: dict[str, Any]) -> EventDone:
    return EventDone(
        document["seen"], document["whole"], document["shown"], tuple(document["factors"])
    )
