"""Every door has one guard, and a stranger is shown and changes nothing at any of them."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi import APIRouter, FastAPI
from fastapi.testclient import TestClient

from app.auth import service
from app.auth.permissions import WHOLE_FORCE
from app.auth.service import ACTIONS, MAY, OWN
from app.db.engine import open_engine
from app.db.transaction import Database
from app.main import make_app
from app.settings import Settings
from app.web.http import edge
from tests.app.auth.doors import UNGUARDED, Door, doors, fill, ids_of, kept_of, knock, things_of
from tests.app.callers import Staffed, signed_in, staffed
from tests.app.conftest import raise_fault


@pytest.fixture
def database(sqlite_template: Path, tmp_path: Path) -> Iterator[Database]:
    """SQLite alone: what is asked here is asked before the database is."""
    path = tmp_path / "parade.sqlite"
    shutil.copy(sqlite_template, path)
    engine = open_engine(f"sqlite:///{path}", busy_seconds=5)
    yield Database(engine)
    engine.dispose()


@pytest.fixture
def force(database: Database) -> Staffed:
    """The force whose things are tried for, with something in every table."""
    made = staffed(database)
    fill(database, made)
    return made


@pytest.fixture(autouse=True)
def loud(monkeypatch: pytest.MonkeyPatch) -> None:
    """What goes wrong inside is raised."""
    monkeypatch.setattr(edge, "tell_fault", raise_fault)


def unguarded(every: list[Door]) -> list[Door]:
    """Doors without exactly one guard."""
    return [door for door in every if len(door.actions) != 1 and door.path not in UNGUARDED]


def test_every_door_has_one_guard(app: FastAPI) -> None:
    """No route is without a guard, none has two; printed: the action of each."""
    every = doors(app)
    for door in every:
        print(f"{door.method:7}{door.path:80}{door.actions and (door.actions[0] or 'anyone')}")
    assert unguarded(every) == []
    assert len(every) > 20


def test_a_door_without_a_guard_is_found() -> None:
    """The list can fail: a stray route is in it, by its path."""
    app, router = make_app(Settings(database_url="sqlite://")), APIRouter()
    router.add_api_route("/stray", lambda: None)
    app.include_router(router)
    assert [door.path for door in unguarded(doors(app))] == ["/stray"]


def test_nothing_but_what_is_meant_is_public(app: FastAPI) -> None:
    """The doors that anyone may pass are these."""
    public = {f"{door.method} {door.path}" for door in doors(app) if door.actions == (None,)}
    assert public == {
        "GET /health", "GET /ready", "GET /api", "GET /api/v1/openapi.json",
        "GET /sign-in", "POST /sign-in", "POST /theme",
        "GET /patterns", "GET /patterns/panel", "POST /patterns/keep",
    }  # fmt: skip


def test_roles_are_nested() -> None:
    """An administrator may do all, a manager all but what is the whole force's."""
    assert MAY["administrator"] == ACTIONS
    assert MAY["manager"] == ACTIONS - WHOLE_FORCE
    assert OWN < MAY["officer"] < MAY["administrator"]
    assert not MAY["officer"] & {a for a in ACTIONS if a.endswith((".change", ".make"))} - OWN


@pytest.fixture(scope="module")
def guarded(built_app: FastAPI) -> list[Door]:
    """The doors that not anyone may pass, of every slice."""
    return [door for door in doors(built_app) if door.actions not in {(), (None,)}]


@pytest.fixture
def things(database: Database, force: Staffed) -> dict[str, object]:
    """What stands in the paths: the force's own things."""
    return things_of(database, force)


def test_who_is_not_signed_in_gets_nowhere(
    app: FastAPI, guarded: list[Door], database: Database, force: Staffed, things: dict[str, object]
) -> None:
    """A system hears 401, a person is led to sign in; nothing is changed."""
    before = kept_of(database, force)
    for door, answer in knock(app, guarded, things, None):
        if door.is_api:
            assert answer.status_code == 401, door
        else:
            assert answer.status_code == 303, door
            assert answer.headers["location"].startswith("/sign-in"), door
    assert kept_of(database, force) == before


@pytest.mark.parametrize("role", ["officer", "manager", "administrator"])
def test_strangers_of_another_force_get_nowhere(
    app: FastAPI, guarded: list[Door], database: Database, force: Staffed,
    things: dict[str, object], role: str,
) -> None:  # fmt: skip
    """A room of another force is not found, nothing of it is shown, nothing is changed."""
    stranger = getattr(staffed(database, "Felpersham"), role)
    before, secrets = kept_of(database, force), [str(number) for number in ids_of(force)]
    for door, answer in knock(app, guarded, things, stranger):
        if door.is_of_a_room:
            assert answer.status_code == 404, door
        else:
            # A wish of another is found as little as one that is not; lists show one's own.
            assert "{" not in door.path or answer.status_code >= 400, door
        assert not any(secret in answer.text for secret in secrets), door
        assert "Borsetshire" not in answer.text, door
    assert kept_of(database, force) == before


@pytest.mark.parametrize("role", ["other_officer", "other_manager"])
def test_strangers_of_another_room_get_nowhere(
    app: FastAPI, guarded: list[Door], database: Database, force: Staffed,
    things: dict[str, object], role: str,
) -> None:  # fmt: skip
    """A room of the same force that is not theirs is not found either."""
    before, secret = kept_of(database, force), str(force.room.id)
    for door, answer in knock(app, guarded, things, getattr(force, role)):
        if door.is_of_a_room:
            assert answer.status_code == 404, door
        assert secret not in answer.text, door
    assert kept_of(database, force) == before


def test_an_officer_may_not_do_a_managers_work(
    app: FastAPI, guarded: list[Door], database: Database, force: Staffed, things: dict[str, object]
) -> None:
    """In their own room officers hear 403 at every door that their role does not carry."""
    before = kept_of(database, force)
    beyond = [door for door in guarded if door.actions[0] not in MAY["officer"]]
    for door, answer in knock(app, beyond, things, force.officer):
        assert answer.status_code == 403, door
    assert kept_of(database, force) == before


def test_a_room_that_is_no_id_is_not_found(client: TestClient, force: Staffed) -> None:
    """Something else in a room's place sounds like a room that does not exist."""
    browser = signed_in(client, force.manager)
    assert browser.get("/api/v1/rooms/no-id/jobs").status_code == 404


def test_a_grant_that_is_taken_away_is_gone_at_once(
    client: TestClient, database: Database, force: Staffed
) -> None:
    """The next request of a session that is open no longer gets in."""
    browser, path = signed_in(client, force.manager), f"/api/v1/rooms/{force.room.id}"
    before = browser.get(path).status_code
    with database.write() as transaction:
        service.set_grants(transaction, force.manager.id, 1, [])
    assert (before, browser.get(path).status_code) == (200, 404)
