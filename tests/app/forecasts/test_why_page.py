"""The page that explains a forecast: one interval in a sentence, and what all are made of."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import delete

from app.db.transaction import Database
from app.demand import service as demand
from app.forecasts import service as forecasts
from app.forecasts.tables import forecast_grounds
from app.web.words import SPACE
from tests.app.callers import Staffed
from tests.app.forecasts.rooms import MONDAY, houston, made
from tests.app.forecasts.test_pages import address, give


@pytest.fixture
def forecast(database: Database, force: Staffed) -> forecasts.Forecast:
    """A forecast of a week of the first room."""
    give(database, force.room.id, houston())
    return made(database, force.room.id)


def _queue(database: Database, force: Staffed, name: str = "ems") -> str:
    with database.read() as reading:
        return next(str(e.id) for e in demand.queues(reading, force.room.id) if e.name == name)


def _asked(client: TestClient, force: Staffed, rest: str, status: int = 200) -> str:
    answer = client.get(address(force, f"/why{rest}"))
    assert answer.status_code == status
    return answer.text.replace(SPACE, " ")


def test_an_interval_is_explained_step_by_step_with_what_every_one_is_made_of(
    manager: TestClient, database: Database, force: Staffed, forecast: forecasts.Forecast
) -> None:
    """The sentence, the steps that end at the forecast, level, week, year, holidays, events."""
    queue = _queue(database, force)
    text = _asked(manager, force, f"?queue={queue}&day=2025-06-06&time=22:05")
    lead = re.search(r'class="lead-answer">Friday 6 June 22:00 is forecast at ([\d.]+) call', text)
    assert lead is not None
    steps = re.findall(r'<th scope="row">([^<]*)</th><td[^>]*>[^<]*</td><td[^>]*>([^<]*)', text)
    assert steps[1][0] == "22:00 to 22:15 on an ordinary Friday"
    assert ("Forecast", lead[1]) in steps
    for head in ("Level", "Time of the year", "Week", "Public holidays", "Events"):
        assert f'class="minor">{head}</h2>' in text
    assert "An ordinary day now brings" in text
    assert "Most calls in an ordinary week come on" in text
    assert "Nobody has laid anything over it." in text
    assert "day=2025-06-06&amp;time=21%3A45" in text
    assert "day=2025-06-06&amp;time=22%3A15" in text


def test_without_a_time_the_busiest_one_is_explained(
    manager: TestClient, database: Database, force: Staffed, forecast: forecasts.Forecast
) -> None:
    """Of the asked day, or of the forecast; the page of demand leads to its hardest hour."""
    queue = _queue(database, force)
    for rest in ("", f"?queue={queue}&day=2025-06-07"):
        assert "is forecast at" in _asked(manager, force, rest)
    day = _asked(manager, force, f"?queue={queue}&day=2025-06-07")
    assert 'class="lead-answer">Saturday 7 June ' in day
    text = manager.get(address(force, f"?from={MONDAY}&days=7")).text
    found = re.search(r'href="[^"]*/demand(/why\?[^"]*)">Why this forecast', text)
    assert found is not None
    rest = found[1].replace("&amp;", "&").removeprefix("/why")
    asked = re.search(r"day=2025-06-0(\d)&time=(\d\d)%3A00", rest)
    assert asked is not None
    assert f" {asked[1]} June {asked[2]}:00 is forecast at" in _asked(manager, force, rest)


def test_of_a_forecast_made_before_the_rest_is_shown(
    manager: TestClient, database: Database, force: Staffed, forecast: forecasts.Forecast
) -> None:
    """What it is made of was not kept: the page says so, and shows the mean and adjustments."""
    with database.write() as transaction:
        transaction.execute(delete(forecast_grounds))
    text = _asked(manager, force, "")
    assert 'class="lead-answer">' in text
    assert "What it is made of was not kept with this forecast." in text
    assert "Nobody has laid anything over it." in text
    assert "Time of the year" not in text


@pytest.mark.parametrize(
    ("rest", "words"),
    [
        ("&day=2025-06-32", "Give a day, such as 2026-03-02."),
        ("&time=10:00", "Give the day of that time."),
        ("&day=2025-06-06&time=25:00", "Give a time, such as 22:00."),
        ("&day=2027-06-06", "No forecast holds Sunday 6 June 2027."),
    ],
)
def test_what_cannot_be_explained_is_told_at_its_field(
    manager: TestClient,
    database: Database,
    force: Staffed,
    forecast: forecasts.Forecast,
    rest: str,
    words: str,
) -> None:
    """One sentence, and the form as it was typed."""
    text = _asked(manager, force, f"?queue={_queue(database, force)}{rest}", 422)
    assert words in text
    assert "is forecast at" not in text


def test_another_queue_or_no_forecast_is_told(
    manager: TestClient, database: Database, force: Staffed
) -> None:
    """An unknown queue is refused; without a forecast the page says what to do."""
    assert "No forecast has been made yet" in _asked(manager, force, "")
    give(database, force.room.id, houston())
    made(database, force.room.id, model="eight_week_mean")
    assert "Choose another." in _asked(manager, force, f"?queue={uuid4()}", 422)


def test_hours_of_a_clock_change_are_told_apart(
    manager: TestClient, database: Database, force: Staffed
) -> None:
    """One that never comes is refused; of one that comes twice each leads to the other."""
    give(database, force.room.id, houston())
    made(database, force.room.id, MONDAY - timedelta(days=65), 2, model="eight_week_mean")
    made(database, force.room.id, MONDAY + timedelta(days=145), 2, model="eight_week_mean")
    queue = f"?queue={_queue(database, force)}"
    gone = _asked(manager, force, f"{queue}&day=2025-03-30&time=01:30", 422)
    assert "The clocks go forward on Sunday 30 March: 01:30 never comes." in gone
    first = _asked(manager, force, f"{queue}&day=2025-10-26&time=01:30")
    assert "this hour comes twice" in first
    assert "time=01%3A30&amp;again=true" in first
    second = _asked(manager, force, f"{queue}&day=2025-10-26&time=01:30&again=true")
    assert 'time=01%3A30">The other hour' in second
