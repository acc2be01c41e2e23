"""The doors of demand: what systems send and read over HTTP."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.db.transaction import Database
from app.demand import service as demand
from tests.app.callers import Staffed, staffed, token
from tests.app.demand.made import at, counts

REPORT = (Path(__file__).parent / "exports" / "skill_interval.csv").read_bytes()


class System:
    """A system with a manager's role, and the room it serves."""

    def __init__(self, client: TestClient, database: Database) -> None:
        self.force: Staffed = staffed(database)
        self.client = client
        self.database = database
        self.headers = token(database, self.force.system)
        self.here = f"/api/v1/rooms/{self.force.room.id}"

    def get(self, path: str, status: int = 200, **query: object) -> Any:
        """What a path answers."""
        answer = self.client.get(self.here + path, headers=self.headers, params=query)  # type: ignore[arg-type]
        assert answer.status_code == status, answer.text
        return answer.json() if "json" in answer.headers["content-type"] else answer.text

    def post(self, path: str, body: Mapping[str, object], status: int = 201) -> Any:
        """What a path answers to what is sent."""
        answer = self.client.post(self.here + path, headers=self.headers, json=body)
        assert answer.status_code == status, answer.text
        return answer.json()


@pytest.fixture
def system(client: TestClient, database: Database) -> System:
    """A system at the doors."""
    return System(client, database)


def batch(*told: tuple[str, int, int], **more: object) -> dict[str, object]:
    """A batch of queue, quarter hour and calls offered."""
    rows = [
        {"queue": queue, "start": f"{at(quarter):%Y-%m-%dT%H:%M:%SZ}", "offered": offered}
        for queue, quarter, offered in told
    ]
    return {"counts": rows, **more}


def test_a_system_sends_counts_and_reads_them_back(system: System) -> None:
    """Queues by name, id or the system's own identifier; the latest stands, the former is told."""
    made = system.post("/queues", {"name": "999"})
    outside = f"{system.here}/queues/outside-ids/exchange"
    answer = system.client.put(outside, headers=system.headers, json={"ids": {"Q1": made["id"]}})
    assert answer.status_code == 204
    first = system.post("/counts", batch(("999", 0, 4), (made["id"], 1, 5), interval_minutes=15))
    assert (first["new"], first["revised"], first["unchanged"]) == (2, 0, 0)
    mark = system.get("/counts")["changed"]
    second = system.post("/counts", batch(("Q1", 1, 6), ("Q1", 2, 7), system="exchange"))
    assert (second["new"], second["revised"]) == (1, 1)
    again = system.post("/counts", batch(("Q1", 1, 6), ("Q1", 2, 7), system="exchange"))
    assert again == {"batch_id": None, "new": 0, "revised": 0, "unchanged": 2}
    read = system.get("/counts")["counts"]
    assert [(each["start"], each["offered"]) for each in read] == [
        ("2026-03-02T00:00:00Z", 4),
        ("2026-03-02T00:15:00Z", 6),
        ("2026-03-02T00:30:00Z", 7),
    ]
    later = system.get("/counts", changed_since=mark)["counts"]
    assert [each["offered"] for each in later] == [6, 7]
    told = system.get(f"/queues/{made['id']}/revisions", start="2026-03-02T00:15:00Z")["revisions"]
    assert [(each["offered"], each["replaced_at"] is None) for each in told] == [
        (6, True),
        (5, False),
    ]
    batches = system.get("/batches")["batches"]
    assert [each["id"] for each in batches] == [second["batch_id"], first["batch_id"]]
    assert system.get(f"/batches/{first['batch_id']}")["new"] == 2


def test_counts_are_paged_and_given_as_csv(system: System) -> None:
    """Pages follow `Link`; CSV is what `parade forecast` reads, what is not known being empty."""
    system.post("/queues", {"name": "999"})
    body = batch(*(("999", quarter, quarter) for quarter in range(5)))
    body["counts"][0] |= {"answered": 0, "handled_seconds": 12.5}  # type: ignore[index]
    body["counts"][1] |= {"answered_in_time": 3}  # type: ignore[index]
    system.post("/counts", body)
    path, seen = f"{system.here}/counts?limit=2", []
    while path:
        answer = system.client.get(path, headers=system.headers)
        seen += [each["offered"] for each in answer.json()["counts"]]
        path = answer.links.get("next", {}).get("url", "")
    assert seen == [0, 1, 2, 3, 4]
    text = system.get("/counts.csv", until="2026-03-02T00:30:00Z")
    assert text == (
        "interval_start,queue,offered,answered,abandoned,handled_seconds,answered_in_time\n"
        "2026-03-02T00:00:00Z,999,0,0,,12.5,\n2026-03-02T00:15:00Z,999,1,,,,3\n"
    )
    header = "interval_start,queue,offered,answered,abandoned,handled_seconds,answered_in_time\n"
    assert system.get("/counts.csv", until="1999-03-02T00:30:00Z") == header


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"queue": "nobody"}, "counts[0].queue"),
        ({"start": "2026-03-02T00:07:00Z"}, "counts[0].start"),
        ({"start": "2026-03-02T00:00:30Z"}, "counts[0].start"),
        ({"start": "2026-03-02T00:00:00"}, "counts[0].start"),
        ({"start": "1969-12-31T00:00:00Z"}, "counts[0].start"),
        ({"offered": -1}, "counts[0].offered"),
        ({"offered": False}, "counts[0].offered"),
        ({"handled_seconds": -0.5}, "counts[0].handled_seconds"),
        ({"answered_in_time": 0.5}, "counts[0].answered_in_time"),
        ({"ofered": 1}, "counts[0].ofered"),
    ],
)
def test_a_count_that_cannot_be_is_named(
    system: System, change: Mapping[str, object], field: str
) -> None:
    """422 with the row and field; nothing of the batch is kept."""
    system.post("/queues", {"name": "999"})
    body = batch(("999", 0, 4), ("999", 1, 4))
    body["counts"][0] |= change  # type: ignore[index]
    answer = system.post("/counts", body, 422)
    assert [each["field"] for each in answer["errors"]] == [field]
    assert system.get("/counts")["counts"] == []


def test_a_queue_is_changed_from_the_version_that_was_read(system: System) -> None:
    """ETag and If-Match; a name that is taken is a conflict."""
    made = system.post("/queues", {"name": "999"})
    system.post("/queues", {"name": "101"})
    system.post("/queues", {"name": "101"}, 409)
    path = f"{system.here}/queues/{made['id']}"
    tag = system.client.get(path, headers=system.headers).headers["ETag"]

    def change(name: str, match: str) -> int:
        headers = system.headers | {"If-Match": match}
        return system.client.put(path, headers=headers, json={"name": name}).status_code

    assert [change("Emergency", tag), change("Other", tag), change("101", '"2"')] == [200, 412, 409]
    assert {each["name"] for each in system.get("/queues")["queues"]} == {"101", "Emergency"}


def test_a_creating_post_is_done_once(system: System) -> None:
    """The same Idempotency-Key gets the same answer, and one batch."""
    system.post("/queues", {"name": "999"})
    headers = system.headers | {"Idempotency-Key": "one"}
    answers = [
        system.client.post(
            f"{system.here}/counts", headers=headers, json=batch(("999", 0, 4), interval_minutes=15)
        )
        for _ in range(2)
    ]
    assert [each.status_code for each in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert len(system.get("/batches")["batches"]) == 1


def test_texts_that_no_database_keeps_are_refused(system: System) -> None:
    """A control character in a name is told, wherever a name may come."""
    made = system.post("/queues", {"name": "999"})
    system.post("/queues", {"name": "9\x009"}, 422)
    system.post("/counts", batch(("9\x009", 0, 4), system="exchange"), 422)
    system.post("/counts", batch(("999", 0, 4), system="x\x00", interval_minutes=15), 422)
    headers = system.headers
    for path, body in (
        ("/queues/outside-ids/x%00", {"ids": {"Q1": made["id"]}}),
        ("/queues/outside-ids/x", {"ids": {"\x00": made["id"]}}),
    ):
        answer = system.client.put(system.here + path, headers=headers, json=body)
        assert answer.status_code == 422
    gone = system.client.delete(f"{system.here}/column-mappings/x%00", headers=headers)
    assert gone.status_code == 422


def send(system: System, *, preview: bool = False, data: bytes = REPORT, **form: str) -> Any:
    """A telephony export sent as a file."""
    return system.client.post(
        f"{system.here}/counts/file",
        params={"preview": preview},
        headers=system.headers,
        files={"file": ("calls.csv", data, "text/csv")},
        data=form,
    )


def test_an_export_is_looked_at_and_then_kept(system: System) -> None:
    """The preview keeps nothing; its mapping, changed and saved, reads the file the next time."""
    looked = send(system, preview=True).json()
    assert [(each["queue"], each["new"]) for each in looked["queues"]] == [
        ("101 Non-emergency", 2),
        ("999 Emergency", 2),
    ]
    assert looked["sample"][0]["start"] == "2025-10-23T07:00:00Z"
    assert system.get("/queues")["queues"] == []
    mapping = looked["mapping"] | {"names": {"999 Emergency": "999", "101 Non-emergency": None}}
    sent = send(system, mapping=json.dumps(mapping))
    assert (sent.status_code, sent.json()["new"]) == (201, 2)
    assert [each["name"] for each in system.get("/queues")["queues"]] == ["999"]
    place = f"{system.here}/column-mappings/Exchange"
    body = {"headers": looked["headers"], "mapping": mapping}
    assert system.client.put(place, headers=system.headers, json=body).status_code == 200
    again = send(system, preview=True).json()
    assert (again["saved_as"], again["queues"][0]["unchanged"]) == ("Exchange", 2)
    assert send(system, mapping_name="Exchange").json()["unchanged"] == 2
    assert system.get("/column-mappings")["mappings"][0]["mapping"] == mapping
    for status in (204, 404):
        assert system.client.delete(place, headers=system.headers).status_code == status


def test_an_export_that_cannot_be_read_is_named_by_line(system: System) -> None:
    """422 with the sentence; a mapping that is no mapping is told by its fields."""
    wrong = send(system, data=REPORT.replace(b"08:15-08:30", b"25:15-25:30", 1))
    assert wrong.status_code == 422
    assert wrong.json()["errors"] == [
        {
            "field": "file",
            "words": 'calls.csv, line 7, column Interval: "25:15-25:30" is not a time. '
            "Nothing was imported.",
        }
    ]
    for text, field in (("{", "mapping.body"), ('{"clock": "UTC"}', "mapping.start")):
        assert send(system, mapping=text).json()["errors"][0]["field"] == field
    assert send(system, mapping_name="Nobody").status_code == 404
    assert system.get("/batches")["batches"] == []


def test_quality_is_read_by_day(system: System) -> None:
    """Missing quarter hours of a day are told by queue."""
    with system.database.write() as transaction:
        calls = {("999", quarter): 3.0 for quarter in range(96 * 14) if quarter != 100}
        demand.receive(transaction, system.force.room.id, counts(calls), "api", None)
    found = system.get("/quality", first="2026-03-03", days=2)["days"]
    assert [(each["day"], each["missing"]) for each in found] == [
        ("2026-03-03", 1),
        ("2026-03-04", 0),
    ]
    system.get("/quality", 422, first="2026-03-03", days=0)


def test_an_officer_reads_no_counts_and_another_room_has_none(system: System) -> None:
    """403 to the role that may not, 404 to the room that is not covered."""
    made = system.post("/queues", {"name": "999"})
    system.post("/counts", batch(("999", 0, 4), interval_minutes=15))
    force = system.force
    for user, status in ((force.officer, 403), (force.other_manager, 404)):
        headers = token(system.database, user)
        for path in ("/queues", f"/queues/{made['id']}", "/counts", "/counts.csv", "/batches"):
            answer = system.client.get(system.here + path, headers=headers)
            assert answer.status_code == status, path
        sent = system.client.post(
            f"{system.here}/counts", headers=headers, json=batch(("999", 0, 9))
        )
        assert sent.status_code == status
    elsewhere = f"/api/v1/rooms/{force.other_room.id}"
    headers = token(system.database, force.other_manager)
    stray = system.client.get(f"{elsewhere}/queues/{made['id']}", headers=headers)
    assert stray.status_code == 404
    counted = system.client.get(
        f"{elsewhere}/counts", headers=headers, params={"queue_id": made["id"]}
    )
    assert counted.json()["counts"] == []


def test_a_system_sends_counts_by_category(system: System) -> None:
    """Parts beside the queue's count; a category is renamed by who read its version."""
    system.post("/queues", {"name": "101"})
    body = batch(("101", 0, 9), ("101", 0, 4), interval_minutes=15)
    rows: Any = body["counts"]
    rows[1]["category"] = "crime"
    assert system.post("/counts", body)["new"] == 1
    found = system.get("/categories")["categories"]
    assert [(each["source"], each["name"], each["hidden"]) for each in found] == [
        ("crime", "crime", False)
    ]
    place = f"{system.here}/categories/{found[0]['id']}"
    headers = {
        **system.headers,
        "If-Match": system.client.get(place, headers=system.headers).headers["etag"],
    }
    wanted = {"name": "Crime", "within": None, "hidden": True}
    assert system.client.put(place, headers=headers, json=wanted).json()["name"] == "Crime"
    assert system.client.put(place, headers=headers, json=wanted).status_code == 412
    table = system.get("/category-counts.csv")
    assert table.splitlines() == [
        "interval_start,queue,category,offered",
        "2026-03-02T00:00:00Z,101,crime,4",
    ]
    assert system.get("/counts")["counts"][0]["offered"] == 9
    system.post("/counts", {"counts": [{**rows[1], "category": " "}]}, 422)
