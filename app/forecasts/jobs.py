"""The job that makes a forecast."""

from __future__ import annotations

from collections.abc import Mapping

from app.forecasts import service
from app.jobs.service import Handler, Work


def run(work: Work) -> None:
    """Make the forecast that the job was asked for; one that is made already is left alone."""
    room_id = work.job.room_id
    with work.database.read() as reading:
        asked = service.of_job(reading, room_id, work.job.id)
        if asked.made is not None:
            return
        materials = service.gather(reading, room_id, asked)
    queues = len(materials.history)

    def go_on(done: int, queue: str) -> bool:
        words = (
            f"Learning from {queue}, {done + 1} of {queues} queues."
            if queue
            else "Holding past forecasts against what came."
        )
        work.tell({"words": words, "done": done, "of": queues})
        return not work.cancelled()

    result = service.make(materials, go_on)
    if result is not None:
        with work.database.write() as transaction:
            service.keep(transaction, room_id, asked.id, result)


HANDLERS: Mapping[str, Handler] = {service.KIND: run}
