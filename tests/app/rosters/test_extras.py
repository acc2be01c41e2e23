"""Extra work: what is welcome, whose turn it is, and that it is kept, told and undone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from app import clock
from app.db.transaction import Database
from app.errors import Conflict, InvalidInput, NotFound
from app.people import service as people
from app.preferences import service as preferences
from app.preferences.service import ExtraOfferDetails
from app.rosters import service as rosters
from app.rosters.service import ExtraPlan, Roster
from app.rosters.views.extras import plan_view
from rostering.cover_grid import Counting
from rostering.standing import Standing
from tests.app.callers import signed_in, token
from tests.app.rosters.rooms import (
    DAYS,
    FIRST,
    Rostered,
    asked,
    drafted,
    officer_browser,
    read,
    rostered,
)

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
LAST = FIRST + timedelta(days=DAYS - 1)
SATURDAYS = ExtraOfferDetails(FIRST, LAST, 16 * 60, weekdays=(5,), kinds=("early",))


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    """Let it be early December."""
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def room(database: Database) -> Rostered:
    """The small room."""
    return rostered(database)


def offered(database: Database, room: Rostered, place: int, said: ExtraOfferDetails) -> None:
    """Extra work that an officer welcomes."""
    with database.write() as transaction:
        preferences.offer_extra(transaction, room.room_id, room.officers[place].id, said)


def planned(database: Database, room: Rostered, roster: Roster) -> ExtraPlan:
    """The plan for a roster as it stands."""
    with database.read() as reading:
        return rosters.extra_plan(reading, room.room_id, roster.id)


def given(database: Database, room: Rostered, roster: Roster, number: int) -> Roster:
    """The roster with the first so many of the plan given."""
    plan = planned(database, room, roster)
    date_of = plan.desk.problem.date_of
    names = {str(each.id): each.id for each in room.officers}
    wanted = [(names[each.officer], date_of(each.day)) for each in plan.extras[:number]]
    with database.write() as transaction:
        changed, _ = rosters.give_extras(
            transaction, room.room_id, roster.id, roster.version, wanted, room.by
        )
    return changed


def test_who_welcomes_it_comes_first_and_then_whose_turn_it_is(
    database: Database, room: Rostered
) -> None:
    """Extra shifts that are welcome stand before those that are mandated, each in its order."""
    offered(database, room, 4, SATURDAYS)
    plan = planned(database, room, drafted(database, room))
    grounds = [each.ground for each in plan.extras]
    assert grounds == sorted(grounds, reverse=True)
    welcome = [each for each in plan.extras if each.ground == "welcome"]
    assert {each.officer for each in welcome} == {str(room.officers[4].id)}
    assert {plan.desk.problem.date_of(each.day).weekday() for each in welcome} == {5}
    assert sum(each.minutes for each in welcome) <= 16 * 60
    assert plan.missing_after < plan.missing_before


def test_given_shifts_are_beyond_the_contract_and_undone_as_any_edit(
    database: Database, room: Rostered
) -> None:
    """The roster stays lawful, its officers owe more hours, the next plan knows; undo ends it."""
    roster = drafted(database, room)
    changed = given(database, room, roster, 2)
    plan = planned(database, room, changed)
    assert plan.desk.standing.hard == ()
    assert len(plan.given) == 2
    assert {each.minutes for each in plan.order[-2:]} == {each.minutes for each in plan.given}
    before = planned(database, room, changed).desk.problem
    with database.write() as transaction:
        back = rosters.undo(transaction, room.room_id, roster.id, changed.version, room.by)
    after = planned(database, room, back)
    assert after.given == ()
    assert sum(o.most_minutes for o in before.officers) - sum(
        o.most_minutes for o in after.desk.problem.officers
    ) == sum(each.minutes for each in plan.given)


def test_a_shift_that_is_taken_away_by_hand_counts_no_more(
    database: Database, room: Rostered
) -> None:
    """The ledger holds what is worked, not what was once given."""
    changed = given(database, room, drafted(database, room), 1)
    (shift,) = planned(database, room, changed).given
    with database.write() as transaction:
        rosters.edit(
            transaction,
            room.room_id,
            changed.id,
            changed.version,
            [rosters.DayChange(shift.officer_id, shift.day, None)],
            room.by,
        )
    assert planned(database, room, read(database, room, changed.id)).given == ()


def test_the_ledger_is_of_published_rosters(database: Database, room: Rostered) -> None:
    """A draft mandates nobody; once published the hours stand in the order and with the officer."""
    changed = given(database, room, drafted(database, room), 1)

    def mandated() -> dict[str, int]:
        with database.read() as reading:
            found = rosters.ledger(reading, room.room_id)["mandated"]
        return {each.officer: each.minutes for each in found if each.minutes}

    assert mandated() == {}
    (shift,) = planned(database, room, changed).given
    with database.write() as transaction:
        rosters.publish(transaction, room.room_id, changed.id, changed.version, "New year", room.by)
    assert mandated() == {str(shift.officer_id): shift.minutes}
    with database.read() as reading:
        own, place, number = rosters.own_extras(reading, room.room_id, shift.officer_id)
    assert own == (shift,)
    assert (place, number) == (len(room.officers), len(room.officers))


def test_only_what_is_planned_can_be_given(database: Database, room: Rostered) -> None:
    """None, and a shift that nobody proposed, are refused and change nothing."""
    roster = drafted(database, room)
    for wanted, error in (([], InvalidInput), ([(room.officers[0].id, FIRST)], Conflict)):
        with database.write() as transaction, pytest.raises(error):
            rosters.give_extras(
                transaction, room.room_id, roster.id, roster.version, wanted, room.by
            )
    assert read(database, room, roster.id).version == roster.version


def test_what_is_used_up_is_no_longer_welcome(database: Database, room: Rostered) -> None:
    """Hours that were given are taken off those that are welcome."""
    offered(database, room, 4, replace(SATURDAYS, minutes=8 * 60))
    changed = given(database, room, drafted(database, room), 1)
    plan = planned(database, room, changed)
    assert [each.ground for each in plan.given] == ["welcome"]
    assert all(each.ground == "mandated" for each in plan.extras)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (replace(SATURDAYS, minutes=30), "minutes"),
        (replace(SATURDAYS, until_day=FIRST - timedelta(days=1)), "until_day"),
        (replace(SATURDAYS, until_day=FIRST + timedelta(days=400)), "until_day"),
        (replace(SATURDAYS, weekdays=(7,)), "weekdays"),
        (replace(SATURDAYS, kinds=("noon",)), "kinds"),
    ],
)
def test_an_offer_that_cannot_be_is_refused(
    database: Database, room: Rostered, said: ExtraOfferDetails, field: str
) -> None:
    """The field at fault is named and nothing is kept."""
    with pytest.raises(InvalidInput) as error:
        offered(database, room, 0, said)
    assert [place.field for place in error.value.places] == [field]


def test_offers_are_few_and_an_officers_own(database: Database, room: Rostered) -> None:
    """Five at a time; taken back by nobody else."""
    for _ in range(5):
        offered(database, room, 0, SATURDAYS)
    with pytest.raises(Conflict):
        offered(database, room, 0, SATURDAYS)
    with database.write() as transaction:
        mine = preferences.offers_of(transaction, room.room_id, room.officers[0].id)
        with pytest.raises(NotFound):
            preferences.withdraw_extra(transaction, room.room_id, room.officers[1].id, mine[0].id)


def test_a_manager_gives_extra_shifts_on_a_page(
    client: TestClient, database: Database, room: Rostered
) -> None:
    """The plan says who, how and why; the chosen are given; the order stands below."""
    offered(database, room, 4, SATURDAYS)
    roster = drafted(database, room)
    manager = signed_in(client, room.force.manager)
    place = f"/rooms/{room.room_id}/rosters/{roster.id}/extra"
    page = manager.get(place).text
    assert "would bring what is missing from" in page
    assert "Extra work is welcome then" in page
    keys = re.findall(r'name="shifts" value="([^"]+)"', page)
    form = {"version": str(roster.version), "shifts": keys[:2]}
    assert manager.post(place, data=form).status_code == 303
    page = manager.get(place).text
    assert "No extra shift has been given." not in page
    assert "Somebody changed" in manager.post(place, data=form).text
    wrong = {"version": str(roster.version + 1), "shifts": ["x"]}
    assert "Choose some of these." in manager.post(place, data=wrong).text


def test_an_officer_says_what_is_welcome_on_a_phone(
    client: TestClient, database: Database, room: Rostered
) -> None:
    """Said, shown, taken back, brought back; below stand the order and what was had."""
    officer = officer_browser(database, client, room, 0)
    page = officer.get("/my/extra").text
    assert "You have not said that extra work is welcome." in page
    assert f"Of {len(room.officers)} people you are number" in page
    form = {"from_day": "2027-01-04", "until_day": "2027-01-31", "hours": "24", "weekdays": "5"}
    assert officer.post("/my/extra", data=form).status_code == 303
    page = officer.get("/my/extra").text
    assert "Any shift, Saturdays" in page
    (offer,) = re.findall(r"/my/extra/([0-9a-f-]+)/withdraw", page)
    gone = officer.post(f"/my/extra/{offer}/withdraw")
    page = officer.get(gone.headers["location"]).text
    assert "It is taken back." in page
    assert 'name="hours" value="24"' in page
    for change, said in (
        ({"hours": "x"}, "Give a whole number of hours"),
        ({"hours": "0"}, "Give 1 to 400 hours."),
        ({"from_day": "x"}, "Give a day, such as"),
        ({"until_day": "2026-01-01"}, "Give a day from the first on"),
    ):
        answer = officer.post("/my/extra", data=form | change)
        assert answer.status_code == 422
        assert said in answer.text


def test_contracts_decide_whose_turn_it_is(database: Database, room: Rostered) -> None:
    """Who has no contract on the day has no turn."""
    with database.read() as reading:
        order = rosters.ledger(reading, room.room_id)["mandated"]
        contracts = people.contracts_of(reading, room.room_id)
    assert {each.officer for each in order} == {str(whose) for whose in contracts}


@pytest.mark.parametrize("again", [False, True])
def test_extra_work_stays_where_a_roster_is_gone_on_from(
    database: Database, room: Rostered, again: bool
) -> None:
    """An improved roster, and one made again, begin with the extra shifts, their hours and pins."""
    changed = given(database, room, drafted(database, room), 2)
    before = planned(database, room, changed).given
    new, job = asked(database, room, like=changed.id, least_change=again)
    with database.read() as reading:
        task = rosters.task(reading, room.room_id, job.id)
        opened = rosters.opened(reading, room.room_id, new.id)
    assert task is not None
    assert task.start is not None
    was = planned(database, room, changed).desk.problem.officers
    assert [officer.most_minutes for officer in opened.problem.officers] == [
        officer.most_minutes for officer in was
    ]
    cells = [(each.officer_id, each.day, each.code, each.minutes) for each in before]
    assert {(pin.officer_id, pin.day) for pin in opened.pins} == {cell[:2] for cell in cells}
    assert Standing.of(Counting.of(task.problem), task.start).hard == ()
    with database.write() as transaction:
        figures = rosters.Figures(1.0, 0, None, 1.0, 0)
        rosters.finish(transaction, task, task.start, figures, "time")
    kept = read(database, room, new.id)
    after = planned(database, room, kept).given
    assert [(it.officer_id, it.day, it.code, it.minutes) for it in after] == cells
    with database.write() as transaction:
        back = rosters.undo(transaction, room.room_id, new.id, kept.version, room.by)
    with database.read() as reading:
        assert rosters.opened(reading, room.room_id, back.id).pins == ()
    assert planned(database, room, back).given == ()


def test_the_plan_says_whose_the_shifts_would_be(
    database: Database, client: TestClient, room: Rostered
) -> None:
    """All mandated, all welcome, or some of each; nothing is proposed while a roster is made."""
    roster = drafted(database, room)
    manager = signed_in(client, room.force.manager)
    where = f"/rooms/{room.room_id}/rosters/{roster.id}/extra"
    told = manager.get(where).text
    assert re.search(r"Nobody welcomes extra work then. All \d+ would be mandated, in turn.", told)
    offered(database, room, 4, SATURDAYS)
    assert re.search(r"[12] would be welcome, \d+ mandated in turn.", manager.get(where).text)
    plan = planned(database, room, roster)
    some = replace(plan, extras=plan.extras[:1])
    assert plan_view(some, {each.id: "" for each in room.officers}).good.endswith(
        "It would be welcome."
    )
    made, _ = asked(database, room)
    page = manager.get(f"/rooms/{room.room_id}/rosters/{made.id}/extra").text
    assert "Extra work is proposed once the search has ended." in page
    with database.read() as reading, pytest.raises(Conflict, match="being made"):
        rosters.extra_plan(reading, room.room_id, made.id)


def test_systems_read_the_plan_and_give_of_it(
    database: Database, client: TestClient, room: Rostered
) -> None:
    """A plan with its version, shifts given by it, and the ledger once they are published."""
    system = token(database, room.force.system)
    roster = drafted(database, room)
    where = f"/api/v1/rooms/{room.room_id}/rosters/{roster.id}/extra-work"
    plan = client.get(where, headers=system)
    first = plan.json()["proposed"][0]
    assert first["ground"] == "mandated"
    assert plan.json()["missing_minutes_after"] < plan.json()["missing_minutes"]
    body = {"shifts": [{"officer_id": first["officer_id"], "day": first["day"]}]}
    keyed = {**system, "Idempotency-Key": "extra", "If-Match": plan.headers["ETag"]}
    given_now = client.post(where, json=body, headers=keyed)
    assert given_now.status_code == 201
    assert [each["code"] for each in given_now.json()["given"]] == [first["code"]]
    assert client.post(where, json=body, headers=keyed).json() == given_now.json()
    keyed["Idempotency-Key"] = "twice"
    assert client.post(where, json=body, headers=keyed).status_code == 412
    kept = read(database, room, roster.id)
    with database.write() as transaction:
        rosters.publish(transaction, room.room_id, roster.id, kept.version, "First.", room.by)
    ledger = client.get(f"/api/v1/rooms/{room.room_id}/extra-work", headers=system).json()
    assert sum(each["minutes"] for each in ledger["mandated"]) == first["minutes"]
    assert {each["officer_id"] for each in ledger["mandated"]} == {
        str(each.id) for each in room.officers
    }


def test_an_officer_welcomes_extra_work_by_the_programming_interface(
    database: Database, client: TestClient, room: Rostered
) -> None:
    """What is welcome is said, read with one's place in the order, and taken back."""
    officer = officer_browser(database, client, room, 3)
    said = {"from_day": FIRST.isoformat(), "until_day": LAST.isoformat(), "minutes": 960}
    made = officer.post(
        "/api/v1/me/extra-work/offers",
        json={**said, "weekdays": [5], "kinds": ["early"]},
        headers={"Idempotency-Key": "offer"},
    )
    assert made.status_code == 201
    mine = officer.get("/api/v1/me/extra-work").json()
    assert [each["weekdays"] for each in mine["offers"]] == [[5]]
    assert (mine["place"], mine["people"]) != (0, 0)
    gone = officer.delete(f"/api/v1/me/extra-work/offers/{made.json()['id']}")
    assert gone.status_code == 204
    assert officer.get("/api/v1/me/extra-work").json()["offers"] == []
