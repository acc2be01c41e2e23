"""A small control room that can be rostered: people, shifts, and a need that never changes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import numpy as np
from fastapi.testclient import TestClient
from sqlalchemy import insert

from app.auth import service as auth
from app.db.transaction import Database, Transaction
from app.db.types import new_id
from app.demand import service as demand
from app.forecasts.tables import forecasts
from app.jobs import service as jobs
from app.people import service as people
from app.preferences import service as preferences
from app.requirements.service import Terms
from app.requirements.tables import requirement_values, requirements
from app.rosters import service as rosters
from app.rosters.jobs import HANDLERS
from forecasting.staffing.terms import QueueTerms
from rostering.problem import REST, Choices
from tests.app.callers import Staffed, signed_in, staffed
from tests.app.jobs.works import Plain
from tests.app.people.rooms import details

FIRST = date(2027, 1, 4)
"""A Monday in winter, when London keeps UTC."""

DAYS = 14
PEOPLE = 8
EARLY, LATE, NIGHT = 0, 1, 2
WEEK = [EARLY] * 5 + [REST] * 2
TEMPLATES = (
    rosters.TemplateDetails("E", "Early 07:00 to 15:00", "early", 420, 480),
    rosters.TemplateDetails("L", "Late 14:00 to 22:00", "late", 840, 480),
    rosters.TemplateDetails("N", "Night 22:00 to 07:00", "night", 1320, 540),
)
PLAIN: Choices = np.array([WEEK * 2] * PEOPLE, dtype=np.int16)
"""A lawful roster: everybody works earlies from Monday to Friday."""


@dataclass(frozen=True, slots=True)
class Rostered:
    """What was made; `officers` stand in the order of their problem's rows."""

    force: Staffed
    room_id: UUID
    by: UUID
    officers: tuple[people.Officer, ...]
    requirement_id: UUID


def rostered(
    database: Database, *, needed: int = 1, number: int = PEOPLE, weekly_minutes: int = 2400
) -> Rostered:
    """A force whose first room has people on 40 hours a week, and needs so many all the time."""
    force = staffed(database)
    room_id = force.room.id
    with database.write() as transaction:
        skill = people.create_skill(transaction, force.force.id, "999", "Emergency calls")
        officers = tuple(
            add_person(
                transaction, room_id, skill.id, f"R{each}", f"Officer {each}", weekly_minutes
            )
            for each in range(number)
        )
        for template in TEMPLATES:
            rosters.add_template(transaction, room_id, template)
        demand.create_queue(transaction, room_id, "999")
        requirement = require(transaction, room_id, needed)
    return Rostered(force, room_id, force.manager.id, officers, requirement)


def add_person(
    transaction: Transaction,
    room_id: UUID,
    skill_id: UUID,
    number: str,
    name: str,
    weekly_minutes: int = 2400,
) -> people.Officer:
    """An officer under contract who holds a skill."""
    new = people.add_officer(transaction, room_id, details(number, name))
    start = date(2020, 1, 6)
    people.set_skills(transaction, room_id, new.id, [people.HeldSkill(skill_id, start)])
    agreed = [people.Contract(start, None, weekly_minutes)]
    people.set_contracts(transaction, room_id, new.id, agreed)
    return new


def require(
    transaction: Transaction, room_id: UUID, needed: int, first: date = FIRST, days: int = DAYS
) -> UUID:
    """A requirement of so many people at all hours, as if it had been worked out."""
    job = jobs.ask(transaction, kind="forecast", room_id=room_id, asked_by=room_id, arguments={})
    until, size = first + timedelta(days=days), days * 96
    midnight = datetime.combine(first, datetime.min.time(), UTC)
    frame = {"first_day": first, "until_day": until, "zone": "Europe/London", "room_id": room_id}
    forecast = {"id": new_id(), "job_id": job.id, "asked_by": room_id, "asked_at": midnight}
    more = {"model": "none", "holidays_assumed": False}
    transaction.execute(insert(forecasts).values({**frame, **forecast, **more}))
    made = {"id": new_id(), "forecast_id": forecast["id"], "made_by": room_id, "made_at": midnight}
    grid = {"start": midnight, "interval_minutes": 15, "intervals": size}
    terms = Terms(room_id, 0, QueueTerms("999", 300, 180, 0.9, 10, skill="999"), {}, None)
    transaction.execute(
        insert(requirements).values(
            {**frame, **made, **grid, "terms": [terms.document()], "notes": []}
        )
    )
    transaction.execute(
        insert(requirement_values).values(
            requirement_id=made["id"],
            position=0,
            queues=["999"],
            people=np.full(size, needed, dtype="<i4").tobytes(),
        )
    )
    return UUID(str(made["id"]))


def asked(database: Database, room: Rostered, **wanted: object) -> tuple[rosters.Roster, jobs.Job]:
    """A roster that was asked for."""
    said = rosters.Wanted(**({"first_day": FIRST, "days": DAYS} | wanted))  # type: ignore[arg-type]
    with database.write() as transaction:
        return rosters.ask(transaction, room.room_id, room.by, said)


def drafted(
    database: Database, room: Rostered, choices: Choices = PLAIN, **wanted: object
) -> rosters.Roster:
    """A roster that a search has ended with, without searching."""
    roster, job = asked(database, room, **wanted)
    with database.write() as transaction:
        task = rosters.task(transaction, room.room_id, job.id)
        assert task is not None
        figures = rosters.Figures(1.0, 0, None, 1.0, 0)
        rosters.finish(transaction, task, in_order(room, task, choices), figures, "time")
    return read(database, room, roster.id)


def in_order(room: Rostered, task: rosters.Task, choices: Choices) -> Choices:
    """A roster given by the room's officers, by the rows of the problem."""
    rows = [task.problem.officer_index[str(officer.id)] for officer in room.officers]
    found = np.full((len(task.problem.officers), task.problem.days), REST, dtype=np.int16)
    found[rows] = choices
    return found


def read(database: Database, room: Rostered, roster_id: UUID) -> rosters.Roster:
    """A roster as it is kept now."""
    with database.read() as reading:
        return rosters.roster(reading, room.room_id, roster_id)


def cells(database: Database, room: Rostered, roster_id: UUID) -> Mapping[tuple[UUID, date], str]:
    """Codes of a roster's shifts by officer and day."""
    with database.read() as reading:
        found = rosters.shifts(reading, room.room_id, roster_id, limit=100_000)
    return {(each.officer_id, each.day): each.duty.code for each in found}


def wishing(
    database: Database, room: Rostered, wishes: Sequence[tuple[int, preferences.WishDetails]]
) -> list[preferences.Wish]:
    """Wishes of officers by their place in the room, stated in a round of the period."""
    closes = datetime(2026, 12, 20, tzinfo=UTC)
    with database.write() as transaction:
        details_of = preferences.RoundDetails(FIRST, DAYS, closes)
        asked_for = preferences.open_round(transaction, room.room_id, details_of)
        return [
            preferences.state_wish(
                transaction, room.room_id, room.officers[who].id, asked_for.id, wish
            )
            for who, wish in wishes
        ]


def explained(database: Database, room: Rostered) -> None:
    """Work out the reasons that are asked for, as a worker does."""
    with database.read() as reading:
        asked_for = jobs.jobs(reading, room.room_id, rosters.KIND_REASONS)
    for job in asked_for:
        HANDLERS[rosters.KIND_REASONS](Plain(job, database))


def change(room: Rostered, *moves: tuple[int, int, str | None]) -> Iterable[rosters.DayChange]:
    """Changes by place of the officer, day of the period and code."""
    return tuple(
        rosters.DayChange(room.officers[who].id, FIRST + timedelta(days=day), code)
        for who, day, code in moves
    )


def officer_browser(
    database: Database, client: TestClient, room: Rostered, place: int
) -> TestClient:
    """A browser in which an officer of the room is signed in."""
    with database.write() as transaction:
        user = auth.create_user(
            transaction,
            force_id=room.force.force.id,
            sign_in_name=f"o{place}",
            name=f"Officer {place}",
            grants=[auth.Grant("officer", room.force.force.id, room.room_id)],
            officer_id=room.officers[place].id,
        )
    return signed_in(client, user)
