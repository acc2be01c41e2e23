"""A control room that questions can be asked about, and simulations without the simulation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from uuid import UUID

import numpy as np
from sqlalchemy import delete, insert, select, update

from app.db.transaction import Database
from app.demand import service as demand
from app.forecasts.tables import forecast_values, forecasts
from app.jobs import service as jobs
from app.people import service as people
from app.requirements.service import FIELDS
from app.requirements.tables import requirement_values, requirements
from app.rosters import service as rosters
from app.scenarios import service
from app.scenarios.jobs import HANDLERS
from app.scenarios.values import Basis, Crew, QueueSet
from forecasting.staffing.shrinkage import ShrinkagePart
from forecasting.staffing.terms import QueueTerms
from tests.app.jobs.works import Plain
from tests.app.rosters.rooms import FIRST, Rostered, drafted, rostered

CALLS = 6.0
"""Calls to 999 a quarter hour: two erlangs."""

MIDNIGHT = datetime(2027, 1, 4, tzinfo=UTC)


def asked_about(database: Database, calls: float = CALLS) -> Rostered:
    """The small room of rosters, whose need rests on a forecast of so many calls at all hours."""
    room = rostered(database)
    forecast(database, room.room_id, {"999": calls})
    return room


def forecast(database: Database, room_id: UUID, calls: Mapping[str, float]) -> None:
    """Let every forecast of a room say so many calls a quarter hour, by name of the queue."""
    with database.write() as transaction:
        transaction.execute(delete(forecast_values))
        queues = {queue.name: queue.id for queue in demand.queues(transaction, room_id)}
        for row in transaction.execute(select(forecasts)).mappings().all():
            size = (row["until_day"] - row["first_day"]).days * 96
            made = {"made_at": row["asked_at"], "trained_until": row["asked_at"], "notes": []}
            start = datetime.combine(row["first_day"], datetime.min.time(), UTC)
            grid = {"start": start, "interval_minutes": 15, "intervals": size}
            change = update(forecasts).where(forecasts.c.id == row["id"])
            transaction.execute(change.values({**made, **grid, "fingerprint": "none"}))
            for name, mean in calls.items():
                kept = {"family": "negative_binomial", "queue_id": queues[name]}
                arrays = {
                    "mean": np.full(size, mean).tobytes(),
                    "variance": np.full(size, mean * 1.1).tobytes(),
                    "quantiles": np.full((7, size), round(mean), "<i4").tobytes(),
                }
                values = {"forecast_id": row["id"], **kept, **arrays}
                transaction.execute(insert(forecast_values).values(values))


def on_assumed_terms(database: Database) -> None:
    """Let the one requirement there is say of its terms that nobody gave them."""
    origins = dict.fromkeys(FIELDS, "assumed")
    with database.write() as transaction:
        (said,) = transaction.execute(select(requirements.c.terms)).scalar_one()
        transaction.execute(update(requirements).values(terms=[{**said, "origins": origins}]))


def with_posts(database: Database, room: Rostered, radio: int, of_999: int) -> None:
    """Let the room's need ask for so many at posts; two officers hold the radio beside 999."""
    since = date(2020, 1, 6)
    with database.write() as transaction:
        force = room.force.force.id
        calls = next(each.id for each in people.skills(transaction, force) if each.code == "999")
        skill = people.create_skill(transaction, force, "radio", "Radio desk")
        both = [people.HeldSkill(calls, since), people.HeldSkill(skill.id, since)]
        for officer in room.officers[:2]:
            people.set_skills(transaction, room.room_id, officer.id, both)
        (row,) = transaction.execute(select(requirement_values)).mappings().all()
        alone = np.frombuffer(row["people"], "<i4")
        posts = [
            (of_999, ["999", "999 posts"], "queues", ["999"], alone + of_999),
            (radio, ["radio posts"], "posts", ["radio"], np.full_like(alone, radio)),
        ]
        for place, (number, names, asker, skills, asked) in enumerate(posts):
            if number:
                kept = {"queues": names, "asker": asker, "skills": skills}
                values = {"requirement_id": row["requirement_id"], "position": place + 1, **kept}
                insertion = insert(requirement_values).values(**values, people=asked.tobytes())
                transaction.execute(insertion)


def in_force(database: Database, room: Rostered) -> rosters.Roster:
    """A roster that is published."""
    roster = drafted(database, room)
    with database.write() as transaction:
        rosters.publish(transaction, room.room_id, roster.id, roster.version, "New year", room.by)
    return roster


def ask(
    database: Database, room: Rostered, first_day: date = FIRST, days: int = 1, **wanted: object
) -> tuple[service.Scenario, jobs.Job]:
    """A question that was asked."""
    said = service.Wanted(first_day, days, **({"runs": 20} | wanted))  # type: ignore[arg-type]
    with database.write() as transaction:
        return service.ask(transaction, room.room_id, room.by, said)


def run(database: Database, job: jobs.Job, cancel_after: int | None = None) -> Plain:
    """Run a job to its end."""
    work = Plain(job, database, cancel_after)
    HANDLERS[job.kind](work)
    return work


def answered(
    database: Database, room: Rostered, first_day: date = FIRST, days: int = 1, **wanted: object
) -> service.Answered:
    """A question that was asked and answered."""
    asked, job = ask(database, room, first_day, days, **wanted)
    run(database, job)
    with database.read() as reading:
        return service.answered(reading, room.room_id, asked.id)


def terms(queue: str, aht: float = 300, **more: object) -> QueueTerms:
    """Terms of a queue, a tenth of each shift lost."""
    lost = (ShrinkagePart("breaks", 0.1, in_shift=True),)
    said = {"patience_seconds": 120, "share": 0.9, "within_seconds": 10, "shrinkage": lost} | more
    return QueueTerms(queue, aht, **said)  # type: ignore[arg-type]


def basis(
    days: int = 7,
    zone: str = "Europe/London",
    start: datetime = MIDNIGHT,
    crews: Sequence[tuple[QueueSet, int]] = ((("101", "999"), 6), (("999",), 3)),
) -> Basis:
    """What a room is simulated from: 999 and 101, four calls each a quarter hour."""
    size = days * 96
    queues = (terms("101", 600, within_seconds=120, share=0.8), terms("999"))
    return Basis(
        start=start,
        interval_minutes=15,
        zone=zone,
        terms=queues,
        calls={each.queue: np.full(size, 4.0) for each in queues},
        aht={each.queue: np.full(size, each.aht_seconds) for each in queues},
        crews=tuple(Crew(serves, np.full(size, people), 0.1) for serves, people in crews),
        reserve=1,
        need={("101",): np.full(size, 5), ("999",): np.full(size, 4),
              ("101", "999"): np.full(size, 8)},
    )  # fmt: skip
