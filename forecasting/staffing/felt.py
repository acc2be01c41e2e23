"""What callers of one queue feel, by its terms, with people of its own.

Pots are ranks inside the queue (`priority`), call-backs change who hangs up (`call_backs`), who
calls again soon stays in line (`back_soon`), chats side by side are places instead of people, and
an uncertain level of the day is averaged over (`uncertainty`). Where a queue has both pots and
call-backs, everybody who waits is taken to be offered one, which is on the safe side: those who
accept stay in line.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from forecasting.staffing.back_soon import with_soon, without_soon
from forecasting.staffing.call_backs import System, with_call_backs
from forecasting.staffing.erlang import Performance
from forecasting.staffing.needs import Goals
from forecasting.staffing.poisson import Floats
from forecasting.staffing.priority import by_rank, together
from forecasting.staffing.terms import QueueTerms
from forecasting.staffing.uncertainty import CERTAIN, expected, levels


@dataclass(frozen=True, slots=True)
class Felt:
    """What some callers feel and what they should.

    Attributes:
        goals: what must be reached for them.
        figures: what they feel, arrays of one length.
        called_back: share of them who accept a call back.
    """

    goals: Goals
    figures: Performance
    called_back: Floats


def felt(terms: QueueTerms, load: Floats, aht: npt.ArrayLike, places: Floats) -> tuple[Felt, ...]:
    """What the callers of a queue feel: all together first, then those of each pot.

    Args:
        terms: the queue's; its `goals_at` are not looked at.
        load: offered load of all calls, those of callers who call again among them, in erlangs,
            shape (cells,), ≥ 0.
        aht: mean handling seconds, > 0, one number or one per cell.
        places: people on the phones; of chats, times the chats that each holds.
    """
    times = np.broadcast_to(np.asarray(aht, np.float64), load.shape)
    if terms.rate_variation < CERTAIN or not load.size:
        return _steady(terms, load, times, places)
    level, share = levels(terms.rate_variation, float(load.max()))
    days = (level[:, None] * load).ravel()
    found = _steady(terms, days, np.tile(times, level.size), np.tile(places, level.size))
    return tuple(
        Felt(
            each.goals,
            expected(each.figures, each.called_back, level, share),
            share @ each.called_back.reshape(level.size, -1),
        )
        for each in found
    )


def strain(found: Sequence[Felt]) -> Floats:
    """The strain (`Goals.strain`) of those whose goals are nearest to fail."""
    worst = found[0].goals.strain(found[0].figures)
    for each in found[1:]:
        worst = np.maximum(worst, each.goals.strain(each.figures))
    return worst


def _steady(terms: QueueTerms, load: Floats, aht: Floats, places: Floats) -> tuple[Felt, ...]:
    """What callers feel on days of a known level."""
    system = System(load / aht, aht, np.full_like(load, terms.patience), places)
    if terms.redial is None or not terms.redial.share or terms.patience == np.inf:
        return _calls(terms, system)
    soon = terms.redial.share * aht / (aht + terms.redial.after_seconds)
    lasting = without_soon(system, soon)
    return tuple(
        replace(each, figures=with_soon(each.figures, system, lasting, soon, each.goals.within))
        for each in _calls(terms, lasting)
    )


def _calls(terms: QueueTerms, system: System) -> tuple[Felt, ...]:
    """What the callers of some calls feel."""
    if terms.pots:
        return _pots(terms, system)
    if terms.call_back is None:
        figures = system.feels(terms.goals.within)
        return (Felt(terms.goals, figures, np.zeros_like(system.rate)),)
    return (Felt(terms.goals, *with_call_backs(system, terms.call_back, terms.goals.within)),)


def _pots(terms: QueueTerms, system: System) -> tuple[Felt, ...]:
    """What all callers feel together, and those of each pot."""
    within, nobody = terms.goals.within, np.zeros_like(system.rate)
    whole, called_back, accepted = system.feels(within), nobody, 0.0
    if terms.call_back is not None:
        everybody = replace(terms.call_back, above_seconds=0.0)
        whole, called_back = with_call_backs(system, everybody, within)
        accepted = everybody.accepted

    def line(rate: Floats, limit: float) -> Performance:
        return replace(system, rate=rate).beyond(0.0, accepted).full(limit)

    rates = [pot.share * system.rate for pot in terms.pots]
    goals = [terms.pot_goals(pot) for pot in terms.pots]

    def ranks(limits: Sequence[float]) -> list[Performance]:
        found = by_rank(rates, line, system.patience, limits, whole.waiting)
        return [_some_leave(each, whole.waiting, accepted) for each in found]

    alike = together(ranks([within] * len(rates)), rates, whole)
    found = zip(goals, ranks([goal.within for goal in goals]), strict=True)
    return (
        Felt(terms.goals, alike, called_back),
        *(Felt(goal, figures, called_back) for goal, figures in found),
    )


def _some_leave(figures: Performance, full: Floats, accepted: float) -> Performance:
    """Figures of those who did not accept a call back, made those of all."""
    if not accepted:
        return figures
    at_once = 1 - full
    in_time = figures.answered_in_time_of_offered
    in_time = at_once + (1 - accepted) * (in_time - at_once)
    abandoned = (1 - accepted) * figures.abandoned
    answered = 1 - abandoned - accepted * full
    return replace(
        figures,
        answered_in_time_of_offered=in_time,
        answered_in_time_of_answered=np.minimum(in_time / np.maximum(answered, 1e-300), 1.0),
        abandoned=abandoned,
        asa=(1 - accepted) * figures.asa,
    )
