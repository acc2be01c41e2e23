"""The doors of forecasts: a system asks, follows, reads and is told what is wrong."""

from __future__ import annotations

import pytest
from fastapi.testclient import TestClient

from app.db.transaction import Database
from app.demand import service as demand
from app.jobs import service as jobs
from tests.app.callers import Staffed, signed_in, staffed, token
from tests.app.forecasts.rooms import MONDAY, houston, run


@pytest.fixture
def force(database: Database) -> Staffed:
    """A force whose first room has counts."""
    made = staffed(database)
    with database.write() as transaction:
        demand.receive(transaction, made.room.id, demand.counts_of(houston()), "test", None)
    return made


def address(force: Staffed, rest: str = "") -> str:
    """Where the first room's forecasts are."""
    return f"/api/v1/rooms/{force.room.id}/forecasts{rest}"


WANTED = {"first_day": MONDAY.isoformat(), "days": 7, "model": "eight_week_mean"}


def test_a_system_asks_and_reads(client: TestClient, database: Database, force: Staffed) -> None:
    """202 with the job's place; once it is made, facts, values, CSV and scores are read."""
    headers = token(database, force.system)
    asked = client.post(address(force), json=WANTED, headers=headers)
    assert asked.status_code == 202
    told = asked.json()
    assert asked.headers["Location"] == f"/api/v1/rooms/{force.room.id}/jobs/{told['job_id']}"
    assert (told["state"], told["made"], told["days"]) == ("waiting", None, 7)
    assert (told["holidays"], told["holidays_assumed"]) == ("GB-ENG", True)
    where = address(force, f"/{told['id']}")
    assert client.get(f"{where}/values", headers=headers).status_code == 409
    with database.read() as reading:
        job = jobs.jobs(reading, force.room.id)[0]
    run(database, job)
    made = client.get(where, headers=headers).json()
    assert (made["state"], made["made"]["intervals"]) == ("made", 7 * 96)
    assert made["made"]["start"] == "2025-06-01T23:00:00Z"
    values = client.get(f"{where}/values", headers=headers).json()
    assert [each["queue"] for each in values["queues"]] == ["ems", "police_traffic"]
    text = client.get(f"{where}/values.csv", headers=headers)
    assert text.headers["Content-Type"].startswith("text/csv")
    rows = [line.split(",") for line in text.text.splitlines()]
    assert rows[0][:4] == ["interval_start", "queue", "mean", "q05"]
    first = values["queues"][0]
    assert (float(rows[1][2]), int(rows[1][3])) == (first["mean"][0], first["q05"][0])
    assert len(rows) == 1 + 2 * 7 * 96
    scores = client.get(f"{where}/scores", headers=headers).json()
    assert scores["queues"][0]["scores"][0]["intervals"] > 600


def test_the_same_key_asks_once(client: TestClient, database: Database, force: Staffed) -> None:
    """Sent again with the same key, one forecast and one job are there, and one answer."""
    headers = {**token(database, force.system), "Idempotency-Key": "k1"}
    first, again = (client.post(address(force), json=WANTED, headers=headers) for _ in range(2))
    assert first.json() == again.json()
    assert len(client.get(address(force), headers=headers).json()["forecasts"]) == 1


def test_the_list_goes_page_by_page(client: TestClient, database: Database, force: Staffed) -> None:
    """Newest first, with a link to the rest."""
    headers = token(database, force.system)
    ids = [client.post(address(force), json=WANTED, headers=headers).json()["id"] for _ in "123"]
    first = client.get(address(force, "?limit=2"), headers=headers)
    rest = client.get(first.links["next"]["url"], headers=headers)
    told = [each["id"] for page in (first, rest) for each in page.json()["forecasts"]]
    assert told == ids[::-1]
    assert "next" not in rest.links


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"days": 0}, "days"),
        ({"days": True}, "days"),
        ({"first_day": "2025-02-30"}, "first_day"),
        ({"first_day": "2024-01-01"}, "first_day"),
        ({"model": "crystal"}, "model"),
        ({"holidays": "GB-XX"}, "holidays"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_what_is_wrong_is_told_by_field(
    client: TestClient, database: Database, force: Staffed, change: dict[str, object], field: str
) -> None:
    """A problem names the field and says what to do."""
    headers = token(database, force.system)
    refused = client.post(address(force), json={**WANTED, **change}, headers=headers)
    assert refused.status_code == 422
    assert refused.headers["Content-Type"] == "application/problem+json"
    assert [each["field"] for each in refused.json()["errors"]] == [field]


def test_a_room_without_counts_is_a_conflict(
    client: TestClient, database: Database, force: Staffed
) -> None:
    """It says to upload counts."""
    where = f"/api/v1/rooms/{force.other_room.id}/forecasts"
    headers = token(database, force.other_manager)
    refused = client.post(where, json=WANTED, headers=headers)
    assert (refused.status_code, "upload counts" in refused.json()["detail"]) == (409, True)


def test_strangers_are_kept_out(client: TestClient, database: Database, force: Staffed) -> None:
    """Unknown 401, an officer 403, a manager of another room 404; nothing is asked for."""
    for user, status in ((None, 401), (force.officer, 403), (force.other_manager, 404)):
        headers = token(database, user) if user else {}
        assert client.get(address(force), headers=headers).status_code == status
        assert client.post(address(force), json=WANTED, headers=headers).status_code == status
    manager = signed_in(client, force.manager)
    assert manager.get(address(force)).json() == {"forecasts": []}
