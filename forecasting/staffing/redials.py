"""Calls that come of calls not answered: callers who call again, or turn to another queue.

Of those who hang up a share p calls again, so that the calls λ′ that come are more than the
callers λ: λ′ = λ + p·Pab(λ′)·λ′, or λ′ = λ / (1 − p·Pab(λ′)) where nothing changes over time
(J. Cohen, Philips Telecommunication Review 18 (1957); for staffing, S. Ding, G. Koole and
R. van der Mei, Queueing Systems 79 (2015)). Of those who hang up and do not call again a share
turns to another queue, 101 to 999 say, and is added there in the same interval. Calls again come
after an exponential time, in later intervals too, and some of them meet the same crowd again
(`back_soon`); while a queue is closed, which is where no first
calls come, nobody calls again. Who accepts a call back brings no further call,
but its attempts take time.

How many hang up depends on the people, and the people on the calls. The fixed point is measured
where each queue has the people whom it ends up with by itself: the fewest for whom the goals are
met with the calls that those people leave unanswered the first time. Nobody is served worse in a
shared pool, where the same goals hold, so the same calls are taken there. In simulation of 999 and
101, 4 in 10 calling again and 3 in 10 of the others turning, calls lay within 0.2 % of these.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from forecasting.staffing.callers import CallBack, Redial
from forecasting.staffing.needs import Counts
from forecasting.staffing.offered_load import FORGOTTEN
from forecasting.staffing.poisson import Floats
from forecasting.staffing.queue_need import QueueNeed

SETTLED = 1e-4
"""Change of a queue's calls, relative, below which they have settled."""

ROUNDS = 100
"""Rounds at most in which calls settle. They grow without end only where people cannot answer
even those who call until they are answered; more people are then found to be needed."""

MOST_GUESSED = 1.5
"""Calls per first call at most that a guess begins with: from below they settle faster."""

Calls = dict[str, Floats]
People = dict[str, Counts]


def settled(needs: Mapping[str, QueueNeed], calls: Mapping[str, Floats]) -> tuple[Calls, People]:
    """Loads and people of every queue by itself, calls of calls included.

    Args:
        needs: the queues.
        calls: first calls of each, shape (intervals,). Who turns to a queue that is not among
            them leaves the room.

    Returns:
        Offered load in erlangs and people on the phones, per queue.
    """
    loads = {name: need.load(calls[name]) for name, need in needs.items()}
    people = {name: need.people(loads[name]) for name, need in needs.items()}
    if not any(
        need.terms.redial or need.terms.turn or need.terms.call_back for need in needs.values()
    ):
        return loads, people
    offered = dict(calls)
    loads, high = _asked(needs, calls, offered, people)
    low, high = people, {name: np.maximum(high[name], people[name]) for name in needs}
    while any(np.any(low[name] < high[name]) for name in needs):
        middle = {name: (low[name] + high[name]) // 2 for name in needs}
        _, asked = _asked(needs, calls, offered, middle)
        enough = {name: asked[name] <= middle[name] for name in needs}
        high = {n: np.where(enough[n] & (low[n] < high[n]), middle[n], high[n]) for n in needs}
        low = {n: np.minimum(np.where(enough[n], low[n], middle[n] + 1), high[n]) for n in needs}
    loads, asked = _asked(needs, calls, offered, high)
    while any(np.any(asked[name] > high[name]) for name in needs):
        high = {name: np.maximum(high[name], asked[name]) for name in needs}
        loads, asked = _asked(needs, calls, offered, high)
    return loads, high


def _asked(
    needs: Mapping[str, QueueNeed], calls: Mapping[str, Floats], offered: Calls, people: People
) -> tuple[Calls, People]:
    """Loads when some people are there, and the people that those loads need.

    Args:
        needs: the queues.
        calls: first calls.
        offered: all calls as a first guess, which is made better.
        people: who is there.
    """
    for name, first in calls.items():
        offered[name] = np.minimum(offered[name], MOST_GUESSED * first)
    for _ in range(ROUNDS):
        loads, again = _again(needs, offered, people)
        change = 0.0
        for name, first in calls.items():
            total = first + np.where(first > 0, again[name], 0.0)
            change = max(change, float(np.max(np.abs(total - offered[name]), initial=0.0)))
            offered[name] = total
        if change <= SETTLED * max(float(first.max(initial=0.0)) for first in calls.values()):
            break
    return loads, {name: need.people(loads[name]) for name, need in needs.items()}


def _again(needs: Mapping[str, QueueNeed], offered: Calls, people: People) -> tuple[Calls, Calls]:
    """Loads of the calls offered, and the calls that come of those not answered."""
    loads: Calls = {}
    again = {name: np.zeros_like(values) for name, values in offered.items()}
    for name, need in needs.items():
        loads[name] = need.load(offered[name])
        terms = need.terms
        if not (terms.redial or terms.turn or terms.call_back):
            continue
        abandoned, called_back = need.feel(loads[name], people[name])
        if terms.call_back is not None:
            loads[name] = loads[name] * (1 + called_back * (_cost(terms.call_back, need.times) - 1))
        lost = abandoned * offered[name]
        if terms.redial is not None:
            again[name] += calls_again(terms.redial, lost, need.interval_seconds)
            lost = lost * (1 - terms.redial.share)
        if terms.turn is not None and terms.turn.to in again:
            again[terms.turn.to] += terms.turn.share * lost
    return loads, again


def _cost(offer: CallBack, aht: Floats) -> Floats:
    """Time that a call back costs in all, its attempts included, against a call of its own."""
    failing = 1 - offer.attempt_reached
    failed = failing * offer.reached / offer.attempt_reached if failing < 1 else offer.attempts
    return np.asarray(offer.reached + failed * offer.attempt_seconds / aht)


def calls_again(redial: Redial, lost: Floats, interval_seconds: float) -> Floats:
    """Calls that come again, by the interval in which they come.

    Within an interval callers hang up at a steady rate. Before the first one as many hung up as
    in it.

    Args:
        redial: who calls again, and when.
        lost: callers who hang up in each interval, shape (intervals,).
        interval_seconds: length of an interval.
    """
    if not lost.size:
        return lost
    lasting = float(np.exp(-interval_seconds / redial.after_seconds))
    going = 1 - lasting
    kept = going * redial.after_seconds / interval_seconds
    until = int(np.ceil(-np.log(FORGOTTEN) * redial.after_seconds / interval_seconds)) + 2
    later = kept * going * lasting ** np.arange(min(lost.size, until))
    before = lost[0] * kept * lasting ** np.arange(lost.size)
    came = np.convolve(lost, np.concatenate([[1 - kept], later]))[: lost.size] + before
    return np.asarray(redial.share * came)
