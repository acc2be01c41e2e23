"""The jobs of rosters: the search, which goes on after a kill, and why wishes are not met."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from time import monotonic
from typing import TYPE_CHECKING

from app.jobs.service import Handler, JsonValue, Work
from app.rosters import service
from app.rosters.service import Came, Figures, ReasonsTask, Task, WishReason
from rostering.cover_grid import Counting
from rostering.nearest import explaining_seconds, nearest_words
from rostering.problem import Choices, Problem, Roster
from rostering.solve import Progress, Solution, solve

if TYPE_CHECKING:
    from rostering.reasons.explaining import Explaining

KEEP_EVERY = 1.0
"""Seconds between two writes of a better roster, which take some hundredths of one."""

NOTE_EVERY = 5.0
"""Seconds between two notes of the time spent: so much of a search may be done again."""

LEAST_SECONDS = 5.0
"""A run gets this much even where all time is spent, so that it ends as searches end."""

STOPPED_SECONDS = 1.0
"""For finding out why no lawful roster was found, where somebody has stopped the search and waits;
whom there is no time to look at is said."""

BINDING_SECONDS = 180.0
"""For finding out what binds in a room: some ten linear programs, of five seconds each at 300
officers over four weeks."""

MOST_POINTS = 200
"""Points of the falling line that is told with the progress."""


def run(work: Work) -> None:
    """Search for the roster that the job was asked for; one that is made already is left alone."""
    with work.database.read() as reading:
        task = service.task(reading, work.job.room_id, work.job.id)
    if task is None:
        return
    left = max(task.roster.seconds - task.roster.spent, LEAST_SECONDS)
    keeper = Keeper(work, task)
    solution = solve(
        task.problem,
        seconds=left,
        on_roster=keeper.take,
        on_progress=keeper.tell,
        cancelled=work.cancelled,
        start=None if task.start is None else Roster.from_choices(task.problem, task.start),
    )
    keeper.end(solution, _why(task.problem, solution))


def _why(problem: Problem, solution: Solution) -> list[str]:
    """Why there is no lawful roster; nothing where there is one."""
    if solution.verdict.is_legal:
        return []
    from rostering.diagnose import impossible_words  # noqa: PLC0415  (loads the solver)

    seconds = STOPPED_SECONDS if solution.was_stopped else explaining_seconds(solution.seconds)
    nearest = nearest_words(
        problem, solution.verdict, solution.seconds, came_to_any=solution.came_to_any
    )
    return [*nearest, *impossible_words(problem, seconds)]


class Keeper:
    """Keeps better rosters as they come, and tells how the search is going."""

    def __init__(self, work: Work, task: Task) -> None:
        self._work = work
        self._task = task
        self._better: Roster | None = None
        self._kept_at = self._noted_at = monotonic()
        self._first_lawful = task.roster.first_lawful
        self._line: list[JsonValue] = []

    def take(self, roster: Roster) -> None:
        """A better lawful roster; it is kept with the next progress, which knows its points."""
        self._better = roster

    def tell(self, progress: Progress) -> None:
        """Tell whoever follows the job, and keep what is worth keeping."""
        spent = self._task.roster.spent + progress.seconds
        if progress.objective is not None and self._first_lawful is None:
            self._first_lawful = spent
        self._work.tell(self._told(progress, spent))
        now = monotonic()
        if self._better is not None and now - self._kept_at >= KEEP_EVERY:
            self._kept_at = self._noted_at = now
            better, self._better = self._better.to_choices(self._task.problem), None
            self._keep(better, Figures(spent, progress.objective, progress.bound,
                                       self._first_lawful, progress.missing_minutes))  # fmt: skip
        elif now - self._noted_at >= NOTE_EVERY:
            self._noted_at = now
            with self._work.database.write() as transaction:
                service.note_time(transaction, self._task, spent)

    def _keep(self, choices: Choices, figures: Figures) -> None:
        with self._work.database.write() as transaction:
            service.keep_better(transaction, self._task, choices, figures)

    def _told(self, progress: Progress, spent: float) -> dict[str, JsonValue]:
        """How the search is going, in words and figures."""
        if progress.objective is not None and len(self._line) < MOST_POINTS:
            point = [round(spent, 1), progress.objective, progress.bound]
            if not self._line or self._line[-1][1:] != point[1:]:  # type: ignore[index]
                self._line.append(point)
        limit = self._task.roster.seconds
        return {
            "words": progress_words(progress),
            "phase": progress.phase,
            "seconds": round(spent, 1),
            "limit_seconds": limit,
            "share": min(spent / limit, 1.0),
            "objective": progress.objective,
            "bound": progress.bound,
            "missing_minutes": progress.missing_minutes,
            "first_lawful_seconds": self._first_lawful,
            "points": list(self._line),
        }

    def end(self, solution: Solution, why: list[str]) -> None:
        """Keep what the search ended with, the nearest roster where none is lawful."""
        problem = self._task.problem
        choices = solution.roster.to_choices(problem)
        spent = self._task.roster.spent + solution.seconds
        legal = solution.verdict.is_legal
        if legal and self._first_lawful is None and solution.first_legal_seconds is not None:
            self._first_lawful = self._task.roster.spent + solution.first_legal_seconds
        figures = Figures(
            spent=spent,
            objective=solution.verdict.objective if legal else None,
            bound=solution.bound,
            first_lawful=self._first_lawful,
            missing_minutes=Counting.of(problem).missing_minutes(choices),
        )
        with self._work.database.write() as transaction:
            service.finish(transaction, self._task, choices, figures, solution.stopped, why)
            if legal and figures.missing_minutes:
                kept = self._task.roster
                service.ask_why_short(transaction, kept.room_id, kept.id, None)


def progress_words(progress: Progress) -> str:
    """How a search is going, in a sentence."""
    if progress.objective is None:
        return f"{progress.phase.capitalize()}."
    missing = (progress.missing_minutes or 0) / 60
    cover = f"{missing:,.0f} person-hours short" if missing else "every interval covered"
    return f"A lawful roster stands, {cover}; {progress.phase}."


def explain(work: Work) -> None:
    """Work out why wishes are not met, anew where the roster changes meanwhile."""
    while not work.cancelled():
        with work.database.read() as reading:
            task = service.reasons_task(reading, work.job)
        if task is None:
            return
        found = list(_reasons(work, task))
        if work.cancelled():
            return
        with work.database.write() as transaction:
            if service.keep_reasons(transaction, task, found):
                return


def _reasons(work: Work, task: ReasonsTask) -> Iterator[WishReason]:
    from rostering.reasons.explaining import Explaining  # noqa: PLC0415  (loads compiled code)

    explaining = Explaining(task.desk.standing, task.late) if task.wishes else None
    for number, came in enumerate(task.wishes):
        if work.cancelled() or explaining is None:
            return
        words = f"Wish {number + 1} of {len(task.wishes)}."
        work.tell({"words": words, "done": number, "of": len(task.wishes)})
        yield _reason(explaining, task, came)


def _reason(explaining: Explaining, task: ReasonsTask, came: Came) -> WishReason:
    head = (came.wish_id, came.officer_id, task.desk.roster.version)
    found = None
    if came.row is not None and came.wish is not None:
        found = explaining.why_not(came.row, came.wish)
    if found is None:
        return WishReason(*head, "never", 0, "No shift of this roster could meet it.", "")
    return WishReason(*head, found.kind, found.points, found.words, found.yielding)


def bind(work: Work) -> None:
    """Find out what binds in the room of a roster; what is known when it is cancelled is kept."""
    from rostering.shortages.room import room_shortage  # noqa: PLC0415  (rostering's solver)

    job = work.job
    with work.database.read() as reading:
        asked = service.problem_short(reading, job.room_id, job)
    if asked is None:
        return
    roster_id, problem = asked
    work.tell({"words": "Working out what binds where people are missing."})
    found = room_shortage(problem, BINDING_SECONDS, work.cancelled)
    with work.database.write() as transaction:
        service.keep_shortage(transaction, job, roster_id, found)


HANDLERS: Mapping[str, Handler] = {
    service.KIND: run,
    service.KIND_REASONS: explain,
    service.SHORTAGE_KIND: bind,
}
