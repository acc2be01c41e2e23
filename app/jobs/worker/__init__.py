"""The worker: takes jobs on, does them by the handlers it is given, and stops in good order."""

from __future__ import annotations

import os
import secrets
import socket
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from datetime import timedelta
from multiprocessing import resource_tracker
from time import monotonic, sleep

import structlog
from sqlalchemy.exc import DBAPIError

from app import clock
from app.db.engine import open_engine
from app.db.transaction import Database
from app.jobs.service import Handler, Plan
from app.jobs.worker import rows
from app.jobs.worker.durable import Durable
from app.jobs.worker.keeper import Keeper
from app.jobs.worker.place import Place, place_of
from app.jobs.worker.runs import Runs
from app.settings import Settings

FINISH_SECONDS = 3.0
"""How long a stopping worker lets its jobs end by themselves; then they are let go."""

LEAVE_SECONDS = 3.0
"""How long it then waits for them to notice. Together well under the ten seconds that container
engines grant."""


class Worker:
    """One worker; a process has at most one, since DBOS knows one instance a process."""

    def __init__(
        self,
        settings: Settings,
        place: Place,
        handlers: Mapping[str, Handler],
        plans: Sequence[Plan] = (),
    ) -> None:
        self._host = socket.gethostname()[:40]
        self.id = f"{self._host}-{os.getpid()}-{secrets.token_hex(4)}"
        self._engine = open_engine(settings.database_url, busy_seconds=settings.sqlite_busy_seconds)
        self._database = Database(self._engine)
        at_once = {kind: settings.jobs_at_once.get(kind, 1) for kind in handlers}
        self._durable = Durable(place.url, self.id, at_once)
        self._runs = Runs(
            self._database,
            handlers,
            retry_seconds=settings.job_retry_seconds,
            most_starts=settings.job_starts,
        )
        self._keeper = Keeper(
            self._database,
            self._durable,
            self._runs,
            worker_id=self.id,
            host=self._host,
            dead_seconds=None if place.is_ours_alone else settings.worker_dead_seconds,
            traces_kept=timedelta(days=settings.job_traces_days),
            plans=plans,
        )

    def start(self) -> None:
        """Be known, then take jobs on."""
        resource_tracker.ensure_running()  # started by a run's child, it would unblock its signals
        with self._database.write() as transaction:
            rows.enter(transaction, self.id, self._host, clock.now())
        self._durable.start(self._runs.do)
        self._keeper.start()
        structlog.get_logger().info("worker_started", worker=self.id)

    @property
    def is_stuck(self) -> bool:
        """Whether a job goes on though this worker has stopped."""
        return bool(self._runs.running)

    def stop(self) -> None:
        """Take nothing on, and let jobs end or let them go."""
        self._runs.stop()
        self._wait(FINISH_SECONDS)
        for run in self._runs.running:
            run.let_go()
        self._wait(LEAVE_SECONDS)
        self._keeper.stop(LEAVE_SECONDS)
        self._durable.stop()
        with suppress(DBAPIError), self._database.write() as transaction:
            rows.leave(transaction, self.id)  # else the others find its heart still
        self._engine.dispose()
        structlog.get_logger().info("worker_stopped", worker=self.id)

    def _wait(self, seconds: float) -> None:
        until = monotonic() + seconds
        while self._runs.running and monotonic() < until:
            sleep(0.05)


@contextmanager
def working(
    settings: Settings, handlers: Mapping[str, Handler], plans: Sequence[Plan] = ()
) -> Iterator[Worker]:
    """Work for as long as the context lasts.

    A job that does not let itself be stopped (`is_stuck`) must not hold the process up: whoever
    ends the process then does so at once, and the job is taken over.

    Raises:
        Conflict: when another process works on the jobs of a SQLite database.
    """
    with place_of(settings.database_url) as place:
        worker = Worker(settings, place, handlers, plans)
        worker.start()
        try:
            yield worker
        finally:
            worker.stop()
