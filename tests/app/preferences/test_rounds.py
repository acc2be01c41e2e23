"""Rounds: what a room asks wishes for, and until when."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from app import clock
from app.db.transaction import Database, Transaction
from app.errors import Conflict, InvalidInput, NotFound, Stale
from app.people import service as people
from app.preferences import service as preferences
from app.preferences.service import Outcome
from tests.app.preferences.asking import AFTER, BEFORE, CLOSES, JANUARY, Asking, asking, off


@pytest.fixture
def transaction(database: Database) -> Iterator[Transaction]:
    """A transaction that is open for the test, before the deadline."""
    with clock.stopped_at(BEFORE), database.write() as transaction:
        yield transaction


@pytest.fixture
def asked(transaction: Transaction) -> Asking:
    """A room that asks for wishes."""
    return asking(transaction)


def test_a_round_is_open_until_it_closes_and_then_answered(
    transaction: Transaction, asked: Asking
) -> None:
    """The state follows the clock, and outcomes end the round whatever the clock says."""
    room_id, round_id = asked.room_id, asked.round.id
    wish = preferences.state_wish(transaction, room_id, asked.officer_id, round_id, off(9))

    def state() -> str:
        (found,) = preferences.rounds(transaction, room_id)
        assert found == preferences.wish_round(transaction, room_id, round_id)
        return found.state

    with clock.stopped_at(CLOSES - timedelta(seconds=1)):
        assert state() == "open"
    with clock.stopped_at(CLOSES):
        assert state() == "closed"
    told = {wish.id: Outcome(uuid4(), met=True, words="")}
    preferences.record_outcomes(transaction, room_id, told)
    assert state() == "answered"


def test_a_room_on_past_data_lives_in_its_own_present(transaction: Transaction) -> None:
    """Where the data end in the past, the deadline is measured against that past."""
    force = people.create_force(transaction, "Felpersham")
    past = datetime(2025, 6, 30, tzinfo=UTC)
    room = people.create_room(transaction, force.id, "Old", "America/Chicago", 420, as_of=past)
    details = preferences.RoundDetails(date(2025, 8, 4), 28, past + timedelta(days=3))
    assert preferences.open_round(transaction, room.id, details).state == "open"


def test_rounds_are_a_rooms_own(transaction: Transaction, asked: Asking) -> None:
    """Another room sees no round of this one and cannot change it; latest period comes first."""
    other = asked.small.other_room.id
    spring = replace(JANUARY, first_day=date(2027, 2, 1))
    later = preferences.open_round(transaction, asked.room_id, spring)
    assert preferences.rounds(transaction, asked.room_id) == (later, asked.round)
    assert preferences.rounds(transaction, other) == ()
    with pytest.raises(NotFound):
        preferences.wish_round(transaction, other, asked.round.id)
    with pytest.raises(NotFound):
        preferences.change_round(transaction, other, asked.round.id, 1, JANUARY)
    with pytest.raises(NotFound):
        preferences.asked(transaction, other, asked.round.id)


@pytest.mark.parametrize(
    ("change", "fields"),
    [
        ({"days": 0}, ["days"]),
        ({"days": 367}, ["days"]),
        ({"points": 0}, ["points"]),
        ({"points": 1001}, ["points"]),
        ({"closes": datetime(2027, 1, 4, 0, 1, tzinfo=UTC), "answers": None}, ["closes"]),
        ({"closes": datetime(2026, 11, 29)}, ["closes"]),  # noqa: DTZ001 - naive on purpose
        ({"answers": date(2026, 11, 28)}, ["answers"]),
        ({"days": 0, "points": 0}, ["days", "points"]),
    ],
)
def test_a_round_that_cannot_be_is_refused(
    transaction: Transaction, asked: Asking, change: dict[str, object], fields: list[str]
) -> None:
    """Every field at fault is named, for a new round as for a changed one."""
    wrong = replace(JANUARY, **change)  # type: ignore[arg-type]
    with pytest.raises(InvalidInput) as caught:
        preferences.open_round(transaction, asked.small.other_room.id, wrong)
    assert [place.field for place in caught.value.places] == fields
    with pytest.raises(InvalidInput):
        preferences.change_round(transaction, asked.room_id, asked.round.id, 1, wrong)


@pytest.mark.parametrize("first", [date(2026, 12, 8), date(2027, 1, 4), date(2027, 1, 31)])
def test_a_day_is_asked_about_once(transaction: Transaction, asked: Asking, first: date) -> None:
    """A period that shares a day with another round is refused; one beside it is not."""
    with pytest.raises(Conflict, match="4 to 31 January 2027"):
        preferences.open_round(transaction, asked.room_id, replace(JANUARY, first_day=first))
    preferences.open_round(
        transaction, asked.room_id, replace(JANUARY, first_day=date(2026, 12, 7))
    )


def test_a_round_is_changed_from_the_version_that_was_read(
    transaction: Transaction, asked: Asking
) -> None:
    """A longer deadline opens a closed round again; an old version changes nothing."""
    longer = replace(JANUARY, closes=CLOSES + timedelta(days=2))
    with clock.stopped_at(AFTER):
        changed = preferences.change_round(transaction, asked.room_id, asked.round.id, 1, longer)
        assert (changed.version, changed.state, changed.details) == (2, "open", longer)
        with pytest.raises(Stale):
            preferences.change_round(transaction, asked.room_id, asked.round.id, 1, JANUARY)


def test_a_change_leaves_room_for_what_was_placed(transaction: Transaction, asked: Asking) -> None:
    """A day with a wish stays in the period, and a budget covers what somebody has placed."""
    room_id, round_id = asked.room_id, asked.round.id
    for day in (9, 31):
        preferences.state_wish(transaction, room_id, asked.officer_id, round_id, off(day, 8))
    for change, words in [({"days": 27}, "Sunday 31 January"), ({"points": 15}, "16 points")]:
        with pytest.raises(Conflict, match=words):
            preferences.change_round(transaction, room_id, round_id, 1, replace(JANUARY, **change))
    preferences.change_round(transaction, room_id, round_id, 1, replace(JANUARY, points=16))


def test_an_answered_round_stays_as_it_is(transaction: Transaction, asked: Asking) -> None:
    """Once officers have been told, neither the round nor its wishes change."""
    room_id, officer_id = asked.room_id, asked.officer_id
    wish = preferences.state_wish(transaction, room_id, officer_id, asked.round.id, off(9))
    told = {wish.id: Outcome(uuid4(), met=False, words="Nobody else was free.")}
    preferences.record_outcomes(transaction, room_id, told)
    with pytest.raises(Conflict, match="have been answered"):
        preferences.change_round(transaction, room_id, asked.round.id, 1, JANUARY)
    with pytest.raises(Conflict, match="have been answered"):
        preferences.withdraw_wish(transaction, room_id, officer_id, wish.id, 1)
