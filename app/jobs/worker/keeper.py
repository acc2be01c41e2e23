"""What a worker does beside its jobs, a few times a second, in one thread.

It asks for what is due by itself, hands over what was asked for, carries progress to the database
and wishes to cancel from it, shows that the worker is alive, takes over the jobs of workers that
are not, and clears up.
"""

from __future__ import annotations

import math
import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from time import monotonic
from uuid import UUID

import structlog

from app import clock
from app.db.transaction import Database
from app.jobs.service import Plan
from app.jobs.worker import rows
from app.jobs.worker.durable import Durable
from app.jobs.worker.runs import Runs

LOOK_SECONDS = 0.25
"""Between two looks for jobs that were asked for: half of what is felt as a wait."""

CARRY_SECONDS = 0.5
"""Between two exchanges of progress and wishes to cancel: as often as a page can use."""

BEAT_SECONDS = 1.0
"""Between two heartbeats, and two looks at those of the others."""

PLAN_SECONDS = 60.0
"""Between two looks for what is due by itself: nothing of it is due to the minute."""

FORGET_SECONDS = 3600.0
"""Between two clearings up."""


class Keeper(threading.Thread):
    """The thread; it goes on whatever goes wrong, and says so."""

    def __init__(
        self,
        database: Database,
        durable: Durable,
        runs: Runs,
        *,
        worker_id: str,
        host: str,
        dead_seconds: float | None,
        traces_kept: timedelta,
        plans: Sequence[Plan] = (),
    ) -> None:
        """Prepare.

        Args:
            database: where jobs and workers are kept.
            durable: to whom jobs are handed.
            runs: the runs of this worker.
            worker_id: this worker.
            host: the machine it runs on, for people to read.
            dead_seconds: after that long without a heartbeat a worker is given up; None where
                there can be no other, so that whoever is known is dead.
            traces_kept: how long DBOS's rows of ended jobs stay.
            plans: what asks for jobs that are due by themselves.
        """
        super().__init__(name="jobs-keeper", daemon=True)
        self._database = database
        self._durable = durable
        self._runs = runs
        self._worker_id = worker_id
        self._host = host
        self._dead_seconds = dead_seconds
        self._traces_kept = traces_kept
        self._plans = plans
        self._handed_over: set[UUID] = set()
        self._heard: dict[str, tuple[int, float]] = {}
        self._over = threading.Event()

    def run(self) -> None:
        """Do each duty whenever it is due, until told to stop."""
        beat_seconds = math.inf if self._dead_seconds is None else BEAT_SECONDS
        duties: dict[Callable[[], None], float] = {
            self.beat: beat_seconds,
            self.take_over: beat_seconds,
            self.plan: PLAN_SECONDS,
            self.hand_over: LOOK_SECONDS,
            self.carry: CARRY_SECONDS,
            self.forget: FORGET_SECONDS,
        }
        due = dict.fromkeys(duties, 0.0)
        while not self._over.wait(LOOK_SECONDS / 2):
            for duty, seconds in duties.items():
                if monotonic() >= due[duty]:
                    due[duty] = monotonic() + seconds
                    self._try(duty)

    def stop(self, patience: float) -> None:
        """End the thread; wait for so many seconds at most."""
        self._over.set()
        self.join(patience)

    def plan(self) -> None:
        """Ask for what is due by itself."""
        for plan in self._plans:
            plan(self._database)

    def hand_over(self) -> None:
        """Hand over every open job that this worker has not handed over before."""
        with self._database.read() as reading:
            jobs = rows.open_jobs(reading)
        self._handed_over &= jobs.keys()
        for job_id, kind in jobs.items():
            if job_id not in self._handed_over:
                self._durable.hand_over(job_id, kind)
                self._handed_over.add(job_id)

    def carry(self) -> None:
        """Keep what the runs told, and let them hear what was wished."""
        running = self._runs.running
        if not running:
            return
        told = [(run, progress) for run in running if (progress := run.untold()) is not None]
        if told:
            with self._database.write() as transaction:
                for run, progress in told:
                    rows.tell(transaction, run.job.id, run.number, progress)
        with self._database.read() as reading:
            sights = rows.sights(reading, [run.job.id for run in running])
        for run in running:
            run.hear(sights.get(run.job.id))

    def beat(self) -> None:
        """Show that this worker is alive, also to those who gave it up."""
        with self._database.write() as transaction:
            if not rows.beat(transaction, self._worker_id):
                rows.enter(transaction, self._worker_id, self._host, clock.now())

    def take_over(self) -> None:
        """Free the jobs of workers that are not alive, if no other worker is about it."""
        with self._database.write() as transaction:
            if not rows.is_alone(transaction):
                return
            # In this order: whoever took something by now is among the peers read after.
            taken = self._durable.taken()
            peers = rows.peers(transaction)
            dead = {peer.id for peer in peers if self._is_dead(peer)}
            alive = {peer.id for peer in peers} - dead
            for worker_id, job_ids in taken.items():
                if worker_id not in alive:
                    self._durable.release(job_ids)
                    structlog.get_logger().warning(
                        "jobs_taken_over", of=worker_id, jobs=sorted(job_ids)
                    )
            rows.drop(transaction, dead)

    def forget(self) -> None:
        """Clear up what DBOS keeps of jobs that ended long ago."""
        while self._durable.forget(clock.now() - self._traces_kept):
            pass

    def _is_dead(self, peer: rows.Peer) -> bool:
        """Whether a worker has left, or its heart stood still for too long by our own clock."""
        if peer.id == self._worker_id:
            return False
        if peer.left or self._dead_seconds is None:
            return True
        beat, since = self._heard.get(peer.id, (None, 0.0))
        if beat != peer.beat:
            beat, since = peer.beat, monotonic()
            self._heard[peer.id] = beat, since
        return monotonic() - since >= self._dead_seconds

    def _try(self, duty: Callable[[], None]) -> None:
        try:
            duty()
        except Exception:
            structlog.get_logger().exception("jobs_keeper_failed", duty=duty.__name__)
