"""The pages by which counts come in: a file is looked at, mapped and kept."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from app.db.transaction import Database
from app.demand import service as demand
from tests.app.callers import Staffed, signed_in, staffed

EXPORTS = Path(__file__).parent / "exports"
REPORT = (EXPORTS / "skill_interval.csv").read_bytes()


def fields_of(text: str) -> dict[str, str]:
    """The fields of a page's form, as a browser would send them."""
    fields = {}
    for tag in re.findall(r"<input[^>]*>", text):
        name, value = (re.search(rf'{key}="([^"]*)"', tag) for key in ("name", "value"))
        if name and ("checkbox" not in tag or "checked" in tag) and name[1] != "csrf":
            fields[name[1]] = value[1] if value else ""
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', text):
        chosen = re.search(r'value="([^"]*)" selected', options)
        fields[name] = chosen[1] if chosen else ""
    return fields


class Manager:
    """A manager at the browser, and the room."""

    def __init__(self, client: TestClient, database: Database) -> None:
        self.force: Staffed = staffed(database)
        self.database = database
        self.browser = signed_in(client, self.force.manager)
        self.home = f"/rooms/{self.force.room.id}/demand/upload"

    def give(self, data: bytes, name: str = "calls.csv") -> str:
        """Where the file that was given can be looked at."""
        answer = self.browser.post(self.home, files={"file": (name, data, "text/csv")})
        assert answer.status_code == 303, answer.text
        return str(answer.headers["location"])

    def fields(self, place: str) -> dict[str, str]:
        """The fields of the form at a place, as a browser would send them."""
        return fields_of(self.browser.get(place).text)

    def keep(self, place: str, changed: dict[str, str]) -> Response:
        """What comes of a file that is looked at, changed, looked at again and imported."""
        fields = self.fields(place) | changed
        again = self.browser.post(place, data=fields | {"act": "look"})
        sent = fields_of(again.text) | {"save_as": changed.get("save_as", ""), "act": "keep"}
        return self.browser.post(place, data=sent)

    def offered(self) -> dict[str, list[float]]:
        """What is kept by queue."""
        with self.database.read() as reading:
            if not demand.observed(reading, self.force.room.id):
                return {}
            history = demand.history(reading, self.force.room.id)
        return {name: series.offered.tolist() for name, series in history.items()}


@pytest.fixture
def manager(client: TestClient, database: Database) -> Manager:
    """A manager signed in."""
    return Manager(client, database)


def test_a_file_is_looked_at_and_imported(manager: Manager) -> None:
    """What would change is shown first; the form as it stands imports it; then it is told."""
    assert "No counts yet" in manager.browser.get(manager.home).text
    place = manager.give(REPORT)
    looked = manager.browser.get(place)
    assert "4 intervals would be new." in looked.text
    assert "999 Emergency (new)" in looked.text
    with manager.database.read() as reading:
        assert demand.queues(reading, manager.force.room.id) == ()
    kept = manager.keep(place, {"save_as": "Exchange", "name-0": "999"})
    assert kept.status_code == 303, kept.text
    assert manager.offered() == {"101 Non-emergency": [1020, 31], "999": [12, 9]}
    text = manager.browser.get(manager.home).text
    assert "Imported. 4 intervals new" in text
    assert "calls.csv" in text
    assert "Exchange" in text
    assert manager.browser.get(place).status_code == 404
    again = manager.browser.get(manager.give(REPORT)).text
    assert "Nothing would change" in again
    assert "Read by the saved mapping Exchange" in again


@pytest.mark.parametrize("name", sorted(each.name for each in EXPORTS.iterdir()))
def test_the_form_says_what_was_guessed(manager: Manager, name: str) -> None:
    """For exports of every make, the form sent back unchanged means the guessed mapping."""
    place = manager.give((EXPORTS / name).read_bytes(), name)
    looked = manager.fields(place)
    length = "30" if name in {"semicolon_cp1252.csv", "wide_half_hours.csv"} else ""
    again = manager.browser.post(place, data=looked | {"interval_minutes": length, "act": "look"})
    assert again.status_code == 200, again.text
    sent = fields_of(again.text)
    assert "start" in looked.values()
    told = looked.keys() - {"seen", "interval_minutes"}
    assert {key: sent[key] for key in told} == {key: looked[key] for key in told}


def test_a_file_that_cannot_be_read_is_mapped_by_hand(manager: Manager) -> None:
    """Where nothing can be guessed the columns are asked for, with what is wrong said first."""
    place = manager.give(b"A,B,C,D\n2026-03-02,0800,999,4\n2026-03-02,0815,999,5\n")
    assert "No column looks like a time of day" in manager.browser.get(place).text
    meant = {"map-0": "start", "map-1": "time", "map-2": "queue", "map-3": "offered"}
    fields = manager.fields(place) | meant
    looked = manager.browser.post(place, data=fields | {"act": "look"})
    assert "2 intervals would be new." in looked.text
    wrong = manager.browser.post(place, data=fields | {"map-1": "queue", "act": "keep"})
    assert (wrong.status_code, "Nothing was imported." in wrong.text) == (422, True)
    assert manager.offered() == {}
    manager.keep(place, meant)
    assert manager.offered() == {"999": [4, 5]}


@pytest.mark.parametrize(
    ("meant", "words"),
    [
        ({"map-0": "", "map-1": ""}, "Say which column names the date or the time."),
        ({"clock": " "}, "Say which clock the file keeps, such as Europe/London."),
    ],
)
@pytest.mark.parametrize("act", ["look", "keep"])
def test_what_is_left_out_is_asked_for(
    manager: Manager, meant: dict[str, str], words: str, act: str
) -> None:
    """Without a date or a clock the form comes back with what is missing; nothing is kept."""
    place = manager.give(b"Date,Time,Queue,Offered\n2026-03-02,08:00,999,4\n")
    answer = manager.browser.post(place, data=manager.fields(place) | meant | {"act": act})
    assert (answer.status_code, words in answer.text) == (422, True)
    assert manager.offered() == {}


def test_only_what_was_looked_at_is_imported(manager: Manager) -> None:
    """A mapping that was changed since, or counts that came since, are shown before they count."""
    place = manager.give(REPORT)
    fields = manager.fields(place) | {"act": "keep"}
    changed = manager.browser.post(place, data=fields | {"name-0": "999"})
    assert (changed.status_code, "not what you looked at" in changed.text) == (422, True)
    manager.browser.post(manager.give(REPORT), data=fields)
    assert len(manager.offered()) == 2
    late = manager.browser.post(place, data=fields)
    assert (late.status_code, "Nothing would change" in late.text) == (422, True)


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "Choose a file."), (b"\x1f\x8bx", "calls.csv: The gzip file is damaged")],
)
def test_no_file_of_text_is_told_at_once(manager: Manager, data: bytes, words: str) -> None:
    """What is no file is refused before anything is kept."""
    name = "calls.csv" if data else ""
    answer = manager.browser.post(manager.home, files={"file": (name, data, "text/csv")})
    assert answer.status_code == 422
    assert words in answer.text


def test_a_file_is_put_aside_and_a_mapping_forgotten(manager: Manager) -> None:
    """Nothing stays of a file that was put aside, nor of a mapping that was dropped."""
    place = manager.give(REPORT)
    assert manager.browser.post(f"{place}/aside").status_code == 303
    assert manager.browser.get(place).status_code == 404
    place = manager.give(REPORT)
    manager.keep(place, {"save_as": "Exchange"})
    with manager.database.read() as reading:
        assert len(demand.mappings(reading, manager.force.room.id)) == 1
    manager.browser.post(f"{manager.home}/mappings/drop", data={"name": "Exchange"})
    with manager.database.read() as reading:
        assert demand.mappings(reading, manager.force.room.id) == ()


def test_a_file_of_another_is_not_there(manager: Manager, client: TestClient) -> None:
    """Only who sent a file can look at it, and an officer can send none."""
    place = manager.give(REPORT)
    administrator = signed_in(client, manager.force.administrator)
    assert administrator.get(place).status_code == 404
    officer = signed_in(client, manager.force.officer)
    assert officer.get(manager.home).status_code == 403
