"""The runs of a room for people and systems: the schedule, and every run with its facts."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from app import clock
from app.auth import service as auth
from app.db.transaction import Database
from app.forecasts import service as forecasts
from app.forecasts.pages import runs
from app.forecasts.views.runs import last_run_words
from app.jobs import service as jobs
from tests.app.callers import Staffed, token
from tests.app.forecasts.rooms import SOMEBODY, made
from tests.app.forecasts.test_schedule import RUN, finish, give, minute_of

FORM = {"weekday": "0", "hour": "06:00", "weeks": "1", "model": "eight_week_mean"}


def text_of(browser: TestClient, address: str, status: int = 200) -> str:
    """A page in one line, without its tags."""
    answer = browser.get(address)
    assert answer.status_code == status
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))


def test_a_manager_schedules_sees_the_run_and_switches_off(
    manager: TestClient, database: Database, force: Staffed
) -> None:
    """By the form alone; each step is said in words and written down."""
    home = f"/rooms/{force.room.id}/demand/runs"
    give(database, force.room.id, 56)
    with clock.stopped_at(RUN - timedelta(days=1)):
        assert "Nobody has scheduled forecasts" in text_of(manager, home)
        assert manager.post(f"{home}/schedule", data=FORM).status_code == 303
        said = text_of(manager, home)
        assert "Every Monday at 06:00, 1 week ahead. Next on Monday 3 March 06:00." in said
        assert "It has not run yet." in said
    minute_of(database, RUN + timedelta(minutes=1))
    assert "its forecast waits to be made" in text_of(manager, home)
    with database.read() as reading:
        (asked,) = forecasts.forecasts(reading, force.room.id)
    finish(database, asked)
    said = text_of(manager, home)
    assert f"Asked for by the schedule of {force.manager.name}" in said
    assert "its forecast is made." in said
    assert "Counts up to Monday 3 March 00:00" in said
    minute_of(database, RUN + timedelta(days=7))
    assert "No counts came since the last forecast" in text_of(manager, home)
    assert manager.post(f"{home}/schedule/stop").status_code == 303
    assert "Nobody has scheduled forecasts" in text_of(manager, home)
    with database.read() as reading:
        done = [each.what for each in auth.entries(reading, force.room.force_id)]
    assert {"scheduled forecasts", "stopped the schedule of forecasts"} <= set(done)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"hour": "06:30"}, "Give a full hour of the day"),
        ({"weeks": "99"}, "Give 1 to 53 weeks."),
        ({"weekday": "Monday"}, "Give a number."),
    ],
)
def test_a_schedule_that_cannot_be_is_told_in_the_form(
    manager: TestClient, force: Staffed, change: dict[str, str], words: str
) -> None:
    """What is wrong stands at its field, and nothing is scheduled."""
    home = f"/rooms/{force.room.id}/demand/runs"
    refused = manager.post(f"{home}/schedule", data={**FORM, **change})
    assert refused.status_code == 422
    assert words in refused.text
    assert "Nobody has scheduled forecasts" in text_of(manager, home)


def test_a_system_sets_reads_and_removes_the_schedule(
    client: TestClient, database: Database, force: Staffed
) -> None:
    """PUT, GET and DELETE; without one 404; what cannot be used is named by field."""
    headers = token(database, force.system)
    address = f"/api/v1/rooms/{force.room.id}/forecasts/schedule"
    assert client.get(address, headers=headers).status_code == 404
    wanted = {"weekday": "Tuesday", "hour": 5, "weeks": 12}
    with clock.stopped_at(datetime(2026, 3, 24, 12, tzinfo=UTC)):
        told = client.put(address, json=wanted, headers=headers).json()
    assert {name: told[name] for name in wanted} == wanted
    assert (told["next_run"], told["last_due"]) == ("2026-03-31T04:00:00Z", None)
    assert client.get(address, headers=headers).json() == told
    refused = client.put(address, json={"hour": True}, headers=headers)
    assert [each["field"] for each in refused.json()["errors"]] == ["hour"]
    assert client.delete(address, headers=headers).status_code == 204
    assert client.delete(address, headers=headers).status_code == 404


def test_runs_are_listed_page_by_page_with_how_they_did(
    manager: TestClient, database: Database, force: Staffed, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Each with what it was made from and, once counts have come, its scores."""
    monkeypatch.setattr(runs, "SHOWN", 1)
    give(database, force.room.id, 77)
    first_day = (RUN + timedelta(days=7)).date()
    for _ in range(2):
        made(database, force.room.id, first_day, model="eight_week_mean")
    home = f"/rooms/{force.room.id}/demand/runs"
    answer = manager.get(home)
    assert answer.text.count("10 to 16 March 2025") == 1
    said = re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.text))
    assert re.search(r"999: days 1 to 7: mean miss [\d.]+", said)
    assert "Asked for by somebody" in said
    following = re.search(r'href="([^"]+)" rel="next"', answer.text)
    assert following is not None
    last = manager.get(following[1])
    assert last.text.count("10 to 16 March 2025") == 1
    assert 'rel="next"' not in last.text


def test_a_failed_run_says_why() -> None:
    """The reason of its job follows what came of it."""
    known = forecasts.Schedule(
        SOMEBODY, forecasts.WantedSchedule(), SOMEBODY, RUN, RUN, RUN, SOMEBODY
    )
    job = jobs.Job(
        id=SOMEBODY,
        kind=forecasts.KIND,
        room_id=SOMEBODY,
        asked_by=None,
        asked_at=RUN,
        arguments={},
        state="failed",
        progress={},
        words="Queue 999: nothing was observed.",
        started_at=RUN,
        ended_at=RUN,
        cancel_asked_at=None,
        version=2,
    )
    said = last_run_words(known, job, "America/Chicago")
    assert said.endswith("06:00: its forecast failed. Queue 999: nothing was observed.")
