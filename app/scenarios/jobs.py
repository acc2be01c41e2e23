"""The job that answers a question."""

from __future__ import annotations

from collections.abc import Mapping

from app.jobs.service import Handler, Work
from app.scenarios import service


def run(work: Work) -> None:
    """Answer the question that the job was asked for; one that is answered is left alone."""
    with work.database.read() as reading:
        task = service.task(reading, work.job.room_id, work.job.id)
    if task is None:
        return

    def go_on(words: str, share: float) -> bool:
        work.tell({"words": words, "share": round(share, 3), "phase": "Simulating"})
        return not work.cancelled()

    result = service.answer(task, go_on)
    if result is not None:
        with work.database.write() as transaction:
            service.keep(transaction, task, result)


HANDLERS: Mapping[str, Handler] = {service.KIND: run}
