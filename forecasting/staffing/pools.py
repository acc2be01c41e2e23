"""People needed by queues that share staff, with some kept idle for the most urgent.

Sharing alone saves nothing between 999 and 101: the strict goal of one would hold for the long
calls of both. With a reserve of r people it does: a less urgent call is answered only if r others
stay idle. Let n people have that rule, h be the handling time averaged over all calls, u the
urgent calls per unit of time, and call the room full while n − r or more are busy.

- In a full room calls end at rate n/h, and only urgent ones are let in beyond n − r: urgent
  callers meet Erlang A's line of n agents with their own calls alone, joined only by states with
  up to r people idle, of weights n/(u·h), n(n − 1)/(u·h)² … Let ρ be the share of that time in
  which nobody less urgent may come in: more than n − r busy or, without a reserve, somebody urgent
  waiting.
- Less urgent callers in a full room move up when nobody urgent stands before them: their line is
  Erlang A's with (n − r)(1 − ρ) agents and their own calls alone, by rank among themselves
  (`priority`). The room is full with the odds of n − r people under the load of all, times
  1/(1 − ρ) for the time that ρ adds.

Queues of one urgency are one rank, first come first served. Different handling times and patience
are averaged, which is an approximation, on the safe side where urgent calls are the shorter ones;
pots, call-backs and callers who are soon back count in their queue's own row only.

In simulation with a reserve of 0 to 3 the share of 999 answered in time was told up to 1.3 points
too low and that of 101 up to 1.5 too high without a reserve, within 1 with one; of three ranks the
last was told up to 3 too low. With chats side by side it was told up to 11 too high for calls,
since a person who still holds one chat takes no call; for chats 5 too low with a reserve beside
999, and up to 21 in a pool of 101 and chats alone. Every goal was met in all 20 rooms, but 999's
without a reserve, which was short by up to 2 in three of four.

Backlog fills the time that calls and chats leave: a pool with it needs people for all its work,
and never more than its calls and chats ask for while these leave time enough.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby, product

import numpy as np
import numpy.typing as npt

from forecasting.staffing.erlang import Performance, performance_of
from forecasting.staffing.felt import felt
from forecasting.staffing.needs import Bools, Counts, smallest
from forecasting.staffing.poisson import Floats, inverse_loss
from forecasting.staffing.priority import by_rank, or_at_once
from forecasting.staffing.queue_need import QueueNeed
from forecasting.staffing.shrinkage import rostered
from forecasting.staffing.terms import QueueTerms
from forecasting.staffing.uncertainty import CERTAIN, expected, levels


def shared_need(
    pool: Sequence[QueueNeed], loads: Floats, least: Counts, most: Counts, reserve: int
) -> Counts:
    """People on the phones per interval for queues that share staff.

    Args:
        pool: two or more queues.
        loads: what each offers (`QueueNeed.load`), shape (queues, intervals).
        least: people below which the answer cannot lie, shape (intervals,).
        most: people that are known to suffice.
        reserve: people kept idle for the most urgent queue.
    """
    if any(queue.terms.medium == "backlog" for queue in pool):
        side_by_side = np.array([[queue.terms.side_by_side] for queue in pool])
        return np.clip(rostered((loads / side_by_side).sum(axis=0), 0.0), least, most)
    busy = np.all(loads > 0, axis=0)
    need = np.where(busy, most, least)
    times = np.stack([np.broadcast_to(queue.times, need.shape) for queue in pool])
    for parts in product(*(queue.hours for queue in pool)):
        cells = busy & (least < most) & np.all([part.at for part in parts], axis=0)
        if cells.any():
            terms = [part.terms for part in parts]
            inside = least[cells], most[cells]
            need[cells] = pooled_need(
                terms, loads[:, cells], *inside, reserve=reserve, aht=times[:, cells]
            )
    return need


@dataclass(frozen=True, slots=True)
class _Pool:
    """The calls of a set of queues taken together, per cell, in seconds.

    Attributes:
        urgent: calls for whom people are kept idle, per second; 0 where there are none.
        urgent_patience: theirs.
        rates: other calls per second, highest rank first, shape (ranks, cells).
        patience: of all others.
        aht: averaged over all calls.
    """

    urgent: Floats
    urgent_patience: Floats
    rates: Floats
    patience: Floats
    aht: Floats

    def at(self, cells: Counts, level: Floats) -> _Pool:
        """Some of the cells at every level of their day, cells within levels."""

        def taken(values: Floats, scale: Floats) -> Floats:
            return (scale[:, None] * values[..., None, cells]).reshape(*values.shape[:-1], -1)

        ever = np.ones_like(level)
        return _Pool(
            taken(self.urgent, level),
            taken(self.urgent_patience, ever),
            taken(self.rates, level),
            taken(self.patience, ever),
            taken(self.aht, ever),
        )

    def urgent_when_full(
        self, agents: Floats, within: float, reserve: int
    ) -> tuple[Performance, Floats]:
        """What urgent callers feel in a full room, and the share ρ that is closed to others."""
        with np.errstate(divide="ignore", invalid="ignore"):
            states = [agents / (self.urgent * self.aht)]
            for idle in range(1, reserve):
                more = np.maximum(agents - idle, 0) / (self.urgent * self.aht)
                states.append(states[-1] * more)
        limit = np.full_like(agents, within)
        cells = self.urgent, self.aht, self.urgent_patience, agents, limit
        if not reserve:
            waiting = performance_of(*cells, idle=np.ones_like(agents)).waiting
            closed = np.where(waiting > 0, 2 - 1 / np.maximum(waiting, 0.5), 0.0)
            return performance_of(*cells, idle=np.zeros_like(agents)), closed
        some_idle = sum(states, np.zeros_like(agents))
        figures = performance_of(*cells, idle=some_idle)
        with np.errstate(invalid="ignore"):
            open_share = np.where(np.isinf(some_idle), 1.0, states[-1] / some_idle)
        return figures, 1 - open_share * (1 - figures.waiting)

    def feel(self, agents: Floats, within: Sequence[float], reserve: int) -> list[Performance]:
        """What callers feel, the urgent first, then the others by rank.

        Args:
            agents: people, of the shape of a cell.
            within: what "in time" means for each of them.
            reserve: people kept idle for the urgent, 0 where nobody is urgent.
        """
        urgent, closed = self.urgent_when_full(agents, within[0], reserve)
        people = np.maximum(agents - reserve, 0)
        rate = self.rates.sum(axis=0)
        load = (self.urgent + rate) * self.aht
        idle = np.zeros_like(load)
        some = people > 0
        gap = people - load
        idle[some] = inverse_loss(people[some], load[some], gap[some]) - 1
        places, odds = people * (1 - closed), idle * (1 - closed)

        def line(rates: Floats, limit: float, idle: Floats) -> Performance:
            limits = np.full_like(rates, limit)
            return performance_of(rates, self.aht, self.patience, places, limits, idle=idle)

        others = line(rate, within[1], odds)
        ranked = [others]
        if len(self.rates) > 1:
            nobody = np.zeros_like(load)
            ranked = by_rank(
                list(self.rates),
                lambda rates, limit: line(rates, limit, nobody),
                self.patience,
                within[1:],
                others.waiting,
            )
        lost = self.urgent * others.waiting * urgent.abandoned + rate * others.abandoned
        occupancy = np.minimum((load - lost * self.aht) / agents, 1)
        return [
            replace(each, occupancy=occupancy)
            for each in (or_at_once(urgent, others.waiting), *ranked)
        ]


def pooled_need(
    terms: Sequence[QueueTerms],
    loads: npt.ArrayLike,
    least: Counts,
    enough: Counts,
    *,
    reserve: int = 1,
    aht: npt.ArrayLike | None = None,
) -> Counts:
    """People on the phones so that every queue of a shared pool meets its goals.

    Args:
        terms: two or more queues of calls or chats; their `goals_at` are not looked at.
        loads: offered load per queue in erlangs, shape (queues, cells), each > 0.
        least: per cell, people below which the answer cannot lie.
        enough: per cell, people that are known to suffice.
        reserve: people kept idle for the most urgent queue, ≥ 0; none if all are as urgent.
        aht: handling seconds of that shape; without, those of the terms.

    Returns:
        Agents per cell, least ≤ agents ≤ enough.
    """
    offered = np.asarray(loads, np.float64)
    times = np.array([[queue.aht_seconds] for queue in terms]) if aht is None else np.asarray(aht)
    shared = _shared(terms, offered, times, reserve)

    def met(at: Counts, people: Counts) -> Bools:
        if np.all(people >= enough[at]):
            return np.ones(at.size, np.bool_)
        kept = people >= 1 + shared.reserve
        for rank, figures in zip(shared.ranks, shared.feel(at, people), strict=True):
            for queue in rank:
                kept &= terms[queue].goals.met(figures)
        return kept | (people >= enough[at])

    return smallest(met, np.minimum(least, enough) - 1, enough)


def late_shares(
    terms: Sequence[QueueTerms], loads: npt.ArrayLike, agents: Counts, *, reserve: int = 1
) -> Floats:
    """Share of each queue's calls that are answered late or never.

    Args:
        terms: the queues that share the people; one alone keeps no reserve. Their `goals_at` are
            not looked at.
        loads: offered load per queue in erlangs, shape (queues, cells), each > 0.
        agents: people on the phones, ≥ 0, shape (cells,).
        reserve: people kept idle for the most urgent queue.

    Returns:
        1 less the calls answered in time over those offered, shape (queues, cells); of backlog,
        the share of its work for which calls and chats leave no time.
    """
    offered = np.asarray(loads, np.float64)
    late = np.ones(offered.shape)
    at = np.flatnonzero(agents > 0)
    people, offered = agents[at], offered[:, at]
    lines = [i for i, queue in enumerate(terms) if queue.medium != "backlog"]
    if len(lines) == 1:
        queue, load = terms[lines[0]], offered[lines[0]]
        places = people.astype(np.float64) * queue.side_by_side
        figures = felt(queue, load, queue.aht_seconds, places)[0].figures
        late[lines[0], at] -= figures.answered_in_time_of_offered
    elif lines:
        chosen = [terms[i] for i in lines]
        times = np.array([[queue.aht_seconds] for queue in chosen])
        shared = _shared(chosen, offered[lines], times, reserve)
        everywhere = np.arange(at.size)
        for rank, figures in zip(shared.ranks, shared.feel(everywhere, people), strict=True):
            for place in rank:
                late[lines[place], at] -= figures.answered_in_time_of_offered
    left = people - sum((offered[i] / terms[i].side_by_side for i in lines), np.zeros(at.size))
    for i in set(range(len(terms))) - set(lines):
        late[i, at] = 1 - np.clip(left, 0, offered[i]) / offered[i]
        left = left - offered[i]
    return late


@dataclass(frozen=True, slots=True)
class _Shared:
    """Queues that share staff, sorted.

    Attributes:
        ranks: places of the queues of each rank, the urgent first, of whom there may be none.
        pool: their calls.
        within: of each rank what "in time" means.
        reserve: people kept idle for the urgent.
        level: levels of a day.
        share: of all callers who meet each.
    """

    ranks: list[list[int]]
    pool: _Pool
    within: list[float]
    reserve: int
    level: Floats
    share: Floats

    def feel(self, at: Counts, people: Counts) -> list[Performance]:
        """What callers of each rank feel in some cells with so many people."""
        agents = np.tile(people.astype(np.float64), self.level.size)
        found = self.pool.at(at, self.level).feel(agents, self.within, self.reserve)
        if self.level.size == 1:
            return found
        nobody = np.zeros_like(agents)
        return [expected(figures, nobody, self.level, self.share) for figures in found]


def _shared(terms: Sequence[QueueTerms], loads: Floats, aht: Floats, reserve: int) -> _Shared:
    """Queues that share staff by rank; without a difference in urgency nobody is kept idle."""
    order = sorted(range(len(terms)), key=lambda i: terms[i].urgency)
    ranks = [list(rank) for _, rank in groupby(order, key=lambda i: terms[i].urgency)]
    if len(ranks) == 1:
        ranks, reserve = [[], *ranks], 0
    within = [terms[rank[0]].own_within_seconds if rank else 0.0 for rank in ranks]
    pool = _pool(terms, loads, aht, ranks)
    return _Shared(ranks, pool, within, reserve, *_levels(terms, loads))


def _levels(terms: Sequence[QueueTerms], loads: Floats) -> tuple[Floats, Floats]:
    """Levels of a day for all calls of a pool: as they vary together when each queue has its own.

    Variances of queues that vary apart add up; all are then taken to move as their sum does.
    """
    mean = loads.sum(axis=1)
    spread = np.sqrt(np.sum((mean * [queue.rate_variation for queue in terms]) ** 2))
    if spread <= CERTAIN * mean.sum():
        return np.ones(1), np.ones(1)
    variation = float(spread / mean.sum())
    return levels(variation, float(loads.sum(axis=0).max()))


def _pool(
    terms: Sequence[QueueTerms], loads: Floats, aht: Floats, ranks: Sequence[Sequence[int]]
) -> _Pool:
    """The calls of all queues as one stream of urgent calls and one of others by rank."""
    rates = loads / aht
    hang_up = rates / np.array([[queue.patience] for queue in terms])
    people = loads / np.array([[queue.side_by_side] for queue in terms])

    def stream(chosen: Sequence[int]) -> tuple[Floats, Floats]:
        rate, leaving = rates[chosen].sum(axis=0), hang_up[chosen].sum(axis=0)
        endless = np.full_like(rate, np.inf)
        return rate, np.divide(rate, leaving, out=endless, where=leaving > 0)

    by_rank_rates = np.stack([rates[rank].sum(axis=0) for rank in ranks[1:]])
    _, patience = stream([queue for rank in ranks[1:] for queue in rank])
    busy = people.sum(axis=0) / rates.sum(axis=0)
    return _Pool(*stream(list(ranks[0])), by_rank_rates, patience, busy)
