"""What one queue needs by itself over the intervals: its load, its goals by the hour, people."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from functools import cached_property

import numpy as np
import numpy.typing as npt

from forecasting.staffing.digital import even_work
from forecasting.staffing.felt import felt, strain
from forecasting.staffing.needs import Bools, Counts, LoadTable, NeedTable, solved
from forecasting.staffing.offered_load import interval_load
from forecasting.staffing.poisson import Floats
from forecasting.staffing.shrinkage import rostered
from forecasting.staffing.terms import QueueTerms

MOST_TABLES = 48
"""Handling times of one goal for which a table each pays; more are solved interval by interval."""

HEADROOM = 1.25
"""A table that loads have outgrown is made anew for loads larger by this factor."""


@dataclass(frozen=True, slots=True)
class Hours:
    """Intervals in which one set of goals holds.

    Attributes:
        terms: the queue's terms there, `goals_at` resolved.
        at: which intervals, shape (intervals,).
    """

    terms: QueueTerms
    at: Bools


def hours_of(
    terms: QueueTerms,
    weekday: npt.NDArray[np.integer],
    minute: npt.NDArray[np.integer],
) -> tuple[Hours, ...]:
    """The intervals parted by the goals that hold in them, those that never hold left out.

    Args:
        terms: a queue's terms.
        weekday: local weekday of each interval, 0 Monday.
        minute: local minutes after midnight at which each begins.
    """
    free = np.ones(weekday.shape, np.bool_)
    parts = []
    for goal in terms.goals_at:
        held = free & goal.window.holds(weekday, minute)
        parts.append(Hours(terms.during(goal), held))
        free &= ~held
    parts.append(Hours(replace(terms, goals_at=()), free))
    return tuple(part for part in parts if part.at.any())


@dataclass(frozen=True, eq=False)
class QueueNeed:
    """One queue over consecutive intervals.

    Attributes:
        terms: its terms.
        interval_seconds: length of an interval.
        hours: its intervals, parted by the goals that hold.
        aht: mean handling seconds of each interval's calls, ≥ 0, shape (intervals,). Calls that
            take no time need nobody: they count as none.
        before: mean calls of the intervals just before, oldest first.
    """

    terms: QueueTerms
    interval_seconds: float
    hours: tuple[Hours, ...]
    aht: Floats
    before: npt.ArrayLike = ()
    _tables: dict[tuple[int, float], LoadTable] = field(default_factory=dict)

    @cached_property
    def times(self) -> Floats:
        """Handling seconds above 0, those of no time at all replaced; one number if all agree."""
        some = self.aht[self.aht > 0]
        times = np.where(self.aht > 0, self.aht, some[0] if some.size else self.terms.aht_seconds)
        alike = times.size and np.all(times == times[0])
        return times[:1] if alike else times

    def load(self, calls: Floats) -> Floats:
        """Offered load in erlangs, chats counted one by one, 0 where the queue is closed.

        Of backlog: people at it when it is spread evenly.
        """
        taking = np.where(self.aht > 0, calls, 0.0)
        deadline = self.terms.deadline_seconds
        if deadline is not None:
            return even_work(
                taking, self.interval_seconds, self.times, deadline, items_before=self.before
            )
        load = interval_load(
            taking,
            self.interval_seconds,
            self.times,
            variation=self.terms.variation,
            calls_before=self.before,
        )
        return load * (taking > 0)

    def people(self, load: Floats) -> Counts:
        """People on the phones who meet the goals of each interval."""
        need = np.zeros(load.size, np.int64)
        times = np.broadcast_to(self.times, load.shape)
        for number, part in enumerate(self.hours):
            at = part.at
            if part.terms.medium == "backlog":
                need[at] = rostered(load[at], 1 - (part.terms.most_occupancy or 1.0))
            else:
                places = self._places(number, load[at], times[at])
                need[at] = -(-places // part.terms.side_by_side)
        return need

    def feel(self, load: Floats, people: Counts) -> tuple[Floats, Floats]:
        """Shares of callers who hang up, and who accept a call back: with or without pots."""
        places = people.astype(np.float64) * self.terms.side_by_side
        found = felt(self._without_pots, load, self.times, places)[0]
        return found.figures.abandoned, found.called_back

    @cached_property
    def _without_pots(self) -> QueueTerms:
        return replace(self.terms, pots=())

    def _places(self, number: int, load: Floats, times: Floats) -> Counts:
        """People, or places at chats, that meet the goals of one part of the intervals."""
        terms = self.hours[number].terms
        different, which = np.unique(times, return_inverse=True)
        if different.size > MOST_TABLES:
            return solved(
                lambda at, people: strain(felt(terms, load[at], times[at], people)) <= 0, load
            )
        need = np.zeros(load.size, np.int64)
        for place, aht in enumerate(different):
            cells = which == place
            table = self._table(number, float(aht), float(load[cells].max(initial=0.0)))
            need[cells] = table.people(load[cells])
        return need

    def _table(self, number: int, aht: float, largest: float) -> LoadTable:
        """The table of one part and handling time, made anew when loads outgrow it."""
        known = self._tables.get((number, aht))
        if known is not None and known.largest_load >= largest:
            return known
        terms = self.hours[number].terms
        largest *= HEADROOM if known is not None else 1.0
        table = (
            LoadTable(lambda load, people: strain(felt(terms, load, aht, people)), largest)
            if terms.pots or terms.call_back or terms.redial or terms.rate_variation
            else NeedTable(aht, terms.goals, terms.patience, largest)
        )
        self._tables[number, aht] = table
        return table
