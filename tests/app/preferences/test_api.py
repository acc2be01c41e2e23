"""Wishes over HTTP: an officer's own, and a system's for a whole room."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID, uuid4

import pytest
from fastapi.testclient import TestClient

from app import clock
from app.db.transaction import Database
from app.preferences import service as preferences
from app.preferences.service import Outcome
from tests.app.callers import Staffed, token
from tests.app.preferences.asking import BEFORE

JANUARY = {
    "first_day": "2027-01-04",
    "days": 28,
    "closes": "2026-11-29T23:59:00Z",
    "answers": "2026-12-03",
}
OFF = {"day": "2027-01-09", "wants": False, "points": 5}

Headers = dict[str, str]


@pytest.fixture(autouse=True)
def before_the_deadline() -> Iterator[None]:
    """It is a week before wishes close."""
    with clock.stopped_at(BEFORE):
        yield


@pytest.fixture
def system(database: Database, force: Staffed) -> Headers:
    """The headers of a system of the first room."""
    return token(database, force.system)


@pytest.fixture
def officer(database: Database, force: Staffed) -> Headers:
    """The headers of an officer of the first room."""
    return token(database, force.officer)


@pytest.fixture
def rounds(force: Staffed) -> str:
    """Where rounds of the first room stand."""
    return f"/api/v1/rooms/{force.room.id}/rounds"


@pytest.fixture
def asked(client: TestClient, rounds: str, system: Headers) -> dict[str, Any]:
    """A round of the first room."""
    made: dict[str, Any] = client.post(rounds, json=JANUARY, headers=system).json()
    return made


def test_a_round_is_asked_once_for_a_key_and_changed_from_its_version(
    client: TestClient, rounds: str, system: Headers
) -> None:
    """Made with 201, Location and ETag; sent again nothing is made twice; a stale change is 412."""
    once = system | {"Idempotency-Key": "january"}
    first, again = (client.post(rounds, json=JANUARY, headers=once) for _ in range(2))
    assert first.status_code == 201
    assert first.json() == again.json()
    made = first.json()
    assert made == JANUARY | {
        "id": made["id"], "version": 1, "points": 20, "state": "open", "answered_at": None,
    }  # fmt: skip
    place = first.headers["Location"]
    assert place == f"{rounds}/{made['id']}"
    assert client.get(place, headers=system).headers["ETag"] == '"1"' == first.headers["ETag"]
    assert client.get(rounds, headers=system).json() == {"rounds": [made]}
    longer = JANUARY | {"points": 30}
    assert client.put(place, json=longer, headers=system).status_code == 428
    change = client.put(place, json=longer, headers=system | {"If-Match": '"1"'})
    assert (change.json()["points"], change.headers["ETag"]) == (30, '"2"')
    assert client.put(place, json=longer, headers=system | {"If-Match": '"1"'}).status_code == 412


def test_an_officers_wishes_come_and_go(
    client: TestClient, asked: dict[str, Any], officer: Headers
) -> None:
    """Stated, read, changed and withdrawn, all with the officer's own token and nothing else."""
    (mine,) = client.get("/api/v1/me/rounds", headers=officer).json()["rounds"]
    assert mine == asked
    body = OFF | {"round_id": asked["id"]}
    once = officer | {"Idempotency-Key": "saturday"}
    first, again = (client.post("/api/v1/me/wishes", json=body, headers=once) for _ in range(2))
    assert (first.status_code, first.json()) == (201, again.json())
    wish = first.json()
    assert wish.items() >= {**body, "kinds": [], "shifts": [], "outcome": None}.items()
    place = first.headers["Location"]
    assert client.get(place, headers=officer).json() == wish
    late = {"day": "2027-01-10", "wants": True, "points": 2, "kinds": ["late"]}
    changed = client.put(place, json=late, headers=officer | {"If-Match": '"1"'}).json()
    assert changed.items() >= (late | {"version": 2}).items()
    assert client.get("/api/v1/me/wishes", headers=officer).json() == {"wishes": [changed]}
    elsewhere = client.get(f"/api/v1/me/wishes?round_id={uuid4()}", headers=officer).json()
    assert elsewhere == {"wishes": []}
    assert client.delete(place, headers=officer | {"If-Match": '"1"'}).status_code == 412
    assert client.delete(place, headers=officer | {"If-Match": '"2"'}).status_code == 204
    assert client.get(place, headers=officer).status_code == 404


def test_refusals_name_the_field(
    client: TestClient, asked: dict[str, Any], officer: Headers
) -> None:
    """Over the budget and outside the period are 422 with the field; a day twice is 409."""

    def state(**change: object) -> Any:
        body = {**OFF, "round_id": asked["id"], **change}
        return client.post("/api/v1/me/wishes", json=body, headers=officer)

    state(points=10), state(day="2027-01-10", points=9)
    over = state(day="2027-01-11")
    assert over.status_code == 422
    assert over.json()["errors"] == [
        {"field": "points", "words": "1 left. Take some from another wish."}
    ]
    outside = state(day="2027-02-01", points=1).json()
    assert [fault["field"] for fault in outside["errors"]] == ["day"]
    assert state(points=1).status_code == 409
    assert state(points=True).status_code == 422
    assert state(round_id=str(uuid4())).status_code == 404


def test_a_system_collects_wishes_for_officers(
    client: TestClient, force: Staffed, asked: dict[str, Any], rounds: str, system: Headers
) -> None:
    """On an officer's behalf a wish is stated, changed, read with the round's, and withdrawn."""
    wishes = f"/api/v1/rooms/{force.room.id}/officers/{force.rostered.id}/wishes"
    first = client.post(wishes, json=OFF | {"round_id": asked["id"]}, headers=system)
    second = client.post(
        wishes, json=OFF | {"round_id": asked["id"], "day": "2027-01-10"}, headers=system
    )
    assert first.status_code == second.status_code == 201
    place = first.headers["Location"]
    changed = client.put(
        place, json=OFF | {"points": 7}, headers=system | {"If-Match": '"1"'}
    ).json()
    assert changed["points"] == 7
    assert client.get(place, headers=system).json() == changed
    of_officer = client.get(wishes, headers=system).json()
    assert of_officer == {"wishes": [changed, second.json()]}
    page = client.get(f"{rounds}/{asked['id']}/wishes?limit=1", headers=system)
    assert page.json() == {"wishes": [changed]}
    following = page.links["next"]["url"]
    rest = client.get(following, headers=system)
    assert rest.json() == {"wishes": [second.json()]}
    assert "next" not in rest.links
    figures = client.get(f"{rounds}/{asked['id']}/asked", headers=system).json()
    assert (figures["officers"], figures["wishes"], len(figures["days"])) == (1, 2, 2)
    assert client.delete(place, headers=system | {"If-Match": '"2"'}).status_code == 204
    bad = client.get(f"{rounds}/{asked['id']}/wishes?after=W10", headers=system)
    assert bad.status_code == 422


def test_an_outcome_is_read_by_the_officer(
    client: TestClient,
    database: Database,
    force: Staffed,
    asked: dict[str, Any],
    officer: Headers,
) -> None:
    """What came of a wish stands with it, with the reason in words."""
    body = OFF | {"round_id": asked["id"]}
    wish = client.post("/api/v1/me/wishes", json=body, headers=officer).json()
    roster_id = uuid4()
    with database.write() as transaction:
        told = {UUID(wish["id"]): Outcome(roster_id, met=False, words="999 would be short.")}
        preferences.record_outcomes(transaction, force.room.id, told)
    found = client.get(f"/api/v1/me/wishes/{wish['id']}", headers=officer).json()
    assert found["outcome"] == {
        "roster_id": str(roster_id), "met": False, "words": "999 would be short.",
    }  # fmt: skip
    (mine,) = client.get("/api/v1/me/rounds", headers=officer).json()["rounds"]
    assert mine["state"] == "answered"


def test_wishes_are_for_those_they_concern(
    client: TestClient,
    database: Database,
    force: Staffed,
    asked: dict[str, Any],
    rounds: str,
    officer: Headers,
) -> None:
    """An officer reads no room's wishes and no colleague's; a manager of another room none."""
    body = OFF | {"round_id": asked["id"]}
    wish = client.post("/api/v1/me/wishes", json=body, headers=officer).json()
    assert client.get(f"{rounds}/{asked['id']}/wishes", headers=officer).status_code == 403
    stranger, manager = token(database, force.other_officer), token(database, force.other_manager)
    assert client.get("/api/v1/me/wishes", headers=stranger).json() == {"wishes": []}
    assert client.get(f"/api/v1/me/wishes/{wish['id']}", headers=stranger).status_code == 404
    assert client.post("/api/v1/me/wishes", json=body, headers=stranger).status_code == 404
    assert client.get(f"{rounds}/{asked['id']}", headers=manager).status_code == 404
    other = rounds.replace(str(force.room.id), str(force.other_room.id))
    assert client.get(f"{other}/{asked['id']}/wishes", headers=manager).status_code == 404
    assert client.get("/api/v1/me/wishes", headers=manager).status_code == 403
