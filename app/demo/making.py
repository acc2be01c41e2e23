"""What is worked out of a room once all is told: forecasts, people needed, a roster in force."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from itertools import islice
from time import sleep
from uuid import UUID
from zoneinfo import ZoneInfo

from app.auth import service as auth
from app.auth.service import Grant
from app.db.transaction import Database, Reading, Transaction
from app.demo.pattern import at
from app.demo.plan import Told
from app.errors import Conflict, ParadeError
from app.forecasts import service as forecasts
from app.jobs import service as jobs
from app.people import service as people
from app.people.service import Span
from app.preferences import service as preferences
from app.requirements import service as requirements
from app.rosters import service as rosters
from app.scenarios import service as scenarios
from forecasting.staffing.windows import Window

SICK_TONIGHT = 3
"""People who are taken off tonight, so that there is a gap to close."""

TRIES, MORE = 3, 3
"""Searches for a lawful roster, each with so many times the seconds of the one before."""

WEEK = 7
WEEKEND_NIGHTS = Window(18 * 60, 26 * 60, frozenset({4, 5}))
FEWER = 2
"""People absent on Friday and Saturday nights in the question that is asked of the coming days."""

LOOK_EVERY = 0.2
"""Seconds between two looks at a job."""


def ask_forecasts(database: Database, told: Told) -> tuple[jobs.Job, ...]:
    """Forecasts of the roster's period, from the counts before it, and of the next period."""
    plan, room_id = told.plan, told.room.id
    asked = []
    with database.write() as transaction:
        for first_day, days in ((plan.first_day, plan.days), (plan.next_day, plan.next_days)):
            wanted = forecasts.Wanted(first_day, days, holidays=plan.holidays)
            asked.append(forecasts.ask(transaction, room_id, told.manager.id, wanted)[1])
    return tuple(asked)


def work_out(database: Database, told: Told, made: tuple[jobs.Job, ...]) -> None:
    """The people needed for what was forecast."""
    room_id = told.room.id
    for job in made:
        with database.write() as transaction:
            forecast = forecasts.of_job(transaction, room_id, job.id)
            requirements.work_out(transaction, room_id, told.manager.id, forecast.id)


def ask_roster(
    database: Database, told: Told, wanted: rosters.Wanted
) -> tuple[rosters.Roster, jobs.Job]:
    """A roster of a period."""
    with database.write() as transaction:
        return rosters.ask(transaction, told.room.id, told.manager.id, wanted)


def lawful_roster(
    database: Database, told: Told, asked: tuple[rosters.Roster, jobs.Job], wanted: rosters.Wanted
) -> rosters.Roster:
    """The roster that was asked for once it is made; a busy machine gets more time.

    Raises:
        Conflict: when no roster that keeps every rule is found at last.
    """
    for _ in range(TRIES):
        roster, job = asked
        wait_for(database, told, job)
        with database.read() as reading:
            roster = rosters.roster(reading, told.room.id, roster.id)
        if roster.objective is not None:
            return roster
        with database.write() as transaction:
            rosters.discard(transaction, told.room.id, roster.id, roster.version)
        wanted = replace(wanted, seconds=MORE * wanted.seconds)
        asked = ask_roster(database, told, wanted)
    raise Conflict(f"The demonstration could not be made: {' '.join(roster.why)}")


def wait_for(database: Database, told: Told, job: jobs.Job) -> None:
    """Wait until a job has ended.

    Raises:
        Conflict: when it was not done, with the reason.
    """
    while (state := _state(database, told, job)).state not in jobs.ENDED:
        sleep(LOOK_EVERY)
    if state.state != "done":
        raise Conflict(f"The demonstration could not be made: {state.words or state.state}")


def _state(database: Database, told: Told, job: jobs.Job) -> jobs.Job:
    with database.read() as reading:
        return jobs.job(reading, told.room.id, job.id)


def ask_what_if(database: Database, told: Told) -> tuple[jobs.Job, ...]:
    """What callers will feel in the coming days as published, and with fewer at the weekend.

    Nothing is asked where the roster in force ends today.
    """
    plan, room_id, by = told.plan, told.room.id, told.manager.id
    tomorrow = plan.present.astimezone(ZoneInfo(plan.zone)).date() + timedelta(days=1)
    days = min(WEEK, (plan.next_day - tomorrow).days)
    if days < 1:
        return ()
    fewer = scenarios.PeopleChange(-FEWER, when=scenarios.When(WEEKEND_NIGHTS))
    with database.write() as transaction:
        wanted = scenarios.Wanted(tomorrow, days)
        as_is, first = scenarios.ask(transaction, room_id, by, wanted)
        changed = replace(wanted, changes=(fewer,), against=as_is.id)
        _, second = scenarios.ask(transaction, room_id, by, changed)
    return first, second


def bring_into_force(database: Database, told: Told, made: rosters.Roster) -> None:
    """Publish a roster; what lies in the past of the room was worked as published.

    Raises:
        Conflict: when it breaks a hard rule.
    """
    room_id, by = told.room.id, told.manager.id
    with database.write() as transaction:
        rosters.publish(transaction, room_id, made.id, made.version, "First publication", by)
        _work_until_now(transaction, told)
        _let_officers_in(transaction, told)
    _off_tonight(database, told, made)


def _work_until_now(transaction: Transaction, told: Told) -> None:
    plan, room_id = told.plan, told.room.id
    span = Span(at(plan.first_day, 0, plan.zone), plan.present)
    shifts = [
        shift
        for shift in people.history(transaction, room_id, "published", span)
        if shift.start >= span.start and shift.end <= plan.present
    ]
    whose = [officer.id for officer in told.officers]
    people.set_history(transaction, room_id, "worked", whose, span, shifts)


def _off_tonight(database: Database, told: Told, made: rosters.Roster) -> None:
    """Take some people off the coming night; whoever a hard rule holds there stays."""
    room_id = told.room.id
    today = told.plan.present.astimezone(ZoneInfo(told.plan.zone)).date()
    night = Span(at(today, 20 * 60, told.plan.zone), at(today, 24 * 60, told.plan.zone))
    with database.read() as reading:
        on = rosters.published(reading, room_id, night)
    nights = [shift.officer_id for shift in on if shift.start >= night.start]
    taken = (each for each in nights if _taken_off(database, told, made, each, today))
    for _ in islice(taken, SICK_TONIGHT):
        pass


def _taken_off(
    database: Database, told: Told, made: rosters.Roster, officer_id: UUID, day: date
) -> bool:
    with suppress(ParadeError), database.write() as transaction:
        kept = rosters.roster(transaction, told.room.id, made.id)
        rosters.edit(
            transaction,
            told.room.id,
            made.id,
            kept.version,
            [rosters.DayChange(officer_id, day, None)],
            told.manager.id,
            rosters.Why("own_request", "Not coming in tonight"),
        )
        return True
    return False


def _let_officers_in(transaction: Transaction, told: Told) -> None:
    """Users for two officers, once they have been told what came of their wishes.

    One is a Khan; both, where there are such, have wishes that were met and others that were not.
    """
    khans = [each for each in told.officers if each.details.name.endswith(" Khan")]
    others = [each for each in told.officers if each not in khans]
    for called, choice in (("khan", khans), ("officer", others)):
        officer = max(choice, key=lambda each: _outcomes(transaction, told, each))
        auth.create_user(
            transaction,
            force_id=told.room.force_id,
            sign_in_name=f"{told.plan.sign_in}{called}",
            name=officer.details.name,
            grants=[Grant("officer", told.room.force_id, told.room.id)],
            officer_id=officer.id,
        )


def _outcomes(reading: Reading, told: Told, officer: people.Officer) -> tuple[int, int]:
    """The smaller and the larger of an officer's wishes met and wishes not met."""
    wishes = preferences.wishes_of(reading, told.room.id, officer.id)
    met = [wish.outcome.met for wish in wishes if wish.outcome]
    both = sorted((met.count(True), met.count(False)))
    return both[0], both[1]
