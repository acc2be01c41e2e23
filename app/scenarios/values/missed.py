"""Why a past day was missed: what is read of it, and what is said."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt

from forecasting.staffing.miss import CAUSES, Cause, Course, Split
from forecasting.staffing.terms import QueueTerms

Floats = npt.NDArray[np.float64]
QueueSet = tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Told:
    """What telephony told of a queue; arrays of shape (intervals,), NaN where not known.

    Attributes:
        offered, answered, handled_seconds, answered_in_time: of each interval.
        before: calls offered in the intervals just before.
    """

    offered: Floats
    answered: Floats
    handled_seconds: Floats
    answered_in_time: Floats
    before: Floats


@dataclass(frozen=True, eq=False)
class PastDay:
    """A past local day: what was planned for it and what came.

    Attributes:
        start: the beginning of its first interval, UTC.
        interval_minutes: length of an interval.
        terms: of every queue, as the plan used them.
        forecast: mean calls per queue, shape (intervals,).
        planned_aht: handling seconds per queue as the plan took them, shape (intervals,).
        need: people to roster per set of queues, shape (intervals,).
        told: per queue what telephony told.
        rostered: people on duty by the roster, per set of queues that they can serve, those at
            posts left aside.
        worked: people who came, likewise; None where no worked shifts were sent.
        notes: what to know of it, a sentence each.
    """

    day: date
    start: np.datetime64
    interval_minutes: int
    terms: tuple[QueueTerms, ...]
    forecast: Mapping[str, Floats]
    planned_aht: Mapping[str, Floats]
    need: Mapping[QueueSet, Floats]
    told: Mapping[str, Told]
    rostered: Mapping[QueueSet, Floats]
    worked: Mapping[QueueSet, Floats] | None
    notes: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class QueueMiss:
    """A queue's intervals of some past days, those not observed left out.

    Attributes:
        terms: as the newest of its plans used them.
        day: place of each interval's day in the days asked for, shape (intervals,).
        hour: local hour of the day, likewise.
        interval_minutes: length of an interval.
        course: what was planned and what came.
        split: why calls were late or lost.
    """

    terms: QueueTerms
    day: npt.NDArray[np.int64]
    hour: npt.NDArray[np.int64]
    interval_minutes: int
    course: Course
    split: Split

    @property
    def queue(self) -> str:
        """Its name."""
        return self.terms.queue

    @property
    def everything(self) -> Sums:
        """The sums over all intervals."""
        return self.sums(np.ones(self.day.size, np.bool_))

    def hours(self, first_day: date) -> Iterator[tuple[date, int, Sums]]:
        """Day, local hour and sums of each hour that was counted, in order of time."""
        keys = self.day * 24 + self.hour
        for key in np.unique(keys):
            place, hour = divmod(int(key), 24)
            yield first_day + timedelta(days=place), hour, self.sums(keys == key)

    def sums(self, at: npt.NDArray[np.bool_]) -> Sums:
        """The sums over some intervals."""
        course, split, hours = self.course, self.split, self.interval_minutes / 60
        known = at & ~np.isnan(split.late)
        aht = np.where(np.isnan(course.aht), course.planned_aht, course.aht)
        worked = np.where(np.isnan(course.worked), course.rostered, course.worked)
        told = bool(known.any()) and bool(np.array_equal(known, at))

        def total(values: Floats) -> float:
            return float(values[at].sum())

        return Sums(
            forecast=total(course.forecast),
            calls=total(course.calls),
            planned_aht=_mean(course.planned_aht[at], course.forecast[at]),
            aht=_mean(aht[at], course.calls[at]),
            required_hours=total(course.required) * hours,
            rostered_hours=total(course.rostered) * hours,
            worked_hours=total(worked) * hours,
            late=total(split.late) if told else None,
            accepted=total(split.accepted),
            causes={cause: total(split.causes[cause]) for cause in CAUSES},
            unexplained=total(split.unexplained) if told else None,
        )


def _mean(values: Floats, weights: Floats) -> float:
    """A mean by weight; the plain one without any weight, 0 of nothing."""
    if not values.size:
        return 0.0
    weighty = float(weights.sum()) > 0
    return float(np.average(values, weights=weights if weighty else None))


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums over some intervals of a queue.

    Attributes:
        forecast, calls: calls expected and offered.
        planned_aht, aht: handling times in seconds, by calls.
        required_hours, rostered_hours, worked_hours: person-hours on the phones.
        late: calls late or lost: offered less answered in time; None where not measured.
        accepted: those that the plan expected.
        causes: calls that each cause added; below zero: saved.
        unexplained: what is left; None where not measured.
    """

    forecast: float
    calls: float
    planned_aht: float
    aht: float
    required_hours: float
    rostered_hours: float
    worked_hours: float
    late: float | None
    accepted: float
    causes: Mapping[Cause, float]
    unexplained: float | None

    @property
    def beyond(self) -> float:
        """Calls late or lost beyond what the plan expected: measured, or else by the causes."""
        explained = sum(self.causes.values())
        return explained if self.unexplained is None else explained + self.unexplained

    @property
    def in_time(self) -> float | None:
        """Answered in time, of all offered; None without calls or without measures."""
        if self.late is None or not self.calls:
            return None
        return 1 - self.late / self.calls


@dataclass(frozen=True, eq=False)
class Missed:
    """Why some past days were missed.

    Attributes:
        first_day: local.
        days: how many.
        zone: IANA time zone.
        queues: the most urgent first.
        notes: what was missing and what stood in for it, a sentence each.
    """

    first_day: date
    days: int
    zone: str
    queues: tuple[QueueMiss, ...]
    notes: tuple[str, ...]
