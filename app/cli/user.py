"""`parade user`: who may sign in, what they may do, and tokens for systems."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import timedelta
from uuid import UUID

import click

from app import clock
from app.auth import service as auth
from app.auth.service import Grant, Role, User
from app.cli.installation import installation, room_named
from app.db.transaction import Reading, Transaction
from app.errors import NotFound
from app.people import service as people

ROLES = click.Choice(["officer", "manager", "administrator"])
FORCE = click.option("--force", "force_name", required=True, help="Name of the force.")
ROOM = click.option(
    "--room", "room_name", help="Force/room, as `parade room list` shows it; else the whole force."
)


@click.group()
def user() -> None:
    """Add people and systems, say what they may do, and make tokens."""


@user.command()
@click.argument("sign_in_name")
@FORCE
@click.option("--name", "called", help="How pages call them. [default: the sign-in name]")
@click.option("--role", type=ROLES, help="What they may do; more by `parade user grant`.")
@ROOM
@click.option("--officer", "number", help="The warrant or staff number of the officer they are.")
@click.option("--system", is_flag=True, help="A system: it has tokens, and no password.")
def add(
    sign_in_name: str,
    force_name: str,
    called: str | None,
    role: Role | None,
    room_name: str | None,
    number: str | None,
    *,
    system: bool,
) -> None:
    """Add a person, or a system.

    A person's password is asked for, or read from standard input where that is no terminal.
    """
    password = None if system else _password()
    with installation() as database, database.write() as transaction:
        force = _force(transaction, force_name)
        grants = [_grant(transaction, force.id, role, room_name)] if role else []
        new = auth.create_user(
            transaction,
            force_id=force.id,
            sign_in_name=sign_in_name,
            name=called or sign_in_name,
            grants=grants,
            kind="system" if system else "person",
            password=password,
            officer_id=_officer(transaction, grants, number) if number else None,
        )
        _record(transaction, "made a user", new)
    click.echo(f"{new.sign_in_name} is {new.id}.")


@user.command()
@click.argument("sign_in_name")
def password(sign_in_name: str) -> None:
    """Set a person's password; they are signed out everywhere.

    It is asked for, or read from standard input where that is no terminal.
    """
    given = _password()
    with installation() as database, database.write() as transaction:
        found = auth.user_named(transaction, sign_in_name)
        auth.set_password(transaction, found.id, given)
        _record(transaction, "set a user's password", found)
    click.echo(f"{found.sign_in_name} has a new password.")


@user.command()
@click.argument("sign_in_name")
@click.argument("role", type=ROLES)
@ROOM
@click.option("--take-away", is_flag=True, help="Take the role away again.")
def grant(sign_in_name: str, role: Role, room_name: str | None, *, take_away: bool) -> None:
    """Give a user a role in a control room, or in their whole force."""
    with installation() as database, database.write() as transaction:
        found = auth.user_named(transaction, sign_in_name)
        wanted = _grant(transaction, found.force_id, role, room_name)
        others = [each for each in found.grants if each != wanted]
        grants = others if take_away else [*others, wanted]
        auth.set_grants(transaction, found.id, found.version, grants)
        _record(transaction, "changed a user's role", found)
    click.echo(f"{found.sign_in_name} is {role} {'no more' if take_away else 'now'}.")


@user.command()
@click.argument("sign_in_name")
@click.option("--name", "called", default="command line", show_default=True, help="What it is for.")
@click.option("--days", type=click.IntRange(1), help="It ends after so many days. [default: never]")
def token(sign_in_name: str, called: str, days: int | None) -> None:
    """Make a bearer token. It is printed this once and kept nowhere."""
    expires = clock.now() + timedelta(days=days) if days else None
    with installation() as database, database.write() as transaction:
        found = auth.user_named(transaction, sign_in_name)
        made, secret = auth.issue_token(transaction, found.id, called, expires=expires)
        _record(transaction, "issued a token", found, made.id)
    click.echo(f"Token {made.id} of {found.sign_in_name}:", err=True)
    click.echo(secret)


@user.command()
@click.argument("sign_in_name")
@click.argument("token_id", type=click.UUID, required=False)
def revoke(sign_in_name: str, token_id: UUID | None) -> None:
    """Let a token be of no use from now on; without an id, all of the user's."""
    with installation() as database, database.write() as transaction:
        found = auth.user_named(transaction, sign_in_name)
        live = [each.id for each in auth.tokens_of(transaction, found.id) if not each.revoked]
        for each in [token_id] if token_id else live:
            auth.revoke_token(transaction, found.id, each)
            _record(transaction, "revoked a token", found, each)
    click.echo(f"Revoked: {1 if token_id else len(live)}.")


@user.command(name="list")
@FORCE
def list_users(force_name: str) -> None:
    """List the users of a force: sign-in name, kind, roles, and their tokens that hold."""
    with installation() as database, database.read() as reading:
        force = _force(reading, force_name)
        rooms = {room.id: room.name for room in people.rooms(reading, force.id)}
        for each in _everyone(reading, force.id):
            roles = ", ".join(_said(grant, rooms) for grant in each.grants) or "no role"
            state = "" if each.active else "  not active"
            click.echo(f"{each.sign_in_name}  {each.kind}  {roles}{state}")
            for made in auth.tokens_of(reading, each.id):
                if not made.revoked:
                    click.echo(f"  token {made.id}  {made.name}")


def _everyone(reading: Reading, force_id: UUID) -> Iterable[User]:
    after = None
    while page := auth.users(reading, force_id, after):
        yield from page
        after = page[-1].sign_in_name


def _said(grant: Grant, rooms: dict[UUID, str]) -> str:
    return f"{grant.role} of {rooms.get(grant.room_id, '?') if grant.room_id else 'the force'}"


def _password() -> str:
    """A password from the terminal, asked for twice, or a line of standard input."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))


def _force(reading: Reading, name: str) -> people.Force:
    found = people.force_named(reading, name)
    if found is None:
        raise NotFound(f"There is no force called {name}: `parade room list` shows them.")
    return found


def _grant(reading: Reading, force_id: UUID, role: Role, room_name: str | None) -> Grant:
    room = room_named(reading, room_name) if room_name else None
    return Grant(role, room.force_id if room else force_id, room.id if room else None)


def _officer(reading: Reading, grants: list[Grant], number: str) -> UUID:
    """The officer of that number in the room of the grant."""
    rooms = [grant.room_id for grant in grants if grant.room_id]
    for room_id in rooms:
        for officer in people.everyone(reading, room_id):
            if officer.details.number == number:
                return officer.id
    raise NotFound(f"No officer with the number {number} is in the control room that --room names.")


def _record(transaction: Transaction, what: str, about: User, thing_id: UUID | None = None) -> None:
    auth.record(
        transaction, what, user_id=None, force_id=about.force_id, thing_id=thing_id or about.id
    )
