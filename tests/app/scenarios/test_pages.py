"""The What-if pages: a question asked by form, how far it is, the answer, A and B side by side."""

from __future__ import annotations

import re
from html import unescape

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from app.db.transaction import Database
from app.jobs import service as jobs
from app.scenarios import service
from app.scenarios.values import PeopleChange, Seek
from tests.app.callers import signed_in, staffed
from tests.app.rosters.rooms import FIRST, Rostered
from tests.app.scenarios.rooms import answered, ask, asked_about, in_force, run

DAY = {"first_day": FIRST.isoformat(), "days": "1"}


@pytest.fixture
def room(database: Database) -> Rostered:
    """A room with a forecast and a roster in force."""
    made = asked_about(database)
    in_force(database, made)
    return made


@pytest.fixture
def manager(client: TestClient, room: Rostered) -> TestClient:
    """The manager of the room, signed in."""
    return signed_in(client, room.force.manager)


@pytest.fixture
def home(room: Rostered) -> str:
    """The address of the pages."""
    return f"/rooms/{room.room_id}/what-if"


def csrf(text: str) -> str:
    """The token of a page's forms."""
    found = re.search(r'name="csrf" value="([^"]+)"', text)
    assert found is not None
    return found[1]


def sent(manager: TestClient, home: str, where: str = "", **form: str) -> Response:
    """A form as the browser sends it."""
    token = csrf(manager.get(f"{home}/new").text)
    return manager.post(f"{home}{where}", data={"csrf": token, **form})


def text_of(page: str) -> str:
    """What a page says, without its tags."""
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", page)))


def test_an_empty_room_offers_three_examples(manager: TestClient, home: str) -> None:
    """Each leads to the form, filled in; What-if is a place of the navigation."""
    page = manager.get(home).text
    assert "Nothing asked yet" in page
    links = re.findall(rf'href="({home}/new\?[^"]+)"', page)
    assert len(links) == 3
    longer = manager.get(unescape(links[1])).text
    assert re.search(r'name="handling_seconds"[^>]*value="60"', longer)
    assert f'<a href="{home}" aria-current="page">' in page


def test_a_room_without_a_need_says_what_is_missing(client: TestClient, database: Database) -> None:
    """The one next step, and no example."""
    force = staffed(database)
    page = signed_in(client, force.manager).get(f"/rooms/{force.room.id}/what-if").text
    assert "Make a forecast" in page
    assert "Ask a question" not in page


def test_changes_are_put_on_a_list_and_taken_off(manager: TestClient, home: str) -> None:
    """Add keeps what is described in words and empties its fields; Remove takes one off."""
    page = sent(manager, home, **DAY, add="calls", calls_percent="10", calls_days="45",
                calls_from="18:00", calls_to="02:00").text  # fmt: skip
    assert "All calls +10\N{NO-BREAK SPACE}%, Fridays and Saturdays 18:00 to 02:00" in page
    assert re.search(r'name="calls_percent"[^>]*value=""', page)
    change = unescape(re.search(r'name="change" value="([^"]+)"', page)[1])  # type: ignore[index]
    two = sent(manager, home, **DAY, change=change, add="absent", absent_people="2").text
    assert two.count('name="change"') == 2
    assert "2 people absent" in two
    one = sent(manager, home, **DAY, change=change, remove="0").text
    assert one.count('name="change"') == 0


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"handling_percent": "-10", "handling_queue": "999"}, "Calls to 999 take 10 % shorter"),
        ({"handling_seconds": "60"}, "All calls take 1 min longer"),
        ({"callback_queue": "999", "callback_above": "60", "callback_accepted": "20"},
         "Call-backs on 999, offered once the wait is above 1 min, 20 % accept"),
        ({"callback_queue": "999", "callback_none": "yes"}, "No call-backs on 999"),
        ({"reserve_people": "1"}, "1 more in reserve for the most urgent calls"),
        ({"patience_queue": "999", "patience_endless": "yes"}, "Nobody who calls 999 hangs up"),
        ({"target_queue": "999", "target_share": "95", "target_within": "5"},
         "Goal for 999: 95 % within 5 s"),
        ({"more_people": "2", "more_skill": "999", "more_date": "2027-01-08", "more_from": "18:00",
          "more_to": "02:00"}, "2 people with 999 more, Friday 8 January 18:00 to 02:00"),
    ],
)  # fmt: skip
def test_every_kind_of_change_can_be_described(
    manager: TestClient, home: str, fields: dict[str, str], words: str
) -> None:
    """What its fields say is put on the list in words."""
    page = sent(manager, home, **DAY, add="it", **fields)
    assert page.status_code == 200
    assert words in text_of(page.text).replace("\N{NO-BREAK SPACE}", " ")


def test_what_is_wrong_is_said_where_it_was_said(manager: TestClient, home: str) -> None:
    """A date, a number and a time that are none; nothing is asked."""
    page = sent(manager, home, first_day="soon", days="x", calls_percent="10", calls_from="26:00")
    assert page.status_code == 422
    for field in ("first_day", "days", "calls_from"):
        assert f'id="e-{field}"' in page.text
    assert "Nothing asked yet" in manager.get(home).text
    late = sent(manager, home, first_day="2027-06-01", days="3")
    assert late.status_code == 422
    assert "No requirement covers 1 to 3 June 2027" in late.text


def test_a_question_is_set_beside_the_days_as_they_are(
    manager: TestClient, database: Database, room: Rostered, home: str
) -> None:
    """Two scenarios are asked, followed live, and at last shown side by side with a verdict."""
    there = sent(manager, home, **DAY, absent_people="5", beside="yes").headers["Location"]
    page = manager.get(there).text
    assert "data-events" in page
    with database.read() as reading:
        b, a = service.scenarios(reading, room.room_id)
        both = [jobs.job(reading, room.room_id, each.job_id) for each in (a, b)]
    assert b.against == a.id
    for job in both:
        run(database, job)
    said = text_of(manager.get(there).text)
    assert "What if: 5 people absent?" in said
    assert re.search(r"B has [\d.]+ points fewer 999 calls answered within 10 s", said)
    assert "A better" in said
    assert "Nothing changed" in said
    assert "999 within 10 s by hour, Monday 4 January" in said
    assert "difference −" in said


def test_a_scenario_alone_says_how_it_stands_to_the_goal(
    manager: TestClient, database: Database, room: Rostered, home: str
) -> None:
    """Below the goal, with the worst quarter hours, and a chart with its table."""
    found = answered(database, room, days=2)
    page = manager.get(f"{home}/{found.scenario.id}?day=2027-01-05").text
    said = text_of(page)
    assert re.search(r"999: \d\d\.\d\s% answered within 10 s, below the goal of 90\s%\.", said)
    assert "below the goal" in said
    assert "Worst quarter hours:" in said
    assert "Show as a table" in said
    assert '<svg class="plot service"' in page
    listed = text_of(manager.get(home).text)
    assert "What will callers feel from 4 to 5 January 2027?" in listed
    assert "answered" in listed


def test_a_goal_is_answered_with_who_and_when(
    manager: TestClient, database: Database, room: Rostered, home: str
) -> None:
    """How many more, on which day and hours, and where the queue then stands."""
    found = answered(database, room, seek=Seek("999", 0.5))
    said = text_of(manager.get(f"{home}/{found.scenario.id}").text)
    assert "How many more people for 50 % of 999, and when?" in said.replace("\xa0", " ")
    assert re.search(r"\d+ more: \d+ on Monday 4 January \d\d:00 to \d\d:00", said)
    assert "without them at" in said


def test_a_scenario_is_asked_again_or_against(
    manager: TestClient, database: Database, room: Rostered, home: str
) -> None:
    """The form has its days and changes, or names what it is compared with."""
    asked, _ = ask(database, room, changes=(PeopleChange(-2),))
    like = manager.get(f"{home}/new?like={asked.id}").text
    assert "2 people absent" in like
    assert f'value="{FIRST.isoformat()}"' in like
    against = manager.get(f"{home}/new?against={asked.id}").text
    assert "It is compared with 2 people absent" in against


def test_stopped_renamed_and_deleted(
    manager: TestClient, database: Database, room: Rostered, home: str
) -> None:
    """Each act is told on the next page."""
    base, job = ask(database, room)
    beside, _ = ask(database, room, against=base.id)
    assert sent(manager, home, f"/{beside.id}/stop").status_code == 303
    with database.read() as reading:
        assert jobs.job(reading, room.room_id, job.id).state == "cancelled"
    assert "stopped" in manager.get(f"{home}/{beside.id}").text
    sent(manager, home, f"/{base.id}/name", version="1", name="Base")
    assert "Base" in manager.get(home).text
    refused = sent(manager, home, f"/{base.id}/delete", version="2")
    assert refused.headers["Location"] == f"{home}/{base.id}"
    sent(manager, home, f"/{beside.id}/delete", version="1")
    assert sent(manager, home, f"/{base.id}/delete", version="2").headers["Location"] == home
    assert "Nothing asked yet" in manager.get(home).text
