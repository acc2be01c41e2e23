"""The files that a plan leaves behind."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from app.cli import product_version
from app.web.plan import PlanReport, QueueForecast, SolveFacts
from app.web.report import render_report
from forecasting.distribution import LEVELS
from forecasting.forecast import Forecast
from forecasting.series import History
from forecasting.staffing.room import RoomRequirement
from forecasting.staffing.rows import LateCalls
from rostering.files import instant_text, write_problem, write_roster
from rostering.problem import Problem, Roster
from rostering.solve import Solution

NAMES = (
    "forecast.csv",
    "handling.csv",
    "requirement.csv",
    "roster.csv",
    "problem.json",
    "roster.json",
    "report.html",
)

RECENT_DAYS = 28
"""Days of counts that the report shows before the forecast."""


@dataclass(frozen=True, eq=False)
class Made:
    """Everything that a plan has come to.

    Attributes:
        counts: the history.
        forecast: calls to come.
        need: people to roster per interval, by set of queues and for what else the room asks.
        problem: what the roster was made from.
        solution: the roster and how it was found.
        late: calls expected late or lost with it.
        assumed: what was assumed, a sentence each, as it stands after "Assumed:".
        notes: what else to know, a sentence each.
    """

    counts: History
    forecast: Forecast
    need: RoomRequirement
    problem: Problem
    solution: Solution
    late: LateCalls
    assumed: tuple[str, ...]
    notes: tuple[str, ...]


def fill(made: Made, folder: Path) -> None:
    """Write every file of a plan into a folder."""
    texts = {
        "forecast.csv": made.forecast.to_csv(),
        "handling.csv": made.forecast.handling_csv(),
        "roster.csv": roster_csv(made.problem, made.solution.roster),
        "report.html": render_report(report_of(made)),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="")
    made.need.write_csv(folder / "requirement.csv")
    write_problem(made.problem, folder / "problem.json")
    write_roster(made.solution.roster, made.problem, folder / "roster.json")


def roster_csv(problem: Problem, roster: Roster) -> str:
    """`officer,start,end,skills`: a row per tour, UTC, the officer by id."""
    rows = (
        (officer.id, instant_text(tour.start), instant_text(tour.end), skills)
        for officer in problem.officers
        for skills in ["+".join(sorted(officer.skills))]
        for tour in roster.of(officer)
    )
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(("officer", "start", "end", "skills"))
    writer.writerows(rows)
    return out.getvalue()


def report_of(made: Made) -> PlanReport:
    """What the report shows of a plan."""
    solution = made.solution
    facts = SolveFacts(
        objective=solution.verdict.objective,
        bound=solution.bound or 0.0,
        seconds=solution.seconds,
        first_legal_seconds=solution.first_legal_seconds,
    )
    return PlanReport(
        room="Control room",
        problem=made.problem,
        roster=solution.roster,
        verdict=solution.verdict,
        queues=tuple(_queue(made, queue) for queue in made.forecast.by_queue),
        solve=facts,
        assumed=tuple(words[:1].upper() + words[1:] for words in made.assumed),
        notes=made.notes,
        version=product_version(),
        late=made.late,
    )


def _queue(made: Made, queue: str) -> QueueForecast:
    """Recent counts and the forecast of one queue."""
    said, start = made.forecast.by_queue[queue], made.forecast.start
    recent = made.counts[queue].between(start - np.timedelta64(RECENT_DAYS, "D"), start)
    levels = dict(zip(LEVELS, said.quantiles, strict=True))
    return QueueForecast(
        queue=queue,
        start=start,
        interval_minutes=made.forecast.interval_minutes,
        mean=said.mean,
        q05=levels[0.05],
        q10=levels[0.10],
        q90=levels[0.90],
        q95=levels[0.95],
        counted_start=None if recent is None else recent.start,
        counted=None if recent is None else recent.offered,
    )
