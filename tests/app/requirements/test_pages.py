"""The page of what queues ask: where each value comes from, a form for it, and what it comes to."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from fastapi.testclient import TestClient

from app.db.transaction import Database
from app.demand import service as demand
from app.people import service as people
from app.requirements import service as requirements
from app.requirements.views.terms import form_values, given_by
from forecasting.series import History
from tests.app.callers import Staffed, signed_in, staffed
from tests.app.forecasts.rooms import SOMEBODY, houston, made
from tests.app.requirements.test_terms import counted, queue_id


@pytest.fixture
def force(database: Database) -> Staffed:
    """A force whose first room has counts of 999 and 101."""
    made = staffed(database)
    give(database, made.room.id, counted())
    return made


def give(database: Database, room_id: UUID, counts: History) -> None:
    """Let a room have these counts."""
    with database.write() as transaction:
        demand.receive(transaction, room_id, demand.counts_of(counts), "test", None)


def address(force: Staffed, rest: str = "/terms") -> str:
    """Where the first room's terms are."""
    return f"/rooms/{force.room.id}/demand{rest}"


def test_each_value_says_where_it_comes_from(
    manager: TestClient, database: Database, force: Staffed
) -> None:
    """Measured AHT with its weeks, the rest assumed, and that no forecast is there yet."""
    queue = queue_id(database, force.room.id)
    text = manager.get(address(force, f"/terms?queue={queue}")).text
    assert "Measured: 250 s, on 21,504 calls of 27 March to 22 May 2025." in text
    assert text.count('class="tag told">measured<') == 1
    assert text.count('class="tag warn">assumed<') == 11
    assert "9 of the 10 values that move the requirement most are assumed." in text
    assert "There is no forecast yet" in text


def test_terms_are_given_by_the_form(
    manager: TestClient, database: Database, force: Staffed
) -> None:
    """Per cent become shares, empty fields stay measured or assumed, and it is said to be kept."""
    with database.write() as transaction:
        people.create_skill(transaction, force.force.id, "calls", "Call taking")
    queue = queue_id(database, force.room.id)
    form = {
        "version": "0", "share": "92,5", "within_seconds": "15", "endless": "yes",
        "skill": "calls", "minimum": "3", "part-0": "breaks", "part-share-0": "10",
        "part-shift-0": "yes",
    }  # fmt: skip
    answer = manager.post(address(force, f"/terms/{queue}"), data=form)
    assert answer.status_code == 303
    with database.read() as reading:
        told = requirements.queue_terms(reading, force.room.id, queue)
    given = {"share", "within_seconds", "patience_seconds", "skill", "minimum", "shrinkage"}
    assert (set(told.given), told.terms.share) == (given, 0.925)
    assert (told.terms.patience_seconds, told.terms.skill) == (None, "calls")
    assert told.terms.in_shift_shrinkage == pytest.approx(0.1)
    shown = manager.get(answer.headers["Location"]).text
    assert "The terms of 999 are kept." in shown
    assert 'value="92.5"' in shown


def test_a_form_sent_back_as_it_is_changes_nothing(database: Database, force: Staffed) -> None:
    """What the form shows of any terms is what it gives of them."""
    queue = queue_id(database, force.room.id)
    parts = [{"name": "breaks", "share": 0.115, "in_shift": True}]
    several: list[dict[str, object]] = [
        {},
        {"aht_seconds": 312.5, "share": 0.07, "most_occupancy": 0.8512, "minimum": 2},
        {"patience_seconds": "endless", "definition": "wait_in_time", "variation": 1.2},
        {"patience_seconds": 45, "shrinkage": parts, "late_call_points": 7.5},
    ]
    room = force.room.id
    with database.write() as transaction:
        for version, given in enumerate(several):
            told = requirements.set_terms(transaction, room, queue, version, given, SOMEBODY)
            assert given_by(form_values(told), told) == given


@pytest.mark.parametrize(
    ("form", "field", "words"),
    [
        ({"share": "120"}, "share", "Give a share above 0"),
        ({"aht_seconds": "long"}, "aht_seconds", "Give a number."),
        ({"minimum": "1.5"}, "minimum", "Give a whole number."),
        ({"skill": "juggling"}, "skill", "The force has no such skill"),
        ({"part-0": "leave", "part-share-0": "99"}, "part-share-0", "Give a share, 0 to 0.95."),
        ({"part-2": "leave", "part-share-2": "x"}, "part-share-2", "Give a number."),
    ],
)
def test_a_form_that_is_wrong_comes_back_with_its_fault(
    manager: TestClient,
    database: Database,
    force: Staffed,
    form: dict[str, str],
    field: str,
    words: str,
) -> None:
    """The field is marked and what was typed stays; the terms do not change."""
    queue = queue_id(database, force.room.id)
    answer = manager.post(address(force, f"/terms/{queue}"), data={"version": "0", **form})
    assert answer.status_code == 422
    assert re.search(f'id="e-{field}">[^<]*{re.escape(words)}', answer.text)
    with database.read() as reading:
        assert requirements.queue_terms(reading, force.room.id, queue).version == 0


def test_a_form_of_an_old_version_is_refused(
    manager: TestClient, database: Database, force: Staffed
) -> None:
    """Somebody else's change stays, and the page shows it."""
    queue = queue_id(database, force.room.id)
    with database.write() as transaction:
        given = {"aht_seconds": 111}
        requirements.set_terms(transaction, force.room.id, queue, 0, given, SOMEBODY)
    answer = manager.post(address(force, f"/terms/{queue}"), data={"version": "0"})
    assert answer.status_code == 412
    assert "Somebody changed these terms meanwhile" in answer.text
    assert 'value="111"' in answer.text


def test_the_requirement_is_worked_out_from_the_page(
    client: TestClient, database: Database, force: Staffed
) -> None:
    """The button works on the forecast; the page then says the most people and the hours."""
    give(database, force.other_room.id, houston())
    forecast = made(database, force.other_room.id, model="eight_week_mean")
    manager = signed_in(client, force.other_manager)
    base = f"/rooms/{force.other_room.id}/demand"
    before = manager.get(f"{base}/terms").text
    assert "No requirement is worked out yet." in before
    assert f'value="{forecast.id}"' in before
    answer = manager.post(f"{base}/requirements", data={"forecast_id": str(forecast.id)})
    assert answer.status_code == 303
    text = manager.get(answer.headers["Location"]).text
    assert re.search(r"2 to 8 June 2025: \d+ people at most, \w+day \d June at", text)
    assert "person-hours in all." in text
    assert "Assumed for ems and police_traffic: AHT 7 min." in text
    strange = {"forecast_id": str(force.room.id)}
    assert manager.post(f"{base}/requirements", data=strange).status_code == 404


def test_a_room_without_queues_says_so(client: TestClient, force: Staffed) -> None:
    """The one next step is to upload counts."""
    manager = signed_in(client, force.other_manager)
    text = manager.get(f"/rooms/{force.other_room.id}/demand/terms").text
    assert "A queue is made with its first counts." in text


def test_strangers_do_not_see_it(client: TestClient, database: Database, force: Staffed) -> None:
    """Not signed in: to the door; an officer: refused; another room's manager: not there."""
    queue = queue_id(database, force.room.id)
    assert client.get(address(force)).status_code == 303
    assert signed_in(client, force.officer).get(address(force)).status_code == 403
    other = signed_in(client, force.other_manager)
    assert other.get(address(force)).status_code == 404
    away = f"/rooms/{force.other_room.id}/demand/terms/{queue}"
    assert other.post(away, data={"version": "0"}).status_code == 404
