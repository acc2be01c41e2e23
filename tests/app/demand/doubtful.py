"""Ten weeks of hourly counts of one queue, with five hours in which no call was counted."""

from __future__ import annotations

from uuid import UUID

import numpy as np

from app.db.transaction import Database, Transaction
from app.demand import service as demand
from tests.app.demand.made import counts

WEEKS = 10
OUTAGE = range(30 * 24 + 9, 30 * 24 + 14)
"""Hours from `MONDAY` on without a call: 09:00 to 14:00 on Wednesday 1 April 2026, in UTC."""


def receive_outage(transaction: Transaction, room_id: UUID, queue: str = "999") -> None:
    """Keep the counts."""
    drawn = np.random.default_rng(4)
    hours = np.arange(WEEKS * 7 * 24)
    rates = 20 + 10 * np.sin(2 * np.pi * (hours % 24 - 10) / 24)
    offered = drawn.poisson(rates)
    offered[OUTAGE] = 0
    given = {(queue, 4 * int(hour)): float(offered[hour]) for hour in hours}
    demand.receive(transaction, room_id, counts(given, interval_minutes=60), "api", None)


def look_at(database: Database, room_id: UUID) -> int:
    """Look at the counts of a room; how much is new."""
    with database.read() as reading:
        materials = demand.gather_look(reading, room_id)
    checks = demand.look(materials)
    with database.write() as transaction:
        return len(demand.keep_look(transaction, room_id, checks))
