"""Every door of the service, and things of a force to try them with."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

from fastapi import FastAPI
from fastapi.routing import iter_route_contexts
from httpx2 import ASGITransport, AsyncClient, Response
from sqlalchemy import Column, Table, insert, select
from sqlalchemy.types import TypeDecorator

from app.auth import service
from app.auth.guard import House, guard_of
from app.auth.service import Action, User
from app.db.all_tables import metadata
from app.db.transaction import Database
from tests.app.callers import Staffed

UNGUARDED = frozenset({"/static"})
"""Our own style sheets and scripts."""


@dataclass(frozen=True, slots=True)
class Door:
    """One method of one path, and the actions of the guards before it (None: anyone)."""

    method: str
    path: str
    actions: tuple[Action | None, ...]

    @property
    def is_api(self) -> bool:
        """Whether it is for systems."""
        return self.path.startswith("/api/")

    @property
    def is_of_a_room(self) -> bool:
        """Whether its path names a control room."""
        return "{room_id}" in self.path


def doors(app: FastAPI) -> list[Door]:
    """Every door, whichever slice it is of."""
    return list(_doors(app))


def _doors(app: FastAPI) -> Iterator[Door]:
    for route in iter_route_contexts(app.routes):
        dependant = getattr(route, "dependant", None)
        actions = tuple(guard.action for guard in guard_of(dependant)) if dependant else ()
        for method in sorted(route.methods or {"ANY"}):
            yield Door(method, route.path or "", actions)


def knock(
    app: FastAPI, every: Iterable[Door], things: Mapping[str, object], user: User | None
) -> list[tuple[Door, Response]]:
    """Come to doors one after another, as a user or as nobody; what goes wrong inside is raised.

    Signing out is left out for users: they would be nobody at the doors after it.
    """
    house: House = app.state.house
    headers, cookies = {"If-Match": '"1"'}, {}
    if user is not None:
        with house.database.write() as transaction:
            secret = service.start_session(transaction, user.id, house.settings)
        headers["X-CSRF-Token"], cookies["parade"] = service.csrf_token(secret), secret
        every = [door for door in every if door.path != "/sign-out"]

    async def asked() -> list[tuple[Door, Response]]:
        transport = ASGITransport(app)
        async with AsyncClient(
            transport=transport, base_url="http://test", headers=headers, cookies=cookies
        ) as client:
            return [
                (door, await client.request(door.method, address(door, things))) for door in every
            ]

    return asyncio.run(asked())


def fill(database: Database, force: Staffed) -> None:
    """Put a row about the force's first room into every table that has none; SQLite only.

    The rows name each other rightly and mean nothing: who may not see them never makes the service
    read them, and if they do, it fails loudly.
    """
    known = {
        "force_id": force.force.id,
        "room_id": force.room.id,
        "officer_id": force.rostered.id,
        "user_id": force.officer.id,
    }
    with database.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA ignore_check_constraints = ON")
        for table in metadata.sorted_tables:
            if connection.execute(select(table).limit(1)).first() is None:
                row = {column.name: _value(column, known) for column in table.columns}
                connection.execute(insert(table).values(row))
            first = connection.execute(select(table).limit(1)).mappings().one()
            known.update({f"{table.name}.{name}": value for name, value in first.items()})
            if "id" in first:
                known.setdefault(f"{_singular(table.name)}_id", first["id"])
        connection.commit()
        connection.exec_driver_sql("PRAGMA ignore_check_constraints = OFF")


def _value(column: Column[Any], known: dict[str, Any]) -> object:
    """A value for a column: what it refers to, what its name says, or something of its type."""
    for key in column.foreign_keys:
        if key.column.table is column.table:
            return None  # no other row of its own table is there yet
        target = f"{key.column.table.name}.{key.column.name}"
        if column.name not in known and target in known:
            return known[target]
    if column.name in known:
        return known[column.name]
    made: dict[type, object] = {
        UUID: uuid4(), str: "x", int: 1, bool: True, float: 1.0, bytes: b"x", object: {},
        datetime: datetime(2026, 3, 1, tzinfo=UTC), date: date(2026, 3, 1),
    }  # fmt: skip
    kind = column.type.impl if isinstance(column.type, TypeDecorator) else column.type
    return made[kind.python_type]


def _singular(name: str) -> str:
    """`shift_templates` → `template`: as paths call it."""
    last = name.rpartition("_")[2]
    return last.removesuffix("es") if last.endswith(("shes", "xes")) else last.removesuffix("s")


def things_of(database: Database, force: Staffed) -> dict[str, object]:
    """What stands in paths for things of that force: `queue_id` and so on."""
    ids: dict[str, object] = {
        "room_id": force.room.id,
        "officer_id": force.rostered.id,
        "user_id": force.officer.id,
        "state": "worked",
        "book": "police_officers_ew",
        "rule": "daily_rest",
        "part": "leave.carry_over",
    }
    with database.read() as reading:
        for table in metadata.sorted_tables:
            if "id" in table.c:
                found = reading.execute(select(table.c.id).where(_about(table, force))).scalar()
                ids.setdefault(f"{_singular(table.name)}_id", found or uuid4())
    return ids


def address(door: Door, things: Mapping[str, object]) -> str:
    """The door's path with those things in it."""
    return re.sub(r"{(\w+)(:\w+)?}", lambda match: str(things.get(match[1], uuid4())), door.path)


def _about(table: Table, force: Staffed) -> Any:
    for name, value in (("room_id", force.room.id), ("force_id", force.force.id)):
        if name in table.c:
            return table.c[name] == value
    return table.c.id.is_not(None)


def kept_of(database: Database, force: Staffed) -> set[str]:
    """Every row that names the force or anything of it, but what is kept of any visit."""
    ids, rows = ids_of(force), set()
    with database.read() as reading:
        for table in metadata.sorted_tables:
            if table.name in {"audit", "sessions", "kept_answers", "tokens"}:
                continue
            for row in reading.execute(select(table)):
                if ids & {value for value in row if isinstance(value, UUID)}:
                    rows.add(f"{table.name}: {tuple(row)}")
    return rows


def ids_of(force: Staffed) -> set[UUID]:
    """The ids of what is the first room's alone, and of who comes to it."""
    return {
        force.room.id, force.rostered.id, force.officer.id, force.manager.id, force.system.id,
    }  # fmt: skip
