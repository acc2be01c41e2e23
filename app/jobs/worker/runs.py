"""One job after another, each in a thread of its own: begun, done by its handler, ended.

What a handler tells and asks is in memory alone; the keeper carries it to and from the database.
"""

from __future__ import annotations

import json
import signal
import threading
from collections.abc import Callable, Mapping, Sequence
from typing import TypeVar
from uuid import UUID

import structlog
from sqlalchemy.exc import InterfaceError, OperationalError

import forecasting.errors
import rostering.errors
from app import clock
from app.db.transaction import Database, Transaction
from app.errors import ParadeError
from app.jobs.service import Handler, JsonValue, State
from app.jobs.worker import rows

T = TypeVar("T")

SAID_TO_THE_CALLER = (ParadeError, forecasting.errors.InputError, rostering.errors.InputError)
"""Errors whose sentence is for whoever asked; trying again would not help."""

BROKEN = "It went wrong {} times for a reason that the log tells; ask for it again later."
ABANDONED = "The machine stopped {} times while working on it, so it was given up."
UNKNOWN = "This version of Parade does not know jobs of the kind {}."

AGAIN_SECONDS = 1.0
"""Before the database is asked again, when it could not be reached."""


class GivenUpError(ParadeError):
    """Trying again would not help."""


class LetGo(BaseException):
    """A run must end where it is: its worker stops, or another one has taken the job over.

    No `Exception`, so that no handler takes it for an error of its own; DBOS then leaves the job
    with the worker that took it, from which it is taken over.
    """


class Run:
    """One start of a job, as its handler and the keeper see it."""

    def __init__(self, start: rows.Start, database: Database) -> None:
        self.job = start.job
        self.number = start.number
        self.database = database
        self.was_told_to_cancel = False
        self._progress = start.job.progress
        self._kept: Mapping[str, JsonValue] = self._progress
        self._cancel = threading.Event()
        if start.job.cancel_asked_at is not None:
            self._cancel.set()
        self._let_go = False

    def tell(self, progress: Mapping[str, JsonValue]) -> None:
        """Say how far it is; what is no JSON is the handler's error, found here."""
        self._go_on()
        self._progress = json.loads(json.dumps(progress))

    def cancelled(self) -> bool:
        """Whether to keep what there is and return."""
        self._go_on()
        self.was_told_to_cancel |= self._cancel.is_set()
        return self.was_told_to_cancel

    def pause(self, seconds: float) -> None:
        """Wait, but no longer than until there is something to hear."""
        self._cancel.wait(seconds)

    @property
    def progress(self) -> Mapping[str, JsonValue]:
        """What was told last."""
        return self._progress

    def untold(self) -> Mapping[str, JsonValue] | None:
        """What was told since this was asked last; for the keeper alone."""
        before, self._kept = self._kept, self._progress
        return None if self._kept is before else self._kept

    def hear(self, sight: rows.Sight | None) -> None:
        """Learn how the job stands; None when it no longer runs."""
        if sight is None or sight.number != self.number:
            self.let_go()
        elif sight.cancel:
            self._cancel.set()

    def let_go(self) -> None:
        """Make the handler end where it is."""
        self._let_go = True
        self._cancel.set()

    def _go_on(self) -> None:
        if self._let_go:
            raise LetGo


class Runs:
    """The runs of this worker."""

    def __init__(
        self,
        database: Database,
        handlers: Mapping[str, Handler],
        *,
        retry_seconds: Sequence[float],
        most_starts: int,
    ) -> None:
        self._database = database
        self._handlers = handlers
        self._retry_seconds = retry_seconds
        self._most_starts = most_starts
        self._stopping = threading.Event()
        self._running: dict[tuple[UUID, int], Run] = {}

    @property
    def running(self) -> tuple[Run, ...]:
        """The runs that have not ended."""
        return tuple(self._running.copy().values())

    def stop(self) -> None:
        """Begin nothing any more."""
        self._stopping.set()

    def do(self, job_id: UUID) -> None:
        """Do a job to its end, unless it has ended.

        Raises:
            LetGo: when this worker must leave it to another.
        """
        # Children started from here inherit the mask: Ctrl-C is for this process to act on.
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT, signal.SIGTERM})
        if self._stopping.is_set():
            raise LetGo
        start = self._insist(lambda transaction: rows.begin(transaction, job_id, clock.now()))
        if start is None:
            return
        run = Run(start, self._database)
        self._running[job_id, run.number] = run
        log = structlog.get_logger().bind(job=str(job_id), kind=run.job.kind, start=run.number)
        log.info("job_begun")
        try:
            state, words = self._outcome(run)
            self._end(run, state, words)
            log.info("job_ended", state=state)
        except LetGo:
            log.info("job_let_go")
            raise
        finally:
            del self._running[job_id, run.number]

    def _outcome(self, run: Run) -> tuple[State, str]:
        """How the job ends, and why if it failed."""
        try:
            handler = self._handler(run)
            while not (run.cancelled() or self._goes_through(handler, run)):
                pass
        except SAID_TO_THE_CALLER as error:
            return "failed", str(error)
        return "cancelled" if run.was_told_to_cancel else "done", ""

    def _handler(self, run: Run) -> Handler:
        """Who does the job, unless it was begun too often."""
        if run.number > self._most_starts:
            raise GivenUpError(ABANDONED.format(self._most_starts))
        handler = self._handlers.get(run.job.kind)
        if handler is None:
            raise GivenUpError(UNKNOWN.format(run.job.kind))
        return handler

    def _goes_through(self, handler: Handler, run: Run) -> bool:
        """Whether the handler came to its own end; if not, the time for another try has come."""
        try:
            handler(run)
        except SAID_TO_THE_CALLER:
            raise
        except Exception as error:
            structlog.get_logger().exception("job_broke", job=str(run.job.id))
            errors = self._insist(lambda transaction: rows.count_error(transaction, run.job.id))
            if errors > len(self._retry_seconds):
                raise GivenUpError(BROKEN.format(errors)) from error
            run.pause(self._retry_seconds[errors - 1])
            return False
        return True

    def _end(self, run: Run, state: State, words: str) -> None:
        said = " ".join(words.replace("\0", " ").split())
        self._insist(
            lambda transaction: rows.end(
                transaction, run.job.id, run.number, state, said, run.progress, clock.now()
            )
        )

    def _insist(self, write: Callable[[Transaction], T]) -> T:
        """Write, however long the database cannot be reached."""
        while True:
            try:
                with self._database.write() as transaction:
                    return write(transaction)
            except (OperationalError, InterfaceError) as error:
                structlog.get_logger().warning("database_not_reached", error=str(error.orig))
                if self._stopping.wait(AGAIN_SECONDS):
                    raise LetGo from error
