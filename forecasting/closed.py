"""When a queue is closed: slots of the week never observed, weekdays on which nobody ever calls."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from forecasting.calendar import LocalTime
from forecasting.series import Series

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")

_FEWEST_DAYS = 4
"""Days that a weekday must have been observed before it can be told to be closed."""

_MISSING_CALLS = 40.0
"""Calls that would have come on a weekday by now if it were like the others: none by chance once
in e to the power of that."""

_LONG_GAP_DAYS = 7
"""Open days running without a count that a person should know of."""


@dataclass(frozen=True, eq=False)
class Opening:
    """When a queue is open.

    Attributes:
        series: Counts, those of closed weekdays not observed.
        closed: True for closed slots of the local week, shape (7 × slots per day,).
        notes: What is taken as closed, and the longest gap, a sentence each.
    """

    series: Series
    closed: npt.NDArray[np.bool_]
    notes: tuple[str, ...]


def opening(series: Series, local: LocalTime) -> Opening:
    """Find out when a queue is closed.

    Args:
        series: Counts of one queue.
        local: Local time of its intervals.
    """
    per_day = local.slots_per_day
    silent = _silent(series, local)
    seen = np.bincount(local.week_slot[series.observed], minlength=7 * per_day)
    never: npt.NDArray[np.bool_] = seen == 0
    notes = _note(never)
    if silent.any():
        names = ", ".join(WEEKDAYS[day] for day in np.flatnonzero(silent))
        notes += (f"Without a single call and so taken as closed, forecast zero: {names}.",)
        counts = np.where(silent[local.weekday], np.nan, series.offered)
        series = replace(series, offered=counts)
    closed = never | np.repeat(silent, per_day)
    return Opening(series, closed, notes + _gap_note(series, local, closed))


def _silent(series: Series, local: LocalTime) -> npt.NDArray[np.bool_]:
    """Weekdays on which no call was ever observed though many should have been, shape (7,)."""
    seen = series.observed
    day = np.unique(local.day[seen])
    days = np.bincount((day + int(local.weekday[0])) % 7, minlength=7)
    number = np.bincount(local.weekday[seen], minlength=7)
    calls = np.bincount(local.weekday[seen], series.offered[seen], minlength=7)
    usual = float(calls.sum()) / max(int(number[calls > 0].sum()), 1)
    enough = (days >= _FEWEST_DAYS) & (number * usual >= _MISSING_CALLS)
    return np.asarray(enough & (calls == 0))


def _gap_note(series: Series, local: LocalTime, closed: npt.NDArray[np.bool_]) -> tuple[str, ...]:
    """The longest stretch of open days on which nothing was observed, if it is long."""
    days = local.date[0] + np.arange(int(local.day[-1]) + 1)
    weekday = (days.astype(np.int64) + 3) % 7
    open_ = np.asarray(~closed.reshape(7, -1).all(axis=1))[weekday]
    seen = np.bincount(local.day[series.observed], minlength=len(days)) > 0
    told = np.flatnonzero(seen & open_)
    gaps = np.diff(told) - 1
    long = np.flatnonzero(gaps >= _LONG_GAP_DAYS)
    if not long.size:
        return ()
    at = int(np.argmax(gaps))
    first, last = days[told[at] + 1], days[told[at + 1] - 1]
    more = f", and in {len(long) - 1} more stretches as long as a week" if len(long) > 1 else ""
    return (f"Nothing was observed from {first} to {last}{more}.",)


def _note(closed: npt.NDArray[np.bool_]) -> tuple[str, ...]:
    """One sentence that says how much of the week was never observed."""
    if not closed.any():
        return ()
    per_day = closed.reshape(7, -1)
    whole = [WEEKDAYS[day] for day in np.flatnonzero(per_day.all(axis=1))]
    rest = int(per_day[~per_day.all(axis=1)].sum())
    parts = [f"all of {', '.join(whole)}"] if whole else []
    if rest:
        parts.append(f"{rest} {'further ' if whole else ''}slots of the week")
    return (f"Never observed and so taken as closed, forecast zero: {' and '.join(parts)}.",)
