"""What the job that searches for a roster reads and keeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

import numpy as np

from app.db.transaction import Reading, Transaction
from app.errors import NotFound
from app.rosters.problem import choices_of, shifts_of, thaw, with_pins
from app.rosters.problem.extras import with_extras
from app.rosters.store import extras
from app.rosters.store import rosters as store
from app.rosters.values import Roster
from rostering.problem import REST, Choices, Problem


@dataclass(frozen=True)
class Task:
    """What is left to do for a roster.

    Attributes:
        roster: its row.
        problem: what it is made from, pins among it.
        start: the best roster kept so far, to go on from; None where there is none.
    """

    roster: Roster
    problem: Problem
    start: Choices | None


@dataclass(frozen=True, slots=True)
class Figures:
    """How far a search has come; seconds are those of all its runs together."""

    spent: float
    objective: int | None
    bound: float | None
    first_lawful: float | None
    missing_minutes: int | None


def task(reading: Reading, room_id: UUID, job_id: UUID) -> Task | None:
    """What is left to do of a job; None when it is done, or its roster was put aside.

    Raises:
        NotFound: when no roster was asked for by that job.
    """
    roster = store.of_job(reading, room_id, job_id)
    if roster is None:
        raise NotFound("There is no roster of this job.")
    if roster.stopped is not None or roster.state != "draft":
        return None
    problem = with_pins(
        thaw(store.frozen(reading, room_id, roster.id)), store.pins(reading, roster.id)
    )
    problem = with_extras(problem, extras.in_force(reading, roster.id))
    cells = store.cells(reading, roster.id)
    return Task(roster, problem, choices_of(problem, cells) if cells else None)


def keep_better(transaction: Transaction, task: Task, choices: Choices, figures: Figures) -> bool:
    """Keep a lawful roster if it is better than the one kept; tell whether it was.

    It may be called by two runs of one job: what is written is what differs from the rows.
    """
    kept = _unfinished(transaction, task)
    if kept is None or figures.objective is None:
        return False
    if kept.objective is not None and kept.objective <= figures.objective:
        return False
    _write_shifts(transaction, task, choices)
    return store.change(transaction, kept.room_id, kept.id, kept.version, **_columns(figures))


def note_time(transaction: Transaction, task: Task, spent: float) -> None:
    """Keep the seconds searched, so that a run after a kill has what is left."""
    if _unfinished(transaction, task) is not None:
        store.note(transaction, task.roster.room_id, task.roster.id, spent=spent)


def finish(
    transaction: Transaction,
    task: Task,
    choices: Choices,
    figures: Figures,
    stopped: str,
    why: Sequence[str] = (),
) -> None:
    """Keep what a search ended with; a second time changes nothing."""
    kept = _unfinished(transaction, task)
    if kept is None:
        return
    if kept.objective is None or (
        figures.objective is not None and figures.objective <= kept.objective
    ):
        _write_shifts(transaction, task, choices)
    else:
        # Another run of the job kept a better one.
        figures = Figures(figures.spent, kept.objective, kept.bound, kept.first_lawful,
                          kept.missing_minutes)  # fmt: skip
    columns = {**_columns(figures), "stopped": stopped, "why": list(why)}
    store.change(transaction, kept.room_id, kept.id, kept.version, **columns)


def _unfinished(transaction: Transaction, task: Task) -> Roster | None:
    kept = store.roster(transaction, task.roster.room_id, task.roster.id, hold=True)
    return kept if kept and kept.stopped is None and kept.state == "draft" else None


def _columns(figures: Figures) -> dict[str, object]:
    return {name: getattr(figures, name) for name in Figures.__dataclass_fields__}


def _write_shifts(transaction: Transaction, task: Task, choices: Choices) -> None:
    """Replace the roster's shifts where they differ."""
    problem = task.problem
    before = choices_of(problem, store.cells(transaction, task.roster.id))
    differs = before != choices
    gone = [
        (UUID(problem.officers[row].id), problem.date_of(day))
        for row, day in np.argwhere(differs & (before != REST)).tolist()
    ]
    new = shifts_of(problem, np.where(differs, choices, REST))
    store.replace_shifts(transaction, task.roster.id, gone, new)
