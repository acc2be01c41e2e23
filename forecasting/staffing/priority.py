"""Callers in order of priority who are answered by the same people: what each rank feels.

Nobody is put down for a caller of a higher rank; among those who wait, the highest rank is
answered first, and within a rank who came first. With one handling time and one patience,

- who is answered next changes nothing for all together: they meet Erlang A's system;
- the first k ranks together never notice those behind them: while everybody is busy, their line is
  Erlang A's with their own calls alone. So who of them hangs up, and how long they stand in line,
  is exact, and each rank's own is the difference between two such lines (with endless patience:
  A. Cobham, Operations Research 2 (1954)).

The first rank's wait is exact altogether. Of the other ranks the mean wait is exact, and its
distribution among those who have to wait is taken as exponential, which it is with endless
patience and nobody before them, and nearly so when few hang up. In simulation of two and three
ranks at 25 erlangs a share answered in time of 80 % and more was told up to 0.9 points too high,
one of 64 to 72 % up to 2.2; the first rank's and all who hang up lay within 0.3 points.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from forecasting.staffing.erlang import Performance
from forecasting.staffing.poisson import Floats

Line = Callable[[Floats, float], Performance]
"""For calls per second and a time: what callers feel who find everybody busy."""


def by_rank(
    rates: Sequence[Floats], line: Line, patience: Floats, within: Sequence[float], full: Floats
) -> list[Performance]:
    """What each rank feels.

    Args:
        rates: calls per second of each rank, highest first, arrays of one length.
        line: what callers of some rate feel in a room where everybody is busy.
        patience: mean seconds before hanging up, infinity allowed.
        within: of each rank what "in time" means.
        full: share of callers who find everybody busy.

    Returns:
        Figures per rank; their occupancy is 0, since it is the room's.
    """
    found: list[Performance] = []
    total, stood = np.zeros_like(full), np.zeros_like(full)
    for rate, limit in zip(rates, within, strict=True):
        total = total + rate
        joint = line(total, limit)
        before, stood = stood, total * joint.asa
        waiting = joint if not found else _behind(rate, stood, before, patience, limit)
        found.append(or_at_once(waiting, full))
    return found


def together(
    found: Sequence[Performance], rates: Sequence[Floats], whole: Performance
) -> Performance:
    """What all ranks feel together, by what each feels and by the system of all calls."""
    total = np.maximum(sum(rates, np.zeros_like(whole.asa)), 1e-300)

    def mean(name: str) -> Floats:
        return np.asarray(
            sum(rate * getattr(each, name) for rate, each in zip(rates, found, strict=True)) / total
        )

    in_time = mean("answered_in_time_of_offered")
    return Performance(
        waiting=whole.waiting,
        answered_in_time_of_offered=in_time,
        answered_in_time_of_answered=_of_answered(in_time, whole.abandoned),
        virtual_wait_in_time=mean("virtual_wait_in_time"),
        wait_in_time=mean("wait_in_time"),
        abandoned=whole.abandoned,
        asa=whole.asa,
        occupancy=whole.occupancy,
    )


def _behind(
    rate: Floats, stood: Floats, before: Floats, patience: Floats, limit: float
) -> Performance:
    """What a rank behind others feels in a full room, from the callers that stand in line.

    Args:
        rate: its calls per second.
        stood: mean callers in line, this rank and all before it.
        before: those before it.
        patience: mean seconds before hanging up.
        limit: what "in time" means.
    """
    with np.errstate(invalid="ignore", divide="ignore"):
        asa = np.where(np.isinf(stood), np.inf, np.maximum(stood - before, 0) / rate)
        asa = np.where(rate > 0, np.minimum(asa, patience), 0.0)
        over = np.where(asa > 0, np.exp(-limit / asa), 0.0)
        lasting = np.where(asa > 0, 1 / asa - 1 / patience, np.inf)
        abandoned = np.where(np.isinf(patience), 0.0, asa / patience)
        virtual = -np.expm1(-np.where(np.isinf(lasting), np.inf, lasting * limit))
    virtual = np.where(asa > 0, virtual, 1.0)
    in_time = (1 - abandoned) * (1 - over)
    ever = np.ones_like(asa)
    return Performance(
        waiting=ever,
        answered_in_time_of_offered=in_time,
        answered_in_time_of_answered=_of_answered(in_time, abandoned),
        virtual_wait_in_time=virtual,
        wait_in_time=1 - over,
        abandoned=abandoned,
        asa=asa,
        occupancy=ever,
    )


def or_at_once(waiting: Performance, full: Floats) -> Performance:
    """What callers feel of whom only a share finds a full room."""
    in_time = 1 - full * (1 - waiting.answered_in_time_of_offered)
    abandoned = full * waiting.abandoned
    with np.errstate(invalid="ignore"):
        asa = np.where(full > 0, full * waiting.asa, 0.0)
    return Performance(
        waiting=full * waiting.waiting,
        answered_in_time_of_offered=in_time,
        answered_in_time_of_answered=_of_answered(in_time, abandoned),
        virtual_wait_in_time=1 - full * (1 - waiting.virtual_wait_in_time),
        wait_in_time=1 - full * (1 - waiting.wait_in_time),
        abandoned=abandoned,
        asa=asa,
        occupancy=np.zeros_like(full),
    )


def _of_answered(in_time: Floats, abandoned: Floats) -> Floats:
    return np.minimum(in_time / np.maximum(1 - abandoned, 1e-300), 1.0)
