"""The migrations make exactly the tables that the code speaks of, and can be taken back."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Column, Engine, Integer, Table, inspect

from app.cli import run
from app.db import all_tables
from app.db.engine import open_engine
from app.db.migrate import downgrade, newest, upgrade
from app.db.transaction import Database


@pytest.fixture
def engine(empty_url: str) -> Iterator[Engine]:
    """An engine of a database without tables."""
    engine = open_engine(empty_url, busy_seconds=5)
    yield engine
    engine.dispose()


def differences(engine: Engine) -> list[object]:
    """What Alembic would write into a next migration."""
    with engine.connect() as connection:
        return list(compare_metadata(MigrationContext.configure(connection), all_tables.metadata))


def test_a_next_migration_would_be_empty(database: Database) -> None:
    """Tables made by the migrations are the tables of the code."""
    assert differences(database.engine) == []


def test_a_table_that_no_migration_makes_is_noticed(database: Database) -> None:
    """The comparison can fail: a table of the code alone is a difference."""
    stray = Table("stray", all_tables.metadata, Column("id", Integer, primary_key=True))
    try:
        assert differences(database.engine)
    finally:
        all_tables.metadata.remove(stray)


def test_migrations_go_up_down_and_up_again(engine: Engine) -> None:
    """Taken back to the start nothing is left, and the way up is free again."""
    assert upgrade(engine) == ("", newest())
    assert downgrade(engine, "base") == (newest(), "")
    assert inspect(engine).get_table_names() == ["alembic_version"]
    assert upgrade(engine) == ("", newest())
    assert differences(engine) == []


def test_a_migration_that_fails_leaves_nothing(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All migrations stand together or none does."""

    def broken(_: object) -> None:
        raise RuntimeError("broken")

    monkeypatch.setattr("app.db.migrate._check_foreign_keys", broken)
    with pytest.raises(RuntimeError, match="broken"):
        upgrade(engine)
    assert inspect(engine).get_table_names() == []


def test_parade_migrate_says_what_it_did(
    empty_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first time makes the tables, the second changes nothing and says so."""
    monkeypatch.setenv("PARADE_DATABASE_URL", empty_url)
    assert run(["migrate"]) == 0
    assert capsys.readouterr().out == f"The database is at {newest()}; it was empty.\n"
    assert run(["migrate"]) == 0
    assert capsys.readouterr().out == f"Nothing to do: the database is at {newest()}.\n"


@pytest.mark.parametrize(
    ("variable", "value", "words"),
    [
        ("PARADE_DATABASE_URL", "mysql://secret@host/name", "mysql is not supported"),
        ("PARADE_DATABASE_URL", "secret", "It is not a database URL"),
        ("PARADE_DATABASE_URL", "sqlite:////nowhere/at/all.sqlite", "cannot be used"),
        ("PARADE_LOG_LEVEL", "secret", "PARADE_LOG_LEVEL"),
    ],
)
def test_a_setting_that_cannot_be_used_is_one_sentence(
    variable: str,
    value: str,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    """Exit status 2, one line, no traceback, no value that may hold a password."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv(variable, value)
    assert run(["migrate"]) == 2
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1
    assert "secret" not in said
