"""What is written to the ledgers by itself each day: what expired, and the leave of a new year."""

from __future__ import annotations

import dataclasses
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from app import clock
from app.db.transaction import Reading, Transaction, unless_taken
from app.errors import Conflict
from app.jobs import service as jobs
from app.leave.service.ledger import hold
from app.leave.service.settling import settle, today
from app.leave.service.years import grant
from app.leave.store import days as store
from app.leave.store import ledger
from app.leave.values import LedgerDay

KIND = "ledger_day"
"""The kind of job."""


@dataclass(frozen=True, slots=True)
class Kept:
    """How the daily work of a room stands.

    Attributes:
        last: the newest day that is done; None before the first.
        trouble: why the newest of all is not, a sentence; "" where it is done or on its way.
    """

    last: LedgerDay | None
    trouble: str


def rooms_due(reading: Reading) -> tuple[UUID, ...]:
    """Rooms with a ledger whose present local day has not been asked for."""
    return tuple(
        room_id
        for room_id, newest in store.newest_days(reading).items()
        if newest is None or newest < today(reading, room_id)
    )


def ask_day(transaction: Transaction, room_id: UUID) -> None:
    """Ask for the work of a room's present day, unless that has been done."""
    day = today(transaction, room_id)
    with suppress(Conflict), unless_taken(transaction, "Another worker asked for it."):
        job = jobs.ask(
            transaction,
            kind=KIND,
            room_id=room_id,
            asked_by=None,
            arguments={"day": day.isoformat()},
        )
        store.add(transaction, LedgerDay(room_id, day, job.id))


def write_day(transaction: Transaction, job: jobs.Job) -> LedgerDay | None:
    """Write what has expired in the room of a job, and grant what its leave year gives.

    The first leave is granted by a person; from then on that of each year, and what changes of it.
    What was written is kept with it, so that the same job again writes nothing more.

    Args:
        transaction: the caller's.
        job: of the kind `KIND`.

    Returns:
        What was written, now or when it was done before; None for a job that is for no day.

    Raises:
        NotFound: when there is no such room.
    """
    room_id = job.room_id
    hold(transaction, room_id)
    asked = store.of_job(transaction, room_id, job.id)
    if asked is None or asked.at is not None:
        return asked
    lapsed = settle(transaction, room_id, None)
    done = dataclasses.replace(asked, at=clock.now(), lapsed=len(lapsed))
    if ledger.has_grants(transaction, room_id):
        granted = grant(transaction, room_id, None, None)
        done = dataclasses.replace(done, granted=len(granted.posted), left_out=granted.left_out)
    store.end(transaction, done)
    return done


def kept_up(reading: Reading, room_id: UUID) -> Kept:
    """What was written by itself last, and whether anything is wrong since."""
    newest = store.newest(reading, room_id)
    trouble = ""
    if newest is not None and newest.at is None:
        job = jobs.job(reading, room_id, newest.job_id)
        trouble = job.words if job.state == "failed" else ""
        trouble = "Somebody stopped it." if job.state == "cancelled" else trouble
    return Kept(store.newest_done(reading, room_id), trouble)
