"""How far a job is, in words and as a falling line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from app.web.charts.fall import Fall, Point, fall
from app.web.words import duration, percent

LIVE = ("waiting", "running")
STATES = {
    "waiting": ("waiting for a free worker", ""),
    "running": ("running", "act"),
    "done": ("done", "ok"),
    "failed": ("failed", "short"),
    "cancelled": ("stopped", "warn"),
}
"""State of a job: its words and the tone of its tag."""


class JobLike(Protocol):
    """What is shown of a job; `jobs.service.Job` is one."""

    @property
    def state(self) -> str:
        """One of the keys of `STATES`."""

    @property
    def words(self) -> str:
        """Why it failed, as a sentence, or ""."""

    @property
    def progress(self) -> Mapping[str, object]:
        """What it last told of itself."""


@dataclass(frozen=True, slots=True)
class JobView:
    """What a page says of a job.

    Attributes:
        title: what is going on, in a few words.
        state: its state in words.
        tone: tone of the tag of its state.
        live: whether it may still go on.
        words: how far it is, as a sentence.
        time: seconds so far, and of how many.
        share: per cent of the way, None where nobody knows.
        fall: objective and bound over time, None where there are none.
    """

    title: str
    state: str
    tone: str
    live: bool
    words: str
    time: str
    share: int | None
    fall: Fall | None


def job_view(job: JobLike) -> JobView:
    """Put a job into words.

    Of `job.progress` these are read, each may be missing: `words`, `phase`, `seconds`,
    `limit_seconds`, `share` (0 to 1), `objective`, `bound`, `points` (seconds, objective, bound).
    """
    told = job.progress
    state, tone = STATES.get(job.state, (job.state, ""))
    seconds, limit = _number(told, "seconds"), _number(told, "limit_seconds")
    live = job.state in LIVE
    return JobView(
        title=str(told.get("phase") or f"This is {state}"),
        state=state,
        tone=tone,
        live=live,
        words=_words(job, live),
        time=_time(seconds, limit),
        share=_share(told, seconds, limit),
        fall=fall(_points(told), limit or 0.0),
    )


def _words(job: JobLike, live: bool) -> str:
    if job.words:
        return job.words
    told = job.progress.get("words")
    sentence = str(told) if told else _distance(job.progress)
    leave = "You can leave this page; the work goes on." if live else ""
    return f"{sentence} {leave}".strip()


def _distance(told: Mapping[str, object]) -> str:
    objective, bound = _number(told, "objective"), _number(told, "bound")
    if objective is None or bound is None or bound <= 0 or objective <= 0:
        return ""
    if bound >= objective:
        return "This is the best possible."
    return f"It is within {percent(1 - bound / objective)} of the best possible."


def _time(seconds: float | None, limit: float | None) -> str:
    if seconds is None:
        return ""
    return f"{duration(seconds)} of {duration(limit)}" if limit else duration(seconds)


def _share(told: Mapping[str, object], seconds: float | None, limit: float | None) -> int | None:
    share = _number(told, "share")
    if share is None and seconds is not None and limit:
        share = seconds / limit
    return None if share is None else round(100 * min(max(share, 0.0), 1.0))


def _points(told: Mapping[str, object]) -> list[Point]:
    points = told.get("points")
    found: list[Point] = []
    for point in points if isinstance(points, list | tuple) else ():
        seconds, objective, *rest = point
        bound = rest[0] if rest else None
        if objective is not None:
            known = None if bound is None else float(bound)
            found.append((float(seconds), float(objective), known))
    return found


def _number(told: Mapping[str, object], name: str) -> float | None:
    value = told.get(name)
    return float(value) if isinstance(value, int | float) else None
