"""What tests of the service share: a migrated database of one's own, on both kinds."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import NoReturn
from uuid import uuid4

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from sqlalchemy import URL, Engine

from app.db import all_tables
from app.db.engine import open_engine
from app.db.migrate import upgrade
from app.db.transaction import Database
from app.main import house_on, make_app
from app.settings import Settings
from app.web.http import edge
from tests.app.callers import Staffed, signed_in, staffed
from tests.app.postgres import new_database, server_url

BUSY_SECONDS = 5.0
"""Long enough for a slow machine, short enough to see a lock that is never let go."""


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied."""
    path = tmp_path_factory.mktemp("sqlite") / "template.sqlite"
    migrated(f"sqlite:///{path}")
    return path


@pytest.fixture(scope="session")
def postgres_server() -> URL:
    """A PostgreSQL server; skips with one loud reason where none can be started."""
    return server_url(os.environ.get("PYTEST_XDIST_TESTRUNUID", uuid4().hex)[:12])


@pytest.fixture(scope="session")
def postgres_template(postgres_server: URL) -> Iterator[URL]:
    """A migrated PostgreSQL database, to be copied."""
    with new_database(postgres_server) as url:
        migrated(url.render_as_string(hide_password=False))
        yield url


@pytest.fixture(scope="session")
def postgres_shared(postgres_server: URL, postgres_template: URL) -> Iterator[URL]:
    """A migrated PostgreSQL database for test after test, which is emptied before each."""
    with new_database(postgres_server, postgres_template.database) as url:
        yield url


BY_NIGHT = (
    "test_pages", "test_room_page", "test_problems", "test_several_pages", "test_numbers",
    "test_room_terms", "test_callers", "test_asking", "test_adjust_page", "test_calendar_pages",
    "test_handling_page", "test_runs_page", "test_why_page", "test_category_page",
    "test_a_system_by_http",
)  # fmt: skip
"""Files about pages, about what is refused, and a long journey: what is under them is tried on both
databases by tests of its own."""

REFUSALS = ("test_what_cannot_be_asked_is_named", "test_what_is_wrong_with_a_room_is_told_by_field")
"""Tests of what is refused before any database is asked."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave pages and refusals on PostgreSQL to the nightly target."""
    for item in items:
        is_by_night = item.path.stem in BY_NIGHT or item.name.startswith(REFUSALS)
        if is_by_night and "[postgresql" in item.name:
            item.add_marker(pytest.mark.nightly)


@pytest.fixture(params=["sqlite", "postgresql"])
def kind(request: pytest.FixtureRequest) -> str:
    """Each kind of database in turn."""
    return str(request.param)


@pytest.fixture
def empty_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database without tables, of each kind."""
    if kind == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.sqlite'}"
    else:
        with new_database(request.getfixturevalue("postgres_server")) as url:
            yield url.render_as_string(hide_password=False)


@pytest.fixture
def database_url(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a migrated database that is this test's alone, also for other processes."""
    if kind == "sqlite":
        path = tmp_path / "parade.sqlite"
        shutil.copy(request.getfixturevalue("sqlite_template"), path)
        yield f"sqlite:///{path}"
    else:
        template: URL = request.getfixturevalue("postgres_template")
        server: URL = request.getfixturevalue("postgres_server")
        with new_database(server, template.database) as url:
            yield url.render_as_string(hide_password=False)


@pytest.fixture
def database(kind: str, request: pytest.FixtureRequest) -> Iterator[Database]:
    """A migrated database without rows, of each kind; the one of `database_url` if asked too."""
    shares = kind == "postgresql" and "database_url" not in request.fixturenames
    if shares:
        shared: URL = request.getfixturevalue("postgres_shared")
        url = shared.render_as_string(hide_password=False)
    else:
        url = request.getfixturevalue("database_url")
    engine = open_engine(url, busy_seconds=BUSY_SECONDS)
    if shares:
        empty(engine)
    yield Database(engine)
    engine.dispose()


@pytest.fixture(scope="session")
def built_app() -> FastAPI:
    """The service with all its doors, which are made once: that costs seconds."""
    return make_app(Settings(database_url="sqlite://"))


@pytest.fixture
def app(built_app: FastAPI, database: Database) -> FastAPI:
    """The service on a database of the test's own, of each kind.

    A test that adds doors makes an app of its own by `make_app`.
    """
    built_app.state.house = house_on(database, Settings())
    return built_app


@pytest.fixture
def client(app: FastAPI, monkeypatch: pytest.MonkeyPatch) -> TestClient:
    """Somebody at the service's doors who is not signed in; redirects are not followed.

    What goes wrong inside is raised in the test, not answered with 500.
    """
    monkeypatch.setattr(edge, "tell_fault", raise_fault)
    return TestClient(app, follow_redirects=False)


def raise_fault(_: str, error: Exception) -> NoReturn:
    """Let a fault of the service end the test."""
    raise error


def empty(engine: Engine) -> None:
    """Take every row out of every table, which is much quicker than a new PostgreSQL database."""
    with engine.begin() as connection:
        # The trail refuses to be cut by its triggers.
        connection.exec_driver_sql("SET LOCAL session_replication_role = replica")
        for table in reversed(all_tables.metadata.sorted_tables):
            connection.execute(table.delete())


def migrated(url: str) -> None:
    """Bring a database to the newest migration and let it go."""
    engine = open_engine(url, busy_seconds=BUSY_SECONDS)
    upgrade(engine)
    engine.dispose()


@pytest.fixture
def force(database: Database) -> Staffed:
    """A force with two rooms and who comes to its doors."""
    return staffed(database)


@pytest.fixture
def manager(client: TestClient, force: Staffed) -> TestClient:
    """A browser in which the manager of the force's first room is signed in."""
    return signed_in(client, force.manager)
