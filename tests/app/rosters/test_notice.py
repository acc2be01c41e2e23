"""Changes of published duties: their notice, what is due, what they need, and what is kept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import numpy as np
import pytest
from alembic.script import ScriptDirectory
from fastapi.testclient import TestClient
from sqlalchemy import select, text, update

from app import clock
from app.db.migrate import MIGRATIONS, downgrade, upgrade
from app.db.transaction import Database
from app.db.types import new_id
from app.errors import Conflict, InvalidInput, Unlawful
from app.forecasts.tables import forecasts
from app.leave import service as leave
from app.patterns import service as patterns
from app.patterns import store as pattern_store
from app.people.tables import officers
from app.rosters import service as rosters
from app.rosters.tables import change_notices
from app.rulebooks import service as rulebooks
from rostering.notice import notice_words
from rostering.problem import REST, Choices, OfficerDay
from tests.app.callers import signed_in
from tests.app.rosters.rooms import (
    EARLY,
    FIRST,
    LATE,
    PLAIN,
    Rostered,
    asked,
    change,
    drafted,
    officer_browser,
    read,
    rostered,
)

FRIDAY, SATURDAY = FIRST + timedelta(days=4), FIRST + timedelta(days=5)
PUBLISHED = datetime(2026, 11, 20, 12, tzinfo=UTC)
EXIGENCY, AGREED, OWN = (rosters.Why(it) for it in ("exigency", "agreement", "own_request"))


def told(day: date, notice: int) -> datetime:
    """Noon of the day with so many clear days until another."""
    return datetime.combine(day - timedelta(days=notice + 1), datetime.min.time(), UTC).replace(
        hour=12
    )


@pytest.fixture
def room(database: Database) -> Iterator[Rostered]:
    """A small room of constables; its first roster is published in November."""
    with clock.stopped_at(PUBLISHED):
        made = rostered(database)
        with database.write() as transaction:
            sworn = {"employment": "officer", "grade": "Constable"}
            transaction.execute(update(officers).values(sworn))
        yield made


def brought(
    database: Database,
    room: Rostered,
    choices: Choices = PLAIN,
    why: rosters.Why = rosters.UNSAID,
) -> rosters.Roster:
    """A roster that is published."""
    roster = drafted(database, room, choices)
    with database.write() as transaction:
        rosters.publish(
            transaction, room.room_id, roster.id, roster.version, "The new year", room.by, why
        )
    return read(database, room, roster.id)


def changed(
    database: Database,
    room: Rostered,
    roster: rosters.Roster,
    notice: int,
    why: rosters.Why,
    *moves: tuple[int, int, str | None],
) -> dict[tuple[int, int], rosters.Notice]:
    """What is kept of a change with so many clear days until its last day, by place and day."""
    kept = read(database, room, roster.id)
    at = told(FIRST + timedelta(days=moves[-1][1]), notice)
    with clock.stopped_at(at), database.write() as transaction:
        rosters.edit(
            transaction,
            room.room_id,
            kept.id,
            kept.version,
            tuple(change(room, *moves)),
            room.by,
            why,
        )
    return newest(database, room)


def newest(database: Database, room: Rostered) -> dict[tuple[int, int], rosters.Notice]:
    """The notices of the newest publication, by place of the officer and day of the period."""
    places = {officer.id: place for place, officer in enumerate(room.officers)}
    with database.read() as reading:
        found = rosters.changes(reading, room.room_id, limit=1000)
    last = max(each.number for each in found)
    return {
        (places[each.officer_id], (each.day - FIRST).days): each.notice
        for each in found
        if each.number == last and each.notice
    }


def said(notice: rosters.Notice) -> str:
    """A notice in words."""
    return notice_words(notice.due)


def test_a_first_roster_owes_no_notice(database: Database, room: Rostered) -> None:
    """What is told for the first time needs no reason, and nothing is kept of it."""
    brought(database, room)
    assert newest(database, room) == {}
    with database.read() as reading:
        (first,) = rosters.publications(reading, room.room_id)
    assert (first.change_reason, first.told) == (None, PUBLISHED)


def test_a_rest_day_worked_is_kept_with_its_price(database: Database, room: Rostered) -> None:
    """14 clear days earn time and a half; 15 another rest day; own request nothing."""
    roster = brought(database, room)
    kept = changed(database, room, roster, 14, EXIGENCY, (0, 4, None), (0, 5, "E"))
    assert said(kept[0, 5]) == (
        "Notice: 14 clear days. Due: time and a half for 8 h, in pay or time off as the person "
        "chooses."
    )
    assert (kept[0, 4].due.kind, kept[0, 4].due.awards) == ("stood_down", ())
    kept = changed(database, room, roster, 15, AGREED, (1, 4, None), (1, 5, "E"))
    assert [it.what for it in kept[1, 5].due.awards] == ["rest_day"]
    kept = changed(database, room, roster, 2, OWN, (2, 4, None), (2, 5, "E"))
    assert said(kept[2, 5]) == "Notice: 2 clear days. No compensation is due."


def test_a_rest_day_given_back_takes_its_price_back(database: Database, room: Rostered) -> None:
    """Given back with 7 clear days the officer chooses, and the first price holds no more."""
    roster = brought(database, room)
    first = changed(database, room, roster, 14, EXIGENCY, (0, 4, None), (0, 5, "E"))
    back = changed(database, room, roster, 7, EXIGENCY, (0, 4, "E"), (0, 5, None))
    assert first[0, 5].standing
    assert (back[0, 5].due.kind, back[0, 4].due.kind) == ("rest_day_reinstated", "duty_put_back")
    assert [it.what for it in back[0, 5].due.awards] == ["choice"]
    with database.read() as reading:
        query = select(change_notices.c.number, change_notices.c.standing).distinct()
        rows = sorted(map(tuple, reading.execute(query)))
    assert rows == [(2, False), (3, True)]


def test_a_public_holiday_at_short_notice_needs_a_name(database: Database, room: Rostered) -> None:
    """Under 15 clear days it is refused until the assistant chief constable is named."""
    with database.write() as transaction:
        transaction.execute(update(forecasts).values(holidays="GB-SCT"))  # 4 January is one there
    off = PLAIN.copy()
    off[0] = [REST] + [EARLY] * 5 + [REST] + [EARLY] * 5 + [REST] * 2
    roster = brought(database, room, off)
    assert newest(database, room)[1, 0].due.kind == "first_published"
    with pytest.raises(InvalidInput, match="authority of an assistant chief constable"):
        changed(database, room, roster, 14, EXIGENCY, (0, 5, None), (0, 0, "E"))
    why = rosters.Why("exigency", authority="J. Hall")
    kept = changed(database, room, roster, 7, why, (0, 5, None), (0, 0, "E"))
    assert (kept[0, 0].authority, kept[0, 0].due.kind) == ("J. Hall", "public_holiday_worked")
    assert said(kept[0, 0]).endswith("chooses; another day off.")
    assert kept[0, 5].authority == ""


def test_staff_are_not_stood_down_by_exigency(database: Database, room: Rostered) -> None:
    """The handbook lets no published shift be taken away but by agreement; nothing is changed."""
    with database.write() as transaction:
        transaction.execute(update(officers).values(employment="staff"))
    roster = brought(database, room)
    with pytest.raises(InvalidInput, match="stood down") as caught:
        changed(database, room, roster, 20, EXIGENCY, (0, 4, None), (0, 5, "E"))
    assert caught.value.places[0].field == "reason"
    kept = changed(database, room, roster, 20, AGREED, (0, 4, None), (0, 5, "E"))
    assert kept[0, 4].due.kind == "stood_down"
    assert "ask payroll for the rate: not stated" in said(kept[0, 5])


def test_a_roster_that_supersedes_is_priced_as_a_whole(
    database: Database, client: TestClient, room: Rostered
) -> None:
    """The page counts changes by kind with their cost, and asks why; the reason is kept."""
    brought(database, room)
    other = np.where(PLAIN == EARLY, LATE, PLAIN)
    other[0] = [REST, *[EARLY] * 5, REST] * 2
    roster = drafted(database, room, other)
    here = f"/rooms/{room.room_id}/rosters/{roster.id}"
    with clock.stopped_at(told(FIRST, 3)):
        manager = signed_in(client, room.force.manager)
        page = " ".join(manager.get(f"{here}/publish").text.split())
        assert "Due for the changes: 12 h at their rates and 1 day off." in page
        assert '<th scope="row">Rest day worked</th><td class="n">2</td><td class="n">12 h' in page
        assert '<th scope="row">Stood down</th><td class="n">2</td>' in page
        sent = {"version": roster.version, "reason": "More lates"}
        refused = manager.post(f"{here}/publish", data=sent)
        assert refused.status_code == 422
        assert "Say why published duties change" in refused.text
        sent["change_reason"] = "exigency"
        assert manager.post(f"{here}/publish", data=sent).status_code == 303
    with database.read() as reading:
        last = rosters.publications(reading, room.room_id)[-1]
    assert (last.change_reason, last.reason, last.whole) == ("exigency", "More lates", True)


def test_the_panel_prices_a_change_before_it_is_made(
    database: Database, client: TestClient, room: Rostered
) -> None:
    """Notice and compensation stand beside the reasons; a draft has neither."""
    draft = drafted(database, room)
    roster = brought(database, room)
    with clock.stopped_at(told(SATURDAY, 20)):
        manager = signed_in(client, room.force.manager)
        page = manager.get(f"/rooms/{room.room_id}/rosters/{roster.id}/cells/0/4/try?shift=L").text
        none = manager.get(f"/rooms/{room.room_id}/rosters/{draft.id}/cells/0/4/try?shift=L").text
    assert "Notice: 19 clear days. No compensation is due. 2 unsocial hours more." in page
    assert 'name="reason" value="exigency"' in page
    assert "Pay and notice" not in none
    assert 'name="reason"' not in none


def test_the_officer_and_systems_are_told_what_is_due(
    database: Database, client: TestClient, room: Rostered
) -> None:
    """The same words stand on the officer's page and in the API, which also prices a trial."""
    roster = brought(database, room)
    changed(database, room, roster, 10, EXIGENCY, (0, 4, None), (0, 5, "E"))
    where = f"/api/v1/rooms/{room.room_id}"
    with clock.stopped_at(told(SATURDAY, 9)):
        khan = officer_browser(database, client, room, 0)
        page = " ".join(khan.get("/my/shifts").text.split())
        manager = signed_in(client, room.force.manager)
        listed = manager.get(f"{where}/published-changes", params={"limit": 200}).json()["changes"]
        tried = manager.post(
            f"{where}/rosters/{roster.id}/effect",
            json={"changes": [{"officer_id": str(room.officers[1].id), "day": "2027-01-09",
                               "code": "E"}]},
        ).json()  # fmt: skip
    assert "Exigency of duty. Notice: 10 clear days. Due: time and a half for 8 h" in page
    (notice,) = [it["notice"] for it in listed if it["number"] == 2 and it["day"] == "2027-01-09"]
    assert (notice["kind"], notice["clear_days"]) == ("rest_day_worked", 10)
    (award,) = notice["due"]
    assert (award["rate_percent"], award["minutes"], award["form"]) == (150, 480, "pay_or_time")
    assert "Annex H" in award["source"]
    assert tried["prices"][0]["words"].startswith("Notice: 9 clear days. Due: time and a half")


def test_reasons_in_words_become_one_of_three_and_back(
    database_url: str, database: Database, room: Rostered
) -> None:
    """What the page once wrote becomes its reason, other words stay; the way back restores both."""
    roster = brought(database, room)
    changed(database, room, roster, 20, OWN, (0, 4, "L"))
    query = text("SELECT reason FROM publications ORDER BY number")

    def reasons() -> list[str]:
        with database.engine.connect() as connection:
            return list(connection.execute(query).scalars())

    assert reasons() == ["The new year", ""]
    (before,) = (
        each.down_revision
        for each in ScriptDirectory(str(MIGRATIONS)).walk_revisions()
        if each.path.endswith("_notice.py")
    )
    downgrade(database.engine, str(before))
    assert reasons() == ["The new year", "Own request."]
    upgrade(database.engine)
    assert reasons() == ["The new year", ""]
    with database.read() as reading:
        found = rosters.publications(reading, room.room_id)
        (edit,) = rosters.edits(reading, room.room_id, roster.id)
    assert [each.change_reason for each in found] == [None, "own_request"]
    assert (edit.reason, edit.note) == ("own_request", "")


def test_a_rest_day_told_ahead_is_one_from_the_start(database: Database, room: Rostered) -> None:
    """A first roster that takes a rest day told a year ahead needs a reason and earns another."""
    with database.write() as transaction:
        told_ahead = patterns.Publication(
            new_id(), room.room_id, FIRST, FIRST + timedelta(days=13),
            PUBLISHED - timedelta(days=10), room.by,
        )  # fmt: skip
        lines = {room.officers[0].id: "EEEEERR" * 2}
        pattern_store.add_publication(transaction, told_ahead, lines)
    taken = PLAIN.copy()
    taken[:2, 4], taken[:2, 5] = REST, EARLY
    with pytest.raises(InvalidInput, match="Say why"):
        brought(database, room, taken)
    brought(database, room, taken, AGREED)
    kept = newest(database, room)
    assert list(kept) == [(0, 5)]
    assert (kept[0, 5].due.kind, kept[0, 5].due.notice) == ("rest_day_worked", 49)
    assert [it.what for it in kept[0, 5].due.awards] == ["rest_day"]


def test_scotlands_bands_hold_where_its_book_is_chosen(
    database: Database, client: TestClient, room: Rostered
) -> None:
    """Under 8 clear days double time; rest days disrupted are counted on the page of changes."""
    chosen = rulebooks.Choice(
        0,
        "officer",
        "police_scotland",
        date(2026, 11, 20),
        "We are in Scotland",
        room.by,
        PUBLISHED,
    )
    with database.write() as transaction:
        rulebooks.choose_book(transaction, room.room_id, 0, chosen)
    roster = brought(database, room)
    kept = changed(database, room, roster, 7, EXIGENCY, (0, 4, None), (0, 5, "E"))
    assert said(kept[0, 5]).startswith("Notice: 7 clear days. Due: double time for 8 h")
    changed(database, room, roster, 6, EXIGENCY, (0, 4, "E"), (0, 5, None))
    with clock.stopped_at(told(SATURDAY, 5)):
        manager = signed_in(client, room.force.manager)
        page = manager.get(f"/rooms/{room.room_id}/rosters/changes").text
    assert '<th scope="row">Officer 0</th><td class="n">2</td>' in page


# --- the ledger, and rest days to name ----------------------------------------------------------


def owed(database: Database, room: Rostered, place: int) -> dict[str, int]:
    """What stands on the accounts of an officer in the end."""
    with database.read() as reading:
        found = leave.balances(reading, room.room_id, None, FIRST + timedelta(days=365))
    return {name: amount for name, amount in found[room.officers[place].id].items() if amount}


def test_what_a_change_earns_stands_in_the_ledger(database: Database, room: Rostered) -> None:
    """Time at its rate and another rest day are posted.

    Taken back when the rest day is given back, and posted once when the duty only moves.
    """
    roster = brought(database, room)
    changed(database, room, roster, 14, EXIGENCY, (0, 4, None), (0, 5, "E"))
    changed(database, room, roster, 20, EXIGENCY, (1, 4, None), (1, 5, "E"))
    assert owed(database, room, 0) == {"pay": 480}
    assert owed(database, room, 1) == {"rest_days": 1}
    with database.read() as reading:
        (entry,) = leave.entries(reading, room.room_id, leave.Asked(room.officers[0].id))
    assert (entry.entry.rate, entry.entry.day) == (150, SATURDAY)
    assert entry.entry.source == f"publication:2:{room.officers[0].id}:2027-01-09"
    assert entry.entry.words.startswith("Rest day worked, Saturday 9 January 2027: time and a half")
    changed(database, room, roster, 12, EXIGENCY, (0, 5, "L"))
    assert owed(database, room, 0) == {"pay": 480}
    changed(database, room, roster, 9, EXIGENCY, (0, 4, "E"), (0, 5, None))
    assert owed(database, room, 0) == {}


def test_undoing_a_change_takes_back_what_it_earned(database: Database, room: Rostered) -> None:
    """Undone with much notice nothing is owed any more; done again it is owed once."""
    roster = brought(database, room)
    changed(database, room, roster, 14, EXIGENCY, (0, 4, None), (0, 5, "E"))
    assert owed(database, room, 0) == {"pay": 480}
    for act, left in ((rosters.undo, {}), (rosters.redo, {"pay": 480})):
        kept = read(database, room, roster.id)
        with clock.stopped_at(told(SATURDAY, 13)), database.write() as transaction:
            act(transaction, room.room_id, kept.id, kept.version, room.by, EXIGENCY)
        assert owed(database, room, 0) == left


def test_pay_stands_until_the_officer_chooses_time_off(
    database: Database, client: TestClient, room: Rostered
) -> None:
    """Time off is the hours that the rate makes; what is chosen stays, and goes with its change.

    The officer chooses for themselves alone, a manager keeps what they were told.
    """
    roster = brought(database, room)
    changed(database, room, roster, 14, EXIGENCY, (0, 4, None), (0, 5, "E"))
    changed(database, room, roster, 14, EXIGENCY, (1, 4, None), (1, 5, "E"))
    first, second = (room.officers[place].id for place in (0, 1))
    with database.read() as reading:
        found = rosters.choices_open(reading, room.room_id)
    assert {each.officer_id for each in found} == {first, second}
    manager = signed_in(client, room.force.manager)
    here = f"/api/v1/rooms/{room.room_id}/published-changes"
    time = manager.put(f"{here}/2/{first}/{SATURDAY}/choice", json={"choice": "time"})
    assert (time.status_code, time.json()["notice"]["choice"]) == (200, "time")
    assert owed(database, room, 0) == {"toil": 720}
    again = manager.put(f"{here}/2/{first}/{SATURDAY}/choice", json={"choice": "pay"})
    assert again.status_code == 409
    none = manager.put(f"{here}/2/{first}/{FRIDAY}/choice", json={"choice": "pay"})
    assert none.status_code == 404
    officer = officer_browser(database, client, room, 1)
    theirs = officer.put(
        f"/api/v1/me/published-changes/2/{SATURDAY}/choice", json={"choice": "pay"}
    )
    assert theirs.status_code == 404
    open_page = officer.get("/my/shifts").text
    assert "Rest day worked, Saturday 9 January 2027: time and a half for 8 h, in pay" in open_page
    mine = {"which": f"3/{second}/{SATURDAY}", "choice": "pay"}
    assert officer.post("/my/shifts/choice", data=mine).status_code == 303
    assert "you choose" not in officer.get("/my/shifts").text
    assert owed(database, room, 1) == {"pay": 480}
    assert "Time off was chosen." in manager.get(f"/rooms/{room.room_id}/rosters/changes").text
    changed(database, room, roster, 9, EXIGENCY, (0, 4, "E"), (0, 5, None))
    assert owed(database, room, 0) == {}


def test_the_page_of_changes_keeps_what_was_chosen(
    database: Database, client: TestClient, room: Rostered
) -> None:
    """What is to be chosen stands on it with whom it is about; a form without a choice is told."""
    roster = brought(database, room)
    changed(database, room, roster, 14, EXIGENCY, (0, 4, None), (0, 5, "E"))
    manager = signed_in(client, room.force.manager)
    page = f"/rooms/{room.room_id}/rosters/changes"
    which = f"2/{room.officers[0].id}/{SATURDAY}"
    assert f'value="{which}"' in manager.get(page).text
    for data, status, words in (
        ({"chosen_for": which}, 422, "Choose pay or time off."),
        ({"chosen_for": "2/x", "choice": "pay"}, 422, "Choose one."),
        ({"chosen_for": which.replace("2/", "9/", 1), "choice": "pay"}, 404, "no such change"),
    ):
        answer = manager.post(f"{page}/choices", data=data)
        assert (answer.status_code, words in answer.text) == (status, True)
    assert manager.post(f"{page}/choices", data={"chosen_for": which, "choice": "time"}).is_redirect
    assert owed(database, room, 0) == {"toil": 720}


def test_a_recall_from_leave_earns_days_off_or_pay(database: Database, room: Rostered) -> None:
    """Two days off for each of the first two days, or one and double time; then a day and a half.

    Leave keeps the day free until the recall. Source: PNB circular 2014/8, as Warwickshire's and
    Derbyshire's federations explain it.
    """
    who = room.officers[0].id
    week = leave.AbsenceDetails("leave", FIRST, FIRST + timedelta(days=6))
    choices = PLAIN.copy()
    choices[0, :7] = REST
    with database.write() as transaction:
        made = leave.record_absence(transaction, room.room_id, who, week, room.by).absence
    roster = brought(database, room, choices)
    with pytest.raises(Unlawful):
        changed(database, room, roster, 10, EXIGENCY, (0, 1, "E"))
    for place, day in enumerate((1, 2, 3)):
        with database.write() as transaction:
            when = FIRST + timedelta(days=day)
            leave.recall(transaction, room.room_id, made.id, when, room.by)
        notice = changed(database, room, roster, 10, EXIGENCY, (0, day, "E"))[0, day]
        assert notice.due.kind == "leave_recalled"
        assert notice.choice == ("open" if place < 2 else None)
    assert said(notice).endswith("Due: a day and a half off.")
    assert owed(database, room, 0) == {"public_holidays": (2 + 2) * 480 + 720}
    with database.read() as reading:
        first, _ = rosters.choices_open(reading, room.room_id, who)
    position = rosters.ChangePosition(first.number, who, first.day)
    with database.write() as transaction:
        rosters.choose(transaction, room.room_id, position, "pay", room.by)
    assert owed(database, room, 0) == {"public_holidays": (1 + 2) * 480 + 720, "pay": 480}
    with database.read() as reading:
        entries = leave.entries(reading, room.room_id, leave.Asked(who, "pay"))
    assert [(each.entry.amount, each.entry.rate) for each in entries] == [(480, 200)]


def test_a_rest_day_is_named_once_and_kept_free(database: Database, room: Rostered) -> None:
    """It stands to do until it is named; the day is a later one without duty.

    And no rest day anyway; new rosters fix it, and working it is a rest day worked.
    """
    roster = brought(database, room)
    changed(database, room, roster, 20, EXIGENCY, (0, 4, None), (0, 5, "E"))
    with database.read() as reading:
        (change_,) = rosters.rest_days_to_name(reading, room.room_id)
    position = rosters.ChangePosition(change_.number, change_.officer_id, change_.day)

    def name(day: date) -> None:
        with clock.stopped_at(told(SATURDAY, 19)), database.write() as transaction:
            rosters.name_rest_day(transaction, room.room_id, position, day, room.by)

    for day, words in [
        (date(2026, 12, 1), "after today"),
        (FIRST, "has a duty that day"),
        (FIRST + timedelta(days=6), "published as a rest day anyway"),
    ]:
        with pytest.raises(InvalidInput, match=words):
            name(day)
    name(FRIDAY)
    with pytest.raises(Conflict, match="named for it already"):
        name(FRIDAY)
    assert owed(database, room, 0) == {}
    with database.read() as reading:
        assert rosters.rest_days_to_name(reading, room.room_id) == ()
    _, job = asked(database, room)
    with database.write() as transaction:
        task = rosters.task(transaction, room.room_id, job.id)
    assert task is not None
    row = task.problem.officer_index[str(room.officers[0].id)]
    assert task.problem.officers[row].days == {4: OfficerDay()}
    kept = changed(database, room, roster, 10, EXIGENCY, (0, 3, None), (0, 4, "E"))
    assert kept[0, 4].due.kind == "rest_day_worked"


def test_the_page_of_changes_names_rest_days(
    database: Database, client: TestClient, room: Rostered
) -> None:
    """What is to be named stands first, also in the list of rosters; then every change."""
    roster = brought(database, room)
    changed(database, room, roster, 20, EXIGENCY, (0, 4, None), (0, 5, "E"))
    here = f"/rooms/{room.room_id}/rosters/changes"
    with clock.stopped_at(told(SATURDAY, 15)):
        manager = signed_in(client, room.force.manager)
        page = " ".join(manager.get(here).text.split())
        rosters_page = manager.get(f"/rooms/{room.room_id}/rosters").text
        assert "1 rest day is to be named by Wednesday 23 December." in rosters_page
        assert "1 date is overdue." in page
        assert "Officer 0</b> works the rest day of Saturday 9 January 2027." in page
        assert "rest, was 07:00–15:00" in page
        sent = {"which": f"2/{room.officers[0].id}/2027-01-09", "named": ""}
        assert "Give a date." in manager.post(f"{here}/rest-days", data=sent).text
        assert (
            manager.post(f"{here}/rest-days", data={**sent, "named": "2027-01-08"}).status_code
            == 303
        )
        assert "Rest day named: Friday 8 January 2027." in manager.get(here).text
        systems = f"/api/v1/rooms/{room.room_id}"
        assert manager.get(f"{systems}/rest-days-to-name").json() == {"changes": []}
        again = manager.put(
            f"{systems}/published-changes/2/{room.officers[0].id}/2027-01-09/rest-day",
            json={"named": "2027-01-08"},
        )
    assert again.status_code == 409
