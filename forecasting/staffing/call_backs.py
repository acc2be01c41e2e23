"""Call-backs: what callers feel when some who would wait long are called back instead.

A caller who would wait longer than A is offered a call back, and a share a accepts: who accepts
keeps the place in the queue and cannot hang up. With virtual wait x, the share of callers who are
still there after it is e^(−θx) up to A and a + (1 − a)·e^(−θx) beyond. In such a system
(F. Baccelli and G. Hebuterne, Performance '81; S. Zeltyn and A. Mandelbaum, Queueing Systems 51
(2005)) the density of the virtual wait of those who wait is in proportion to
exp(−nμx + λ·∫₀ˣ(share still there)), which beyond A is that of Erlang A's line again: with
(1 − a)·λ·e^(−θA) calls, and n − a·λ/μ people left by those who cannot hang up. The figures are
exact where the wait that decides about the offer is the caller's own. A room goes by the mean wait
of a queue of that length: in simulation at 25 erlangs the share answered in time was then told up
to 1.5 points too high where 80 % and more were, up to 6 in a crowded room where 8 in 10 accept; 0.6
where all who wait are offered a call back.

A call back is no answer in time, whenever it comes, and the wait for it is none on the line.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from forecasting.staffing.callers import CallBack
from forecasting.staffing.erlang import Performance, idle_weight, performance_of
from forecasting.staffing.poisson import Floats

NOBODY = 1e-6
"""People left for callers who can hang up when those who cannot would take all: next to none; and
callers left who do not accept when all would."""


@dataclass(frozen=True, slots=True)
class System:
    """Calls that meet people, per cell: flat arrays of one length, in seconds.

    Attributes:
        rate: calls per second.
        aht: average handling time.
        patience: mean time before hanging up, > 0, infinity allowed.
        people: on the phones; of chats, times those that one holds.
    """

    rate: Floats
    aht: Floats
    patience: Floats
    people: Floats

    def feels(self, within: float, idle: Floats | None = None) -> Performance:
        """What callers feel without call-backs; `idle` as in `erlang.performance_of`."""
        limit = np.full_like(self.rate, within)
        return performance_of(self.rate, self.aht, self.patience, self.people, limit, idle=idle)

    def full(self, within: float) -> Performance:
        """What callers feel who find everybody busy."""
        return self.feels(within, np.zeros_like(self.rate))

    def weight(self) -> Floats:
        """Time with everybody busy against the time with everybody busy and nobody waiting."""
        waiting = self.feels(0.0, np.ones_like(self.rate)).waiting
        return np.maximum(waiting / np.maximum(1 - waiting, 1e-300), 1.0)

    def idle(self) -> Floats:
        """Time with somebody idle against the time with everybody busy and nobody waiting."""
        return idle_weight(self.rate, self.aht, self.people)

    def beyond(self, above: float, accepted: float) -> System:
        """The line of those who can hang up, beyond a wait after which a share cannot."""
        left = np.where(np.isinf(self.patience), 1.0, np.exp(-above / self.patience))
        people = self.people - accepted * self.rate * self.aht
        rate = max(1 - accepted, NOBODY) * left * self.rate
        return replace(self, rate=rate, people=np.maximum(people, NOBODY))


def with_call_backs(system: System, offer: CallBack, within: float) -> tuple[Performance, Floats]:
    """What callers feel when call-backs are offered, and the share of them who accept one."""
    plain = system.feels(within)
    endless = np.isinf(system.patience) | (system.rate == 0) | (system.people == 0)
    late = 1 - system.feels(offer.above_seconds).virtual_wait_in_time
    accepted = offer.accepted * late
    between = np.maximum(plain.virtual_wait_in_time - (1 - late), 0)
    in_time = plain.answered_in_time_of_offered - offer.accepted * between
    calm = replace(plain, answered_in_time_of_offered=in_time)
    mortal = ~endless
    figures = {name: np.array(getattr(calm, name)) for name in Performance.__slots__}
    if mortal.any():
        cells = System(
            *(getattr(system, name)[mortal] for name in ("rate", "aht", "patience", "people"))
        )
        found, share = _mortal(cells, offer, within)
        accepted[mortal] = share
        for name, values in figures.items():
            values[mortal] = getattr(found, name)
    answered = np.maximum(1 - figures["abandoned"] - accepted, 1e-300)
    ratio = figures["answered_in_time_of_offered"] / answered
    figures["answered_in_time_of_answered"] = np.clip(ratio, 0.0, 1.0)
    return Performance(**figures), accepted


def _mortal(system: System, offer: CallBack, within: float) -> tuple[Performance, Floats]:
    """The same where callers hang up; parts up to and beyond the wait that brings an offer."""
    above, early = offer.above_seconds, min(within, offer.above_seconds)
    left = np.exp(-above / system.patience)
    first, second = system.full(above), system.beyond(above, offer.accepted)
    longer = 1 - first.virtual_wait_in_time
    alike = system.beyond(above, 0.0)
    grown = second.weight() / second.people * alike.people / alike.weight()
    total = 1 - longer + longer * grown
    odds = system.weight() * total
    waiting = odds / (odds + system.idle())
    beyond = longer * grown / total
    there = (1 - offer.accepted) * left * beyond
    soon, later = system.full(early), second.full(max(within - above, 0.0))
    sooner = soon.virtual_wait_in_time / total
    in_time = soon.answered_in_time_of_offered / total
    if within > above:
        in_time = in_time + there * later.answered_in_time_of_offered
        sooner = sooner + beyond * later.virtual_wait_in_time
    answered = first.answered_in_time_of_offered / total + there * (1 - second.full(0.0).abandoned)
    accepted = offer.accepted * beyond
    abandoned = np.maximum(1 - answered - accepted, 0)
    there_still = np.exp(-within / system.patience)
    if within > above:
        there_still = offer.accepted + (1 - offer.accepted) * there_still
    figures = Performance(
        waiting=waiting,
        answered_in_time_of_offered=1 - waiting * (1 - in_time),
        answered_in_time_of_answered=np.ones_like(waiting),
        virtual_wait_in_time=1 - waiting * (1 - sooner),
        wait_in_time=1 - waiting * (1 - sooner) * there_still,
        abandoned=waiting * abandoned,
        asa=waiting * abandoned * system.patience,
        occupancy=np.minimum(
            system.rate * system.aht * (1 - waiting * abandoned) / system.people, 1.0
        ),
    )
    return figures, waiting * accepted
