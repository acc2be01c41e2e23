"""Erlang C and A by 50-digit arithmetic, from the birth-death chain alone: the tests' own oracle.

Shares no formula with the product: state probabilities are summed one by one, and the wait of a
caller who meets state n + j is the time until j + 1 departures.
"""

from __future__ import annotations

from typing import NamedTuple

from mpmath import mp, mpf


class Exact(NamedTuple):
    """The product's eight figures, 50-digit numbers."""

    waiting: mpf
    answered_in_time_of_offered: mpf
    answered_in_time_of_answered: mpf
    virtual_wait_in_time: mpf
    wait_in_time: mpf
    abandoned: mpf
    asa: mpf
    occupancy: mpf


def erlang_c(rate: float, aht: float, agents: int, within: float) -> Exact:
    """Erlang C from the chain's states below `agents` and a geometric tail above."""
    with mp.workdps(50):
        load = mpf(rate) * mpf(aht)
        if load >= agents:
            zero, one = mpf(0), mpf(1)
            return Exact(one, zero, zero, zero, zero, zero, mpf("inf"), one)
        below, weight = _below(load, agents)
        tail = weight / (1 - load / agents)
        waiting = tail / (below + tail)
        drain = (agents - load) / mpf(aht)
        in_time = 1 - waiting * mp.exp(-drain * mpf(within))
        asa = waiting / drain
        occupancy = load / agents
        return Exact(waiting, in_time, in_time, in_time, in_time, mpf(0), asa, occupancy)


def erlang_a(rate: float, aht: float, patience: float, agents: int, within: float) -> Exact:
    """Erlang A: states summed upwards until 50 digits are settled, each with its own wait.

    Who arrives to j callers waiting is answered after j + 1 departures at rates
    agents/AHT + i/patience, i = j … 0; e^(−wait/patience) is then a Beta(x, j + 1) variable,
    x = agents·patience/AHT, whose law is a finite sum over i.
    """
    with mp.workdps(60):
        arrivals, handling, mean_patience = mpf(rate), mpf(aht), mpf(patience)
        x, y = agents * mean_patience / handling, arrivals * mean_patience
        below, term = _below(arrivals * handling, agents)
        least = term * mpf(10) ** -55
        kept = mp.exp(-mpf(within) / mean_patience)
        late_law, late_step = kept**x, kept**x
        answered_law, answered_step = kept ** (x + 1), kept ** (x + 1)
        line = queue = late = answered_late = mpf(0)
        j = 0
        while term > least or y > x + j:
            line += term
            queue += j * term
            late += term * late_law
            answered_late += term * answered_law * x / (x + j + 1)
            late_step *= (x + j) * (1 - kept) / (j + 1)
            answered_step *= (x + 1 + j) * (1 - kept) / (j + 1)
            late_law += late_step
            answered_law += answered_step
            j += 1
            term *= y / (x + j)
        total = below + line
        abandoned = queue / mean_patience / total / arrivals
        in_time = 1 - abandoned - answered_late / total
        return Exact(
            line / total,
            in_time,
            in_time / (1 - abandoned),
            1 - late / total,
            1 - late / total * kept,
            abandoned,
            queue / total / arrivals,
            arrivals * handling * (1 - abandoned) / agents,
        )


def _below(load: mpf, agents: int) -> tuple[mpf, mpf]:
    """Weight of all states below `agents`, and of state `agents`."""
    below, weight = mpf(0), mpf(1)
    for k in range(agents):
        below += weight
        weight *= load / (k + 1)
    return below, weight
