"""Working time from worked shifts: the room's list, each person's page, the officer's own."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from fastapi.testclient import TestClient

from app import clock
from app.db.transaction import Database
from app.hours import service as hours
from app.people import service as people
from app.people.service import PastShift, Term
from tests.app.callers import Staffed, signed_in, staffed
from tests.app.people.rooms import details
from tests.app.people.test_pages import words

MONDAY = date(2026, 6, 1)
NOW = datetime(2026, 6, 1, 10, tzinfo=UTC)
LONG_AGO = date(2020, 1, 6)


@pytest.fixture(autouse=True)
def _on_a_monday(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is ten o'clock on 1 June 2026."""
    monkeypatch.setattr(clock, "now", lambda: NOW)


@pytest.fixture
def force(database: Database) -> Staffed:
    """Sam has had 40 hours a week for 17 weeks, Ola 50 on nights, Pat starts today."""
    found = staffed(database)
    room_id, sam = found.room.id, found.rostered.id
    with database.write() as transaction:
        ola = people.add_officer(transaction, room_id, details("20", "Ola Night"))
        people.add_officer(transaction, room_id, details("21", "Pat New", started=MONDAY))
        shifts = worked(sam, 8, 8) + worked(ola.id, 21, 10)
        begin = NOW - timedelta(weeks=18)
        span = people.Span(begin, NOW)
        people.set_history(transaction, room_id, "worked", [sam, ola.id], span, shifts)
    return found


def worked(officer: object, hour: int, length: int) -> list[PastShift]:
    """Five shifts of so many hours in each of the 17 weeks before, to the last Sunday."""
    days = [MONDAY - timedelta(days=back) for back in range(1, 120) if back % 7 not in (2, 3)]
    starts = [datetime(day.year, day.month, day.day, hour, tzinfo=UTC) for day in sorted(days)]
    return [
        PastShift(officer, start, start + timedelta(hours=length), "k", "K")  # type: ignore[arg-type]
        for start in starts
    ]


def set_terms(database: Database, force: Staffed, *terms: Term) -> None:
    """Let these be the terms of Ola Night."""
    with database.write() as transaction:
        (ola,) = (
            each
            for each in people.everyone(transaction, force.room.id)
            if each.details.name == "Ola Night"
        )
        people.set_terms(transaction, force.room.id, ola.id, terms)


def test_who_is_over_comes_first_and_then_who_has_least_left(
    database: Database, force: Staffed
) -> None:
    """Averages are of worked shifts over the reference weeks; who starts today has none yet."""
    with database.read() as reading:
        found = hours.room_hours(reading, force.room.id, NOW)
    assert found.until == MONDAY - timedelta(days=1)
    ola, sam, pat = found.people
    assert [each.officer.details.name for each in (ola, sam, pat)] == [
        "Ola Night", "Sam Field", "Pat New",
    ]  # fmt: skip
    assert sam.standing.week
    assert (sam.standing.week.average, sam.standing.week.left) == (40 * 60, 176 * 60)
    assert sam.standing.night is None
    assert ola.standing.night
    assert (ola.standing.night.average, ola.standing.is_over) == (500, True)
    assert (pat.standing.known_days, pat.standing.left) == (0, None)


def test_own_terms_and_leave_count(database: Database, force: Staffed) -> None:
    """An agreement to more lifts the week alone; an assessment on record is told, not demanded."""
    own = (
        Term("opt_out", LONG_AGO, date(2026, 9, 1), "", "7"),
        Term("other_job", LONG_AGO, None, "", "4"),
        Term("assessed", date(2026, 3, 2)),
    )
    set_terms(database, force, *own)
    with database.read() as reading:
        ola = hours.room_hours(reading, force.room.id, NOW).people[0]
    assert ola.standing.opted_out
    assert ola.standing.week
    assert (ola.standing.week.average, ola.standing.is_over) == (54 * 60, True)
    assert ola.opt_out == own[0]
    assert (ola.assessed, ola.assessment_is_due) == (date(2026, 3, 2), False)


def test_a_manager_sees_the_room_and_each_person(
    client: TestClient, database: Database, force: Staffed
) -> None:
    """The list tells who is over and who has no assessment; a person's page tells why."""
    manager = signed_in(client, force.manager)
    listed = words(manager.get(f"/rooms/{force.room.id}/hours"))
    assert "3 people, by hours worked until Sunday 31 May 2026." in listed
    assert "1 person is over a limit. 1 night worker has no health assessment on record." in listed
    assert "Sam Field 40 h 176 h" in listed
    set_terms(database, force, Term("opt_out", LONG_AGO, None, "", "14"))
    answer = manager.get(f"/api/v1/rooms/{force.room.id}/hours").json()
    first = answer["people"][0]
    assert (first["name"], first["opted_out"], first["is_over"]) == ("Ola Night", True, True)
    shown = words(manager.get(f"/rooms/{force.room.id}/hours/{first['officer_id']}"))
    assert "8 h 20 min in each 24 hours on average; the most is 8 h" in shown
    assert "until further notice; 14 days of notice end it" in shown
    assert "The average of a night worker is over its limit." in shown
    gone = manager.get(f"/rooms/{force.room.id}/hours/{force.other_rostered.id}")
    assert gone.status_code == 404


def test_officers_see_their_own_hours_and_nobody_elses(client: TestClient, force: Staffed) -> None:
    """An officer's own page and door; those of the room are not for officers."""
    officer = signed_in(client, force.officer)
    own = words(officer.get("/my/hours"))
    assert "40 h a week on average, by hours worked until Sunday 31 May 2026. The most is" in own
    assert "Left until the limit out of reach in the next 7 days (176 h)" in own
    assert "40 h, other jobs included; the most is 48 h" in own
    assert officer.get("/api/v1/me/hours").json()["name"] == "Sam Field"
    for place in (f"/rooms/{force.room.id}/hours", f"/api/v1/rooms/{force.room.id}/hours"):
        assert officer.get(place).status_code == 403
    assert "None is kept." in own
    other = signed_in(client, force.other_officer)
    assert "No worked shifts are known" in words(other.get("/my/hours"))


def test_officers_read_what_is_kept_of_their_own_terms(
    client: TestClient, database: Database, force: Staffed
) -> None:
    """What holds now or later, with its days; what has ended is not told, and nobody else's is."""
    june = date(2026, 6, 30)
    with database.write() as transaction:
        own = [
            Term("time", LONG_AGO, june, "", "23:00-06:00"),
            Term("kind", LONG_AGO, date(2026, 1, 1), "", "late"),
        ]
        people.set_terms(transaction, force.room.id, force.rostered.id, own)
    set_terms(database, force, Term("shift_hours", LONG_AGO, None, "", "6"))
    read = words(signed_in(client, force.officer).get("/my/hours"))
    assert "No shift between 23:00 and 06:00 from" in read
    assert "until Tuesday 30 June 2026" in read
    assert "late" not in read
    assert "6 hours a shift" not in read
