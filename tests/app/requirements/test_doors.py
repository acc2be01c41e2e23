"""The doors of terms and requirements: read, change by version, work out, read as JSON and CSV."""

from __future__ import annotations

from typing import get_args

import pytest
from fastapi.testclient import TestClient

from app.db.transaction import Database
from app.demand import service as demand
from app.people import service as people
from app.requirements.schemas.parts import Weekday
from tests.app.callers import Staffed, staffed, token
from tests.app.forecasts.rooms import houston, made


@pytest.fixture
def force(database: Database) -> Staffed:
    """A force whose first room has counts."""
    made = staffed(database)
    with database.write() as transaction:
        demand.receive(transaction, made.room.id, demand.counts_of(houston()), "test", None)
    return made


def test_terms_are_read_and_changed_by_version(
    client: TestClient, database: Database, force: Staffed
) -> None:
    """What was read is changed with its ETag; without one or with an old one it is refused."""
    headers = token(database, force.system)
    room = f"/api/v1/rooms/{force.room.id}/terms"
    listed = client.get(room, headers=headers).json()["queues"]
    assert [each["queue"] for each in listed] == ["ems", "police_traffic"]
    assert set(listed[0]["origins"].values()) == {"assumed"}
    where = f"{room}/{listed[0]['queue_id']}"
    read = client.get(where, headers=headers)
    body = {"aht_seconds": 333, "patience_seconds": "endless"}
    matched = {**headers, "If-Match": read.headers["ETag"]}
    assert client.put(where, json=body, headers=headers).status_code == 428
    changed = client.put(where, json=body, headers=matched)
    assert (changed.status_code, changed.headers["ETag"]) == (200, '"1"')
    assert changed.json()["terms"]["aht_seconds"] == 333
    assert changed.json()["terms"]["patience_seconds"] is None
    assert changed.json()["origins"]["aht_seconds"] == "given"
    assert client.put(where, json=body, headers=matched).status_code == 412
    assert client.get(where, headers=headers).json() == changed.json()


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"share": 2}, "share"),
        ({"share": 1}, "share"),
        ({"share": False}, "share"),
        ({"skill": "juggling"}, "skill"),
        ({"shrinkage": [{"name": "x", "share": 0.1}]}, "shrinkage[0].in_shift"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_is_wrong_is_told_by_field(
    client: TestClient, database: Database, force: Staffed, body: dict[str, object], field: str
) -> None:
    """A problem names the field."""
    headers = {**token(database, force.system), "If-Match": '"0"'}
    room = f"/api/v1/rooms/{force.room.id}/terms"
    queue = client.get(room, headers=headers).json()["queues"][0]["queue_id"]
    refused = client.put(f"{room}/{queue}", json=body, headers=headers)
    assert refused.status_code == 422
    assert [each["field"] for each in refused.json()["errors"]] == [field]


def test_a_requirement_is_worked_out_and_read(
    client: TestClient, database: Database, force: Staffed
) -> None:
    """201 with its place; JSON and CSV tell the same people."""
    headers = token(database, force.system)
    room = f"/api/v1/rooms/{force.room.id}/requirements"
    forecast = made(database, force.room.id, model="eight_week_mean")
    body = {"forecast_id": str(forecast.id)}
    answer = client.post(room, json=body, headers=headers)
    assert answer.status_code == 201
    where = answer.headers["Location"]
    assert client.get(where, headers=headers).json() == answer.json()
    assert client.get(room, headers=headers).json() == {"requirements": [answer.json()]}
    assert answer.json()["notes"][0] == "Assumed for ems and police_traffic: AHT 7 min."
    need = client.get(f"{where}/values", headers=headers).json()
    text = client.get(f"{where}/values.csv", headers=headers).text.splitlines()
    assert text[0] == "interval_start,queues,required"
    assert len(text) == 1 + 3 * 7 * 96
    told = {each[1]: int(each[2]) for each in (line.split(",") for line in text[1:4])}
    assert told == {"+".join(each["queues"]): each["required"][0] for each in need["sets"]}
    unknown = client.post(room, json={"forecast_id": str(force.room.id)}, headers=headers)
    assert unknown.status_code == 404


def test_what_the_room_asks_is_read_and_changed_by_version(
    client: TestClient, database: Database, force: Staffed
) -> None:
    """Posts and minimums come back with their hours in words; an old ETag is refused."""
    headers = token(database, force.system)
    with database.write() as transaction:
        people.create_skill(transaction, force.force.id, "dispatch", "Dispatch")
    where = f"/api/v1/rooms/{force.room.id}/terms/room"
    read = client.get(where, headers=headers)
    assert (read.status_code, read.json()["terms"]["posts"]) == (200, [])
    night = {"start": "22:00", "end": "06:00", "days": ["fri"]}
    body = {
        "seats": 20,
        "posts": [{"name": "Desk", "skill": "dispatch", "window": night}],
        "minimums": [{"skill": "dispatch", "people": 2}],
    }
    matched = {**headers, "If-Match": read.headers["ETag"]}
    assert client.put(where, json=body, headers=headers).status_code == 428
    changed = client.put(where, json=body, headers=matched)
    assert (changed.status_code, changed.headers["ETag"]) == (200, '"1"')
    post = {"name": "Desk", "skill": "dispatch", "people": 1, "window": night, "relief": True}
    always = {"start": "00:00", "end": "24:00", "days": list(get_args(Weekday))}
    terms = changed.json()["terms"]
    assert (terms["seats"], terms["posts"]) == (20, [post])
    minimum = {"skill": "dispatch", "people": 2, "window": always, "must": False}
    assert terms["minimums"] == [minimum]
    assert changed.json()["origins"]["posts"] == "given"
    assert client.put(where, json=body, headers=matched).status_code == 412
    assert client.get(where, headers=headers).json() == changed.json()
    assert (
        client.put(where, json=terms, headers={**headers, "If-Match": '"1"'}).json()["terms"]
        == terms
    )


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"seats": 1.5}, "seats"),
        ({"posts": [{"name": "Desk", "skill": "juggling"}]}, "posts[0].skill"),
        ({"posts": [{"skill": "dispatch"}]}, "posts[0].name"),
        ({"minimums": [{"skill": "x", "people": 1, "window": {"start": "7"}}]},
         "minimums[0].window.start"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_room_is_told_by_field(
    client: TestClient, database: Database, force: Staffed, body: dict[str, object], field: str
) -> None:
    """A problem names the field with its row."""
    headers = {**token(database, force.system), "If-Match": '"0"'}
    refused = client.put(f"/api/v1/rooms/{force.room.id}/terms/room", json=body, headers=headers)
    assert refused.status_code == 422
    assert [each["field"] for each in refused.json()["errors"]] == [field]


def test_strangers_are_kept_out(client: TestClient, database: Database, force: Staffed) -> None:
    """Unknown 401, an officer 403, a manager of another room 404."""
    for user, status in ((None, 401), (force.officer, 403), (force.other_manager, 404)):
        headers = token(database, user) if user else {}
        for rest in ("terms", "terms/room", "requirements"):
            where = f"/api/v1/rooms/{force.room.id}/{rest}"
            assert client.get(where, headers=headers).status_code == status
        body = {"forecast_id": str(force.room.id)}
        assert client.post(where, json=body, headers=headers).status_code == status
