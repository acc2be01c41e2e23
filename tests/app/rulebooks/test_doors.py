"""The doors of rulebooks: read, change by version, take back, choose, and who may."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient

from app import clock
from app.auth import service as auth
from app.auth.service import Grant
from app.db.transaction import Database
from tests.app.callers import Staffed, token


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    """It is 27 November 2026."""
    with clock.stopped_at(datetime(2026, 11, 27, 12, tzinfo=UTC)):
        yield


BODY = {"numbers": {"minutes": 720}, "from_day": "2027-03-01", "reason": "Agreed"}


def test_rules_are_read_and_changed_by_version(
    client: TestClient, database: Database, force: Staffed
) -> None:
    """The change answers 201 with its place; an old version is refused; the day decides."""
    headers = token(database, force.administrator)
    home = f"/api/v1/rooms/{force.room.id}/rulebooks"
    where = f"{home}/police_officers_ew/rules/daily_rest"
    read = client.get(where, headers=headers)
    assert (read.json()["numbers"], read.headers["ETag"]) == (
        {"weight": "hard", "minutes": 660},
        '"0"',
    )
    assert read.json()["says"].startswith("Between the end of one tour and the start of any later")
    assert client.post(f"{where}/changes", json=BODY, headers=headers).status_code == 428
    matched = {**headers, "If-Match": '"0"', "Idempotency-Key": "once"}
    changed = client.post(f"{where}/changes", json=BODY, headers=matched)
    assert (changed.status_code, changed.headers["Location"]) == (201, where)
    assert client.post(f"{where}/changes", json=BODY, headers=matched).json() == changed.json()
    stale = {**headers, "If-Match": '"0"'}
    assert client.post(f"{where}/changes", json=BODY, headers=stale).status_code == 412
    now, then = (
        client.get(f"{home}?on={day}", headers=headers).json()["officers"]["rules"]
        for day in ("2026-11-27", "2027-03-01")
    )
    told = [{each["code"]: each for each in rules}["daily_rest"] for rules in (now, then)]
    assert [(each["numbers"]["minutes"], each["own"]) for each in told] == [
        (660, []),
        (720, ["minutes"]),
    ]
    gone = client.post(
        f"{where}/changes/1/withdrawal",
        json={"reason": "A slip"},
        headers={**headers, "If-Match": '"1"'},
    )
    assert (gone.status_code, gone.json()["withdrawn"]["reason"]) == (201, "A slip")
    assert client.get(where, headers=headers).json()["version"] == 2


def test_what_is_asked_is_answered(client: TestClient, database: Database, force: Staffed) -> None:
    """Before there is an answer it is null; a question that is not asked is refused by name."""
    headers = {**token(database, force.administrator), "If-Match": '"0"'}
    book = f"/api/v1/rooms/{force.room.id}/rulebooks/police_officers_ew"
    open_now = client.get(f"{book}/asked", headers=headers).json()["questions"]
    assert {each["answer"] for each in open_now} == {None}
    body = {**BODY, "numbers": {"due_notice_hours": 11}, "from_day": "2026-11-27"}
    assert client.post(f"{book}/rules/asked/changes", json=body, headers=headers).status_code == 201
    told = client.get(f"{book}/asked", headers=headers).json()["questions"]
    assert {each["name"]: each["answer"] for each in told}["due_notice_hours"] == 11
    wrong = {**body, "numbers": {"colour": "red"}}
    matched = {**headers, "If-Match": '"1"'}
    refused = client.post(f"{book}/rules/asked/changes", json=wrong, headers=matched)
    assert [each["field"] for each in refused.json()["errors"]] == ["numbers.colour"]
    assert client.get(f"{book}/rules/asked", headers=headers).status_code == 404


def test_a_number_beside_the_rules_is_read_and_changed(
    client: TestClient, database: Database, force: Staffed
) -> None:
    """A part answers with its own and the rulebook's numbers; the change stands at the part."""
    headers = {**token(database, force.administrator), "If-Match": '"0"'}
    book = f"/api/v1/rooms/{force.room.id}/rulebooks/police_officers_ew"
    read = client.get(f"{book}/parts/leave.entitlement", headers=headers).json()
    assert read["numbers"]["days"] == [22, 25, 25, 27, 28, 30]
    days = [23, 25, 25, 27.5, 28, 30]
    body = {**BODY, "numbers": {"days": days}, "from_day": "2026-11-27"}
    changed = client.post(f"{book}/rules/leave.entitlement/changes", json=body, headers=headers)
    assert changed.headers["Location"] == f"{book}/parts/leave.entitlement"
    told = client.get(changed.headers["Location"], headers=headers).json()
    assert (told["numbers"]["days"], told["own"], told["version"]) == (days, ["days"], 1)
    assert client.get(f"{book}/parts/no_such", headers=headers).status_code == 404


def test_a_book_is_chosen_for_a_room(
    client: TestClient, database: Database, force: Staffed
) -> None:
    """A manager of the room may; the books of the day tell it."""
    headers = {**token(database, force.manager), "If-Match": '"0"'}
    home = f"/api/v1/rooms/{force.room.id}/rulebooks"
    body = {
        "employment": "officer", "book": "police_scotland",
        "from_day": "2026-11-27", "reason": "We are in Scotland",
    }  # fmt: skip
    chosen = client.post(f"{home}/choices", json=body, headers=headers)
    assert (chosen.status_code, chosen.json()["number"]) == (201, 1)
    read = client.get(home, headers=headers)
    assert (read.json()["officers"]["name"], read.headers["ETag"]) == ("police_scotland", '"1"')


def test_numbers_of_the_whole_force_take_all_of_its_rooms(
    client: TestClient, database: Database, force: Staffed
) -> None:
    """A manager of one of two rooms reads and is told why they may not; of both they may."""
    home = f"/api/v1/rooms/{force.room.id}/rulebooks"
    where = f"{home}/police_officers_ew/rules/daily_rest/changes"
    matched = {**token(database, force.manager), "If-Match": '"0"'}
    assert client.get(home, headers=matched).status_code == 200
    refused = client.post(where, json=BODY, headers=matched)
    assert (refused.status_code, "not all are yours" in refused.json()["detail"]) == (403, True)
    with database.write() as transaction:
        grants = [Grant("manager", force.force.id)]
        auth.set_grants(transaction, force.manager.id, force.manager.version, grants)
    assert client.post(where, json=BODY, headers=matched).status_code == 201


def test_an_officer_reads_and_changes_nothing(
    client: TestClient, database: Database, force: Staffed
) -> None:
    """The rules are everybody's to read."""
    headers = {**token(database, force.officer), "If-Match": '"0"'}
    home = f"/api/v1/rooms/{force.room.id}/rulebooks"
    assert client.get(home, headers=headers).status_code == 200
    where = f"{home}/police_officers_ew/rules/daily_rest/changes"
    assert client.post(where, json=BODY, headers=headers).status_code == 403
