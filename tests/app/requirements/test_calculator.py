"""The calculator page: its address is the question, the answer comes first, edges are answered."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

from app.db.transaction import Database
from app.demand import service as demand
from app.requirements import service as requirements
from tests.app.callers import Staffed
from tests.app.forecasts.rooms import SOMEBODY
from tests.app.requirements.test_terms import counted, queue_id

ASKED = {
    "calls": "300", "per": "60", "aht_seconds": "300", "patience_seconds": "120",
    "share": "90", "within_seconds": "10", "definition": "answered_in_time_of_offered",
    "most_abandonment": "", "most_occupancy": "", "people": "",
}  # fmt: skip


@pytest.fixture
def kind() -> str:
    """The page asks the database for little: one kind will do."""
    return "sqlite"


def shown(manager: TestClient, force: Staffed, status: int = 200, **asked: str) -> str:
    """The text of the page for what is asked."""
    answer = manager.get(f"/rooms/{force.room.id}/demand/calculator", params=asked)
    assert answer.status_code == status
    return str(answer.text)


def lead(text: str) -> str:
    """The answer sentence, without its tags."""
    found = re.search(r'<p class="lead-answer">(.*?)</p>', text, re.DOTALL)
    assert found
    return re.sub(r"<[^>]+>", "", found[1]).replace("\N{NO-BREAK SPACE}", " ").strip()


def test_the_answer_comes_first(manager: TestClient, force: Staffed) -> None:
    """The people needed and what their callers feel, then bars and a table around that number."""
    text = shown(manager, force, **ASKED)
    assert lead(text) == (
        "31 people are needed on the phones, with 91.9 % answered within 10 s, of all offered."
    )
    assert "25.0 erlangs." in text
    assert text.count('<tr class="chosen"><th scope="row">31<') == 1
    assert len(re.findall(r'<tr><th scope="row">\d+</th>', text)) == 11
    assert 'action="/rooms/' in text
    assert 'method="get"' in text


def test_a_number_of_people_is_judged(manager: TestClient, force: Staffed) -> None:
    """Too few people are told with what they give and how many are missing; enough ones too."""
    few = lead(shown(manager, force, **ASKED | {"people": "28"}))
    assert few.endswith(
        "28 people give 81.4 % answered within 10 s, of all offered: 3 people short."
    )
    many = lead(shown(manager, force, **ASKED | {"people": "33"}))
    assert many.endswith("of all offered: 2 more than needed.")


def test_it_begins_with_the_terms_of_a_queue(
    manager: TestClient, database: Database, force: Staffed
) -> None:
    """Handling, patience and goals of the chosen queue stand in the form, also where endless."""
    assert "Begin with the terms of" not in shown(manager, force)
    with database.write() as transaction:
        demand.receive(transaction, force.room.id, demand.counts_of(counted()), "test", None)
    queue = queue_id(database, force.room.id)
    with database.write() as transaction:
        given = {"aht_seconds": 333, "patience_seconds": "endless", "share": 0.875}
        requirements.set_terms(transaction, force.room.id, queue, 0, given, SOMEBODY)
    text = shown(manager, force, queue=str(queue))
    assert re.search(r'name="aht_seconds"[^>]* value="333"', text)
    assert re.search(r'name="share"[^>]* value="87.5"', text)
    assert re.search(r'name="endless" value="yes" checked', text)
    assert "of a shift on 999 is not spent on the phones." in text


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"aht_seconds": "0"}, "1 person is needed on the phones, with 100.0 %"),
        ({"calls": "0"}, "Without calls nobody is needed."),
        ({"within_seconds": "0"}, "answered within 0 s, of all offered"),
        ({"calls": "24000", "endless": "yes"}, "2,036 people are needed"),
        ({"people": "0"}, "0 people give 0.0 % answered within 10 s, of all offered: 31 people"),
        (
            {"definition": "wait_in_time", "patience_seconds": "2"},
            "Nobody is needed for this goal, as who hangs up in time counts as served.",
        ),
    ],
)
def test_the_edges_have_right_answers(
    manager: TestClient, force: Staffed, asked: dict[str, str], words: str
) -> None:
    """AHT zero, no calls, zero seconds, 2,000 erlangs, nobody on duty: each is answered."""
    assert words in lead(shown(manager, force, **ASKED | asked))


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"calls": ""}, "calls"),
        ({"calls": "-1"}, "calls"),
        ({"calls": "nan"}, "calls"),
        ({"calls": "999999", "aht_seconds": "86400"}, "calls"),
        ({"aht_seconds": "five"}, "aht_seconds"),
        ({"patience_seconds": "0"}, "patience_seconds"),
        ({"patience_seconds": ""}, "patience_seconds"),
        ({"share": "100"}, "share"),
        ({"within_seconds": "-1"}, "within_seconds"),
        ({"definition": "<b>"}, "definition"),
        ({"per": "7"}, "per"),
        ({"people": "2.5"}, "people"),
        ({"most_occupancy": "0"}, "most_occupancy"),
    ],
)
def test_what_cannot_be_used_is_told_at_its_field(
    manager: TestClient, force: Staffed, asked: dict[str, str], field: str
) -> None:
    """The field is named in the summary and keeps what was given; there is no answer."""
    text = shown(manager, force, 422, **ASKED | asked)
    assert f'<a href="#f-{field}">' in text
    assert 'class="lead-answer"' not in text
    assert "<b>" not in text.partition("<main")[2]


def test_an_unknown_queue_changes_nothing(manager: TestClient, force: Staffed) -> None:
    """An address with a queue that is none is answered as without."""
    assert lead(shown(manager, force, queue="x'")) == lead(shown(manager, force))
