"""A scenario used in the next roster: what can be handed over, what cannot, and what stays."""

from __future__ import annotations

import re
from uuid import UUID

import numpy as np
import pytest
from fastapi.testclient import TestClient

from app.db.transaction import Database
from app.errors import Conflict, InvalidInput
from app.requirements import service as requirements
from app.rosters import service as rosters
from app.scenarios import service
from app.scenarios.values import (
    CallsChange,
    Change,
    HandlingChange,
    PeopleChange,
    ReserveChange,
    Seek,
    TargetChange,
)
from tests.app.callers import signed_in, token
from tests.app.rosters.rooms import DAYS, FIRST, Rostered, asked
from tests.app.scenarios.rooms import answered, ask, asked_about, in_force, on_assumed_terms

MORE = CallsChange(1.5)


@pytest.fixture
def room(database: Database) -> Rostered:
    """A room with a forecast, assumed terms and a roster in force."""
    made = asked_about(database)
    on_assumed_terms(database)
    in_force(database, made)
    return made


def used(database: Database, room: Rostered, *changes: Change) -> requirements.Requirement:
    """The requirement that a scenario with these changes comes to."""
    found = answered(database, room, changes=changes)
    with database.write() as transaction:
        return service.hand_over(
            transaction, room.room_id, room.by, found.scenario.id, "  New year \n fair "
        )


def test_more_calls_ask_for_more_people_where_they_are_chosen(
    database: Database, room: Rostered
) -> None:
    """Half as many calls more on all days of the requirement; a roster made for it has it."""
    plain, found = used(database, room, CallsChange(1.0)), used(database, room, MORE)
    with database.read() as reading:
        before, after = (
            requirements.need(reading, room.room_id, each.id) for each in (plain, found)
        )
    assert (found.first_day, found.days) == (FIRST, DAYS)
    assert before.calls is not None
    assert after.calls is not None
    assert after.calls.load["999"][8:] == pytest.approx(before.calls.load["999"][8:] * 1.5)
    assert np.all(after.whole > before.whole)
    assert found.purpose == "All calls +50\N{NO-BREAK SPACE}%"
    assert found.notes[0] == (
        "Worked out for a question: All calls +50\N{NO-BREAK SPACE}%. Reason: New year fair"
    )
    roster, _ = asked(database, room, requirement_id=found.id)
    assert roster.requirement_id == found.id
    assert roster.assumed[0].startswith("The people needed were worked out for a question: All")


def test_what_is_not_chosen_stays_with_the_forecast(database: Database, room: Rostered) -> None:
    """Another question, another roster and the cover of the day rest on what they did before."""
    found = used(database, room, MORE)
    assert asked(database, room)[0].requirement_id == room.requirement_id
    later, _ = ask(database, room)
    assert later.requirement_id == room.requirement_id
    with database.read() as reading:
        newest = requirements.newest(reading, room.room_id)
        assert newest is not None
        assert newest.id == room.requirement_id
        assert found.id in {each.id for each in requirements.requirements(reading, room.room_id)}


def test_changed_terms_are_the_terms_of_the_requirement(database: Database, room: Rostered) -> None:
    """Longer calls, another goal and another reserve stand in it as given."""
    changes = HandlingChange(60.0), TargetChange("999", 0.95, 5.0), ReserveChange(1)
    found = used(database, room, *changes)
    (terms,) = found.terms
    assert (terms.terms.aht_seconds, terms.terms.share, terms.terms.within_seconds) == (
        360,
        0.95,
        5,
    )
    assert {terms.origins[name] for name in ("aht_seconds", "share", "within_seconds")} == {"given"}
    assert found.room is not None
    assert found.room.terms.reserve == 2
    with (
        database.write() as transaction,
        pytest.raises(Conflict, match="worked out for a question"),
    ):
        requirements.repair(transaction, room.room_id, found.id, room.by)


@pytest.mark.parametrize(
    ("wanted", "words"),
    [
        (
            {"changes": (MORE, PeopleChange(-2))},
            "other people on duty, which no roster can be made",
        ),
        ({"seek": Seek("999", 0.5)}, "people sought are not handed to a roster"),
        ({}, "Nothing is otherwise in this scenario"),
    ],
)
def test_other_people_are_not_handed_over(
    client: TestClient, database: Database, room: Rostered, wanted: dict[str, object], words: str
) -> None:
    """The page has a sentence in place of the button, and the doors refuse with it."""
    found = answered(database, room, **wanted)
    with database.write() as transaction, pytest.raises(Conflict, match=words):
        service.hand_over(transaction, room.room_id, room.by, found.scenario.id, "x")
    manager = signed_in(client, room.force.manager)
    here = f"/rooms/{room.room_id}/what-if/{found.scenario.id}"
    page = manager.get(here).text
    assert words in page
    assert f"{here}/use" not in page
    assert manager.get(f"{here}/use").headers["Location"].startswith(here)


def test_an_unanswered_question_and_a_missing_reason_are_refused(
    database: Database, room: Rostered
) -> None:
    """Nothing is kept for either."""
    scenario, _ = ask(database, room, changes=(MORE,))
    done = answered(database, room, changes=(MORE,)).scenario
    with database.write() as transaction:
        with pytest.raises(Conflict, match="not answered yet"):
            service.hand_over(transaction, room.room_id, room.by, scenario.id, "x")
        for reason in ("  ", "x" * 301):
            with pytest.raises(InvalidInput, match="reason"):
                service.hand_over(transaction, room.room_id, room.by, done.id, reason)
        assert len(requirements.requirements(transaction, room.room_id)) == 1


def test_from_b_to_a_roster_made_for_it(
    client: TestClient, database: Database, room: Rostered
) -> None:
    """The button of B, its effect and a reason, the form with what was kept, and the roster."""
    plain = answered(database, room)
    found = answered(database, room, changes=(MORE,), against=plain.scenario.id)
    manager = signed_in(client, room.force.manager)
    here = f"/rooms/{room.room_id}/what-if/{found.scenario.id}"
    assert re.search(rf'href="{here}/use"[^>]*>Use B in the next roster', manager.get(here).text)
    page = manager.get(f"{here}/use").text
    assert "A roster must find" in page
    assert "All calls +50" in page
    sent = {"csrf": re.search(r'name="csrf" value="([^"]+)"', page)[1]}  # type: ignore[index]
    refused = manager.post(f"{here}/use", data=sent)
    assert refused.status_code == 422
    assert 'href="#f-reason"' in refused.text
    kept = manager.post(f"{here}/use", data={**sent, "reason": "New year"})
    where = kept.headers["Location"]
    form = manager.get(where).text
    assert "Worked out for a question: All calls +50" in form
    chosen = UUID(where.rsplit("=", 1)[1])
    assert f'name="requirement" value="{chosen}"' in form
    asked_for = {**sent, "first_day": FIRST.isoformat(), "days": str(DAYS), "seconds": "30"}
    made = manager.post(
        f"/rooms/{room.room_id}/rosters", data={**asked_for, "requirement": str(chosen)}
    )
    with database.read() as reading:
        roster = rosters.roster(reading, room.room_id, UUID(made.headers["Location"][-36:]))
    assert roster.requirement_id == chosen
    again = manager.get(f"/rooms/{room.room_id}/rosters/new?like={roster.id}").text
    assert f'name="requirement" value="{chosen}"' in again


def test_a_system_uses_a_scenario_once(
    client: TestClient, database: Database, room: Rostered
) -> None:
    """201 with the requirement's place, once a key; 409 for other people on duty."""
    headers = token(database, room.force.system)
    found = answered(database, room, changes=(MORE,)).scenario
    where = f"/api/v1/rooms/{room.room_id}/scenarios"
    keyed = {**headers, "Idempotency-Key": "use-it"}
    first, again = (
        client.post(f"{where}/{found.id}/requirement", json={"reason": "Fair"}, headers=keyed)
        for _ in range(2)
    )
    assert (first.status_code, first.json()) == (201, again.json())
    kept = client.get(first.headers["Location"], headers=headers).json()
    assert kept["purpose"] == first.json()["purpose"] == "All calls +50\N{NO-BREAK SPACE}%"
    other = answered(database, room, changes=(PeopleChange(1),)).scenario
    refused = client.post(
        f"{where}/{other.id}/requirement", json={"reason": "Fair"}, headers=headers
    )
    assert refused.status_code == 409
    officer = token(database, room.force.officer)
    asked_by = client.post(
        f"{where}/{found.id}/requirement", json={"reason": "Fair"}, headers=officer
    )
    assert asked_by.status_code == 403
