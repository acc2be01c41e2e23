"""Requirements tested by simulation: asked for, worked on by a job, kept as new requirements."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from uuid import UUID

from app import clock
from app.db.transaction import Reading, Transaction, unless_taken
from app.db.types import new_id
from app.demand import service as demand
from app.errors import Conflict
from app.forecasts import service as forecasts
from app.jobs import service as jobs
from app.requirements import series, store
from app.requirements.service.working_out import expected, force_skills, laid_then, requirement
from app.requirements.values import Repair, Requirement, RoomAsks
from forecasting.staffing.hours import weekly_hours

KIND = "repair"
"""The kind of the job that tests a requirement by simulation."""

RUNS = 100
"""How often the days are simulated."""

ASKED_MEANWHILE = "Somebody asked for the same meanwhile: look again."


def repair(
    transaction: Transaction,
    room_id: UUID,
    requirement_id: UUID,
    asked_by: UUID,
    runs: int = RUNS,
) -> tuple[Repair, jobs.Job]:
    """Ask for a requirement to be tested by simulation; a job adds the people it lacks.

    It is tested once: asked again, the same job is told of, unless it failed or was stopped.

    Raises:
        NotFound: when there is no such requirement in the room.
        Conflict: when the requirement has come of such a test itself, or has a purpose of its own.
    """
    asked = requirement(transaction, room_id, requirement_id)
    if asked.purpose is not None:
        raise Conflict("It was worked out for a question: test the requirement of the forecast.")
    if store.repair(transaction, room_id, result_id=asked.id):
        raise Conflict("This requirement has been tested by simulation.")
    before = repair_of(transaction, room_id, requirement_id)
    if before is not None and before[1].state not in {"failed", "cancelled"}:
        return before
    result_id = new_id()
    job = jobs.ask(
        transaction,
        kind=KIND,
        room_id=room_id,
        asked_by=asked_by,
        arguments={"requirement_id": str(asked.id), "result_id": str(result_id), "runs": runs},
    )
    wanted = Repair(asked.id, job.id, result_id)
    if before is None:
        with unless_taken(transaction, ASKED_MEANWHILE):
            store.add_repair(transaction, wanted)
    elif not store.change_repair(transaction, before[0], wanted):
        raise Conflict(ASKED_MEANWHILE)
    return wanted, job


def repair_of(
    reading: Reading, room_id: UUID, requirement_id: UUID
) -> tuple[Repair, jobs.Job] | None:
    """The test of a requirement of a room and the job that does it; None before one is asked."""
    found = store.repair(reading, room_id, requirement_id=requirement_id)
    return None if found is None else (found, jobs.job(reading, room_id, found.job_id))


def can_be_repaired(reading: Reading, room_id: UUID, requirement_id: UUID) -> bool:
    """Whether a requirement of a room has not come of a test itself."""
    return store.repair(reading, room_id, result_id=requirement_id) is None


def stop_repair(transaction: Transaction, room_id: UUID, requirement_id: UUID) -> None:
    """Stop testing a requirement of a room, if it is being tested.

    Raises:
        NotFound: when there is no such requirement in the room.
    """
    requirement(transaction, room_id, requirement_id)
    found = repair_of(transaction, room_id, requirement_id)
    if found is not None and not found[1].has_ended:
        jobs.cancel(transaction, room_id, found[1].id)


@dataclass(frozen=True, eq=False, slots=True)
class RepairTask:
    """All that a test needs, so that it holds no transaction while it works.

    Attributes:
        repair: what was asked for.
        made_by: who asked for it.
        asked: the requirement.
        asks: what its room asks as a whole.
        values: what its forecast says, by the names that the queues have in the requirement.
        forecast_notes: what there was to know of the forecast.
        runs: how often the days are simulated.
    """

    repair: Repair
    made_by: UUID
    asked: Requirement
    asks: RoomAsks
    values: forecasts.ForecastValues
    forecast_notes: tuple[str, ...]
    runs: int


def repair_task(reading: Reading, job: jobs.Job) -> RepairTask | None:
    """What a job is to test; None where that is done, or another job does it."""
    room_id = job.room_id
    found = store.repair(reading, room_id, job_id=job.id)
    if found is None or store.requirement(reading, room_id, found.result_id):
        return None
    asked = requirement(reading, room_id, found.requirement_id)
    said = expected(reading, asked)
    names = {queue.id: queue.name for queue in demand.queues(reading, room_id)}
    by_queue = {each.queue: said.by_queue[names[each.queue_id]] for each in asked.terms}
    made = forecasts.forecast(reading, room_id, asked.forecast_id).made
    return RepairTask(
        found,
        job.user,
        asked,
        asked.room or series.room_asks_of(0, {}),
        replace(said, by_queue=by_queue),
        (
            *forecasts.adjustment_notes(reading, room_id, laid_then(reading, asked)),
            *(made.notes if made else ()),
        ),
        int(str(job.arguments["runs"])),
    )


def mend(task: RepairTask, go_on: Callable[[str, float], bool]) -> series.Mended | None:
    """Test a requirement by simulation and add the people it lacks. Takes seconds to minutes.

    Args:
        task: from `repair_task`.
        go_on: told after each run how far it is, in words and as a share of the way.

    Returns:
        What to keep; None when it was told not to go on.

    Raises:
        forecasting.errors.InputError: when it cannot be simulated.
    """
    return series.mended(task.values, task.asked, task.asks, task.runs, go_on)


def keep_mended(transaction: Transaction, task: RepairTask, mended: series.Mended) -> bool:
    """Keep what a test came to as a requirement; of two runs of one job the first is kept."""
    room_id, asked, result_id = task.asked.room_id, task.asked, task.repair.result_id
    still = store.repair(transaction, room_id, job_id=task.repair.job_id, held=True)
    if still is None or store.requirement(transaction, room_id, result_id):
        return False
    skills = force_skills(transaction, room_id)
    notes = (
        *series.mended_notes(mended),
        *series.origin_notes(asked.terms),
        *series.room_notes(mended.found, asked.zone, skills),
        *task.forecast_notes,
    )
    found = replace(
        asked,
        id=result_id,
        made_by=task.made_by,
        made_at=clock.now(),
        notes=notes,
        room=task.asks,
        weeks=weekly_hours(mended.found, asked.zone),
    )
    packed = series.pack(mended.found), series.pack_loads(mended.found)
    store.add(transaction, found, *packed)
    return True
