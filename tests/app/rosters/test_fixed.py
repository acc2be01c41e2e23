"""A roster over people on patterns is mostly fixed; history, absence and contracts come first."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import pytest

from app import clock
from app.db.transaction import Database
from app.patterns import service as patterns
from app.patterns.service import PatternDetails, Target, Wanted
from app.people import service as people
from app.requirements import service as requirements
from app.rosters import service as rosters
from app.rosters.problem import assumptions, problem_of, without_fixed
from app.rosters.problem.fixed import with_patterns
from app.rosters.service.desk import opened
from app.rosters.service.making import gather
from rostering.patterns import Pattern
from rostering.personal import Limit, Stretch
from rostering.problem import REST, OfficerDay, Problem, Roster
from rostering.verify import verify
from tests.app.rosters.rooms import DAYS, FIRST, Rostered, asked, drafted, rostered

NOW = datetime(2026, 11, 27, 9, tzinfo=UTC)
TIMES = "E 07:00-15:00, L 14:00-22:00, N 22:00-07:00, LX late 14:00-22:00"
ROUND = patterns.written(PatternDetails("Round", "3E L 2N 3R", TIMES))
"""38.9 hours a week, by shifts of the room: its people have contracts of 40."""


@pytest.fixture(autouse=True)
def now() -> Iterator[None]:
    """It is a day of November 2026, less than thirteen weeks before the roster."""
    with clock.stopped_at(NOW):
        yield


@pytest.fixture
def kind() -> str:
    """How rows become a problem does not hang on the database."""
    return "sqlite"


@pytest.fixture
def room(database: Database) -> Rostered:
    """A room of eight people on 40 hours a week."""
    return rostered(database)


def follow(database: Database, room: Rostered, pattern: Pattern, *places: int) -> None:
    """Let the first people of the room follow a pattern, each from a place of it."""
    targets = tuple(
        Target(place, officer_id=officer.id)
        for officer, place in zip(room.officers, places, strict=False)
    )
    with database.write() as transaction:
        wanted = Wanted(pattern, FIRST, None, targets)
        patterns.roll_out(transaction, room.room_id, wanted, room.by)


def made(database: Database, room: Rostered) -> tuple[Problem, list[str]]:
    """The problem of a roster asked for now, and what is told of it."""
    with database.read() as reading:
        wanted = rosters.Wanted(first_day=FIRST, days=DAYS)
        need = requirements.requirement(reading, room.room_id, room.requirement_id)
        materials = gather(reading, room.room_id, wanted, need)
        problem = problem_of(materials)
        return problem, list(assumptions(materials, problem))


def letters(problem: Problem, room: Rostered, who: int) -> str:
    """What is fixed for a person, a letter a day: a dot where nothing is."""
    officer = problem.officers[problem.officer_index[str(room.officers[who].id)]]
    fixed = (officer.days.get(day) for day in range(problem.days))
    return "".join(
        "." if each is None else each.shift or (each.kind or "R")[0].upper() for each in fixed
    )


def test_the_line_is_fixed_day_by_day(database: Database, room: Rostered) -> None:
    """Rest days and kinds are fixed for who follows the pattern, and nothing for the others."""
    follow(database, room, ROUND, 0, 7)
    problem, notes = made(database, room)
    assert letters(problem, room, 0) == "EEELNNRRREEELN"
    assert letters(problem, room, 1) == "RREEELNNRRREEE"
    assert letters(problem, room, 2) == "." * DAYS
    assert any(each.startswith("2 officers follow a pattern") for each in notes)


@pytest.mark.parametrize("times", [TIMES, "E 07:00-16:00, L 15:00-00:00, N 22:00-07:00"])
def test_what_is_fixed_can_be_lawful(database: Database, room: Rostered, times: str) -> None:
    """The room's shifts of the fixed days alone break no hard rule, the contract among them.

    That holds where the pattern was written with longer tours than the room's too.
    """
    round_of = patterns.written(PatternDetails("Round", "3E L 2N 3R", times))
    follow(database, room, round_of, *range(8))
    problem, _notes = made(database, room)
    shift_of = {"early": 0, "late": 1, "night": 2, None: REST}
    lines = {
        officer.id: tuple(
            problem.tour(day, shift_of[fixed.kind])
            for day, fixed in officer.days.items()
            if fixed.kind
        )
        for officer in problem.officers
    }
    assert verify(problem, Roster(lines)).hard == ()


def test_times_are_fixed_for_thirteen_weeks_only(database: Database, room: Rostered) -> None:
    """A shift that is meant exactly is that shift within the horizon, and later its kind."""
    exact = patterns.written(PatternDetails("Exact", "3E LX 2N 3R", TIMES))
    follow(database, room, exact, 0)
    soon, _notes = made(database, room)
    assert letters(soon, room, 0)[:5] == "EEELN"
    officer = soon.officers[soon.officer_index[str(room.officers[0].id)]]
    assert officer.days[3] == OfficerDay(shift="L")
    with clock.stopped_at(NOW - timedelta(weeks=13)):
        later, _notes = made(database, room)
    officer = later.officers[later.officer_index[str(room.officers[0].id)]]
    assert officer.days[3] == OfficerDay(kind="late")


def test_earlier_shifts_come_first(database: Database, room: Rostered) -> None:
    """An early cannot begin as a night ends: that day is let go, the rest stays fixed."""
    start = datetime(2027, 1, 3, 22, tzinfo=UTC)
    night = people.PastShift(room.officers[0].id, start, start + timedelta(hours=9), "night", "N")
    with database.write() as transaction:
        span = people.Span(night.start, night.end)
        people.set_history(
            transaction, room.room_id, "published", [night.officer_id], span, [night]
        )
    follow(database, room, ROUND, 0, 0)
    problem, notes = made(database, room)
    assert letters(problem, room, 0) == ".EELNNRRREEELN"
    assert letters(problem, room, 1) == "EEELNNRRREEELN"
    assert "1 day of work of a pattern is left free" in " ".join(notes)


def test_absence_comes_first(database: Database, room: Rostered) -> None:
    """Nobody is fixed to a shift that touches a day on which they are not there."""
    follow(database, room, ROUND, 0)
    leaver = room.officers[0]
    with database.write() as transaction:
        kept = people.officer(transaction, room.room_id, leaver.id)
        gone = dataclasses.replace(kept.details, left=FIRST + timedelta(days=6))
        people.change_officer(transaction, room.room_id, leaver.id, kept.version, gone)
    problem, _notes = made(database, room)
    assert letters(problem, room, 0) == "EEELN........."


def test_part_timers_keep_only_the_rest_days(database: Database, room: Rostered) -> None:
    """Whose contract is far from the hours of the pattern is not held to its shifts."""
    with database.write() as transaction:
        agreed = [people.Contract(date(2020, 1, 6), None, 1200)]
        people.set_contracts(transaction, room.room_id, room.officers[0].id, agreed)
    follow(database, room, ROUND, 0)
    problem, notes = made(database, room)
    assert letters(problem, room, 0) == "......RRR....."
    assert any(each.startswith("The contracts of 1 officer differ") for each in notes)


def test_hands_may_make_an_exception(database: Database, room: Rostered) -> None:
    """What a pattern fixes binds the search; a person at the desk may change one day."""
    follow(database, room, ROUND, *[0] * 8)
    asked_for, job = asked(database, room)
    with database.read() as reading:
        task = rosters.task(reading, room.room_id, job.id)
        desk = opened(reading, room.room_id, asked_for.id)
    assert task is not None
    assert all(officer.days for officer in task.problem.officers)
    assert not any(officer.days for officer in desk.problem.officers)


def test_a_day_without_a_shift_template_is_left_free(database: Database, room: Rostered) -> None:
    """A kind that the room does not work cannot be fixed."""
    days = patterns.written(PatternDetails("Days", "5D 2R", "D 09:00-17:00"))
    follow(database, room, days, 0)
    problem, notes = made(database, room)
    assert letters(problem, room, 0) == ".....RR.....RR"
    assert "10 days of work of a pattern are left free" in " ".join(notes)


def test_own_terms_come_first(database: Database, room: Rostered) -> None:
    """Nobody is fixed to a night that they cannot work, nor to a shift on a free day."""
    follow(database, room, ROUND, 0)
    with database.read() as reading:
        wanted = rosters.Wanted(first_day=FIRST, days=DAYS)
        need = requirements.requirement(reading, room.room_id, room.requirement_id)
        materials = gather(reading, room.room_id, wanted, need)
    bare = problem_of(dataclasses.replace(materials, followed={}))
    limits = (Limit(Stretch(0, DAYS), kinds=frozenset({"night"})),)
    free = {1: OfficerDay(free=True)}
    officers = tuple(dataclasses.replace(each, limits=limits, days=free) for each in bare.officers)
    held = dataclasses.replace(bare, officers=with_patterns(materials, bare, officers))
    assert letters(held, room, 0) == "EREL..RRREEEL."
    eased = without_fixed(held)
    assert letters(eased, room, 0) == ".R............"


def test_a_roster_to_go_on_from_gives_way_to_what_is_fixed(
    database: Database, room: Rostered
) -> None:
    """A search that goes on from a roster of before begins from one that keeps the pattern."""
    before = drafted(database, room)
    follow(database, room, ROUND, 0)
    _new, job = asked(database, room, like=before.id)
    with database.read() as reading:
        task = rosters.task(reading, room.room_id, job.id)
    assert task is not None
    assert task.start is not None
    row = task.problem.officer_index[str(room.officers[0].id)]
    codes = [task.problem.shifts[each].code if each != REST else "R" for each in task.start[row]]
    assert "".join(codes) == "EEELNNRRREEELN"
    others = [each for each in range(len(task.problem.officers)) if each != row]
    assert (task.start[others] != REST).sum() == 10 * len(others)
