"""The pages of leave: a room's list, a person's ledger, forms, and an officer's own."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from app import clock
from app.db.transaction import Database
from app.jobs import service as jobs
from app.leave import service as leave
from app.leave.jobs import HANDLERS
from app.leave.jobs import ask as ask_day
from app.leave.service import AbsenceDetails, Asked
from app.people import service as people
from tests.app.callers import Staffed, signed_in
from tests.app.jobs.works import Plain
from tests.app.leave.owing import owed

NOW = datetime(2026, 5, 20, 9, tzinfo=UTC)
TODAY = date(2026, 5, 20)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    """Let it be late in May."""
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def officer(client: TestClient, force: Staffed) -> TestClient:
    """A browser in which the officer is signed in."""
    return signed_in(client, force.officer)


@pytest.fixture
def home(force: Staffed) -> str:
    """The page of the room's leave."""
    return f"/rooms/{force.room.id}/leave"


@pytest.fixture
def ledger(home: str, force: Staffed) -> str:
    """The page of the officer's ledger."""
    return f"{home}/{force.rostered.id}"


def words(answer: Response) -> str:
    """What a page says, without its marks."""
    text = re.sub(r"<[^>]*>", " ", answer.text)
    return html.unescape(re.sub(r"\s+", " ", text))


def after(browser: TestClient, answer: Response) -> str:
    """What the page says that a form leads on to."""
    assert answer.status_code == 303, words(answer)
    return words(browser.get(answer.headers["Location"]))


def post(database: Database, force: Staffed, *entries: leave.Entry) -> None:
    """Post to the officer's ledger."""
    with database.write() as transaction:
        leave.post(transaction, force.room.id, entries, force.manager.id)


def test_a_room_without_a_ledger_says_what_comes_first(manager: TestClient, home: str) -> None:
    """The leave year is said first, on a day that there is; then leave is granted."""
    first = words(manager.get(home))
    assert "Nothing is owed or granted yet" in first
    assert "Say when the leave year begins" in first
    wrong = manager.post(f"{home}/year", data={"day": "30", "month": "2"})
    assert (wrong.status_code, "a day that every year has" in words(wrong)) == (422, True)
    said = after(manager, manager.post(f"{home}/year", data={"day": "1", "month": "4"}))
    assert "The leave year begins on 1 April." in said
    assert "1 April 2026 to 31 March 2027" in said
    granted = after(manager, manager.post(f"{home}/grants"))
    assert "1 person waits for the force's answer: How many days of leave a year" in granted
    assert manager.get(f"{home}/year").status_code == 200


def test_a_room_lists_who_is_owed_and_who_loses_time_soon(
    manager: TestClient, database: Database, force: Staffed, home: str
) -> None:
    """Balances stand by name, what goes within 60 days beside them; filters leave others out."""
    who = force.rostered.id
    soon = TODAY + timedelta(days=30)
    post(
        database,
        force,
        owed(who, 3, "a", account="rest_days"),
        owed(who, 450, "b", account="toil", expires=soon + timedelta(days=1)),
    )
    with database.write() as transaction:
        away = AbsenceDetails("absent", TODAY, TODAY)
        leave.record_absence(transaction, force.room.id, who, away, force.manager.id)
    page = words(manager.get(home))
    assert "1 person is owed 3 rest days. 1 person loses time within 60 days" in page
    assert "Sam Field 1 Take 7 h 30 min of time off in lieu by 19 June 2026 7 h 30 min" in page
    assert "Sam Field" in words(manager.get(f"{home}?show=rest-days"))
    assert "Sam Field" in words(manager.get(f"{home}?show=soon"))
    assert "Sam Field 20 May 2026 Absent" in words(manager.get(f"{home}?show=away"))
    with clock.stopped_at(NOW + timedelta(days=60)):
        late = signed_in(manager, force.manager)
        assert "Time of 1 person has expired and is not written yet." in words(late.get(home))
        assert "Nobody loses time within 60 days." in words(late.get(f"{home}?show=soon"))
        written = after(late, late.post(f"{home}/lapses"))
        assert "2 entries written." in written
        assert "not written yet" not in written
        assert "Nothing has expired." in after(late, late.post(f"{home}/lapses"))


def test_a_room_says_what_was_written_by_itself(
    manager: TestClient, database: Database, force: Staffed, home: str
) -> None:
    """When it was last and how much; and when today's could not be done."""
    expires = TODAY + timedelta(days=1)
    post(database, force, owed(force.rostered.id, 60, "a", account="toil", expires=expires))
    assert "What expires is written every night" in words(manager.get(home))
    with clock.stopped_at(NOW + timedelta(days=1)):
        ask_day(database)
        with database.read() as reading:
            (job,) = jobs.jobs(reading, force.room.id, leave.KIND)
        HANDLERS[leave.KIND](Plain(job, database))
        page = words(signed_in(manager, force.manager).get(home))
    assert "Last on Thursday 21 May 10:00: 2 entries of what expired." in page
    with clock.stopped_at(NOW + timedelta(days=2)):
        ask_day(database)
        with database.write() as transaction:
            (job, _) = jobs.jobs(transaction, force.room.id, leave.KIND)
            jobs.cancel(transaction, force.room.id, job.id)
        page = words(signed_in(manager, force.manager).get(home))
    assert "could not be written today: Somebody stopped it. It is tried again tomorrow." in page
    assert "Last on Thursday 21 May 10:00: 2 entries of what expired." in page


def test_a_ledger_shows_accounts_entries_and_the_balance_after_each(
    manager: TestClient, database: Database, force: Staffed, ledger: str
) -> None:
    """The days of an absence are one line; the year is chosen among those with entries."""
    assert "Nothing is owed to Sam Field." in words(manager.get(ledger))
    with database.write() as transaction:
        leave.set_year_start(transaction, force.room.id, 4, 1)
        contract = people.Contract(date(2020, 1, 6), None, 2400)
        people.set_contracts(transaction, force.room.id, force.rostered.id, [contract])
    expires = date(2027, 4, 1)
    post(
        database, force, owed(force.rostered.id, 6000, "leave", date(2026, 4, 1), "leave", expires)
    )
    post(database, force, owed(force.rostered.id, 60, "before", date(2025, 9, 1), "toil"))
    with database.write() as transaction:
        week = AbsenceDetails("leave", date(2026, 6, 1), date(2026, 6, 7), "leave")
        whose = (force.room.id, force.rostered.id)
        leave.record_absence(transaction, *whose, week, force.manager.id)
    page = words(manager.get(ledger))
    assert "Sam Field has 100 h of annual leave" in page
    assert "Annual leave, 5 days, 1 to 5 June 2026. −40 h 60 h absence, 20 May 2026" in page
    assert "1 to 7 June 2026 Leave from annual leave 40 h End earlier Recall Take back" in page
    assert "1 April 2025 to 31 March 2026" in page
    assert "For before." not in page
    assert "For before. +1 h 1 h" in words(manager.get(f"{ledger}?year=2025-04-01"))


def test_what_is_posted_by_hand_is_kept_with_its_words_and_taken_back(
    manager: TestClient, database: Database, force: Staffed, ledger: str
) -> None:
    """Owed or taken, hours as people write them; what was wrong is taken back by its opposite."""
    typed = {"account": "toil", "sign": "owed", "amount": "7:30", "day": "2026-05-18"}
    typed |= {"words": "Court on a rest day."}
    said = after(manager, manager.post(f"{ledger}/post", data=typed))
    assert "Posted: +7 h 30 min, time off in lieu." in said
    assert "Court on a rest day. +7 h 30 min 7 h 30 min by hand, 20 May 2026 Take back" in said
    taken = typed | {"sign": "taken", "amount": "0.5", "words": "Left early."}
    assert "−30 min 7 h" in after(manager, manager.post(f"{ledger}/post", data=taken))
    back = after(manager, manager.post(f"{ledger}/take-back", data={"number": "1"}))
    assert "Taken back: Court on a rest day. −7 h 30 min" in back
    assert manager.post(f"{ledger}/take-back", data={"number": "1"}).status_code == 409
    with database.read() as reading:
        sums = leave.balances(reading, force.room.id, None, TODAY)
    assert sums[force.rostered.id] == {"toil": -30}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"amount": "x"}, "Give hours such as 7:30 or 7.5, or whole rest days."),
        ({"amount": "0"}, "Give an amount other than 0"),
        ({"amount": "1.5", "account": "rest_days"}, "Give hours such as 7:30 or 7.5, or whole"),
        ({"day": ""}, "Give a day, such as 2027-01-04."),
        ({"expires": "2026-05-01"}, "Give a day after the day that earned it."),
        ({"rate": "150"}, "and of pay only"),
        ({"words": ""}, "Say in a line"),
        ({"sign": "lost"}, "Choose whether it is owed or taken."),
    ],
)
def test_a_posting_that_cannot_be_read_says_where(
    manager: TestClient, database: Database, force: Staffed, ledger: str,
    change: dict[str, str], said: str,
) -> None:  # fmt: skip
    """The field is named, what was typed stays, and nothing is posted."""
    typed = {"account": "toil", "sign": "owed", "amount": "8", "day": "2026-05-18", "words": "x"}
    answer = manager.post(f"{ledger}/post", data=typed | change)
    assert (answer.status_code, said in words(answer)) == (422, True)
    with database.read() as reading:
        assert leave.entries(reading, force.room.id, Asked()) == ()


def test_an_absence_tells_of_published_shifts_and_can_be_taken_back(
    manager: TestClient, database: Database, force: Staffed, ledger: str
) -> None:
    """Without a last day it is one day; what cannot be is said at its field."""
    start = datetime(2026, 6, 1, 6, tzinfo=UTC)
    with database.write() as transaction:
        span = people.Span(start, start + timedelta(days=1))
        shift = people.PastShift(force.rostered.id, start, start + timedelta(hours=8), "early", "E")
        whose = [force.rostered.id]
        people.set_history(transaction, force.room.id, "published", whose, span, [shift])
    typed = {"kind": "training", "first": "2026-06-01", "account": "leave"}
    said = after(manager, manager.post(f"{ledger}/away", data=typed))
    assert "Recorded: training, 1 June 2026. 1 published shift lies on these days: " in said
    assert "Monday 1 June 07:00–15:00. Change the published roster." in said
    again = manager.post(f"{ledger}/away", data=typed)
    assert (again.status_code, "is away already" in words(again)) == (422, True)
    none = manager.post(f"{ledger}/away", data=typed | {"first": "", "kind": "leave"})
    assert "Give a day, such as 2027-01-04." in words(none)
    leave_day = typed | {"kind": "leave", "first": "2026-06-08", "account": "toil"}
    with database.write() as transaction:
        contract = people.Contract(date(2020, 1, 6), None, 2400)
        people.set_contracts(transaction, force.room.id, force.rostered.id, [contract])
    short = manager.post(f"{ledger}/away", data=leave_day)
    assert "8 h are needed, 8 h more than are there." in words(short)
    with database.write() as transaction:
        court = AbsenceDetails("court", date(2026, 7, 1), date(2026, 7, 3))
        there = (force.room.id, force.rostered.id)
        long = leave.record_absence(transaction, *there, court, force.manager.id).absence
    end = f"{ledger}/away/{long.id}/end"
    assert "1 to 3 July 2026" in words(manager.get(end))
    assert "Give a day of the absence" in words(manager.post(end, data={"last": "2026-07-03"}))
    ended = after(manager, manager.post(end, data={"last": "2026-07-01"}))
    assert "The absence ends on Wednesday 1 July 2026." in ended
    with database.write() as transaction:
        made, july = leave.absences_of(transaction, force.room.id, TODAY, date(2026, 12, 31))
        leave.withdraw_absence(transaction, force.room.id, july.id, force.manager.id)
    gone = after(manager, manager.post(f"{ledger}/away/{made.id}/take-back"))
    assert "The absence is taken back." in gone
    assert "No absence is recorded." in gone


def test_somebody_is_recalled_for_a_day_of_leave(
    manager: TestClient, database: Database, force: Staffed, ledger: str
) -> None:
    """The day's leave goes back; what is no day of it, or was recalled before, is said so."""
    whose = (force.room.id, force.rostered.id)
    with database.write() as transaction:
        contract = people.Contract(date(2020, 1, 6), None, 2400)
        people.set_contracts(transaction, *whose, [contract])
        leave.post(transaction, force.room.id, [owed(whose[1], 6000, "a")], force.manager.id)
        week = AbsenceDetails("leave", date(2026, 6, 1), date(2026, 6, 7), "leave")
        made = leave.record_absence(transaction, *whose, week, force.manager.id).absence
    typed = {"kind": "leave", "first": "2026-06-15", "account": "leave", "part": "2:30"}
    part = after(manager, manager.post(f"{ledger}/away", data=typed))
    assert "Leave for a part of the day from annual leave 2 h 30 min Take back" in part
    hours = manager.post(f"{ledger}/away", data=typed | {"first": "2026-06-16", "part": "two"})
    assert (hours.status_code, "Give hours such as 7:30" in words(hours)) == (422, True)
    there = f"{ledger}/away/{made.id}/recall"
    assert "1 to 7 June 2026" in words(manager.get(there))
    assert "Give a day, such as 2027-01-04." in words(manager.post(there))
    wrong = manager.post(there, data={"day": "2026-06-08"})
    assert (wrong.status_code, "Give a day of the absence." in words(wrong)) == (422, True)
    done = after(manager, manager.post(there, data={"day": "2026-06-03"}))
    assert "Recalled for Wednesday 3 June 2026. Give them the duty" in done
    assert "Leave from annual leave, recalled for 3 June 32 h" in done
    twice = manager.post(there, data={"day": "2026-06-03"})
    assert "recalled for Wednesday 3 June 2026 already" in words(twice)
    with database.read() as reading:
        sums = leave.balances(reading, force.room.id, None, date(2026, 12, 31))
    assert sums[whose[1]] == {"leave": 6000 - 4 * 480 - 150}


def test_an_officer_sees_their_own_and_not_the_room(
    officer: TestClient, database: Database, force: Staffed, home: str
) -> None:
    """What is theirs, what goes when and when they are away; the room's pages are not for them."""
    assert "No leave is granted yet" in words(officer.get("/my/leave"))
    expires = date(2026, 6, 20)
    post(database, force, owed(force.rostered.id, 450, "a", account="toil", expires=expires))
    with database.write() as transaction:
        court = AbsenceDetails("court", date(2026, 6, 1), date(2026, 6, 2))
        whose = (force.room.id, force.rostered.id)
        leave.record_absence(transaction, *whose, court, force.manager.id)
    page = words(officer.get("/my/leave"))
    assert "You have 7 h 30 min of time off in lieu. Take in time: 7 h 30 min" in page
    assert "Take it by Fri 19 June 2026." in page
    assert "1 to 2 June 2026 Court" in page
    assert "For a." in page
    assert officer.get(home).status_code == 403


def test_the_export_names_its_columns(manager: TestClient, home: str) -> None:
    """The month before is proposed, and every column is explained."""
    page = words(manager.get(f"{home}/export"))
    assert all(f"{name} {said}" in page for name, said in leave.COLUMNS)
    assert 'value="2026-04-01"' in manager.get(f"{home}/export").text
