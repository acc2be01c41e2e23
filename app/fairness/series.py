"""Rows of shifts, contracts and absences as the arrays that `rostering.fairness` counts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np
import numpy.typing as npt

from app.people.service import Contract, Officer, ShiftTimes, Span, Term
from app.preferences.service import PointsOf
from rostering.fairness.burdens import Floats, Worked
from rostering.fairness.satisfaction import Ints

SMALL_HOURS = 120
"""Minutes after midnight: whoever cannot work then works no nights."""

Stretch = tuple[date, date]
"""A first and a last day."""


def begin_of(day: date, zone: str) -> datetime:
    """The instant at which a local day begins."""
    return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)


def spans_of(days: Iterable[date], zone: str) -> tuple[Span, ...]:
    """Local days as stretches of time."""
    return tuple(Span(begin_of(day, zone), begin_of(day + timedelta(days=1), zone)) for day in days)


def outside(spans: Iterable[Span], known: Span | None) -> tuple[Span, ...]:
    """What of some stretches lies outside those days of which it is known what was worked.

    Args:
        spans: the stretches.
        known: from the first to the last start of worked shifts; None where there are none.
    """
    if known is None:
        return tuple(spans)
    after = known.end + timedelta(seconds=1)
    parts = (
        part
        for span in spans
        for part in (
            Span(span.start, min(span.end, known.start)),
            Span(max(span.start, after), span.end),
        )
    )
    return tuple(part for part in parts if part.start < part.end)


def worked_of(told: Iterable[ShiftTimes], places: Mapping[UUID, int], night: str) -> Worked:
    """Shifts of known officers as tours, those of others left out.

    Args:
        told: the shifts.
        places: of the officers, by id.
        night: the kind of shift that is a night.
    """
    parts = []
    for times in told:
        at = np.array([places.get(each, -1) for each in times.officers], dtype=np.int64)
        is_night = np.array([kind == night for kind in times.kinds], dtype=np.int64)
        table = np.stack([at[times.whose], times.start, times.end, is_night[times.kind]])
        parts.append(table[:, table[0] >= 0])
    whose, start, end, nights = np.concatenate(parts, axis=1)
    return Worked(whose, start, end, nights.astype(bool))


# --- contracted time ----------------------------------------------------------------------------


def weekly_by_day(
    officer: Officer, agreed: Iterable[Contract], away: Iterable[Stretch], first: date, days: int
) -> npt.NDArray[np.int64]:
    """Contracted minutes a week on each of some days, 0 out of service and away; shape (days,)."""
    found = np.zeros(days, dtype=np.int64)
    for contract in agreed:
        found[_places(contract.from_day, contract.until_day, first, days)] = contract.weekly_minutes
    served = np.zeros(days, dtype=bool)
    served[_places(officer.details.started, officer.details.left, first, days)] = True
    found[~served] = 0
    for begin, end in away:
        found[_places(begin, end + timedelta(days=1), first, days)] = 0
    return found


def nights_closed(own: Iterable[Term], night: str, first: date, days: int) -> npt.NDArray[np.bool_]:
    """On which of some days somebody's own terms keep them from nights, shape (days,)."""
    closed = np.zeros(days, dtype=bool)
    for term in own:
        is_kind = term.what == "kind" and term.value == night
        if not term.weekdays and (is_kind or (term.what == "time" and _is_night(term))):
            closed[_places(term.from_day, term.until_day, first, days)] = True
    return closed


def _is_night(term: Term) -> bool:
    begin, end = term.times
    return begin <= SMALL_HOURS < end if begin < end else end > SMALL_HOURS or begin <= SMALL_HOURS


def _places(begin: date, until: date | None, first: date, days: int) -> slice:
    start = min(max((begin - first).days, 0), days)
    stop = days if until is None else min(max((until - first).days, 0), days)
    return slice(start, max(stop, start))


def weekly_on(agreed: Iterable[Contract], day: date) -> int:
    """Contracted minutes a week on a day; 0 without a contract."""
    return next(
        (
            each.weekly_minutes
            for each in agreed
            if each.from_day <= day and (each.until_day is None or day < each.until_day)
        ),
        0,
    )


# --- points -------------------------------------------------------------------------------------


def by_round(
    found: Collection[PointsOf], rounds: Sequence[UUID], places: Mapping[UUID, int], what: str
) -> Ints:
    """Points by round and officer, shape (rounds, officers); `what` is one of their fields."""
    at = {each: number for number, each in enumerate(rounds)}
    table = np.zeros((len(rounds), len(places)), dtype=np.int64)
    for each in _known(found, at, places):
        table[at[each.round_id], places[each.officer_id]] = getattr(each, what)
    return table


def _known(
    found: Collection[PointsOf], at: Mapping[UUID, int], places: Mapping[UUID, int]
) -> Iterator[PointsOf]:
    return (each for each in found if each.round_id in at and each.officer_id in places)


def stacked(one: Floats, nights: Floats, dated: Floats) -> Floats:
    """Time by burden and officer: of weekends, of nights and unsocial hours, of certain days."""
    return np.stack([nights, one, nights, *dated])
