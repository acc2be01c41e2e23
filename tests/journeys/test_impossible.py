"""What no roster can meet, asked for by another system: its end, the nearest roster, the cause.

Every case builds its own room over HTTP, asks for a roster, waits until its job has ended, and
reads what is said of it by the API and on the roster's page.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from html import unescape
from pathlib import Path
from typing import Any

import httpx2
import pytest

from app.db.transaction import Database
from tests.journeys.house import PASSWORD, House, open_house
from tests.journeys.kills.processes import wait_until
from tests.journeys.town import DAYS, FIRST_DAY, call_rows, people_files

pytestmark = pytest.mark.nightly

SECONDS = 10
"""For each search."""

LAST_DAY = FIRST_DAY + timedelta(days=DAYS - 1)

Http = httpx2.Client


@pytest.fixture
def house(database: Database, database_url: str, tmp_path: Path) -> Iterator[House]:
    """A running service."""
    with open_house(database, database_url, tmp_path) as found:
        yield found


@pytest.fixture
def http(house: House) -> Iterator[Http]:
    """A client that bears the system's token, within the room."""
    base = f"{house.url}/api/v1/rooms/{house.room_id}"
    headers = {"Authorization": f"Bearer {house.token}"}
    with httpx2.Client(base_url=base, headers=headers, timeout=60) as client:
        yield client


def answer(response: httpx2.Response, status: int = 200) -> Any:
    """The body of an answer with that status."""
    assert response.status_code == status, response.text
    return response.json()


def ended(http: Http, job_id: str) -> Any:
    """A job when it has ended."""
    last: dict[str, Any] = {}

    def has_ended() -> bool:
        last.update(answer(http.get(f"/jobs/{job_id}")))
        return bool(last["has_ended"])

    wait_until(has_ended, "a job to end")
    return last


def send_people(http: Http, change: Callable[[str], str] = str) -> list[Any]:
    """The town's people, after a change of the files' text; the officers that are kept."""
    files = [
        ("files", (name, change(content.decode()).encode(), "text/csv"))
        for name, content in people_files()
    ]
    given = answer(http.post("/people/imports", files=files), 201)
    fingerprint = given["plan"]["fingerprint"]
    answer(http.post(f"/people/imports/{given['id']}/apply", json={"fingerprint": fingerprint}))
    officers: list[Any] = answer(http.get("/officers", params={"limit": 100}))["officers"]
    return officers


def send_need(http: Http, times: int = 1) -> None:
    """The town's calls so many times over, their forecast and the people that they need."""
    answer(http.post("/queues", json={"name": "999"}), 201)
    counted = ("offered", "answered", "handled_seconds")
    rows = [{**row, **{each: row[each] * times for each in counted}} for row in call_rows()]  # type: ignore[operator]
    for part in range(0, len(rows), 2000):
        answer(http.post("/counts", json={"counts": rows[part : part + 2000]}), 201)
    asked = answer(http.post("/forecasts", json={"first_day": str(FIRST_DAY), "days": DAYS}), 202)
    assert ended(http, asked["job_id"])["state"] == "done"
    answer(http.post("/requirements", json={"forecast_id": asked["id"]}), 201)


def ask(http: Http, **more: object) -> Any:
    """A roster when its search has ended."""
    wanted = {"first_day": str(FIRST_DAY), "days": DAYS, "seconds": SECONDS, **more}
    asked = answer(http.post("/rosters", json=wanted), 202)
    assert ended(http, asked["job_id"])["state"] == "done"
    return answer(http.get(f"/rosters/{asked['id']}"))


def hard(http: Http, roster: Any) -> list[Any]:
    """What a roster breaks."""
    found: list[Any] = answer(http.get(f"/rosters/{roster['id']}/breaches"))["hard"]
    return found


def on_the_page(house: House, roster: Any) -> str:
    """What the roster's page says to the manager."""
    with httpx2.Client(base_url=house.url, timeout=60, follow_redirects=True) as browser:
        token = re.search(r'name="csrf" value="([^"]+)"', browser.get("/sign-in").text)
        said = {"name": "manager", "password": PASSWORD, "csrf": token[1] if token else ""}
        browser.post("/sign-in", data=said)
        text = browser.get(f"/rooms/{house.room_id}/rosters/{roster['id']}").text
    main = text.partition("<main")[2]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def causes(http: Http, roster: Any) -> str:
    """Why people are missing, in the API's words."""
    found = answer(http.get(f"/rosters/{roster['id']}/shortages"))["shortages"]
    return " ".join(f"{each['words']} {each['remedy']}" for each in found)


def test_nobody_holds_the_skill(http: Http, house: House) -> None:
    """Those who hold another one work; who is missing, and that nobody could be there, is told."""
    send_need(http)
    send_people(http, lambda text: text.replace(",999,", ",101,"))
    roster = ask(http)
    assert roster["missing_minutes"] > 0
    assert "Nobody in this roster holds 999." in causes(http, roster)
    page = on_the_page(house, roster)
    assert "Why it is short" in page
    assert "Nobody holds the skill 999 for the whole period." in page


def test_everyone_is_on_leave(http: Http, house: House) -> None:
    """Nobody works, and the page leads to the cause: everybody is away."""
    send_need(http)
    for each in send_people(http):
        span = {"first": str(FIRST_DAY), "last": str(LAST_DAY)}
        new = {"officer_id": each["id"], "kind": "leave", **span}
        answer(http.post("/absences", json=new), 201)
    roster = ask(http)
    told = causes(http, roster)
    assert "nobody is on duty and 14 are on leave or away" in told
    assert "grant less leave" in told
    page = on_the_page(house, roster)
    assert "Why it is short" in page
    assert "short for" in page


def test_what_is_pinned_contradicts_leave(http: Http, house: House) -> None:
    """A shift that must stay on a day of leave: one sentence names the officer and the day."""
    send_need(http)
    officers = send_people(http)
    base = ask(http)
    shifts = answer(http.get(f"/rosters/{base['id']}/shifts", params={"limit": 200}))["shifts"]
    one = shifts[0]
    version = http.get(f"/rosters/{base['id']}").headers["etag"]
    cell = {"officer_id": one["officer_id"], "day": one["day"]}
    pins = {"cells": [cell], "pinned": True}
    headers = {"If-Match": version}
    answer(http.post(f"/rosters/{base['id']}/pins", json=pins, headers=headers))
    away = {"officer_id": one["officer_id"], "kind": "leave"}
    answer(http.post("/absences", json={**away, "first": one["day"], "last": one["day"]}), 201)
    roster = ask(http, like=base["id"])
    name = next(each["name"] for each in officers if each["id"] == one["officer_id"])
    assert roster["stopped"] == "no lawful roster"
    assert any(
        each.startswith(
            f"No lawful line exists for {name}: What is fixed stays and Leave and other"
        )
        for each in roster["why"]
    )
    page = on_the_page(house, roster)
    assert "the nearest one is shown" in page
    assert f"{name} is not available on" in page


def test_hours_are_above_what_the_law_lets_anybody_work(http: Http, house: House) -> None:
    """The nearest roster works people as long as the rules allow, and says what is missing."""
    send_need(http)
    send_people(http, lambda text: text.replace(",40\n", ",100\n"))
    roster = ask(http)
    assert roster["stopped"] == "no lawful roster"
    assert {each["rule"] for each in hard(http, roster)} == {"contracted_hours"}
    assert any(each.startswith("No lawful line exists for") for each in roster["why"])
    page = on_the_page(house, roster)
    assert "the nearest one is shown" in page
    assert "the contract is at least" in page


def test_a_room_is_empty(http: Http) -> None:
    """Without people there is nothing to make; the answer says what is missing."""
    send_need(http)
    wanted = {"first_day": str(FIRST_DAY), "days": DAYS, "seconds": SECONDS}
    refused = http.post("/rosters", json=wanted)
    assert refused.status_code == 409
    assert refused.json()["detail"].startswith("This control room has no people yet")


def test_ten_thousand_are_needed(http: Http, house: House) -> None:
    """Everybody works what the contract asks; that nobody could be enough is told."""
    send_need(http, 20_000)
    send_people(http)
    roster = ask(http)
    assert hard(http, roster) == []
    assert "more than there are with 999" in causes(http, roster)
    assert "Why it is short" in on_the_page(house, roster)
