"""The Demand page: the answer first, its evidence below, and a forecast asked for from it."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from app.db.transaction import Database
from app.demand import service as demand
from app.forecasts.views import outlook
from app.jobs import service as jobs
from app.web.charts import demand as drawn
from forecasting.series import History
from tests.app.callers import Staffed, signed_in
from tests.app.forecasts.rooms import MONDAY, houston, made, run
from tests.app.forecasts.test_making import young


def give(database: Database, room_id: UUID, counts: History) -> None:
    """Let a room have these counts."""
    with database.write() as transaction:
        demand.receive(transaction, room_id, demand.counts_of(counts), "test", None)


def address(force: Staffed, rest: str = "") -> str:
    """Where the first room's demand is."""
    return f"/rooms/{force.room.id}/demand{rest}"


def test_without_counts_it_says_what_to_upload(manager: TestClient, force: Staffed) -> None:
    """An empty room says the one next step and asks for no forecast."""
    answer = manager.get(address(force))
    assert answer.status_code == 200
    assert "Upload counts to begin" in answer.text
    assert f'href="{address(force)}/upload"' in answer.text
    assert manager.get(address(force, "/chart.svg")).status_code == 404


def test_a_past_week_says_what_was_forecast_and_what_came(
    manager: TestClient, database: Database, force: Staffed
) -> None:
    """The sentence has both totals; the table, the accuracy and the gaps stand below."""
    give(database, force.room.id, houston())
    made(database, force.room.id, model="eight_week_mean")
    text = manager.get(address(force, f"?from={MONDAY}&days=7")).text
    said = re.search(r'class="lead-answer">(.*?)</p>', text, re.DOTALL)
    assert said is not None
    assert re.match(r"2 to 8 June 2025 brought [78],\d{3} calls to ems; [78],\d{3} were", said[1])
    assert "Hardest: " in said[1]
    assert "Nobody can beat (pure chance)" in text
    assert "Parade, days 1 to 7" in text
    assert "Counts of ems reach to" in text
    assert "Save as CSV" in text
    assert "The model eight_week_mean takes no account of holidays." in text


def test_the_days_to_come_are_told_as_expected(
    manager: TestClient, database: Database, force: Staffed
) -> None:
    """Where nothing has come yet the sentence says about how many calls."""
    give(database, force.room.id, houston())
    made(database, force.room.id, MONDAY + timedelta(days=8), model="eight_week_mean")
    text = manager.get(address(force, "?days=7")).text
    assert re.search(r"10 to 16 June 2025: about [78],\d{3} calls to ems\.", text)
    assert "No forecast has met its counts yet." in text
    assert "Test on the last 4 weeks" in text


def test_only_days_that_are_forecast_are_spoken_of(
    manager: TestClient, database: Database, force: Staffed
) -> None:
    """Of a fortnight whose forecast ends after a week, the sentence counts and names the week."""
    give(database, force.room.id, houston())
    made(database, force.room.id, MONDAY + timedelta(days=8), model="eight_week_mean")
    week, fortnight = (manager.get(address(force, f"?days={days}")).text for days in (7, 14))
    said = re.search(r"10 to 16 June 2025: about [78],\d{3} calls", week)
    assert said is not None
    assert said[0] in fortnight


def test_counts_without_a_forecast_are_shown(
    manager: TestClient, database: Database, force: Staffed
) -> None:
    """The last days counted stand on the chart, and little history is said to be little."""
    give(database, force.room.id, History({"999": young("999", 20)}))
    text = manager.get(address(force)).text
    assert "No forecast of 27 May to 9 June 2025 yet." in text
    assert "Only 3 weeks of history: bands are wide." in text
    picture = re.search(r'src="([^"]*chart\.svg[^"]*)"', text)
    assert picture is not None
    assert manager.get(picture[1].replace("&amp;", "&")).status_code == 200


def test_the_chart_is_kept_by_its_content(
    manager: TestClient, database: Database, force: Staffed
) -> None:
    """A picture of its own with both themes' colours; kept for good under its own address only."""
    give(database, force.room.id, houston())
    made(database, force.room.id, model="eight_week_mean")
    page = manager.get(address(force, f"?from={MONDAY}&days=7")).text
    found = re.search(r'src="([^"]*chart\.svg[^"]*)"', page)
    assert found is not None
    where = found[1].replace("&amp;", "&")
    picture = manager.get(where)
    assert picture.headers["Content-Type"] == "image/svg+xml"
    assert "immutable" in picture.headers["Cache-Control"]
    assert picture.text.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
    assert "light-dark(" in picture.text
    assert picture.text.count("stroke-dasharray") >= 1
    tag = picture.headers["ETag"]
    assert manager.get(where, headers={"If-None-Match": tag}).status_code == 304
    bare = manager.get(where.rpartition("&v=")[0])
    assert "immutable" not in bare.headers["Cache-Control"]
    give(database, force.room.id, History({"ems": young("ems", 30)}))
    assert manager.get(where).headers["ETag"] != tag


def test_the_page_reads_where_the_chart_draws() -> None:
    """The script's plot is the picture's."""
    from app.forecasts.views import outlook  # noqa: PLC0415

    assert (outlook.LEFT, outlook.WIDTH) == (drawn.LEFT, drawn.WIDTH)
    assert drawn.WIDTH - drawn.LEFT - drawn.RIGHT == outlook.ACROSS


def test_a_forecast_is_asked_for_from_the_page(
    manager: TestClient, database: Database, force: Staffed
) -> None:
    """The form makes a job, whose progress the page then shows; done, it shows the forecast."""
    give(database, force.room.id, houston())
    form = {"first_day": str(MONDAY), "days": "7", "holidays": "", "model": "eight_week_mean"}
    answer = manager.post(address(force, "/forecasts"), data=form)
    assert answer.status_code == 303
    waiting = manager.get(answer.headers["Location"]).text
    assert "data-job" in waiting
    with database.read() as reading:
        job = jobs.jobs(reading, force.room.id)[0]
    assert f"/jobs/{job.id}/events" in waiting
    run(database, job)
    shown = manager.get(answer.headers["Location"]).text
    assert "brought" in shown
    assert "data-job" not in shown


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"first_day": "soon"}, "Give a day, such as 2026-03-02."),
        ({"first_day": "2024-01-01"}, "days of them are needed"),
        ({"days": "many"}, "Give a number of days."),
        ({"days": "9999"}, "Give 1 to 371 days."),
        ({"holidays": "GB-XX"}, "is unknown"),
        ({"model": "crystal"}, "is unknown"),
    ],
)
def test_a_form_that_is_wrong_comes_back_with_its_fault(
    manager: TestClient, database: Database, force: Staffed, change: dict[str, str], words: str
) -> None:
    """What was typed stays, the fault is told, and no job is made."""
    give(database, force.room.id, History({"ems": houston()["ems"]}))
    form = {"first_day": str(MONDAY), "days": "7", "holidays": "US", "model": "", **change}
    answer = manager.post(address(force, "/forecasts"), data=form)
    assert answer.status_code == 422
    assert words in answer.text
    assert all(f'value="{value}"' in answer.text for value in change.values() if value != "crystal")
    with database.read() as reading:
        assert jobs.jobs(reading, force.room.id) == ()


@pytest.mark.parametrize("query", ["from=0001-01-01", "from=9999-12-31", "days=0", "queue=x"])
def test_an_address_that_cannot_be_is_refused(
    manager: TestClient, database: Database, force: Staffed, query: str
) -> None:
    """With a page that says so, not with a fault."""
    give(database, force.room.id, History({"ems": houston()["ems"]}))
    assert manager.get(address(force, f"?{query}")).status_code == 422


def test_strangers_do_not_see_it(
    client: TestClient, database: Database, force: Staffed, manager: TestClient
) -> None:
    """Not signed in: to the door; an officer: refused; another room's manager: not there."""
    give(database, force.room.id, History({"ems": houston()["ems"]}))
    assert client.get(address(force)).status_code == 303
    assert signed_in(client, force.officer).get(address(force)).status_code == 403
    assert signed_in(client, force.other_manager).get(address(force)).status_code == 404
    with database.read() as reading:
        queue = demand.queues(reading, force.room.id)[0].id
    other = f"/rooms/{force.other_room.id}/demand?queue={queue}"
    give(database, force.other_room.id, History({"999": young("999", 20)}))
    assert signed_in(client, force.other_manager).get(other).status_code == 404


def test_remarks_on_other_queues_and_the_choice_of_model_stand_aside() -> None:
    """What is left is of the queue that is looked at, or of all of them."""
    told = [
        "Queue 101: Only 5 weeks of history.",
        "Queue 101: The mean is used.",
        "Queue 999: The mean is used.",
        "The model takes no account of holidays.",
    ]
    assert outlook.notes(told, "101", {"999"}, "The mean is used.") == (
        "Only 5 weeks of history.",
        "The model takes no account of holidays.",
    )
