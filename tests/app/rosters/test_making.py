"""Asking for rosters and searching for them: frozen, kept, resumed, cancelled, impossible."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from app.db.transaction import Database
from app.errors import Conflict, InvalidInput, NotFound
from app.people import service as people
from app.rosters import service as rosters
from app.rosters.jobs import HANDLERS, Keeper
from rostering.problem import Roster
from rostering.solve import Progress
from tests.app.jobs.works import Plain
from tests.app.rosters.rooms import (
    FIRST,
    LATE,
    PEOPLE,
    PLAIN,
    Rostered,
    asked,
    cells,
    drafted,
    in_order,
    read,
    rostered,
)

RUN = HANDLERS[rosters.KIND]


@pytest.fixture
def room(database: Database) -> Rostered:
    """The small room."""
    return rostered(database)


def test_a_roster_is_frozen_when_it_is_asked_for(database: Database, room: Rostered) -> None:
    """What changes later does not change it: rules, people, needs and shifts are as they were."""
    roster, job = asked(database, room, seconds=5)
    with database.read() as reading:
        before = rosters.problem_document(reading, room.room_id, roster.id)
    assert (roster.name, roster.state, roster.version) == ("4 January 2027, 2 weeks", "draft", 1)
    assert (job.kind, job.arguments) == ("roster", {"roster_id": str(roster.id)})
    assert (
        "Staff are judged by the rulebook Police staff, England and Wales, numbers of 1 November "
        "2025, which is assumed." in roster.assumed
    )
    with database.write() as transaction:
        details = people.officer(transaction, room.room_id, room.officers[0].id).details
        people.deactivate(transaction, room.room_id, room.officers[0].id, 3, FIRST)
        template = rosters.templates(transaction, room.room_id)[0]
        away = rosters.TemplateDetails("E", "Early", "early", 480, 480, active=False)
        rosters.change_template(transaction, room.room_id, template.id, template.version, away)
    assert details.left is None
    with database.read() as reading:
        assert rosters.problem_document(reading, room.room_id, roster.id) == before
    again, _ = asked(database, room)
    with database.read() as reading:
        problem = rosters.opened(reading, room.room_id, again.id).problem
    assert [shift.code for shift in problem.shifts] == ["L", "N"]
    assert len(problem.officers) == PEOPLE - 1


def test_what_cannot_be_asked_for_is_refused(database: Database, room: Rostered) -> None:
    """Days without a requirement, periods that cannot be, what is of another room."""
    with pytest.raises(Conflict, match="No requirement covers"):
        asked(database, room, first_day=FIRST + timedelta(days=1))
    with pytest.raises(InvalidInput) as caught:
        asked(database, room, days=0, seconds=0, name=" ", first_day=date(1800, 1, 1))
    assert [place.field for place in caught.value.places] == [
        "name", "days", "first_day", "seconds",
    ]  # fmt: skip
    with pytest.raises(NotFound):
        asked(database, room, like=room.by)
    with pytest.raises(NotFound):
        asked(database, room, requirement_id=room.by)
    with pytest.raises(InvalidInput, match="another period"):
        asked(database, room, days=7, like=drafted(database, room).id)
    with pytest.raises(InvalidInput, match="requirement_id"):
        asked(database, room, days=15, requirement_id=room.requirement_id)


def test_a_room_without_templates_or_people(database: Database, room: Rostered) -> None:
    """Templates are assumed and said to be; nobody to roster is a conflict."""
    with database.write() as transaction:
        for each in rosters.templates(transaction, room.room_id):
            out = rosters.TemplateDetails("x" + each.details.code, "x", "day", 600, 480, (), False)
            rosters.change_template(transaction, room.room_id, each.id, each.version, out)
    roster, _ = asked(database, room)
    assert any("15 of 8 and 10 hours are assumed" in words for words in roster.assumed)
    with database.write() as transaction:
        for officer in room.officers:
            people.set_skills(transaction, room.room_id, officer.id, [])
    with pytest.raises(Conflict, match="holds a skill"):
        asked(database, room)


class UntilLawful(Plain):
    """A run that is cancelled once a lawful roster was told of."""

    def cancelled(self) -> bool:
        """Say yes after the first lawful roster."""
        return any(progress["objective"] is not None for progress in self.told)


def test_a_search_keeps_a_lawful_roster(database: Database) -> None:
    """It ends lawful with its figures, tells how it went, and a second run changes nothing."""
    room = rostered(database, number=3)
    roster, job = asked(database, room, seconds=120)
    work = UntilLawful(job, database)
    RUN(work)
    made = read(database, room, roster.id)
    assert made.stopped in {"cancelled", "proved best"}
    assert made.objective is not None
    assert made.first_lawful is not None
    assert made.why == ()
    assert made.spent > 0
    with database.read() as reading:
        standing = rosters.opened(reading, room.room_id, roster.id).standing
        explaining = rosters.shortages(reading, room.room_id, roster.id).job
    assert standing.hard == ()
    assert (standing.objective, made.missing_minutes) == (
        made.objective,
        standing.counting.missing_minutes(standing.choices),
    )
    assert (explaining is not None) == bool(made.missing_minutes)
    assert {"words", "phase", "seconds", "limit_seconds", "share"} <= work.told[-1].keys()
    RUN(Plain(job, database))
    assert read(database, room, roster.id) == made


def test_a_search_goes_on_from_what_was_kept(database: Database, room: Rostered) -> None:
    """After a kill the kept roster and the time spent count; a cancelled run keeps the best."""
    roster, job = asked(database, room, seconds=3600)
    with database.write() as transaction:
        task = rosters.task(transaction, room.room_id, job.id)
        assert task is not None
        choices = in_order(room, task, PLAIN)
        kept = rosters.Figures(40.0, 10_000_000, None, 12.0, 100)
        assert rosters.keep_better(transaction, task, choices, kept)
        worse = rosters.Figures(41.0, 10_000_001, None, 12.0, 100)
        assert not rosters.keep_better(transaction, task, in_order(room, task, PLAIN + 1), worse)
        rosters.note_time(transaction, task, 50.0)
    with database.read() as reading:
        again = rosters.task(reading, room.room_id, job.id)
    assert again is not None
    assert again.start is not None
    assert (again.start == choices).all()
    assert again.roster.spent == 50.0
    RUN(Plain(job, database, cancel_after=2))
    made = read(database, room, roster.id)
    assert made.stopped == "cancelled"
    assert made.objective is not None
    assert (made.first_lawful, made.spent > 50.0) == (12.0, True)
    with database.read() as reading:
        assert rosters.opened(reading, room.room_id, roster.id).standing.hard == ()


def test_two_runs_of_one_job_keep_the_better_roster(database: Database, room: Rostered) -> None:
    """What each keeps is compared with the rows, so that no mixture of both is ever kept."""
    _, job = asked(database, room)
    late = np.where(PLAIN == 0, LATE, PLAIN)
    with database.write() as transaction:
        one = rosters.task(transaction, room.room_id, job.id)
        other = rosters.task(transaction, room.room_id, job.id)
    assert one is not None
    assert other is not None
    steps = [(one, PLAIN, 50), (other, late, 40), (one, PLAIN, 45), (one, PLAIN, 30)]
    for task, choices, points in steps:
        with database.write() as transaction:
            figures = rosters.Figures(1.0, points, None, 1.0, 0)
            rosters.keep_better(transaction, task, in_order(room, task, choices), figures)
    assert set(cells(database, room, one.roster.id).values()) == {"E"}
    with database.write() as transaction:
        figures = rosters.Figures(2.0, 35, None, 1.0, 0)
        rosters.finish(transaction, other, in_order(room, other, late), figures, "time")
        rosters.finish(transaction, one, in_order(room, one, late), figures, "cancelled")
    made = read(database, room, one.roster.id)
    assert (made.objective, made.stopped) == (30, "time")
    assert set(cells(database, room, one.roster.id).values()) == {"E"}


def test_better_rosters_are_kept_about_once_a_second(
    database: Database, room: Rostered, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Progress in between is told and not written; the newest better roster is not lost."""
    now = [100.0]
    monkeypatch.setattr("app.rosters.jobs.monotonic", lambda: now[0])
    roster, job = asked(database, room)
    with database.read() as reading:
        task = rosters.task(reading, room.room_id, job.id)
    assert task is not None
    work = Plain(job, database)
    keeper = Keeper(work, task)
    versions = []
    for step, points in enumerate([9, 8, 7, 6]):
        now[0] += 0.6
        keeper.take(Roster.from_choices(task.problem, in_order(room, task, PLAIN)))
        keeper.tell(Progress("improving", step, 10.0, points, 1.0, 15))
        kept = read(database, room, roster.id)
        versions.append((kept.version, kept.objective))
    assert versions == [(1, None), (2, 8), (2, 8), (3, 6)]
    assert work.told[-1]["points"] == [[0, 9, 1.0], [1, 8, 1.0], [2, 7, 1.0], [3, 6, 1.0]]
    assert work.told[0]["words"] == "A lawful roster stands, 0 person-hours short; improving."


def test_where_nothing_is_lawful_the_nearest_is_kept_and_said_why(database: Database) -> None:
    """Hours that no line can hold: the nearest roster with its breaches, and whom no line fits."""
    room = rostered(database, number=1, weekly_minutes=7 * 20 * 60)
    roster, job = asked(database, room, seconds=3)
    RUN(Plain(job, database))
    made = read(database, room, roster.id)
    assert (made.stopped, made.objective) == ("no lawful roster", None)
    assert made.why[0].startswith("No roster that keeps every rule was found in ")
    assert made.why[1].startswith("The nearest one breaks ")
    assert any(words.startswith("No lawful line exists for Officer 0") for words in made.why)
    with database.read() as reading:
        assert rosters.opened(reading, room.room_id, roster.id).standing.hard
        said = rosters.preview(reading, room.room_id, roster.id)
    assert said.hindrance.startswith("The roster breaks the rules in ")
