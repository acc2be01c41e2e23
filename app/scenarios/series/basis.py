"""From what the slices below say to what a scenario is simulated from."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np

from app.errors import Conflict
from app.forecasts.service import ForecastValues
from app.requirements.service import Need, Requirement, Terms, aht_at
from app.scenarios.series.changing import away_of
from app.scenarios.values import Basis, Crew, Floats, QueueSet, Wanted
from app.web.words import listed, period_words
from forecasting.calendar import Calendar, LocalTime
from forecasting.staffing.terms import QueueTerms
from rostering.problem import Cover, Officer, Problem, Roster
from rostering.rules.cover import on_duty

RESERVE = 1
"""People kept idle for the most urgent queue, where a requirement was worked out before rooms said.
"""


def basis_of(
    wanted: Wanted,
    requirement: Requirement,
    values: ForecastValues,
    need: Need,
    problem: Problem,
    roster: Roster,
) -> Basis:
    """Lay out what a scenario is simulated from.

    Args:
        wanted: the days, within those of the requirement.
        requirement: whose terms hold.
        values: what the forecast of that requirement says.
        need: what it asks.
        problem: the people and their skills.
        roster: their shifts.
    """
    part = _part(wanted, requirement)
    terms = tuple(each.terms for each in requirement.terms)
    calls = {each.queue: values.by_queue[each.queue].mean[part] for each in terms}
    step = requirement.interval_minutes
    bare = Basis(
        start=requirement.start + part.start * np.timedelta64(step, "m").item(),
        interval_minutes=step,
        zone=requirement.zone,
        terms=terms,
        calls=calls,
        aht={},
        crews=(),
        reserve=RESERVE if requirement.room is None else requirement.room.terms.reserve,
        need={group: people[part].astype(np.int64) for group, people in need.by_set.items()},
    )
    local = Calendar(bare.zone).local(bare.first, step, bare.intervals)
    whole = dataclasses.replace(
        bare, aht={each.queue: _aht(each, local) for each in requirement.terms}
    )
    return dataclasses.replace(whole, crews=crews_of(whole, problem, roster))


def _aht(terms: Terms, local: LocalTime) -> Floats:
    """Handling times as the requirement took them: by the hour where they were measured so."""
    by_hour = aht_at(terms, local)
    return np.full(len(local.slot), terms.terms.aht_seconds) if by_hour is None else by_hour


def _part(wanted: Wanted, requirement: Requirement) -> slice:
    """Intervals of the requirement that lie in the days wanted."""
    calendar = Calendar(requirement.zone)
    start = np.datetime64(requirement.start.replace(tzinfo=None), "m")
    first, end = (
        int((calendar.midnight(day) - start) // np.timedelta64(requirement.interval_minutes, "m"))
        for day in (wanted.first_day, wanted.first_day + np.timedelta64(wanted.days, "D").item())
    )
    return slice(max(first, 0), min(end, requirement.intervals))


def crews_of(basis: Basis, problem: Problem, roster: Roster) -> tuple[Crew, ...]:
    """People on duty by the queues that they can serve; who serves none is left out."""
    by_queues: dict[QueueSet, list[Officer]] = defaultdict(list)
    for officer in problem.officers:
        serves = tuple(each.queue for each in basis.terms if each.skill in officer.skills)
        if serves:
            by_queues[serves].append(officer)
    loads = {queue: float((basis.calls[queue] * basis.aht[queue]).sum()) for queue in basis.queues}
    return tuple(
        Crew(serves, _on_duty(basis, problem, officers, roster), _away(basis.terms, serves, loads))
        for serves, officers in sorted(by_queues.items())
    )


def _on_duty(
    basis: Basis, problem: Problem, officers: list[Officer], roster: Roster
) -> np.ndarray[tuple[int, ...], np.dtype[np.int64]]:
    skills = frozenset[str]().union(*(officer.skills for officer in officers))
    cover = Cover(
        queues=basis.queues,
        skills=skills,
        start=int(basis.first.astype(np.int64)),
        interval_minutes=basis.interval_minutes,
        required=np.zeros(basis.intervals, np.int32),
        shortage_points=(0,),
    )
    group = dataclasses.replace(problem, officers=tuple(officers))
    return on_duty(group, roster, cover).astype(np.int64)


def _away(terms: tuple[QueueTerms, ...], serves: QueueSet, loads: Mapping[str, float]) -> float:
    shares = [each.in_shift_shrinkage for each in terms if each.queue in serves]
    return away_of(shares, [loads[queue] for queue in serves])


def refuse_nobody(basis: Basis, days: tuple[date, date], *, published: bool) -> None:
    """Refuse days on which nobody is on duty at any time.

    Raises:
        Conflict: with what to do about it.
    """
    if any(crew.on_duty.any() for crew in basis.crews):
        return
    when = period_words(*days)
    if published:
        raise Conflict(f"No shifts are published for {when}: choose a roster, or other days.")
    raise Conflict(f"Nobody of that roster who can serve a queue is on duty on {when}.")


def notes_of(basis: Basis) -> Iterator[str]:
    """What to know of the people on duty, a sentence each."""
    unserved = [
        each
        for each in basis.terms
        if not any(crew.on_duty.any() for crew in basis.crews if each.queue in crew.serves)
    ]
    for each in unserved:
        yield (
            f"Nobody on duty holds the skill {each.skill}: calls to {each.queue} are answered by "
            "nobody."
        )
    empty = [
        each.queue
        for each in basis.terms
        if each not in unserved and _hours_alone(basis, each.queue) > 0
    ]
    if empty:
        hours = max(_hours_alone(basis, queue) for queue in empty)
        yield f"Up to {hours:,.0f} hours have calls to {listed(empty)} and nobody on duty for them."


def _hours_alone(basis: Basis, queue: str) -> float:
    """Hours in which calls of a queue come and nobody on duty serves it."""
    there = sum((crew.on_duty for crew in basis.crews if queue in crew.serves),
                start=np.zeros(basis.intervals, np.int64))  # fmt: skip
    calls: Floats = basis.calls[queue]
    return float(((calls > 0) & (there == 0)).sum()) * basis.interval_minutes / 60
