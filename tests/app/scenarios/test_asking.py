"""Asking, answering once, naming and taking away; odd periods and rooms get one clear sentence."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import uuid4

import numpy as np
import pytest
from sqlalchemy import update

from app.db.transaction import Database
from app.demand import service as demand
from app.errors import Conflict, InvalidInput, NotFound, Stale
from app.jobs import service as jobs
from app.people import service as people
from app.requirements.service import Measured, Terms
from app.requirements.tables import requirements
from app.rosters import service as rosters
from app.scenarios import service
from app.scenarios.values import CallsChange, HandlingChange, PeopleChange, Seek, TargetChange
from tests.app.rosters.rooms import (
    EARLY,
    FIRST,
    LATE,
    PEOPLE,
    PLAIN,
    Rostered,
    drafted,
    require,
    rostered,
)
from tests.app.scenarios.rooms import (
    CALLS,
    answered,
    ask,
    asked_about,
    forecast,
    in_force,
    run,
    terms,
    with_posts,
)


@pytest.fixture
def room(database: Database) -> Rostered:
    """A room with a forecast, and a roster in force: eight on earlies, Monday to Friday."""
    made = asked_about(database)
    in_force(database, made)
    return made


def test_people_on_duty_are_those_whose_shifts_are_published(
    database: Database, room: Rostered
) -> None:
    """Eight from 07:00 to 15:00, nobody else, and six calls a quarter hour."""
    asked, _ = ask(database, room)
    with database.read() as reading:
        basis = service.task(reading, room.room_id, asked.job_id).basis  # type: ignore[union-attr]
    duty = np.zeros(96, np.int64)
    duty[28:60] = 8
    assert [crew.serves for crew in basis.crews] == [("999",)]
    assert np.array_equal(basis.crews[0].on_duty, duty)
    assert set(basis.calls["999"]) == {CALLS}
    assert asked.roster_name == "As published"
    assert asked.name == "As published"
    assert asked.notes[0] == "Up to 16 hours have calls to 999 and nobody on duty for them."


def test_holders_of_posts_answer_no_calls(database: Database, room: Rostered) -> None:
    """Of eight on the early three hold posts; at other hours a post takes nobody who is not there.

    One post is of the queue's own skill, two are of the radio, which two of the eight hold.
    """
    with_posts(database, room, radio=2, of_999=1)
    asked, _ = ask(database, room)
    with database.read() as reading:
        task = service.task(reading, room.room_id, asked.job_id)
    assert task is not None
    (crew,) = task.basis.crews
    duty = np.zeros(96, np.int64)
    duty[28:60] = 5
    assert crew.serves == ("999",)
    assert np.array_equal(crew.on_duty, duty)
    assert asked.notes[1:3] == (
        "Up to 3 people at posts, relief included, answer no calls meanwhile.",
        "Posts lack 48 person-hours: nobody on duty with their skill is left.",
    )


def test_people_who_all_hold_posts_are_not_nobody(database: Database, room: Rostered) -> None:
    """A question about them is answered: nobody answers calls."""
    with_posts(database, room, radio=0, of_999=8)
    found = answered(database, room)
    assert found.result.in_time.sum() == 0
    assert found.scenario.notes[0].startswith("Calls to 999 are answered by nobody: no one")


def test_handling_times_are_those_that_the_requirement_took(
    database: Database, room: Rostered
) -> None:
    """Measured by the hour, twice as long from noon on."""
    hours = tuple(tuple(300.0 if hour < 12 else 600.0 for hour in range(24)) for _ in range(2))
    found = Measured(450.0, 1000.0, FIRST, FIRST, hours)
    kept = Terms(uuid4(), 0, terms("999"), {}, found, is_aht_by_hour=True).document()
    with database.write() as transaction:
        transaction.execute(update(requirements).values(terms=[kept]))
    asked, _ = ask(database, room)
    with database.read() as reading:
        task = service.task(reading, room.room_id, asked.job_id)
    assert task is not None
    assert task.basis.aht["999"][[0, 47, 48, 95]].tolist() == [300, 300, 600, 600]


def test_a_draft_counts_with_its_own_shifts(database: Database, room: Rostered) -> None:
    """A roster that is not in force is asked about by its id, on days within it."""
    fewer = np.array(PLAIN)
    fewer[2:, 0] = -1
    draft = drafted(database, room, fewer)
    asked, _ = ask(database, room, days=2, roster_id=draft.id)
    with database.read() as reading:
        basis = service.task(reading, room.room_id, asked.job_id).basis  # type: ignore[union-attr]
    assert basis.crews[0].on_duty[[40, 96 + 40]].tolist() == [2, 8]
    assert asked.roster_name == draft.name
    with pytest.raises(InvalidInput, match="choose days within it"):
        ask(database, room, FIRST + timedelta(days=10), 7, roster_id=draft.id)


def test_a_question_is_answered_once(database: Database, room: Rostered) -> None:
    """The job's second run changes nothing, and what is kept is told again as it was."""
    asked, job = ask(database, room)
    with database.read() as reading, pytest.raises(Conflict, match="not answered yet"):
        service.answered(reading, room.room_id, asked.id)
    told = run(database, job).told
    assert "20 of 20" in str(told[-1]["words"])
    with database.read() as reading:
        first = service.answered(reading, room.room_id, asked.id)
    run(database, job)
    with database.read() as reading:
        again = service.answered(reading, room.room_id, asked.id)
    assert again.scenario == first.scenario
    assert np.array_equal(again.result.in_time, first.result.in_time)


def test_a_cancelled_question_stays_without_an_answer(database: Database, room: Rostered) -> None:
    """A job that is told to stop after two runs keeps nothing."""
    asked, job = ask(database, room)
    work = run(database, job, cancel_after=2)
    assert len(work.told) == 3
    with database.read() as reading:
        assert service.scenario(reading, room.room_id, asked.id).made_at is None


def test_more_people_answer_more_in_time_and_the_runs_are_paired(
    database: Database, room: Rostered
) -> None:
    """Two absent of eight are worse for the same callers, clearly; nobody absent is no difference.

    Outside the shifts nobody answers, so that about a third of the calls is in time at best.
    """
    as_is = answered(database, room)
    fewer = answered(database, room, changes=(PeopleChange(-5),), against=as_is.scenario.id)
    same = answered(database, room, against=as_is.scenario.id)
    assert np.array_equal(as_is.result.in_time, same.result.in_time)
    both = service.paired(as_is, fewer).differences["in_time:999"]
    assert both.verdict == "a"
    assert both.chance is not None
    assert both.chance < 0.1
    assert service.paired(as_is, same).differences["in_time:999"].verdict is None
    share = service.figure(as_is.measures["in_time:999"].values).mean
    assert 0.25 < share < 0.34


def test_an_old_answer_stands_when_the_roster_changes(database: Database, room: Rostered) -> None:
    """What a question was asked of is frozen: another publication changes none of it."""
    before = answered(database, room)
    fewer = np.array(PLAIN)
    fewer[0, :5] = LATE
    later, why = drafted(database, room, fewer), rosters.Why("agreement")
    with database.write() as transaction:
        rosters.publish(transaction, room.room_id, later.id, later.version, "Fewer", room.by, why)
    with database.read() as reading:
        after = service.answered(reading, room.room_id, before.scenario.id)
    assert np.array_equal(after.basis.crews[0].on_duty, before.basis.crews[0].on_duty)
    assert np.array_equal(after.result.in_time, before.result.in_time)


def test_the_people_for_a_goal_are_found_and_told(database: Database, room: Rostered) -> None:
    """For half of the calls in time people come where nobody is on duty, and the goal holds."""
    found = answered(database, room, seek=Seek("999", 0.5))
    sought = found.result.sought
    assert sought is not None
    assert sought.reached
    assert sought.before < 0.34
    assert service.figure(found.measures["in_time:999"].values).mean >= 0.5
    assert sought.added[:28].any() or sought.added[60:].any()
    assert found.basis.crews[0].on_duty.sum() == 8 * 32 + sought.person_intervals


def test_days_without_a_requirement_get_one_sentence(database: Database, room: Rostered) -> None:
    """Neither a period before nor one that reaches past the requirement can be asked about."""
    with pytest.raises(Conflict, match="No requirement covers 1 to 3 June 2027"):
        ask(database, room, date(2027, 6, 1), 3)
    with pytest.raises(Conflict, match="No requirement covers"):
        ask(database, room, FIRST + timedelta(days=10), 7)


def test_days_without_published_shifts_get_one_sentence(database: Database) -> None:
    """Nobody published is told as such, with what to do."""
    with pytest.raises(Conflict, match="No shifts are published for 4 January 2027: choose"):
        ask(database, asked_about(database))


def test_a_queue_without_a_skilled_officer_is_answered_by_nobody(
    database: Database, room: Rostered
) -> None:
    """Its calls all hang up, a note says why, and the other queue is answered as ever."""
    with database.write() as transaction:
        people.create_skill(transaction, room.force.force.id, "101", "Other calls")
        demand.create_queue(transaction, room.room_id, "101")
        requirement = require(transaction, room.room_id, 1, FIRST, 7)
        kept = [Terms(uuid4(), 0, terms(each), {}, None).document() for each in ("101", "999")]
        change = update(requirements).where(requirements.c.id == requirement)
        transaction.execute(change.values(terms=kept))
    forecast(database, room.room_id, {"101": CALLS, "999": CALLS})
    found = answered(database, room, requirement_id=requirement)
    assert found.scenario.notes[0] == (
        "Calls to 101 are answered by nobody: no one with the skill 101 is on duty for calls."
    )
    assert found.result.in_time[:, :, 0].sum() == 0
    assert found.result.in_time[:, :, 1].sum() > 0
    assert service.figure(found.measures["abandoned:101"].values).mean > 0.9


@pytest.mark.parametrize(
    ("wanted", "field"),
    [
        ({"days": 29}, "days"),
        ({"runs": 1}, "runs"),
        ({"seed": -1}, "seed"),
        ({"name": "two\nlines"}, "name"),
        ({"changes": (CallsChange(1.1, "other"),)}, "changes[0].queue"),
        ({"changes": (CallsChange(float("nan")),)}, "changes[0].factor"),
        ({"changes": (HandlingChange(1e9),)}, "changes[0].seconds"),
        ({"changes": (PeopleChange(0),)}, "changes[0].people"),
        ({"changes": (PeopleChange(1, ("dogs",)),)}, "changes[0].skills"),
        ({"changes": (TargetChange("999", 1, 10),)}, "changes[0].share"),
        ({"changes": (PeopleChange(1),) * 21}, "changes"),
        ({"seek": Seek("other", 0.9)}, "seek.queue"),
        ({"seek": Seek("999", 1.0)}, "seek.share"),
    ],
)
def test_what_cannot_be_asked_is_named(
    database: Database, room: Rostered, wanted: dict[str, object], field: str
) -> None:
    """Every field out of its range is refused by name, and nothing is kept."""
    with pytest.raises(InvalidInput) as refused:
        ask(database, room, **wanted)  # type: ignore[arg-type]
    assert [place.field for place in refused.value.places] == [field]
    with database.read() as reading:
        assert service.scenarios(reading, room.room_id) == ()


def test_only_the_same_days_can_be_compared(database: Database, room: Rostered) -> None:
    """Another period is refused when it is asked against one, and when two are set side by side."""
    one = answered(database, room)
    with pytest.raises(InvalidInput, match="of other days"):
        ask(database, room, days=2, against=one.scenario.id)
    two = answered(database, room, days=2)
    with database.read() as reading, pytest.raises(Conflict, match="same days"):
        service.compared(reading, room.room_id, one.scenario.id, two.scenario.id)
    other = answered(database, room, seed=7)
    with pytest.raises(Conflict, match="other runs or callers"):
        service.paired(one, other)


def test_a_name_is_changed_by_version(database: Database, room: Rostered) -> None:
    """An old version and an empty name are refused."""
    asked, _ = ask(database, room)
    with database.write() as transaction:
        named = service.rename(transaction, room.room_id, asked.id, 1, " Base ")
        assert (named.name, named.version) == ("Base", 2)
        with pytest.raises(Stale):
            service.rename(transaction, room.room_id, asked.id, 1, "Other")
        with pytest.raises(InvalidInput):
            service.rename(transaction, room.room_id, asked.id, 2, " ")


def test_what_is_taken_away_is_gone_with_its_job(database: Database, room: Rostered) -> None:
    """A scenario that another is compared with stays; its job ends, and does nothing any more."""
    base, job = ask(database, room)
    beside, other = ask(database, room, against=base.id)
    with database.write() as transaction:
        with pytest.raises(Conflict, match="compared with"):
            service.remove(transaction, room.room_id, base.id, 1)
        service.remove(transaction, room.room_id, beside.id, 1)
        with pytest.raises(NotFound):
            service.scenario(transaction, room.room_id, beside.id)
        assert jobs.job(transaction, room.room_id, other.id).state == "cancelled"
        assert jobs.job(transaction, room.room_id, job.id).state == "waiting"
    run(database, other)
    with database.write() as transaction:
        with pytest.raises(Stale):
            service.remove(transaction, room.room_id, base.id, 5)
        service.remove(transaction, room.room_id, base.id, 1)
        assert service.scenarios(transaction, room.room_id) == ()


def test_days_on_which_the_clocks_change_keep_their_hours(database: Database) -> None:
    """A Sunday of 23 hours: 07:00 comes an hour early, and its hours are told as its own."""
    room, saturday = rostered(database), date(2027, 3, 27)
    with database.write() as transaction:
        require(transaction, room.room_id, 1, saturday, 2)
    forecast(database, room.room_id, {"999": CALLS})
    earlies = np.full((PEOPLE, 2), EARLY, np.int16)
    roster = drafted(database, room, earlies, first_day=saturday, days=2)
    found = answered(database, room, saturday, 2, roster_id=roster.id)
    assert found.basis.intervals == 4 * (24 + 23)
    assert found.hours_of(saturday + timedelta(days=1)) == slice(24, 47)
    duty = np.flatnonzero(found.basis.crews[0].on_duty)
    assert duty[[0, 31, 32, 63]].tolist() == [28, 59, 96 + 24, 96 + 55]
    one = found.measures_of(saturday)["in_time:999"], found.measures_of(date(2027, 3, 28))
    assert service.figure(one[0].values).mean < service.figure(one[1]["in_time:999"].values).mean
