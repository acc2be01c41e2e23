"""Forces, rooms, teams and officers: what is kept, what is refused, who is seen."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID, uuid4

import pytest

from app.db.transaction import Database
from app.errors import Conflict, InvalidInput, NotFound, ParadeError, Stale
from app.people import service as people
from tests.app.people.rooms import details, small_force


def fields(error: ParadeError) -> list[str]:
    """The fields that an error names."""
    assert isinstance(error, InvalidInput)
    return [place.field for place in error.places]


def test_what_is_made_is_read_back(database: Database) -> None:
    """Rooms, teams, skills and officers come back as they were given."""
    with database.write() as transaction:
        small = small_force(transaction)
        given = details("PS 1", team_id=small.team.id, left=date(2027, 1, 1))
        officer = people.add_officer(transaction, small.room.id, given)
    with database.read() as reading:
        assert people.room(reading, small.room.id) == small.room
        assert people.rooms(reading, small.force.id) == (small.room, small.other_room)
        assert people.teams(reading, small.room.id) == (small.team,)
        assert people.skills(reading, small.force.id) == (small.call_taking, small.dispatch)
        assert people.officer(reading, small.room.id, officer.id) == officer
    assert (officer.version, officer.details) == (1, given)


def test_names_are_taken_once_within_their_owner(database: Database) -> None:
    """A second force, room, team, skill or number is a conflict; another owner may use it."""
    with database.write() as transaction:
        small = small_force(transaction)
        other = small_force(transaction, "Felpersham")
        people.add_officer(transaction, small.room.id, details("7"))
        people.add_officer(transaction, other.room.id, details("7"))
        with pytest.raises(Conflict, match="force called Borsetshire"):
            people.create_force(transaction, "Borsetshire")
        with pytest.raises(Conflict, match="North"):
            people.create_room(transaction, small.force.id, "North", "UTC", 0)
        with pytest.raises(Conflict, match="team called A"):
            people.create_team(transaction, small.room.id, "A")
        with pytest.raises(Conflict, match="dispatch"):
            people.create_skill(transaction, small.force.id, "dispatch", "Again")
        with pytest.raises(Conflict, match="number 7"):
            people.add_officer(transaction, small.other_room.id, details("7"))


def test_what_is_missing_is_said_to_be_missing(database: Database) -> None:
    """An owner that is not there is not found."""
    with database.write() as transaction:
        with pytest.raises(NotFound):
            people.create_room(transaction, uuid4(), "North", "UTC", 0)
        with pytest.raises(NotFound):
            people.create_team(transaction, uuid4(), "A")
        with pytest.raises(NotFound):
            people.create_skill(transaction, uuid4(), "calls", "Calls")
        with pytest.raises(NotFound):
            people.add_officer(transaction, uuid4(), details("1"))


@pytest.mark.parametrize(
    ("zone", "day_start", "field"),
    [("Europe/Nowhere", 0, "zone"), ("../etc", 0, "zone"), ("", 0, "zone"),
     ("UTC", -1, "day_start"), ("UTC", 1440, "day_start")],
)  # fmt: skip
def test_a_room_needs_a_zone_and_a_day_start(
    database: Database, zone: str, day_start: int, field: str
) -> None:
    """A zone or a day start that is none is refused by name."""
    with database.write() as transaction:
        force = people.create_force(transaction, "Borsetshire")
        with pytest.raises(InvalidInput) as caught:
            people.create_room(transaction, force.id, "North", zone, day_start)
    assert fields(caught.value) == [field]


def test_every_field_that_is_wrong_is_named(database: Database) -> None:
    """All faults of an officer are told at once, a team of another room among them."""
    with database.write() as transaction:
        small = small_force(transaction)
        wrong = details(
            " ", "two\nlines", grade="", employment="x", left=date(2020, 1, 6),
            team_id=small.other_team.id,
        )  # fmt: skip
        with pytest.raises(InvalidInput) as caught:
            people.add_officer(transaction, small.room.id, wrong)
    assert fields(caught.value) == ["number", "name", "grade", "employment", "left", "team_id"]


@pytest.mark.parametrize("name", ["\u200b\u200b", " \u2060", "Hill\u202e", "\u2067Gill"])
def test_a_name_shows_and_turns_nothing_around(database: Database, name: str) -> None:
    """A name without width, or one that turns what stands after it, is refused."""
    with database.write() as transaction:
        room = small_force(transaction).room
        with pytest.raises(InvalidInput, match=r"on one line|Fill this in"):
            people.add_officer(transaction, room.id, replace(details("9", "Gill"), name=name))


@pytest.mark.parametrize("name", ["Zoë Ó Súilleabháin", "علی\u200cرضا", "李", "😀"])
def test_a_name_is_written_as_its_owner_writes_it(database: Database, name: str) -> None:
    """Marks, joiners and every script are kept as they are."""
    with database.write() as transaction:
        room = small_force(transaction).room
        new = people.add_officer(transaction, room.id, replace(details("9", "Gill"), name=name))
        assert people.officer(transaction, room.id, new.id).details.name == name


def test_a_change_needs_the_version_that_was_read(database: Database) -> None:
    """The second of two who read the same version is told, and changes nothing."""
    with database.write() as transaction:
        small = small_force(transaction)
        first = people.add_officer(transaction, small.room.id, details("1"))
        changed = replace(first.details, name="Sam Hill")
        second = people.change_officer(transaction, small.room.id, first.id, 1, changed)
        with pytest.raises(Stale):
            people.change_officer(transaction, small.room.id, first.id, 1, details("1", "No"))
        assert people.officer(transaction, small.room.id, first.id) == second
    assert (second.version, second.details.name) == (2, "Sam Hill")


def test_an_officer_of_another_room_is_not_there(database: Database) -> None:
    """Through the wrong room nothing is shown and nothing is changed."""
    with database.write() as transaction:
        small = small_force(transaction)
        officer = people.add_officer(transaction, small.room.id, details("1"))
        wrong = small.other_room.id
        with pytest.raises(NotFound):
            people.officer(transaction, wrong, officer.id)
        with pytest.raises(NotFound):
            people.change_officer(transaction, wrong, officer.id, 1, details("2"))
        with pytest.raises(NotFound):
            people.set_skills(transaction, wrong, officer.id, [])
        with pytest.raises(NotFound):
            people.set_contracts(transaction, wrong, officer.id, [])
        assert people.officers(transaction, wrong).officers == ()
        assert people.officer(transaction, small.room.id, officer.id) == officer


def test_pages_show_each_officer_once(database: Database) -> None:
    """Pages follow one another by name and id; one who joins meanwhile shifts nobody."""
    with database.write() as transaction:
        small = small_force(transaction)
        names = ["Ann", "Bob", "Bob", "Bob", "Cy"]
        for number, name in enumerate(names):
            people.add_officer(transaction, small.room.id, details(str(number), name))
        page = people.officers(transaction, small.room.id, limit=2)
        people.add_officer(transaction, small.room.id, details("9", "Abe"))
        seen = list(page.officers)
        while page.following:
            page = people.officers(transaction, small.room.id, page.following, 2)
            seen += page.officers
    assert [each.details.name for each in seen] == names
    assert len({each.id for each in seen}) == len(names)


def test_everyone_is_who_serves_on_a_day(database: Database) -> None:
    """All of a room by name; on a day, those who have begun and not left; the other room stays."""
    with database.write() as transaction:
        small = small_force(transaction)
        ann = people.add_officer(transaction, small.room.id, details("1", "Ann"))
        bob = people.add_officer(
            transaction, small.room.id, details("2", "Bob", started=date(2026, 3, 1))
        )
        people.add_officer(transaction, small.other_room.id, details("3", "Cy"))
        gone = people.deactivate(transaction, small.room.id, ann.id, 1, date(2026, 3, 1))
        assert people.everyone(transaction, small.room.id) == (gone, bob)
        assert people.everyone(transaction, small.room.id, date(2026, 2, 28)) == (gone,)
        assert people.everyone(transaction, small.room.id, date(2026, 3, 1)) == (bob,)


def test_marks_grow_with_every_change(database: Database) -> None:
    """What changed after a mark is listed once, in the order of change; the rest is not."""
    with database.write() as transaction:
        small = small_force(transaction)
        room_id = small.room.id
        ann, bob = (people.add_officer(transaction, room_id, details(n, n)) for n in "12")
        before = people.room_changes(transaction, room_id)
        people.set_contracts(transaction, room_id, bob.id, [])
        people.change_officer(transaction, room_id, ann.id, 1, details("1", "Ann"))
        people.set_skills(transaction, room_id, bob.id, [], 2)
        since = people.ChangePosition(before, UUID(int=2**128 - 1))
        page = people.changed_officers(transaction, room_id, since)
        assert [(each.id, each.version) for each in page.officers] == [(ann.id, 2), (bob.id, 3)]
        assert page.officers[-1].changed == people.room_changes(transaction, room_id)


def test_a_room_a_team_and_a_skill_are_changed_from_what_was_read(database: Database) -> None:
    """The second of two who read the same is told; a name that is taken is a conflict."""
    with database.write() as transaction:
        small = small_force(transaction)
        room, team, skill = small.room, small.team, small.dispatch
        new = people.change_room(transaction, room.id, room.changed, "East", "UTC", 0)
        assert people.room(transaction, room.id) == new
        assert (new.name, new.zone, new.day_start) == ("East", "UTC", 0)
        people.change_team(transaction, room.id, team.id, team.changed, "Blue")
        people.change_skill(transaction, small.force.id, skill.id, skill.changed, "Sending out")
        with pytest.raises(Stale):
            people.change_room(transaction, room.id, room.changed, "West", "UTC", 0)
        with pytest.raises(Stale):
            people.change_team(transaction, room.id, team.id, team.changed, "Red")
        with pytest.raises(Stale):
            people.change_skill(transaction, small.force.id, skill.id, skill.changed, "Other")
        with pytest.raises(Conflict, match="South"):
            people.change_room(transaction, room.id, new.changed, "South", "UTC", 0)
        with pytest.raises(NotFound):
            people.change_team(transaction, small.other_room.id, team.id, team.changed, "Red")
