"""People by files: what is shown, what is applied, what is refused."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from app import clock
from app.db.transaction import Database, Transaction
from app.errors import InvalidInput, NotFound, Stale
from app.people import service as people
from app.people.service import Change, Contract, Counts, HeldSkill, OutsideId, Span
from tests.app.people.rooms import Small, details, small_force

OFFICERS = """number,name,grade,employment,started,left,team
101,Ann Gill,Constable,officer,2020-01-06,,A
102,Bo Hill,SO1,staff,2021-02-01,2027-01-01,Night desk
"""
SKILLS = """number,skill,from,until
101,calls,2020-06-01,
102,radio,2021-03-01,2026-01-01
102,radio,2026-01-01,
"""
CONTRACTS = """number,from,until,hours_per_week
101,2020-01-06,,40
102,2021-02-01,,18.5
"""
SHIFTS = """number,start,end,kind,code,state
101,2026-03-28 22:00,2026-03-29 07:00,night,N,worked
101,2026-03-30T07:00+01:00,2026-03-30T16:00+01:00,early,E,worked
102,2026-03-28 14:00,2026-03-28 22:00,late,,published
"""
IDS = """number,system,id
101,hr,A-1
102,hr,A-2
"""
FILES = {
    "officers.csv": OFFICERS,
    "skills.csv": SKILLS,
    "contracts.csv": CONTRACTS,
    "shifts.csv": SHIFTS,
    "ids.csv": IDS,
}
MARCH = Span(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 4, 1, tzinfo=UTC))


@pytest.fixture
def transaction(database: Database) -> Iterator[Transaction]:
    """A transaction that is open for the test."""
    with database.write() as transaction:
        yield transaction


@pytest.fixture
def small(transaction: Transaction) -> Small:
    """The small force."""
    return small_force(transaction)


def applied(transaction: Transaction, room_id: UUID, files: dict[str, str]) -> people.Plan:
    """Look at a plan, then apply it."""
    shown = people.plan_import(transaction, room_id, files)
    return people.apply_import(transaction, room_id, files, shown.fingerprint)


def refused(transaction: Transaction, room_id: UUID, **files: str) -> list[str]:
    """What a plan refuses, in words."""
    named = {f"{name}.csv": text for name, text in files.items()}
    return [str(each) for each in people.plan_import(transaction, room_id, named).refused]


@pytest.mark.parametrize("hours", ["many", "NaN", "1e999999", "-1", "169"])
def test_hours_that_cannot_be_are_refused_at_their_line(
    transaction: Transaction, small: Small, hours: str
) -> None:
    """No number, one beyond all numbers and one that no week has are named alike."""
    said = refused(transaction, small.room.id, contracts=CONTRACTS.replace("18.5", hours))
    assert any("contracts.csv, line 3, hours_per_week: Give hours" in each for each in said)


def test_files_make_a_room(transaction: Transaction, small: Small) -> None:
    """Officers, skills, contracts, shifts and identifiers are as the files say."""
    room_id = small.room.id
    plan = applied(transaction, room_id, FILES)
    assert (plan.new_teams, plan.new_skills) == (("Night desk",), ("radio",))
    ann, bo = people.persons(transaction, room_id, people.everyone(transaction, room_id))
    teams = {each.id: each.name for each in people.teams(transaction, room_id)}
    codes = {each.code: each.id for each in people.skills(transaction, small.force.id)}
    assert ann.officer.details == people.OfficerDetails(
        "101", "Ann Gill", "Constable", "officer", date(2020, 1, 6), None, small.team.id
    )
    assert bo.officer.details.left == date(2027, 1, 1)
    assert teams[bo.officer.details.team_id or small.room.id] == "Night desk"
    assert bo.skills == (
        HeldSkill(codes["radio"], date(2021, 3, 1), date(2026, 1, 1)),
        HeldSkill(codes["radio"], date(2026, 1, 1)),
    )
    assert bo.contracts == (Contract(date(2021, 2, 1), None, 1110),)
    assert ann.outside_ids == (OutsideId("hr", "A-1"),)
    night, early = people.history(transaction, room_id, "worked", MARCH)
    assert (night.start, night.end - night.start) == (
        datetime(2026, 3, 28, 22, tzinfo=UTC),
        timedelta(hours=8),
    )
    assert early.start == datetime(2026, 3, 30, 6, tzinfo=UTC)
    assert [each.code for each in people.history(transaction, room_id, "published", MARCH)] == [""]
    assert {ann.officer.version, bo.officer.version} == {1}


def test_the_same_files_twice_change_nothing(transaction: Transaction, small: Small) -> None:
    """A second plan has nothing to do, and applying it leaves versions as they are."""
    applied(transaction, small.room.id, FILES)
    before = people.everyone(transaction, small.room.id)
    again = applied(transaction, small.room.id, FILES)
    assert again.changes_nothing
    assert again.counts == {
        "officer": Counts(0, 0, 0, 2),
        "skill": Counts(0, 0, 0, 3),
        "contract": Counts(0, 0, 0, 2),
        "shift": Counts(0, 0, 0, 3),
        "identifier": Counts(0, 0, 0, 2),
    }
    assert people.everyone(transaction, small.room.id) == before


def test_a_plan_says_what_is_before_and_after(transaction: Transaction, small: Small) -> None:
    """Changed fields, ended stretches and moved identifiers are told; others stay untouched."""
    applied(transaction, small.room.id, FILES)
    files = {
        "officers.csv": OFFICERS.replace("SO1", "SO2").replace("101,", "103,"),
        "skills.csv": "number,skill,from\n102,radio,2026-01-01",
        "shifts.csv": SHIFTS.replace("07:00,night", "06:00,night").replace(",late,", ",day,"),
        "ids.csv": "number,system,id\n103,hr,A-1\n102,hr,A-9",
    }
    plan = people.plan_import(transaction, small.room.id, files)
    assert plan.counts == {
        "officer": Counts(1, 1, 0, 0),
        "skill": Counts(0, 0, 1, 1),
        "shift": Counts(0, 2, 0, 1),
        "identifier": Counts(1, 1, 1, 0),
    }
    (grade, _) = plan.changes["officer"]
    assert isinstance(grade.before, people.StatedOfficer)
    assert isinstance(grade.after, people.StatedOfficer)
    assert (grade.before.grade, grade.after.grade) == ("SO1", "SO2")
    (ended,) = plan.changes["skill"]
    assert ended == Change(
        people.StatedSkill("102", "radio", date(2021, 3, 1), date(2026, 1, 1)), None
    )
    applied(transaction, small.room.id, files)
    numbers = {
        each.details.number: each.version for each in people.everyone(transaction, small.room.id)
    }
    assert numbers == {"101": 2, "102": 2, "103": 1}


def test_a_file_replaces_its_own_days_of_its_own_officers(
    transaction: Transaction, small: Small
) -> None:
    """A shift moved within its day is corrected; other days and other officers stay."""
    applied(transaction, small.room.id, FILES)
    head = SHIFTS.partition("\n")[0]
    moved = f"{head}\n101,2026-03-30 08:00,2026-03-30 16:00,early,E,worked\n"
    plan = applied(transaction, small.room.id, {"moved.csv": moved})
    assert plan.counts == {"shift": Counts(1, 0, 1, 0)}
    worked = people.history(transaction, small.room.id, "worked", MARCH)
    assert [each.start.day for each in worked] == [28, 30]
    assert worked[1].start.hour == 7
    assert len(people.history(transaction, small.room.id, "published", MARCH)) == 1


def test_what_changed_meanwhile_makes_a_plan_stale(transaction: Transaction, small: Small) -> None:
    """Only the plan that was shown is applied; one that would now be another is not."""
    room_id = small.room.id
    shown = people.plan_import(transaction, room_id, FILES)
    officer = people.add_officer(transaction, room_id, details("102"))
    with pytest.raises(Stale):
        people.apply_import(transaction, room_id, FILES, shown.fingerprint)
    assert people.everyone(transaction, room_id) == (officer,)
    assert [each.name for each in people.teams(transaction, room_id)] == ["A"]


def test_one_refused_row_stops_all(transaction: Transaction, small: Small) -> None:
    """A file with a bad row changes nothing, and the error names file, line and column."""
    files = FILES | {"contracts.csv": CONTRACTS.replace("18.5", "18.51")}
    shown = people.plan_import(transaction, small.room.id, files)
    with pytest.raises(InvalidInput, match=r"contracts\.csv, line 3, hours_per_week: Give hours"):
        people.apply_import(transaction, small.room.id, files, shown.fingerprint)
    assert people.everyone(transaction, small.room.id) == ()


def test_rows_that_cannot_be_are_each_named(transaction: Transaction, small: Small) -> None:
    """Fields that cannot be read, people who are not there, stretches and shifts that clash."""
    people.add_officer(transaction, small.other_room.id, details("900"))
    head = OFFICERS.partition("\n")[0]
    assert refused(
        transaction,
        small.room.id,
        officers=f"""{head}
101,Ann,PC,officer,2020-01-06,,A
102,,PC,guard,6 Jan 2020,,A
101,Ann,PC,officer,2020-01-06,,A
900,Eve,PC,officer,2020-01-06,2020-01-06,A
""",
    ) == [
        "officers.csv, line 3, name: Say this; it is needed.",
        "officers.csv, line 3, employment: Give officer or staff.",
        "officers.csv, line 3, started: Give a day such as 2026-03-29.",
        "officers.csv, line 4, number: Line 2 of officers.csv has told it already.",
        "officers.csv, line 5, number: An officer of another control room of the force has this "
        "number.",
        "officers.csv, line 5, left: Give a day after started.",
    ]
    assert refused(transaction, small.room.id, officers=OFFICERS, skills="""number,skill,from,until
101,calls,2020-06-01,
101,calls,2021-06-01,2020-01-01
555,calls,2020-06-01,
""", shifts="""number,start,end,kind,code,state
101,2026-03-29 01:30,2026-03-29 07:00,night,N,worked
101,2026-10-25 01:30,2026-10-25 07:00,night,N,worked
101,2026-03-30 07:00,2026-03-30 07:00,early,E,worked
101,25:15,2026-03-30 07:00,early,E,on duty
101,2026-04-01 07:00,2026-04-01 16:00,early,E,worked
101,2026-04-01 15:45,2026-04-01 22:00,late,L,worked
""") == [
        "skills.csv, line 3, until: Give a day after the first.",
        "skills.csv, line 3, from: Another still holds on that day.",
        "skills.csv, line 4, number: The control room has no such officer.",
        "shifts.csv, line 2, start: The clock change leaves this time out: give another.",
        "shifts.csv, line 3, start: The clock change brings this time twice: give its offset as "
        "well.",
        "shifts.csv, line 4, end: Give a time after start.",
        "shifts.csv, line 5, start: Give a time such as 2026-03-29 07:00, or 2026-03-29T06:00Z.",
        "shifts.csv, line 5, state: Give published or worked.",
        "shifts.csv, line 7, start: It overlaps another shift of this officer.",
    ]  # fmt: skip


def test_a_shift_ends_within_two_days(transaction: Transaction, small: Small) -> None:
    """A slip in a date makes no shift of a year, which would stand in the way of rosters."""
    applied(transaction, small.room.id, {"officers.csv": OFFICERS})
    wrong = SHIFTS.replace("2026-03-28 22:00,2026-03-29 07:00", "2026-03-28 22:00,2027-03-29 07:00")
    assert refused(transaction, small.room.id, shifts=wrong) == [
        "shifts.csv, line 2, end: Give a time at most 48 hours after start.",
        "shifts.csv, line 3, start: It overlaps another shift of this officer.",
    ]


def test_a_shift_may_not_overlap_one_that_stays(transaction: Transaction, small: Small) -> None:
    """A kept shift that starts before the file's span and reaches into it is in the way."""
    applied(transaction, small.room.id, FILES)
    head = SHIFTS.partition("\n")[0]
    row = "101,2026-03-29 06:30,2026-03-29 12:00,early,E,worked"
    assert refused(transaction, small.room.id, shifts=f"{head}\n{row}") == [
        "shifts.csv, line 2, start: It overlaps another shift of this officer."
    ]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "Its first line must name columns"),
        ("number,colour\n1,red", "Its first line must name columns"),
        ("number,system,id,id\n1,hr,1,2", "names a column twice"),
        ('number,system,id\n1,hr,"' + "x" * 140_000, "is not CSV"),
    ],
)
def test_a_file_that_is_not_one_of_people_is_refused(
    transaction: Transaction, small: Small, text: str, words: str
) -> None:
    """A head that is not known, or text that is no CSV, is one sentence about the file."""
    with pytest.raises(InvalidInput, match=words):
        people.plan_import(transaction, small.room.id, {"some.csv": text})


def test_spreadsheets_write_csv_in_their_own_way(transaction: Transaction, small: Small) -> None:
    """A byte order mark, semicolons, capitals, other columns and blank lines do no harm."""
    text = "\ufeffNumber;System;Id;Shoe size\r\n\r\n101;hr;7;42\r\n"
    plan = people.plan_import(
        transaction, small.room.id, {"officers.csv": OFFICERS, "ids.csv": text}
    )
    assert plan.aside == {"ids.csv": ("shoe size",)}
    assert plan.counts["identifier"] == Counts(1, 0, 0, 0)
    assert plan.refused == ()


def test_an_identifier_of_another_room_is_not_taken(transaction: Transaction, small: Small) -> None:
    """What a system calls an officer of another room cannot be said of one of this room."""
    stranger = people.add_officer(transaction, small.other_room.id, details("900"))
    people.set_outside_ids(transaction, small.other_room.id, stranger.id, [OutsideId("hr", "A-1")])
    assert refused(transaction, small.room.id, officers=OFFICERS, ids=IDS) == [
        "ids.csv, line 2, id: It is an officer's of another control room."
    ]


def test_a_kept_import_is_applied_once_and_forgets_its_files(
    transaction: Transaction, small: Small
) -> None:
    """Applied again it stays as it is; only this room sees it; what was done is remembered."""
    room_id = small.room.id
    kept, plan = people.keep_import(transaction, room_id, None, FILES)
    assert people.kept_import(transaction, room_id, kept.id) == (kept, plan)
    with pytest.raises(NotFound):
        people.kept_import(transaction, small.other_room.id, kept.id)
    with pytest.raises(Stale):
        people.apply_kept(transaction, room_id, kept.id, "another")
    done = people.apply_kept(transaction, room_id, kept.id, plan.fingerprint)
    assert people.apply_kept(transaction, room_id, kept.id, plan.fingerprint) == done
    assert people.kept_import(transaction, room_id, kept.id) == (done, None)
    assert done.counts["officer"] == Counts(2, 0, 0, 0)
    assert done.applied_at is not None
    with pytest.raises(NotFound):
        people.kept_import(transaction, small.other_room.id, kept.id)


def test_files_that_nobody_applies_are_forgotten(transaction: Transaction, small: Small) -> None:
    """After a day, or put aside, an import is gone."""
    room_id = small.room.id
    with clock.stopped_at(datetime(2026, 3, 1, tzinfo=UTC)):
        kept, _ = people.keep_import(transaction, room_id, None, FILES)
    with clock.stopped_at(datetime(2026, 3, 2, 0, 1, tzinfo=UTC)):
        with pytest.raises(NotFound):
            people.kept_import(transaction, room_id, kept.id)
        again, _ = people.keep_import(transaction, room_id, None, FILES)
        people.put_aside(transaction, room_id, again.id)
        with pytest.raises(NotFound):
            people.kept_import(transaction, room_id, again.id)
