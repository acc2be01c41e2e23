"""Another system's whole journey by HTTP alone: from counts to published shifts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx2
import pytest

from app.db.transaction import Database
from tests.journeys.house import House, open_house
from tests.journeys.kills.processes import wait_until
from tests.journeys.town import DAYS, FIRST_DAY, PEOPLE, call_rows, people_files

SECONDS = 240
"""For the search, which is stopped as soon as it has found a lawful roster."""

SATURDAY = FIRST_DAY + timedelta(days=5)


@pytest.fixture
def house(database: Database, database_url: str, tmp_path: Path) -> Iterator[House]:
    """A running service."""
    with open_house(database, database_url, tmp_path) as found:
        yield found


@pytest.fixture
def http(house: House) -> Iterator[httpx2.Client]:
    """A client that bears the system's token, within the room."""
    base = f"{house.url}/api/v1/rooms/{house.room_id}"
    headers = {"Authorization": f"Bearer {house.token}"}
    with httpx2.Client(base_url=base, headers=headers, timeout=60) as client:
        yield client


def answer(response: httpx2.Response, status: int) -> Any:
    """The body of an answer with that status."""
    assert response.status_code == status, response.text
    return response.json()


def followed(
    http: httpx2.Client, job_id: str, enough: Callable[[Any], bool] | None = None
) -> list[dict[str, Any]]:
    """Everything that is told of a job until it has ended; once it is enough, it is cancelled."""
    told: list[dict[str, Any]] = []
    with http.stream("GET", f"/jobs/{job_id}/events", timeout=300) as events:
        assert events.headers["content-type"].startswith("text/event-stream")
        for line in events.iter_lines():
            if line.startswith("data:"):
                told.append(json.loads(line.removeprefix("data:")))
                if enough and enough(told[-1]) and not told[-1]["has_ended"]:
                    answer(http.post(f"/jobs/{job_id}/cancel"), 200)
    return told


def has_a_lawful_roster(job: Any) -> bool:
    """Whether the search has found a roster that keeps every hard rule."""
    return job["progress"].get("objective") is not None


def test_from_counts_to_published_shifts(http: httpx2.Client, house: House) -> None:
    """A system brings counts, people and wishes, and takes a roster that it may correct."""
    _send_counts(http)
    _send_people(http)
    officers = answer(http.get("/officers", params={"limit": 100}), 200)["officers"]
    assert len(officers) == PEOPLE
    khan = officers[0]["id"]
    wish = _state_a_wish(http, khan)

    forecast = answer(
        http.post("/forecasts", json={"first_day": str(FIRST_DAY), "days": DAYS}), 202
    )
    assert followed(http, forecast["job_id"])[-1]["state"] == "done"
    requirement = answer(http.post("/requirements", json={"forecast_id": forecast["id"]}), 201)
    assert http.get(f"/requirements/{requirement['id']}/values.csv").text.startswith(
        "interval_start,queues,required\n"
    )

    roster = _make(http)
    shifts = answer(http.get(f"/rosters/{roster['id']}/shifts", params={"limit": 200}), 200)
    _refuse_a_short_rest(http, roster, shifts["shifts"])
    _publish(http, roster)

    span = {
        "since": f"{FIRST_DAY}T00:00:00Z",
        "until": f"{FIRST_DAY + timedelta(days=8)}T00:00:00Z",
    }
    published = answer(http.get("/published-shifts", params={**span, "limit": 200}), 200)
    assert len(published["shifts"]) == len(shifts["shifts"])

    def is_told() -> bool:
        """Whether the wish is met or told why not, which a job finds out after publishing."""
        outcome = answer(http.get(f"/officers/{khan}/wishes/{wish}"), 200)["outcome"]
        return outcome["met"] is True or bool(outcome["words"])

    wait_until(is_told, "what came of the wish")


def _send_counts(http: httpx2.Client) -> None:
    answer(http.post("/queues", json={"name": "999"}, headers={"Idempotency-Key": "queue"}), 201)
    again = http.post("/queues", json={"name": "999"}, headers={"Idempotency-Key": "queue"})
    assert again.status_code == 201
    rows = call_rows()
    for part in range(0, len(rows), 2000):
        batch = {"counts": rows[part : part + 2000]}
        received = answer(http.post("/counts", json=batch), 201)
        assert received["new"] == len(batch["counts"])
    assert answer(http.post("/counts", json={"counts": rows[:10]}), 201)["unchanged"] == 10


def _send_people(http: httpx2.Client) -> None:
    files = [("files", (name, content, "text/csv")) for name, content in people_files()]
    given = answer(http.post("/people/imports", files=files), 201)
    fingerprint = given["plan"]["fingerprint"]
    answer(
        http.post(f"/people/imports/{given['id']}/apply", json={"fingerprint": fingerprint}), 200
    )


def _state_a_wish(http: httpx2.Client, officer: str) -> str:
    closes = f"{FIRST_DAY - timedelta(days=1)}T12:00:00Z"
    body = {"first_day": str(FIRST_DAY), "days": DAYS, "closes": closes}
    refused = http.post("/rounds", json=body)
    if refused.status_code == 201:
        asked = refused.json()["id"]
    else:
        raise AssertionError(refused.text)
    wish = {"round_id": asked, "day": str(SATURDAY), "wants": False, "points": 5}
    return str(answer(http.post(f"/officers/{officer}/wishes", json=wish), 201)["id"])


def _make(http: httpx2.Client) -> Any:
    wanted = {"first_day": str(FIRST_DAY), "days": DAYS, "seconds": SECONDS}
    accepted = http.post("/rosters", json=wanted, headers={"Idempotency-Key": "roster"})
    roster = answer(accepted, 202)
    assert f"/jobs/{roster['job_id']}" in accepted.headers["location"]
    told = followed(http, roster["job_id"], enough=has_a_lawful_roster)
    assert told[-1]["state"] in {"done", "cancelled"}
    assert has_a_lawful_roster(told[-1])
    made = answer(http.get(f"/rosters/{roster['id']}"), 200)
    assert made["why"] == []
    assert answer(http.get(f"/rosters/{roster['id']}/breaches"), 200)["hard"] == []
    return made


def _refuse_a_short_rest(http: httpx2.Client, roster: Any, shifts: list[Any]) -> None:
    """An edit that breaks a rule is explained and changes nothing."""
    here, version = f"/rosters/{roster['id']}", http.get(f"/rosters/{roster['id']}").headers["etag"]
    offered = {shift["code"] for shift in shifts}
    by_officer: dict[str, dict[str, Any]] = {}
    for shift in shifts:
        by_officer.setdefault(shift["officer_id"], {})[shift["day"]] = shift
    for officer, days in by_officer.items():
        for day in (str(FIRST_DAY + timedelta(days=n)) for n in range(DAYS)):
            for code in sorted(offered - {days.get(day, {}).get("code")}):
                change = {"changes": [{"officer_id": officer, "day": day, "code": code}]}
                effect = answer(http.post(f"{here}/effect", json=change), 200)
                if effect["allowed"]:
                    continue
                refused = http.post(f"{here}/edits", json=change, headers={"If-Match": version})
                problem = answer(refused, 409)
                assert refused.headers["content-type"] == "application/problem+json"
                assert problem["breaches"]
                assert http.get(here).headers["etag"] == version
                return
    pytest.fail("every change of every day was allowed")


def _publish(http: httpx2.Client, roster: Any) -> None:
    here = f"/rosters/{roster['id']}"
    version = http.get(here).headers["etag"]
    assert http.post(f"{here}/publish", json={"reason": "First roster."}).status_code == 428
    headers = {"If-Match": version}
    body = {"reason": "First roster."}
    answer(http.post(f"{here}/publish", json=body, headers=headers), 200)
    assert answer(http.get(here), 200)["state"] == "published"
