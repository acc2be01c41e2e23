"""A published roster is made again with the least change, every change told before it is made."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import numpy as np
import pytest
from fastapi.testclient import TestClient

from app import clock
from app.db.transaction import Database
from app.errors import Conflict, InvalidInput, NotFound, Unlawful
from app.leave import service as leave
from app.rosters import service as rosters
from rostering.problem import REST, Choices, Problem
from tests.app.callers import signed_in
from tests.app.rosters.rooms import (
    DAYS,
    EARLY,
    FIRST,
    PLAIN,
    Rostered,
    asked,
    cells,
    drafted,
    in_order,
    read,
    rostered,
)

NOW = datetime(2027, 1, 6, 10, tzinfo=UTC)
"""The Wednesday of the roster's first week."""

BEFORE = datetime(2026, 11, 1, tzinfo=UTC)
THURSDAY = FIRST + timedelta(days=3)
FRIDAY = FIRST + timedelta(days=11)
LEFT = DAYS - 3
STANDS: Choices = PLAIN.copy()
"""Officer 1 works on the second Saturday in place of the Friday before."""
STANDS[1, 11:13] = (REST, EARLY)


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    """Everything happens on the third day of the roster."""
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def room(database: Database) -> Rostered:
    """A room with shifts and a need."""
    return rostered(database)


@pytest.fixture
def stands(database: Database, room: Rostered) -> rosters.Roster:
    """The roster, published long before; somebody is away on its second Friday."""
    with clock.stopped_at(BEFORE):
        roster = drafted(database, room, STANDS)
        publish(database, room, roster)
    absent = leave.AbsenceDetails("absent", FRIDAY, FRIDAY)
    with database.write() as transaction:
        leave.record_absence(transaction, room.room_id, room.officers[0].id, absent, room.by)
    return read(database, room, roster.id)


def publish(
    database: Database, room: Rostered, roster: rosters.Roster, why: rosters.Why = rosters.UNSAID
) -> None:
    """Bring a roster into force."""
    kept = read(database, room, roster.id)
    with database.write() as transaction:
        rosters.publish(transaction, room.room_id, kept.id, kept.version, "New.", room.by, why)


def again(
    database: Database, room: Rostered, stands: rosters.Roster, **wanted: object
) -> rosters.Roster:
    """The rest of the roster, asked for with the least change; no search has run yet."""
    said = {"first_day": THURSDAY, "days": LEFT, "like": stands.id, "least_change": True}
    return asked(database, room, **(said | wanted))[0]


def ended(database: Database, room: Rostered, made: rosters.Roster, choices: Choices) -> None:
    """Let the search end with a roster."""
    with database.write() as transaction:
        task = rosters.task(transaction, room.room_id, made.job_id)
        assert task is not None
        found = in_order(room, task, choices)
        rosters.finish(transaction, task, found, rosters.Figures(1.0, 0, None, 1.0, 0), "time")


def problem_of(database: Database, room: Rostered, made: rosters.Roster) -> Problem:
    """What a roster is made from."""
    with database.read() as reading:
        task = rosters.task(reading, room.room_id, made.job_id)
    assert task is not None
    return task.problem


def swapped() -> Choices:
    """What is left of the roster, with 1 on the Friday that 0 is away, not the day after."""
    choices = STANDS[:, 3:].copy()
    choices[0, 8] = REST
    choices[1, 8:10] = (EARLY, REST)
    return np.asarray(choices, dtype=np.int16)


@pytest.fixture
def made(database: Database, room: Rostered, stands: rosters.Roster) -> rosters.Roster:
    """A roster made again, of which a search has ended."""
    new = again(database, room, stands)
    ended(database, room, new, swapped())
    return read(database, room, new.id)


def test_the_search_begins_from_what_stands(
    database: Database, room: Rostered, stands: rosters.Roster
) -> None:
    """Days before tomorrow are history; the rest is told at its notice, but for what is lost."""
    new = again(database, room, stands)
    problem = problem_of(database, room, new)
    assert (problem.first_day, problem.days) == (THURSDAY, LEFT)
    one = problem.officers[problem.officer_index[str(room.officers[2].id)]]
    assert [tour.day for tour in one.history] == [-3, -2, -1]
    assert [one.told[day].shift for day in range(5)] == ["E", "E", None, None, "E"]
    assert [one.told[day].notice for day in range(3)] == [0, 1, 2]
    assert one.told[2].percent == 200  # staff, under 5 days: pay and the same time off
    absent = problem.officers[problem.officer_index[str(room.officers[0].id)]]
    assert sorted(set(range(LEFT)) - absent.told.keys()) == [8]
    for officer in problem.officers:
        minutes = 480 * sum(told.shift is not None for told in officer.told.values())
        assert officer.least_minutes <= minutes <= officer.most_minutes
    left = {cell: code for cell, code in cells(database, room, stands.id).items()
            if cell[1] >= THURSDAY and cell != (room.officers[0].id, FRIDAY)}  # fmt: skip
    assert cells(database, room, new.id) == left
    assert new.again_of == stands.id


def test_nobody_has_been_told_of_a_draft(database: Database, room: Rostered) -> None:
    """A draft made again changes as little as possible, but nobody is owed anything for it."""
    draft = drafted(database, room)
    problem = problem_of(database, room, again(database, room, draft))
    assert {told.percent for each in problem.officers for told in each.told.values()} == {0}
    assert min(told.notice for each in problem.officers for told in each.told.values()) >= 365


def test_every_change_has_its_reason_and_its_price(
    database: Database, room: Rostered, made: rosters.Roster
) -> None:
    """Who is away, who covers them, and what could be taken back; with notice and what is due."""
    with database.read() as reading:
        found = rosters.proposal(reading, room.room_id, made.id)
    said = [(each.name, each.cause, each.words) for each in found.changed]
    assert said[0] == ("Officer 0", "lost", "Officer 0 is away.")
    assert said[1] == (
        "Officer 1", "covers", "Covers Officer 0, Friday 15 January 07:00 to 15:00."
    )  # fmt: skip
    assert said[2][:2] == ("Officer 1", "rule")
    assert said[2][2].startswith("Otherwise Officer 1 has 64 h in this period;")
    assert found.lost == 1
    kinds = [
        (each.judged.due.kind, each.judged.due.notice) for each in found.changed if each.judged
    ]
    assert kinds == [("stood_down", 8), ("rest_day_worked", 8), ("stood_down", 9)]


def test_some_of_it_is_put_back(database: Database, room: Rostered, made: rosters.Roster) -> None:
    """A change that is put back is a hand edit of the draft: its effect first, and undone alike."""
    friday, saturday = ((room.officers[1].id, FRIDAY + timedelta(days=n)) for n in range(2))
    with database.read() as reading:
        alone = rosters.try_back(reading, room.room_id, made.id, [saturday])
        both = rosters.try_back(reading, room.room_id, made.id, [friday, saturday])
    assert not alone.effect.is_allowed
    assert both.effect.is_allowed

    def put_back(*back: tuple[UUID, date]) -> None:
        kept = read(database, room, made.id)
        with database.write() as transaction:
            rosters.put_back(transaction, room.room_id, made.id, kept.version, back, room.by)

    with pytest.raises(Unlawful):
        put_back((room.officers[0].id, FRIDAY))
    put_back(friday, saturday)
    assert saturday in cells(database, room, made.id)
    assert friday not in cells(database, room, made.id)
    kept = read(database, room, made.id)
    with database.write() as transaction:
        rosters.undo(transaction, room.room_id, made.id, kept.version, room.by)
    assert friday in cells(database, room, made.id)


def test_days_that_are_left_alone_are_published_again(
    database: Database, room: Rostered, made: rosters.Roster, stands: rosters.Roster
) -> None:
    """Publishing it tells two people of three days, and the roster before it stays in force."""
    with database.read() as reading:
        seen = rosters.preview(reading, room.room_id, made.id)
    assert sorted(each.day for each in seen.changes) == [FRIDAY, FRIDAY, FRIDAY + timedelta(days=1)]
    publish(database, room, made, rosters.Why("agreement"))
    assert read(database, room, stands.id).state == "published"
    with pytest.raises(Conflict, match="A later roster is in force"):
        again(database, room, stands)


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"first_day": THURSDAY - timedelta(days=1), "days": LEFT + 1}, "first_day"),
        ({"days": LEFT - 1}, "days"),
        ({"first_day": FIRST + timedelta(days=DAYS), "days": 1}, "first_day"),
    ],
)
def test_only_what_is_left_is_made_again(
    database: Database, room: Rostered, wanted: dict[str, object], field: str
) -> None:
    """A day that has begun, or an end that is not the roster's, is refused by its field."""
    roster = drafted(database, room)
    with pytest.raises((InvalidInput, Conflict)) as refused:
        again(database, room, roster, **wanted)
    if isinstance(refused.value, InvalidInput):
        assert refused.value.places[0].field == field


def test_a_roster_that_is_over_is_not_made_again(
    database: Database, room: Rostered, stands: rosters.Roster
) -> None:
    """Nothing of a roster whose last day has begun can change."""
    with (
        clock.stopped_at(datetime(2027, 1, 17, 10, tzinfo=UTC)),
        pytest.raises(Conflict, match="over"),
    ):
        again(database, room, stands, first_day=FIRST + timedelta(days=13), days=1)


def test_a_roster_made_afresh_proposes_nothing(
    database: Database, room: Rostered, stands: rosters.Roster
) -> None:
    """What was not made again from another roster has no changes to list."""
    with database.read() as reading, pytest.raises(NotFound):
        rosters.proposal(reading, room.room_id, stands.id)


def test_a_manager_reads_and_decides(
    database: Database,
    client: TestClient,
    room: Rostered,
    stands: rosters.Roster,
    made: rosters.Roster,
) -> None:
    """The form offers what is left; the page lists the changes and puts some back, tried first."""
    browser = signed_in(client, room.force.manager)
    home = f"/rooms/{room.room_id}/rosters"
    form = browser.get(f"{home}/new", params={"like": str(stands.id), "again": "yes"}).text
    assert 'value="2027-01-07"' in form
    assert "As little as possible changes" in form
    assert "Make again" in browser.get(f"{home}/{stands.id}").text
    assert "What changes" in browser.get(f"{home}/{made.id}").text
    page = browser.get(f"{home}/{made.id}/proposal")
    assert "1 day has to change and 2 other days would, for 2 people." in page.text
    back = [f"{room.officers[1].id}/{FRIDAY + timedelta(days=n)}" for n in range(2)]
    refused = browser.get(f"{home}/{made.id}/proposal", params={"back": back[1:]}).text
    assert "Not kept: Officer 1 has 64 h" in refused
    assert "Put them back" not in refused
    tried = browser.get(f"{home}/{made.id}/proposal", params={"back": back}).text
    assert "Put them back" in tried
    browser.post(f"{home}/{made.id}/proposal/back", data={"version": made.version, "back": back})
    told = browser.get(f"/api/v1/rooms/{room.room_id}/rosters/{made.id}/proposal").json()
    assert [each["cause"] for each in told["changes"]] == ["lost"]
    assert told["stands"] == str(stands.id)


def test_a_system_asks_for_it(
    database: Database, client: TestClient, room: Rostered, stands: rosters.Roster
) -> None:
    """What is left of a roster is asked for by its id, as any roster is."""
    browser = signed_in(client, room.force.manager)
    body = {"first_day": THURSDAY.isoformat(), "days": LEFT, "like": str(stands.id)}
    answer = browser.post(
        f"/api/v1/rooms/{room.room_id}/rosters",
        json={**body, "least_change": True},
        headers={"Idempotency-Key": "again"},
    )
    assert answer.status_code == 202
    assert answer.json()["again_of"] == str(stands.id)
