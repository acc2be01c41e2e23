"""The pages of wishes about several days: an officer's own, and the manager's figures."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import date
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from app import clock
from app.db.transaction import Database
from app.people import service as people
from app.preferences import service as preferences
from app.preferences.schemas.long_wishes import LongWishForm
from app.preferences.service import LongOutcome, LongWish, LongWishDetails, Round
from app.preferences.views.long_wishes import wish_title
from tests.app.callers import Staffed, signed_in, token
from tests.app.people.rooms import details
from tests.app.preferences.asking import BEFORE, JANUARY
from tests.app.preferences.test_pages import words

TUESDAYS = LongWishDetails("times", 3, standing=True, weekdays=(1,), earliest=600)


@pytest.fixture(autouse=True)
def before_the_deadline() -> Iterator[None]:
    """It is a week before wishes close."""
    with clock.stopped_at(BEFORE):
        yield


@pytest.fixture
def officer(client: TestClient, force: Staffed) -> TestClient:
    """A browser in which the officer is signed in."""
    return signed_in(client, force.officer)


@pytest.fixture
def asked(database: Database, force: Staffed) -> Round:
    """A round of the first room."""
    with database.write() as transaction:
        return preferences.open_round(transaction, force.room.id, JANUARY)


def kept(database: Database, force: Staffed) -> tuple[LongWish, ...]:
    """The officer's wishes."""
    with database.read() as reading:
        return preferences.long_wishes_of(reading, force.room.id, force.rostered.id)


def stated(database: Database, force: Staffed, asked: Round, wished: LongWishDetails) -> LongWish:
    """A wish of the officer."""
    with database.write() as transaction:
        return preferences.state_long_wish(
            transaction, force.room.id, force.rostered.id, asked.id, wished
        )


def colleague_of(database: Database, force: Staffed) -> people.Officer:
    """Somebody else of the officer's room."""
    with database.write() as transaction:
        return people.add_officer(transaction, force.room.id, details("77"))


def test_a_wish_is_added_in_two_steps(
    officer: TestClient, database: Database, force: Staffed, asked: Round
) -> None:
    """What to ask, then its form; the page then shows it with the points it takes."""
    start = f"/my/wishes/several/new?round={asked.id}"
    assert "Times of start and finish" in words(officer.get(start))
    assert "Start at this time or later" in words(officer.get(f"{start}&ask=times"))
    form = {"ask": "times", "points": "3", "earliest": "10:00", "weekdays": "1", "standing": "yes"}
    done = officer.post(f"/my/wishes/several?round={asked.id}", data=form)
    assert (done.status_code, done.headers["location"]) == (303, "/my/wishes")
    (wish,) = kept(database, force)
    assert wish.details == TUESDAYS
    page = words(officer.get("/my/wishes"))
    assert "A start at 10:00 or later on Tuesdays" in page
    assert "Standing wish, every period." in page
    assert "3 of 20 points used" in page


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"ask": "nothing"}, "Choose one of these."),
        ({"ask": "times", "points": "x"}, "Give a whole number."),
        ({"ask": "times", "points": "3"}, "Give a time to start from"),
        ({"ask": "times", "points": "3", "earliest": "noon"}, "Give a time, such as 09:00"),
        ({"ask": "off", "points": "3", "first_day": "x"}, "Give a day, such as 2027-01-16"),
        ({"ask": "work_run", "points": "3", "days": "40", "run": "most"}, "Give 1 to 14 days."),
        ({"ask": "rest_run", "points": "3", "days": "1"}, "Give 2 to 14 days."),
        ({"ask": "no_kind", "points": "3"}, "Choose one kind or more."),
        ({"ask": "with", "points": "3", "weekdays": "1"}, "Choose a colleague"),
        ({"ask": "off", "points": "30"}, "Give 1 to 10 points."),
    ],
)
def test_what_is_wrong_is_said_where_it_was_said(
    officer: TestClient,
    database: Database,
    force: Staffed,
    asked: Round,
    form: dict[str, str],
    said: str,
) -> None:
    """The form comes again with its error, nothing is kept."""
    answer = officer.post(f"/my/wishes/several?round={asked.id}", data=form)
    assert answer.status_code == 422
    assert said in words(answer)
    assert kept(database, force) == ()


def test_a_wish_is_changed_and_withdrawn_and_comes_back(
    officer: TestClient, database: Database, force: Staffed, asked: Round
) -> None:
    """Changed from the version that was shown; withdrawn with an undo that puts it back."""
    wish = stated(database, force, asked, TUESDAYS)
    place = f"/my/wishes/several/{wish.id}"
    assert 'value="10:00"' in officer.get(f"{place}/change").text
    form = {"ask": "work_run", "points": "4", "days": "3", "run": "most"}
    assert officer.post(f"{place}?version=1", data=form).status_code == 303
    assert "Somebody changed" in words(officer.post(f"{place}?version=1", data=form))
    (changed,) = kept(database, force)
    assert changed.details == LongWishDetails("work_run", 4, most=3)
    gone = officer.post(f"{place}/withdraw", data={"version": "2"})
    assert kept(database, force) == ()
    page = officer.get(gone.headers["location"]).text
    (said,) = re.findall(r'name="said" value="([^"]*)"', page)
    again = f"/my/wishes/several/again?round={asked.id}"
    assert officer.post(again, data={"said": html.unescape(said)}).status_code == 303
    (back,) = kept(database, force)
    assert back.details == changed.details
    assert officer.post(again, data={"said": "{"}).status_code == 303
    assert len(kept(database, force)) == 1


def test_a_colleague_agrees_on_their_own_page(
    officer: TestClient, database: Database, force: Staffed, asked: Round
) -> None:
    """Who is asked reads who asks and when, not with what points, and says yes or no."""
    colleague = colleague_of(database, force)
    saturdays = LongWishDetails("with", 4, weekdays=(5,), colleague_id=force.rostered.id)
    with database.write() as transaction:
        wish = preferences.state_long_wish(
            transaction, force.room.id, colleague.id, asked.id, saturdays
        )
    page = words(officer.get("/my/wishes"))
    assert f"{colleague.details.name} wishes to work with you on Saturdays." in page
    assert "4 points" not in page
    place = f"/my/wishes/several/{wish.id}/answer"
    for answer, said in (("yes", True), ("no", False)):
        assert officer.post(place, data={"agreed": answer}).status_code == 303
        with database.read() as reading:
            found = preferences.long_wish(reading, force.room.id, colleague.id, wish.id)
        assert found.agreed is said


def test_a_wish_to_be_apart_is_told_to_nobody(
    officer: TestClient, client: TestClient, database: Database, force: Staffed, asked: Round
) -> None:
    """The officer reads the name, the colleague nothing, the manager figures."""
    colleague = colleague_of(database, force)
    apart = LongWishDetails("apart", 4, weekdays=(5,), colleague_id=colleague.id)
    wish = stated(database, force, asked, apart)
    name = colleague.details.name
    assert f"Not to work with {name} on Saturdays" in words(officer.get("/my/wishes"))
    told = (
        (LongOutcome(uuid4(), 0, ""), "Met"),
        (LongOutcome(uuid4(), 1, "1 shift goes against it."), "Met in part"),
        (LongOutcome(uuid4(), 4, "All."), "Not met"),
    )
    for outcome, said in told:
        with database.write() as transaction:
            preferences.record_long_outcomes(transaction, force.room.id, {wish.id: outcome})
        page = words(officer.get("/my/wishes"))
        assert said in page
        assert outcome.words in page
    seen = words(signed_in(client, force.manager).get(f"/rooms/{force.room.id}/wishes"))
    assert "Not to work with a colleague 1 4 0" in seen
    assert name not in seen


@pytest.mark.parametrize(
    ("details", "title"),
    [
        (LongWishDetails("off", 3), "Off in the whole period"),
        (LongWishDetails("off", 3, weekdays=(5, 6)), "Off on Saturdays and Sundays"),
        (
            LongWishDetails("no_kind", 3, kinds=("night",), first_day=date(2027, 1, 11)),
            "No night from 11 to 31 January",
        ),
        (
            LongWishDetails(
                "kind", 3, kinds=("early", "late"), last_day=date(2027, 1, 4), weekdays=(0,)
            ),
            "Only early or late shifts on Mondays on Monday 4 January",
        ),
        (LongWishDetails("rest_run", 3, fewest=3), "At least 3 days off in a row"),
        (LongWishDetails("with", 3, weekdays=(1,), colleague_id=uuid4()),
         "To work with a colleague on Tuesdays"),
    ],
)  # fmt: skip
def test_a_wish_has_a_title_in_plain_words(details: LongWishDetails, title: str) -> None:
    """What is asked is said as its officer would, and its form says it again."""
    assert wish_title(details, JANUARY, {}) == title
    assert LongWishForm.of(details).details() == details


def test_systems_read_and_state_wishes(
    client: TestClient, database: Database, force: Staffed, asked: Round
) -> None:
    """Over HTTP a wish is stated, read, changed from its version, withdrawn, and listed."""
    mine = token(database, force.officer)
    body = {"round_id": str(asked.id), "ask": "times", "points": 3, "latest": "06:00",
            "latest_next_day": True}  # fmt: skip
    made = client.post("/api/v1/me/long-wishes", json=body, headers=mine)
    assert made.status_code == 201
    place = made.headers["location"]
    assert (made.json()["latest"], made.json()["latest_next_day"]) == ("06:00:00", True)
    read = client.get(place, headers=mine)
    change = {"ask": "rest_run", "points": 2, "fewest": 3}
    tagged = mine | {"If-Match": read.headers["etag"]}
    assert client.put(place, json=change, headers=tagged).json()["fewest"] == 3
    assert client.put(place, json=change, headers=tagged).status_code == 412
    rounds = f"/api/v1/rooms/{force.room.id}/rounds/{asked.id}/long-wishes"
    manager = token(database, force.manager)
    assert [w["ask"] for w in client.get(rounds, headers=manager).json()["wishes"]] == ["rest_run"]
    assert client.get("/api/v1/me/company-wishes", headers=mine).json() == {"wishes": []}
    other = {"agreed": True}
    missing = f"/api/v1/me/company-wishes/{made.json()['id']}"
    assert client.put(missing, json=other, headers=mine).status_code == 404
    tagged = mine | {"If-Match": '"2"'}
    assert client.delete(place, headers=tagged).status_code == 204
    assert client.get("/api/v1/me/long-wishes", headers=mine).json() == {"wishes": []}
