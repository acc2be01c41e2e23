"""The calendar of a room: events entered once, changed, deleted and put back."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from uuid import uuid4

import pytest

from app.cli.events import events_of
from app.db.transaction import Database
from app.demand import service as demand
from app.errors import Conflict, InvalidInput, NotFound, Stale
from forecasting.events import Event, Given, LikeLast, NthWeekday, Stated, Yearly
from tests.app.people.rooms import Small, small_force

SOMEBODY, SOMEBODY_ELSE = uuid4(), uuid4()
CARNIVAL = demand.EventDetails("festival", Event("Carnival", NthWeekday(8, 0, -1)))
DERBY = demand.EventDetails(
    "sport",
    Event(
        "Derby",
        Given(((date(2025, 3, 9), date(2025, 3, 9)), (date(2026, 4, 18), date(2026, 4, 18)))),
        11 * 60,
        15 * 60,
        Stated(-12.5),
        date(2025, 1, 1),
        date(2026, 12, 31),
    ),
)


@pytest.fixture
def small(database: Database) -> Small:
    """A force with two rooms, on each kind of database."""
    with database.write() as transaction:
        return small_force(transaction)


def test_an_event_is_kept_as_it_was_told(database: Database, small: Small) -> None:
    """Dates, hours, effect, first and last day and queues come back; another room has none."""
    with database.write() as transaction:
        queue = demand.create_queue(transaction, small.room.id, "999")
        told = replace(DERBY, queue_ids=(queue.id,))
        derby = demand.add_event(transaction, small.room.id, told, SOMEBODY)
        demand.add_event(transaction, small.room.id, CARNIVAL, SOMEBODY)
    with database.read() as reading:
        assert demand.event(reading, small.room.id, derby.id) == derby
        assert derby.details == told
        assert [each.name for each in demand.events(reading, small.room.id)] == [
            "Carnival",
            "Derby",
        ]
        assert demand.events(reading, small.other_room.id) == ()
        with pytest.raises(NotFound):
            demand.event(reading, small.other_room.id, derby.id)
        dated = demand.dated_events(reading, small.room.id)
    assert dict(dated)[derby.id] == replace(told.said, queues=("999",))


def test_the_calendar_goes_out_as_the_events_file(
    database: Database, small: Small, tmp_path: Path
) -> None:
    """What the room exports is what `parade forecast --events` reads."""
    like_last = replace(CARNIVAL, said=replace(CARNIVAL.said, effect=LikeLast()))
    with database.write() as transaction:
        for each in (DERBY, like_last):
            demand.add_event(transaction, small.room.id, each, SOMEBODY)
        text = demand.events_file(transaction, small.room.id)
    path = tmp_path / "events.toml"
    path.write_text(text, encoding="utf-8")
    assert events_of(str(path)) == (like_last.said, DERBY.said)


def test_a_change_needs_the_version_that_was_read(database: Database, small: Small) -> None:
    """The second of two who read the same version is told, and nothing of theirs is kept."""
    moved = replace(CARNIVAL, said=replace(CARNIVAL.said, when=Yearly(8, 1)))
    with database.write() as transaction:
        held = demand.add_event(transaction, small.room.id, CARNIVAL, SOMEBODY)
        changed = demand.change_event(transaction, small.room.id, held.id, 1, moved, SOMEBODY_ELSE)
        with pytest.raises(Stale):
            demand.change_event(transaction, small.room.id, held.id, 1, CARNIVAL, SOMEBODY)
        with pytest.raises(Stale):
            demand.delete_event(transaction, small.room.id, held.id, 1, SOMEBODY)
        assert demand.events(transaction, small.room.id) == (changed,)
    assert (changed.version, changed.changed_by, changed.details) == (2, SOMEBODY_ELSE, moved)


def test_a_deleted_event_can_be_put_back(database: Database, small: Small) -> None:
    """It no longer counts, its name is free meanwhile, and it comes back as it was."""
    room_id = small.room.id
    with database.write() as transaction:
        held = demand.add_event(transaction, room_id, CARNIVAL, SOMEBODY)
        with pytest.raises(Conflict, match="already has an event called Carnival"):
            demand.add_event(transaction, room_id, CARNIVAL, SOMEBODY)
        demand.add_event(transaction, small.other_room.id, CARNIVAL, SOMEBODY)
        demand.delete_event(transaction, room_id, held.id, 1, SOMEBODY)
        assert demand.dated_events(transaction, room_id) == ()
        (gone,) = demand.events(transaction, room_id, deleted=True)
        assert gone.deleted_at is not None
        with pytest.raises(NotFound):
            demand.event(transaction, room_id, held.id)
        again = demand.add_event(transaction, room_id, CARNIVAL, SOMEBODY)
        with pytest.raises(Conflict, match="already has an event called Carnival"):
            demand.restore_event(transaction, room_id, held.id, SOMEBODY)
        demand.delete_event(transaction, room_id, again.id, 1, SOMEBODY)
        back = demand.restore_event(transaction, room_id, held.id, SOMEBODY_ELSE)
        with pytest.raises(NotFound):
            demand.restore_event(transaction, room_id, held.id, SOMEBODY)
        assert demand.events(transaction, room_id) == (back,)
    assert back.details == CARNIVAL


def test_what_cannot_be_entered_is_refused(database: Database, small: Small) -> None:
    """Queues of another room, names that cannot be read, and rooms that do not exist."""
    with database.write() as transaction:
        strange = demand.create_queue(transaction, small.other_room.id, "999")
        with pytest.raises(InvalidInput, match="Not every queue"):
            demand.add_event(
                transaction, small.room.id, replace(CARNIVAL, queue_ids=(strange.id,)), SOMEBODY
            )
        broken = replace(CARNIVAL, said=replace(CARNIVAL.said, name="Carni\x00val"))
        with pytest.raises(InvalidInput, match="printable"):
            demand.add_event(transaction, small.room.id, broken, SOMEBODY)
        with pytest.raises(NotFound):
            demand.add_event(transaction, uuid4(), CARNIVAL, SOMEBODY)


def test_occurrences_come_in_order_of_time(database: Database, small: Small) -> None:
    """Every event's days within the days asked for, those of an event that has ended left out."""
    ended = replace(CARNIVAL, said=replace(CARNIVAL.said, last=date(2025, 8, 25)))
    with database.write() as transaction:
        for each in (ended, DERBY):
            demand.add_event(transaction, small.room.id, each, SOMEBODY)
        known = demand.events(transaction, small.room.id)
    found = demand.occurrences(known, date(2025, 3, 9), date(2026, 12, 31))
    assert [(each.event.name, each.first) for each in found] == [
        ("Derby", date(2025, 3, 9)),
        ("Carnival", date(2025, 8, 25)),
        ("Derby", date(2026, 4, 18)),
    ]


def test_a_calendar_begins_with_what_most_rooms_know(database: Database, small: Small) -> None:
    """Bonfire night is offered where British holidays are kept; what is entered is not offered."""
    room_id = small.room.id
    with database.write() as transaction:
        offered = demand.starters(transaction, room_id)
        assert [each.said.name for each in offered] == [
            "Halloween",
            "Bonfire night",
            "New Year's Eve",
        ]
        demand.add_event(transaction, room_id, offered[0], SOMEBODY)
        demand.set_holidays(transaction, room_id, "US")
        assert [each.said.name for each in demand.starters(transaction, room_id)] == [
            "New Year's Eve"
        ]


def test_a_room_has_the_public_holidays_that_it_chose(database: Database, small: Small) -> None:
    """At first those of its time zone; then any of the four nations, or none; no unknown ones."""
    room_id = small.room.id
    with database.write() as transaction:
        assert demand.holidays_of(transaction, room_id) == ("GB-ENG", False)
        for code in ("GB-SCT", "GB-WLS", "GB-NIR", "GB-ENG", None):
            demand.set_holidays(transaction, room_id, code)
            assert demand.holidays_of(transaction, room_id) == (code, True)
        with pytest.raises(InvalidInput, match="The holiday code"):
            demand.set_holidays(transaction, room_id, "GB-XXX")
        assert demand.holidays_of(transaction, small.other_room.id) == ("GB-ENG", False)
