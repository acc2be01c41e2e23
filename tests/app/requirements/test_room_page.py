"""The page of what the room asks: rows of posts and minimums, seats, and what they come to."""

from __future__ import annotations

import re
from typing import Any

import pytest
from fastapi.testclient import TestClient

from app.db.transaction import Database
from app.demand import service as demand
from app.people import service as people
from app.requirements import service as requirements
from app.requirements.views.room import room_form_values, room_given_by
from tests.app.callers import Staffed, signed_in, staffed
from tests.app.forecasts.rooms import SOMEBODY, houston, made


@pytest.fixture
def force(database: Database) -> Staffed:
    """A force that knows two skills, its first room with counts."""
    made = staffed(database)
    with database.write() as transaction:
        demand.receive(transaction, made.room.id, demand.counts_of(houston()), "test", None)
        for code in ("dispatch", "ward"):
            people.create_skill(transaction, made.force.id, code, code.capitalize())
    return made


def address(force: Staffed) -> str:
    """Where the first room's own terms are."""
    return f"/rooms/{force.room.id}/demand/terms/room"


FORM = {
    "version": "0",
    "seats": "40",
    "post-1-name": "Dispatch desk",
    "post-1-skill": "dispatch",
    "post-1-people": "2",
    "post-1-days": "fri sat",
    "post-1-start": "22:00",
    "post-1-end": "06:00",
    "minimum-0-skill": "ward",
    "minimum-0-must": "yes",
}


def test_rows_are_given_by_the_form(
    manager: TestClient, database: Database, force: Staffed
) -> None:
    """Empty rows are left out, the same time twice is a whole day, and it is said to be kept."""
    answer = manager.post(address(force), data=FORM)
    assert answer.status_code == 303
    with database.read() as reading:
        terms = requirements.room_terms(reading, force.room.id).terms
    (post,), (minimum,) = terms.posts, terms.minimums
    assert (post.name, post.people, post.relief, terms.seats) == ("Dispatch desk", 2, True, 40)
    assert (post.window.start, post.window.end, post.window.days) == (1320, 1800, {4, 5})
    assert (minimum.people, minimum.window.end - minimum.window.start) == (1, 1440)
    assert minimum.must
    shown = manager.get(answer.headers["Location"]).text
    assert "What the room asks is kept." in shown
    assert "2 people with dispatch, Friday and Saturday from 22:00 to 06:00" in shown
    assert "1 person with ward, always, before everything else" in shown
    assert 'value="Dispatch desk"' in shown


def test_a_form_sent_back_as_it_is_changes_nothing(database: Database, force: Staffed) -> None:
    """What the form shows of any terms is what it gives of them."""
    night: dict[str, Any] = {"start": "22:00", "end": "06:00", "days": ["mon", "wed"]}
    parts = [{"name": "breaks", "share": 0.115, "in_shift": True}]
    post = {"name": "Desk", "skill": "ward", "people": 3, "window": night, "relief": False}
    several: list[dict[str, Any]] = [
        {},
        {"seats": 12, "posts": [post]},
        {"minimums": [{"skill": "ward", "people": 2, "window": night}], "shrinkage": parts},
        {"minimums": [{"skill": "ward", "people": 1, "window": night, "must": True}]},
    ]
    with database.write() as transaction:
        for version, given in enumerate(several):
            told = requirements.set_room_terms(transaction, force.room.id, version, given, SOMEBODY)
            assert room_given_by(room_form_values(told), told) == given


@pytest.mark.parametrize(
    ("change", "field", "words"),
    [
        ({"seats": "many"}, "seats", "Give a whole number."),
        ({"seats": "-1"}, "seats", "Give a whole number, 0 to 5,000."),
        ({"post-1-skill": ""}, "post-1-skill", "The force has no such skill"),
        ({"post-1-people": "0"}, "post-1-people", "Give a whole number, 1 to 500."),
        ({"post-1-start": "26:00"}, "post-1-start", "Give start and end such as"),
        ({"minimum-0-people": "x"}, "minimum-0-people", "Give a whole number."),
        ({"minimum-0-skill": "juggling"}, "minimum-0-skill", "The force has no such skill"),
        ({"part-0": "leave", "part-share-0": "99"}, "part-share-0", "Give a share, 0 to 0.95."),
    ],
)
def test_a_form_that_is_wrong_comes_back_with_its_fault(
    manager: TestClient,
    database: Database,
    force: Staffed,
    change: dict[str, str],
    field: str,
    words: str,
) -> None:
    """The field of that very row is marked and what was typed stays; nothing changes."""
    answer = manager.post(address(force), data=FORM | change)
    assert answer.status_code == 422
    assert re.search(f'id="e-{field}">[^<]*{re.escape(words)}', answer.text)
    assert 'value="Dispatch desk"' in answer.text
    with database.read() as reading:
        assert requirements.room_terms(reading, force.room.id).version == 0


def test_a_form_of_an_old_version_is_refused(
    manager: TestClient, database: Database, force: Staffed
) -> None:
    """Somebody else's change stays, and the page shows it."""
    with database.write() as transaction:
        requirements.set_room_terms(transaction, force.room.id, 0, {"seats": 7}, SOMEBODY)
    answer = manager.post(address(force), data=FORM)
    assert answer.status_code == 412
    assert "Somebody changed what the room asks meanwhile" in answer.text
    assert 'value="7"' in answer.text


def test_the_requirement_shows_posts_and_hours_by_part(
    manager: TestClient, database: Database, force: Staffed
) -> None:
    """Rows of posts stand beside the queues', and hours at desks and off make up the paid ones."""
    forecast = made(database, force.room.id, model="eight_week_mean")
    with database.write() as transaction:
        post = {"name": "Desk", "skill": "dispatch"}
        given = {"posts": [post], "minimums": [{"skill": "ward", "people": 2}]}
        requirements.set_room_terms(transaction, force.room.id, 0, given, SOMEBODY)
        requirements.work_out(transaction, force.room.id, force.manager.id, forecast.id)
    text = manager.get(address(force)).text
    assert ">dispatch posts<" in text
    assert ">ward minimum<" in text
    assert re.search(r"Of [\d,]+ paid hours [\d,]+ are rostered, and [\d,]+ of these", text)
    assert "Hours by part" in text
    assert ">Short-notice sickness<" in text


def test_a_room_without_queues_may_ask_all_the_same(client: TestClient, force: Staffed) -> None:
    """The page is there before any counts are, and leads nowhere that is not."""
    other = signed_in(client, force.other_manager)
    text = other.get(f"/rooms/{force.other_room.id}/demand/terms/room").text
    assert "No requirement is worked out yet." in text
    assert "as many as are needed" in text


def test_strangers_do_not_see_it(client: TestClient, force: Staffed) -> None:
    """Not signed in: to the door; an officer: refused; another room's manager: not there."""
    assert client.get(address(force)).status_code == 303
    assert signed_in(client, force.officer).get(address(force)).status_code == 403
    other = signed_in(client, force.other_manager)
    assert other.get(address(force)).status_code == 404
    assert other.post(address(force), data=FORM).status_code == 404
