"""`parade user`: accounts, roles and tokens from the command line."""

from __future__ import annotations

from io import StringIO

import pytest
from fastapi.testclient import TestClient

from app.auth import service
from app.cli import run
from app.db.transaction import Database
from tests.app.callers import Staffed, staffed

PASSWORD = "three quiet lanterns"  # noqa: S105 - nobody's


@pytest.fixture
def force(database: Database, database_url: str, monkeypatch: pytest.MonkeyPatch) -> Staffed:
    """A force in the database that the command line works on."""
    monkeypatch.setenv("PARADE_DATABASE_URL", database_url)
    monkeypatch.setattr("sys.stdin", StringIO(f"{PASSWORD}\n"))
    return staffed(database)


def test_a_person_is_added_with_a_password_from_standard_input(
    force: Staffed, database: Database
) -> None:
    """An officer is added as who they are in the room; the password fits, and is no argument."""
    call = ["user", "add", "ann", "--force", "Borsetshire", "--role", "officer"]
    assert run([*call, "--room", "Borsetshire/North", "--officer", "1"]) == 0
    with database.read() as reading:
        new = service.user_named(reading, "ann")
        assert service.check_password(reading, "ann", PASSWORD)
    assert (new.officer_id, new.grants[0].room_id) == (force.rostered.id, force.room.id)


def test_a_systems_token_is_printed_once_and_revoked(
    force: Staffed, client: TestClient, capsys: pytest.CaptureFixture[str]
) -> None:
    """The token alone is on standard output and lets the system in, until it is revoked."""
    assert run(["user", "add", "telephony", "--force", "Borsetshire", "--system"]) == 0
    grant = ["user", "grant", "telephony", "manager", "--room", "Borsetshire/South"]
    assert run(grant) == 0
    capsys.readouterr()
    assert run(["user", "token", "telephony", "--name", "intake", "--days", "7"]) == 0
    secret = capsys.readouterr().out.strip()
    headers = {"Authorization": f"Bearer {secret}"}
    assert client.get("/api/v1/me", headers=headers).json()["name"] == "telephony"
    assert run(["user", "list", "--force", "Borsetshire"]) == 0
    said = capsys.readouterr().out
    assert "telephony  system  manager of South" in said
    assert secret not in said
    assert run(["user", "revoke", "telephony"]) == 0
    assert client.get("/api/v1/me", headers=headers).status_code == 401
    assert run([*grant, "--take-away"]) == 0
    run(["user", "list", "--force", "Borsetshire"])
    assert "telephony  system  no role" in capsys.readouterr().out


def test_a_password_is_set(force: Staffed, database: Database) -> None:
    """The new one fits."""
    name = force.manager.sign_in_name
    assert run(["user", "password", name]) == 0
    with database.read() as reading:
        assert service.check_password(reading, name, PASSWORD)


@pytest.mark.parametrize(
    ("call", "words"),
    [
        (["add", "ann", "--force", "Nowhere", "--system"], "no force called Nowhere"),
        (["add", "a b", "--force", "Borsetshire", "--system"], "sign_in_name"),
        (["grant", "nobody", "manager"], "no user called nobody"),
        (["grant", "manager.borsetshire", "officer"], "of one control room"),
        (["token", "nobody"], "no user called nobody"),
        (["password", "system.borsetshire"], "tokens, not with a password"),
    ],
)
def test_what_cannot_be_is_one_sentence(
    force: Staffed, call: list[str], words: str, capsys: pytest.CaptureFixture[str]
) -> None:
    """Exit status 2 and one line that says what to do."""
    assert run(["user", *call]) == 2
    said = capsys.readouterr().err
    assert words in said
    assert said.count("\n") == 1
