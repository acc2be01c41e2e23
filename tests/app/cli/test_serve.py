"""`parade serve` and `parade worker`: what they refuse, and that they stop in good order."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
import structlog

from app.cli import run
from app.db.migrate import newest

PATIENCE = 300
"""Seconds; a busy machine is slow, not wrong."""

SAID = re.compile(rb"Parade is at (http://\S+/);|Working as (\S+);")


@pytest.fixture(autouse=True)
def _log_as_before() -> Iterator[None]:
    """The commands let events be written to the standard error of the test they run in."""
    yield
    structlog.reset_defaults()


@contextmanager
def started(url: str, *verb: str) -> Iterator[tuple[subprocess.Popen[bytes], str]]:
    """The command in a process of its own, and what it said of where it is; killed at the end."""
    command = [sys.executable, "-c", "from app.cli import main; main()", *verb]
    process = subprocess.Popen(
        command, env={"PARADE_DATABASE_URL": url}, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    assert process.stdout is not None
    try:
        lines = iter(process.stdout.readline, b"")
        found = next((match for line in lines if (match := SAID.match(line))), None)
        assert found is not None, "it ended before it said where it is"
        yield process, (found[1] or found[2]).decode()
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("verb", [["serve"], ["worker"]])
def test_a_database_that_is_not_migrated_is_refused(
    verb: list[str],
    empty_url: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
) -> None:
    """In one sentence that names what to do; nothing is made."""
    monkeypatch.setenv("PARADE_DATABASE_URL", empty_url)
    assert run(verb) == 2
    assert capsys.readouterr().err == "The database is empty: run `parade migrate` first.\n"
    assert list(tmp_path.iterdir()) == []


def test_an_older_database_is_refused(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Saying where it is and what is needed."""
    monkeypatch.setenv("PARADE_DATABASE_URL", database_url)
    monkeypatch.setattr("app.cli.ready.newest", lambda: "9999")
    assert run(["serve"]) == 2
    said = capsys.readouterr().err
    assert f"The database is at {newest()}, but this version of Parade needs 9999" in said
    assert "parade migrate" in said


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_an_address_that_is_not_ours_is_refused(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """In one sentence, before anything is started."""
    monkeypatch.setenv("PARADE_DATABASE_URL", database_url)
    assert run(["serve", "--host", "192.0.2.1"]) == 2
    said = capsys.readouterr().err
    assert "Nothing can listen at 192.0.2.1:8000" in said
    assert said.count("\n") == 1


def test_server_and_worker_start_serve_and_stop(database_url: str) -> None:
    """The server answers where it says it is; SIGTERM and Ctrl-C end both with status 0."""
    with (
        started(database_url, "serve", "--port", "0", "--no-workers") as (server, address),
        started(database_url, "worker") as (worker, _),
    ):
        with urllib.request.urlopen(f"{address}sign-in", timeout=PATIENCE) as answer:  # noqa: S310
            assert answer.status == 200
        worker.send_signal(signal.SIGINT)
        server.send_signal(signal.SIGTERM)
        assert worker.wait(PATIENCE) == 0
        assert server.wait(PATIENCE) == 0


@pytest.mark.parametrize("kind", ["sqlite"], indirect=True)
def test_on_sqlite_the_server_works_jobs_off_itself(
    database_url: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """So a worker beside it is refused, and says why."""
    monkeypatch.setenv("PARADE_DATABASE_URL", database_url)
    with started(database_url, "serve", "--port", "0"):
        assert run(["worker"]) == 2
    assert "--no-workers" in capsys.readouterr().err
