"""Asking for a roster, and keeping what the search finds."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from datetime import date, timedelta
from uuid import UUID

from app.db.transaction import Reading, Transaction
from app.db.types import new_id
from app.errors import Conflict, Stale, invalid
from app.fairness import service as fairness
from app.hours import service as hours
from app.jobs import service as jobs
from app.patterns import service as patterns
from app.people import service as people
from app.preferences import service as preferences
from app.requirements import service as requirements
from app.rosters.checks import (
    check_can_change,
    check_wanted,
    refuse,
    text_faults,
)
from app.rosters.problem import (
    Crew,
    Materials,
    assumptions,
    freeze,
    instant,
    problem_of,
)
from app.rosters.service.desk import away_days, is_being_made, open_roster, roster
from app.rosters.service.going_on import beginning, keep_extras
from app.rosters.store import bonds, notices, templates
from app.rosters.store import rosters as store
from app.rosters.values import Roster, Wanted
from app.rulebooks import service as rulebooks
from rostering.dials import Levels, moved
from rostering.problem import Problem

KIND = "roster"
"""The kind of job that makes a roster."""

BUSY = "This roster is being made: wait for the search, or stop it."


def ask(
    transaction: Transaction, room_id: UUID, asked_by: UUID, wanted: Wanted
) -> tuple[Roster, jobs.Job]:
    """A new draft roster, and the job that makes it.

    Everything that it is made from is read and frozen now, with the rulebook in force.

    Raises:
        NotFound: when there is no such room, requirement or roster to go on from.
        InvalidInput: naming every field that cannot be used.
        Conflict: when the days are not covered by a requirement, or nobody can be rostered.
    """
    check_wanted(wanted)
    need = _requirement(transaction, room_id, wanted)
    wanted = dataclasses.replace(wanted, name=wanted.name or period_words(wanted))
    materials = gather(transaction, room_id, wanted, need)
    problem = problem_of(materials)
    if not problem.officers:
        raise Conflict(_nobody(transaction, room_id))
    begun = beginning(transaction, room_id, wanted, problem)
    problem = begun.problem
    new_roster = new_id()
    job = jobs.ask(
        transaction,
        kind=KIND,
        room_id=room_id,
        asked_by=asked_by,
        arguments={"roster_id": str(new_roster)},
    )
    made = _draft(new_roster, room_id, wanted, job, need.id)
    said = tuple(assumptions(materials, problem))
    if need.purpose is not None:
        said = (f"The people needed were worked out for a question: {need.purpose}.", *said)
    again_of = wanted.like if wanted.least_change else None
    made = dataclasses.replace(made, assumed=said, again_of=again_of)
    store.add(transaction, made, freeze(problem))
    store.replace_shifts(transaction, made.id, (), begun.shifts)
    store.set_pins(transaction, made.id, begun.pins)
    keep_extras(transaction, made.id, begun, asked_by, wanted.like)
    return made, job


def _nobody(reading: Reading, room_id: UUID) -> str:
    """Why nobody can be rostered, and what to do."""
    if not people.officers(reading, room_id, limit=1).officers:
        return "This control room has no people yet: send them, or enter them under People."
    return (
        "Nobody of this control room holds a skill on all days of the period: give skills, and the "
        "days from which they hold, under People."
    )


def _requirement(reading: Reading, room_id: UUID, wanted: Wanted) -> requirements.Requirement:
    if wanted.requirement_id is not None:
        found = requirements.requirement(reading, room_id, wanted.requirement_id)
        if found.first_day > wanted.first_day or found.last_day < wanted.last_day:
            raise invalid("requirement_id", "It does not cover all days of the period.")
        return found
    newest = requirements.newest(reading, room_id, (wanted.first_day, wanted.days))
    if newest is None:
        raise Conflict(
            "No requirement covers these days: forecast them and work out the people needed first."
        )
    return newest


def period_words(wanted: Wanted) -> str:
    """What a period is called where nobody gave it a name, such as `5 October 2026, 4 weeks`."""
    first = f"{wanted.first_day.day} {wanted.first_day:%B %Y}"
    weeks, odd = divmod(wanted.days, 7)
    number, unit = (wanted.days, "day") if odd else (weeks, "week")
    return f"{first}, {number} {unit}{'' if number == 1 else 's'}"


def gather(
    reading: Reading, room_id: UUID, wanted: Wanted, requirement: requirements.Requirement
) -> Materials:
    """Read everything that a roster is made from, in a constant number of queries."""
    room = people.room(reading, room_id)
    frame = Problem("", wanted.first_day, wanted.days, room.zone, (), (), ())
    begin = instant(frame.midnight(0))
    books = rulebooks.in_force(reading, room_id, wanted.first_day)
    back = hours.look_back(books)
    past = people.Span(begin - back - timedelta(days=1), begin)
    christmas, holidays = fairness.christmas_and_holidays(
        reading, room_id, wanted.first_day, wanted.last_day
    )
    return Materials(
        room=room,
        wanted=wanted,
        templates=tuple(t for t in templates.templates(reading, room_id) if t.details.active),
        crew=crew(reading, room),
        contracts=people.contracts_of(reading, room_id),
        worked=people.history(reading, room_id, "worked", past),
        published=people.history(reading, room_id, "published", past),
        wishes=preferences.wishes(reading, room_id, wanted.first_day, wanted.days),
        long_wishes=preferences.long_wishes(reading, room_id, wanted.first_day, wanted.days),
        need=requirements.need(reading, room_id, requirement.id),
        away=away_days(reading, room_id, wanted.first_day, wanted.last_day),
        named=_named_days(reading, room_id, wanted),
        bonds=bonds.holding(reading, room_id, wanted.first_day, wanted.last_day),
        books=books,
        left_out=hours.left_out_days(reading, room_id, wanted.first_day - back, wanted.last_day),
        followed={}
        if wanted.least_change  # what was told of a pattern's days is told of them now
        else patterns.followed(reading, room_id, wanted.first_day, wanted.days),
        times_until=patterns.times_until(reading, room_id),
        levels=_levels(reading, room_id, wanted),
        fairness=fairness.fairness(reading, room_id, wanted.first_day),
        christmas=christmas,
        public_holidays=holidays,
    )


def _levels(reading: Reading, room_id: UUID, wanted: Wanted) -> Levels:
    """The dials that are not as set: as asked for, else as in the roster that is gone on from."""
    if wanted.dials is not None:
        return moved(wanted.dials)
    if wanted.like is None:
        return {}
    dials = open_roster(reading, roster(reading, room_id, wanted.like)).problem.dials
    return dials.levels if dials else {}


def _named_days(reading: Reading, room_id: UUID, wanted: Wanted) -> dict[UUID, set[date]]:
    """By officer id the rest days of the period that were named in place of ones worked."""
    found: dict[UUID, set[date]] = defaultdict(set)
    for officer_id, day in notices.named_days(reading, room_id, wanted.first_day, wanted.last_day):
        found[officer_id].add(day)
    return found


def crew(reading: Reading, room: people.Room) -> Crew:
    """The people of a room with their teams and skills, in a constant number of queries."""
    return Crew(
        officers=people.everyone(reading, room.id),
        teams={team.id: team.name for team in people.teams(reading, room.id)},
        skills={skill.id: skill.code for skill in people.skills(reading, room.force_id)},
        held=people.skills_of(reading, room.id),
        terms=people.terms_of(reading, room.id),
    )


def _draft(
    roster_id: UUID, room_id: UUID, wanted: Wanted, job: jobs.Job, requirement_id: UUID
) -> Roster:
    return Roster(
        id=roster_id,
        room_id=room_id,
        name=wanted.name or "",
        first_day=wanted.first_day,
        days=wanted.days,
        state="draft",
        version=1,
        asked_by=job.user,
        asked_at=job.asked_at,
        job_id=job.id,
        requirement_id=requirement_id,
        assumed=(),
        seconds=wanted.seconds,
        spent=0.0,
        objective=None,
        bound=None,
        first_lawful=None,
        missing_minutes=None,
        stopped=None,
        why=(),
        published_by=None,
        published_at=None,
        reason=None,
    )


# --- a draft in hand ----------------------------------------------------------------------------


def rosters(
    reading: Reading, room_id: UUID, before: UUID | None = None, limit: int = 50
) -> tuple[Roster, ...]:
    """Rosters of a room, the newest first; `before` goes on after the last id of a page."""
    return store.room_rosters(reading, room_id, before, max(1, min(limit, 201)))


def rename(
    transaction: Transaction, room_id: UUID, roster_id: UUID, version: int, name: str
) -> Roster:
    """Call a roster something else.

    Raises:
        NotFound: when there is no such roster in the room.
        Stale: when it is no longer at that version.
        InvalidInput: when the name is blank or too long.
    """
    found = held(transaction, room_id, roster_id, version)
    refuse(text_faults("name", name, 200))
    return written(transaction, found, name=name)


def discard(transaction: Transaction, room_id: UUID, roster_id: UUID, version: int) -> Roster:
    """Put a draft aside; it can be read but no longer changed.

    Raises:
        NotFound: when there is no such roster in the room.
        Stale: when it is no longer at that version.
        Conflict: when it was published, or is being made.
    """
    found = held(transaction, room_id, roster_id, version)
    if found.state != "draft":
        raise Conflict("Only a draft can be discarded.")
    if is_being_made(transaction, found):
        raise Conflict(BUSY)
    return written(transaction, found, state="discarded")


def held(transaction: Transaction, room_id: UUID, roster_id: UUID, version: int) -> Roster:
    """A roster at that version, held until the transaction ends.

    Raises:
        NotFound: when there is no such roster in the room.
        Stale: when it is no longer at that version.
    """
    found = roster(transaction, room_id, roster_id, hold=True)
    if found.version != version:
        raise Stale("Somebody changed this roster meanwhile: read again, then change.")
    return found


def held_to_change(
    transaction: Transaction, room_id: UUID, roster_id: UUID, version: int
) -> Roster:
    """The same, if it may be changed by hand.

    Raises:
        Conflict: when it is put aside, replaced or being made.
    """
    found = held(transaction, room_id, roster_id, version)
    check_can_change(found)
    if is_being_made(transaction, found):
        raise Conflict(BUSY)
    return found


def written(transaction: Transaction, roster: Roster, **columns: object) -> Roster:
    """Write columns of a roster that is held, and raise its version."""
    if not store.change(transaction, roster.room_id, roster.id, roster.version, **columns):
        raise Stale("Somebody changed this roster meanwhile: read again, then change.")
    return dataclasses.replace(roster, version=roster.version + 1, **columns)  # type: ignore[arg-type]
