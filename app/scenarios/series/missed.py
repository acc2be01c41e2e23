"""From what is read of a past day to the split of its miss."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

import numpy as np

from app.scenarios.values.missed import Floats, PastDay, QueueMiss, QueueSet, Told
from forecasting.calendar import Calendar
from forecasting.staffing.miss import Course, Feeling, Split, split
from forecasting.staffing.terms import QueueTerms

HOUR = 60
"""Minutes over which handling times are taken together: a quarter hour has too few calls."""

Presence = tuple[frozenset[str], datetime, datetime]
"""Somebody who holds these skills, from an instant until another."""


def present(
    shifts: Iterable[Presence], start: np.datetime64, minutes: int, intervals: int
) -> dict[frozenset[str], Floats]:
    """People on duty in each interval by the skills that they hold; parts of one count so."""
    found: dict[frozenset[str], Floats] = {}
    edges = np.arange(intervals) * float(minutes)
    for skills, begin, end in shifts:
        if skills:
            first, last = (_minutes(each, start) for each in (begin, end))
            there = np.clip(np.minimum(edges + minutes, last) - np.maximum(edges, first), 0, None)
            found[skills] = found.get(skills, np.zeros(intervals)) + there / minutes
    return found


def _minutes(instant: datetime, start: np.datetime64) -> float:
    """Minutes from `start` to an aware instant."""
    begin = float(start.astype("datetime64[s]").astype(np.int64))
    return (instant.timestamp() - begin) / 60


def shared_out(
    people: Mapping[QueueSet, Floats], need: Mapping[QueueSet, Floats], queue: str
) -> Floats:
    """People who count for a queue as if it stood alone.

    Whoever serves one queue counts there. Whoever serves several counts in each by its share of
    their need, times what sharing saves: the queues' own needs over the need of all together, so
    that a roster that meets the shared need meets the needs alone.
    """
    alone = {group[0]: asked for group, asked in need.items() if len(group) == 1}
    whole = need[max(need, key=len)]
    total = sum(alone.values(), np.zeros_like(whole))
    gain = np.divide(total, whole, out=np.ones_like(total), where=whole > 0)
    found = np.zeros_like(total)
    for serves, there in people.items():
        if queue not in serves:
            continue
        if len(serves) == 1:
            found += there
            continue
        asked = sum((alone[each] for each in serves), np.zeros_like(total))
        even = np.full_like(total, 1 / len(serves))
        part = np.divide(alone[queue], asked, out=even, where=asked > 0)
        found += there * part * np.maximum(gain, 1)
    return found


def measured_aht(told: Told, interval_minutes: int) -> Floats:
    """Handling time of each interval in seconds, taken over its hour; NaN where none was told."""
    calls = np.where(np.isnan(told.answered), told.offered, told.answered)
    known = ~np.isnan(told.handled_seconds) & ~np.isnan(calls)
    hour = np.arange(calls.size) * interval_minutes // HOUR
    seconds = np.bincount(hour, np.where(known, told.handled_seconds, 0))
    handled = np.bincount(hour, np.where(known, calls, 0))
    none = np.full(seconds.size, np.nan)
    mean = np.divide(seconds, handled, out=none, where=(handled > 0) & (seconds > 0))
    return np.asarray(mean[hour])


def course_of(past: PastDay, terms: QueueTerms) -> tuple[Course, np.ndarray]:
    """Plan and fact of a queue on a day, and which of its intervals were observed.

    What was not observed stands in the course as it was planned.
    """
    queue, told = terms.queue, past.told[terms.queue]
    seen = ~np.isnan(told.offered)
    phones = 1 - terms.in_shift_shrinkage
    forecast = past.forecast[queue]
    worked = past.worked
    course = Course(
        forecast=forecast,
        calls=np.where(seen, told.offered, forecast),
        planned_aht=past.planned_aht[queue],
        aht=measured_aht(told, past.interval_minutes),
        required=past.need[(queue,)] * phones,
        rostered=shared_out(past.rostered, past.need, queue) * phones,
        worked=np.full(seen.size, np.nan)
        if worked is None
        else shared_out(worked, past.need, queue) * phones,
        answered_in_time=told.answered_in_time,
    )
    return course, seen


def missed_of(days: tuple[PastDay, ...], first_day: date, zone: str) -> tuple[QueueMiss, ...]:
    """Why each queue of calls was missed on these days, the most urgent queue first."""
    newest = {each.queue: each for past in days for each in past.terms if each.medium == "calls"}
    order = sorted(newest.values(), key=lambda each: (each.urgency, each.queue))
    return tuple(_queue_miss(days, terms, first_day, zone) for terms in order)


def _queue_miss(
    days: tuple[PastDay, ...], terms: QueueTerms, first_day: date, zone: str
) -> QueueMiss:
    """One queue over several days, each split for itself and then put one after another."""
    courses, splits, place, hours = [], [], [], []
    for past in days:
        own = next((each for each in past.terms if each.queue == terms.queue), None)
        if own is None or own.queue not in past.told:
            continue
        course, seen = course_of(past, own)
        feeling = Feeling(
            past.interval_minutes * 60.0, own.own_within_seconds, own.patience, own.variation
        )
        found = split(course, feeling, _before(past.told[own.queue]))
        courses.append(_course_at(course, seen))
        splits.append(_split_at(found, seen))
        place.append(np.full(int(seen.sum()), (past.day - first_day).days))
        hours.append(_hours(past, zone)[seen])
    return QueueMiss(
        terms,
        np.concatenate(place) if place else np.zeros(0, np.int64),
        np.concatenate(hours) if hours else np.zeros(0, np.int64),
        days[0].interval_minutes,
        _joined_courses(courses),
        _joined_splits(splits),
    )


def _before(told: Told) -> Floats:
    """Calls just before the day; none where not all of them are known."""
    return told.before if not np.isnan(told.before).any() else np.zeros(0)


def _hours(past: PastDay, zone: str) -> np.ndarray:
    """The local hour of each interval."""
    intervals = len(next(iter(past.forecast.values())))
    slot = Calendar(zone).local(past.start, past.interval_minutes, intervals).week_slot
    return np.asarray(slot * past.interval_minutes // HOUR % 24)


NAMES = (
    "forecast", "calls", "planned_aht", "aht", "required", "rostered", "worked", "answered_in_time",
)  # fmt: skip


def _course_at(course: Course, at: np.ndarray) -> Course:
    return Course(**{name: getattr(course, name)[at] for name in NAMES})


def _joined_courses(courses: list[Course]) -> Course:
    return Course(
        **{
            name: np.concatenate([np.zeros(0), *(getattr(each, name) for each in courses)])
            for name in NAMES
        }
    )


def _split_at(found: Split, at: np.ndarray) -> Split:
    causes = {cause: values[at] for cause, values in found.causes.items()}
    return Split(found.late[at], found.accepted[at], causes, found.unexplained[at])


def _joined_splits(splits: list[Split]) -> Split:
    def joined(parts: list[Floats]) -> Floats:
        return np.concatenate([np.zeros(0), *parts])

    causes = {
        cause: joined([each.causes[cause] for each in splits])
        for cause in (splits[0].causes if splits else ())
    }
    return Split(
        joined([each.late for each in splits]),
        joined([each.accepted for each in splits]),
        causes,
        joined([each.unexplained for each in splits]),
    )
