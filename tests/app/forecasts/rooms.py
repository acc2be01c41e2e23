"""A control room with real counts, and forecasts made in it without a worker."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from uuid import UUID, uuid4

import numpy as np

from app.db.transaction import Database
from app.demand import service as demand
from app.forecasts import service as forecasts
from app.forecasts.jobs import HANDLERS
from app.jobs import service as jobs
from app.people import service as people
from forecasting.calendar import Calendar
from forecasting.reading import read_history
from forecasting.series import History
from tests.app.jobs.works import Plain

HOUSTON = Path(__file__).parents[3] / "app" / "demo" / "houston.csv.gz"

FIRST, UNTIL = np.datetime64("2025-01-06T06:00"), np.datetime64("2025-06-09T05:00")
"""22 weeks of whole local days, from a Monday to before a Monday."""

MONDAY = date(2025, 6, 2)
"""The last Monday but one: a week of counts has come since."""

SOMEBODY = uuid4()


@cache
def houston() -> History:
    """Quarter hours of two queues, as they were counted."""
    whole = read_history(HOUSTON)
    parts = {queue: whole[queue].between(FIRST, UNTIL) for queue in ("ems", "police_traffic")}
    return History({queue: part for queue, part in parts.items() if part is not None})


@cache
def handled() -> History:
    """The same with made handling times in one queue: 300 s, half as long again by day."""
    counts = houston()
    series = counts["police_traffic"]
    local = Calendar("America/Chicago").local(series.start, 15, len(series))
    mean = np.where((local.slot >= 32) & (local.slot < 80), 450.0, 300.0)
    calls = np.nan_to_num(series.offered)
    seconds = np.random.default_rng(1).gamma(np.maximum(calls, 1e-9), mean) * (calls > 0)
    return History({**counts, series.queue: replace(series, handled_seconds=np.round(seconds))})


def room(database: Database, counts: History | None = None, name: str = "Houston") -> people.Room:
    """A control room of a force of that name with these counts, or with none."""
    with database.write() as transaction:
        force = people.create_force(transaction, name)
        made = people.create_room(transaction, force.id, "North", "America/Chicago", 7 * 60)
        for code in ("ems", "calls"):
            people.create_skill(transaction, force.id, code, code)
        if counts is not None:
            demand.receive(transaction, made.id, demand.counts_of(counts), "test", None)
    return made


def ask(
    database: Database, room_id: UUID, first_day: date = MONDAY, days: int = 7, **more: str
) -> tuple[forecasts.Forecast, jobs.Job]:
    """Ask for a forecast."""
    wanted = forecasts.Wanted(first_day, days, **more)
    with database.write() as transaction:
        return forecasts.ask(transaction, room_id, SOMEBODY, wanted)


def run(database: Database, job: jobs.Job, cancel_after: int | None = None) -> Plain:
    """Run a job to its end."""
    work = Plain(job, database, cancel_after)
    HANDLERS[job.kind](work)
    return work


def made(
    database: Database, room_id: UUID, first_day: date = MONDAY, days: int = 7, **more: str
) -> forecasts.Forecast:
    """A forecast that is asked for and made."""
    asked, job = ask(database, room_id, first_day, days, **more)
    run(database, job)
    with database.read() as reading:
        return forecasts.forecast(reading, room_id, asked.id)


def instant(text: str) -> datetime:
    """An instant in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)
