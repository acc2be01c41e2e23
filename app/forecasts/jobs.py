"""The jobs that make forecasts, and that hold what people laid over them against counts."""

from __future__ import annotations

from collections.abc import Mapping

from app.db.transaction import Database
from app.forecasts import service
from app.jobs.service import Handler, Plan, Work


def ask(database: Database) -> None:
    """Ask for the forecast of every room whose schedule is due; of many workers one does."""
    with database.read() as reading:
        due = service.schedules_due(reading)
    for each in due:
        with database.write() as transaction:
            service.run_due(transaction, each)


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


def ask_judging(database: Database) -> None:
    """Ask for every room with adjustments and new counts to hold the one against the other."""
    with database.read() as reading:
        rooms = service.rooms_to_judge(reading)
    for room_id in rooms:
        with database.write() as transaction:
            if service.is_judging_due(transaction, room_id):
                service.ask_judging(transaction, room_id)


def run_judging(work: Work) -> None:
    """Hold the adjustments of a room against the counts that have come."""
    with work.database.read() as reading:
        materials = service.gather_judging(reading, work.job.room_id)
    if materials is not None:
        scores = service.judge(materials)
        with work.database.write() as transaction:
            service.keep_judged(transaction, scores)


HANDLERS: Mapping[str, Handler] = {service.KIND: run, service.JUDGING: run_judging}
PLANS: tuple[Plan, ...] = (ask, ask_judging)
