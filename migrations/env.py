"""Runs migrations on a connection that is handed over, or on the database of the settings."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy import Connection

from app.db.all_tables import metadata
from app.db.engine import open_engine
from app.db.types import Instant
from app.settings import read_settings


def render_item(kind: str, item: Any, _: Any) -> str | Literal[False]:
    """Write our types as plain ones: a migration outlives the code of its day."""
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    return False


def run(connection: Connection) -> None:
    """Run what is asked on that connection; SQLite changes a table by making it anew."""
    context.configure(
        connection=connection,
        target_metadata=metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        render_item=render_item,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is None:
    settings = read_settings()
    engine = open_engine(settings.database_url, busy_seconds=settings.sqlite_busy_seconds)
    with engine.begin() as connection:
        run(connection)
else:
    run(given)
