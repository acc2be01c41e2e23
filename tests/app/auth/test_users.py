"""Administrators look after the users of their own force, and all they do is kept for good."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import delete, update
from sqlalchemy.exc import DBAPIError

from app.auth import service
from app.auth.tables import audit
from app.db.transaction import Database
from tests.app.callers import Staffed, signed_in, staffed, token

USERS = "/api/v1/users"


@pytest.fixture
def admin(client: TestClient, database: Database, force: Staffed) -> TestClient:
    """The force's administrator."""
    client.headers.update(token(database, force.administrator))
    return client


def new_user(**fields: object) -> dict[str, Any]:
    """A manager to make."""
    return {"sign_in_name": "ann", "name": "Ann Gill", **fields}


def test_a_user_is_made_read_and_listed(admin: TestClient, force: Staffed) -> None:
    """What was said is kept; the list goes on page by page until it ends."""
    grants = [{"role": "manager", "room_id": str(force.room.id)}]
    made = admin.post(USERS, json=new_user(grants=grants))
    assert made.status_code == 201
    read = admin.get(made.headers["Location"])
    assert read.json() == made.json()
    assert read.headers["ETag"] == '"1"'
    names, address = [], f"{USERS}?limit=3"
    while address:
        page = admin.get(address)
        names += [user["sign_in_name"] for user in page.json()["users"]]
        address = page.links.get("next", {}).get("url", "")
    assert len(names) == 7
    assert names == sorted(names)
    assert "ann" in names


def test_a_user_is_made_once_for_a_key(admin: TestClient) -> None:
    """The same key again gets the same user."""
    headers = {"Idempotency-Key": str(uuid4())}
    first, second = (admin.post(USERS, json=new_user(), headers=headers) for _ in range(2))
    assert first.json() == second.json()


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"grants": [{"role": "officer"}]}, "grants[0].room_id"),
        ({"grants": [{"role": "manager", "room_id": str(uuid4())}]}, "grants[0].room_id"),
        ({"grants": [{"role": "king"}]}, "grants[0].role"),
        ({"officer_id": str(uuid4())}, "officer_id"),
        ({"password": "short"}, "password"),
        ({"kind": "system", "password": "long enough to be one"}, "password"),
        ({"sign_in_name": "a b"}, "sign_in_name"),
        ({"name": "   "}, "name"),
        ({"admin": True}, "admin"),
    ],
)
def test_a_user_that_cannot_be_is_refused(
    admin: TestClient, fields: dict[str, object], field: str
) -> None:
    """Each field at fault is named; its value is not repeated."""
    answer = admin.post(USERS, json=new_user(**fields))
    assert answer.status_code == 422
    assert field in {fault["field"] for fault in answer.json()["errors"]}
    assert "short" not in answer.text


def test_a_sign_in_name_is_taken_once(admin: TestClient, database: Database) -> None:
    """Whatever its case, over all forces."""
    assert admin.post(USERS, json=new_user()).status_code == 201
    stranger = token(database, staffed(database, "Felpersham").administrator)
    answer = admin.post(USERS, json=new_user(sign_in_name="ANN"), headers=stranger)
    assert answer.status_code == 409


def test_changes_are_made_from_the_version_that_was_read(admin: TestClient, force: Staffed) -> None:
    """Without a version 428, from an old one 412, from the present one the next."""
    address = f"{USERS}/{force.manager.id}"
    change = {"name": "Robin Okafor"}
    assert admin.patch(address, json=change).status_code == 428
    assert admin.patch(address, json=change, headers={"If-Match": '"0"'}).status_code == 412
    changed = admin.patch(address, json=change, headers={"If-Match": '"1"'})
    assert (changed.json()["name"], changed.headers["ETag"]) == ("Robin Okafor", '"2"')
    grants = {"grants": [{"role": "manager"}]}
    after = admin.put(f"{address}/grants", json=grants, headers={"If-Match": '"2"'})
    assert after.json()["grants"] == [
        {"role": "manager", "force_id": str(force.force.id), "room_id": None}
    ]


def test_nobody_raises_themselves_or_locks_themselves_out(
    admin: TestClient, force: Staffed
) -> None:
    """One's own role and standing are for another administrator to change."""
    own, match = f"{USERS}/{force.administrator.id}", {"If-Match": '"1"'}
    assert admin.patch(own, json={"active": False}, headers=match).status_code == 409
    assert admin.put(f"{own}/grants", json={"grants": []}, headers=match).status_code == 409


def test_tokens_come_and_go(admin: TestClient, database: Database, force: Staffed) -> None:
    """A token is shown once, listed without its secret, used, and of no use once revoked."""
    address = f"{USERS}/{force.system.id}/tokens"
    made = admin.post(address, json={"name": "duty"}).json()
    system = {"Authorization": f"Bearer {made['token']}"}
    assert admin.get("/api/v1/me", headers=system).json()["name"] == force.system.name
    listed = admin.get(address)
    assert made["token"] not in listed.text
    assert listed.json()["tokens"][0]["last_used"] is not None
    assert admin.delete(f"{address}/{made['id']}").status_code == 204
    assert admin.delete(f"{address}/{made['id']}").status_code == 404
    assert admin.get("/api/v1/me", headers=system).status_code == 401


def test_an_administrator_of_another_force_reaches_nobody(
    admin: TestClient, database: Database, force: Staffed
) -> None:
    """Well-formed requests about another force's user are all not found, and change nothing."""
    admin.headers.update(token(database, staffed(database, "Felpersham").administrator))
    address, match = f"{USERS}/{force.manager.id}", {"If-Match": '"1"'}
    with database.read() as reading:
        before = service.user(reading, force.manager.id)
    for method, path, body in [
        ("GET", address, None),
        ("PATCH", address, {"active": False}),
        ("PUT", f"{address}/grants", {"grants": []}),
        ("PUT", f"{address}/password", {"password": "three quiet lanterns"}),
        ("GET", f"{address}/tokens", None),
        ("POST", f"{address}/tokens", {"name": "mine"}),
        ("DELETE", f"{address}/tokens/{uuid4()}", None),
    ]:
        assert admin.request(method, path, json=body, headers=match).status_code == 404, path
    with database.read() as reading:
        assert service.user(reading, force.manager.id) == before
        assert service.tokens_of(reading, force.manager.id) == ()


def test_a_cookie_needs_the_forms_token(client: TestClient, force: Staffed) -> None:
    """A page's script changes things only with the token of the page."""
    browser = signed_in(client, force.administrator)
    del browser.headers["X-CSRF-Token"]
    assert browser.post(USERS, json=new_user()).status_code == 403


def test_what_was_done_is_listed_newest_first(admin: TestClient, force: Staffed) -> None:
    """Who, what and to which thing, a page at a time; another force's is not there."""
    ids = [admin.post(USERS, json=new_user(sign_in_name=f"n{i}")).json()["id"] for i in range(3)]
    first = admin.get("/api/v1/audit?limit=2")
    entries = first.json()["entries"]
    assert [entry["thing_id"] for entry in entries] == ids[:0:-1]
    assert {entry["user_id"] for entry in entries} == {str(force.administrator.id)}
    rest = admin.get(first.links["next"]["url"]).json()["entries"]
    assert [entry["thing_id"] for entry in rest] == ids[:1]
    assert admin.get("/api/v1/audit?after=nonsense").status_code == 422
    assert admin.get("/api/v1/audit?after=WyJ4Il0").status_code == 422


@pytest.mark.parametrize("change", [delete(audit), update(audit).values(what="nothing")])
def test_the_audit_only_grows(admin: TestClient, database: Database, change: Any) -> None:
    """The database itself refuses to change it or take from it."""
    admin.post(USERS, json=new_user())
    with pytest.raises(DBAPIError, match="only grows"), database.write() as transaction:
        transaction.execute(change)
