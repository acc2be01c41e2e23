"""Who follows which pattern on which day, and what a roll-out would change."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from uuid import UUID

import pytest

from app import clock
from app.db.transaction import Database
from app.errors import InvalidInput, NotFound
from app.patterns import service
from app.patterns.service import PatternDetails, Target, Wanted
from app.people import service as people
from tests.app.at_once import at_once
from tests.app.callers import Staffed
from tests.app.people.rooms import details
from tests.app.rosters.rooms import rostered

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
MONDAY = date(2027, 1, 4)
ROUND = service.written(PatternDetails("Round", "2E 2N 4R", "E 07:00-17:00, N 21:00-07:00"))
WEEKS = service.written(PatternDetails("Weeks", "5E 2R", "E 07:00-15:00"))


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    """It is a day of November 2026."""
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def teams(database: Database, force: Staffed) -> list[people.Team]:
    """Two teams of the first room, an officer in each."""
    with database.write() as transaction:
        made = [people.create_team(transaction, force.room.id, name) for name in ("A", "B")]
        for number, team in enumerate(made, 10):
            said = details(str(number), f"Of team {team.name}", team_id=team.id)
            people.add_officer(transaction, force.room.id, said)
        return made


def wanted(
    *targets: Target, first: date = MONDAY, until: date | None = None, **more: object
) -> Wanted:
    """That somebody follows the round."""
    return Wanted(more.get("pattern", ROUND), first, until, targets)  # type: ignore[arg-type]


def lines(
    database: Database, force: Staffed, days: int = 10, first: date = MONDAY
) -> dict[str, str]:
    """What officers follow, by name, a symbol a day; a dot where nothing is followed."""
    with database.read() as reading:
        found = service.followed(reading, force.room.id, first, days)
        named = {each.id: each.details.name for each in people.everyone(reading, force.room.id)}
    period = [first + timedelta(days=ahead) for ahead in range(days)]
    return {
        named[officer]: "".join(line[day].letter if day in line else "." for day in period)
        for officer, line in found.items()
    }


def test_a_roll_out_is_taken_back_once(
    database: Database, force: Staffed, teams: list[people.Team]
) -> None:
    """By one of two who do it at the same moment; the other hears that it is not there."""
    with database.write() as transaction:
        target = Target(0, team_id=teams[0].id)
        (kept,) = service.roll_out(transaction, force.room.id, wanted(target), force.manager.id)

    def take_back() -> None:
        with database.write() as transaction:
            service.withdraw(transaction, force.room.id, kept.act_id, force.manager.id)

    assert [type(each) for each in at_once(take_back, take_back)] == [NotFound]


def test_a_team_and_an_officer_follow_a_pattern_from_their_places(
    database: Database, force: Staffed, teams: list[people.Team]
) -> None:
    """Each begins on its day of the pattern; an officer's own pattern comes before the team's."""
    room_id, by = force.room.id, force.manager.id
    with database.write() as transaction:
        each = (Target(0, team_id=teams[0].id), Target(4, team_id=teams[1].id))
        service.roll_out(transaction, room_id, wanted(*each), by)
        one = next(
            o for o in people.everyone(transaction, room_id) if o.details.name == "Of team B"
        )
    assert lines(database, force) == {"Of team A": "EENNRRRREE", "Of team B": "RRRREENNRR"}
    with database.write() as transaction:
        until = MONDAY + timedelta(days=3)
        own = wanted(Target(0, officer_id=one.id), until=until, pattern=WEEKS)
        (kept,) = service.roll_out(transaction, room_id, own, by)
    assert lines(database, force)["Of team B"] == "EEEREENNRR"
    with database.write() as transaction:
        service.withdraw(transaction, room_id, kept.act_id, by)
        with pytest.raises(NotFound):
            service.withdraw(transaction, room_id, kept.act_id, by)
        with pytest.raises(NotFound):
            service.withdraw(transaction, force.other_room.id, kept.act_id, by)
    assert lines(database, force)["Of team B"] == "RRRREENNRR"
    with database.read() as reading:
        newest, *_ = service.roll_outs(reading, room_id)
        assert newest.withdrawn_at == NOW


def test_what_was_applied_later_holds(
    database: Database, force: Staffed, teams: list[people.Team]
) -> None:
    """A second roll-out holds from its first day on; the first one before it and after its end."""
    room_id, by, team = force.room.id, force.manager.id, teams[0].id
    with database.write() as transaction:
        service.roll_out(transaction, room_id, wanted(Target(0, team_id=team)), by)
        later, until = MONDAY + timedelta(days=2), MONDAY + timedelta(days=5)
        again = wanted(Target(2, team_id=team), first=later, until=until, pattern=WEEKS)
        service.roll_out(transaction, room_id, again, by)
    assert lines(database, force) == {"Of team A": "EEEEERRREE"}


def test_the_line_goes_on_over_a_clock_change(
    database: Database, force: Staffed, teams: list[people.Team]
) -> None:
    """A day is a day, whether it has 23, 24 or 25 hours."""
    with database.write() as transaction:
        target = wanted(Target(0, team_id=teams[0].id))
        service.roll_out(transaction, force.room.id, target, force.manager.id)
    year = lines(database, force, 364)["Of team A"]
    assert year == ("EENNRRRR" * 46)[:364]


def test_nothing_is_followed_outside_service(
    database: Database, force: Staffed, teams: list[people.Team]
) -> None:
    """Before the first day of service and from the last on there is no line."""
    with database.write() as transaction:
        said = details("99", "New", team_id=teams[0].id, started=MONDAY + timedelta(days=2),
                       left=MONDAY + timedelta(days=6))  # fmt: skip
        people.add_officer(transaction, force.room.id, said)
        target = wanted(Target(0, team_id=teams[0].id))
        service.roll_out(transaction, force.room.id, target, force.manager.id)
    assert lines(database, force)["New"] == "..NNRR...."


@pytest.mark.parametrize(
    ("changes", "field", "said"),
    [
        ({"until": MONDAY}, "until_day", "Give a later day"),
        ({"first": date(1800, 1, 1)}, "first_day", "Give a day between"),
        ({"place": 8}, "targets[0].place", "1 to 8"),
        ({"place": 1, "pattern": WEEKS}, "targets[0].place", "on a Monday it stands on day 1."),
    ],
)
def test_what_cannot_be_rolled_out_is_refused(
    database: Database,
    force: Staffed,
    teams: list[people.Team],
    changes: dict[str, object],
    field: str,
    said: str,
) -> None:
    """The field at fault is named, and nothing is kept."""
    changes = dict(changes)
    target = Target(int(str(changes.pop("place", 0))), team_id=teams[0].id)
    asked = wanted(target, **changes)  # type: ignore[arg-type]
    with pytest.raises(InvalidInput) as refused, database.write() as transaction:
        service.roll_out(transaction, force.room.id, asked, force.manager.id)
    (place,) = refused.value.places
    assert place.field == field
    assert said in place.words
    with database.read() as reading:
        assert service.roll_outs(reading, force.room.id) == ()


def test_a_team_of_another_room_is_not_found(database: Database, force: Staffed) -> None:
    """What is elsewhere sounds like what does not exist."""
    with database.write() as transaction:
        other = people.create_team(transaction, force.other_room.id, "C")
        target = wanted(Target(0, team_id=other.id))
        with pytest.raises(NotFound):
            service.roll_out(transaction, force.room.id, target, force.manager.id)


def test_a_roll_out_is_previewed_by_person(
    database: Database, force: Staffed, teams: list[people.Team]
) -> None:
    """What is new, what becomes rest or work, and which published shifts stand on rest days."""
    room_id, by, team = force.room.id, force.manager.id, teams[0].id
    with database.write() as transaction:
        officer = next(
            o for o in people.everyone(transaction, room_id) if o.details.team_id == team
        )
        start = datetime(2027, 1, 8, 7, tzinfo=UTC)
        shift = people.PastShift(officer.id, start, start + timedelta(hours=8), "early", "E")
        span = people.Span(start, start + timedelta(hours=8))
        people.set_history(transaction, room_id, "published", [officer.id], span, [shift])
    with database.read() as reading:
        until = MONDAY + timedelta(days=8)
        (seen,) = service.preview(reading, room_id, wanted(Target(0, team_id=team), until=until))
    assert (seen.name, seen.days, seen.new, seen.to_rest, seen.on_rest) == ("Of team A", 8, 8, 0, 1)
    with database.write() as transaction:
        service.roll_out(transaction, room_id, wanted(Target(0, team_id=team)), by)
        again = wanted(Target(4, team_id=team), until=until)
        (seen,) = service.preview(transaction, room_id, again)
    # EENNRRRR becomes RRRREENN
    assert (seen.new, seen.to_rest, seen.to_work, seen.other) == (0, 4, 4, 0)


def test_places_are_suggested_for_any_day(database: Database, force: Staffed) -> None:
    """Teams are spread over the pattern; one of whole weeks keeps to its weekdays."""
    four = [Target(0, team_id=UUID(int=each)) for each in range(4)]
    with database.read() as reading:
        spread = partial(service.suggested_places, reading, force.room.id)
        assert spread(ROUND, four, MONDAY) == (0, 2, 4, 6)
        assert spread(WEEKS, four[:2], MONDAY + timedelta(days=2)) == (2, 2)


def test_places_follow_what_is_needed(database: Database) -> None:
    """Where one person is needed all the time, each of three takes another week of earlies."""
    room = rostered(database, needed=1)
    either = service.written(PatternDetails("Either", "7E 7R 7R", "E 07:00-15:00"))
    targets = [Target(0, officer_id=each.id) for each in room.officers[:3]]
    with database.read() as reading:
        spread = service.suggested_places(reading, room.room_id, either, targets, MONDAY)
    assert spread == (0, 7, 14)
