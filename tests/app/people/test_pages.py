"""The pages of people: found, read, changed, imported."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from app import clock
from app.db.transaction import Database
from app.people import service as people
from tests.app.callers import Staffed, signed_in
from tests.app.people.rooms import details, tour

PERSON = {
    "name": "Kit Lund",
    "number": "77",
    "grade": "SO1",
    "employment": "staff",
    "started": "2024-01-01",
    "left": "",
    "team_id": "",
}
OFFICERS = "number,name,grade,employment,started,left,team\n1,Sam Hill,SO2,staff,2020-01-06,,Blue\n"


@pytest.fixture
def home(force: Staffed) -> str:
    """The address of the room's people."""
    return f"/rooms/{force.room.id}/people"


def words(answer: Response) -> str:
    """What a page says, without its marks."""
    text = re.sub(r"<[^>]*>", " ", answer.text)
    return re.sub(r"\s+", " ", text)


def hidden(answer: Response, name: str) -> str:
    """The value of a hidden field."""
    found = re.search(rf'name="{name}" value="([^"]*)"', answer.text)
    assert found is not None
    return found[1]


def test_someone_is_added_and_found(manager: TestClient, home: str) -> None:
    """The form leads to the person's page; the list finds them, and says what they lack."""
    assert manager.get(f"{home}/new").status_code == 200
    added = manager.post(home, data=PERSON)
    assert added.status_code == 303
    assert "Kit Lund" in words(manager.get(added.headers["Location"]))
    listed = words(manager.get(home))
    assert "2 people, all police staff." in listed
    assert "2 people without a skill and 2 people without a contract" in listed
    found = words(manager.get(home, params={"text": "lund"}))
    assert "1 person found" in found
    assert "Sam Field" not in found
    assert "No one fits these filters." in words(manager.get(home, params={"left": "1"}))


def test_the_next_published_shift_comes_first(
    database: Database, client: TestClient, force: Staffed, home: str
) -> None:
    """Published shifts are told from now on in their order, worked ones the latest first."""
    officer = force.rostered.id
    with database.write() as transaction:
        for state, days in (("worked", (2, 4)), ("published", (2, 4, 12, 14))):
            people.set_history(
                transaction,
                force.room.id,
                state,  # type: ignore[arg-type]
                [officer],
                people.Span(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC)),
                [tour(officer, day) for day in days],
            )
    with clock.stopped_at(datetime(2026, 3, 10, 12, tzinfo=UTC)):
        said = words(signed_in(client, force.manager).get(f"{home}/{officer}"))
    days = [re.findall(r"\d+ March", part) for part in said.split("Published")[-1].split("Worked")]
    assert days[0] == ["12 March", "14 March"]
    assert [day for part in days[1:] for day in part] == ["4 March", "2 March"]


def test_a_long_list_says_which_part_it_shows(
    database: Database, manager: TestClient, force: Staffed, home: str
) -> None:
    """Of more people than a page holds, it says from which to which."""
    with database.write() as transaction:
        for number in range(100):
            people.add_officer(transaction, force.room.id, details(f"M{number}"))
    assert "101 people, 1 to 100" in words(manager.get(home))
    assert "101 people, 101 to 101" in words(manager.get(home, params={"skip": "100"}))


def test_what_is_wrong_is_said_at_its_field(manager: TestClient, home: str) -> None:
    """A bad day and a number that is taken come back with what was typed."""
    wrong = manager.post(home, data=PERSON | {"started": "soon", "left": "2020-02-30"})
    assert wrong.status_code == 422
    assert words(wrong).count("Give a day, such as 2026-11-29.") == 4
    assert 'value="Kit Lund"' in wrong.text
    nameless = words(manager.post(home, data=PERSON | {"name": " "}))
    assert "Fill this in." in nameless
    taken = manager.post(home, data=PERSON | {"number": "1"})
    assert "already has an officer with the number 1" in words(taken)


def test_the_second_of_two_sees_both_versions(
    manager: TestClient, home: str, force: Staffed
) -> None:
    """Who was slower is shown what is kept and what they typed, and can keep theirs."""
    place = f"{home}/{force.rostered.id}/change"
    version = hidden(manager.get(place), "version")
    first = manager.post(place, data=PERSON | {"version": version, "name": "Sam Hill"})
    assert first.status_code == 303
    second = manager.post(place, data=PERSON | {"version": version, "name": "Sam Dale"})
    assert second.status_code == 412
    assert "Someone else changed this person first." in words(second)
    assert "Name Sam Hill Sam Dale" in words(second)
    again = PERSON | {"version": hidden(second, "version"), "name": "Sam Dale"}
    assert manager.post(place, data=again).status_code == 303
    assert "Sam Dale" in words(manager.get(place))


def test_skills_and_contracts_are_changed_as_lists(
    manager: TestClient, home: str, force: Staffed, database: Database
) -> None:
    """Lines are added and taken away; a line that cannot be is marked at its field."""
    manager.post(f"{home}/skills", data={"code": "calls", "skill_name": "Call taking"})
    with database.read() as reading:
        (skill,) = people.skills(reading, force.force.id)
    place = f"{home}/{force.rostered.id}"
    form = manager.get(f"{place}/skills")
    line = {"version": hidden(form, "version"), "skill-0": "", "from-0": "", "until-0": ""}
    line |= {"skill-1": str(skill.id), "from-1": "2024-01-01", "until-1": ""}
    wrong = manager.post(f"{place}/skills", data=line | {"until-1": "2023-01-01"})
    assert wrong.status_code == 422
    assert 'id="e-until-1"' in wrong.text
    assert manager.post(f"{place}/skills", data=line).status_code == 303
    assert "calls Monday 1 January 2024 further notice" in words(manager.get(place))
    assert manager.post(f"{place}/skills", data=line).status_code == 412
    form = manager.get(f"{place}/contracts")
    line = {"version": hidden(form, "version"), "hours-0": "37.5", "from-0": "2024-01-01"}
    for hours in ("many", "1e999999", "169"):
        wrong = manager.post(f"{place}/contracts", data=line | {"hours-0": hours})
        assert (wrong.status_code, 'id="e-hours-0"' in wrong.text) == (422, True), hours
    assert manager.post(f"{place}/contracts", data=line).status_code == 303
    assert "37.5 hours a week" in words(manager.get(place))
    form = manager.get(f"{place}/outside-ids")
    line = {"version": hidden(form, "version"), "system-0": "hr", "id-0": "A-1"}
    assert manager.post(f"{place}/outside-ids", data=line).status_code == 303
    assert "hr A-1" in words(manager.get(place))


def test_teams_and_skills_are_added_and_renamed(manager: TestClient, home: str) -> None:
    """A new name is told; one that is taken or blank is refused where it was said."""
    assert manager.post(f"{home}/teams", data={"team_name": "Blue"}).status_code == 303
    shown = manager.get(f"{home}/groups")
    place = re.search(r'action="([^"]*/teams/[0-9a-f-]{36})"', shown.text)
    assert place is not None
    change = {"version": hidden(shown, "version"), "name": "Green"}
    assert manager.post(place[1], data=change).status_code == 303
    assert 'value="Green"' in manager.get(f"{home}/groups").text
    assert manager.post(place[1], data=change).status_code == 412
    assert manager.post(f"{home}/teams", data={"team_name": "Green"}).status_code == 409
    assert manager.post(f"{home}/skills", data={"code": " "}).status_code == 422
    earned = {"code": "two-years", "after_months": "24"}
    refused = manager.post(f"{home}/skills", data=earned | {"after_months": "two"})
    assert refused.status_code == 422
    assert 'href="#f-after_months"' in refused.text
    assert manager.post(f"{home}/skills", data=earned).status_code == 303
    assert "earned by 24 months of service" in words(manager.get(f"{home}/groups"))


def test_files_are_looked_at_then_imported(manager: TestClient, home: str) -> None:
    """The page tells each change before and after; Import does it; again there is nothing to do."""
    assert manager.get(f"{home}/import").status_code == 200
    file = {"officers": ("people.csv", OFFICERS, "text/csv")}
    given = manager.post(f"{home}/import", files=file)
    assert given.status_code == 303
    place = given.headers["Location"]
    plan = manager.get(place)
    assert "1 person changed." in words(plan)
    assert "name: Sam Field → Sam Hill" in words(plan)
    assert "made with it: the team Blue" in words(plan)
    stale = manager.post(place, data={"fingerprint": "another"})
    assert "People changed meanwhile" in words(manager.get(stale.headers["Location"]))
    manager.post(place, data={"fingerprint": hidden(plan, "fingerprint")})
    assert "Imported. 1 person changed." in words(manager.get(place))
    again = manager.post(f"{home}/import", files=file)
    assert "Everything is already so." in words(manager.get(again.headers["Location"]))
    aside = manager.post(f"{again.headers['Location']}/aside")
    assert aside.headers["Location"] == home
    assert manager.get(again.headers["Location"]).status_code == 404


def test_files_that_cannot_be_used_change_nothing(manager: TestClient, home: str) -> None:
    """A file of something else is one sentence; a bad row is told with its line; no Import."""
    nothing = manager.post(f"{home}/import", data={"csrf": manager.headers["X-CSRF-Token"]})
    assert "Give at least one file." in words(nothing)
    other = {"officers": ("pay.csv", "a,b\n", "text/csv")}
    assert "pay.csv: Its first line must name columns" in words(
        manager.post(f"{home}/import", files=other)
    )
    bad = {"officers": ("people.csv", OFFICERS.replace("staff", "guard"), "text/csv")}
    plan = manager.get(manager.post(f"{home}/import", files=bad).headers["Location"])
    assert "1 field cannot be used, so nothing can be imported yet." in words(plan)
    assert "people.csv 2 employment Give officer or staff." in words(plan)
    assert 'name="fingerprint"' not in plan.text


def test_an_empty_room_says_what_comes_next(
    client: TestClient, force: Staffed, database: Database
) -> None:
    """A room without people names what is missing, and the one next step."""
    with database.write() as transaction:
        room = people.create_room(transaction, force.force.id, "West", "Europe/London", 420)
    administrator = signed_in(client, force.administrator)
    shown = words(administrator.get(f"/rooms/{room.id}/people"))
    assert "Nobody works here yet" in shown
    assert "Import files" in shown


def test_an_officer_sees_no_page_of_people(client: TestClient, force: Staffed, home: str) -> None:
    """Colleagues' details are for those who plan."""
    officer = signed_in(client, force.officer)
    for path in ("", "/new", "/groups", "/import", f"/{force.rostered.id}"):
        assert officer.get(f"{home}{path}").status_code == 403
