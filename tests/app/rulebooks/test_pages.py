"""The pages of rules: read by everyone, changed after the effect was seen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from fastapi.testclient import TestClient
from httpx2 import Response

from app import clock
from app.db.transaction import Database
from app.people import service as people
from app.rosters import service as rosters
from app.rulebooks import service
from rostering.files.rule_data import numbers_of
from rostering.rules.fatigue import FatigueScore
from tests.app.callers import signed_in
from tests.app.rosters.rooms import Rostered, drafted, read, rostered

OFFICERS = "police_officers_ew"


@pytest.fixture(autouse=True)
def that_day() -> Iterator[None]:
    """It is 27 November 2026."""
    with clock.stopped_at(datetime(2026, 11, 27, 12, tzinfo=UTC)):
        yield


@pytest.fixture
def room(database: Database) -> Rostered:
    """The small room, all of whose people are staff."""
    return rostered(database)


@pytest.fixture
def administrator(client: TestClient, room: Rostered) -> TestClient:
    """A browser in which the administrator is signed in."""
    return signed_in(client, room.force.administrator)


def words(answer: Response) -> str:
    """What a page says, without its marks."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", answer.text))


def form(**said: object) -> dict[str, str]:
    """The form of daily rest as the page shows it, with something changed."""
    shown = {
        "version": 0, "number-minutes": "11", "weight": "hard", "points": "",
        "from_day": "2027-01-01", "reason": "", "authority": "", "act": "look",
    }  # fmt: skip
    return {
        name.replace("_minutes", "-minutes"): str(value) for name, value in (shown | said).items()
    }


def test_the_rules_are_listed_with_their_sources_and_what_is_not_yet_said(
    administrator: TestClient, room: Rostered
) -> None:
    """The answer comes first: which books hold; then what the force must say."""
    said = words(administrator.get(f"/rooms/{room.room_id}/rules"))
    assert (
        "Officers are judged by the rulebook Police officers, England and Wales; staff by" in said
    )
    assert "the start of any later one lie at least 11 h." in said
    assert "Working Time Regulations 1998 reg 10" in said
    assert "Not yet said" in said


def test_an_officer_reads_the_rules_of_their_own_book(client: TestClient, room: Rostered) -> None:
    """From their own place they come to the staff's book, since they are staff, without a form."""
    officer = signed_in(client, room.force.officer)
    sent = officer.get("/my/rules")
    assert sent.headers["location"] == f"/rooms/{room.room_id}/rules"
    said = words(officer.get(sent.headers["location"]))
    assert "Police staff, England and Wales numbers of" in said
    rule = officer.get(f"/rooms/{room.room_id}/rules/police_staff_ew/daily_rest")
    assert rule.status_code == 200
    assert "Keep the change" not in rule.text
    assert "See what it would do" not in rule.text


def test_a_change_is_looked_at_before_it_is_kept(
    administrator: TestClient, database: Database, room: Rostered
) -> None:
    """Looking keeps nothing; it tells what the published roster would break."""
    roster = drafted(database, room)
    with database.write() as transaction:
        rosters.publish(transaction, room.room_id, roster.id, roster.version, "It is due", room.by)
    where = f"/rooms/{room.room_id}/rules/police_staff_ew/consecutive_days"
    asked = form(**{"number-most": "4"})
    looked = administrator.post(where, data=asked)
    assert (
        "4 January 2027, 2 weeks breaks the rule in 16 places; without the change in none."
        in words(looked)
    )
    with database.read() as reading:
        history = service.history(reading, room.room_id, "police_staff_ew", "consecutive_days")
    assert history.version == 0
    kept = administrator.post(where, data=asked | {"act": "keep", "reason": "Tired people"})
    assert kept.status_code == 303
    said = words(administrator.get(where))
    assert "From 1 January 2027: most days in a row 4." in said
    assert "Tired people" in said
    assert read(database, room, roster.id).state == "published"


def test_who_works_with_whom_may_be_always_kept(administrator: TestClient, room: Rostered) -> None:
    """A rule about bonds has a price or is always kept, as the force says; cover has a price."""
    where = f"/rooms/{room.room_id}/rules/{OFFICERS}"
    assert "Always kept" in words(administrator.get(f"{where}/accompanied"))
    assert "Always kept" not in words(administrator.get(f"{where}/cover"))
    asked = {name: said for name, said in form().items() if name != "number-minutes"}
    kept = asked | {"act": "keep", "reason": "Students are never alone"}
    assert administrator.post(f"{where}/accompanied", data=kept).status_code == 303


def test_a_form_that_cannot_be_kept_says_why_at_the_field(
    administrator: TestClient, room: Rostered
) -> None:
    """The number, the reason, the law, the day: each where it stands, and what was typed stays."""
    where = f"/rooms/{room.room_id}/rules/{OFFICERS}/daily_rest"
    for said, place, sentence in (
        ({"number_minutes": "long"}, "number-minutes", "Give hours, such as 11 or 11.25."),
        ({"number_minutes": "12", "act": "keep"}, "reason", "Fill this in."),
        ({"number_minutes": "10"}, "authority", "The law&#39;s own is 11 h."),
        ({"number_minutes": "12", "from_day": "2026-11-26"}, "from_day", "keeps the rules"),
        ({"weight": "priced", "points": "x"}, "points", "Give points, such as 20"),
        ({}, "", "Nothing would change"),
    ):
        refused = administrator.post(where, data=form(**said))
        assert refused.status_code == 422
        assert sentence in refused.text
        assert not place or f'id="e-{place}"' in refused.text
    assert 'value="10"' in administrator.post(where, data=form(number_minutes="10")).text


def test_a_coming_change_is_taken_back_for_a_reason(
    administrator: TestClient, room: Rostered
) -> None:
    """Without a reason it stays; with one it is struck out and stays known."""
    where = f"/rooms/{room.room_id}/rules/{OFFICERS}/daily_rest"
    kept = form(number_minutes="12", reason="Agreed", act="keep")
    assert administrator.post(where, data=kept).status_code == 303
    gone = {"version": "1", "number": "1", "why-1": ""}
    refused = administrator.post(f"{where}/take-back", data=gone)
    assert refused.headers["location"] == where
    assert "Nothing is taken back: say why" in words(administrator.get(where))
    done = administrator.post(f"{where}/take-back", data=gone | {"why-1": "A slip"})
    assert done.status_code == 303
    assert "Taken back: A slip" in words(administrator.get(where))


def test_the_rulebooks_own_is_put_back_after_a_look(
    administrator: TestClient, database: Database, room: Rostered
) -> None:
    """One press empties the numbers and shows the effect; keeping them puts the book's own back."""
    where = f"/rooms/{room.room_id}/rules/{OFFICERS}/daily_rest"
    now = form(number_minutes="12", from_day="2026-11-27", reason="Agreed", act="keep")
    assert administrator.post(where, data=now).status_code == 303
    pressed = now | {"version": "1", "from_day": "2027-01-01", "act": "back"}
    looked = administrator.post(where, data=pressed)
    assert "What it would do" in looked.text
    assert 'name="number-minutes" type="number" value=""' in looked.text
    kept = pressed | {"number-minutes": "", "act": "keep"}
    assert administrator.post(where, data=kept).status_code == 303
    with database.read() as reading:
        held = service.book(
            reading, room.room_id, OFFICERS, datetime(2027, 1, 1, tzinfo=UTC).date()
        )
    assert held.own == ()


def test_a_price_of_staff_that_the_room_does_not_use_is_told(
    administrator: TestClient, room: Rostered
) -> None:
    """A roster has one price for everybody: that of the officers' book, said beside the other."""
    where = f"/rooms/{room.room_id}/rules/police_staff_ew/weekends_off"
    said = form(**{"number-least": "1", "weight": "priced", "points": "40", "reason": "Survey"})
    said |= {"from_day": "2026-11-27", "act": "keep"}
    assert administrator.post(where, data=said).status_code == 303
    sentence = "that of Police officers, England and Wales: 20 points each."
    assert sentence in words(administrator.get(where))
    assert sentence in words(administrator.get(f"/rooms/{room.room_id}/rules?for=staff"))


def test_what_a_priced_fatigue_score_adds_up_is_not_charged_again(
    administrator: TestClient, room: Rostered
) -> None:
    """Once the score has a price the rules it adds up have none, and their pages say why."""
    rules = f"/rooms/{room.room_id}/rules"
    assert "told, without a price" in words(administrator.get(f"{rules}/{OFFICERS}/fatigue"))
    rotation = f"{rules}/{OFFICERS}/rotation"
    assert "15 points each" in words(administrator.get(rotation))
    said = form(weight="priced", points="1", reason="Survey", from_day="2026-11-27", act="keep")
    numbers = dict.fromkeys(numbers_of(FatigueScore), "")
    said = {name: value for name, value in said.items() if not name.startswith("number")}
    said |= {f"number-{name}": value for name, value in numbers.items()}
    assert administrator.post(f"{rules}/{OFFICERS}/fatigue", data=said).status_code == 303
    told = words(administrator.get(rotation))
    assert "told, without a price" in told
    assert "nobody is charged twice for it" in told


def test_questions_are_answered_on_a_page(administrator: TestClient, room: Rostered) -> None:
    """What is answered is shown as said; an empty form is refused."""
    where = f"/rooms/{room.room_id}/rules/{OFFICERS}/asked"
    said = {"version": "0", "from_day": "2026-11-27", "reason": "Order 7 of 2026"}
    assert "Answer at least one question." in administrator.post(where, data=said).text
    given = said | {"number-due_notice_hours": "11"}
    assert administrator.post(where, data=given).status_code == 303
    page = administrator.get(where)
    assert 'name="number-due_notice_hours" type="text" value="11"' in page.text
    assert "is notice due? 11" in words(page)


def test_a_number_beside_the_rules_is_changed_on_a_page(
    administrator: TestClient, room: Rostered
) -> None:
    """Days of leave to carry over; what cannot stand is refused at its field; taken back again."""
    where = f"/rooms/{room.room_id}/rules/{OFFICERS}/parts/leave.carry_over"
    assert "Police Regulations 2003 Annex O" in words(administrator.get(where))
    said = {"version": "0", "from_day": "2027-01-01", "reason": "Agreed", "number-days": "x"}
    refused = administrator.post(where, data=said)
    assert (refused.status_code, 'id="e-number-days"' in refused.text) == (422, True)
    assert administrator.post(where, data=said | {"number-days": "7"}).status_code == 303
    assert "From 1 January 2027: Days at most: 7." in words(administrator.get(where))
    gone = {"version": "1", "number": "1", "why-1": "A slip"}
    done = administrator.post(
        f"/rooms/{room.room_id}/rules/{OFFICERS}/leave.carry_over/take-back", data=gone
    )
    assert done.headers["location"] == where


def test_another_rulebook_is_chosen_on_a_page(administrator: TestClient, room: Rostered) -> None:
    """The list then tells since when."""
    where = f"/rooms/{room.room_id}/rules/books"
    said = {
        "version": "0", "employment": "officer", "book": "police_scotland",
        "from_day": "2026-11-27", "reason": "We are in Scotland",
    }  # fmt: skip
    assert administrator.post(where, data=said | {"reason": ""}).status_code == 422
    assert administrator.post(where, data=said).status_code == 303
    assert "We are in Scotland" in words(administrator.get(where))
    listed = words(administrator.get(f"/rooms/{room.room_id}/rules"))
    assert "chosen from 27 November 2026" in listed


def test_who_reaches_one_room_reads_without_a_form(client: TestClient, room: Rostered) -> None:
    """The force's numbers hold in both rooms: the manager of one may not change them."""
    manager = signed_in(client, room.force.manager)
    where = f"/rooms/{room.room_id}/rules/{OFFICERS}/daily_rest"
    assert "See what it would do" not in manager.get(where).text
    assert manager.post(where, data=form(number_minutes="12")).status_code == 403


def test_bands_of_notice_are_changed_on_a_page(administrator: TestClient, room: Rostered) -> None:
    """A line more, from a day on; a line that cannot stand is refused where it stands."""
    where = f"/rooms/{room.room_id}/rules/{OFFICERS}/parts/compensation.rest_days"
    shown = administrator.get(where)
    assert "under 15 clear days: pay or time off, as they choose, at 3/2;" in words(shown)
    said = filled(shown) | {"from_day": "2027-01-01", "reason": "Agreed"}
    assert said["number-bands-1-form"] == "another_rest_day"
    wrong = said | {"number-bands-0-below": "soon"}
    refused = administrator.post(where, data=wrong)
    assert (refused.status_code, 'id="e-number-bands-0-below"' in refused.text) == (422, True)
    last = said | {"number-bands-1-below": "20"}
    refused = administrator.post(where, data=last)
    assert "the last has none" in words(refused)
    assert filled(refused)["number-bands-1-below"] == "20"
    more = said | {
        "number-bands-0-below": "5", "number-bands-0-rate": "2",
        "number-bands-1-below": "15", "number-bands-1-form": "pay", "number-bands-1-rate": "3/2",
        "number-bands-3-form": "another_rest_day",
    }  # fmt: skip
    assert administrator.post(where, data=more).status_code == 303
    assert (
        "under 5 clear days: pay or time off, as they choose, at 2; under 15 clear days: pay, at "
        "3/2; otherwise: another rest day" in words(administrator.get(where))
    )


def test_what_nothing_reads_is_not_kept_beside_the_rules(
    administrator: TestClient, room: Rostered
) -> None:
    """Years and days of leave go together, a day of leave has its least, and a rate must be one."""
    where = f"/rooms/{room.room_id}/rules/{OFFICERS}/parts/leave.entitlement"
    said = filled(administrator.get(where)) | {"from_day": "2027-01-01", "reason": "Agreed"}
    for given, place in (
        ({"number-years": "0, 2, 5, 10, 15, 20, 25"}, "number-days"),
        ({"number-day_minutes": "30"}, "number-day_minutes"),
    ):
        refused = administrator.post(where, data=said | given)
        assert (refused.status_code, f'id="e-{place}"' in refused.text) == (422, True)
    longer = {"number-years": "0, 2, 30", "number-days": "22, 25, 31.5"}
    assert administrator.post(where, data=said | longer).status_code == 303
    staff = f"/rooms/{room.room_id}/rules/police_staff_ew/parts/compensation.rest_days"
    said = filled(administrator.get(staff)) | {"from_day": "2027-01-01", "reason": "Agreed"}
    assert "Nothing would change" in words(administrator.post(staff, data=said))
    said["number-bands-0-rate"] = "double"
    assert "Line 1: A rate is a text such as" in words(administrator.post(staff, data=said))


def filled(answer: Response) -> dict[str, str]:
    """The form by which numbers are changed, as a browser would send it."""
    (form,) = re.findall(r'<form method="post".*?Keep the change.*?</form>', answer.text, re.DOTALL)
    typed = dict(re.findall(r'<input[^>]* name="([^"]+)"[^>]* value="([^"]*)"', form))
    for name, options in re.findall(r'<select[^>]* name="([^"]+)"[^>]*>(.*?)</select>', form):
        chosen = re.search(r'value="([^"]*)" selected', options)
        typed[name] = chosen[1] if chosen else ""
    return typed


def test_an_answer_that_nothing_could_read_is_refused(
    administrator: TestClient, room: Rostered
) -> None:
    """A rate, hours, days of leave: each says what to give; words are taken as they are."""
    where = f"/rooms/{room.room_id}/rules/police_staff_ew/asked"
    said = {"version": "0", "from_day": "2026-11-27", "reason": "Order 7 of 2026"}
    for name, wrong, sentence in (
        ("overtime_rate", "time and a half", "Give times the plain rate"),
        ("leave_days", "23, 5", "days by completed years"),
        ("leave_carried_days", "-1", "Give a number of days."),
    ):
        refused = administrator.post(where, data=said | {f"number-{name}": wrong})
        assert (refused.status_code, f'id="e-number-{name}"' in refused.text) == (422, True)
        assert sentence in words(refused)
    given = {"number-leave_days": "23, 5: 26", "number-staff_weekend_rates": "double on Sunday"}
    assert administrator.post(where, data=said | given).status_code == 303
    shown = words(administrator.get(where))
    assert "Order 7 of 2026, from 27 November 2026. Shown to everyone who reads the rules" in shown


def test_when_the_day_begins_is_changed_beside_the_rulebooks(
    client: TestClient, database: Database, room: Rostered
) -> None:
    """By an administrator, with a time of day; a manager reads it."""
    where = f"/rooms/{room.room_id}/rules/books"
    manager = signed_in(client, room.force.manager)
    assert "07:00. Clear days of notice are counted by it." in words(manager.get(where))
    assert manager.post(f"{where}/day-start", data={"day_start": "06:00"}).status_code == 403
    administrator = signed_in(client, room.force.administrator)
    shown = administrator.get(where)
    form = shown.text[shown.text.index("/books/day-start") :]
    said = {"version": re.findall(r'name="version" value="(\d+)"', form)[0]}
    refused = administrator.post(f"{where}/day-start", data=said | {"day_start": "soon"})
    assert (refused.status_code, 'id="e-day_start"' in refused.text) == (422, True)
    kept = administrator.post(f"{where}/day-start", data=said | {"day_start": "06:30"})
    assert kept.status_code == 303
    with database.read() as reading:
        assert people.room(reading, room.room_id).day_start == 390
    again = administrator.post(f"{where}/day-start", data=said | {"day_start": "06:00"})
    assert again.status_code == 412


def test_times_of_day_and_lengths_are_said_as_such(
    administrator: TestClient, room: Rostered
) -> None:
    """An early start is before 07:00, not 420; a length of hours is given in hours."""
    said = words(administrator.get(f"/rooms/{room.room_id}/rules"))
    assert "An early start is before: 07:00" in said
    assert "420" not in said
    where = f"/rooms/{room.room_id}/rules/{OFFICERS}/parts/compensation.overtime"
    shown = administrator.get(where)
    said_now = filled(shown) | {"from_day": "2027-01-01", "reason": "Agreed"}
    assert said_now["number-start_notice_minutes"] == "11"
    kept = administrator.post(where, data=said_now | {"number-start_notice_minutes": "8.5"})
    assert kept.status_code == 303
    assert "Due notice of an earlier start: 8 h 30 min" in words(administrator.get(where))
