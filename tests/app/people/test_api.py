"""People over HTTP: rooms, teams, skills, officers, history and files."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from fastapi.testclient import TestClient

from app.db.transaction import Database
from app.people import service as people
from tests.app.callers import Staffed, token

OFFICER = {
    "number": "77",
    "name": "Kit Lund",
    "grade": "SO1",
    "employment": "staff",
    "started": "2024-01-01",
}
Ask = Callable[..., Any]


@pytest.fixture
def room(force: Staffed) -> str:
    """The address of the manager's room."""
    return f"/api/v1/rooms/{force.room.id}"


@pytest.fixture
def ask(client: TestClient, database: Database, force: Staffed) -> Ask:
    """Ask as the system of the first room; `match` is the If-Match."""
    headers = token(database, force.system)

    def asked(method: str, path: str, match: str | None = None, **what: Any) -> Any:
        more = what.pop("headers", {}) | ({"If-Match": match} if match else {})
        return client.request(method, path, headers=headers | more, **what)

    return asked


def test_an_officer_is_made_read_changed_and_followed(ask: Ask, room: str) -> None:
    """Made once for a key; a change needs the newest ETag; the list tells of it by its mark."""
    before = ask("GET", f"{room}/officers").json()["changed"]
    key = {"Idempotency-Key": "kit"}
    made = ask("POST", f"{room}/officers", json=OFFICER, headers=key)
    assert made.status_code == 201
    assert ask("POST", f"{room}/officers", json=OFFICER, headers=key).json() == made.json()
    place, first = made.headers["Location"], made.headers["ETag"]
    changed = ask("PUT", place, first, json=OFFICER | {"name": "Kit Holt", "left": "2030-01-01"})
    assert changed.status_code == 200
    assert ask("PUT", place, first, json=OFFICER).status_code == 412
    assert ask("PUT", place, json=OFFICER).status_code == 428
    read = ask("GET", place)
    assert (read.json()["name"], read.json()["left"]) == ("Kit Holt", "2030-01-01")
    assert read.headers["ETag"] == changed.headers["ETag"]
    news = ask("GET", f"{room}/officers", params={"changed_since": before}).json()
    assert [each["number"] for each in news["officers"]] == ["77"]
    later = ask("GET", f"{room}/officers", params={"changed_since": news["changed"]}).json()
    assert later["officers"] == []


def test_an_officers_conditions_are_told_as_wholes(
    ask: Ask, room: str, force: Staffed, database: Database
) -> None:
    """Skills, contracts and identifiers are each replaced, under one version of the officer."""
    place = f"{room}/officers/{force.rostered.id}"
    skill = ask("POST", f"{room}/skills", json={"code": "calls", "name": "Call taking"}).json()
    body = {"code": "two-years", "name": "Two years", "after_months": 24}
    assert ask("POST", f"{room}/skills", json=body).json()["after_months"] == 24
    held = {"skills": [{"skill_id": skill["id"], "from_day": "2024-01-01"}]}
    tag = ask("GET", place).headers["ETag"]
    told = ask("PUT", f"{place}/skills", tag, json=held)
    assert told.status_code == 200
    agreed = {"contracts": [{"from_day": "2024-01-01", "weekly_minutes": 2220}]}
    assert ask("PUT", f"{place}/contracts", tag, json=agreed).status_code == 412
    told = ask("PUT", f"{place}/contracts", told.headers["ETag"], json=agreed)
    ids = {"outside_ids": [{"system": "hr", "id": "A-1"}]}
    told = ask("PUT", f"{place}/outside-ids", told.headers["ETag"], json=ids)
    officer = told.json()
    assert officer == ask("GET", place).json()
    assert officer["skills"][0] == held["skills"][0] | {"until_day": None}
    assert officer["contracts"][0] == agreed["contracts"][0] | {"until_day": None}
    assert officer["outside_ids"] == ids["outside_ids"]
    twice = {"outside_ids": ids["outside_ids"] * 2}
    assert ask("PUT", f"{place}/outside-ids", told.headers["ETag"], json=twice).status_code == 422
    both = {"contracts": [*agreed["contracts"], *agreed["contracts"]]}
    wrong = ask("PUT", f"{place}/contracts", told.headers["ETag"], json=both)
    assert wrong.status_code == 422
    assert [each["field"] for each in wrong.json()["errors"]] == ["contracts[1].from_day"]
    with database.read() as reading:
        found = people.find_outside(reading, force.force.id, "hr", "officer", ["A-1"])
    assert found == {"A-1": force.rostered.id}


def test_lists_go_on_where_a_page_ended(ask: Ask, room: str) -> None:
    """Following Link, by name and by change, each officer is seen once."""
    for number in range(5):
        ask("POST", f"{room}/officers", json=OFFICER | {"number": str(100 + number)})
    for params in ({"limit": 2}, {"limit": 2, "changed_since": 0}):
        seen: list[str] = []
        answer = ask("GET", f"{room}/officers", params=params)
        while True:
            seen += [each["number"] for each in answer.json()["officers"]]
            if "next" not in answer.links:
                break
            answer = ask("GET", answer.links["next"]["url"])
        assert sorted(seen) == ["1", "100", "101", "102", "103", "104"]
    for after in ("x", "WzFd", "W10"):
        assert ask("GET", f"{room}/officers", params={"after": after}).status_code == 422


def test_history_is_told_in_bulk_and_twice_is_once(ask: Ask, room: str, force: Staffed) -> None:
    """Shifts of officers within a span are what was told; told again, nothing changes."""
    shift = {
        "officer_id": str(force.rostered.id),
        "start": "2026-03-01T07:00:00Z",
        "end": "2026-03-01T17:00:00+01:00",
        "kind": "early",
        "code": "E",
    }
    span = {"start": "2026-03-01T00:00:00Z", "end": "2026-04-01T00:00:00Z"}
    body = span | {"officers": [str(force.rostered.id)], "shifts": [shift]}
    first = ask("PUT", f"{room}/history/worked", json=body)
    assert first.json() == {"kept": 1, "forgotten": 0, "unchanged": 0}
    again = ask("PUT", f"{room}/history/worked", json=body)
    assert again.json() == {"kept": 0, "forgotten": 0, "unchanged": 1}
    shifts = ask("GET", f"{room}/history/worked", params=span).json()["shifts"]
    assert shifts == [shift | {"end": "2026-03-01T16:00:00Z"}]
    assert ask("GET", f"{room}/history/published", params=span).json()["shifts"] == []
    years = {**shift, "end": "2036-03-01T16:00:00Z"}
    endless = ask("PUT", f"{room}/history/worked", json=body | {"shifts": [years]})
    assert endless.status_code == 422
    assert endless.json()["errors"][0]["words"] == "Give an instant at most 48 hours after start."
    backwards = body | {"start": span["end"], "end": span["start"], "shifts": []}
    assert ask("PUT", f"{room}/history/worked", json=backwards).status_code == 422
    stranger = body | {"officers": [str(force.other_rostered.id)], "shifts": []}
    assert ask("PUT", f"{room}/history/worked", json=stranger).status_code == 422


def test_files_are_looked_at_then_applied(ask: Ask, room: str) -> None:
    """The plan says what would change; applied, it is done; another plan than shown is refused."""
    text = "number,name,grade,employment,started\n1,Sam Hill,SO1,staff,2020-01-06\n"
    skills = "number,skill,from\n1,calls,2020-01-06\n"
    files = [("files", ("a.csv", text)), ("files", ("b.csv", skills))]
    given = ask("POST", f"{room}/people/imports", files=files)
    assert given.status_code == 201
    place, plan = given.headers["Location"], given.json()["plan"]
    assert plan["new_skills"] == ["calls"]
    assert plan["counts"]["officer"] == {"added": 0, "changed": 1, "ended": 0, "unchanged": 0}
    assert plan["changes"][0]["fields"] == [
        {"field": "name", "before": "Sam Field", "after": "Sam Hill"}
    ]
    assert plan["changes"][1] == {
        "kind": "skill",
        "number": "1",
        "what": "added",
        "fields": [
            {"field": "number", "before": None, "after": "1"},
            {"field": "skill", "before": None, "after": "calls"},
            {"field": "from_day", "before": None, "after": "2020-01-06"},
        ],
    }
    stale = ask("POST", f"{place}/apply", json={"fingerprint": "another"})
    assert stale.status_code == 412
    for _ in range(2):
        done = ask("POST", f"{place}/apply", json={"fingerprint": plan["fingerprint"]})
        assert done.status_code == 200
        assert done.json()["done"]["skill"]["added"] == 1
    assert ask("GET", place).json() == done.json()
    assert ask("GET", f"{room}/officers").json()["officers"][0]["name"] == "Sam Hill"


def test_files_with_a_bad_row_are_not_applied(ask: Ask, room: str) -> None:
    """The plan names each bad row, and applying it is refused in the same words."""
    files = [("files", ("a.csv", "number,system,id\n1,hr,A\n9,hr,B\n"))]
    given = ask("POST", f"{room}/people/imports", files=files)
    plan = given.json()["plan"]
    words = "The control room has no such officer."
    assert plan["refused"] == [{"file": "a.csv", "line": 3, "column": "number", "words": words}]
    place = given.headers["Location"]
    refused = ask("POST", f"{place}/apply", json={"fingerprint": plan["fingerprint"]})
    assert refused.status_code == 422
    assert refused.json()["errors"] == [{"field": "a.csv, line 3, number", "words": words}]
    assert ask("DELETE", place).status_code == 204
    assert ask("GET", place).status_code == 404


@pytest.mark.parametrize(
    "content", [b"number,system,id\n1,hr,\xff", b"\0\0", b"", b"\xef\xbb\xbf", b"PK\x03\x04\0"]
)
def test_what_is_no_file_of_people_is_refused(ask: Ask, room: str, content: bytes) -> None:
    """Other encodings, programs and empty files are one sentence each."""
    answer = ask("POST", f"{room}/people/imports", files=[("files", ("a.csv", content))])
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "a.csv"


def test_rooms_teams_and_skills_are_changed_by_those_who_may(
    client: TestClient, database: Database, force: Staffed, room: str, ask: Ask
) -> None:
    """A manager renames teams and skills; only an administrator makes or changes a room."""
    team = ask("POST", f"{room}/teams", json={"name": "Blue"})
    renamed = ask("PUT", team.headers["Location"], team.headers["ETag"], json={"name": "Green"})
    assert renamed.json()["name"] == "Green"
    assert ask("PUT", team.headers["Location"], team.headers["ETag"], json={"name": "X"}
               ).status_code == 412  # fmt: skip
    assert [each["name"] for each in ask("GET", f"{room}/teams").json()["teams"]] == ["Green"]
    new = {"name": "East", "zone": "Europe/London", "day_start_minutes": 420}
    assert ask("POST", "/api/v1/rooms", json=new).status_code == 403
    assert [each["name"] for each in ask("GET", "/api/v1/rooms").json()["rooms"]] == ["North"]
    head = token(database, force.administrator)
    made = client.post("/api/v1/rooms", json=new, headers=head)
    assert made.status_code == 201
    match = head | {"If-Match": made.headers["ETag"]}
    changed = client.put(made.headers["Location"], json=new | {"name": "Dale"}, headers=match)
    assert changed.json()["name"] == "Dale"
    names = [each["name"] for each in client.get("/api/v1/rooms", headers=head).json()["rooms"]]
    assert names == ["Dale", "North", "South"]


def test_nobody_reaches_past_their_room(
    client: TestClient, database: Database, force: Staffed, room: str
) -> None:
    """An officer reads no colleagues; another room's manager finds nothing, by any id."""
    officer = token(database, force.officer)
    assert client.get(f"{room}/officers", headers=officer).status_code == 403
    assert client.get(room, headers=officer).status_code == 200
    stranger = token(database, force.other_manager)
    south = f"/api/v1/rooms/{force.other_room.id}"
    for path in (f"{room}/officers", f"{south}/officers/{force.rostered.id}",
                 f"{south}/teams/{uuid4()}", f"{south}/people/imports/{uuid4()}"):  # fmt: skip
        assert client.get(path, headers=stranger).status_code == 404
