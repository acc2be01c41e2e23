"""The calendar over HTTP: what a system lists, enters, changes, deletes and puts back."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from app.auth import service as auth
from app.db.transaction import Database
from tests.app.callers import Staffed, token

DERBY: dict[str, Any] = {
    "name": "Derby",
    "kind": "sport",
    "when": {"how": "dates", "dates": [{"first": "2026-04-18", "last": "2026-04-18"}]},
    "effect": {"how": "stated", "percent": 20},
    "begins": "18:00",
    "until": "02:00",
}


class Desk:
    """A system at the doors of the calendar of its room."""

    def __init__(self, client: TestClient, database: Database, force: Staffed) -> None:
        self.client = client
        self.home = f"/api/v1/rooms/{force.room.id}/events"
        self.headers = token(database, force.system)

    def call(self, method: str, path: str = "", status: int = 200, **more: Any) -> Any:
        """What a door answers."""
        headers = self.headers | more.pop("headers", {})
        answer = self.client.request(method, self.home + path, headers=headers, **more)
        assert answer.status_code == status, answer.text
        return answer


@pytest.fixture
def desk(client: TestClient, database: Database, force: Staffed) -> Desk:
    """A system at the doors."""
    return Desk(client, database, force)


def test_a_system_keeps_the_calendar(desk: Desk, database: Database, force: Staffed) -> None:
    """Entered once per key, read, changed by version, deleted, put back; each act on the trail."""
    keyed = {"Idempotency-Key": str(uuid4())}
    made = desk.call("POST", status=201, json=DERBY, headers=keyed)
    assert desk.call("POST", status=201, json=DERBY, headers=keyed).json() == made.json()
    desk.call("POST", status=409, json=DERBY)
    event = made.json()
    assert (event["begins"], event["until"], event["when"]) == ("18:00", "02:00", DERBY["when"])
    path = f"/{event['id']}"
    assert made.headers["location"].endswith(path)
    assert desk.call("GET", path).headers["etag"] == made.headers["etag"] == '"1"'
    last = {"how": "weekday", "month": 8, "weekday": "Monday", "nth": -1, "days": 1}
    changed = DERBY | {"when": last, "effect": {"how": "like_last"}, "last": "2027-08-30"}
    desk.call("PUT", path, 428, json=changed)
    desk.call("PUT", path, json=changed, headers={"If-Match": '"1"'})
    desk.call("PUT", path, 412, json=changed, headers={"If-Match": '"1"'})
    (read,) = desk.call("GET").json()["events"]
    assert (read["when"], read["effect"], read["version"]) == (last, {"how": "like_last"}, 2)
    assert '["Derby"]\nmonth = 8\nweekday = "Monday"' in desk.call("GET", "/file").text
    desk.call("DELETE", path, 204, headers={"If-Match": '"2"'})
    desk.call("GET", path, 404)
    assert desk.call("GET").json() == {"events": []}
    assert len(desk.call("GET", "?deleted=true").json()["events"]) == 1
    desk.call("POST", f"{path}/restore")
    desk.call("POST", f"{path}/restore", 404)
    with database.read() as reading:
        trail = auth.entries(reading, force.force.id)
    acts = [each.what for each in trail if "event" in each.what]
    assert sorted(acts) == [
        "changed an event",
        "deleted an event",
        "entered an event",
        "put an event back",
    ]


REFUSED: tuple[tuple[dict[str, object], str], ...] = (
    ({"when": {"how": "yearly", "month": 2, "day": 30}}, "when"),
    ({"when": {"how": "yearly", "month": 2}}, "day"),
    ({"when": {"how": "dates", "dates": []}}, "dates"),
    (
        {"when": {"how": "dates", "dates": [{"first": "2026-02-02", "last": "2026-02-01"}]}},
        "when",
    ),
    ({"effect": {"how": "stated", "percent": 5000}}, "percent"),
    ({"effect": {"how": "stated", "percent": "20"}}, "percent"),
    ({"begins": "24:00"}, "begins"),
    ({"name": "  "}, "name"),
    ({"since": "2026-02-02", "last": "2026-02-01"}, "name"),
    ({"queue_ids": ["0192d4a0-0000-7000-8000-000000000000"]}, "queues"),
    ({"colour": "red"}, "colour"),
)


def test_an_event_that_cannot_be_is_refused_at_its_field(desk: Desk) -> None:
    """Dates that do not exist, effects beyond sense and unknown queues; nothing is kept."""
    for change, field in REFUSED:
        said = desk.call("POST", status=422, json=DERBY | change).json()
        assert any(each["field"].endswith(field) for each in said["errors"]), (change, said)
    assert desk.call("GET").json() == {"events": []}
