"""Every query about runs of a model; each is held to one control room."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, delete, insert, select, update

from app.db.transaction import Reading, Transaction
from app.forecasts.tables import forecast_scores, forecast_values, forecasts
from app.forecasts.values import Forecast, Made, Packed, Score

ASKED = tuple(name for name in Forecast.__dataclass_fields__ if name != "made")
SCORE = tuple(Score.__dataclass_fields__)


def add(transaction: Transaction, forecast: Forecast) -> None:
    """Keep a forecast that is asked for."""
    row = {name: getattr(forecast, name) for name in ASKED}
    transaction.execute(insert(forecasts).values(row))


def forecast(reading: Reading, room_id: UUID, forecast_id: UUID) -> Forecast | None:
    """The forecast of that id, if of that room."""
    return next(iter(_of_room(reading, room_id, 1, forecasts.c.id == forecast_id)), None)


def of_job(reading: Reading, room_id: UUID, job_id: UUID) -> Forecast | None:
    """The forecast that a job of that room makes."""
    return next(iter(_of_room(reading, room_id, 1, forecasts.c.job_id == job_id)), None)


def newest_made(reading: Reading, room_id: UUID, day: date | None) -> Forecast | None:
    """The newest forecast that is made, of those over a local day if one is given."""
    wanted: list[ColumnElement[bool]] = [forecasts.c.made_at.is_not(None)]
    if day is not None:
        wanted += [forecasts.c.first_day <= day, forecasts.c.until_day > day]
    return next(iter(_of_room(reading, room_id, 1, *wanted)), None)


def newest_of_days(
    reading: Reading, room_id: UUID, days: Sequence[date]
) -> tuple[tuple[Forecast, tuple[date, ...]], ...]:
    """Made forecasts, each with the local days for which it is the newest.

    Args:
        reading: the caller's.
        room_id: the control room.
        days: local days, in order.
    """
    table = forecasts.c
    query = select(table.id, table.first_day, table.until_day).where(
        table.room_id == room_id,
        table.made_at.is_not(None),
        table.first_day <= days[-1],
        table.until_day > days[0],
    )
    spans = reading.execute(query.order_by(table.id.desc())).all()
    held: dict[UUID, list[date]] = {}
    for day in days:
        newest = next((key for key, first, until in spans if first <= day < until), None)
        if newest is not None:
            held.setdefault(newest, []).append(day)
    found = _of_room(reading, room_id, len(held), table.id.in_(held))
    return tuple((each, tuple(held[each.id])) for each in found)


def room_forecasts(
    reading: Reading, room_id: UUID, before: UUID | None, limit: int
) -> tuple[Forecast, ...]:
    """Forecasts of a room, the newest first, from just before an id on."""
    wanted = [] if before is None else [forecasts.c.id < before]
    return _of_room(reading, room_id, limit, *wanted)


def begun(reading: Reading, room_id: UUID, instant: datetime, limit: int) -> tuple[Forecast, ...]:
    """The newest made forecasts of a room that begin before an instant."""
    return _of_room(reading, room_id, limit, forecasts.c.start < instant)


def set_made(transaction: Transaction, room_id: UUID, forecast_id: UUID, made: Made) -> bool:
    """Keep that a forecast is made; False when it already was."""
    facts = asdict(made)
    row = {"made_at": facts.pop("at"), **facts, "notes": list(made.notes)}
    row["layers"] = [str(each) for each in made.layers]
    change = (
        update(forecasts)
        .where(
            forecasts.c.id == forecast_id,
            forecasts.c.room_id == room_id,
            forecasts.c.made_at.is_(None),
        )
        .values(row)
    )
    return transaction.execute(change).rowcount == 1


def add_values(
    transaction: Transaction, forecast_id: UUID, by_queue: Mapping[UUID, Packed]
) -> None:
    """Keep what a forecast says, by queue."""
    rows = [
        {"forecast_id": forecast_id, "queue_id": queue_id, **asdict(packed)}
        for queue_id, packed in by_queue.items()
    ]
    transaction.execute(insert(forecast_values), rows)


def values(reading: Reading, room_id: UUID, forecast_id: UUID) -> dict[UUID, Packed]:
    """What a forecast of that room says, by queue."""
    query = (
        select(forecast_values)
        .join(forecasts)
        .where(forecasts.c.room_id == room_id, forecasts.c.id == forecast_id)
    )
    return {
        row.queue_id: Packed(row.family, row.mean, row.variance, row.quantiles, row.level)
        for row in reading.execute(query)
    }


def set_scores(
    transaction: Transaction, forecast_id: UUID, by_queue: Mapping[UUID, Sequence[Score]]
) -> None:
    """Let these be the scores of a forecast; it is known to be of the room."""
    gone = delete(forecast_scores).where(forecast_scores.c.forecast_id == forecast_id)
    transaction.execute(gone)
    rows = [
        {"forecast_id": forecast_id, "queue_id": queue_id, **asdict(score)}
        for queue_id, scores in by_queue.items()
        for score in scores
    ]
    if rows:
        transaction.execute(insert(forecast_scores), rows)


def scores(
    reading: Reading, room_id: UUID, forecast_ids: Sequence[UUID]
) -> dict[tuple[UUID, UUID], tuple[Score, ...]]:
    """Scores by forecast and queue, of these forecasts as far as they are of that room."""
    query = (
        select(forecast_scores)
        .join(forecasts)
        .where(forecasts.c.room_id == room_id, forecasts.c.id.in_(forecast_ids))
        .order_by(forecast_scores.c.from_day)
    )
    found: dict[tuple[UUID, UUID], tuple[Score, ...]] = {}
    for row in reading.execute(query).mappings():
        key = (row["forecast_id"], row["queue_id"])
        found[key] = (*found.get(key, ()), Score(**{name: row[name] for name in SCORE}))
    return found


def _of_room(
    reading: Reading, room_id: UUID, limit: int, *wanted: ColumnElement[bool]
) -> tuple[Forecast, ...]:
    """Forecasts of a room, the newest first: ids are in order of time."""
    query = select(forecasts).where(forecasts.c.room_id == room_id, *wanted)
    rows = reading.execute(query.order_by(forecasts.c.id.desc()).limit(limit)).mappings()
    return tuple(map(_forecast, rows))


def _forecast(row: RowMapping) -> Forecast:
    made = None
    if row["made_at"] is not None:
        made = Made(
            at=row["made_at"],
            trained_until=row["trained_until"],
            start=row["start"],
            interval_minutes=row["interval_minutes"],
            intervals=row["intervals"],
            notes=tuple(row["notes"]),
            fingerprint=row["fingerprint"],
            layers=tuple(UUID(each) for each in row["layers"] or ()),
        )
    return Forecast(**{name: row[name] for name in ASKED}, made=made)
