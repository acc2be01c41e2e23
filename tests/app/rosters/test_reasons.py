"""Why wishes are not met: worked out by a job, told to officers without names, to managers with."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import numpy as np
import pytest
from fastapi.testclient import TestClient

from app import clock
from app.db.transaction import Database
from app.jobs import service as jobs
from app.preferences import service as preferences
from app.preferences.service import LongWishDetails, RoundDetails
from app.rosters import service as rosters
from rostering.problem import REST
from tests.app.callers import signed_in, token
from tests.app.rosters.rooms import (
    DAYS,
    EARLY,
    FIRST,
    PLAIN,
    Rostered,
    change,
    drafted,
    explained,
    officer_browser,
    read,
    rostered,
)

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
CLOSES = datetime(2026, 12, 20, tzinfo=UTC)
OWN = rosters.Why("own_request")
ANOTHER = re.compile(r"Officer \d")


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    """Let it be early December."""
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def room(database: Database) -> Rostered:
    """A room that needs one person at all times; an officer wishes for this, another for that."""
    room = rostered(database)
    with database.write() as transaction:
        asked = preferences.open_round(transaction, room.room_id, RoundDetails(FIRST, DAYS, CLOSES))
        where = (transaction, room.room_id)
        preferences.state_wish(
            *where, room.officers[0].id, asked.id,
            preferences.WishDetails(FIRST, wants=False, points=5),
        )  # fmt: skip
        for place, details in (
            (1, LongWishDetails("off", 4, weekdays=(0, 1))),
            (2, LongWishDetails("work_run", 6, most=3)),
            (3, LongWishDetails("apart", 2, weekdays=(0,), colleague_id=room.officers[4].id)),
        ):
            preferences.state_long_wish(*where, room.officers[place].id, asked.id, details)
    return room


def publish(database: Database, room: Rostered, roster: rosters.Roster) -> None:
    """Bring a roster into force."""
    version = read(database, room, roster.id).version
    with database.write() as transaction:
        rosters.publish(transaction, room.room_id, roster.id, version, "It is time", room.by)


def test_reasons_follow_a_publication(
    database: Database, client: TestClient, room: Rostered
) -> None:
    """Every unmet wish is told at once, its reason once worked out; officers hear no names."""
    roster = drafted(database, room)
    publish(database, room, roster)
    officer = officer_browser(database, client, room, 0)
    with database.read() as reading:
        (wish,) = preferences.wishes_of(reading, room.room_id, room.officers[0].id)
    own = f"/my/wishes/{wish.id}"
    assert "Why is being worked out" in officer.get(own).text
    explained(database, room)
    with database.read() as reading:
        found = rosters.reasons(reading, room.room_id, roster.id)
        long = {
            place: preferences.long_wishes_of(reading, room.room_id, room.officers[place].id)[0]
            for place in (1, 2, 3)
        }
    assert (found.made, len(found.unmet)) == (4, 4)
    for each in found.unmet:
        assert each.reason is not None
        assert not each.is_old
        assert not ANOTHER.search(each.reason.words)
    for longer in long.values():
        assert longer.outcome is not None
        (told,) = (each for each in found.unmet if each.came.wish_id == longer.id)
        assert told.reason is not None
        assert longer.outcome.words.endswith(told.reason.words)
    page = officer.get(own).text + officer.get("/my/wishes").text
    assert "Why is being worked out" not in page
    assert "It could be met" in page
    assert not re.search(r"Officer [1-9]", page)


def test_only_managers_read_who_would_give_way(
    database: Database, client: TestClient, room: Rostered
) -> None:
    """The page and the interface of a roster's wishes are closed to officers, and name people."""
    roster = drafted(database, room)
    here = f"/rooms/{room.room_id}/rosters/{roster.id}/wishes"
    officer = officer_browser(database, client, room, 0)
    assert officer.get(here).status_code == 403
    assert officer.get(f"/api/v1{here}").status_code in {401, 403}
    manager = signed_in(client, room.force.manager)
    page = manager.get(here).text
    assert "0 of 4 wishes are met." in page
    assert "Not worked out yet." in page
    assert "Not to work with Officer 4 on Mondays, 2 points" in page
    assert manager.post(f"{here}/reasons").status_code == 303
    assert "being worked out" in manager.get(here).text
    explained(database, room)
    page = manager.get(here).text
    assert "Not worked out yet." not in page
    assert "Nobody has to give way." in page
    headers = token(database, room.force.system)
    answer = client.get(f"/api/v1{here}", headers=headers).json()
    assert (answer["wishes"], len(answer["unmet"])) == (4, 4)
    assert {each["reason"]["kind"] for each in answer["unmet"]} <= {"open", "own", "cover"}
    assert all(each["reason"]["yielding"] for each in answer["unmet"])


def test_reasons_are_asked_for_once_at_a_time(
    database: Database, client: TestClient, room: Rostered
) -> None:
    """Asking again while they are worked out gives the same job; another room's is not found."""
    roster = drafted(database, room)
    here = f"/api/v1/rooms/{room.room_id}/rosters/{roster.id}/wishes/reasons"
    headers = token(database, room.force.system)
    first = client.post(here, headers={**headers, "Idempotency-Key": "a"})
    second = client.post(here, headers={**headers, "Idempotency-Key": "b"})
    assert (first.status_code, second.status_code) == (202, 202)
    assert first.json()["job_id"] == second.json()["job_id"]
    with database.read() as reading:
        asked = jobs.jobs(reading, room.room_id, rosters.KIND_REASONS)
    assert len(asked) == 1


def test_a_change_explains_anew_whom_it_touches(database: Database, room: Rostered) -> None:
    """After a change of published shifts the others' reasons stand as of before it."""
    roster = drafted(database, room)
    publish(database, room, roster)
    explained(database, room)
    version = read(database, room, roster.id).version
    moves = change(room, (0, 4, "L"))
    with database.write() as transaction:
        rosters.edit(transaction, room.room_id, roster.id, version, moves, room.by, OWN)
    with database.read() as reading:
        newest = jobs.jobs(reading, room.room_id, rosters.KIND_REASONS)[0]
    assert newest.arguments["officers"] == [str(room.officers[0].id)]
    explained(database, room)
    with database.read() as reading:
        found = rosters.reasons(reading, room.room_id, roster.id)
    old = {each.name for each in found.unmet if each.is_old}
    assert "Officer 0" not in old


def test_a_roster_that_meets_all_has_nothing_to_explain(database: Database, room: Rostered) -> None:
    """Where every wish is met, nothing is asked for when it is published."""
    choices = np.array(PLAIN)
    choices[0, 0], choices[0, 5] = REST, EARLY
    choices[1, [0, 1, 7, 8]], choices[1, [5, 6, 12, 13]] = REST, EARLY
    choices[2, [3, 10]], choices[2, [6, 13]] = REST, EARLY
    choices[3, [0, 7]], choices[3, [5, 12]] = REST, EARLY
    roster = drafted(database, room, choices)
    with database.read() as reading:
        found = rosters.reasons(reading, room.room_id, roster.id)
        summary = rosters.summary(reading, room.room_id, roster.id)
    assert (summary.wishes_met, summary.wishes) == (4 - len(found.unmet), 4)
