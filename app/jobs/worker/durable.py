"""The thin face over DBOS: all that Parade asks of it, by its public interface alone.

A job is handed over under its own id, so handing it over twice is as once. DBOS lets one worker
take it, as many of a kind at once as that worker may, and remembers who has taken what; the rest
(states, progress, errors, cancelling) is kept in our own tables. DBOS knows one instance a process.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Mapping
from datetime import datetime
from itertools import groupby
from operator import attrgetter
from uuid import UUID

import structlog
from dbos import DBOS, DBOSConfig, DBOSPortableJSONSerializer, SetWorkflowID, WorkflowHandle

APPLICATION_VERSION = "1"
"""Said outright: DBOS would take a hash of the source, and a new version of Parade would leave the
jobs of the one before. A job is one step that any version can begin again, so this stays."""

POLL_SECONDS = 0.5
"""How often a kind's queue is looked at."""

POOL = 5
"""Connections of DBOS to PostgreSQL; it polls with a thread a kind and two of its own."""

BATCH = 500
"""Rows of ended jobs cleaned up at once."""

TAKEN = "PENDING"
OPEN = ("ENQUEUED", "DELAYED", TAKEN)
ENDED = ("SUCCESS", "ERROR", "CANCELLED", "MAX_RECOVERY_ATTEMPTS_EXCEEDED")


class Durable:
    """Hands jobs over and takes them on, for as long as it is started."""

    def __init__(self, url: str, worker_id: str, at_once: Mapping[str, int]) -> None:
        """Prepare.

        Args:
            url: where DBOS keeps its tables; on PostgreSQL in a schema of their own.
            worker_id: unique to this process.
            at_once: the kinds of job this worker does, and how many of each at a time.
        """
        self._url = url
        self._worker_id = worker_id
        self._at_once = at_once

    def start(self, do: Callable[[UUID], None]) -> None:
        """Begin to take jobs on; each is done by `do` in a thread of its own.

        A `do` that raises what is no `Exception` leaves the job taken by this worker.
        """

        def job() -> None:
            do(UUID(DBOS.workflow_id))

        _log_by_structlog()
        config: DBOSConfig = {
            "name": "parade",
            "system_database_url": self._url,
            "sys_db_pool_size": POOL,
            "executor_id": self._worker_id,
            "application_version": APPLICATION_VERSION,
            "serializer": DBOSPortableJSONSerializer(),  # its other one is pickle
            "log_level": "WARNING",  # INFO advertises
            "use_listen_notify": False,  # nobody waits on its notifications
        }
        self._job = DBOS.workflow(name="job", max_recovery_attempts=None)(job)
        DBOS(config=config)
        DBOS.listen_queues(sorted(self._at_once))
        DBOS.launch()
        for kind, many in self._at_once.items():
            DBOS.register_queue(
                kind,
                worker_concurrency=many,
                polling_interval_sec=POLL_SECONDS,
                on_conflict="always_update",
            )

    def stop(self) -> None:
        """Take nothing on any more; what was taken and has not ended stays taken."""
        DBOS.destroy(destroy_registry=True)

    def hand_over(self, job_id: UUID, kind: str) -> None:
        """Let a worker take the job; nothing happens while it is handed over already.

        A job that DBOS believes to have ended, though our table says otherwise (it was restored
        from a copy), is handed over anew.
        """
        if self._enqueue(job_id, kind).get_status().status in ENDED:
            DBOS.delete_workflow(str(job_id))
            self._enqueue(job_id, kind)

    def taken(self) -> dict[str, set[str]]:
        """Ids of the jobs that are taken, by the worker that took them."""
        found = DBOS.list_workflows(status=TAKEN, load_input=False, load_output=False)
        held: dict[str, set[str]] = {}
        for each in found:
            held.setdefault(each.executor_id or "", set()).add(each.workflow_id)
        return held

    def release(self, job_ids: Collection[str]) -> None:
        """Let any worker take these jobs, whoever took them before."""
        found = DBOS.list_workflows(
            workflow_ids=list(job_ids), status=TAKEN, load_input=False, load_output=False
        )
        kind = attrgetter("queue_name")
        for queue, held in groupby(sorted(found, key=kind), key=kind):
            DBOS.resume_workflows([each.workflow_id for each in held], queue_name=queue)

    def forget(self, ended_before: datetime) -> int:
        """Drop what DBOS keeps of some jobs that ended before an instant; tells how many."""
        found = DBOS.list_workflows(
            status=list(ENDED),
            completed_before=ended_before.isoformat(),
            limit=BATCH,
            load_input=False,
            load_output=False,
        )
        if found:
            DBOS.delete_workflows([each.workflow_id for each in found])
        return len(found)

    def _enqueue(self, job_id: UUID, kind: str) -> WorkflowHandle[None]:
        with SetWorkflowID(str(job_id)):
            return DBOS.enqueue_workflow(kind, self._job)


class _ToStructlog(logging.Handler):
    """What DBOS logs, among our own events."""

    def emit(self, record: logging.LogRecord) -> None:
        structlog.get_logger().log(
            record.levelno, "dbos", said=record.getMessage(), exc_info=record.exc_info
        )


def _log_by_structlog() -> None:
    logger = logging.getLogger("dbos")
    if not logger.handlers:  # it would add one of its own
        logger.propagate = False
        logger.addHandler(_ToStructlog())
