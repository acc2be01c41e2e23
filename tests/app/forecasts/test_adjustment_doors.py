"""The doors of adjustments: a system looks, lays, reads, looks again and ends."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app import clock
from app.db.transaction import Database
from app.demand import service as demand
from app.forecasts import service as forecasts
from app.forecasts.jobs import ask_judging
from app.jobs import service as jobs
from tests.app.callers import Staffed, signed_in, staffed, token
from tests.app.forecasts.adjusting import FRIDAY, PRESENT, lately
from tests.app.forecasts.rooms import made, run


@pytest.fixture
def force(database: Database, monkeypatch: pytest.MonkeyPatch) -> Staffed:
    """A force on a Monday, whose first room has a forecast of the week."""
    monkeypatch.setattr(clock, "now", lambda: PRESENT)
    found = staffed(database)
    with database.write() as transaction:
        demand.receive(transaction, found.room.id, demand.counts_of(lately()), "test", None)
    made(database, found.room.id, model="eight_week_mean")
    return found


WANTED: dict[str, Any] = {
    "first_day": FRIDAY.isoformat(),
    "last_day": (FRIDAY + timedelta(days=7)).isoformat(),
    "weekdays": [4],
    "begins": "18:00",
    "until": "02:00",
    "amount": 20,
    "reason": "The derby",
}


def test_a_system_looks_lays_reads_and_ends(
    client: TestClient, database: Database, force: Staffed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is laid moves the values, unless they are asked for untouched; it is scored at last."""
    headers = token(database, force.system)
    room = f"/api/v1/rooms/{force.room.id}"
    shown = client.post(f"{room}/adjustments/preview", json=WANTED, headers=headers).json()
    assert [each["queue"] for each in shown["queues"]] == ["ems", "police_traffic"]
    assert shown["hint"] == ""
    assert sum(shown["queues"][0]["after"]) > sum(shown["queues"][0]["before"])
    assert client.get(f"{room}/adjustments", headers=headers).json()["adjustments"] == []
    laid = client.post(
        f"{room}/adjustments", json=WANTED, headers={**headers, "Idempotency-Key": "k1"}
    )
    again = client.post(
        f"{room}/adjustments", json=WANTED, headers={**headers, "Idempotency-Key": "k1"}
    )
    assert (laid.status_code, again.json()) == (201, laid.json())
    told = laid.json()
    where = laid.headers["Location"]
    assert told["words"] == shown["words"]
    assert told["words"] == (
        "+20\N{NO-BREAK SPACE}% on every queue from 18:00 to 02:00 on Fridays, 6 to 13 June 2025"
    )
    newest = client.get(f"{room}/forecasts", headers=headers).json()["forecasts"][0]["id"]
    values = f"{room}/forecasts/{newest}/values"
    adjusted, untouched = (
        client.get(values, params=query, headers=headers).json()["queues"][0]
        for query in ({}, {"untouched": "true"})
    )
    start = 4 * 96 + 72
    assert adjusted["mean"][start] == pytest.approx(1.2 * untouched["mean"][start], rel=1e-4)
    assert adjusted["mean"][:start] == untouched["mean"][:start]
    plain = client.get(f"{values}.csv", params={"untouched": "true"}, headers=headers).text
    assert plain != client.get(f"{values}.csv", headers=headers).text
    look = {"reason": "Tickets sold", "review_on": WANTED["last_day"]}
    looked = client.post(f"{where}/reviews", json=look, headers=headers)
    assert looked.status_code == 201
    assert looked.json()["reviews"][0]["reason"] == "Tickets sold"
    monkeypatch.setattr(clock, "now", lambda: PRESENT + timedelta(days=8))
    ask_judging(database)
    with database.read() as reading:
        (job,) = jobs.jobs(reading, force.room.id, forecasts.JUDGING)
    run(database, job)
    score = client.get(where, headers=headers).json()["score"]
    assert score["intervals"] == 64
    assert score["words"].startswith("Over 1 day this ")
    ended = client.post(f"{where}/end", json={"reason": "Called off"}, headers=headers).json()
    assert ended["end_reason"] == "Called off"
    assert client.post(f"{where}/end", json={"reason": "x"}, headers=headers).status_code == 409
    record = client.get(f"{room}/adjustments", headers=headers).json()["record"]
    assert record["laid"] == record["better"] + record["worse"] + record["alike"] == 1


def test_the_list_goes_page_by_page(client: TestClient, database: Database, force: Staffed) -> None:
    """Newest first, with a link to the rest."""
    headers = token(database, force.system)
    place = f"/api/v1/rooms/{force.room.id}/adjustments"
    ids = [client.post(place, json=WANTED, headers=headers).json()["id"] for _ in "123"]
    first = client.get(f"{place}?limit=2", headers=headers)
    rest = client.get(first.links["next"]["url"], headers=headers)
    told = [each["id"] for page in (first, rest) for each in page.json()["adjustments"]]
    assert told == ids[::-1]


def test_what_is_wrong_is_said_and_strangers_are_refused(
    client: TestClient, database: Database, force: Staffed
) -> None:
    """Faults by field; an officer may not look, another room's manager finds nothing."""
    headers = token(database, force.system)
    place = f"/api/v1/rooms/{force.room.id}/adjustments"
    calls = {**WANTED, "unit": "calls", "reason": " "}
    refused = client.post(place, json=calls, headers=headers)
    assert refused.status_code == 422
    assert {each["field"] for each in refused.json()["errors"]} == {"queue_id", "reason"}
    assert (
        client.post(place, json={**WANTED, "begins": "24:00"}, headers=headers).status_code == 422
    )
    laid = client.post(place, json=WANTED, headers=headers).json()["id"]
    for action in ("end", "reviews"):
        assert client.post(f"{place}/{laid}/{action}", json={}, headers=headers).status_code == 422
    assert signed_in(client, force.officer).get(place).status_code == 403
    assert signed_in(client, force.other_manager).get(place).status_code == 404
    elsewhere = f"/api/v1/rooms/{force.other_room.id}/adjustments/{laid}"
    assert signed_in(client, force.other_manager).get(elsewhere).status_code == 404
