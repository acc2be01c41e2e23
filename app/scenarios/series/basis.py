"""From what the slices below say to what a scenario is simulated from."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import date

import numpy as np

from app.errors import Conflict
from app.forecasts.service import ForecastValues
from app.requirements.service import Need, Requirement
from app.scenarios.series.changing import away_of
from app.scenarios.series.handling import handling_seconds
from app.scenarios.values import Basis, Crew, Floats, QueueSet, Wanted, Whole
from app.web.words import count, listed, percent, period_words, person_hours
from forecasting.calendar import Calendar
from forecasting.staffing.holders import Answering, answering
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
) -> tuple[Basis, Answering]:
    """Lay out what a scenario is simulated from, and who of those on duty holds posts.

    Args:
        wanted: the days, within those of the requirement.
        requirement: whose terms hold.
        values: what the forecast of that requirement says.
        need: what it asks.
        problem: the people and their skills.
        roster: their shifts.
    """
    part = _part(wanted, requirement)
    whole = without_people(requirement, values, need, part)
    terms = whole.terms
    asked = {skill: people[part] for skill, people in need.at_posts.items()}
    duty = answering(duty_of(whole, problem, roster, asked), asked, terms)
    loads = {queue: float((whole.calls[queue] * whole.aht[queue]).sum()) for queue in whole.queues}
    crews = tuple(
        Crew(serves, there.astype(np.int64), _away(terms, serves, loads))
        for serves, there in sorted(duty.by_queues.items())
    )
    return dataclasses.replace(whole, crews=crews), duty


def without_people(
    requirement: Requirement, values: ForecastValues, need: Need, part: slice
) -> Basis:
    """Calls and terms of some intervals of a requirement, as it took them, and nobody on duty."""
    terms = tuple(each.terms for each in requirement.terms)
    said = {each.queue: values.by_queue[each.queue] for each in terms}
    levels = {queue: each.level for queue, each in said.items() if each.level is not None}
    step = requirement.interval_minutes
    bare = Basis(
        start=requirement.start + part.start * np.timedelta64(step, "m").item(),
        interval_minutes=step,
        zone=requirement.zone,
        terms=terms,
        calls={queue: each.mean[part] for queue, each in said.items()},
        aht={},
        crews=(),
        reserve=RESERVE if requirement.room is None else requirement.room.terms.reserve,
        need={group: people[part].astype(np.int64) for group, people in need.by_set.items()},
        day_levels={queue: np.sqrt(each[part]) for queue, each in levels.items()},
    )
    local = Calendar(bare.zone).local(bare.first, step, bare.intervals)
    aht = {each.queue: handling_seconds(each, local, values, part) for each in requirement.terms}
    return dataclasses.replace(bare, aht=aht)


def _part(wanted: Wanted, requirement: Requirement) -> slice:
    """Intervals of the requirement that lie in the days wanted."""
    calendar = Calendar(requirement.zone)
    start = np.datetime64(requirement.start.replace(tzinfo=None), "m")
    first, end = (
        int((calendar.midnight(day) - start) // np.timedelta64(requirement.interval_minutes, "m"))
        for day in (wanted.first_day, wanted.first_day + np.timedelta64(wanted.days, "D").item())
    )
    return slice(max(first, 0), min(end, requirement.intervals))


def duty_of(
    basis: Basis, problem: Problem, roster: Roster, at_posts: Mapping[str, Whole]
) -> dict[frozenset[str], Whole]:
    """People on duty by what they hold of the skills that queues and posts ask for."""
    asked = at_posts.keys() | {each.skill for each in basis.terms}
    by_skills: dict[frozenset[str], list[Officer]] = defaultdict(list)
    for officer in problem.officers:
        by_skills[officer.skills & asked].append(officer)
    return {
        skills: _on_duty(basis, problem, officers, roster)
        for skills, officers in by_skills.items()
        if skills
    }


def post_notes(duty: Answering, interval_minutes: int) -> Iterator[str]:
    """What to know of people at posts, a sentence each."""
    if np.any(duty.at_posts > 0):
        most = count(round(float(duty.at_posts.max())), "person", "people")
        yield f"Up to {most} at posts, relief included, answer no calls meanwhile."
    if np.any(duty.unheld > 0):
        hours = float(duty.unheld.sum()) * interval_minutes / 60
        yield f"Posts lack {person_hours(hours)}: nobody on duty with their skill is left."


def _on_duty(basis: Basis, problem: Problem, officers: list[Officer], roster: Roster) -> Whole:
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


def refuse_nobody(duty: Answering, days: tuple[date, date], *, published: bool) -> None:
    """Refuse days on which nobody is on duty at any time.

    Raises:
        Conflict: with what to do about it.
    """
    if any(there.any() for there in (duty.at_posts, *duty.by_queues.values())):
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
            f"Calls to {each.queue} are answered by nobody: no one with the skill {each.skill} is "
            "on duty for calls."
        )
    empty = [
        each.queue
        for each in basis.terms
        if each not in unserved and _hours_alone(basis, each.queue) > 0
    ]
    if empty:
        hours = max(_hours_alone(basis, queue) for queue in empty)
        yield f"Up to {hours:,.0f} hours have calls to {listed(empty)} and nobody on duty for them."
    yield from _level_note(basis)


def _level_note(basis: Basis) -> Iterator[str]:
    """How far days are busier or calmer than forecast in the runs, in a sentence."""
    told = [
        f"{percent(float(np.average(levels, weights=basis.calls[each.queue])), 0)} for {each.queue}"
        for each in basis.terms
        if not each.rate_variation
        and (levels := basis.day_levels.get(each.queue)) is not None
        and basis.calls[each.queue].any()
    ]
    if told:
        yield (
            "Days in the runs are busier or calmer than forecast, as far as the forecast itself is "
            f"unsure of them: by about {listed(told)}."
        )


def _hours_alone(basis: Basis, queue: str) -> float:
    """Hours in which calls of a queue come and nobody on duty serves it."""
    there = sum((crew.on_duty for crew in basis.crews if queue in crew.serves),
                start=np.zeros(basis.intervals, np.int64))  # fmt: skip
    calls: Floats = basis.calls[queue]
    return float(((calls > 0) & (there == 0)).sum()) * basis.interval_minutes / 60
