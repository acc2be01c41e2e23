"""Rest days are told ahead: what was told stays told, and the rulebooks say how far."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from app import clock
from app.db.transaction import Database
from app.errors import Conflict, InvalidInput
from app.patterns import service
from app.patterns.service import PatternDetails, Target, Wanted
from app.people import service as people
from rostering.rulebooks import names, shipped
from rostering.rulebooks.publication import horizon
from tests.app.callers import Staffed, signed_in, token
from tests.app.patterns.test_writing import words
from tests.app.people.rooms import details

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
TODAY = date(2026, 11, 27)
ROUND = service.written(PatternDetails("Round", "2E 2N 4R", "E 07:00-17:00, N 21:00-07:00"))


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    """It is a day of November 2026."""
    with clock.stopped_at(NOW):
        yield


def follow(database: Database, force: Staffed, place: int, first: date = TODAY) -> None:
    """Let the officer of the first room follow the round."""
    target = Target(place, officer_id=force.rostered.id)
    with database.write() as transaction:
        wanted = Wanted(ROUND, first, None, (target,))
        service.roll_out(transaction, force.room.id, wanted, force.manager.id)


@pytest.mark.parametrize(
    ("book", "weeks", "lead"),
    [
        # Police Regulations 2003 Annex E: at least a month before, rest days of 12 months
        ("police_officers_ew", (52, 13), 31),
        # PSC handbook: rest days 12 months ahead, times 3 months
        ("police_staff_ew", (52, 13), None),
        # PNB Scotland: 13 weeks at least 4 weeks before, rest days for a further 9 months
        ("police_scotland", (52, 13), 28),
    ],
)
def test_the_books_say_how_far_ahead(book: str, weeks: tuple[int, int], lead: int | None) -> None:
    """Weeks of rest days and of times, and days before a roster begins, each with its source."""
    asked = horizon(shipped(book))
    assert (asked.rest_day_weeks, asked.time_weeks) == weeks
    assert asked.lead_days == lead
    assert asked.source
    assert asked.rest_days_due(TODAY) == TODAY + timedelta(days=363)
    assert asked.times_until(TODAY) == TODAY + timedelta(days=91)
    first = TODAY + timedelta(days=lead or 1)
    assert asked.leaves_time(TODAY, first)
    assert asked.leaves_time(TODAY, first - timedelta(days=1)) == (lead is None)


def test_every_book_is_asked() -> None:
    """No shipped rulebook leaves the question open."""
    for name in names():
        horizon(shipped(name))


def test_what_was_told_stays_told(database: Database, force: Staffed) -> None:
    """A later roll-out changes nothing that was told; the difference is counted by person."""
    follow(database, force, 0)
    room_id, by, officer = force.room.id, force.manager.id, force.rostered.id
    until = TODAY + timedelta(days=15)
    with database.write() as transaction:
        kept = service.publish(transaction, room_id, until, by)
    with database.read() as reading:
        told = service.told_to(reading, room_id, officer, TODAY, 30)
        assert "".join(each.letter for each in told.values()) == "EENNRRRR" * 2
        found = service.standing(reading, room_id)
        assert (found.until, found.latest, found.differs) == (until, kept, ())
        assert [(each.title, each.weeks) for each in found.due] == [
            ("Police staff, England and Wales", 52)
        ]
    follow(database, force, 1)
    with database.read() as reading:
        assert service.told_to(reading, room_id, officer, TODAY, 30) == told
        (differs,) = service.standing(reading, room_id).differs
    # EENNRRRR EENNRRRR is told, ENNRRRRE ENNRRRRE is followed
    assert (differs.name, differs.lost, differs.gained, differs.kinds) == ("Sam Field", 2, 2, 2)
    with database.write() as transaction:
        service.publish(transaction, room_id, until - timedelta(days=8), by)
    with database.read() as reading:
        told = service.told_to(reading, room_id, officer, TODAY, 30)
        assert "".join(each.letter for each in told.values()) == "ENNRRRREEENNRRRR"
        assert service.standing(reading, force.other_room.id).until is None


@pytest.mark.parametrize("ahead", [-1, 1200])
def test_days_that_cannot_be_told_are_refused(
    database: Database, force: Staffed, ahead: int
) -> None:
    """Neither the past nor what lies years ahead."""
    follow(database, force, 0)
    day = TODAY + timedelta(days=ahead)
    with pytest.raises(InvalidInput), database.write() as transaction:
        service.publish(transaction, force.room.id, day, force.manager.id)


def test_nothing_is_told_where_nobody_follows(database: Database, force: Staffed) -> None:
    """An empty publication would look like rest days that are known."""
    with pytest.raises(Conflict, match="roll one out"), database.write() as transaction:
        service.publish(transaction, force.room.id, TODAY, force.manager.id)


def test_a_manager_publishes_and_an_officer_reads(
    client: TestClient, database: Database, force: Staffed
) -> None:
    """The page says how far rest days are told and how far the rule asks; officers see theirs."""
    manager, officer = signed_in(client, force.manager), signed_in(client, force.officer)
    home = f"/rooms/{force.room.id}/patterns/rest-days"
    empty = words(manager.get(home))
    assert "No rest days are published from today on" in empty
    assert "the rule asks for 52 weeks, until Thursday 25 November 2027" in empty
    assert "No rest days are published" in words(officer.get("/my/rest-days"))
    nobody = manager.post(home, data={"last_day": "2027-03-31"})
    assert "roll one out first" in words(nobody)
    follow(database, force, 0)
    assert "Give a day" in words(manager.post(home, data={"last_day": "soon"}))
    assert manager.post(home, data={"last_day": "2027-03-31"}).status_code == 303
    told = words(manager.get(home))
    assert "published until Wednesday 31 March 2027, last on Friday 27 November 09:00" in told
    assert "the rule asks for 52 weeks" in told
    mine = words(officer.get("/my/rest-days"))
    assert "61 rest days until Wednesday 31 March 2027" in mine
    assert "rest day" in mine
    follow(database, force, 3)
    assert "1 person has other days now than they were told" in words(manager.get(home))
    assert officer.get(home).status_code == 403


def test_late_telling_is_said(client: TestClient, database: Database, force: Staffed) -> None:
    """Police officers are to know their days a month before: what begins sooner is late."""
    with database.write() as transaction:
        said = details("9", "Pat Hill", employment="officer")
        people.add_officer(transaction, force.room.id, said)
    follow(database, force, 0)
    with database.read() as reading:
        late = {each.title: each.late for each in service.standing(reading, force.room.id).due}
    assert set(late.values()) == {True, False}
    page = words(signed_in(client, force.manager).get(f"/rooms/{force.room.id}/patterns/rest-days"))
    assert "What is told next is told with less than 31 days’ notice." in page
    with database.write() as transaction:
        last = TODAY + timedelta(days=30)
        service.publish(transaction, force.room.id, last, force.manager.id)
    with database.read() as reading:
        assert not any(each.late for each in service.standing(reading, force.room.id).due)


def test_systems_publish_and_officers_read(
    client: TestClient, database: Database, force: Staffed
) -> None:
    """The same over HTTP."""
    follow(database, force, 0)
    system, home = token(database, force.system), f"/api/v1/rooms/{force.room.id}/rest-days"
    body = {"last_day": "2027-11-30"}
    made = client.post(home, json=body, headers={**system, "Idempotency-Key": "1"})
    assert made.status_code == 201
    found = client.get(home, headers=system).json()
    assert found["until"] == "2027-11-30"
    assert found["due"][0]["until"] == "2027-11-25"
    assert [each["last_day"] for each in found["publications"]] == ["2027-11-30"]
    asked = {"first_day": "2026-11-27", "days": 9}
    officer = token(database, force.officer)
    mine = client.get("/api/v1/me/rest-days", params=asked, headers=officer).json()
    assert mine == {"first_day": "2026-11-27", "days": "EENNRRRRE"}
    other = token(database, force.other_officer)
    elsewhere = client.get("/api/v1/me/rest-days", params=asked, headers=other).json()
    assert elsewhere["days"] == "-" * 9


def test_days_that_begin_to_be_told_later_are_said_to(
    client: TestClient, database: Database, force: Staffed
) -> None:
    """A pattern that is followed from a later day on is told from there: not that nothing is."""
    follow(database, force, 0, first=TODAY + timedelta(days=10))
    manager = signed_in(client, force.manager)
    home = f"/rooms/{force.room.id}/patterns/rest-days"
    assert manager.post(home, data={"last_day": "2027-03-31"}).status_code == 303
    told = words(manager.get(home))
    assert (
        "Rest days are published from Monday 7 December 2026 until Wednesday 31 March 2027" in told
    )
    assert "none before" in told
    officer = words(signed_in(client, force.officer).get("/my/rest-days"))
    assert "from Monday 7 December 2026 until Wednesday 31 March 2027" in officer
    assert "November 2026" not in officer.split("as published on")[1].split("Shifts")[0]
