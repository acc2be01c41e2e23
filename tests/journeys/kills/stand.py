"""The command `parade` with kinds of job of the tests' own, and no doors.

    python -c "from tests.journeys.kills.stand import main; main()" worker

With STALL in the environment it stops for ever before it hands a job over.
"""

from __future__ import annotations

import os
import sys
import threading
from functools import partial
from types import ModuleType

from sqlalchemy import Column, Integer, MetaData, Table, Uuid, func, insert, select

from app.db.transaction import Database
from app.jobs.service import Handler, Work
from rostering.problem import Roster
from rostering.solve import solve
from tests.rostering.rooms import room

metadata = MetaData()
steps = Table(
    "kill_steps", metadata, Column("job_id", Uuid), Column("step", Integer), Column("pid", Integer)
)
results = Table("kill_results", metadata, Column("job_id", Uuid), Column("pid", Integer))

STALLED = "stalled before the hand-over"
STEP_SECONDS = 0.1
SEARCH_SECONDS = 8


def walk(work: Work) -> None:
    """Take so many steps, each kept; those that are kept are not taken again."""
    many = work.job.arguments["steps"]
    assert isinstance(many, int)
    for step in range(kept(work), many):
        threading.Event().wait(STEP_SECONDS)
        if work.cancelled():
            return
        with work.database.write() as transaction:
            values = {"job_id": work.job.id, "step": step, "pid": os.getpid()}
            transaction.execute(insert(steps).values(values))
        work.tell({"steps": step + 1})
    end(work)


def search(work: Work) -> None:
    """Search for a roster in children."""

    def keep(_: Roster) -> None:
        work.tell({"found": True})

    solve(room(), seconds=SEARCH_SECONDS, on_roster=keep, cancelled=work.cancelled)
    end(work)


def kept(work: Work) -> int:
    """How many steps of a job are kept."""
    query = select(func.count()).where(steps.c.job_id == work.job.id)
    with work.database.read() as reading:
        return int(reading.execute(query).scalar_one())


def end(work: Work) -> None:
    """Keep the result of a job, once."""
    with work.database.write() as transaction:
        found = select(results.c.job_id).where(results.c.job_id == work.job.id)
        if transaction.execute(found).first() is None:
            transaction.execute(insert(results).values(job_id=work.job.id, pid=os.getpid()))


def kept_by(database: Database, table: Table, column: str) -> list[object]:
    """A column of one of the tables of the tests."""
    with database.read() as reading:
        return list(reading.execute(select(table.c[column])).scalars())


HANDLERS: dict[str, Handler] = {"walk": walk, "search": search}


def main() -> None:
    """Run the command; the doors of all the slices would take seconds to load."""
    from fastapi import FastAPI  # noqa: PLC0415 - not in the tests' own process

    from app.cli import main  # noqa: PLC0415
    from app.jobs import worker  # noqa: PLC0415
    from app.jobs.worker.durable import Durable  # noqa: PLC0415

    light = ModuleType("app.main")
    light.__dict__["make_app"] = lambda _: FastAPI()
    light.__dict__["working"] = partial(worker.working, handlers=HANDLERS)
    sys.modules["app.main"] = light
    if "STALL" in os.environ:
        Durable.hand_over = stalled  # type: ignore[method-assign, assignment]
    main()


def stalled(*_: object) -> None:
    """Never come back; say so first."""
    sys.stdout.write(f"{STALLED}\n")
    sys.stdout.flush()
    threading.Event().wait()
