"""Who is let in, where, and what those hear who are not."""

from __future__ import annotations

from fastapi.testclient import TestClient

from app.db.transaction import Database
from tests.app.callers import Staffed, signed_in, token


def test_a_token_lets_its_user_in(client: TestClient, database: Database, force: Staffed) -> None:
    """A system is who its token says."""
    answer = client.get("/api/v1/me", headers=token(database, force.system))
    assert (answer.status_code, answer.json()["name"]) == (200, force.system.name)


def test_a_session_lets_its_user_in(client: TestClient, force: Staffed) -> None:
    """A page's own script asks with the session of the browser."""
    answer = signed_in(client, force.officer).get("/api/v1/me")
    assert answer.json()["officer_id"] == str(force.rostered.id)


def test_nobody_is_told_to_sign_in(client: TestClient) -> None:
    """Without either there is a problem, and how to sign in."""
    answer = client.get("/api/v1/me")
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert answer.headers["Content-Type"] == "application/problem+json"


def test_a_text_that_no_database_keeps_is_refused_by_name(
    client: TestClient, database: Database, force: Staffed
) -> None:
    """NUL in a path, a query, a form or a body is the caller's fault, on either database."""
    system = token(database, force.system)
    room = f"/api/v1/rooms/{force.room.id}"
    answers = {
        "mapping_name": client.delete(f"{room}/column-mappings/a%00b", headers=system),
        "code": client.get(f"{room}/rosters/{force.room.id}/takers?code=%00", headers=system),
        "name": client.post(f"{room}/teams", json={"name": "a\0b"}, headers=system),
    }
    for field, answer in answers.items():
        named = [each["field"] for each in answer.json()["errors"]]
        assert (answer.status_code, field in named) == (422, True), field
    manager = signed_in(client, force.manager)
    here = f"/rooms/{force.room.id}/people/teams"
    assert manager.post(here, data={"team_name": "a\0b"}).status_code == 422
    half = {"Content-Type": "multipart/form-data; boundary=b; charset=unicode_escape"}
    part = b'--b\r\nContent-Disposition: form-data; name="team_name"\r\n\r\n\\ud800\r\n--b--\r\n'
    assert manager.post(here, content=part, headers=half).status_code == 422


def test_a_stranger_hears_of_signing_in_first(client: TestClient) -> None:
    """Who asks is settled before what they say is looked at."""
    assert client.get("/api/v1/users?after=%00").status_code == 401
