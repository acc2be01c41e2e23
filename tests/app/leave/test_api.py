"""Leave over HTTP: postings, balances, years, absence, files, and an officer's own."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from app import clock
from app.db.transaction import Database
from app.jobs import service as jobs
from app.leave import service as leave
from app.leave.jobs import HANDLERS
from app.leave.jobs import ask as ask_day
from app.people import service as people
from tests.app.callers import Staffed, token
from tests.app.jobs.works import Plain
from tests.app.leave.books import read_book

EIGHT_HOURS = timedelta(hours=8)
FULL = people.Contract(date(2020, 1, 6), None, 37 * 60)
NOW = datetime(2026, 5, 20, 9, tzinfo=UTC)

Headers = dict[str, str]


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    """Let it be late in May."""
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def system(database: Database, force: Staffed) -> Headers:
    """The headers of a system of the first room."""
    return token(database, force.system)


@pytest.fixture
def officer(database: Database, force: Staffed) -> Headers:
    """The headers of an officer of the first room."""
    return token(database, force.officer)


@pytest.fixture
def room(force: Staffed) -> str:
    """Where the first room stands."""
    return f"/api/v1/rooms/{force.room.id}"


def line(force: Staffed, **change: object) -> dict[str, object]:
    """Two hours of time off in lieu of the first room's officer."""
    said = {"officer_id": str(force.rostered.id), "account": "toil", "amount": 120}
    return said | {"day": "2026-05-04", "words": "Stayed on after a night."} | change


def post(
    client: TestClient, room: str, headers: Headers, name: str, *lines: dict[str, object]
) -> Any:
    """The answer to a posting."""
    body = {"name": name, "entries": lines}
    return client.post(f"{room}/leave/postings", json=body, headers=headers)


def test_a_posting_is_made_once_and_taken_back_once(
    client: TestClient, force: Staffed, room: str, system: Headers
) -> None:
    """Made with 201 under a name that is taken once; taken back by its opposite, once."""
    made = post(
        client, room, system, "payroll-7", line(force), line(force, account="pay", rate=150)
    )
    assert made.status_code == 201
    posting = made.json()
    assert (posting["number"], posting["source"]) == (1, "hand:payroll-7")
    assert [each["expires"] for each in posting["entries"]] == ["2026-08-04", None]
    place = made.headers["Location"]
    assert client.get(place, headers=system).json() == posting
    assert post(client, room, system, "payroll-7", line(force)).status_code == 409
    assert post(client, room, system, " ", line(force)).status_code == 422
    back = client.post(f"{place}/reversal", headers=system)
    assert back.status_code == 201
    assert [each["amount"] for each in back.json()["entries"]] == [-120, -120]
    assert client.post(f"{place}/reversal", headers=system).status_code == 409
    assert client.post(f"{back.headers['Location']}/reversal", headers=system).status_code == 409
    assert client.get(f"{room}/leave/postings/9", headers=system).status_code == 404
    sums = client.get(f"{room}/leave/balances?on=2026-12-31", headers=system).json()
    assert sums["balances"] == [
        {"officer_id": str(force.rostered.id), "accounts": {"toil": 0, "pay": 0}}
    ]


def test_entries_are_read_page_by_page_and_go_on_later(
    client: TestClient, force: Staffed, room: str, system: Headers
) -> None:
    """A page ends where the next begins, and from the cursor only what is posted later comes."""
    lines = [line(force, amount=each) for each in (10, 20, 30)]
    post(client, room, system, "a", *lines)
    first = client.get(f"{room}/leave/entries?limit=2", headers=system)
    rest = client.get(first.links["next"]["url"], headers=system)
    assert [e["amount"] for e in first.json()["entries"] + rest.json()["entries"]] == [10, 20, 30]
    assert "next" not in rest.links
    mark = rest.json()["cursor"]
    post(client, room, system, "b", line(force, amount=40, account="rest_days"))
    later = client.get(f"{room}/leave/entries?after={mark}", headers=system).json()
    assert [e["amount"] for e in later["entries"]] == [40]
    days = client.get(f"{room}/leave/entries?account=rest_days", headers=system).json()
    assert days["entries"] == later["entries"]
    assert client.get(f"{room}/leave/entries?since=2026-05-05", headers=system).json() == {
        "entries": [],
        "cursor": None,
    }
    assert client.get(f"{room}/leave/entries?after=W10", headers=system).status_code == 422


def test_a_leave_year_is_granted_and_what_expires_is_written(
    client: TestClient, database: Database, force: Staffed, room: str, system: Headers
) -> None:
    """The start is said, leave granted as far as the book says, lapses written; nothing twice."""
    assert client.post(f"{room}/leave/grants", json={}, headers=system).status_code == 409
    year = client.put(f"{room}/leave/year", json={"month": 4, "day": 1}, headers=system)
    assert year.json() == {"month": 4, "day": 1, "settled": None, "kept": None}
    bad = client.put(f"{room}/leave/year", json={"month": 2, "day": 30}, headers=system)
    assert bad.status_code == 422
    granted = client.post(f"{room}/leave/grants", json={}, headers=system).json()
    assert (granted["first_day"], granted["entries"], granted["left_out"]) == ("2026-04-01", [], 1)
    assert "?" in granted["asked"][0]
    post(client, room, system, "a", line(force))
    with clock.stopped_at(datetime(2026, 8, 4, 9, tzinfo=UTC)):
        headers = token(database, force.system)
        lapses = client.post(f"{room}/leave/lapses", headers=headers).json()["entries"]
        again = client.post(f"{room}/leave/lapses", headers=headers).json()["entries"]
    assert [(e["account"], e["amount"], e["kind"]) for e in lapses] == [
        ("toil", -120, "lapsed"),
        ("pay", 120, "lapsed"),
    ]
    assert again == []
    assert client.get(f"{room}/leave/year", headers=system).json()["settled"] == "2026-08-04"
    ask_day(database)
    with database.read() as reading:
        (job,) = jobs.jobs(reading, force.room.id, leave.KIND)
    HANDLERS[leave.KIND](Plain(job, database))
    kept = client.get(f"{room}/leave/year", headers=system).json()["kept"]
    assert kept.pop("at").startswith("2026-05-20T09:00:00")
    assert kept == {
        "day": "2026-05-20", "job_id": str(job.id), "lapsed": 0, "granted": 0, "left_out": 0
    }  # fmt: skip
    told = client.get(f"/api/v1/rooms/{force.room.id}/jobs/{job.id}", headers=system).json()
    assert (told["kind"], told["asked_by"]) == ("ledger_day", None)


def test_an_absence_is_recorded_and_taken_back(
    client: TestClient, database: Database, force: Staffed, room: str, system: Headers
) -> None:
    """Made with 201 and told of shifts; read, listed and taken back; not twice on a day."""
    with database.write() as transaction:
        start = datetime(2026, 6, 1, 6, tzinfo=UTC)
        span = people.Span(start, start + timedelta(days=1))
        shift = people.PastShift(force.rostered.id, start, start + EIGHT_HOURS, "early", "E")
        whose = [force.rostered.id]
        people.set_history(transaction, force.room.id, "published", whose, span, [shift])
        people.set_contracts(transaction, force.room.id, whose[0], [FULL])
    body = {"officer_id": str(force.rostered.id), "kind": "court", "first": "2026-06-01"}
    body |= {"last": "2026-06-02"}
    made = client.post(f"{room}/absences", json=body, headers=system)
    assert made.status_code == 201
    said = made.json()
    assert [shift["code"] for shift in said.pop("shifts")] == ["E"]
    assert [day["minutes"] for day in said["days"]] == [480, 444]
    place = made.headers["Location"]
    assert client.get(place, headers=system).json() == said
    assert client.get(f"{room}/absences", headers=system).json() == {"absences": [said]}
    assert client.post(f"{room}/absences", json=body, headers=system).status_code == 409
    short = client.post(f"{place}/end", json={"last": "2026-06-01"}, headers=system).json()
    assert (short["last"], short["days"]) == ("2026-06-01", said["days"][:1])
    place = f"{room}/absences/{short['id']}"
    again = client.post(f"{place}/end", json={"last": "2026-06-01"}, headers=system)
    assert again.status_code == 422
    gone = client.post(f"{place}/withdrawal", headers=system).json()
    assert gone["withdrawn"] == "2026-05-20T09:00:00Z"
    assert client.post(f"{place}/withdrawal", headers=system).status_code == 409
    client.post(f"{room}/absences", json=body, headers=system)
    first = client.get(f"{room}/absences?limit=2", headers=system)
    rest = client.get(first.links["next"]["url"], headers=system).json()["absences"]
    assert [first.json()["absences"][1], len(rest)] == [gone, 1]
    assert client.get(f"{room}/absences?after=W10", headers=system).status_code == 422
    unknown = body | {"kind": "flu"}
    assert client.post(f"{room}/absences", json=unknown, headers=system).status_code == 422


def test_payroll_takes_a_span_as_csv_and_as_a_workbook(
    client: TestClient, force: Staffed, room: str, system: Headers
) -> None:
    """Both have the documented columns; by the day posted nothing written late is missed."""
    pay = line(force, account="pay", rate=150, words="=1+1")
    days = line(force, account="rest_days", amount=-2)
    post(client, room, system, "a", pay, days)
    april = f"{room}/leave/entries.csv?since=2026-04-01&until=2026-04-30"
    assert client.get(april, headers=system).text.count("\n") == 1
    span = "since=2026-05-20&until=2026-05-20&by=posted"
    answer = client.get(f"{room}/leave/entries.csv?{span}", headers=system)
    assert 'filename="leave-2026-05-20-2026-05-20.csv"' in answer.headers["Content-Disposition"]
    heads, first, second = csv.reader(io.StringIO(answer.text))
    assert heads == [name for name, _ in leave.COLUMNS]
    assert first == [
        "1", "Sam Field", "pay", "120", "", "2.00", "150", "2026-05-04", "", "2026-05-20", "'=1+1",
        "hand:a",
    ]  # fmt: skip
    assert second[2:7] == ["rest_days", "", "-2", "", ""]
    book = client.get(f"{room}/leave/entries.xlsx?{span}", headers=system).content
    rows = read_book(book)["Entries"].rows
    assert [cell.said for cell in rows[0].values()] == heads
    assert (rows[1]["A"].said, rows[1]["G"].said, rows[1]["K"].said) == ("1", "150", "=1+1")
    for wrong in ("since=2026-05-20&until=2026-05-19", "since=2020-01-01&until=2026-05-19",
                  "since=0001-01-01&until=9999-12-31&by=posted"):  # fmt: skip
        assert client.get(f"{room}/leave/entries.csv?{wrong}", headers=system).status_code == 422


def test_an_officer_reads_their_own_and_nothing_else(
    client: TestClient, database: Database, force: Staffed, room: str, system: Headers,
    officer: Headers,
) -> None:  # fmt: skip
    """Balances, what goes when, entries and absences are theirs; the room's are not to be read."""
    post(client, room, system, "a", line(force))
    mine = client.get("/api/v1/me/leave", headers=officer).json()
    assert mine == {
        "on": "2026-05-20",
        "accounts": {"toil": 120},
        "lots": [{"account": "toil", "amount": 120, "day": "2026-05-04", "expires": "2026-08-04"}],
    }
    entries = client.get("/api/v1/me/leave/entries", headers=officer).json()["entries"]
    assert [each["words"] for each in entries] == ["Stayed on after a night."]
    assert client.get("/api/v1/me/absences", headers=officer).json() == {"absences": []}
    other = token(database, force.other_officer)
    assert client.get("/api/v1/me/leave", headers=other).json()["accounts"] == {}
    stranger = token(database, force.other_manager)
    for path in ("/leave/entries", "/leave/balances?on=2026-05-20", "/leave/year", "/absences"):
        assert client.get(f"{room}{path}", headers=officer).status_code == 403
        assert client.get(f"{room}{path}", headers=stranger).status_code == 404


@pytest.mark.parametrize(
    "change",
    [
        {"amount": 0},
        {"amount": True},
        {"account": "gold"},
        {"rate": 150},
        {"expires": "2026-05-04"},
        {"day": "4 May"},
        {"officer_id": str(uuid4())},
        {"source": "publication:1"},
    ],
)
def test_what_cannot_be_posted_is_refused(
    client: TestClient, force: Staffed, room: str, system: Headers, change: dict[str, object]
) -> None:
    """422, and nothing is posted; nobody can name another's source."""
    assert post(client, room, system, "a", line(force, **change)).status_code == 422
    assert client.get(f"{room}/leave/entries", headers=system).json()["entries"] == []
