"""What is weighed when a roster is made, and what a roster cost."""

from __future__ import annotations

from html import unescape
from uuid import UUID

import numpy as np
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import insert

from app.db.transaction import Database
from app.errors import InvalidInput
from app.preferences import service as preferences
from app.requirements.tables import requirement_loads
from app.rosters import service as rosters
from rostering.dials import Level
from rostering.rules.base import Dial
from tests.app.callers import signed_in, token
from tests.app.rosters.rooms import (
    DAYS,
    FIRST,
    PLAIN,
    Rostered,
    asked,
    drafted,
    rostered,
    wishing,
)
from tests.app.rosters.test_pages import words


@pytest.fixture
def room(database: Database) -> Rostered:
    """A room in which one person wishes for a Monday off, which the plain roster does not give."""
    room = rostered(database)
    wishing(database, room, [(2, preferences.WishDetails(FIRST, wants=False, points=5))])
    return room


def weights(database: Database, room: Rostered, roster: rosters.Roster) -> dict[str, object]:
    """Prices of the rules that a roster is made by."""
    with database.read() as reading:
        found = rosters.opened(reading, room.room_id, roster.id).problem
    return {rule.code: rule.weight for rule in found.rules}


def test_dials_are_frozen_with_the_roster(database: Database, room: Rostered) -> None:
    """Prices are turned as asked for, the roster says so, and whoever goes on from it keeps it."""
    dials: dict[Dial, Level] = {"preferences": "much", "fatigue": "off", "notice": "as_set"}
    first = drafted(database, room, dials=dials)
    then = drafted(database, room, like=first.id)
    plain = drafted(database, room, like=first.id, dials={})
    assert "Weighed otherwise than the rulebook sets it: wishes: much and fatigue: off." in (
        first.assumed
    )
    for roster in (first, then):
        found = weights(database, room, roster)
        assert (found["preferences"], found["rotation"], found["cover"]) == (2, 0, 1)
    assert weights(database, room, plain)["preferences"] == 1
    with database.read() as reading:
        cost = rosters.weighed(reading, room.room_id, first.id)
        plainly = rosters.weighed(reading, room.room_id, plain.id)
    assert cost.prices.levels == {"preferences": "much", "fatigue": "off"}
    assert cost.prices.of("preferences").points == 10
    assert cost.prices.as_set == plainly.prices.points == plainly.prices.as_set
    assert cost.prices.of("fatigue").points == 0


def test_a_level_that_a_dial_has_not_is_refused(database: Database, room: Rostered) -> None:
    """Missing people always have a price."""
    with pytest.raises(InvalidInput) as refused:
        asked(database, room, dials={"shortage": "off"})
    assert [place.field for place in refused.value.places] == ["dials.shortage"]


def test_dials_say_what_they_meant_in_the_last_roster(database: Database, room: Rostered) -> None:
    """Figures come from the newest roster with shifts; changes are weighed where any can be."""
    with database.read() as reading:
        bare = rosters.dials_here(reading, room.room_id, FIRST, None)
        assert rosters.last_weighed(reading, room.room_id) is None
    assert {each.dial for each in bare} == {"shortage", "preferences", "fatigue"} | (
        {each.dial for each in bare} & {"fairness"}
    )
    assert not any(each.meant for each in bare)
    made = drafted(database, room, dials={"preferences": "most"})
    with database.read() as reading:
        last = rosters.last_weighed(reading, room.room_id)
        assert last is not None
        assert last.roster.id == made.id
        here = rosters.dials_here(reading, room.room_id, FIRST, last, like=True, least_change=True)
    found = {each.dial: each for each in here}
    assert found["preferences"].level == "most"
    assert found["preferences"].meant[0] == "0 of 1 wishes about a day were met."
    assert "one person missing for 15 min" in found["preferences"].meant[1]
    assert found["stability"].meant[0].startswith("A day that changes weighs as much as")
    assert found["notice"].level == "as_set"


def test_callers_kept_waiting_are_those_beyond_the_need(database: Database, room: Rostered) -> None:
    """Where the requirement knows of calls, what is missing is told in callers."""
    roster = drafted(database, room)
    erlangs = np.full(DAYS * 96, 1.0, dtype="<f8").tobytes()
    kept = {"requirement_id": room.requirement_id, "position": 0, "queue": "999"}
    with database.write() as transaction:
        transaction.execute(insert(requirement_loads).values(**kept, erlangs=erlangs))
    with database.read() as reading:
        cost = rosters.weighed(reading, room.room_id, roster.id)
    assert cost.more_late is not None
    assert cost.more_late > 100
    assert any("callers more would wait too long" in each for each in cost.meant["shortage"])


def test_the_form_turns_dials(database: Database, client: TestClient, room: Rostered) -> None:
    """Each dial stands with its words; all can be set as set again; what is chosen is kept."""
    drafted(database, room)
    manager = signed_in(client, room.force.manager)
    home = f"/rooms/{room.room_id}/rosters"
    old = drafted(database, room, seconds=90)
    improved = manager.get(f"{home}/new", params={"like": str(old.id)}).text
    assert 'value="120" checked' in improved
    form = manager.get(f"{home}/new").text
    assert "What should matter" in form
    assert "0 of 1 wishes about a day were met." in words(form)
    assert 'name="stability"' not in form
    sent = {"first_day": FIRST.isoformat(), "days": str(DAYS), "seconds": "30"}
    back = manager.post(home, data={**sent, "preferences": "much", "reset": "yes", "name": "Mine"})
    assert back.status_code == 200
    assert 'value="much" checked' not in back.text
    assert 'value="Mine"' in back.text
    wrong = manager.post(home, data={**sent, "preferences": "louder"})
    assert wrong.status_code == 422
    assert "Choose one of the levels of this dial." in wrong.text
    made = manager.post(home, data={**sent, "preferences": "much"})
    roster = made.headers["location"].rpartition("/")[2]
    with database.read() as reading:
        dials = rosters.opened(reading, room.room_id, UUID(roster)).problem.dials
    assert dials is not None
    assert dials.levels == {"preferences": "much"}


def test_every_roster_has_its_price_list(
    database: Database, client: TestClient, room: Rostered
) -> None:
    """In short on its page, and whole on a page of its own, where each dial stands once."""
    roster = drafted(database, room, dials={"preferences": "little"})
    manager = signed_in(client, room.force.manager)
    here = f"/rooms/{room.room_id}/rosters/{roster.id}"
    page = words(manager.get(here).text)
    assert "0 of 1 wishes about a day were met." in page
    assert "Weighed otherwise than set: wishes at “a little”." in page
    whole = words(manager.get(f"{here}/prices").text)
    for head in ("What counts, and what it meant", "The dearest", "Rule by rule", "Day by day"):
        assert head in whole
    assert "People missing make" in whole
    assert whole.count("wishes about a day were met.") == 1
    assert "A wish not met weighed as much as one person missing" in whole


def test_two_rosters_are_compared_at_the_same_prices(
    database: Database, client: TestClient, room: Rostered
) -> None:
    """Both at the rulebook's prices, each with its dials, and which dial would turn the order."""
    other = PLAIN.copy()
    other[2, 0] = -1
    one = drafted(database, room, dials={"preferences": "most"})
    two = drafted(database, room, other)
    manager = signed_in(client, room.force.manager)
    text = unescape(
        manager.get(
            f"/rooms/{room.room_id}/rosters/compare", params={"roster": [str(one.id), str(two.id)]}
        ).text
    )
    assert "What they cost" in text
    assert "At the rulebook's prices the second costs less." in text
    assert "5 (most)" in text
    told = manager.get(
        f"/api/v1/rooms/{room.room_id}/rosters/{one.id}/comparison", params={"other": str(two.id)}
    ).json()
    (wishes,) = (each for each in told["costs"] if each["dial"] == "preferences")
    assert wishes == {
        "dial": "preferences", "one": 5, "other": 0, "one_level": "most", "other_level": "as_set",
    }  # fmt: skip


def test_systems_turn_dials_and_read_prices(
    database: Database, client: TestClient, room: Rostered
) -> None:
    """The dials of a room, a roster asked for with some of them turned, and its price list."""
    system = token(database, room.force.system)
    where = f"/api/v1/rooms/{room.room_id}/rosters"
    roster = drafted(database, room)
    query = {"first_day": FIRST.isoformat(), "least_change": "true"}
    dials = client.get(f"{where}/dials", params=query, headers=system).json()
    assert dials["roster_id"] == str(roster.id)
    assert [each["dial"] for each in dials["dials"] if each["dial"] != "fairness"] == [
        "shortage",
        "preferences",
        "fatigue",
        "stability",
        "notice",
    ]
    prices = client.get(f"{where}/{roster.id}/prices", headers=system).json()
    assert prices["points"] == prices["as_set"] == sum(prices["by_day"]) + prices["of_no_day"]
    assert prices["counts"]["wishes"] == 1
    assert prices["dearest"][0]["day"] >= FIRST.isoformat()
    body = {"first_day": FIRST.isoformat(), "days": DAYS, "seconds": 5}
    keyed = {**system, "Idempotency-Key": "dials"}
    asked_for = client.post(where, json={**body, "dials": {"fatigue": "much"}}, headers=keyed)
    assert asked_for.status_code == 202
    keyed["Idempotency-Key"] = "wrong"
    wrong = client.post(where, json={**body, "dials": {"shortage": "off"}}, headers=keyed)
    assert [each["field"] for each in wrong.json()["errors"]] == ["dials.shortage"]
    wrong = client.post(where, json={**body, "dials": {"luck": "much"}}, headers=keyed)
    assert wrong.status_code == 422
