"""The doors of rosters: a system's way from templates to what is in force, and who may see what."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import insert

from app.auth import service as auth
from app.auth.service import Grant
from app.db.transaction import Database
from app.requirements.tables import requirement_loads
from rostering.files import problem_from_json, roster_from_json
from rostering.verify import verify
from tests.app.callers import token
from tests.app.rosters.rooms import DAYS, FIRST, PEOPLE, Rostered, asked, drafted, rostered

SPAN = {"since": "2027-01-04T00:00:00Z", "until": "2027-01-18T00:00:00Z"}


@pytest.fixture
def room(database: Database) -> Rostered:
    """The small room."""
    return rostered(database)


@pytest.fixture
def system(database: Database, room: Rostered) -> dict[str, str]:
    """Headers of a system with a manager's role in the room."""
    return token(database, room.force.system)


def test_templates_are_made_and_changed_by_version(
    client: TestClient, room: Rostered, system: dict[str, str]
) -> None:
    """201 with an ETag, 409 for a code that is taken, 412 for an old version."""
    where = f"/api/v1/rooms/{room.room_id}/shift-templates"
    body = {"code": "D", "name": "Day", "kind": "day", "start": 600, "minutes": 480}
    made = client.post(where, json=body, headers=system)
    assert (made.status_code, made.headers["ETag"]) == (201, '"1"')
    assert client.post(where, json=body, headers=system).status_code == 409
    matched = {**system, "If-Match": '"1"'}
    place = made.headers["Location"]
    changed = client.put(place, json={**body, "skills": ["999"]}, headers=matched)
    assert (changed.status_code, changed.headers["ETag"]) == (200, '"2"')
    assert client.get(place, headers=system).json() == changed.json()
    assert client.put(place, json=body, headers=matched).status_code == 412
    refused = client.post(where, json={**body, "code": "D2", "skills": ["no"]}, headers=system)
    assert [each["field"] for each in refused.json()["errors"]] == ["skills[0]"]
    codes = [each["code"] for each in client.get(where, headers=system).json()["templates"]]
    assert codes == ["E", "D", "L", "N"]
    assert len(client.get(f"{where}/offered", headers=system).json()["templates"]) == 15


def test_a_roster_is_asked_for_once_and_followed(
    client: TestClient, room: Rostered, system: dict[str, str]
) -> None:
    """202 with the place of its job; the same key gives the same roster."""
    where = f"/api/v1/rooms/{room.room_id}/rosters"
    body = {"first_day": FIRST.isoformat(), "days": DAYS, "seconds": 5}
    keyed = {**system, "Idempotency-Key": "a-roster"}
    first, again = (client.post(where, json=body, headers=keyed) for _ in range(2))
    assert (first.status_code, first.json()) == (202, again.json())
    assert client.get(first.headers["Location"], headers=system).json()["kind"] == "roster"
    listed = client.get(where, headers=system).json()["rosters"]
    assert [each["id"] for each in listed] == [first.json()["id"]]
    one = client.get(f"{where}/{first.json()['id']}", headers=system)
    assert (one.json()["job_state"], one.headers["ETag"]) == ("waiting", '"1"')
    wrong = client.post(where, json={**body, "days": False}, headers=system)
    assert wrong.status_code == 422
    elsewhere = client.post(where, json={**body, "first_day": "2026-01-05"}, headers=system)
    assert elsewhere.status_code == 409


def test_from_effect_to_what_is_in_force(
    client: TestClient, database: Database, room: Rostered, system: dict[str, str]
) -> None:
    """Tried, refused with its breaches, edited, undone, published, read back by page and file."""
    roster = drafted(database, room)
    where = f"/api/v1/rooms/{room.room_id}/rosters/{roster.id}"
    who, friday = str(room.officers[0].id), (FIRST + timedelta(days=4)).isoformat()
    good = {"changes": [{"officer_id": who, "day": friday, "code": "L"}]}
    bad = {"changes": [{"officer_id": who, "day": "2027-01-05", "code": "N"}]}
    tried = client.post(f"{where}/effect", json=good, headers=system).json()
    assert (tried["allowed"], tried["verdict"]) == (
        True, "No breach. Rest before: 23 h. Rest after: 57 h.",
    )  # fmt: skip
    assert tried["lines"][0]["rests"] == [
        {"day": friday, "before_minutes": 1380, "after_minutes": 3420}
    ]
    matched = {**system, "If-Match": f'"{roster.version}"'}
    refused = client.post(f"{where}/edits", json=bad, headers=matched)
    assert refused.status_code == 409
    assert refused.json()["breaches"][0].startswith("Officer 0 would have 0 min of rest")
    edited = client.post(f"{where}/edits", json=good, headers=matched)
    assert edited.status_code == 201
    assert client.post(f"{where}/edits", json=good, headers=matched).status_code == 412
    matched = {**system, "If-Match": edited.headers["ETag"]}
    undone = client.post(f"{where}/undo", json={}, headers=matched)
    matched = {**system, "If-Match": undone.headers["ETag"]}
    preview = client.get(f"{where}/publication", headers=system).json()
    assert (preview["told"], preview["hindrance"]) == (PEOPLE, "")
    published = client.post(f"{where}/publish", json={"reason": "New year"}, headers=matched)
    assert published.status_code == 200, published.text
    assert client.post(f"{where}/publish", json={"reason": "New year"}, headers=matched).json() == (
        published.json()
    )
    pages, address = [], f"/api/v1/rooms/{room.room_id}/published-shifts"
    answer = client.get(address, params={**SPAN, "limit": "50"}, headers=system)
    pages += answer.json()["shifts"]
    following = answer.links["next"]["url"]
    pages += client.get(following, headers=system).json()["shifts"]
    assert len({(each["officer_id"], each["start"]) for each in pages}) == 10 * PEOPLE
    text = client.get(f"{address}.csv", params=SPAN, headers=system).text
    assert text.splitlines()[0] == "officer,start,end,skills"
    assert len(text.splitlines()) == 1 + 10 * PEOPLE
    assert "R0,2027-01-04T07:00:00Z,2027-01-04T15:00:00Z,999" in text


def test_changes_are_read_on_from_a_cursor(
    client: TestClient, database: Database, room: Rostered, system: dict[str, str]
) -> None:
    """Every change is told once, in order; what comes later is read from the last cursor."""
    roster = drafted(database, room)
    where = f"/api/v1/rooms/{room.room_id}"
    matched = {**system, "If-Match": f'"{roster.version}"'}
    client.post(f"{where}/rosters/{roster.id}/publish", json={"reason": "x"}, headers=matched)
    seen, after = [], {}
    while True:
        answer = client.get(
            f"{where}/published-changes", params={"limit": "30", **after}, headers=system
        ).json()
        if not answer["changes"]:
            break
        seen += answer["changes"]
        after = {"after": answer["cursor"]}
    assert len({(each["officer_id"], each["day"]) for each in seen}) == 10 * PEOPLE == len(seen)
    edit = {
        "changes": [{"officer_id": str(room.officers[1].id), "day": "2027-01-08", "code": "L"}],
        "reason": "own_request",
    }
    matched = {**system, "If-Match": f'"{roster.version + 1}"'}
    client.post(f"{where}/rosters/{roster.id}/edits", json=edit, headers=matched)
    later = client.get(f"{where}/published-changes", params=after, headers=system).json()["changes"]
    assert [(each["before"]["code"], each["after"]["code"]) for each in later] == [("E", "L")]
    told = client.get(f"{where}/publications", headers=system).json()["publications"]
    assert [(each["number"], each["whole"]) for each in told] == [(1, True), (2, False)]


def test_how_a_roster_stands_is_read(
    client: TestClient, database: Database, room: Rostered, system: dict[str, str]
) -> None:
    """Shifts by page, breaches, cover, figures, comparison, options, takers, and its documents."""
    roster, other = drafted(database, room), drafted(database, room)
    where = f"/api/v1/rooms/{room.room_id}/rosters/{roster.id}"

    def read(part: str, **params: str) -> dict[str, object]:
        answer = client.get(f"{where}/{part}", params=params, headers=system)
        assert answer.status_code == 200, answer.text
        body: dict[str, object] = answer.json()
        return body

    first = client.get(f"{where}/shifts", params={"limit": "70"}, headers=system)
    rest = client.get(first.links["next"]["url"], headers=system)
    assert len(first.json()["shifts"]) + len(rest.json()["shifts"]) == 10 * PEOPLE
    assert read("breaches")["hard"] == []
    (cover,) = read("cover")["sets"]  # type: ignore[misc]
    assert (cover["queues"], cover["on_duty"][:2]) == (["999"], [PEOPLE, PEOPLE])
    summary = read("summary")
    assert summary["rostered_minutes"] == PEOPLE * 4800
    assert summary["late_calls"] is None
    assert read("comparison", other=str(other.id))["differs"] == []
    who = str(room.officers[0].id)
    options = read("options", officer_id=who, day="2027-01-08")["options"]
    assert {option["changed"][0]["after"] for option in options} == {"L", "N", None}  # type: ignore[attr-defined]
    assert read("takers", day="2027-01-08", code="E", instead_of=who)["busy"] == PEOPLE - 1
    problem = problem_from_json(read("problem"))
    assert verify(problem, roster_from_json(read("roster"), problem)).is_legal
    assert read("pins") == {"pins": []}
    assert read("edits") == {"edits": []}


def test_calls_expected_late_or_lost_are_told(
    client: TestClient, database: Database, room: Rostered, system: dict[str, str]
) -> None:
    """The summary tells them where the requirement keeps its calls: here all of an evening."""
    roster = drafted(database, room)
    erlangs = np.zeros(14 * 96, dtype="<f4")
    erlangs[60:88] = 2.0  # from 15:00 on nobody is on duty
    with database.write() as transaction:
        transaction.execute(
            insert(requirement_loads).values(
                requirement_id=room.requirement_id,
                position=0,
                queue="999",
                erlangs=erlangs.tobytes(),
            )
        )
    where = f"/api/v1/rooms/{room.room_id}/rosters/{roster.id}"
    told = client.get(f"{where}/summary", headers=system).json()["late_calls"]
    assert told == {"999": pytest.approx(28 * 2.0 / 300 * 900)}


def test_an_officer_sees_own_shifts_and_what_is_published_alone(
    client: TestClient, database: Database, room: Rostered, system: dict[str, str]
) -> None:
    """A draft is nobody's business but the managers'; other rooms are not there."""
    with database.write() as transaction:
        user = auth.create_user(
            transaction,
            force_id=room.force.force.id,
            sign_in_name="officer0",
            name="Officer 0",
            grants=[Grant("officer", room.force.force.id, room.room_id)],
            officer_id=room.officers[0].id,
        )
    own = token(database, user)
    roster = drafted(database, room)
    base = f"/api/v1/rooms/{room.room_id}"
    assert client.get("/api/v1/me/shifts", params=SPAN, headers=own).json() == {
        "shifts": [], "changes": [],
    }  # fmt: skip
    for part in ("", "/shifts", "/breaches", "/cover", "/publication"):
        answer = client.get(f"{base}/rosters/{roster.id}{part}", headers=own)
        assert answer.status_code == 403, part
    matched = {**system, "If-Match": f'"{roster.version}"'}
    client.post(f"{base}/rosters/{roster.id}/publish", json={"reason": "x"}, headers=matched)
    mine = client.get("/api/v1/me/shifts", params=SPAN, headers=own).json()
    assert (len(mine["shifts"]), len(mine["changes"])) == (10, 10)
    everyone = client.get(f"{base}/published-shifts", params=SPAN, headers=own).json()["shifts"]
    assert set(everyone[0]) == {"officer_id", "officer", "code", "kind", "start", "end"}
    assert client.get(f"{base}/published-changes", headers=own).status_code == 403
    stranger = token(database, room.force.other_manager)
    assert client.get(f"{base}/rosters/{roster.id}", headers=stranger).status_code == 404
    there = f"/api/v1/rooms/{room.force.other_room.id}/rosters/{roster.id}"
    for part in ("", "/shifts", "/breaches", "/problem", "/edits", "/publication"):
        assert client.get(f"{there}{part}", headers=stranger).status_code == 404, part


@pytest.mark.parametrize(
    ("since", "until"),
    [
        ("0001-01-01T00:00:00+14:00", "0001-02-01T00:00:00Z"),
        ("9999-12-30T00:00:00Z", "9999-12-31T23:59:00-14:00"),
        ("2027-01-04T00:00:00Z", "2027-01-04T00:00:00Z"),
        ("2027-01-04T00:00:00Z", "2028-03-04T00:00:00Z"),
    ],
)
def test_a_span_that_cannot_be_read_is_named(
    client: TestClient, room: Rostered, system: dict[str, str], since: str, until: str
) -> None:
    """Far away, empty or too long: one field is named."""
    where = f"/api/v1/rooms/{room.room_id}/published-shifts"
    answer = client.get(where, params={"since": since, "until": until}, headers=system)
    assert answer.status_code == 422
    assert len(answer.json()["errors"]) == 1


def test_a_roster_in_the_making_is_named_and_put_aside(
    client: TestClient, database: Database, room: Rostered, system: dict[str, str]
) -> None:
    """It can be renamed, but is discarded only when its search has ended."""
    roster, job = asked(database, room)
    where = f"/api/v1/rooms/{room.room_id}/rosters/{roster.id}"
    named = client.patch(where, json={"name": "Spring"}, headers={**system, "If-Match": '"1"'})
    assert (named.status_code, named.json()["name"]) == (200, "Spring")
    matched = {**system, "If-Match": '"2"'}
    assert client.post(f"{where}/discard", headers=matched).status_code == 409
    client.post(f"/api/v1/rooms/{room.room_id}/jobs/{job.id}/cancel", headers=system)
    gone = client.post(f"{where}/discard", headers=matched)
    assert (gone.status_code, gone.json()["state"]) == (200, "discarded")
