"""The job that tests a requirement by simulation."""

from __future__ import annotations

from collections.abc import Mapping

from app.jobs.service import Handler, Work
from app.requirements import service


def run(work: Work) -> None:
    """Test the requirement that the job was asked for; one that is tested is left alone."""
    with work.database.read() as reading:
        task = service.repair_task(reading, work.job)
    if task is None:
        return

    def go_on(words: str, share: float) -> bool:
        work.tell({"words": words, "share": round(share, 3), "phase": "Testing by simulation"})
        return not work.cancelled()

    mended = service.mend(task, go_on)
    if mended is not None:
        with work.database.write() as transaction:
            service.keep_mended(transaction, task, mended)


HANDLERS: Mapping[str, Handler] = {service.KIND: run}
