"""The installation that a verb works on: its database, and its rooms by name."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import click

from app.cli.ready import check_migrated
from app.db.engine import open_engine
from app.db.transaction import Database, Reading
from app.people import service as people
from app.settings import read_settings


@contextmanager
def installation() -> Iterator[Database]:
    """The database of the settings, at the newest migration.

    Raises:
        ClickException: when it is not there or not at the newest migration.
    """
    settings = read_settings()
    check_migrated(settings)
    engine = open_engine(settings.database_url, busy_seconds=settings.sqlite_busy_seconds)
    try:
        yield Database(engine)
    finally:
        engine.dispose()


def room_named(reading: Reading, name: str) -> people.Room:
    """The control room called `Force/Room`.

    Raises:
        ClickException: naming the rooms that there are.
    """
    rooms = all_rooms(reading)
    if name in rooms:
        return rooms[name]
    known = "; ".join(rooms) or "none yet: add one with `parade room add`"
    raise click.ClickException(f"There is no control room called {name}. There is {known}.")


def all_rooms(reading: Reading) -> dict[str, people.Room]:
    """Every control room of the installation by `Force/Room`."""
    return {
        f"{force.name}/{room.name}": room
        for force in people.forces(reading)
        for room in people.rooms(reading, force.id)
    }
