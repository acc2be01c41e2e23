"""The job that looks at counts which came in, a few times a day at most."""

from __future__ import annotations

from collections.abc import Mapping

from app.db.transaction import Database
from app.demand import service
from app.jobs.service import Handler, Plan, Work


def ask(database: Database) -> None:
    """Ask for a look at every room with counts that no look has seen."""
    with database.read() as reading:
        rooms = service.rooms_to_look_at(reading)
    for room_id in rooms:
        with database.write() as transaction:
            if room_id in service.rooms_to_look_at(transaction):
                service.ask_look(transaction, room_id)


def run(work: Work) -> None:
    """Look at each queue, keep what is found, and tell how much of it is new."""
    room_id = work.job.room_id
    with work.database.read() as reading:
        materials = service.gather_look(reading, room_id)
    queues = len(materials.history)

    def go_on(done: int, queue: str) -> bool:
        words = f"Looking at {queue}, {done + 1} of {queues} queues."
        work.tell({"words": words, "done": done, "of": queues})
        return not work.cancelled()

    checks = service.look(materials, go_on)
    if len(checks) == queues:
        with work.database.write() as transaction:
            new = service.keep_look(transaction, room_id, checks)
        work.tell({"words": service.look_words(new), "new": len(new), "done": queues, "of": queues})


HANDLERS: Mapping[str, Handler] = {service.KIND: run}
PLANS: tuple[Plan, ...] = (ask,)
