"""Every slice's tables, imported so that Alembic sees them all."""

from __future__ import annotations

from app.db.metadata import metadata
from app.people import tables as people

__all__ = ["metadata", "people"]
