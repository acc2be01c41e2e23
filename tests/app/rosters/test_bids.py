"""Bids: opened for a draft, placed out of a budget, awarded as chosen, pinned, and taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import numpy as np
import pytest
from fastapi.testclient import TestClient

from app import clock
from app.db.transaction import Database
from app.errors import Conflict, InvalidInput, NotFound, Stale
from app.patterns import service as patterns
from app.rosters import service as rosters
from app.rosters.service import Roster, bids
from app.rosters.values.bids import BidRound, BidRoundDetails
from rostering.problem import REST
from tests.app.callers import signed_in, token
from tests.app.rosters.rooms import (
    FIRST,
    PLAIN,
    Rostered,
    drafted,
    officer_browser,
    read,
    rostered,
)

NOW = datetime(2026, 12, 1, 12, tzinfo=UTC)
CLOSES = datetime(2026, 12, 8, 23, 59, tzinfo=UTC)
AFTER = datetime(2026, 12, 9, 12, tzinfo=UTC)
SHIFTS = BidRoundDetails("shifts", "points", 20, CLOSES)


@pytest.fixture(autouse=True)
def _now() -> Iterator[None]:
    """Let it be early December."""
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def room(database: Database) -> Rostered:
    """The small room."""
    return rostered(database)


def spare(database: Database, room: Rostered) -> Roster:
    """A draft in which everybody has a shift less than the contract, so that one more is lawful."""
    choices = np.array(PLAIN)
    choices[:, 11] = REST
    return drafted(database, room, choices)


def opened(
    database: Database, room: Rostered, roster: Roster, details: BidRoundDetails = SHIFTS
) -> BidRound:
    """A round of bids of a draft."""
    with database.write() as transaction:
        return bids.open_bids(transaction, room.room_id, roster.id, roster.version, details)


def bid(
    database: Database, room: Rostered, found: BidRound, who: int, points: dict[int, int]
) -> None:
    """Points of an officer by place of the lot."""
    given = {found.lots[lot].id: each for lot, each in points.items()}
    with database.write() as transaction:
        bids.place_bids(transaction, room.room_id, room.officers[who].id, found.id, given)


def awarded(database: Database, room: Rostered, found: BidRound) -> dict[tuple[int, int], str]:
    """Why each bid is lost, by places of officer and lot, once awarded; "" where it is won."""
    roster = read(database, room, found.roster_id)
    with clock.stopped_at(AFTER), database.write() as transaction:
        came = bids.award_bids(transaction, room.room_id, found.id, roster.version, room.by).bids
    people = {each.id: place for place, each in enumerate(room.officers)}
    lots = {lot.id: place for place, lot in enumerate(found.lots)}
    return {(people[each.officer_id], lots[each.lot_id]): each.words for each in came}


def shift_of(
    database: Database, room: Rostered, roster_id: UUID, who: int, day: date
) -> str | None:
    """Code of what an officer works on a day."""
    with database.read() as reading:
        desk = rosters.opened(reading, room.room_id, roster_id)
    row = desk.problem.officer_index[str(room.officers[who].id)]
    shift = desk.standing.shift(row, (day - FIRST).days)
    return shift.code if shift else None


def test_a_shift_goes_to_the_most_points_and_is_pinned(database: Database, room: Rostered) -> None:
    """The winner works it and it is pinned; who loses reads why; taken back it is as before."""
    roster = spare(database, room)
    found = opened(database, room, roster)
    place = next(at for at, lot in enumerate(found.lots) if lot.cells[0][0].weekday() == 5)
    ((day, code),) = found.lots[place].cells
    places = found.lots[place].places
    for who in range(places + 1):
        bid(database, room, found, who, {place: 9 - who})
    came = awarded(database, room, found)
    assert [came[who, place] for who in range(places)] == [""] * places
    assert (
        came[places, place]
        == f"It went to more points: {10 - places}, and yours were {9 - places}. "
        f"{11 - places} points would have won it."
    )
    assert shift_of(database, room, roster.id, 0, day) == code
    with database.read() as reading:
        desk = rosters.opened(reading, room.room_id, roster.id)
    assert len(desk.pins) == places
    assert {breach.rule for breach in desk.standing.hard} <= {"contracted_hours"}
    kept = read(database, room, roster.id)
    with pytest.raises(Conflict), database.write() as transaction:
        rosters.undo(transaction, room.room_id, roster.id, kept.version, room.by)
    with clock.stopped_at(AFTER), database.write() as transaction:
        back = bids.take_awards_back(transaction, room.room_id, found.id, kept.version, room.by)
    assert back.state == "closed" or back.awarded_at is None
    assert shift_of(database, room, roster.id, 0, day) is None
    with database.read() as reading:
        assert rosters.opened(reading, room.room_id, roster.id).pins == ()
        assert all(each.won is None for each in bids.bids_in(reading, found.id))
    assert awarded(database, room, found) == came


def test_who_got_a_first_choice_comes_last_in_the_next_round(
    database: Database, room: Rostered
) -> None:
    """Turns are kept over rounds."""
    details = BidRoundDetails("shifts", "turn", 20, CLOSES)
    winners = []
    for _ in range(2):
        found = opened(database, room, spare(database, room), details)
        place = next(at for at, lot in enumerate(found.lots) if lot.cells[0][0].weekday() == 5)
        for who in range(found.lots[place].places + 1):
            bid(database, room, found, who, {place: 5})
        came = awarded(database, room, found)
        winners.append({who for (who, _), words in came.items() if not words})
        lost = {words for words in came.values() if words}
        assert all(words.startswith("It went to those whose turn came first.") for words in lost)
    assert winners[0] != winners[1]


def test_whole_lines_of_a_pattern_are_bid_for(database: Database, room: Rostered) -> None:
    """A lot is a line of the whole period; awarded, the officer works it day by day."""
    roster = spare(database, room)
    with database.write() as transaction:
        said = patterns.PatternDetails("Weeks", "5E 2R 5L 2R", "E 07:00-15:00, L 14:00-22:00")
        own = patterns.add_pattern(transaction, room.room_id, said)
    lines = BidRoundDetails("lines", "seniority", 20, CLOSES, str(own.id))
    found = opened(database, room, roster, lines)
    assert [lot.title for lot in found.lots] == [
        "Weeks, line 1: EEEEE–– LLLLL––",
        "Weeks, line 2: LLLLL–– EEEEE––",
    ]
    assert all(len(lot.cells) == 14 for lot in found.lots)
    for who in range(3):
        bid(database, room, found, who, {0: 5})
    came = awarded(database, room, found)
    assert list(came.values()) == ["", "", ""]
    week = [shift_of(database, room, roster.id, 0, FIRST + timedelta(days=d)) for d in range(14)]
    assert week == ["E"] * 5 + [None] * 2 + ["L"] * 5 + [None] * 2


def test_a_line_that_is_worked_already_is_pinned_and_let_go(
    database: Database, room: Rostered
) -> None:
    """Nothing moves, and yet everybody reads the pins as they are, before and after."""
    roster = drafted(database, room)
    with database.write() as transaction:
        said = patterns.PatternDetails("Weeks", "5E 2R", "E 07:00-15:00")
        own = patterns.add_pattern(transaction, room.room_id, said)
    lines = BidRoundDetails("lines", "points", 20, CLOSES, str(own.id))
    found = opened(database, room, roster, lines)
    bid(database, room, found, 0, {0: 5})
    for pins in (14, 0):
        with database.read() as reading:  # let it be remembered as it is
            rosters.opened(reading, room.room_id, roster.id)
        if pins:
            awarded(database, room, found)
        else:
            version = read(database, room, roster.id).version
            with clock.stopped_at(AFTER), database.write() as transaction:
                bids.take_awards_back(transaction, room.room_id, found.id, version, room.by)
        with database.read() as reading:
            assert len(rosters.opened(reading, room.room_id, roster.id).pins) == pins


def test_what_cannot_be_is_refused(database: Database, room: Rostered) -> None:
    """A budget, a deadline, a round at a time, lots that there are, and drafts alone."""
    roster = spare(database, room)
    for wrong, field in (
        (BidRoundDetails("shifts", "points", 0, CLOSES), "points"),
        (BidRoundDetails("shifts", "points", 20, NOW), "closes"),
        (BidRoundDetails("lines", "points", 20, CLOSES), "pattern"),
    ):
        with pytest.raises(InvalidInput) as error:
            opened(database, room, roster, wrong)
        assert error.value.places[0].field == field
    found = opened(database, room, roster)
    with pytest.raises(Conflict):
        opened(database, room, roster)
    for points, refused in (({0: 21}, InvalidInput), ({0: 0}, InvalidInput)):
        with pytest.raises(refused):
            bid(database, room, found, 0, points)
    place = (room.room_id, room.officers[0].id, found.id)
    with database.write() as transaction, pytest.raises(NotFound):
        bids.place_bids(transaction, *place, {uuid4(): 1})
    with database.write() as transaction, pytest.raises(Conflict):
        bids.award_bids(transaction, room.room_id, found.id, roster.version, room.by)
    with clock.stopped_at(AFTER), database.write() as transaction:
        with pytest.raises(Conflict):
            bids.place_bids(transaction, *place, {found.lots[0].id: 1})
        with pytest.raises(Conflict):
            bids.award_bids(transaction, room.room_id, found.id, roster.version, room.by)
        with pytest.raises(Stale):
            bids.award_bids(transaction, room.room_id, found.id, roster.version + 1, room.by)
    with database.write() as transaction:
        bids.end_bids(transaction, room.room_id, found.id)
        assert bids.bid_rounds(transaction, room.room_id) == ()


def test_a_manager_and_an_officer_do_it_on_pages(
    client: TestClient, database: Database, room: Rostered
) -> None:
    """Asked for, bid, looked at once closed, awarded, told, and taken back."""
    roster = spare(database, room)
    place = f"/rooms/{room.room_id}/rosters/{roster.id}/bids"
    form: dict[str, Any] = {
        "version": str(roster.version), "kind": "shifts", "method": "points", "points": "20",
        "closes_day": "2026-12-08", "closes_time": "23:59",
    }  # fmt: skip
    manager = signed_in(client, room.force.manager)
    for change, said in (
        ({"kind": "x"}, "Choose one of these."),
        ({"points": "x"}, "Give a whole number"),
        ({"closes_day": "x"}, "Give a day and a time"),
        ({"kind": "lines"}, "Choose a pattern."),
    ):
        assert said in manager.post(place, data=form | change).text
    assert manager.post(place, data=form).status_code == 303
    assert "Bids are taken until Tuesday 8 December, 23:59." in manager.get(place).text
    officer = officer_browser(database, client, room, 0)
    page = officer.get("/my/bids").text
    (action,) = re.findall(r'action="(/my/bids/[0-9a-f-]+)"', page)
    lots = re.findall(r'name="(lot-[0-9a-f-]+)"', page)
    weekend = re.findall(r'for="f-(lot-[0-9a-f-]+)">Saturday', page)
    assert set(weekend) < set(lots)
    assert "Give whole numbers" in officer.post(action, data={lots[0]: "x"}).text
    assert officer.post(action, data={weekend[0]: "7", lots[0]: ""}).status_code == 303
    assert "7 of 20 points used" in officer.get("/my/bids").text
    round_id = action.rsplit("/", 1)[1]
    with clock.stopped_at(AFTER):
        manager = signed_in(client, room.force.manager)
        assert "1 would be met." in manager.get(place).text
        version = {"version": str(read(database, room, roster.id).version)}
        assert manager.post(f"{place}/{round_id}/award", data=version).status_code == 303
        assert "1 of 1 bid are met." in manager.get(place).text
        assert (
            "Somebody changed" in manager.post(f"{place}/{round_id}/take-back", data=version).text
        )
        officer = officer_browser(database, client, room, 1)
        assert "No bids are asked for" in officer.get("/my/bids").text


def test_systems_do_it_over_http(client: TestClient, database: Database, room: Rostered) -> None:
    """A round is opened, read, bid in, listed and ended."""
    roster = spare(database, room)
    manager = token(database, room.force.manager)
    home = f"/api/v1/rooms/{room.room_id}"
    body = {"kind": "shifts", "method": "turn", "points": 20, "closes": "2026-12-08T23:59:00Z",
            "version": roster.version}  # fmt: skip
    made = client.post(f"{home}/rosters/{roster.id}/bid-rounds", json=body, headers=manager)
    assert made.status_code == 201
    place = made.headers["location"]
    assert client.get(place, headers=manager).json() == made.json()
    assert len(client.get(f"{home}/bid-rounds", headers=manager).json()["rounds"]) == 1
    assert client.get(f"{place}/bids", headers=manager).json() == {"bids": []}
    late = {"version": roster.version}
    assert client.post(f"{place}/award", json=late, headers=manager).status_code == 409
    assert client.post(f"{place}/take-back", json=late, headers=manager).status_code == 409
    assert client.delete(place, headers=manager).status_code == 204
    assert client.get(place, headers=manager).status_code == 404
