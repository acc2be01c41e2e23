"""People needed by queues that share staff, with one person kept idle for the most urgent.

Sharing alone saves nothing between 999 and 101: the strict goal of one would hold for the long
calls of both. With a reserve of one it does: a less urgent call is answered only if another
person stays idle. Let n people have that rule, h be the handling time averaged over all calls,
u the urgent calls per unit of time, and call the room full while n − 1 or more are busy.

- In a full room calls end at rate n/h and only urgent ones are let in beyond n − 1: urgent
  callers meet Erlang A's line of n agents with their own calls alone, joined only by states with
  the n-th person idle, of weight n/(u·h). Let ρ be the share of that time with all n busy.
- Less urgent callers in a full room move up when nobody urgent stands before them: their line is
  Erlang A's with (n − 1)(1 − ρ) agents and their own calls alone. The room is full with the odds
  of n − 1 people under the load of all, times 1/(1 − ρ) for the time that ρ adds.

With endless patience and no reserve this is the priority queue of A. Cobham (Operations Research
2 (1954)). Between queues of one urgency no reserve is kept: each meets its goal in one Erlang
system of all calls. Different handling times make it an approximation, on the safe side where
urgent calls are the shorter ones; a simulation of the roster can check it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from forecasting.staffing.erlang import Performance, performance_of
from forecasting.staffing.needs import Bools, Counts, smallest
from forecasting.staffing.poisson import Floats, inverse_loss
from forecasting.staffing.terms import QueueTerms


@dataclass(frozen=True, slots=True)
class _Pool:
    """The calls of a set of queues taken together, per cell, in seconds.

    `urgent` and `urgent_patience` are of the calls for whom a person is kept idle, rate 0 where
    none is; `rate` and `patience` are of all others, `aht` is averaged over all calls.
    """

    urgent: Floats
    urgent_patience: Floats
    rate: Floats
    patience: Floats
    aht: Floats

    def urgent_when_full(self, at: Counts, agents: Floats, within: float) -> Performance:
        """What urgent callers feel in a full room of cells `at`."""
        rate, aht = self.urgent[at], self.aht[at]
        with np.errstate(divide="ignore"):
            idle = agents / (rate * aht)
        limit = np.full_like(aht, within)
        return performance_of(rate, aht, self.urgent_patience[at], agents, limit, idle=idle)

    def others(self, at: Counts, agents: Floats, within: float) -> Performance:
        """What callers feel for whom nobody is kept idle; `waiting` is the share of full rooms."""
        taken = self.urgent_when_full(at, agents, within).waiting
        people = agents - np.sign(self.urgent[at])
        load = (self.urgent[at] + self.rate[at]) * self.aht[at]
        idle = np.zeros_like(load)
        some = people > 0
        gap = people - load
        idle[some] = (inverse_loss(people[some], load[some], gap[some]) - 1) * (1 - taken[some])
        line, limit = people * (1 - taken), np.full_like(load, within)
        return performance_of(
            self.rate[at], self.aht[at], self.patience[at], line, limit, idle=idle
        )


def pooled_need(
    terms: Sequence[QueueTerms], loads: npt.ArrayLike, least: Counts, enough: Counts
) -> Counts:
    """People on the phones so that every queue of a shared pool meets its goals.

    Args:
        terms: two or more queues.
        loads: offered load per queue in erlangs, shape (queues, cells), each > 0.
        least: per cell, people below which the answer cannot lie.
        enough: per cell, people that are known to suffice.

    Returns:
        Agents per cell, least ≤ agents ≤ enough.
    """
    order = sorted(range(len(terms)), key=lambda i: terms[i].urgency)
    reserve = terms[order[0]].urgency < terms[order[1]].urgency
    urgent, others = order[: int(reserve)], order[int(reserve) :]
    pool = _pool(terms, np.asarray(loads, np.float64), urgent, others)

    def met(at: Counts, people: Counts) -> Bools:
        if np.all(people >= enough[at]):
            return np.ones(at.size, np.bool_)
        agents = people.astype(np.float64)
        kept = people >= 1 + reserve
        for queue in others:
            figures = pool.others(at, agents, terms[queue].within_seconds)
            kept &= terms[queue].goals.met(figures)
        for queue in urgent:
            kept &= terms[queue].goals.met(_urgent_figures(terms[queue], pool, at, agents))
        return kept | (people >= enough[at])

    return smallest(met, np.minimum(least, enough) - 1, enough)


def late_shares(terms: Sequence[QueueTerms], loads: npt.ArrayLike, agents: Counts) -> Floats:
    """Share of each queue's calls that are answered late or never.

    Args:
        terms: the queues that share the people; one alone keeps no reserve.
        loads: offered load per queue in erlangs, shape (queues, cells), each > 0.
        agents: people on the phones, ≥ 0, shape (cells,).

    Returns:
        1 less the calls answered in time over those offered, shape (queues, cells).
    """
    late = np.ones(np.shape(loads))
    at = np.flatnonzero(agents > 0)
    people = agents[at].astype(np.float64)
    order = sorted(range(len(terms)), key=lambda i: terms[i].urgency)
    reserve = len(terms) > 1 and terms[order[0]].urgency < terms[order[1]].urgency
    urgent, others = order[: int(reserve)], order[int(reserve) :]
    pool = _pool(terms, np.asarray(loads, np.float64), urgent, others)
    for index in others:
        figures = pool.others(at, people, terms[index].own_within_seconds)
        late[index, at] -= figures.answered_in_time_of_offered
    for index in urgent:
        figures = _urgent_figures(terms[index], pool, at, people)
        late[index, at] -= figures.answered_in_time_of_offered
    return late


def _pool(
    terms: Sequence[QueueTerms], loads: Floats, urgent: Sequence[int], others: Sequence[int]
) -> _Pool:
    """The calls of all queues as one stream of urgent calls and one of others."""
    rates = loads / np.array([[queue.aht_seconds] for queue in terms])
    hang_up = rates / np.array([[queue.patience] for queue in terms])

    def stream(chosen: Sequence[int]) -> tuple[Floats, Floats]:
        rate, leaving = rates[chosen].sum(axis=0), hang_up[chosen].sum(axis=0)
        endless = np.full_like(rate, np.inf)
        return rate, np.divide(rate, leaving, out=endless, where=leaving > 0)

    return _Pool(*stream(urgent), *stream(others), loads.sum(axis=0) / rates.sum(axis=0))


def _urgent_figures(queue: QueueTerms, pool: _Pool, at: Counts, agents: Floats) -> Performance:
    """What the callers feel for whom one person is kept idle, full room or not."""
    others = pool.others(at, agents, queue.within_seconds)
    figures = pool.urgent_when_full(at, agents, queue.within_seconds)
    full = others.waiting
    in_time = 1 - full * (1 - figures.answered_in_time_of_offered)
    abandoned = full * figures.abandoned
    carried = pool.urgent[at] * (1 - abandoned) + pool.rate[at] * (1 - others.abandoned)
    return Performance(
        waiting=full * figures.waiting,
        answered_in_time_of_offered=in_time,
        answered_in_time_of_answered=in_time / np.maximum(1 - abandoned, 1e-300),
        virtual_wait_in_time=1 - full * (1 - figures.virtual_wait_in_time),
        wait_in_time=1 - full * (1 - figures.wait_in_time),
        abandoned=abandoned,
        asa=full * figures.asa,
        occupancy=np.minimum(carried * pool.aht[at] / agents, 1),
    )
