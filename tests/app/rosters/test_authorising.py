"""Breaches on somebody's word: refused without it, kept with it, and what rest is owed."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from html import unescape

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import select

from app import clock
from app.auth.tables import audit
from app.db.transaction import Database
from app.errors import InvalidInput, NotFound, Unlawful
from app.rosters import service as rosters
from app.rulebooks import service as rulebooks
from rostering.files import problem_from_json, roster_from_json
from rostering.verify import verify
from tests.app.callers import signed_in
from tests.app.rosters.rooms import (
    FIRST,
    Rostered,
    change,
    drafted,
    officer_browser,
    read,
    rostered,
)

NIGHT_BEFORE_AN_EARLY = (0, 1, "N")
"""No rest at all before the early of the day after: 11 h of rest are missing."""

SAID = rosters.Authority(
    "exigency", "Supt Jones", "Two sick on a night.", 11 * 60, date(2027, 1, 20)
)


@pytest.fixture
def room(database: Database) -> Rostered:
    """The small room, of a force in which two nights' sleep after nights is no mere guidance."""
    made = rostered(database)
    said = rulebooks.Said({"weight": "hard"}, date(2026, 12, 1), "Agreed with the staff side.")
    with clock.stopped_at(datetime(2026, 12, 1, 12, tzinfo=UTC)), database.write() as transaction:
        rulebooks.set_numbers(
            transaction, made.room_id, "police_staff_ew", "rest_after_nights", 0, said, made.by,
            also=("police_officers_ew",),
        )  # fmt: skip
    return made


@pytest.fixture
def roster(database: Database, room: Rostered) -> rosters.Roster:
    """A lawful draft of earlies."""
    return drafted(database, room)


def authorise(
    database: Database,
    room: Rostered,
    roster: rosters.Roster,
    said: rosters.Authority = SAID,
    move: tuple[int, int, str | None] = NIGHT_BEFORE_AN_EARLY,
) -> rosters.Roster:
    """The roster after a change on somebody's word."""
    with database.write() as transaction:
        changes = tuple(change(room, move))
        found, _ = rosters.edit(
            transaction, room.room_id, roster.id, roster.version, changes, room.by,
            authority=said,
        )  # fmt: skip
        return found


def test_a_breach_stands_on_somebodys_word(
    database: Database, room: Rostered, roster: rosters.Roster
) -> None:
    """It is kept with who, why and the rest owed; the roster is lawful, and can be published."""
    changed = authorise(database, room, roster)
    with database.read() as reading:
        found = rosters.authorised_breaches(reading, room.room_id, roster.id)
        preview = rosters.preview(reading, room.room_id, roster.id)
    by_rule = {each.rule: each for each in found}
    assert set(by_rule) == {"daily_rest", "rest_after_nights"}
    assert by_rule["daily_rest"].said == SAID
    assert by_rule["daily_rest"].officer_id == room.officers[0].id
    assert by_rule["rest_after_nights"].said == replace(SAID, rest_minutes=0, rest_by=None)
    assert preview.breaches == ()
    assert changed.objective is not None


def test_the_files_of_a_roster_carry_what_was_authorised(
    database: Database, room: Rostered, roster: rosters.Roster
) -> None:
    """Whoever checks problem and roster elsewhere finds the breaches authorised, none unlawful."""
    authorise(database, room, roster)
    with database.read() as reading:
        problem = problem_from_json(rosters.problem_document(reading, room.room_id, roster.id))
        made = roster_from_json(rosters.roster_document(reading, room.room_id, roster.id), problem)
    verdict = verify(problem, made)
    assert verdict.is_legal
    assert len(verdict.authorised) == 3


def test_undoing_takes_the_word_back_and_redoing_gives_it_again(
    database: Database, room: Rostered, roster: rosters.Roster
) -> None:
    """What was authorised is in force exactly while its edit is."""
    now = authorise(database, room, roster)
    in_force = []
    with database.write() as transaction:
        for act in (rosters.undo, rosters.redo):
            now = act(transaction, room.room_id, roster.id, now.version, room.by)
    for act in (rosters.undo, rosters.redo):
        with database.write() as transaction:
            now = act(transaction, room.room_id, roster.id, now.version, room.by)
        with database.read() as reading:
            desk = rosters.opened(reading, room.room_id, roster.id)
            in_force.append((len(desk.authorised), len(desk.standing.hard)))
    assert in_force == [(0, 0), (3, 0)]


@pytest.mark.parametrize(
    ("said", "field"),
    [
        (replace(SAID, authority=" "), "authorised_by"),
        (replace(SAID, reason=""), "authorised_reason"),
        (replace(SAID, rest_minutes=0), "rest_hours"),
        (replace(SAID, rest_by=None), "rest_by"),
    ],
)
def test_who_why_and_when_rest_is_given_must_be_said(
    database: Database, room: Rostered, roster: rosters.Roster, said: rosters.Authority, field: str
) -> None:
    """Without one of them nothing is changed, and the field is named."""
    with pytest.raises(InvalidInput) as caught:
        authorise(database, room, roster, said)
    assert [place.field for place in caught.value.places][:1] == [field]
    assert read(database, room, roster.id) == roster


def test_what_a_person_cannot_do_is_nobodys_to_authorise(
    database: Database, room: Rostered, roster: rosters.Roster
) -> None:
    """A pinned day stays whatever is said."""
    with database.write() as transaction:
        cell = (room.officers[0].id, FIRST)
        pinned = rosters.set_pinned(
            transaction, room.room_id, roster.id, roster.version, [cell], room.by, pinned=True
        )
    with pytest.raises(Unlawful, match="Nobody can authorise this"):
        authorise(database, room, pinned, move=(0, 0, None))


def test_rest_is_noted_as_given_once(
    database: Database, room: Rostered, roster: rosters.Roster
) -> None:
    """Of a breach that owes rest; of one that owes none it is refused."""
    authorise(database, room, roster)
    with database.write() as transaction:
        found = rosters.authorised_breaches(transaction, room.room_id, roster.id)
        rest, none, _ = sorted(found, key=lambda each: each.rule)
        rosters.give_rest(transaction, room.room_id, roster.id, rest.id, date(2027, 1, 9))
        for again in (rest, none):
            with pytest.raises(NotFound):
                rosters.give_rest(transaction, room.room_id, roster.id, again.id, date(2027, 1, 9))


def test_the_panel_asks_and_the_page_tells(
    client: TestClient, database: Database, room: Rostered, roster: rosters.Roster
) -> None:
    """What breaks is shown with the form; once kept the roster's page names who, why and rest."""
    manager = signed_in(client, room.force.manager)
    here = f"/rooms/{room.room_id}/rosters/{roster.id}"
    with database.read() as reading:
        officers = rosters.opened(reading, room.room_id, roster.id).problem.officer_index
    row = officers[str(room.officers[0].id)]
    panel = manager.get(f"{here}/cells/{row}/1/try?shift=N").text
    assert "Authorise this breach" in panel
    assert 'name="rest_hours"' in panel
    body = {
        "version": roster.version, "officer": str(room.officers[0].id),
        "day": "2027-01-05", "code": "N", "ground": "exigency", "authorised_by": "Supt Jones",
        "authorised_reason": "Two sick on a night", "rest_hours": "11", "rest_by": "2027-01-20",
    }  # fmt: skip
    assert manager.post(f"{here}/authorised", data=body).status_code == 303
    kept = manager.get(here)
    said = " ".join(unescape(re.sub(r"<[^>]+>", " ", kept.text)).split())
    assert "Authorised by Supt Jones: Two sick on a night. Exigency of duty" in said
    assert "11 h of rest owed by Wednesday 20 January." in said
    with database.read() as reading:
        told = reading.execute(select(audit.c.what)).scalars().all()
    assert "authorised a breach of a rule" in told


def test_the_officer_is_told_once_it_is_published(
    client: TestClient, database: Database, room: Rostered, roster: rosters.Roster
) -> None:
    """What was set aside, on whose word and the rest owed stand on the officer's own page."""
    now = authorise(database, room, roster)
    with clock.stopped_at(datetime(2027, 1, 4, 6, tzinfo=UTC)):
        phone = officer_browser(database, client, room, 0)
        assert "Supt Jones" not in phone.get("/my/shifts").text
        with database.write() as transaction:
            rosters.publish(transaction, room.room_id, roster.id, now.version, "First.", room.by)
        said = phone.get("/my/shifts").text
    assert "Authorised by Supt Jones" in said
    assert "11 h of rest owed by Wednesday 20 January." in said


def test_a_system_authorises_by_the_same_words(
    client: TestClient, database: Database, room: Rostered, roster: rosters.Roster
) -> None:
    """Refused as an edit, kept as an authorised one, listed with its rule, rest noted as given."""
    manager = signed_in(client, room.force.manager)
    where = f"/api/v1/rooms/{room.room_id}/rosters/{roster.id}"
    moved = {"officer_id": str(room.officers[0].id), "day": "2027-01-05", "code": "N"}
    sent = {"If-Match": f'"{roster.version}"', "Idempotency-Key": "one"}
    said = {
        "changes": [moved], "ground": "shift_change", "authorised_by": "Supt Jones",
        "authorised_reason": "Two sick.", "rest_minutes": 660, "rest_by": "2027-01-20",
    }  # fmt: skip
    refused = manager.post(f"{where}/edits", json={"changes": [moved]}, headers=sent)
    assert refused.status_code == 409
    sent["Idempotency-Key"] = "two"
    assert manager.post(f"{where}/authorised", json=said, headers=sent).status_code == 201
    found = manager.get(f"{where}/authorised").json()["authorised"]
    rest = next(each for each in found if each["rule"] == "daily_rest")
    assert (rest["ground"], rest["rest_minutes"]) == ("shift_change", 660)
    given = manager.put(f"{where}/authorised/{rest['id']}/rest", json={"day": "2027-01-09"})
    assert given.status_code == 204
    found = manager.get(f"{where}/authorised").json()["authorised"]
    assert [each["rest_given"] for each in found if each["rest_minutes"]] == ["2027-01-09"]
