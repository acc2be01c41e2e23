"""Forces with rooms and a user in each role, and the ways in which they come to a door."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import cast

from fastapi import FastAPI
from fastapi.testclient import TestClient

from app.auth import service as auth
from app.auth.guard import House
from app.auth.service import Grant, User
from app.db.transaction import Database, Transaction
from app.people import service as people


@dataclass(frozen=True, slots=True)
class Staffed:
    """A force with two rooms, an officer in each, and who comes to its doors.

    Attributes:
        room: of the manager, the officer and the system.
        other_room: of the other manager and the other officer, in the same force.
        system: a system with a manager's role in the first room.
    """

    force: people.Force
    room: people.Room
    other_room: people.Room
    rostered: people.Officer
    other_rostered: people.Officer
    officer: User
    other_officer: User
    manager: User
    other_manager: User
    administrator: User
    system: User


def staffed(database: Database, name: str = "Borsetshire") -> Staffed:
    """A force of that name, kept."""
    with database.write() as transaction:
        return _staffed(transaction, name)


def _staffed(transaction: Transaction, name: str) -> Staffed:
    force = people.create_force(transaction, name)
    room = people.create_room(transaction, force.id, "North", "Europe/London", 7 * 60)
    other = people.create_room(transaction, force.id, "South", "Europe/London", 7 * 60)
    here = people.add_officer(transaction, room.id, _details("1", "Sam Field"))
    there = people.add_officer(transaction, other.id, _details("2", "Alex Hill"))

    def user(called: str, grant: Grant, officer: people.Officer | None = None) -> User:
        return auth.create_user(
            transaction,
            force_id=force.id,
            sign_in_name=f"{called}.{name}",
            name=f"{called} of {name}",
            grants=[grant],
            kind="system" if called == "system" else "person",
            officer_id=officer.id if officer else None,
        )

    return Staffed(
        force,
        room,
        other,
        here,
        there,
        user("officer", Grant("officer", force.id, room.id), here),
        user("officer2", Grant("officer", force.id, other.id), there),
        user("manager", Grant("manager", force.id, room.id)),
        user("manager2", Grant("manager", force.id, other.id)),
        user("administrator", Grant("administrator", force.id)),
        user("system", Grant("manager", force.id, room.id)),
    )


def _details(number: str, name: str) -> people.OfficerDetails:
    return people.OfficerDetails(number, name, "SO1", "staff", date(2020, 1, 6))


def token(database: Database, user: User) -> dict[str, str]:
    """Headers with a bearer token of a user's own: `client.get(path, headers=token(...))`."""
    with database.write() as transaction:
        _, secret = auth.issue_token(transaction, user.id, "test")
    return {"Authorization": f"Bearer {secret}"}


def signed_in(client: TestClient, user: User) -> TestClient:
    """A browser in which the user is signed in, beside the client.

    Its header `X-CSRF-Token` is set; a form may send `csrf` instead, as pages do.
    """
    app = cast("FastAPI", client.app)
    house: House = app.state.house
    with house.database.write() as transaction:
        secret = auth.start_session(transaction, user.id, house.settings)
    browser = TestClient(app, follow_redirects=False)
    browser.cookies.set("parade", secret)
    browser.headers["X-CSRF-Token"] = auth.csrf_token(secret)
    return browser
