"""Changes applied to what a scenario is simulated from: plain data in, new arrays out."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import numpy as np

from app.scenarios.values import (
    Basis,
    CallBackChange,
    CallsChange,
    Change,
    Crew,
    HandlingChange,
    PatienceChange,
    PeopleChange,
    QueueSet,
    ReserveChange,
    TargetChange,
    Whole,
)
from forecasting.errors import InputError

SHORTEST = 1.0
"""Seconds: no change makes a call shorter."""


def changed(basis: Basis, changes: Iterable[Change]) -> Basis:
    """What a scenario is simulated from once these changes are made, one after the other.

    Raises:
        InputError: changes that do not fit the terms of their queue.
    """
    for change in changes:
        basis = APPLY[type(change)](basis, change)
    return basis


def _calls(basis: Basis, change: CallsChange) -> Basis:
    days, minutes = basis.local
    factor = np.where(change.when.holds(days, minutes), change.factor, 1.0)
    calls = {
        queue: values * factor if change.queue in {None, queue} else values
        for queue, values in basis.calls.items()
    }
    return dataclasses.replace(basis, calls=calls)


def _handling(basis: Basis, change: HandlingChange) -> Basis:
    held = change.when.holds(*basis.local)
    aht = {
        queue: np.where(held, np.maximum(values * change.factor + change.seconds, SHORTEST), values)
        if change.queue in {None, queue}
        else values
        for queue, values in basis.aht.items()
    }
    return dataclasses.replace(basis, aht=aht)


def _people(basis: Basis, change: PeopleChange) -> Basis:
    number = np.where(change.when.holds(*basis.local), abs(change.people), 0)
    queues = serving(basis, change.skills)
    if change.people < 0:
        return without(basis, queues, number)
    return with_more(basis, queues, number)


def _call_backs(basis: Basis, change: CallBackChange) -> Basis:
    return _with_terms(basis, change.queue, call_back=change.terms)


def _patience(basis: Basis, change: PatienceChange) -> Basis:
    if basis.terms_of(change.queue).medium == "backlog":
        raise InputError(
            f"nobody waits on the line for {change.queue}, which is backlog: patience changes "
            "nothing there."
        )
    return _with_terms(basis, change.queue, patience_seconds=change.seconds)


def _target(basis: Basis, change: TargetChange) -> Basis:
    return _with_terms(
        basis,
        change.queue,
        share=change.share,
        within_seconds=change.within_seconds,
        goals_at=(),
    )


def _reserve(basis: Basis, change: ReserveChange) -> Basis:
    return dataclasses.replace(basis, reserve=max(basis.reserve + change.people, 0))


APPLY: Mapping[type[Change], Callable[[Basis, Any], Basis]] = {
    CallsChange: _calls,
    HandlingChange: _handling,
    PeopleChange: _people,
    CallBackChange: _call_backs,
    PatienceChange: _patience,
    TargetChange: _target,
    ReserveChange: _reserve,
}
"""How each kind of change is made."""


def _with_terms(basis: Basis, queue: str, **new: Any) -> Basis:
    terms = tuple(
        dataclasses.replace(each, **new) if each.queue == queue else each for each in basis.terms
    )
    return dataclasses.replace(basis, terms=terms)


def serving(basis: Basis, skills: Iterable[str]) -> QueueSet:
    """The queues that one who holds these skills serves, in order; of no skills: every queue."""
    held = set(skills)
    return tuple(each.queue for each in basis.terms if not held or each.skill in held)


def with_more(basis: Basis, queues: QueueSet, number: Whole) -> Basis:
    """So many people more per interval who serve exactly these queues, shape (intervals,)."""
    crews = list(basis.crews)
    for place, crew in enumerate(crews):
        if crew.serves == queues:
            crews[place] = dataclasses.replace(crew, on_duty=crew.on_duty + number)
            return dataclasses.replace(basis, crews=tuple(crews))
    new = Crew(queues, np.asarray(number, np.int64), _away(basis, queues))
    return dataclasses.replace(basis, crews=(*crews, new))


def without(basis: Basis, queues: QueueSet, number: Whole) -> Basis:
    """So many people fewer per interval, of those who serve any of these queues.

    They are taken one after another from whichever crew has most people on duty at the time, so
    that a large crew misses more than a small one; where nobody is left nobody more is missing.
    """
    hit = [place for place, crew in enumerate(basis.crews) if set(crew.serves) & set(queues)]
    if not hit:
        return basis
    on_duty = np.stack([basis.crews[place].on_duty for place in hit])
    columns = np.arange(on_duty.shape[1])
    for turn in range(int(number.max(initial=0))):
        largest = np.argmax(on_duty, axis=0)
        on_duty[largest, columns] -= (number > turn) & (on_duty[largest, columns] > 0)
    crews = list(basis.crews)
    for row, place in enumerate(hit):
        crews[place] = dataclasses.replace(crews[place], on_duty=on_duty[row])
    return dataclasses.replace(basis, crews=tuple(crews))


def _away(basis: Basis, queues: QueueSet) -> float:
    """Share of rostered time that people who serve these queues lose inside the shift."""
    shares = [each.in_shift_shrinkage for each in basis.terms if each.queue in queues]
    loads = [float((basis.calls[queue] * basis.aht[queue]).sum()) for queue in queues]
    return away_of(shares, loads)


def away_of(shares: list[float], loads: list[float]) -> float:
    """Shares of time lost, averaged over the loads of the queues; over the queues without loads."""
    if not shares:
        return 0.0
    return float(np.average(shares, weights=loads if sum(loads) > 0 else None))
