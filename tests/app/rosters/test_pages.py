"""The pages of rosters: what a manager sees and does, and what an officer sees."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from uuid import UUID

import numpy as np
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import insert

from app import clock
from app.db.transaction import Database
from app.jobs import service as jobs
from app.preferences import service as preferences
from app.requirements.tables import requirement_loads
from app.rosters import service as rosters
from app.rosters.jobs import HANDLERS
from app.rosters.views.today import today_view
from app.web.views.shortfall import Stretch
from rostering.problem import REST
from tests.app.callers import signed_in
from tests.app.jobs.works import Plain
from tests.app.rosters.rooms import (
    EARLY,
    FIRST,
    PLAIN,
    Rostered,
    asked,
    cells,
    drafted,
    officer_browser,
    read,
    require,
    rostered,
    wishing,
)

FRIDAY = FIRST + timedelta(days=4)
"""A day after which nobody works for two."""

NOON = datetime(2027, 1, 5, 12, tzinfo=UTC)
"""A Tuesday of the period, while everybody works an early."""


@pytest.fixture
def room(database: Database) -> Rostered:
    """The small room."""
    return rostered(database)


@pytest.fixture
def manager(client: TestClient, room: Rostered) -> TestClient:
    """A browser in which the room's manager is signed in."""
    return signed_in(client, room.force.manager)


def words(text: str) -> str:
    """What a page says, without its marks."""
    body = text.partition("<main")[2] or text
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def sheet(room: Rostered, roster: rosters.Roster) -> str:
    """The address of a roster."""
    return f"/rooms/{room.room_id}/rosters/{roster.id}"


def cell_of(page: str, name: str) -> int:
    """The row number of an officer in the grid."""
    found = re.search(rf"<tr data-r=(\d+)><th scope=row><b class=name>{name}</b>", page)
    assert found
    return int(found[1])


def publish(database: Database, room: Rostered, roster: rosters.Roster) -> None:
    """Bring a roster into force."""
    with database.write() as transaction:
        rosters.publish(
            transaction, room.room_id, roster.id, roster.version, "The first one.", room.by
        )


def test_an_empty_room_says_what_is_missing(client: TestClient, room: Rostered) -> None:
    """Lists and the day of a room without anything name what is missing and the one next step."""
    other = signed_in(client, room.force.other_manager)
    home = f"/rooms/{room.force.other_room.id}"
    assert "No roster yet" in words(other.get(f"{home}/rosters").text)
    assert "No requirement covers these days" in words(other.get(f"{home}/cover").text)
    assert "No roster is published for today." in words(other.get(f"{home}/today").text)


def test_a_roster_is_asked_for_by_its_form(
    database: Database, manager: TestClient, room: Rostered
) -> None:
    """The form leads to the roster's page, which shows the search until it has ended."""
    form = manager.get(f"/rooms/{room.room_id}/rosters/new")
    assert "What goes in" in words(form.text)
    sent = {"first_day": FIRST.isoformat(), "days": "14", "seconds": "30"}
    asked_for = manager.post(f"/rooms/{room.room_id}/rosters", data=sent)
    assert asked_for.status_code == 303
    page = manager.get(asked_for.headers["location"])
    assert "Searching" in words(page.text)
    assert "Stop and keep this one" in words(page.text)
    roster_id = UUID(asked_for.headers["location"].rpartition("/")[2])
    job_id = read(database, room, roster_id).job_id
    with database.read() as reading:
        job = jobs.job(reading, room.room_id, job_id)
    HANDLERS[job.kind](Plain(job, database, cancel_after=3))
    assert read(database, room, roster_id).stopped


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"first_day": "", "days": "14"}, "Give a date."),
        ({"first_day": FIRST.isoformat(), "days": "many"}, "Give a number of days"),
        ({"first_day": "2031-01-06", "days": "14"}, "No requirement covers these days"),
    ],
)
def test_a_form_that_cannot_be_used_comes_back(
    database: Database, manager: TestClient, room: Rostered, sent: dict[str, str], said: str
) -> None:
    """What was typed stands there again with the reason, and no roster is made."""
    answer = manager.post(f"/rooms/{room.room_id}/rosters", data={**sent, "seconds": "30"})
    assert answer.status_code == 422
    assert said in words(answer.text)
    assert f'value="{sent["days"]}"' in answer.text
    with database.read() as reading:
        assert rosters.rosters(reading, room.room_id) == ()


def test_a_cell_tells_what_it_is_and_could_be(
    database: Database, manager: TestClient, room: Rostered
) -> None:
    """The panel names the shift, the lawful alternatives and the rules of the others."""
    roster = drafted(database, room)
    here = sheet(room, roster)
    row = cell_of(manager.get(here).text, "Officer 0")
    panel = words(manager.get(f"{here}/cells/{row}/0").text)
    assert "Officer 0" in panel
    assert "Monday 4 January" in panel
    assert "Early 07:00 to 15:00" in panel
    assert "Rest day" in panel
    assert manager.get(f"{here}/cells/{row}/99").status_code == 404


def test_a_proposal_shows_its_effect_and_keeps_nothing(
    database: Database, manager: TestClient, room: Rostered
) -> None:
    """Trying a late tells rest, cover and hours; the roster stays as it was."""
    roster = drafted(database, room)
    here = sheet(room, roster)
    row = cell_of(manager.get(here).text, "Officer 0")
    panel = manager.get(f"{here}/cells/{row}/4/try?shift=L")
    said = words(panel.text)
    assert "No breach." in said
    assert "Late 14:00 to 22:00" in said
    assert "999 would" in said
    assert "Keep change" in said
    assert "data-at-once" not in panel.text
    assert read(database, room, roster.id) == roster


def test_fatigue_is_told_shift_by_shift(
    database: Database, manager: TestClient, room: Rostered
) -> None:
    """A fifth early in a row scores in the list, in its own panel, and in a proposal's hours."""
    roster = drafted(database, room)
    here = sheet(room, roster)
    said = words(manager.get(f"{here}/fatigue").text)
    assert "5 days in a row (1)" in said
    row = cell_of(manager.get(here).text, "Officer 0")
    assert "Score 1: 5 days in a row (1)." in words(manager.get(f"{here}/cells/{row}/4").text)
    tried = words(manager.get(f"{here}/cells/{row}/4/try?shift=R").text)
    assert "Officer 0: fatigue score 2 → 1" in tried


def test_a_change_is_kept_and_undone(
    database: Database, manager: TestClient, room: Rostered
) -> None:
    """Keeping leads back to the roster with the shift in it; undoing brings the old one back."""
    roster = drafted(database, room)
    here, officer = sheet(room, roster), room.officers[0].id
    sent = {"version": roster.version, "officer": officer, "day": FRIDAY, "code": "L"}
    kept = manager.post(f"{here}/edits", data=sent)
    assert (kept.status_code, kept.headers["location"]) == (303, here)
    assert cells(database, room, roster.id)[officer, FRIDAY] == "L"
    assert "Kept." in words(manager.get(here).text)
    undone = manager.post(f"{here}/undo", data={"version": roster.version + 1})
    assert undone.status_code == 303
    assert cells(database, room, roster.id)[officer, FRIDAY] == "E"


def test_a_change_that_breaks_a_rule_is_refused_in_words(
    database: Database, manager: TestClient, room: Rostered
) -> None:
    """The panel says which rule, at once; nothing is kept, and no button keeps it."""
    roster = drafted(database, room)
    here, officer = sheet(room, roster), room.officers[0].id
    row = cell_of(manager.get(here).text, "Officer 0")
    tried = manager.get(f"{here}/cells/{row}/0/try?shift=N")
    assert "data-at-once>Not kept" in tried.text
    assert "Keep change" not in tried.text
    sent = {"version": roster.version, "officer": officer, "day": FIRST, "code": "N"}
    refused = manager.post(f"{here}/edits", data=sent, headers={"X-Parade": "fragment"})
    assert refused.status_code == 409
    assert "rest" in words(refused.text)
    assert read(database, room, roster.id) == roster


def test_two_editors_do_not_overwrite_each_other(
    database: Database, manager: TestClient, room: Rostered
) -> None:
    """Who comes second is told that nothing was saved."""
    roster = drafted(database, room)
    here, officer = sheet(room, roster), room.officers[0].id
    sent = {"version": roster.version - 1, "officer": officer, "day": FRIDAY, "code": "L"}
    refused = manager.post(f"{here}/edits", data=sent, headers={"X-Parade": "fragment"})
    assert refused.status_code == 412
    assert "Someone else changed this roster first." in words(refused.text)
    assert cells(database, room, roster.id)[officer, FRIDAY] == "E"


def test_a_roster_says_how_many_calls_are_late_or_lost(
    database: Database, room: Rostered, manager: TestClient
) -> None:
    """The strip of figures tells them where the requirement keeps its calls, else says nothing."""
    roster = drafted(database, room)
    where = f"/rooms/{room.room_id}/rosters/{roster.id}"
    assert "Calls late or lost" not in manager.get(where).text
    erlangs = np.full(14 * 96, 0.5, dtype="<f4").tobytes()
    kept = {"requirement_id": room.requirement_id, "position": 0, "queue": "999"}
    other = drafted(database, room)
    with database.write() as transaction:
        transaction.execute(insert(requirement_loads).values(**kept, erlangs=erlangs))
    told = " ".join(manager.get(where.replace(str(roster.id), str(other.id))).text.split())
    assert "Calls late or lost" in told
    assert re.search(r"expected, [\d.]+ % of those offered: [\d,]+ of 999", told)


def test_a_gap_names_who_could_fill_it(
    database: Database, manager: TestClient, room: Rostered
) -> None:
    """On a weekend on which nobody works, those off are offered, the best first."""
    roster = drafted(database, room)
    panel = manager.get(f"{sheet(room, roster)}/gaps/E/5")
    assert "Who could fill it" in words(panel.text)
    assert "Early 07:00 to 15:00" in words(panel.text)
    assert manager.get(f"{sheet(room, roster)}/gaps/D/5").status_code == 404


def test_publishing_says_first_who_is_told(
    database: Database, client: TestClient, room: Rostered
) -> None:
    """The page counts people and short notice; without a reason nothing is published."""
    roster = drafted(database, room)
    here = sheet(room, roster)
    with clock.stopped_at(datetime(2026, 12, 30, 12, tzinfo=UTC)):
        manager = signed_in(client, room.force.manager)
        before = words(manager.get(f"{here}/publish").text)
        assert "Publishing tells 8 people what changed for them." in before
        assert "8 have less than 28 clear days of notice; say why." in before
        sent = {"version": roster.version, "reason": " "}
        assert manager.post(f"{here}/publish", data=sent).status_code == 422
        assert read(database, room, roster.id).state == "draft"
        sent["reason"] = "Roster from 4 January."
        assert manager.post(f"{here}/publish", data=sent).status_code == 303
        assert read(database, room, roster.id).state == "published"
        assert "Published" in words(manager.get(here).text)


def test_a_published_roster_changes_with_a_reason_only(
    database: Database, manager: TestClient, room: Rostered
) -> None:
    """Without a reason the change is refused; with one the officer's own page tells it."""
    roster = drafted(database, room)
    publish(database, room, roster)
    here, officer = sheet(room, roster), room.officers[0].id
    version = read(database, room, roster.id).version
    sent = {"version": version, "officer": officer, "day": FRIDAY, "code": "L"}
    answer = manager.post(f"{here}/edits", data=sent, headers={"X-Parade": "fragment"})
    assert answer.status_code == 422
    sent["reason"] = "exigency"
    assert manager.post(f"{here}/edits", data=sent).status_code == 303
    assert cells(database, room, roster.id)[officer, FRIDAY] == "L"


def test_the_day_says_when_it_is_short(
    database: Database, client: TestClient, room: Rostered
) -> None:
    """With earlies alone the room is right until their end and short from then on."""
    publish(database, room, drafted(database, room))
    with clock.stopped_at(NOON):
        manager = signed_in(client, room.force.manager)
        said = words(manager.get(f"/rooms/{room.room_id}/today").text)
    assert "Today, Tuesday 5 January" in said
    assert "All right until 15:00. Short today from 15:00 to" in said
    assert "On duty now 8" in said


def test_a_gap_past_midnight_says_that_it_is_tomorrow(database: Database, room: Rostered) -> None:
    """Of two gaps at the same hour of two days it can be told which comes first."""
    publish(database, room, drafted(database, room))
    begin = NOON.replace(hour=7)
    with database.read() as reading:
        force = rosters.in_force(reading, room.room_id, NOON.date(), 2)
    minute = int(NOON.timestamp()) // 60
    gaps = [Stretch(start, start + 90, 1, 1, 1.5) for start in (minute + 60, minute + 900)]
    view = today_view(force, gaps, NOON, (begin, begin + timedelta(days=1)), "Europe/London")
    assert [gap.when for gap in view.gaps] == ["13:00 to 14:30", "Tomorrow 03:00 to 04:30"]


def test_cover_is_shown_from_any_day(
    database: Database, manager: TestClient, room: Rostered
) -> None:
    """People needed and published stand side by side; two weeks earlier nothing covers the days."""
    publish(database, room, drafted(database, room))
    home = f"/rooms/{room.room_id}/cover"
    said = words(manager.get(f"{home}?from={FIRST}").text)
    assert "336 person-hours needed" in said
    earlier = FIRST - timedelta(days=14)
    assert "No requirement covers these days" in words(manager.get(f"{home}?from={earlier}").text)


def test_a_draft_can_be_renamed_and_put_aside(
    database: Database, manager: TestClient, room: Rostered
) -> None:
    """A name is kept, a blank one refused; a discarded draft can be read but not changed."""
    roster = drafted(database, room)
    here = sheet(room, roster)
    manager.post(f"{here}/name", data={"version": roster.version, "name": "January"})
    assert read(database, room, roster.id).name == "January"
    manager.post(f"{here}/name", data={"version": roster.version + 1, "name": " "})
    assert read(database, room, roster.id).name == "January"
    manager.post(f"{here}/discard", data={"version": roster.version + 1})
    page = words(manager.get(here).text)
    assert "Discarded" in page
    assert "Publish…" not in page


def test_a_roster_is_over_on_its_last_day_here(
    database: Database, client: TestClient, room: Rostered
) -> None:
    """In summer the last day begins an hour before it does in UTC: it is not made again then."""
    first = date(2027, 7, 5)
    with database.write() as transaction:
        require(transaction, room.room_id, 1, first)
    here = sheet(room, drafted(database, room, first_day=first))
    last = datetime(2027, 7, 17, tzinfo=UTC)
    for minutes, is_offered in ((22 * 60 + 59, True), (23 * 60, False)):
        with clock.stopped_at(last + timedelta(minutes=minutes)):
            page = signed_in(client, room.force.manager).get(here).text
        assert ("Make again" in page) == is_offered


def test_an_officer_sees_own_shifts_alone(
    database: Database, client: TestClient, room: Rostered
) -> None:
    """The next shift comes first, days off that follow each other are one, drafts are not shown."""
    choices = PLAIN.copy()
    choices[0] = [EARLY] * 4 + [REST] * 3 + [EARLY] * 6 + [REST]
    drafted(database, room)
    with clock.stopped_at(NOON):
        khan = officer_browser(database, client, room, 0)
        assert "No shifts are published" in words(khan.get("/my/shifts").text)
        publish(database, room, drafted(database, room, choices))
        said = words(khan.get("/my/shifts").text)
    assert "On duty now until 15:00" in said
    assert "3 days off" in said
    assert said.count("January 2027 Mo Tu") == 1
    assert "Shifts are published until Sunday 17 January 2027." in said
    assert "Officer 1" not in said


def test_every_month_until_the_last_published_day_is_shown(
    database: Database, client: TestClient, room: Rostered
) -> None:
    """From a November in which January is published, December is not left out; days off show."""
    publish(database, room, drafted(database, room))
    with clock.stopped_at(datetime(2026, 11, 27, 12, tzinfo=UTC)):
        said = words(officer_browser(database, client, room, 0).get("/my/shifts").text)
    months = re.findall(r"(\w+ \d{4}) Mo Tu", said)
    assert months == ["November 2026", "December 2026", "January 2027"]
    assert "9 – day off 10 – day off" in said
    assert "18 not published" in said


def test_an_officer_is_told_what_changed_and_why(
    database: Database, client: TestClient, room: Rostered
) -> None:
    """A change after publishing stands at the top with its reason."""
    roster = drafted(database, room)
    publish(database, room, roster)
    day = FIRST + timedelta(days=11)
    version = read(database, room, roster.id).version
    sent = {"version": version, "officer": room.officers[0].id, "day": day, "code": "L"}
    sent["reason"] = "own_request"
    with clock.stopped_at(NOON):
        manager = signed_in(client, room.force.manager)
        khan = officer_browser(database, client, room, 0)
        assert manager.post(f"{sheet(room, roster)}/edits", data=sent).status_code == 303
        said = words(khan.get("/my/shifts").text)
    assert "Friday 15 January: 14:00–22:00, not 07:00–15:00. Own request." in said


def test_a_wish_that_was_met_is_marked(
    database: Database, client: TestClient, room: Rostered
) -> None:
    """A Saturday off that was asked for stands in the list with its mark."""
    saturday = FIRST + timedelta(days=5)
    with clock.stopped_at(datetime(2026, 12, 1, tzinfo=UTC)):
        wishing(database, room, [(0, preferences.WishDetails(saturday, wants=False, points=5))])
        publish(database, room, drafted(database, room))
    with clock.stopped_at(NOON):
        khan = officer_browser(database, client, room, 0)
        assert "✓ wish" in words(khan.get("/my/shifts").text)


def test_officers_and_other_rooms_see_no_rosters(
    database: Database, client: TestClient, room: Rostered
) -> None:
    """An officer may not, another room's manager is told that there is nothing."""
    roster = drafted(database, room)
    here = sheet(room, roster)
    assert officer_browser(database, client, room, 0).get(here).status_code == 403
    assert signed_in(client, room.force.other_manager).get(here).status_code == 404


def test_a_search_that_runs_can_be_stopped(
    database: Database, manager: TestClient, room: Rostered
) -> None:
    """Stopping asks the job to end; the page says that the best so far is kept."""
    roster, job = asked(database, room)
    here = sheet(room, roster)
    assert manager.post(f"{here}/stop").status_code == 303
    with database.read() as reading:
        assert jobs.job(reading, room.room_id, job.id).state == "cancelled"
    assert "Stopping. The best roster so far is kept." in words(manager.get(here).text)


def test_dates_of_the_list_are_local(
    database: Database, client: TestClient, room: Rostered
) -> None:
    """The list names each roster's days and when it was asked for, with the year if another."""
    for now in (datetime(2026, 7, 1, 22, 30, tzinfo=UTC), NOON):
        with clock.stopped_at(now):
            drafted(database, room)
            manager = signed_in(client, room.force.manager)
            said = words(manager.get(f"/rooms/{room.room_id}/rosters").text)
    assert "4 to 17 January 2027" in said
    assert "Wednesday 1 July 2026 23:30" in said
    assert "Tuesday 5 January 12:00" in said


def test_the_list_says_first_until_when_shifts_are_published(
    database: Database, client: TestClient, room: Rostered
) -> None:
    """The day it reaches and what waits come first; after that day there is nothing published."""
    home = f"/rooms/{room.room_id}/rosters"
    with clock.stopped_at(NOON):
        manager = signed_in(client, room.force.manager)
        publish(database, room, drafted(database, room))
        drafted(database, room)
        said = words(manager.get(home).text)
    assert "Shifts are published until Sunday 17 January 2027." in said
    assert "1 draft is not published yet." in said
    with clock.stopped_at(NOON + timedelta(days=14)):
        said = words(signed_in(client, room.force.manager).get(home).text)
    assert "No shift is published from now on." in said


def test_a_roster_that_cannot_be_published_says_so_first(
    database: Database, manager: TestClient, room: Rostered
) -> None:
    """What hinders it is the answer of the page, in place of who would be told what."""
    roster = drafted(database, room)
    publish(database, room, roster)
    said = words(manager.get(f"{sheet(room, roster)}/publish").text)
    assert "This roster is published." in said
    assert "Nothing changes for anybody" not in said
