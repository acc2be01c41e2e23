"""Fairness on pages and for systems: the room for managers, an officer's own for themselves."""

from __future__ import annotations

import csv
import io

import pytest
from fastapi.testclient import TestClient

from app import clock
from app.db.transaction import Database
from tests.app.callers import signed_in
from tests.app.fairness.test_fairness import NOW, lived
from tests.app.people.test_pages import words
from tests.app.rosters.rooms import officer_browser, rostered


@pytest.fixture(autouse=True)
def _before_the_period(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is 1 December 2026; then 4 January 2027, when all shifts are past."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


def test_a_manager_sees_who_is_over_and_an_officer_their_own_alone(
    client: TestClient, database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The room's page, file and answer name everybody; an officer's page names nobody else."""
    force = lived(database)
    later = NOW.replace(year=2027, month=1, day=4)
    monkeypatch.setattr(clock, "now", lambda: later)
    room_id = force.room.room_id
    manager = signed_in(client, force.room.force.manager)
    text = words(manager.get(f"/rooms/{room_id}/fairness"))
    assert "Over the last round 50 % of what people asked for was met: from 0 % to 100 %" in text
    assert "the farthest over is Officer 0, with" in text
    assert "0 of 10 points; a wish counts" in text
    answer = manager.get(f"/api/v1/rooms/{room_id}/fairness").json()
    by_name = {each["name"]: each for each in answer["people"]}
    assert by_name["Officer 0"]["satisfied"] == 0
    assert by_name["Officer 0"]["wish_percent"] > 100 > by_name["Officer 1"]["wish_percent"]
    assert answer["rounds"][0]["alone"]["jain"] == 0.5
    file = manager.get(f"/api/v1/rooms/{room_id}/fairness.csv")
    rows = list(csv.DictReader(io.StringIO(file.text)))
    nights = {row["name"]: (row["nights_worked"], float(row["nights_over"]) > 0) for row in rows}
    assert nights["Officer 0"] == ("18.00", True)
    own = officer_browser(database, client, force.room, 1)
    said = words(own.get("/my/fairness"))
    assert "because 100 % of what you asked for was met in the last round, beside 50 %" in said
    assert "Officer 0" not in said
    assert "Christmas 1 worked. A fair share is" in said
    assert own.get("/api/v1/me/fairness").json()["name"] == "Officer 1"
    assert own.get(f"/rooms/{room_id}/fairness").status_code == 403


def test_a_room_without_a_past_says_what_is_missing(client: TestClient, database: Database) -> None:
    """Before the first round and the first shift both pages say so, and nothing is divided."""
    room = rostered(database, number=2)
    manager = signed_in(client, room.force.manager)
    text = words(manager.get(f"/rooms/{room.room_id}/fairness"))
    assert "No round of wishes has been answered yet" in text
    assert "No shifts are known, so nobody owes a night" in text
    own = officer_browser(database, client, room, 0)
    said = words(own.get("/my/fairness"))
    assert "so every wish counts for its points" in said
    assert "No shifts are known yet" in said
