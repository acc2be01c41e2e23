"""The real forecast and roster jobs, killed at ten points each: nothing lost, nothing doubled."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from itertools import cycle
from pathlib import Path
from subprocess import Popen
from uuid import UUID

import numpy as np
import pytest
from sqlalchemy import Table, select

from app.db.transaction import Database
from app.forecasts import service as forecasts
from app.forecasts.tables import forecasts as forecast_rows
from app.jobs import service as jobs
from app.rosters.tables import rosters as roster_rows
from tests.app.forecasts import rooms as forecast_rooms
from tests.app.jobs.works import seen
from tests.app.rosters import rooms as roster_rooms
from tests.journeys.kills.processes import children, kill, running, wait_until

POINTS = 10
SERVER = ("serve", "--port", "0", "--workers-inside")
VERBS = (("worker",), SERVER)
ROSTER_SECONDS = 60
"""What is asked for; this small room is proved best long before on a machine at rest."""

SEARCH_SECONDS = 8
"""Within these it is killed: amid annealing, amid the solver, and near the end."""

FORECAST_SECONDS = 1.5
"""About how long a forecast of two queues takes, once what it needs is loaded."""

Ask = Callable[[], jobs.Job]


@pytest.fixture
def process(database_url: str, tmp_path: Path) -> Iterator[Callable[[], Popen[bytes]]]:
    """Starts the next server or worker."""
    settings = {"PARADE_DATABASE_URL": database_url, "PARADE_WORKER_DEAD_SECONDS": "3"}
    verbs = cycle(VERBS)
    with ExitStack() as stack:

        def start() -> Popen[bytes]:
            command = ["-c", "from app.cli import main; main()", *next(verbs)]
            return stack.enter_context(running(command, tmp_path / "log", settings))

        yield start


def outlive_kills(
    database: Database,
    start: Callable[[], Popen[bytes]],
    ask: Ask,
    seconds: float,
    *,
    has_children: bool,
) -> list[jobs.Job]:
    """Ask for a job at a time and kill what works on it, or a child of that, at a random point."""
    chance = np.random.default_rng(10)
    process = start()
    asked = []
    for point in range(POINTS):
        job = ask()
        asked.append(job)
        if point % 5 != 4:  # at every fifth point it is killed before anything has begun
            wait_until(lambda job=job: seen(database, job).state != "waiting", "a start")  # type: ignore[misc]
        time.sleep(chance.uniform(0, seconds))
        if has_children and point % 3 == 2 and (searching := children(process.pid)):
            kill(int(chance.choice(searching)))
        else:
            process.kill()
            process.wait()
            process = start()
        wait_until(
            lambda job=job: seen(database, job).has_ended,  # type: ignore[misc]
            "the end of the job",
            of=process,
        )
        assert seen(database, job).state == "done", seen(database, job)
    return asked


def results(database: Database, table: Table, wanted: list[jobs.Job]) -> Counter[UUID]:
    """How many things each job has made."""
    query = select(table.c.job_id).where(table.c.job_id.in_([job.id for job in wanted]))
    with database.read() as reading:
        return Counter(reading.execute(query).scalars())


@pytest.mark.nightly
def test_forecasts_outlive_kills(database: Database, process: Callable[[], Popen[bytes]]) -> None:
    """Every forecast is made, once, and all of them say the same: they know the same counts."""
    room = forecast_rooms.room(database, forecast_rooms.houston())

    def ask() -> jobs.Job:
        return forecast_rooms.ask(database, room.id)[1]

    asked = outlive_kills(database, process, ask, FORECAST_SECONDS, has_children=False)
    assert results(database, forecast_rows, asked) == {job.id: 1 for job in asked}
    with database.read() as reading:
        made = [forecasts.of_job(reading, room.id, job.id).made for job in asked]
        assert all(made)
        said = {
            forecasts.csv_text(reading, room.id, each.id)
            for each in forecasts.forecasts(reading, room.id)
        }
    assert len(said) == 1


@pytest.mark.nightly
def test_rosters_outlive_kills(database: Database, process: Callable[[], Popen[bytes]]) -> None:
    """Every roster is made, once, within its time or little more, and keeps every rule."""
    room = roster_rooms.rostered(database)

    def ask() -> jobs.Job:
        return roster_rooms.asked(database, room, seconds=ROSTER_SECONDS)[1]

    asked = outlive_kills(database, process, ask, SEARCH_SECONDS, has_children=True)
    assert results(database, roster_rows, asked) == {job.id: 1 for job in asked}
    query = select(roster_rows.c.id).where(roster_rows.c.job_id.in_([job.id for job in asked]))
    with database.read() as reading:
        made = list(reading.execute(query).scalars())
    for roster_id in made:
        roster = roster_rooms.read(database, room, roster_id)
        assert roster.stopped in {"time", "proved best"}
        assert roster.objective is not None
        assert roster_rooms.cells(database, room, roster_id)
