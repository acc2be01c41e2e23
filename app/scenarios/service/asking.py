"""Asking a question, naming it, taking it away."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from app import clock
from app.db.transaction import Reading, Transaction
from app.db.types import new_id
from app.errors import Conflict, InvalidInput, NotFound, Stale, invalid
from app.jobs import service as jobs
from app.people import service as people
from app.requirements import service as requirements
from app.rosters import service as rosters
from app.scenarios import checks, series, store
from app.scenarios.values import Basis, Scenario, Wanted
from app.web.words import period_words
from forecasting.errors import InputError
from rostering.problem import Problem, Roster

KIND = "scenario"
"""The kind of the job that answers a question."""

PUBLISHED = "As published"
"""What a scenario with the published shifts is called."""

CHANGED = "Somebody changed this scenario meanwhile: read again, then change."


def ask(
    transaction: Transaction, room_id: UUID, asked_by: UUID, wanted: Wanted
) -> tuple[Scenario, jobs.Job]:
    """Ask what callers will feel; a job will answer.

    What it is simulated from is read and frozen now.

    Raises:
        NotFound: when there is no such room, roster, requirement or scenario to compare with.
        InvalidInput: naming every field that cannot be used.
        Conflict: when no requirement covers the days, or nobody is on duty on them.
    """
    checks.refuse_unusable(wanted)
    room = people.room(transaction, room_id)
    wanted = _paired(transaction, room_id, wanted)
    called, problem, roster = _duty(transaction, room_id, wanted)
    requirement = _requirement(transaction, room_id, wanted)
    skills = {each.terms.skill for each in requirement.terms}
    queues = [each.queue for each in requirement.terms]
    checks.refuse_unknown(wanted.changes, wanted.seek, queues, skills)
    basis, duty = series.basis_of(
        wanted,
        requirement,
        requirements.expected(transaction, requirement),
        requirements.need(transaction, room_id, requirement.id),
        problem,
        roster,
    )
    days = wanted.first_day, wanted.last_day
    series.refuse_nobody(duty, days, published=wanted.roster_id is None)
    changed = _changed(basis, wanted)
    scenario_id = new_id()
    job = jobs.ask(
        transaction,
        kind=KIND,
        room_id=room_id,
        asked_by=asked_by,
        arguments={"scenario_id": str(scenario_id)},
    )
    asked = Scenario(
        id=scenario_id,
        room_id=room_id,
        name=wanted.name or series.name_of(wanted.changes, wanted.seek, called),
        version=1,
        asked_by=asked_by,
        asked_at=clock.now(),
        job_id=job.id,
        first_day=wanted.first_day,
        until_day=wanted.first_day + timedelta(days=wanted.days),
        zone=room.zone,
        forecast_id=requirement.forecast_id,
        requirement_id=requirement.id,
        roster_id=wanted.roster_id,
        roster_name=called,
        changes=wanted.changes,
        seek=wanted.seek,
        against=wanted.against,
        runs=wanted.runs,
        seed=wanted.seed,
        notes=(
            *series.notes_of(changed),
            *series.post_notes(duty, basis.interval_minutes),
            *requirement.notes,
        ),
    )
    store.add(transaction, asked, series.freeze(basis, requirement.terms))
    return asked, job


def _changed(basis: Basis, wanted: Wanted) -> Basis:
    """What is simulated; changes that do not fit the terms of their queue are refused."""
    try:
        return series.changed(basis, wanted.changes)
    except InputError as error:
        raise invalid("changes", f"{error.message[:1].upper()}{error.message[1:]}") from error


def _paired(reading: Reading, room_id: UUID, wanted: Wanted) -> Wanted:
    """What is wanted, with the callers of the scenario that it is compared with."""
    if wanted.against is None:
        return wanted
    other = scenario(reading, room_id, wanted.against)
    if (other.first_day, other.days) != (wanted.first_day, wanted.days):
        raise invalid("against", "It is of other days: only the same days can be compared.")
    if wanted.requirement_id not in {None, other.requirement_id}:
        raise invalid("requirement_id", "It is not that of the scenario to compare with.")
    return dataclasses.replace(
        wanted, requirement_id=other.requirement_id, runs=other.runs, seed=other.seed
    )


def _requirement(reading: Reading, room_id: UUID, wanted: Wanted) -> requirements.Requirement:
    if wanted.requirement_id is not None:
        found = requirements.requirement(reading, room_id, wanted.requirement_id)
        if found.first_day > wanted.first_day or found.last_day < wanted.last_day:
            raise invalid("requirement_id", "It does not cover all of these days.")
        return found
    newest = requirements.newest(reading, room_id, (wanted.first_day, wanted.days))
    if newest is None:
        raise Conflict(
            f"No requirement covers {period_words(wanted.first_day, wanted.last_day)}: forecast "
            "these days and work out the people needed first, or choose other days."
        )
    return newest


def _duty(reading: Reading, room_id: UUID, wanted: Wanted) -> tuple[str, Problem, Roster]:
    """What the people on duty are called, who they are, and when they work."""
    if wanted.roster_id is None:
        force = rosters.in_force(reading, room_id, wanted.first_day, wanted.days)
        return PUBLISHED, force.problem, force.roster
    desk = rosters.opened(reading, room_id, wanted.roster_id)
    kept, problem = desk.roster, desk.problem
    if wanted.first_day not in kept or wanted.last_day not in kept:
        raise invalid(
            "roster_id",
            f"{kept.name} is a roster of {period_words(kept.first_day, kept.last_day)}: choose "
            "days within it.",
        )
    return kept.name, problem, Roster.from_choices(problem, desk.standing.choices)


def scenario(reading: Reading, room_id: UUID, scenario_id: UUID) -> Scenario:
    """A scenario of a room.

    Raises:
        NotFound: when there is none of that id in that room.
    """
    found = store.scenario(reading, room_id, scenario_id)
    if found is None:
        raise NotFound("There is no such scenario in this control room.")
    return found


def scenarios(
    reading: Reading, room_id: UUID, before: UUID | None = None, limit: int = 20
) -> tuple[Scenario, ...]:
    """Scenarios of a room, the newest first; `before` goes on after the last id of a page."""
    return store.room_scenarios(reading, room_id, before, limit)


def compared_with(reading: Reading, room_id: UUID, scenario_id: UUID) -> tuple[Scenario, ...]:
    """Scenarios that were asked for to be compared with one, the newest first."""
    return store.compared_with(reading, room_id, scenario_id)


def job_states(
    reading: Reading, room_id: UUID, asked: Sequence[Scenario]
) -> dict[UUID, jobs.State]:
    """The state of each scenario's job by scenario; of an answered one it is done."""
    return {
        each.id: "done" if each.made_at else jobs.job(reading, room_id, each.job_id).state
        for each in asked
    }


def rename(
    transaction: Transaction, room_id: UUID, scenario_id: UUID, version: int, name: str
) -> Scenario:
    """Call a scenario something else.

    Raises:
        NotFound: when there is no such scenario in the room.
        InvalidInput: when the name cannot be used.
        Stale: when it is no longer at that version.
    """
    scenario(transaction, room_id, scenario_id)
    if faults := checks.name_faults("name", name):
        raise InvalidInput(faults)
    if not store.rename(transaction, room_id, scenario_id, version, name.strip()):
        raise Stale(CHANGED)
    return scenario(transaction, room_id, scenario_id)


def remove(transaction: Transaction, room_id: UUID, scenario_id: UUID, version: int) -> None:
    """Take a scenario away; what still works on it is cancelled.

    Raises:
        NotFound: when there is no such scenario in the room.
        Conflict: when others are compared with it.
        Stale: when it is no longer at that version.
    """
    found = scenario(transaction, room_id, scenario_id)
    if store.compared_with(transaction, room_id, scenario_id):
        raise Conflict("Another scenario is compared with this one: delete that one first.")
    if not store.remove(transaction, room_id, scenario_id, version):
        raise Stale(CHANGED)
    if not jobs.job(transaction, room_id, found.job_id).has_ended:
        jobs.cancel(transaction, room_id, found.job_id)


def stop(transaction: Transaction, scenario: Scenario) -> None:
    """Cancel what works on a scenario, and on the one that it is compared with."""
    for job_id in _jobs(transaction, scenario):
        if not jobs.job(transaction, scenario.room_id, job_id).has_ended:
            jobs.cancel(transaction, scenario.room_id, job_id)


def _jobs(reading: Reading, found: Scenario) -> tuple[UUID, ...]:
    if found.against is None:
        return (found.job_id,)
    return found.job_id, scenario(reading, found.room_id, found.against).job_id


def basis(reading: Reading, scenario: Scenario) -> Basis:
    """What a scenario was frozen with, before its changes."""
    return series.thaw(store.basis(reading, scenario.room_id, scenario.id))
