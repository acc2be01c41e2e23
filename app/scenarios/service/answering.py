"""The job's side: what a question is worked on with, the work, and what is kept of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from app import clock
from app.db.transaction import Reading, Transaction
from app.scenarios import series, store
from app.scenarios.service.asking import basis
from app.scenarios.values import Basis, Result, Scenario


@dataclass(frozen=True, eq=False, slots=True)
class Task:
    """A question and what it is answered from, changes not yet made."""

    scenario: Scenario
    basis: Basis


def task(reading: Reading, room_id: UUID, job_id: UUID) -> Task | None:
    """What a job is to answer; None where that is answered already, or was taken away."""
    found = store.of_job(reading, room_id, job_id)
    if found is None or found.made_at is not None:
        return None
    return Task(found, basis(reading, found))


def answer(asked: Task, go_on: Callable[[str, float], bool]) -> Result | None:
    """Simulate, and where a goal is to be reached search for the people. Takes seconds.

    Args:
        asked: from `task`.
        go_on: asked between runs, with how far it is in words and as a share of the way.

    Returns:
        What to keep; None when it was told not to go on.

    Raises:
        forecasting.errors.InputError: when the room cannot be simulated.
    """
    scenario = asked.scenario
    room = series.changed(asked.basis, scenario.changes)
    if scenario.seek is None:
        return series.simulated(room, scenario.runs, scenario.seed, go_on)
    return series.sought(room, scenario.seek, scenario.runs, scenario.seed, go_on)


def keep(transaction: Transaction, asked: Task, result: Result) -> bool:
    """Keep what came of a question; of two answers the first is kept, of a question gone none."""
    found = asked.scenario
    packed = series.pack(result)
    return store.set_result(transaction, found.room_id, found.id, packed, clock.now())
