"""Every slice's tables, imported so that Alembic sees them all."""

from __future__ import annotations

from app.auth import tables as auth
from app.db.metadata import metadata
from app.demand import tables as demand
from app.forecasts import tables as forecasts
from app.jobs import tables as jobs
from app.leave import tables as leave
from app.patterns import tables as patterns
from app.people import tables as people
from app.preferences import tables as preferences
from app.requirements import tables as requirements
from app.rosters import tables as rosters
from app.rulebooks import tables as rulebooks
from app.scenarios import tables as scenarios

__all__ = [
    "auth",
    "demand",
    "forecasts",
    "jobs",
    "leave",
    "metadata",
    "patterns",
    "people",
    "preferences",
    "requirements",
    "rosters",
    "rulebooks",
    "scenarios",
]
