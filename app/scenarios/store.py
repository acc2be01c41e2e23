"""Every query about scenarios; each is held to one control room."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, RowMapping, Select, delete, insert, select, update

from app.db.transaction import Reading, Transaction
from app.scenarios.tables import scenario_values, scenarios
from app.scenarios.values import Scenario, Seek, document, of_document

FIELDS = tuple(Scenario.__dataclass_fields__)


def add(transaction: Transaction, scenario: Scenario, basis: bytes) -> None:
    """Keep a scenario that is asked for, with what it is simulated from."""
    row = {name: getattr(scenario, name) for name in FIELDS}
    row |= {
        "changes": [document(each) for each in scenario.changes],
        "seek": scenario.seek and scenario.seek.document(),
        "notes": list(scenario.notes),
    }
    transaction.execute(insert(scenarios).values(row))
    kept = {"scenario_id": scenario.id, "basis": basis, "result": None}
    transaction.execute(insert(scenario_values).values(kept))


def scenario(reading: Reading, room_id: UUID, scenario_id: UUID) -> Scenario | None:
    """The scenario of that id, if of that room."""
    return next(iter(_of_room(reading, room_id, 1, scenarios.c.id == scenario_id)), None)


def of_job(reading: Reading, room_id: UUID, job_id: UUID) -> Scenario | None:
    """The scenario that a job of that room answers."""
    return next(iter(_of_room(reading, room_id, 1, scenarios.c.job_id == job_id)), None)


def room_scenarios(
    reading: Reading, room_id: UUID, before: UUID | None, limit: int
) -> tuple[Scenario, ...]:
    """Scenarios of a room, the newest first, from just before an id on."""
    wanted = [] if before is None else [scenarios.c.id < before]
    return _of_room(reading, room_id, limit, *wanted)


def compared_with(reading: Reading, room_id: UUID, scenario_id: UUID) -> tuple[Scenario, ...]:
    """Scenarios of that room that are compared with one, the newest first."""
    return _of_room(reading, room_id, 100, scenarios.c.against == scenario_id)


def basis(reading: Reading, room_id: UUID, scenario_id: UUID) -> bytes:
    """What a scenario, known to be of that room, is simulated from."""
    kept: bytes = reading.execute(_packed("basis", room_id, scenario_id)).scalar_one()
    return kept


def result(reading: Reading, room_id: UUID, scenario_id: UUID) -> bytes | None:
    """What came of a scenario known to be of that room; None until it is answered."""
    kept: bytes | None = reading.execute(_packed("result", room_id, scenario_id)).scalar_one()
    return kept


def _packed(column: str, room_id: UUID, scenario_id: UUID) -> Select[Any]:
    mine = (scenarios.c.room_id == room_id, scenarios.c.id == scenario_id)
    return select(scenario_values.c[column]).join(scenarios).where(*mine)


def set_result(
    transaction: Transaction, room_id: UUID, scenario_id: UUID, result: bytes, at: datetime
) -> bool:
    """Keep what came of a scenario; False when it is gone or was answered before."""
    mine = (scenarios.c.id == scenario_id, scenarios.c.room_id == room_id)
    change = update(scenarios).where(*mine, scenarios.c.made_at.is_(None)).values(made_at=at)
    if transaction.execute(change).rowcount != 1:
        return False
    kept = update(scenario_values).where(scenario_values.c.scenario_id == scenario_id)
    transaction.execute(kept.values(result=result))
    return True


def rename(
    transaction: Transaction, room_id: UUID, scenario_id: UUID, version: int, name: str
) -> bool:
    """Call a scenario something else; False when it is no longer at that version."""
    change = update(scenarios).where(
        scenarios.c.id == scenario_id,
        scenarios.c.room_id == room_id,
        scenarios.c.version == version,
    )
    return transaction.execute(change.values(name=name, version=version + 1)).rowcount == 1


def remove(transaction: Transaction, room_id: UUID, scenario_id: UUID, version: int) -> bool:
    """Take a scenario away; False when it is no longer at that version."""
    mine = (
        scenarios.c.id == scenario_id,
        scenarios.c.room_id == room_id,
        scenarios.c.version == version,
    )
    found = transaction.execute(select(scenarios.c.id).where(*mine).with_for_update()).first()
    if found is None:
        return False
    gone = delete(scenario_values).where(scenario_values.c.scenario_id == scenario_id)
    transaction.execute(gone)
    transaction.execute(delete(scenarios).where(*mine))
    return True


def _of_room(
    reading: Reading, room_id: UUID, limit: int, *wanted: ColumnElement[bool]
) -> tuple[Scenario, ...]:
    """Scenarios of a room, the newest first: ids are in order of time."""
    query = select(scenarios).where(scenarios.c.room_id == room_id, *wanted)
    rows = reading.execute(query.order_by(scenarios.c.id.desc()).limit(limit)).mappings()
    return tuple(map(_scenario, rows))


def _scenario(row: RowMapping) -> Scenario:
    said = {name: row[name] for name in FIELDS}
    said |= {
        "changes": tuple(map(of_document, row["changes"])),
        "seek": row["seek"] and Seek(**row["seek"]),
        "notes": tuple(row["notes"]),
    }
    return Scenario(**said)
