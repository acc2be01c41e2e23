"""Whether the service can do its work."""

from __future__ import annotations

from functools import cache

from alembic.runtime.migration import MigrationContext
from sqlalchemy.exc import SQLAlchemyError

from app.db.migrate import newest
from app.db.transaction import Database

_newest = cache(newest)


def why_not_ready(database: Database) -> str:
    """Why the service cannot work just now, in a sentence; "" when it can."""
    try:
        with database.read() as reading:
            present = MigrationContext.configure(reading).get_current_revision()
    except SQLAlchemyError:
        return "The database does not answer."
    if present != _newest():
        return "The database is not at this version: run `parade migrate`."
    return ""
