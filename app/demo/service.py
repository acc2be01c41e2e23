"""What can be done for a demonstration: its rooms made, and the people who may look at them."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from app import clock
from app.auth import service as auth
from app.db.transaction import Database
from app.demo.constabulary import constabulary
from app.demo.houston import houston
from app.demo.making import (
    ask_forecasts,
    ask_roster,
    ask_what_if,
    bring_into_force,
    lawful_roster,
    wait_for,
    work_out,
)
from app.demo.plan import Told
from app.demo.telling import tell_room
from app.people import service as people

__all__ = ["Account", "Tell", "Told", "fresh_passwords", "make", "tell"]

Tell = Callable[[str], None]
"""Is told what is being done, a sentence each."""

LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""None that is mistaken for another."""


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who can look at the demonstration; the password is kept nowhere else."""

    force: str
    sign_in_name: str
    name: str
    role: str
    password: str


def tell(database: Database, say: Tell) -> tuple[Told, ...]:
    """Tell the two rooms what is known of them: people, counts, past shifts and wishes.

    No worker may be at work meanwhile: wishes are stated as of the days on which they were.
    """
    told = []
    for plan in (constabulary(clock.now()), houston()):
        say(f"{plan.force}: {len(plan.people)} people, their shifts, counts and wishes.")
        with database.write() as transaction:
            told.append(tell_room(transaction, plan))
    return tuple(told)


def make(database: Database, rooms: Iterable[Told], say: Tell) -> None:
    """Work out forecasts, people needed and rosters of the two rooms, while a worker is at work.

    The rosters of the present are brought into force; those of the next periods are asked for and
    left to the worker.

    Raises:
        Conflict: when a job fails, or no roster that keeps every rule is found in time.
    """
    told = tuple(rooms)
    say("Forecasting the calls of both rooms.")
    asked = [ask_forecasts(database, each) for each in told]
    for each, forecasts in zip(told, asked, strict=True):
        for job in forecasts:
            wait_for(database, each, job)
        work_out(database, each, forecasts)
    present = [(each, each.plan.present_period) for each in told]
    rosters = [ask_roster(database, each, wanted) for each, wanted in present]
    for (each, wanted), roster in zip(present, rosters, strict=True):
        say(f"{each.plan.force}: making the roster, {wanted.seconds} seconds.")
        bring_into_force(database, each, lawful_roster(database, each, roster, wanted))
    say("Simulating what callers will feel.")
    questions = [ask_what_if(database, each) for each in told]
    for each, jobs in zip(told, questions, strict=True):
        for job in jobs:
            wait_for(database, each, job)
    for each in told:
        ask_roster(database, each, each.plan.next_period)


def fresh_passwords(database: Database) -> tuple[Account, ...]:
    """A new password for everyone who can look at the demonstration; former ones are no use."""
    accounts = []
    with database.write() as transaction:
        for force in people.forces(transaction):
            for user in auth.users(transaction, force.id):
                password = _password()
                auth.set_password(transaction, user.id, password)
                role = user.grants[0].role
                accounts.append(Account(force.name, user.sign_in_name, user.name, role, password))
    return tuple(accounts)


def _password() -> str:
    """Sixteen letters in fours: 79 bits, and typed without a mistake."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(4))
