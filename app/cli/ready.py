"""Whether the database is what this version needs."""

from __future__ import annotations

from pathlib import Path

import click
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Engine
from sqlalchemy.exc import DBAPIError

from app.db.engine import open_engine
from app.db.migrate import newest
from app.settings import Settings

HOW = "run `parade migrate`"


def check_migrated(settings: Settings) -> None:
    """Refuse to work on a database that is not at the newest migration.

    Raises:
        ClickException: saying where it is and what to do; nothing is changed.
    """
    engine = open_engine(settings.database_url, busy_seconds=settings.sqlite_busy_seconds)
    try:
        there = _revision(engine)
    except DBAPIError as error:
        raise click.ClickException(f"The database cannot be used: {error.orig}") from error
    finally:
        engine.dispose()
    if there is None:
        raise click.ClickException(f"The database is empty: {HOW} first.")
    if there != newest():
        raise click.ClickException(
            f"The database is at {there}, but this version of Parade needs {newest()}: {HOW}."
        )


def _revision(engine: Engine) -> str | None:
    """Where the database is; a SQLite file that is not there is not made."""
    file = engine.url.database
    if engine.dialect.name == "sqlite" and file and not Path(file).exists():
        return None
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()
