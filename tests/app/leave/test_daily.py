"""What is written to ledgers by itself: once a local day, whoever does it and however often."""

from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from app import clock
from app.db.transaction import Database, Transaction
from app.jobs import service as jobs
from app.leave import jobs as daily
from app.leave import service as leave
from app.leave.service import Asked, LedgerDay
from app.people import service as people
from tests.app.at_once import at_once
from tests.app.jobs.works import Plain, seen
from tests.app.leave.owing import Owing, owed, owing

BY = UUID(int=7)
RUN = daily.HANDLERS[leave.KIND]
(PLAN,) = daily.PLANS
EVE = datetime(2027, 3, 31, 22, 59, tzinfo=UTC)
"""A minute before 1 April 2027 begins in London, where it is summer time."""


def at(instant: datetime) -> AbstractContextManager[None]:
    """A moment."""
    return clock.stopped_at(instant)


@pytest.fixture
def room(database: Database) -> Owing:
    """A room whose leave year begins in April; its police officer was granted that of 2026."""
    with at(datetime(2026, 5, 4, 12, tzinfo=UTC)), database.write() as transaction:
        made = owing(transaction)
        leave.set_year_start(transaction, made.room_id, 4, 1)
        leave.grant(transaction, made.room_id, None, BY)
    return made


def asked(database: Database, room: Owing) -> tuple[jobs.Job, ...]:
    """The jobs of the room's daily work, the newest first."""
    with database.read() as reading:
        return jobs.jobs(reading, room.room_id, leave.KIND)


def kept(database: Database, room: Owing) -> LedgerDay | None:
    """What the room is told to have been written last."""
    with database.read() as reading:
        return leave.kept_up(reading, room.room_id).last


def written(database: Database, room: Owing) -> list[tuple[str, int]]:
    """Kind and amount of every entry that no person posted."""
    with database.read() as reading:
        found = leave.entries(reading, room.room_id, Asked())
    return [(each.kind, each.entry.amount) for each in found if each.by is None]


def test_a_day_is_asked_for_once_when_it_has_begun_in_the_room(
    database: Database, room: Owing
) -> None:
    """By the room's own clock: a minute before midnight nothing more, at midnight one job.

    Nobody asked for it, and a room without a ledger has none.
    """
    with at(EVE):
        PLAN(database)
        PLAN(database)
    (eve,) = asked(database, room)
    assert (eve.arguments, eve.asked_by) == ({"day": "2027-03-31"}, None)
    with at(EVE + timedelta(minutes=1)):
        PLAN(database)
        PLAN(database)
    new, before = asked(database, room)
    assert (new.arguments, before) == ({"day": "2027-04-01"}, eve)
    with database.read() as reading:
        assert jobs.jobs(reading, room.small.other_room.id) == ()


def test_two_workers_ask_for_a_day_once(database: Database, room: Owing) -> None:
    """At the same moment one of them does, and neither fails."""
    with at(EVE):
        assert at_once(*[lambda: PLAN(database)] * 2) == []
    assert len(asked(database, room)) == 1


def test_what_expired_and_the_leave_of_the_new_year_are_written_by_themselves(
    database: Database, room: Owing
) -> None:
    """On 1 April 160 of 200 hours are lost, 40 are carried over, and 216 are granted.

    Of police staff the force has not said how much they have: they wait, which is told.
    """
    with at(EVE + timedelta(minutes=1)):
        PLAN(database)
        (job,) = asked(database, room)
        work = Plain(job, database)
        RUN(work)
    assert written(database, room) == [("lapsed", -160 * 60), ("posted", 200 * 60)]
    assert work.told == [{"lapsed": 1, "granted": 1, "left_out": 1}]
    done = kept(database, room)
    assert done == LedgerDay(
        room.room_id, date(2027, 4, 1), job.id, EVE + timedelta(minutes=1), 1, 1, 1
    )


def test_a_job_that_is_done_again_writes_nothing_more(database: Database, room: Owing) -> None:
    """Killed before it was known to have ended, it tells what was written the first time."""
    with at(EVE + timedelta(minutes=1)):
        PLAN(database)
    (job,) = asked(database, room)
    with at(EVE + timedelta(minutes=1)):
        RUN(Plain(job, database))
    before, done = written(database, room), kept(database, room)
    again = Plain(job, database)
    with at(EVE + timedelta(hours=1)):
        RUN(again)
    assert (written(database, room), kept(database, room)) == (before, done)
    assert again.told == [{"lapsed": 1, "granted": 1, "left_out": 1}]


def test_a_job_that_two_workers_do_is_done_once(database: Database, room: Owing) -> None:
    """One was taken for dead and goes on beside the other: what is due is written once."""
    with at(EVE + timedelta(minutes=1)):
        PLAN(database)
        (job,) = asked(database, room)
        assert at_once(*[lambda: RUN(Plain(job, database))] * 2) == []
    assert written(database, room) == [("lapsed", -160 * 60), ("posted", 200 * 60)]


def test_a_kill_half_way_leaves_nothing_and_the_next_day_makes_up_for_it(
    database: Database, room: Owing, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of a day stands together or nothing; a job that failed is told, and caught up with."""
    with at(EVE + timedelta(minutes=1)):
        PLAN(database)
    (job,) = asked(database, room)

    def dies(_: Transaction, __: LedgerDay) -> None:
        raise OSError

    with monkeypatch.context() as patch, at(EVE + timedelta(minutes=1)):
        patch.setattr("app.leave.service.daily.store.end", dies)
        with pytest.raises(OSError):  # noqa: PT011 - any stands for a kill
            RUN(Plain(job, database))
    assert (written(database, room), kept(database, room)) == ([], None)
    with database.write() as transaction:
        jobs.cancel(transaction, room.room_id, job.id)
        assert leave.kept_up(transaction, room.room_id).trouble == "Somebody stopped it."
    with at(EVE + timedelta(days=1)):
        PLAN(database)
        RUN(Plain(asked(database, room)[0], database))
    assert written(database, room) == [("lapsed", -160 * 60), ("posted", 200 * 60)]
    with database.read() as reading:
        assert leave.kept_up(reading, room.room_id).trouble == ""


def test_what_changes_is_granted_the_night_after(database: Database, room: Owing) -> None:
    """Half the hours from October take a quarter back; a day on which nothing changes adds none."""
    begun, changed = date(2020, 1, 6), date(2026, 10, 1)
    contracts = [people.Contract(begun, changed, 2400), people.Contract(changed, None, 1200)]
    with database.write() as transaction:
        people.set_contracts(transaction, room.room_id, room.officer_id, contracts)
    for ahead in range(2):
        with at(datetime(2026, 5, 5 + ahead, 3, tzinfo=UTC)):
            PLAN(database)
            RUN(Plain(asked(database, room)[0], database))
    assert written(database, room) == [("posted", -50 * 60)]
    done = kept(database, room)
    assert done is not None
    assert (done.day, done.lapsed, done.granted) == (date(2026, 5, 6), 0, 0)


def test_the_first_leave_is_granted_by_a_person(database: Database) -> None:
    """Where none was granted yet only what expired is written; numbers of postings have no gap."""
    with database.write() as transaction:
        made = owing(transaction)
        leave.set_year_start(transaction, made.room_id, 4, 1)
        toil = owed(made.staff_id, 60, "a", account="toil", expires=date(2026, 6, 1))
        leave.post(transaction, made.room_id, [toil], BY)
    for day in (date(2026, 5, 30), date(2026, 5, 31), date(2026, 6, 1)):
        with at(datetime(day.year, day.month, day.day, 3, tzinfo=UTC)):
            PLAN(database)
            RUN(Plain(asked(database, made)[0], database))
    assert written(database, made) == [("lapsed", -60), ("lapsed", 60)]
    with database.read() as reading:
        numbers = [each.number for each in leave.entries(reading, made.room_id, Asked())]
    assert numbers == [1, 2, 2]


def test_a_job_of_another_hand_does_nothing(database: Database, room: Owing) -> None:
    """A job of the kind that is for no day of the room writes nothing and tells nothing."""
    with database.write() as transaction:
        job = jobs.ask(
            transaction, kind=leave.KIND, room_id=room.room_id, asked_by=None, arguments={}
        )
    work = Plain(job, database)
    RUN(work)
    assert (work.told, written(database, room)) == ([], [])
    assert seen(database, job).asked_by is None
