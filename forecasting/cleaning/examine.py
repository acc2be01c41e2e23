"""Counts examined: what is found, in what order, and how much of it was observed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from forecasting.calendar import Calendar, LocalTime
from forecasting.cleaning.clocks import clocks
from forecasting.cleaning.doubled import copied_days, doubled_days
from forecasting.cleaning.finding import Finding
from forecasting.cleaning.outages import absences, outages
from forecasting.cleaning.recurring import as_hours
from forecasting.cleaning.shifts import shifts
from forecasting.cleaning.spikes import spikes
from forecasting.cleaning.together import Seen, shared_outages
from forecasting.cleaning.usual import BoolArray, Usual, learn
from forecasting.event_effects import set_apart
from forecasting.series import FloatArray, Series

_FIRST_LOOKS = 2
"""Times that dirt is sought and left out before what is usual is known for good."""

FEWEST_DAYS = 21
"""Local days of counts below which nothing can be called unusual."""


@dataclass(frozen=True, eq=False)
class Examined:
    """What was found in the counts of a queue.

    Attributes:
        findings: In order of time.
        open_intervals: Intervals in which the queue is open.
        observed: Those that were observed and lie in no outage.
        expected: Calls expected in each interval given the rest of its day, shape (n,).
    """

    findings: tuple[Finding, ...]
    open_intervals: int
    observed: int
    expected: FloatArray


def examine(series: Series, calendar: Calendar, doubted: BoolArray | None = None) -> Examined:
    """Look for outages, absent rows, spikes, doubled and copied days, level shifts, wrong clocks.

    A spike within the hours of an event is no dirt: the event is why.

    Args:
        series: Counts of one queue; a year of quarter hours takes about a tenth of a second.
        calendar: The room's zone, its events, and its public holidays if they are known.
        doubted: Intervals that somebody took out already, shape (n,): they are not learned from.
    """
    return _examined(_look(series, calendar, doubted), ())


def examine_together(
    history: Mapping[str, Series],
    calendar: Calendar,
    doubted: Mapping[str, BoolArray] | None = None,
    go_on: Callable[[int, str], bool] = lambda *_: True,
) -> dict[str, Examined]:
    """Examine the queues of a room: each by itself, then outages that all of them share.

    Args:
        history: Counts by queue, of one interval length.
        calendar: The room's zone, its events, and its public holidays if they are known.
        doubted: As for `examine`, by queue; a queue may be absent.
        go_on: Asked before each queue, with how many are done and the name of the next.

    Returns:
        What was found by queue; nothing when it was not to go on.
    """
    given = doubted or {}
    seen: dict[str, Seen] = {}
    for done, (name, series) in enumerate(history.items()):
        if not go_on(done, name):
            return {}
        seen[name] = _look(series, calendar, given.get(name))
    shared = shared_outages([each for each in seen.values() if _is_known(each.local, each.usual)])
    return {name: _examined(each, shared.get(name, ())) for name, each in seen.items()}


def _is_known(local: LocalTime, usual: Usual) -> bool:
    """Whether there are counts enough to call any unusual."""
    return int(local.day[-1]) + 1 >= FEWEST_DAYS and bool(usual.expected.any())


def _look(series: Series, calendar: Calendar, doubted: BoolArray | None) -> Seen:
    """A queue by itself."""
    local = calendar.local(series.start, series.interval_minutes, len(series))
    offered = series.offered
    apart = np.zeros(len(series), dtype=np.bool_) if doubted is None else doubted
    usual = learn(offered, local, apart, [])
    holidays = _holidays(calendar, local)
    if not _is_known(local, usual):
        return Seen(series, local, usual, holidays, ())
    jumps: list[int] = []
    for _ in range(_FIRST_LOOKS):
        dirt = _short_dirt(offered, local, usual, holidays)
        usual = learn(offered, local, apart | _covered(dirt, len(series)), jumps)
        steps = shifts(local, usual)
        jumps = [int(local.day[each.first]) for each in steps]
    usual = learn(offered, local, apart | _covered(dirt, len(series)), jumps)
    dirt = _short_dirt(offered, local, usual, holidays)
    off = clocks(offered, local, usual, _standard(series, local), holidays)
    if off:  # what is usual was learned from them too
        usual = learn(offered, local, apart | _covered([*dirt, *off], len(series)), jumps)
        dirt = _short_dirt(offered, local, usual, holidays)
    found = [
        *absences(offered, local, usual),
        *as_hours(_outside(dirt, off), local),
        *off,
        *shifts(local, usual),
    ]
    known = set_apart(calendar.of_queue(series.queue).events, local)
    found = [e for e in found if e.kind != "spike" or not known[e.first : e.after].all()]
    return Seen(series, local, usual, holidays, tuple(found))


def _short_dirt(
    offered: FloatArray, local: LocalTime, usual: Usual, holidays: BoolArray
) -> list[Finding]:
    """Outages, spikes, doubled and copied days; what a copied day holds is told of it alone."""
    copied = copied_days(offered, local, usual)
    doubled = doubled_days(offered, local, usual, holidays)
    return [
        *copied,
        *_outside(doubled, copied),
        *_outside(outages(offered, local, usual, holidays), copied),
        *_outside(spikes(offered, local, usual), [*copied, *doubled]),
    ]


def _outside(found: Sequence[Finding], others: Sequence[Finding]) -> list[Finding]:
    """Findings that do not lie within one of the others."""
    return [
        each
        for each in found
        if not any(other.first <= each.first and each.after <= other.after for other in others)
    ]


def _covered(found: Sequence[Finding], length: int) -> BoolArray:
    """Intervals that lie in a finding, shape (length,)."""
    covered = np.zeros(length, dtype=np.bool_)
    for each in found:
        covered[each.first : each.after] = True
    return covered


def _holidays(calendar: Calendar, local: LocalTime) -> BoolArray:
    """Whether each interval lies on a public holiday."""
    named = calendar.holiday_names(local.date[0], local.date[-1])
    return np.isin(local.date, np.array(list(named), dtype="datetime64[D]"))


def _standard(series: Series, local: LocalTime) -> BoolArray:
    """Whether standard time is kept in each interval."""
    shown = local.date.astype("datetime64[m]") + local.slot * series.step
    offset = shown.astype(np.int64) - series.times.astype(np.int64)
    return np.asarray(offset == offset.min())


def _examined(seen: Seen, shared: Sequence[Finding]) -> Examined:
    """What is told of a queue: its own findings and outages that it shares with others."""
    found = [*seen.findings, *as_hours(list(shared), seen.local)]
    observed = seen.series.observed & seen.usual.is_open
    for each in found:
        if each.kind == "outage":
            observed[each.first : each.after] = False
    expected = seen.usual.expected
    if _is_known(seen.local, seen.usual):
        expected = expected * seen.usual.factor[seen.local.day]
    return Examined(
        tuple(sorted(found, key=lambda each: each.first)),
        int(np.count_nonzero(seen.usual.is_open)),
        int(np.count_nonzero(observed)),
        expected,
    )
