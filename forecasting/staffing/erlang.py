"""Erlang C and Erlang A, exact: what callers feel for given calls, handling, patience and people.

Calls arrive at random at a steady rate, `agents` people answer in order of arrival, handling times
are exponential. In Erlang C everybody waits until answered; in Erlang A a caller hangs up after an
exponential time with mean `patience` (C. Palm, 1957). Rates and times are in any one unit of time.

Figures keep 1e-12 absolute from 0.01 to 1,000 erlangs. No demand and overload are proper
answers: without calls nobody waits; in overload Erlang C's waits grow without bound.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
import numpy.typing as npt

from forecasting.errors import InputError
from forecasting.staffing.poisson import (
    Floats,
    inverse_line,
    inverse_loss,
    line_tails,
    product_gap,
)

ServiceLevel = Literal[
    "answered_in_time_of_offered",
    "answered_in_time_of_answered",
    "virtual_wait_in_time",
    "wait_in_time",
]
"""The four definitions of service level in use; they differ as soon as callers hang up."""


@dataclass(frozen=True, slots=True)
class Performance:
    """What callers feel, arrays of one shape.

    Attributes:
        waiting: probability that a caller finds nobody idle.
        answered_in_time_of_offered: answered within T / offered.
        answered_in_time_of_answered: answered within T / answered; 0 where nobody is answered.
        virtual_wait_in_time: P(virtual wait ≤ T), the wait of a caller who never hangs up.
        wait_in_time: P(min(wait, patience) ≤ T): who hangs up within T counts as served.
        abandoned: abandoned / offered.
        asa: mean wait over all callers, those who hang up included, in the input's unit of time.
        occupancy: share of the agents' time spent on calls; 1 where calls meet no agents.
    """

    waiting: Floats
    answered_in_time_of_offered: Floats
    answered_in_time_of_answered: Floats
    virtual_wait_in_time: Floats
    wait_in_time: Floats
    abandoned: Floats
    asa: Floats
    occupancy: Floats

    def service_level(self, definition: ServiceLevel) -> Floats:
        """The service level by one of the four named definitions."""
        level: Floats = getattr(self, definition)
        return level


_Rows = tuple[Floats, Floats, Floats, Floats, Floats, Floats, Floats, Floats]


def erlang_c(
    arrival_rate: npt.ArrayLike, aht: npt.ArrayLike, agents: npt.ArrayLike, within: npt.ArrayLike
) -> Performance:
    """Erlang C for arrays that broadcast together: nobody hangs up.

    Args:
        arrival_rate: calls per unit of time, ≥ 0.
        aht: average handling time, ≥ 0.
        agents: people on the phones, whole numbers ≥ 0.
        within: threshold T of the service level, ≥ 0.

    Raises:
        InputError: a value is missing, negative, not finite, or agents are not whole.
    """
    return erlang_a(arrival_rate, aht, np.inf, agents, within)


def erlang_a(
    arrival_rate: npt.ArrayLike,
    aht: npt.ArrayLike,
    patience: npt.ArrayLike,
    agents: npt.ArrayLike,
    within: npt.ArrayLike,
) -> Performance:
    """Erlang A for arrays that broadcast together; infinite patience is Erlang C.

    Args:
        arrival_rate: calls per unit of time, ≥ 0.
        aht: average handling time, ≥ 0.
        patience: mean time a caller waits before hanging up, > 0, infinity allowed.
        agents: people on the phones, whole numbers ≥ 0.
        within: threshold T of the service level, ≥ 0.

    Raises:
        InputError: a value is missing, negative, not finite, or agents are not whole.
    """
    given = [
        _checked(arrival_rate, "the arrival rate"),
        _checked(aht, "the handling time"),
        _checked(patience, "patience", endless=True),
        _checked(agents, "the number of agents"),
        _checked(within, "the threshold of the service level"),
    ]
    if np.any(given[2] == 0):
        raise InputError("patience must be more than 0; infinity means that nobody hangs up.")
    if np.any(given[3] != np.floor(given[3])):
        raise InputError("the number of agents must be whole.")
    try:
        cells = np.broadcast_arrays(*given)
    except ValueError:
        shapes = ", ".join(str(values.shape) for values in given)
        raise InputError(f"the arrays of calls and people differ in shape: {shapes}.") from None
    return performance_of(*(np.ravel(cell) for cell in cells), shape=cells[0].shape)


def performance_of(
    rate: Floats,
    aht: Floats,
    patience: Floats,
    agents: Floats,
    within: Floats,
    *,
    idle: Floats | None = None,
    shape: tuple[int, ...] | None = None,
) -> Performance:
    """`erlang_a` for flat arrays of one length that are known to be good.

    `idle` is the weight of all states with somebody idle against the state with all busy and
    nobody waiting. Unless given it is that of `agents` alone; a pool gives its own, and with it
    `agents` may be a fraction.
    """
    load = rate * aht
    if idle is None:
        idle = idle_weight(rate, aht, agents)
    rows = np.empty((8, rate.size))
    quiet = (rate == 0) | ((load == 0) & (agents > 0))
    unstaffed = ~quiet & (agents == 0)
    endless = ~quiet & ~unstaffed & np.isinf(patience)
    mortal = ~(quiet | unstaffed | endless)
    rows[:, quiet] = np.array([0.0, 1.0, 1.0, 1.0, 1.0, 0.0, 0.0, 0.0])[:, None]
    if unstaffed.any():
        rows[:, unstaffed] = _unstaffed(patience[unstaffed], within[unstaffed])
    for chosen, solve in ((endless, _erlang_c), (mortal, _erlang_a)):
        if chosen.any():
            cells = (rate, aht, patience, agents, within)
            rows[:, chosen] = solve(*(cell[chosen] for cell in cells), idle=idle[chosen])
    return Performance(*(row.reshape(rate.shape if shape is None else shape) for row in rows))


def idle_weight(rate: Floats, aht: Floats, agents: Floats) -> Floats:
    """Weight of all states with somebody idle against all busy and nobody waiting; 0 if quiet.

    The arguments are those of `performance_of`.
    """
    load = rate * aht
    idle = np.zeros_like(rate)
    busy = (load > 0) & (agents > 0)
    gap = product_gap(agents[busy], rate[busy], aht[busy])
    idle[busy] = inverse_loss(agents[busy], load[busy], gap) - 1
    return idle


def _unstaffed(patience: Floats, within: Floats) -> _Rows:
    """Calls and nobody to answer: all wait, and all who lose patience hang up."""
    never, ever = np.zeros_like(patience), np.ones_like(patience)
    abandoned = np.where(np.isinf(patience), 0.0, 1.0)
    hung_up = -np.expm1(-within / patience)
    return ever, never, never, never, hung_up, abandoned, patience, ever


def _erlang_c(
    rate: Floats, aht: Floats, patience: Floats, agents: Floats, within: Floats, *, idle: Floats
) -> _Rows:
    """Erlang C for rate, aht and agents above zero."""
    gap = product_gap(agents, rate, aht)
    overload = gap <= 0
    idle_odds = idle * (np.maximum(gap, 0) / agents)
    waiting = 1 / (1 + idle_odds)
    steady = np.where(overload, 1.0, gap)
    late = np.where(overload, 1.0, waiting * np.exp(-steady * within / aht))
    asa = np.where(overload, patience, waiting * aht / steady)
    occupancy = np.where(overload, 1.0, rate * aht / agents)
    in_time = 1 - late
    return waiting, in_time, in_time, in_time, in_time, np.zeros_like(rate), asa, occupancy


def _erlang_a(
    rate: Floats, aht: Floats, patience: Floats, agents: Floats, within: Floats, *, idle: Floats
) -> _Rows:
    """Erlang A for rate, aht and agents above zero and finite patience.

    With all agents busy, the virtual wait beyond T has weight P(x, z), z = y·e^(−T/patience), and
    being answered after T has weight P(x+1, z)·agents/load, both over P(x, y).
    """
    load = rate * aht
    gap = product_gap(agents, rate, aht)
    x, y, line_gap = agents * patience / aht, rate * patience, gap * patience / aht
    inverse, excess = inverse_line(x, y, line_gap)
    idle_odds = np.minimum(idle * inverse, 1e300)
    waiting = 1 / (1 + idle_odds)
    at_once = idle_odds * waiting
    queued = waiting * agents / load
    longer, answered_longer = line_tails(x, y, line_gap, inverse, within / patience)
    answered = at_once + queued * (1 - inverse)
    in_time = at_once + queued * np.maximum(1 - inverse - answered_longer, 0)
    abandoned = queued * excess
    virtual_late = waiting * longer
    return (
        waiting,
        in_time,
        np.minimum(in_time / answered, 1.0),
        1 - virtual_late,
        1 - virtual_late * np.exp(-within / patience),
        abandoned,
        abandoned * patience,
        np.minimum(load * answered / agents, 1.0),
    )


def _checked(values: npt.ArrayLike, name: str, *, endless: bool = False) -> Floats:
    """`values` as floats; refuses what is not a number, negative or (unless endless) infinite."""
    numbers = np.asarray(values, dtype=np.float64)
    good = (numbers >= 0) & (np.isfinite(numbers) | endless)
    if not np.all(good):
        worst = numbers[~good].flat[0]
        raise InputError(f"{name} must be a number of 0 or more, not {worst:g}.")
    return numbers
