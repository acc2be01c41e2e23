"""The job that keeps the ledgers of a control room up, asked for once on each of its days."""

from __future__ import annotations

from collections.abc import Mapping

from app.db.transaction import Database
from app.jobs.service import Handler, Plan, Work
from app.leave import service


def ask(database: Database) -> None:
    """Ask for the present day of every room that has not been asked for."""
    with database.read() as reading:
        rooms = service.rooms_due(reading)
    for room_id in rooms:
        with database.write() as transaction:
            service.ask_day(transaction, room_id)


def run(work: Work) -> None:
    """Write what is due, and tell how much it was; all of it or nothing, once."""
    with work.database.write() as transaction:
        done = service.write_day(transaction, work.job)
    if done is not None:
        work.tell({"lapsed": done.lapsed, "granted": done.granted, "left_out": done.left_out})


HANDLERS: Mapping[str, Handler] = {service.KIND: run}
PLANS: tuple[Plan, ...] = (ask,)
