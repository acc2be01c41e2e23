"""Servers and workers killed amid jobs: every job ends done, with one result."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen

import numpy as np
import pytest

from app.db.transaction import Database
from app.jobs import service as jobs
from rostering.solve import CHILDREN
from tests.app.jobs.works import asked, new_room, seen
from tests.journeys.kills.processes import children, kill, running, wait_until
from tests.journeys.kills.stand import STALLED, kept_by, metadata, results, steps

WORKER = ("worker",)
SERVER = ("serve", "--port", "0", "--workers-inside")
STEPS = 30


@dataclass(frozen=True)
class Stand:
    """Processes on one database."""

    database: Database
    url: str
    folder: Path

    @contextmanager
    def running(self, *verb: str, **environment: str) -> Iterator[Popen[bytes]]:
        """A process that works; `kill -9` at the end."""
        settings = {
            "PARADE_DATABASE_URL": self.url,
            "PARADE_WORKER_DEAD_SECONDS": "3",
            "PARADE_JOBS_AT_ONCE": json.dumps({"walk": 3}),
        }
        command = ["-c", "from tests.journeys.kills.stand import main; main()", *verb]
        with running(command, self.log, {**settings, **environment}) as process:
            yield process

    @property
    def log(self) -> Path:
        """What all the processes wrote."""
        return self.folder / "log"

    def taken(self) -> int:
        """Steps taken so far, of all jobs."""
        return len(kept_by(self.database, steps, "step"))

    def all_end(self, wanted: list[jobs.Job], by: Popen[bytes]) -> None:
        """Wait until the jobs have ended; each is done and has one result."""

        def have_ended() -> bool:
            return all(seen(self.database, job).has_ended for job in wanted)

        wait_until(have_ended, "the end of all jobs", of=by)
        assert {seen(self.database, job).state for job in wanted} == {"done"}
        counted = Counter(kept_by(self.database, results, "job_id"))
        assert counted == {job.id: 1 for job in wanted}


@pytest.fixture
def stand(database: Database, database_url: str, tmp_path: Path) -> Stand:
    """A stand with the tables that the tests' own kinds of job write to."""
    metadata.create_all(database.engine)
    return Stand(database, database_url, tmp_path)


@pytest.mark.parametrize(
    "kind",
    ["sqlite", pytest.param("postgresql", marks=pytest.mark.nightly)],
    indirect=True,
)
def test_jobs_outlive_whoever_works_on_them(stand: Stand) -> None:
    """Killed between commit and hand-over, amid jobs, and amid a search that lost a child."""
    enough = np.random.default_rng(3).integers(5, STEPS)
    room = new_room(stand.database)
    walks = [asked(stand.database, room, "walk", {"steps": STEPS}) for _ in range(2)]
    with stand.running(*WORKER, STALL="yes") as worker:
        wait_until(lambda: STALLED in stand.log.read_text(), "the hand-over", of=worker)
    assert {seen(stand.database, job).state for job in walks} == {"waiting"}
    search = asked(stand.database, room, "search")
    with stand.running(*SERVER) as server:
        wait_until(lambda: stand.taken() > enough, "some steps", of=server)
    with stand.running(*WORKER) as worker:
        wait_until(lambda: len(children(worker.pid)) == CHILDREN, "a search", of=worker)
        lost = children(worker.pid)[0]
        kill(lost)
        wait_until(lambda: lost not in children(worker.pid), "the end of a child", of=worker)
    with stand.running(*SERVER) as server:
        stand.all_end([*walks, search], server)
    taken = kept_by(stand.database, steps, "step")
    assert len(taken) <= 2 * STEPS + 4, "what was kept is not done again"


@pytest.mark.parametrize("kind", ["postgresql"], indirect=True)
def test_a_worker_takes_over_from_one_that_was_killed(stand: Stand) -> None:
    """The other goes on with the jobs of both; a third that was asked meanwhile is done too."""
    room = new_room(stand.database)
    wanted = [asked(stand.database, room, "walk", {"steps": 3 * STEPS}) for _ in range(2)]
    with stand.running(*WORKER) as survivor:
        with stand.running(*WORKER):
            wait_until(
                lambda: (
                    len(set(kept_by(stand.database, steps, "pid"))) == 2
                    or stand.taken() > 2 * STEPS
                ),
                "work",
                of=survivor,
            )
        wanted.append(asked(stand.database, room, "walk", {"steps": 1}))
        stand.all_end(wanted, survivor)
        assert set(kept_by(stand.database, results, "pid")) == {survivor.pid}
