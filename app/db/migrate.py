"""The schema brought to the newest migration, or to any other."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine

from app.db.engine import MIGRATING

MIGRATIONS = Path(__file__).parents[2] / "migrations"
"""Beside the package, in a checkout as in the image."""

ORDER = 0x50415241
"""The PostgreSQL advisory lock under which one process at a time migrates ("PARA")."""


def upgrade(engine: Engine, revision: str = "head") -> tuple[str, str]:
    """Apply every migration up to a revision, all in one transaction.

    Returns:
        The revision before ("" for an empty database) and after.
    """
    return _move(engine, command.upgrade, revision)


def downgrade(engine: Engine, revision: str) -> tuple[str, str]:
    """Take migrations back to a revision, `base` for an empty database; data in them are lost.

    Returns:
        The revision before and after.
    """
    return _move(engine, command.downgrade, revision)


def newest() -> str:
    """The revision that the code expects."""
    return ScriptDirectory(str(MIGRATIONS)).get_current_head() or ""


def _move(engine: Engine, step: Callable[[Config, str], None], revision: str) -> tuple[str, str]:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with engine.execution_options(**{MIGRATING: True}).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({ORDER})")
        config.attributes["connection"] = connection
        before = MigrationContext.configure(connection).get_current_revision()
        step(config, revision)
        _check_foreign_keys(connection)
        after = MigrationContext.configure(connection).get_current_revision()
    return before or "", after or ""


def _check_foreign_keys(connection: Connection) -> None:
    """SQLite looked away while tables were made anew; look once at the end."""
    if connection.dialect.name == "sqlite":
        lost = connection.exec_driver_sql("PRAGMA foreign_key_check").first()
        if lost is not None:
            raise RuntimeError(f"the migration leaves rows of {lost[0]} without their {lost[2]}")
