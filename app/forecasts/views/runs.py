"""The page of the runs: the weekly schedule in words, and what each forecast was made from."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from uuid import UUID

from app.forecasts import service
from app.jobs.service import Job, State
from app.web.words import SPACE, count, listed, percent, period_words, when
from forecasting.event_file import WEEKDAYS

STATES: Mapping[State, str] = {
    "waiting": "Waiting to be made",
    "running": "Being made",
    "done": "Made",
    "failed": "Failed",
    "cancelled": "Cancelled",
}


def schedule_words(wanted: service.WantedSchedule) -> str:
    """When a room is forecast by itself."""
    ahead = count(wanted.weeks, "week")
    return f"Every {WEEKDAYS[wanted.weekday]} at {wanted.hour:02d}:00, {ahead} ahead"


def answer(known: service.Schedule | None, zone: str) -> str:
    """The first sentence of the page."""
    if known is None:
        return "Nobody has scheduled forecasts: each is made when somebody asks."
    following = when(service.next_run(known, zone), zone)
    return f"{schedule_words(known.wanted)}. Next on {following}."


def last_run_words(known: service.Schedule, job: Job | None, zone: str) -> str:
    """What came of the last run.

    Args:
        known: the schedule.
        job: of the last forecast that it asked for; None where there is none.
        zone: the room's.
    """
    if known.last_due is None:
        return "It has not run yet."
    due = when(known.last_due, zone)
    if known.last_words:
        return f"The last run was due on {due}. {known.last_words}"
    state = "done" if job is None else job.state
    said = {
        "waiting": "its forecast waits to be made",
        "running": "its forecast is being made",
        "done": "its forecast is made",
        "failed": "its forecast failed",
        "cancelled": "somebody cancelled its forecast",
    }[state]
    why = f" {job.words}" if job is not None and state == "failed" else ""
    return f"The last run was due on {due}: {said}.{why}"


@dataclass(frozen=True, slots=True)
class RunRow:
    """A forecast in the list of the runs.

    Attributes:
        href: the page Demand at its first day.
        days: its days in words.
        asked: who asked, and when.
        state: whether it is made.
        facts: what it was made from, (label, value).
        notes: what it told when it was made, the reason for the model among it.
        scores: how it did, a sentence a queue; none until counts have come.
    """

    href: str
    days: str
    asked: str
    state: str
    facts: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]
    scores: tuple[str, ...]


@dataclass(frozen=True, eq=False, slots=True)
class Told:
    """What is known of the forecasts of a page, each by the id of its forecast or user.

    Attributes:
        jobs: of forecasts that are not made.
        names: of who asked.
        events: names of the events.
        scores: by queue.
        laid: adjustments that act on its days, in words.
    """

    jobs: Mapping[UUID, Job]
    names: Mapping[UUID, str]
    events: Mapping[UUID, Sequence[str]]
    scores: Mapping[UUID, Mapping[str, Sequence[service.Score]]]
    laid: Mapping[UUID, Sequence[str]]


def run_row(forecast: service.Forecast, told: Told, zone: str, base: str) -> RunRow:
    """A forecast as it is listed."""
    name = told.names[forecast.asked_by]
    who = f"the schedule of {name}" if forecast.scheduled else name
    job = told.jobs.get(forecast.id)
    state = STATES["done" if job is None else job.state]
    if job is not None and job.state == "failed":
        state = f"{state}: {job.words}"
    return RunRow(
        f"{base}?from={forecast.first_day}&days={min(forecast.days, 14)}",
        period_words(forecast.first_day, forecast.last_day),
        f"Asked for by {who} on {when(forecast.asked_at, zone)}",
        state,
        _facts(forecast, told, zone),
        () if forecast.made is None else forecast.made.notes,
        tuple(
            f"{queue}: {'; '.join(map(_score_words, scores))}"
            for queue, scores in told.scores.get(forecast.id, {}).items()
        ),
    )


def _facts(forecast: service.Forecast, told: Told, zone: str) -> tuple[tuple[str, str], ...]:
    """What a forecast was made from."""
    made = forecast.made
    holidays = forecast.holidays or "none"
    facts = [
        ("Model", service.MODELS.get(forecast.model, forecast.model)),
        ("Public holidays", f"{holidays}, assumed" if forecast.holidays_assumed else holidays),
    ]
    if made is None:
        return tuple(facts)
    return (
        ("Made", when(made.at, zone)),
        ("Counts up to", when(made.trained_until, zone)),
        ("Decisions about counts", count(len(made.layers), "decision") if made.layers else "none"),
        ("Events", listed(told.events[forecast.id]) or "none"),
        ("Laid over it by people", listed(told.laid[forecast.id]) or "nothing"),
        *facts,
        ("Mark of the counts", made.fingerprint[:12]),
    )


def _score_words(score: service.Score) -> str:
    """How a forecast did over some of its days."""
    days = f"days {score.from_day} to {score.to_day}"
    if score.wape is None:
        return f"{days}: no call came"
    said = f"{days}: mean miss {percent(score.wape)} of calls"
    if score.chance_wape is not None:
        said += f" (pure chance {percent(score.chance_wape)})"
    said += f", {percent(score.within_80, 0)} of counts inside 8{SPACE}in{SPACE}10"
    if score.handling_wape is None:
        return said
    return f"{said}, handling times {percent(score.handling_wape)} off"


def suggestion(known: service.Schedule | None) -> dict[str, object]:
    """What the form of the schedule begins with: the schedule, or the one suggested."""
    wanted = service.WantedSchedule() if known is None else known.wanted
    return {
        "weekday": wanted.weekday,
        "hour": f"{wanted.hour:02d}:00",
        "weeks": wanted.weeks,
        "model": wanted.model or service.DEFAULT_MODEL,
    }
