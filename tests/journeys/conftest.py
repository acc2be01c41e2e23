"""Journeys start where tests of the service do."""

from __future__ import annotations

from tests.app.conftest import (
    database,
    database_url,
    kind,
    postgres_server,
    postgres_shared,
    postgres_template,
    sqlite_template,
)

__all__ = [
    "database",
    "database_url",
    "kind",
    "postgres_server",
    "postgres_shared",
    "postgres_template",
    "sqlite_template",
]
