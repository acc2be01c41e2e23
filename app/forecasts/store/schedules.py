"""Every query about the schedules by which rooms are forecast."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from uuid import UUID

from sqlalchemy import RowMapping, delete, insert, select, update

from app.db.transaction import Reading, Transaction
from app.forecasts.tables import forecast_schedules as table
from app.forecasts.values import Schedule, WantedSchedule

WANTED = tuple(WantedSchedule.__dataclass_fields__)
KEPT = tuple(name for name in Schedule.__dataclass_fields__ if name != "wanted")


def put(transaction: Transaction, schedule: Schedule) -> None:
    """Let this be the schedule of its room, whatever it was before."""
    remove(transaction, schedule.room_id)
    row = {name: getattr(schedule, name) for name in KEPT} | asdict(schedule.wanted)
    transaction.execute(insert(table).values(row))


def remove(transaction: Transaction, room_id: UUID) -> bool:
    """Take the schedule of a room away; False when there was none."""
    return transaction.execute(delete(table).where(table.c.room_id == room_id)).rowcount == 1


def schedule(reading: Reading, room_id: UUID) -> Schedule | None:
    """The schedule of a room."""
    row = reading.execute(select(table).where(table.c.room_id == room_id)).mappings().first()
    return None if row is None else _schedule(row)


def schedules(reading: Reading) -> tuple[Schedule, ...]:
    """The schedules of all rooms."""
    return tuple(map(_schedule, reading.execute(select(table)).mappings()))


def claim(transaction: Transaction, known: Schedule, due: datetime, now: datetime) -> bool:
    """See to a run that is due, and all missed before; False when another worker did.

    Also when the schedule was changed meanwhile.

    Args:
        transaction: the caller's.
        known: the schedule as it was read.
        due: when the run was due.
        now: up to when runs are seen to.
    """
    change = (
        update(table)
        .where(
            table.c.room_id == known.room_id,
            table.c.handled == known.handled,
            table.c.set_at == known.set_at,
        )
        .values(handled=now, last_due=due)
    )
    return transaction.execute(change).rowcount == 1


def set_outcome(
    transaction: Transaction,
    room_id: UUID,
    forecast_id: UUID | None,
    words: str,
    seen_batch: int | None,
) -> None:
    """Keep what came of a run."""
    change = update(table).where(table.c.room_id == room_id)
    transaction.execute(
        change.values(last_forecast_id=forecast_id, last_words=words, seen_batch=seen_batch)
    )


def _schedule(row: RowMapping) -> Schedule:
    wanted = WantedSchedule(**{name: row[name] for name in WANTED})
    return Schedule(**{name: row[name] for name in KEPT}, wanted=wanted)
