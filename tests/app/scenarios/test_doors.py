"""The doors of scenarios: a system's way from a question to a comparison, and who may see what."""

from __future__ import annotations

import csv
import io
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from app.db.transaction import Database
from app.jobs import service as jobs
from tests.app.callers import token
from tests.app.rosters.rooms import FIRST, Rostered
from tests.app.scenarios.rooms import answered, ask, asked_about, in_force, run

DAY = {"first_day": FIRST.isoformat(), "days": 1, "runs": 20}


@pytest.fixture
def room(database: Database) -> Rostered:
    """A room with a forecast and a roster in force."""
    made = asked_about(database)
    in_force(database, made)
    return made


@pytest.fixture
def system(database: Database, room: Rostered) -> dict[str, str]:
    """Headers of a system with a manager's role in the room."""
    return token(database, room.force.system)


@pytest.fixture
def where(room: Rostered) -> str:
    """The address of the room's scenarios."""
    return f"/api/v1/rooms/{room.room_id}/scenarios"


def test_a_question_is_asked_once_and_followed(
    client: TestClient, where: str, system: dict[str, str]
) -> None:
    """202 with the place of its job; the same key gives the same scenario; 409 for its values."""
    change = {"kind": "handling", "queue": "999", "seconds": 60,
              "when": {"start": 1080, "end": 1560, "days": [4]}}  # fmt: skip
    body = {**DAY, "changes": [change], "name": "Longer"}
    keyed = {**system, "Idempotency-Key": "a-question"}
    first, again = (client.post(where, json=body, headers=keyed) for _ in range(2))
    assert (first.status_code, first.json()) == (202, again.json())
    assert client.get(first.headers["Location"], headers=system).json()["kind"] == "scenario"
    listed = client.get(where, headers=system).json()["scenarios"]
    assert [each["id"] for each in listed] == [first.json()["id"]]
    one = client.get(f"{where}/{first.json()['id']}", headers=system)
    assert (one.json()["state"], one.headers["ETag"]) == ("waiting", '"1"')
    assert one.json()["changes"][0]["when"]["days"] == [4]
    assert one.json()["words"] == ["Calls to 999 take 1\N{NO-BREAK SPACE}min longer, "
                                   "Fridays 18:00 to 02:00"]  # fmt: skip
    assert client.get(f"{where}/{first.json()['id']}/values", headers=system).status_code == 409


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"days": False}, "days"),
        ({"changes": [{"kind": "dogs"}]}, "changes[0]"),
        ({"changes": [{"kind": "calls", "factor": 1.1, "more": 1}]}, "changes[0].calls.more"),
        ({"changes": [{"kind": "calls", "factor": 2, "when": {"start": 60, "end": 60}}]},
         "changes[0]"),
        ({"changes": [{"kind": "calls", "factor": 2, "queue": "no"}]}, "changes[0].queue"),
    ],
)  # fmt: skip
def test_what_cannot_be_asked_is_named(
    client: TestClient, where: str, system: dict[str, str], wrong: dict[str, object], field: str
) -> None:
    """422 that names the field."""
    answer = client.post(where, json={**DAY, **wrong}, headers=system)
    assert answer.status_code == 422, answer.text
    assert [each["field"] for each in answer.json()["errors"]] == [field]


def test_an_answer_is_read_by_interval_and_held_beside_another(
    client: TestClient, database: Database, room: Rostered, where: str, system: dict[str, str]
) -> None:
    """Values, the same as a file, and a comparison with its verdict."""
    base = answered(database, room).scenario
    fewer = client.post(
        where,
        json={**DAY, "changes": [{"kind": "people", "people": -5}], "against": str(base.id)},
        headers=system,
    ).json()
    with database.read() as reading:
        job = jobs.job(reading, room.room_id, UUID(fewer["job_id"]))
    run(database, job)
    values = client.get(f"{where}/{base.id}/values", headers=system).json()
    assert (values["intervals"], len(values["queues"][0]["in_time"])) == (96, 96)
    assert values["queues"][0]["on_duty"][28:60] == [8] * 32
    assert {each["key"] for each in values["measures"]} >= {"in_time:999", "abandoned:999"}
    text = client.get(f"{where}/{base.id}/values.csv", headers=system).text
    rows = list(csv.DictReader(io.StringIO(text)))
    assert (len(rows), rows[28]["interval_start"], rows[28]["on_duty"]) == (
        96, "2027-01-04T07:00:00Z", "8",
    )  # fmt: skip
    both = client.get(
        f"{where}/{base.id}/comparison", params={"other": fewer["id"]}, headers=system
    ).json()
    told = {each["key"]: each for each in both["measures"]}
    assert told["in_time:999"]["better"] == "a"
    assert told["in_time:999"]["difference"]["mean"] < 0


def test_renamed_and_deleted_by_version(
    client: TestClient, database: Database, room: Rostered, where: str, system: dict[str, str]
) -> None:
    """428 without a version, 412 with an old one, 409 while another is compared with it."""
    base, _ = ask(database, room)
    beside, _ = ask(database, room, against=base.id)
    place = f"{where}/{base.id}"
    assert client.patch(place, json={"name": "New"}, headers=system).status_code == 428
    matched = {**system, "If-Match": '"1"'}
    renamed = client.patch(place, json={"name": "New"}, headers=matched)
    assert (renamed.status_code, renamed.json()["name"]) == (200, "New")
    assert client.patch(place, json={"name": "Newer"}, headers=matched).status_code == 412
    newest = {**system, "If-Match": renamed.headers["ETag"]}
    assert client.delete(place, headers=newest).status_code == 409
    assert client.delete(f"{where}/{beside.id}", headers=matched).status_code == 204
    assert client.delete(place, headers=newest).status_code == 204
    assert client.get(place, headers=system).status_code == 404


def test_the_list_goes_on_page_by_page(
    client: TestClient, database: Database, room: Rostered, where: str, system: dict[str, str]
) -> None:
    """Newest first, each once."""
    asked = [str(ask(database, room)[0].id) for _ in range(3)]
    first = client.get(where, params={"limit": "2"}, headers=system)
    rest = client.get(first.links["next"]["url"], headers=system)
    ids = [each["id"] for answer in (first, rest) for each in answer.json()["scenarios"]]
    assert ids == asked[::-1]
    assert client.get(where, params={"after": "x"}, headers=system).status_code == 422


def test_an_officer_sees_nothing_of_it(
    client: TestClient, database: Database, room: Rostered, where: str
) -> None:
    """Questions are for managers."""
    headers = token(database, room.force.officer)
    assert client.get(where, headers=headers).status_code == 403
    assert client.post(where, json=DAY, headers=headers).status_code == 403
