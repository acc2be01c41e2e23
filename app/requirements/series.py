"""The only translation between what is kept of requirements and the staffing library."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from uuid import UUID

import numpy as np

from app.forecasts.service import ForecastValues
from app.requirements.values import (
    ENDLESS,
    Given,
    Measured,
    Need,
    Origin,
    QueueSet,
    Requirement,
    Terms,
)
from app.web.words import listed, number, percent, period_words
from forecasting.calendar import Calendar
from forecasting.series import Series
from forecasting.staffing import requirement as engine
from forecasting.staffing.terms import QueueTerms, terms_from

AHT_DAYS = 56
"""Days of counts from which a handling time is taken: eight weeks, as the plan on files does."""

FIELDS = tuple(field.name for field in fields(QueueTerms) if field.name != "queue")
"""Of a queue's terms."""


def measured(series: Series, zone: str) -> Measured | None:
    """Seconds handled per call offered, over the intervals that tell both."""
    if series.handled_seconds is None:
        return None
    seen = np.flatnonzero(series.observed & ~np.isnan(series.handled_seconds))
    calls, seconds = series.offered[seen].sum(), series.handled_seconds[seen].sum()
    if not calls or not seconds:
        return None
    days = Calendar(zone).local(series.start, series.interval_minutes, len(series)).date[seen]
    return Measured(float(seconds / calls), float(calls), days[0].item(), days[-1].item())


def terms_of(
    queue_id: UUID, queue: str, version: int, given: Given, found: Measured | None
) -> Terms:
    """A queue's terms: what is given, else measured, else assumed."""
    use_measured = found is not None and "aht_seconds" not in given
    values = dict(given)
    if found is not None and use_measured:
        values["aht_seconds"] = found.aht_seconds
    if values.get("patience_seconds") == ENDLESS:
        values["patience_seconds"] = np.inf
    terms, _ = terms_from(queue, values)
    origins: dict[str, Origin] = {name: "given" if name in given else "assumed" for name in FIELDS}
    if use_measured:
        origins["aht_seconds"] = "measured"
    return Terms(queue_id, version, terms, origins, found)


def worked_out(values: ForecastValues, terms: Iterable[Terms]) -> engine.Requirement:
    """People to roster for the calls that a forecast expects.

    Raises:
        forecasting.errors.InputError: when more queues share staff than can be worked out.
    """
    calls = {queue: said.mean for queue, said in values.by_queue.items()}
    used = [each.terms for each in terms if each.queue in calls]
    return engine.requirement(values.starts, values.interval_minutes, calls, used)


def pack(found: engine.Requirement) -> dict[QueueSet, bytes]:
    """People to roster per set of queues, as they are kept."""
    return {group: people.astype("<i4").tobytes() for group, people in found.people.items()}


def need_of(requirement: Requirement, by_set: Mapping[QueueSet, bytes]) -> Need:
    """What a requirement asks, as arrays."""
    return Need(
        start=requirement.start,
        interval_minutes=requirement.interval_minutes,
        zone=requirement.zone,
        by_set={
            group: np.frombuffer(people, "<i4").astype(np.int32) for group, people in by_set.items()
        },
        skills={each.queue: each.terms.skill for each in requirement.terms},
    )


def csv_text(need: Need) -> str:
    """What a requirement asks, as the file that a plan writes."""
    first = np.datetime64(need.start.replace(tzinfo=None), "s")
    intervals = len(next(iter(need.by_set.values())))
    starts = first + np.arange(intervals) * np.timedelta64(60 * need.interval_minutes, "s")
    people = {group: each.astype(np.int64) for group, each in need.by_set.items()}
    whole = engine.Requirement(starts, need.interval_minutes, (), {}, {}, people)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(engine.HEADER)
    writer.writerows(whole.rows())
    return out.getvalue()


def origin_notes(terms: Iterable[Terms]) -> tuple[str, ...]:
    """What was measured and what was assumed, a sentence each with its queues."""
    said: dict[tuple[str, str], list[str]] = {}
    for name, words in WORDS.items():
        for each in terms:
            if each.origins[name] != "given":
                key = each.origins[name].capitalize(), words(each)
                said.setdefault(key, []).append(each.queue)
    return tuple(
        f"{origin} for {listed(queues)}: {words}." for (origin, words), queues in said.items()
    )


def _aht(each: Terms) -> str:
    words = f"AHT {_length(each.terms.aht_seconds)}"
    found = each.measured
    if found is None or each.origins["aht_seconds"] != "measured":
        return words
    days = period_words(found.first_day, found.last_day)
    return f"{words}, from {number(found.calls)} calls of {days}"


def _patience(each: Terms) -> str:
    seconds = each.terms.patience_seconds
    if seconds is None:
        return "nobody hangs up"
    return f"callers wait {_length(seconds)} on average before they hang up"


def _goal(each: Terms) -> str:
    return f"{_percent(each.terms.share)} answered within {_length(each.terms.within_seconds)}"


def _shrinkage(each: Terms) -> str:
    parts = (part for part in each.terms.shrinkage if part.in_shift)
    named = listed(f"{part.name} {_percent(part.share)}" for part in parts)
    lost = f"{_percent(each.terms.in_shift_shrinkage)} of each shift lost"
    return f"{lost} ({named})" if named else lost


def _percent(share: float) -> str:
    return percent(share, 0 if round(share * 100, 9) % 1 == 0 else 1)


def _length(seconds: float) -> str:
    """Such as `312 s` or `5 min`."""
    return f"{seconds / 60:g} min" if seconds >= 60 and seconds % 60 == 0 else f"{seconds:.0f} s"


WORDS: Mapping[str, Callable[[Terms], str]] = {
    "aht_seconds": _aht,
    "patience_seconds": _patience,
    "share": _goal,
    "shrinkage": _shrinkage,
}
"""The terms that change a requirement most; the service goal is one term of two fields."""
