"""A pattern is rolled out by its manager and by systems, its effect first, and taken back."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest
from fastapi.testclient import TestClient

from app import clock
from app.db.transaction import Database
from app.patterns import service
from app.people import service as people
from tests.app.callers import Staffed, signed_in, token
from tests.app.patterns.test_writing import words
from tests.app.people.rooms import details

MONDAY = "2027-01-04"


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    """It is a day of November 2026."""
    with clock.stopped_at(datetime(2026, 11, 27, 9, tzinfo=UTC)):
        yield


@pytest.fixture
def teams(database: Database, force: Staffed) -> list[people.Team]:
    """Five teams of the first room, an officer in each."""
    with database.write() as transaction:
        made = [people.create_team(transaction, force.room.id, name) for name in "ABCDE"]
        for number, team in enumerate(made, 10):
            said = details(str(number), f"Of team {team.name}", team_id=team.id)
            people.add_officer(transaction, force.room.id, said)
        return made


def test_systems_preview_roll_out_read_and_take_back(
    client: TestClient, database: Database, force: Staffed, teams: list[people.Team]
) -> None:
    """What would change is told first; the lines are read a letter a day; all is taken back."""
    system, home = token(database, force.system), f"/api/v1/rooms/{force.room.id}"
    wanted = {
        "pattern": "two_two_two_four",
        "first_day": MONDAY,
        "targets": [{"team_id": str(team.id)} for team in teams],
    }
    seen = client.post(f"{home}/roll-outs/preview", json=wanted, headers=system).json()["officers"]
    assert [(each["name"], each["new"]) for each in seen] == [
        (f"Of team {name}", 365) for name in "ABCDE"
    ]
    once = {**system, "Idempotency-Key": "1"}
    made = client.post(f"{home}/roll-outs", json=wanted, headers=once)
    assert made.status_code == 201
    assert [each["begins"] for each in made.json()["roll_outs"]] == [1, 3, 5, 7, 9]
    asked = {"first_day": MONDAY, "days": 10}
    lines = client.get(f"{home}/pattern-lines", params=asked, headers=system).json()["lines"]
    assert sorted(each["days"] for each in lines) == [
        "EELLNNRRRR", "LLNNRRRREE", "NNRRRREELL", "RREELLNNRR", "RRRREELLNN",
    ]  # fmt: skip
    bad = {**wanted, "first_day": "2027-01-05", "pattern": "panama"}
    bad["targets"] = [{"team_id": str(teams[0].id), "begins": 1}]
    refused = client.post(f"{home}/roll-outs", json=bad, headers={**system, "Idempotency-Key": "2"})
    assert refused.status_code == 422
    assert "on a Tuesday it stands on day 2, 9, 16 or 23." in refused.text
    gone = client.delete(made.headers["Location"], headers=system)
    assert gone.status_code == 204
    assert client.delete(made.headers["Location"], headers=system).status_code == 404
    left = client.get(f"{home}/pattern-lines", params=asked, headers=system).json()["lines"]
    assert left == []
    kept = client.get(f"{home}/roll-outs", headers=system).json()["roll_outs"]
    assert all(each["withdrawn_at"] for each in kept)
    officer = token(database, force.officer)
    assert client.get(f"{home}/roll-outs", headers=officer).status_code == 403


def test_a_manager_sees_what_changes_before_it_does(
    client: TestClient, database: Database, force: Staffed, teams: list[people.Team]
) -> None:
    """The form tells the effect, the year shows it, and one press takes it back."""
    manager, home = signed_in(client, force.manager), f"/rooms/{force.room.id}/patterns"
    assert "Nobody follows a pattern" in words(manager.get(f"{home}/year"))
    assert "Who follows it" in words(manager.get(f"{home}/roll-out"))
    typed = {"pattern": "two_two_two_four", "who": "teams", "first_day": MONDAY}
    seen = manager.get(f"{home}/roll-out", params=typed)
    assert "5 people would follow it, on 1,825 days that have no pattern now" in words(seen)
    assert 'value="1, 3, 5, 7, 9"' in seen.text
    shown = manager.post(f"{home}/roll-out", data={**typed, "act": "look"})
    assert words(shown).count("Nothing is kept until you roll it out") == 1
    assert 'formmethod="get"' not in shown.text
    empty = manager.post(f"{home}/roll-out", data={**typed, "first_day": "", "act": "look"})
    assert 'id="e-first_day"' in empty.text
    wrong = manager.get(f"{home}/roll-out", params={**typed, "begins": "1, 3"})
    assert wrong.status_code == 422
    assert "Give 5 days of the pattern" in words(wrong)
    nobody = manager.post(f"{home}/roll-out", data={**typed, "who": str(force.room.id)})
    assert "Choose who follows the pattern" in words(nobody)
    early = manager.post(f"{home}/roll-out", data={**typed, "until_day": "2027-01-01"})
    assert "Give a later day than the first one" in words(early)
    kept = manager.post(f"{home}/roll-out", data={**typed, "begins": "1, 3, 5, 7, 9"})
    assert kept.status_code == 303
    year = manager.get(f"{home}/year?from={MONDAY}")
    assert "5 teams or people follow a pattern" in words(year)
    assert "Tuesday 5 January: early 07:00 to 16:00" in year.text
    one = {**typed, "who": str(force.rostered.id), "pattern": "panama"}
    assert manager.post(f"{home}/roll-out", data=one).status_code == 303
    assert "Sam Field from day 1" in words(manager.get(f"{home}/year?from={MONDAY}"))
    with database.read() as reading:
        newest, *_ = service.roll_outs(reading, force.room.id)
        assert newest.until_day is None
        assert newest.first_day == date(2027, 1, 4)
    taken = manager.post(f"{home}/roll-outs/{newest.act_id}/withdraw")
    assert taken.status_code == 303
    assert "taken back" in words(manager.get(f"{home}/year?from={MONDAY}"))
