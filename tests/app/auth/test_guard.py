"""Who is let in, where, and what those hear who are not."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from app.db.transaction import Database
from tests.app.callers import Staffed, signed_in, staffed, token


@pytest.fixture
def force(database: Database) -> Staffed:
    """A force with users."""
    return staffed(database)


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
